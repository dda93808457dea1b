import copy

import pytest

from evidentia.compose.chapters import compose
from evidentia.config.load import load_config
from evidentia.config.model import Config
from evidentia.core.errors import EvidentiaError
from evidentia.core.results import Frame, Result
from folders import MINIMAL, write_folder


def entry(id, value, unit):
    return {"id": id, "value": value, "unit": unit, "label": id, "source": {"basis": "computed"}}


LEDGER = {
    item["id"]: item
    for item in [
        entry("a.share.before", 0.41, "proportion"),
        entry("a.share.after", 0.30, "proportion"),
        entry("a.share.change", -0.11, "percentage_points"),
        entry("a.count", 236, "count"),
        entry("a.one", 1, "count"),
        entry("a.none", None, "mean"),
        entry("a.p_value", 0.028, "p_value"),
        entry("a.tiny.p_value", 0.00002, "p_value"),
        entry("a.effect.ci_low", -0.206, "percentage_points"),
        entry("a.effect.ci_high", -0.012, "percentage_points"),
        entry("a.least", 6, "months"),
        entry("a.most", 12, "months"),
    ]
}


def composed(tmp_path, *chapters: str, bibliography: str = ""):
    names = [f"report/chapter-{letter}.qmd" for letter in "abc"[: len(chapters)]]
    config = copy.deepcopy(MINIMAL) | {"report": {"chapters": names}}
    config["figures"] = {
        "calls": {
            "kind": "trend",
            "analysis": "rates",
            "indicator": "calls",
            "caption": "Calls ({{ n('a.count') }} people)",
            "alt": 'They {{ change("a.share.before", "a.share.after") }}, "so to say".',
            "source": "Release A",
        }
    }
    files = {name.replace("/", "__"): text for name, text in zip(names, chapters, strict=True)}
    if bibliography:
        config["report"]["bibliography"] = "report/references.bib"
        files["report__references.bib"] = bibliography
    folder = write_folder(tmp_path, config, **files)
    columns = ["year", "label", "area", "neighbours", "nation", "neighbours_n", "target"]
    calls = Frame(columns, [[2020, "2020", 44.0, 60.0, 56.0, 3, None]])
    indicators = Frame(["indicator", "label", "unit"], [["calls", "Calls", "rate_per_10000"]])
    columns = ["year", "label", "area", "neighbours", "nation", "neighbours_n", "target"]
    calls = Frame(columns, [[2020, "2020", 44.0, 60.0, 56.0, 3, None]])
    indicators = Frame(["indicator", "label", "unit"], [["calls", "Calls", "rate_per_10000"]])
    result = Result(frames={"calls": calls, "indicators": indicators})
    return compose(load_config(folder), folder, LEDGER, {"rates": (result, {"synthetic": True})})


def faults(tmp_path, *chapters: str, **options: str) -> str:
    with pytest.raises(EvidentiaError) as caught:
        composed(tmp_path, *chapters, **options)
    return str(caught.value)


def test_a_number_becomes_a_span_with_its_id_and_its_use_is_noted(tmp_path):
    done = composed(tmp_path, 'First. It was {{ n("a.share.after") }} of {{ n("a.count") }} people. Last.')
    assert (
        'It was [30%]{#n-1 .n data-id="a.share.after"} of [236]{#n-2 .n data-id="a.count"} people.'
        in done.text
    )
    (use,) = done.uses["a.count"]
    assert use == {
        "chapter": "chapter-a",
        "anchor": "n-2",
        "printed": "236",
        "line": 1,
        "sentence": "It was 30% of 236 people.",
    }


def test_a_number_that_brings_its_own_sign_has_no_other_before_it(tmp_path):
    done = composed(tmp_path, 'Small (p = {{ n("a.tiny.p_value") }}) or not (p = {{ n("a.p_value") }}).')
    sentence = done.uses["a.p_value"][0]["sentence"].replace("\N{NO-BREAK SPACE}", " ")
    assert sentence == "Small (p <0.001) or not (p = 0.028)."
    assert " = [" not in done.text.partition("or not")[0]


def test_a_claim_that_holds_leaves_its_words_and_is_listed_with_its_sentence(tmp_path):
    done = composed(
        tmp_path,
        'Before. The change was {% claim "a.p_value < 0.05" %}significant{% endclaim %} here. After.',
    )
    assert "The change was significant here." in done.text
    (claim,) = done.claims
    assert (claim.words, claim.sentence, claim.holds) == (
        "significant",
        "The change was significant here.",
        True,
    )
    assert claim.values == {"a.p_value": 0.028}


