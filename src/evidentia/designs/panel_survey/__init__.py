"""Design ``panel_survey``: a survey in one wave, or in two with some of the same people."""
