"""Rule panel_survey: a survey in one wave, or in two with some of the same people."""

from evidentia.workflow.job import analysis, run


def main(name: str) -> None:
    analysis("panel_survey", "scripts/panel_survey.py", "evidentia.designs.panel_survey.analyse:analyse", name)


if __name__ == "__main__":
    run(main)
