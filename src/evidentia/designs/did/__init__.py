"""The design ``did``: difference in differences, by the period in which each unit was first treated."""
