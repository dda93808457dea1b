"""The design `script`: an analysis by a program of the evaluation folder."""
