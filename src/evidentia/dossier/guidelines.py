"""Reporting guidelines: their items by number, each asked in this project's own short words.

Behind an item stands what fills it without a person: a *finder* of `evidentia.dossier.checklist_places`, or
words that a heading has (``h:``). The guidelines' own wording is theirs, and stands where they are published.
"""

from __future__ import annotations

from dataclasses import dataclass

CONSORT, STROBE, TREND = "consort", "strobe", "trend"


@dataclass(frozen=True)
class Asked:
    """An item of a guideline.

    Attributes
    ----------
    number, words : str
    finders : tuple of str
        In the order in which they are tried.
    """

    number: str
    words: str
    finders: tuple[str, ...]


@dataclass(frozen=True)
class Guideline:
    """A reporting guideline.

    Attributes
    ----------
    name : str
    designs : tuple of str
        Designs of an analysis that ask for it.
    items : tuple of Asked
    """

    name: str
    designs: tuple[str, ...]
    items: tuple[Asked, ...]


def _items(text: str) -> tuple[Asked, ...]:
    """Return items written as ``number | words | finders``, a line each."""
    rows = [line.split("|") for line in text.strip().split("\n")]
    return tuple(Asked(a.strip(), b.strip(), tuple(c.split())) for a, b, c in rows)


GUIDELINES = {
    CONSORT: Guideline(
        "CONSORT 2025",
        ("rct",),
        _items("""
            1a | The title says that it is a randomised trial | random_title
            1b | Short summary of design, methods, results and conclusions | summary
            2 | Where and when the trial is registered | registered
            3 | Where the protocol and the analysis plan can be read | plan
            4 | Which data, code and materials are shared, and how | archive
            5a | Who paid, and their part in it | funding
            5b | Interests of the authors | conflicts
            6 | Why the trial was done, with what was known | h:background h:context h:introduction
            7 | Questions on benefits and harms | h:objective h:question h:aim
            8 | How those concerned took part in designing and running it | h:involvement h:engagement
            9 | Kind of trial, arms and their ratio | h:design h:trial
            10 | What was changed after it began, with reasons | changes
            11 | Where it took place | h:setting h:context
            12a | Who could take part | h:eligib h:participant
            12b | Which sites and practitioners could take part | h:site h:provider
            13 | What each arm received, so that others can do it | h:intervention h:activities
            14 | Outcomes, how and when they are measured | outcomes h:outcome h:measure
            15 | How harms are defined and looked for | h:harm h:adverse
            16a | How the size was decided | sizes h:size
            16b | Looks at the data before the end, and rules for stopping | h:interim
            17a | Who made the random sequence, and how | h:randomis h:assign
            17b | Kind of randomisation, such as strata and blocks | strata
            18 | How the next assignment was hidden | h:conceal
            19 | Whether those who enrolled people could see the sequence | h:conceal h:enrol
            20a | Who did not know the arms | h:blind
            20b | How they were kept from knowing | h:blind
            21a | Models for each outcome | h:analysis h:method h:statistic
            21b | Who is counted in each analysis, and in which arm | analysed
            21c | What was done about missing values | missing h:missing
            21d | Further analyses, planned or not | others
            22a | People assigned, treated and analysed by arm | flow analysed
            22b | Losses and exclusions by arm, with reasons | losses
            23a | When people were enrolled and followed up | h:timetable h:dates
            23b | Why it ended or was stopped | h:ended h:stopped
            24a | What was delivered to each arm in the end | h:delivery h:fidelity h:implementation
            24b | Other support that the arms received | h:usual h:concomitant
            25 | People of each arm before the start | baseline
            26 | Numbers, results and intervals for each outcome | effects
            27 | Harms that happened, by arm | h:harm h:adverse
            28 | Results of further analyses | others
            29 | What the results mean beside other evidence | h:conclusion h:discussion h:implication
            30 | Limits: bias, imprecision, applicability | h:limit
        """),
    ),
    STROBE: Guideline(
        "STROBE",
        ("panel_survey", "benchmark", "scales"),
        _items("""
            1a | Title or summary name the kind of study | h:evaluation h:study title
            1b | Summary of what was done and found | summary
            2 | Background and reasons | h:background h:context h:introduction
            3 | Objectives and hypotheses | h:objective h:question h:aim
            4 | Key elements of the design, early on | h:design h:evaluation
            5 | Setting, places and dates | h:setting h:context
            6a | Who could take part, and how they were chosen | h:participant h:eligib h:sample
            6b | If matched, by what | h:match
            7 | Outcomes, exposures and confounders, defined | outcomes h:measure h:outcome
            8 | Source of each variable and how it is measured | h:data h:measure
            9 | Efforts against bias | h:bias h:limit
            10 | How the size came about | sizes analysed
            11 | How numeric variables were handled | h:analysis h:method
            12a | Statistical methods, with control of confounding | h:analysis h:method h:statistic
            12b | Subgroups and interactions | h:subgroup
            12c | What was done about missing values | missing h:missing
            12d | Losses to follow-up, matching or sampling | losses h:response
            12e | Sensitivity analyses | others
            13a | How many people at each stage | analysed
            13b | Why people did not take part | losses h:response
            13c | A flow diagram | flow
            14a | Characteristics of the people | baseline
            14b | Missing values of each variable | missing
            14c | Length of follow-up | h:follow
            15 | Outcomes over time or in summary | effects counts
            16a | Estimates with and without adjustment, with intervals | effects
            16b | Limits of categories | h:categor
            16c | Relative as well as absolute risks | ratios
            17 | Other analyses that were made | others
            18 | Key results by objective | summary
            19 | Limits, with direction and size of bias | h:limit
            20 | Careful interpretation | h:conclusion h:discussion h:implication
            21 | How far the results hold elsewhere | h:general h:limit
            22 | Who paid, and their part in it | funding
        """),
    ),
    TREND: Guideline(
        "TREND",
        ("ipw", "did", "its"),
        _items("""
            1 | Title and structured summary, with how people were allocated | summary
            2 | Background, and the theory behind the intervention | h:background h:context h:theory
            3 | Who could take part, how they were found, where | h:participant h:eligib h:setting
            4 | What each group received, by whom, how long | h:intervention h:activities
            5 | Objectives and hypotheses | h:objective h:question h:aim
            6 | Primary and secondary outcomes and how they are measured | outcomes h:outcome h:measure
            7 | How the size was decided | sizes h:size
            8 | What was assigned, how, and what lessens bias | h:assign h:weight
            9 | Who did not know the groups | h:blind
            10 | Smallest unit that is analysed | h:analysis h:unit h:method
            11 | Statistical methods, adjustments, missing values | h:analysis h:method h:statistic
            12 | People at each stage, with deviations from what was planned | flow analysed changes
            13 | When people were enrolled and followed up | h:timetable h:dates
            14 | People of each group before the start | baseline
            15 | How alike the groups were, and how that was dealt with | balance baseline
            16 | Numbers in each analysis | analysed
            17 | Estimates with intervals for each outcome, null and negative ones too | effects
            18 | Further analyses, planned or not | others
            19 | Harms and unintended effects | h:harm h:adverse h:unintended
            20 | What the results mean, with limits | h:limit h:conclusion h:discussion
            21 | How far the results hold elsewhere | h:general h:limit
            22 | The results beside other evidence | h:evidence h:conclusion h:implication
        """),
    ),
}
