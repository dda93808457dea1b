"""How many people a survey was sent to, and how many answered."""

from __future__ import annotations

from evidentia.core.language import translate
from evidentia.core.results import Result
from evidentia.designs.panel_survey.settings import PanelSurveySettings
from evidentia.designs.panel_survey.waves import Wave


def add_response(result: Result, settings: PanelSurveySettings, waves: dict[str, Wave]) -> None:
    """Add how many were invited, answered, and answered in both waves."""
    for name, wave in waves.items():
        label = getattr(settings.wave_labels, name)
        completed, invited = len(wave.ids), getattr(settings.invited, name)
        result.add(
            f"completed.{name}",
            completed,
            "count",
            translate("People who answered the survey, {label}", label=label),
        )
        if invited is not None:
            result.add(
                f"invited.{name}",
                invited,
                "count",
                translate("People invited to the survey, {label}", label=label),
                basis="configured",
            )
            result.add(
                f"response_rate.{name}",
                completed / invited,
                "proportion",
                translate("Response rate, {label}", label=label),
                translate("completed / invited"),
            )
    if len(waves) == 2:
        first, second = (set(wave.ids) for wave in waves.values())
        either, both = len(first | second), len(first & second)
        result.add(
            "respondents.either", either, "count", translate("People who answered in at least one wave")
        )
        result.add(
            "respondents.both", both, "count", translate("People who answered in both waves (the panel)")
        )
        result.add(
            "respondents.both_share",
            both / either,
            "proportion",
            translate("Share of all respondents who answered in both waves"),
            translate("both / either"),
        )