def test_a_claim_that_fails_stops_with_sentence_condition_and_values(tmp_path):
    message = faults(
        tmp_path, '\n\nThe change was {% claim "a.p_value < 0.01" %}significant{% endclaim %} here.'
    )
    assert "The change was significant here." in message
    assert "condition: a.p_value < 0.01" in message
    assert "a.p_value = 0.028" in message
    assert "report/chapter-a.qmd, line 3" in message


def test_every_failing_claim_of_every_chapter_is_named(tmp_path):
    text = '{% claim "a.p_value < 0.01" %}One{% endclaim %}.\n\n{% claim "a.count < 10" %}Two{% endclaim %}.'
    message = faults(tmp_path, text, text)
    assert message.count("a claim no longer holds") == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '\n{{ n("a.shares.after") }}',
            ["unknown number id 'a.shares.after'", "did you mean 'a.share.after'", "line 2"],
        ),
        ('\n{{ n("a.share.after", "pp") }}', ["cannot be printed as 'pp'", "line 2"]),
        ('{{ n("a.count", "ordnal") }}', ["unknown format 'ordnal'", "did you mean 'ordinal'"]),
        ("Some 30% of them", ["'30%' is typed", "Some 30% of them"]),
        ("See @fig-clls.\n\n{{ figure('calls') }}", ["@fig-clls leads nowhere", "did you mean 'fig-calls'"]),
        ('\n\n{% claim "a.count > 1" %}never closed', ["template cannot be read", "line 3", "endclaim"]),
        ("\n{{ frobnicate(1) }}", ["frobnicate", "line 2"]),
        ('{{ figure("cals") }}', ["unknown figure 'cals'", "did you mean 'calls'"]),
        ('{{ figure("calls") }}\n\n{{ figure("calls") }}', ["already shown"]),
        ('{% claim "a.cuont > 1" %}x{% endclaim %}', ["cannot be checked", "did you mean 'a.count'"]),
        ('{{ moved("a.count", "a.p_value") }}', ["same unit"]),
        ('{{ change("a.share.before", "a.share.after", by="a.p_value") }}', ["is not the difference"]),
        ("{{ ''.__class__.__mro__ }}", ["cannot be filled", "unsafe"]),
    ],
)
def test_a_mistake_names_file_line_and_the_nearest_name(tmp_path, text, expected):
    message = faults(tmp_path, text)
    assert "report/chapter-a.qmd" in message
    for part in expected:
        assert part in message


def test_a_citation_without_an_entry_names_the_nearest(tmp_path):
    message = faults(tmp_path, "As shown [@munro2012].", bibliography="@book{munro2011,\n title={x}}")
    assert "@munro2012 has no entry" in message
    assert "did you mean 'munro2011'" in message


def test_mistakes_of_all_chapters_are_said_in_one_run(tmp_path):
    message = faults(
        tmp_path,
        'There were 12 and {{ n("a.cuont") }}.',
        "@fig-none and {% claim 'a.count < 0' %}x{% endclaim %}",
    )
    for part in ("'12' is typed", "a.cuont", "@fig-none", "a claim no longer holds"):
        assert part in message


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('change("a.share.before", "a.share.after")', "fell from [41%]"),
        ('moved("a.share.after", "a.share.before")', "rose"),
        ('moved("a.share.after", "a.share.after")', "did not change"),
        ('compared("a.share.after", "a.share.before")', "lower than"),
        ('span("a.least", "a.most")', '[6]{#n-1 .n data-id="a.least"} to [12\N{NO-BREAK SPACE}months]'),
        (
            'span("a.least", "a.most", words=("from ", " up to "))',
            'from [6]{#n-1 .n data-id="a.least"} up to [12\N{NO-BREAK SPACE}months]',
        ),
        (
            'interval("a.effect", "abs")',
            'from [1]{#n-1 .n data-id="a.effect.ci_high"} to [21\N{NO-BREAK SPACE}percentage points]',
        ),
        ('plural("a.count", "person was", "people were")', "It people were."),
        ('plural("a.one", "person was", "people were")', "It person was."),
        (
            'change("a.share.before", "a.share.after", by="a.share.change")',
            "by [11\N{NO-BREAK SPACE}percentage points]",
        ),
    ],
)
def test_words_of_direction_follow_the_numbers(tmp_path, call, expected):
    assert expected in composed(tmp_path, "It {{ " + call + " }}.").text


def test_words_can_be_left_out_where_a_number_has_no_value(tmp_path):
    text = '{% if has_value("ID") %}It was {{ n("ID") }}. {% endif %}Last.'
    assert "It was" in composed(tmp_path, text.replace("ID", "a.count")).text
    assert "It was" not in composed(tmp_path, text.replace("ID", "a.none")).text
    assert "did you mean 'a.count'" in faults(tmp_path, text.replace("ID", "a.cuont"))
    assert "the number 'a.none' has no value" in faults(tmp_path, 'It {{ plural("a.none", "is", "are") }}.')


def test_a_figure_carries_text_alternative_source_notice_and_data(tmp_path):
    done = composed(tmp_path, 'See @fig-calls. @Fig-calls is one.\n\n{{ figure("calls") }}')
    assert (
        '![](figures/calls.svg){fig-alt="They fell from 41% to 30%, \\"so to say\\" [synthetic]."}'
        in done.text
    )
    assert "[Source: Release A.]{.source}" in done.text
    assert "people) [\\[synthetic\\]]{.synthetic}" in done.text
    assert '::: {.figure-data data-for="fig-calls"}' in done.text
    assert "| 2020 | 44.0 | 60.0 | 3 | 56.0 |" in done.text
    assert [use["anchor"] for use in done.uses["a.share.before"]] == ["fig-calls"]


def test_text_from_data_cannot_become_markup(tmp_path):
    done = composed(tmp_path, "{{ evaluation.title }}")
    assert done.text.startswith('---\ntitle: "A small evaluation"')


@pytest.mark.parametrize(
    ("others", "expected"), [(True, "All data behind"), (False, "All other data are real")]
)
def test_the_notice_says_whether_all_data_are_synthetic(tmp_path, others, expected):
    (tmp_path / "a.qmd").write_text("# A {#sec-a}\n\n{{ data_notice() }}\n")
    evaluation = {"id": "a", "title": "A", "date": "2020-03-31", "synthetic_records": True}
    data = {"one": {"path": "one.csv", "synthetic": True}, "two": {"path": "two.csv", "synthetic": others}}
    config = Config.model_validate(
        {"evaluation": evaluation, "data": data, "report": {"chapters": ["a.qmd"]}}
    )
    assert expected in compose(config, tmp_path, {}, {}).text


@pytest.fixture
def with_note(monkeypatch):
    note = entry("a.note.few_clusters", "there are 12 clusters", "text") | {"about": ["a.effect"]}
    monkeypatch.setitem(LEDGER, note["id"], note)


def test_claim_on_an_estimate_with_a_note_stops_and_shows_the_note(tmp_path, with_note):
    with pytest.raises(EvidentiaError) as raised:
        composed(tmp_path, '# One\n\n{% claim "a.effect.ci_high < 0" %}It fell.{% endclaim %}\n')
    assert "there are 12 clusters" in str(raised.value)
    assert 'despite="few_clusters"' in str(raised.value)


@pytest.mark.parametrize("allowed", ['"few_clusters"', '["poor_overlap", "few_clusters"]'])
def test_claim_that_allows_for_the_note_is_built(tmp_path, with_note, allowed):
    made = composed(
        tmp_path,
        '# One\n\n{% claim "a.effect.ci_high < 0", despite=' + allowed + " %}It fell.{% endclaim %}\n",
    )
    assert "few_clusters" in made.claims[0].despite


def test_claim_on_numbers_that_the_note_is_not_about_needs_nothing(tmp_path, with_note):
    composed(tmp_path, '# One\n\n{% claim "a.share.after < a.share.before" %}It fell.{% endclaim %}\n')


def test_claim_despite_a_note_of_no_known_kind_names_the_nearest(tmp_path, with_note):
    with pytest.raises(EvidentiaError, match="did you mean.*few_clusters"):
        composed(
            tmp_path,
            '# One\n\n{% claim "a.effect.ci_high < 0", despite="few_cluster" %}It fell.{% endclaim %}\n',
        )


SILENT = {"id": "rates.silent", "value": None, "unit": "count", "label": "Silent", "suppressed": "c"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('{{ n("rates.silent", suppressed="A few") }} people were silent.', "A few people were silent."),
        ('{% if has_value("rates.silent") %}{{ n("rates.silent") }} were silent.{% endif %}', ""),
        ('| Silent | {{ n("rates.silent") }} |\n|:--|--:|\n', "| Silent | [\\[c\\]]{#n-1"),
    ],
)
def test_a_suppressed_number_is_said_in_words_left_out_or_marked_in_a_table(
    tmp_path, monkeypatch, words, said
):
    monkeypatch.setitem(LEDGER, "rates.silent", {**SILENT, "source": {"basis": "computed"}})
    assert said in composed(tmp_path, f"# A\n\n{words}\n").text


def test_a_suppressed_number_in_a_sentence_stops_and_says_the_policy(tmp_path, monkeypatch):
    monkeypatch.setitem(LEDGER, "rates.silent", {**SILENT, "source": {"basis": "computed"}})
    said = faults(tmp_path, '# A\n\nOnly {{ n("rates.silent") }} were silent.\n')
    assert "'rates.silent' is suppressed, and a sentence cannot print it: a count of people behind it" in said
    assert "chapter-a.qmd, line 3" in said
    assert 'suppressed="a few"' in said
