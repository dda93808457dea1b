"""Further hostile input, by kind: what a page may not carry, what has a limit, and what would go past a
check.

Each example that once went through has at least 5 more of its kind beside it.
"""

import os
from collections.abc import Callable
from pathlib import Path

from reliability.hostile import (
    CHAPTER_FILE,
    DATA,
    REFUSED_OR_HANDLED,
    REMOTE,
    SETTINGS,
    Attempt,
    beside,
    chapter,
    more,
    report,
    section,
    settings,
)
from reliability.small import CHAPTER, CONFIG

SHARE = "\\\\\\\\127.0.0.1\\\\share"
N, M = '{{ n("rates.calls.2020.area") }}', '{{ n("rates.calls.2019.area") }}'
CALLS = "rates.calls.2020.area"
AT = "report/one.qmd, line "


def attempts(group: str, said: tuple[str, ...], **words: str) -> list[Attempt]:
    """Return an attempt for each text at the end of a chapter; its name, with blanks for underscores, says
    what it is.
    """
    return [Attempt(group, name.replace("_", " "), chapter(text), said) for name, text in words.items()]


def planted(drawing: str) -> Callable[[Path], None]:
    """Return a drawing put among those of the build, and shown."""

    def make(folder: Path) -> None:
        for place in ("build/draft/figures", "build/figures"):
            (folder / place).mkdir(parents=True)
            (folder / place / "x.svg").write_text(
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{drawing}</svg>', encoding="utf-8"
            )
        chapter("![words](figures/x.svg)")(folder)

    return make


def pipe(name: str) -> Callable[[Path], None]:
    """Return a pipe in the place of a file."""

    def make(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        os.mkfifo(folder / name)

    return make


def leads_to(name: str, target: str) -> Callable[[Path], None]:
    """Return a link in the place of a file."""

    def make(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).symlink_to(target)

    return make


def claim(condition: str, words: str = "significant") -> str:
    return f'It was {{% claim "{condition}" %}}{words}{{% endclaim %}} there.'


def derived(formula: str) -> Callable[[Path], None]:
    return section(derived={"made.a": {"formula": formula, "unit": "count", "label": "Made"}})


DRAWINGS = [
    Attempt("A planted drawing", what, planted(drawing), ("is not a figure of this build", AT))
    for what, drawing in {
        "with a script": "<script>alert(1)</script>",
        "with an event handler": '<rect onload="alert(1)"/>',
        "with a picture from the web": f'<image href="{REMOTE}"/>',
        "with an address in a style": f'<rect style="fill: url({REMOTE})"/>',
        "with a page in it": '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>',
        "with a style sheet for the page": "<style>main {display: none}</style>",
        "with nothing bad in it": "<rect/>",
    }.items()
]
LINKS = [
    *attempts(
        "A link", ("a link to", AT),
        to_a_share=f"[word]({SHARE})", to_a_host="[word](//127.0.0.1/x)", to_a_host_with_a_backslash="[word](/\\\\127.0.0.1/x)",
        with_a_script_in_capitals="[word](JAVASCRIPT:alert())", with_a_script_as_HTML='<a href="javascript:alert()">word</a>',
        with_a_script_behind_a_blank='<a href=" javascript:alert()">word</a>', with_a_script_in_an_entity='<a href="javascript&colon;alert()">word</a>',
        with_Visual_Basic="[word](vbscript:x)", with_data="[word](data:text/html,x)", to_a_file="[word](file:///etc/passwd)",
        to_another_page="[word](other.html)", to_a_folder_above="[word](../x.html)", to_a_root="[word](/etc/passwd)",
        with_a_name_before_the_host="[word](https://www.gov.uk@127.0.0.1/)", to_FTP="[word](ftp://127.0.0.1/x)",
        in_a_definition="[word][a]\n\n[a]: //host/x", to_a_custom_program="[word](ms-word:ofe|u|x)", to_nothing="[word]()",
    ),
]  # fmt: skip
HIDDEN = [
    *attempts(
        "Hidden words", ("cannot stand in the report", AT),
        by_display='[words]{style="display:none"}', by_visibility='[words]{style="visibility: hidden"}', white_on_white='[words]{style="color:#fff"}',
        clipped='[words]{style="clip-path: circle()"}', folded_away='[words]{style="content-visibility: hidden"}', covered='[words]{style="background:black"}',
        by_a_comment_in_a_style='[words]{style="dis/**/play:none"}', by_an_attribute="<p hidden>words</p>",
        by_a_class="[words]{.visually-hidden}", by_the_page_s_own_class="[words]{.on-screen}", by_a_class_for_listeners="[words]{.sr-only}",
        in_a_box="::: {.skip}\nwords\n:::", as_a_template="<template>words</template>", in_a_dialog="<dialog>words</dialog>",
        of_no_size='[words]{style="font-size:0"}', out_of_sight='[words]{style="position:absolute;left:-999em"}',
        transparent='[words]{style="opacity:0"}',
    ),
    *attempts("Hidden words", ("words cannot be hidden from those who listen", AT), from_those_who_listen='[words]{aria-hidden="true"}'),
    *attempts("Typed numbers", ("a list cannot begin at", AT), as_a_list="words\n\n4. people"),
    *attempts(
        "Hidden words", ("is typed", AT),
        in_a_list_that_counts_on='<ol start="42"><li>people</li></ol>',
    ),
]  # fmt: skip
NEIGHBOURS = [
    *attempts(
        "A number that reads as another", ("reads as another one", AT),
        by_another_beside_it=f"It was {N}{M}.", by_another_behind_a_blank=f"It was {N} {M}.", by_another_in_bold=f"It was **{N}**{M}.",
        by_another_behind_a_hard_blank=f"It was {N}&nbsp;{M}.", by_another_behind_no_width=f"It was {N}\u200b{M}.",
        by_another_behind_a_comment=f"It was {N}<!-- -->{M}.", by_a_hyphen=f"It was -{N}.", by_a_minus=f"It was \u2212{N}.",
        by_a_hyphen_in_bold=f"It was **-**{N}.", by_a_dash=f"It was \u2013{N}.", by_a_wide_hyphen=f"It was \uff0d{N}.",
        by_a_hyphen_at_the_start=f"-{N} it was.", by_a_point=f"It was .{N}", by_a_letter_for_million=f"It was {N}m.", by_a_percent_sign=f"It was {N}%.",
        raised=f"It was x<sup>{N}</sup>.", behind_a_caret=f"It was x^{N}^.", by_a_letter_before=f"It was x{N}.", by_an_ending=f"It was {N}th.", by_a_per_mille_sign=f"It was {N}\u2030.",
    ),
    *attempts(
        "Typed digits", ("is typed", AT),
        raised="It was \u2074\u00b2.", circled="It was \u2464.", Roman="It was \u2167.", of_full_width="It was \uff15.", Arabic="It was \u0665.",
        of_Devanagari="It was \u096b.", as_a_fraction="It was \u00bd.", mathematical="It was \U0001d7d3.", as_an_entity="It was &frac12;.",
        as_a_number_of_an_entity="It was &#53;.", in_brackets="It was \u2478.", in_letters="It was XL%.", beside_a_number=f"It was 4{N}.",
        behind_a_number=f"It was {N}\u00b2.", behind_its_point=f"It was {N}.4", for_a_year_of_mixed_scripts="In 20\uff11\uff19.",
    ),
    *attempts("Typed digits", ("would be printed without its origin", AT), by_Jinja="It was {{ 42 }}.", by_a_sum="It was {{ 6 * 7 }}."),
]  # fmt: skip
CLAIMS = [
    Attempt("A claim", what, chapter(claim(*given)), (said, AT))
    for what, said, *given in [
        ("over constants", "rests on no number", "1 > 0"),
        ("over texts", "rests on no number", "'a' == 'a'"),
        ("that is true", "rests on no number", "True"),
        ("over a number of its own", "rests on no number", "significant(0.01)"),
        ("with a way out", "would hold whatever", f"{CALLS} > 1 or 1 > 0"),
        ("that compares a number with itself", "would hold whatever", f"{CALLS} == {CALLS}"),
        ("for all numbers", "would hold whatever", f"{CALLS} > 1 or {CALLS} <= 1"),
        ("over a placeholder", "neither a number id nor a function", f"{CALLS} > 1 and _0 > 1"),
        ("over a placeholder alone", "neither a number id nor a function", "_0 > 1"),
        ("that is a number", "is a number, not a condition", CALLS),
        ("without words", "it has no words", f"{CALLS} > 1", " "),
        ("of 100,000 signs", "more than 2,000 characters", f"{CALLS} > 1" + " + 1" * 25_000),
        ("nested 900 levels deep", "not a condition", "(" * 900 + f"{CALLS} > 1" + ")" * 900),
        ("of 400 times not", "nested more than 50", "not " * 400 + f"{CALLS} > 1"),
        ("with a text of 10⁹ characters", "a text cannot be added", f"{CALLS} > 'x' * 999999999"),
        ("with too few arguments", "cannot be computed", f"{CALLS} > min()"),
        ("that compares a number with a text", "cannot be computed", f"{CALLS} > 'x'"),
    ]
]  # fmt: skip
FORMULAS = [
    Attempt("A formula", what, derived(formula), (said, "derived.made.a"))
    for what, formula, said in [
        ("of 100,000 signs", CALLS + " + 1" * 25_000, "more than 2,000 characters"),
        ("nested 900 levels deep", "(" * 900 + CALLS + ")" * 900, "not a condition"),
        ("of 900 minus signs", "-" * 900 + CALLS, "nested more than 50"),
        ("beyond all numbers", " * ".join([CALLS, *["1e14"] * 30]), "gives no number"),
        ("by nothing", f"{CALLS} / 0", "division by zero"),
        ("that is a comparison", f"{CALLS} > 1", "gives no number"),
        ("that is a text", "'x'", "gives no number"),
    ]
]
TEMPLATES = attempts(
    "Jinja", ("the template cannot be", AT),
    a_text_that_doubles_itself_as_a_block="{% set a %}xx{% endset %}", a_format_of_two_billion_blanks="{{ '%2000000000d' % 1 }}",
    slices="{% for a in 'x' | slice(300000000) %}{% endfor %}", batches="{{ 'x' | batch(300000000) }}", blanks="{{ 'x' | center(2000000000) }}",
    an_indent="{{ 'x' | indent(2000000000) }}", a_wrap="{{ 'x' | wordwrap(1) }}", a_replacement="{{ 'x' | replace('x', 'xx') }}",
    a_range="{% for a in range(99999) %}{% endfor %}", filler="{{ lipsum(n=999999) }}", a_macro="{% macro a() %}{{ a() }}{% endmacro %}",
    a_method="{{ 'a'.zfill(2000000000) }}", a_method_in_a_name="{% set f = 'a'.ljust %}{{ f(2000000000) }}", a_list_of_names="{{ [evaluation] }}",
) + attempts(
    "Jinja", ("nested too deep", CHAPTER_FILE),
    an_expression_that_is_not_closed="{{ " * 5000, nested_brackets="{{ " + "(" * 5000, a_chain_of_not="{{ " + "not " * 5000 + "1 }}",
) + attempts(
    "Jinja", ("100,000 characters", AT),
    a_text_that_doubles_itself="{% set a = 'xx' %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}",
    a_sum_that_doubles_itself="{% set a = 'xx' %}" + "{% set a = a + a %}" * 40 + "{{ a }}",
    a_join_that_doubles_itself="{% set a = 'xx' %}" + "{% set a = a ~ 'x' | join(a) ~ a %}" * 40 + "{{ a }}",
) + attempts(
    "Jinja", ("the loops of the report", AT),
    loops_in_loops="{% for a in '" + "x" * 900 + "' %}{% for b in '" + "x" * 900 + "' %}{% endfor %}{% endfor %}",
)  # fmt: skip
MARKUP = [
    Attempt("Markup", what, chapter(text), (said, AT))
    for what, said, text in [
        ("brackets in each other", "brackets stand in each other", "[" * 50_000),
        ("links in each other", "brackets stand in each other", "[a " * 30_000),
        ("footnotes in each other", "brackets stand in each other", "[^" * 50_000),
        ("images in each other", "brackets stand in each other", "![" * 50_000),
        ("brackets in each other, closed", "brackets stand in each other", "[" * 12 + "a" + "]" * 12),
        ("addresses that are not closed", "addresses of links are not closed", "[a](" * 1000),
        ("a comment that is not closed", "a comment is not closed", "<!-- " * 20_000),
        ("elements that are not closed", "elements of HTML are not closed", "<a " * 30_000),
        ("100,000 backticks", "more than 30 times in a row", "`" * 100_000),
        ("quotations in each other", "a quotation is nested", "> " * 5000 + "a"),
        ("entities that are not closed", "signs &", "&a " * 30_000),
        ("one word of 100,000 letters", "a word has more than 5,000", "a" * 100_000),
        ("hyphens and letters", "a word has more than 5,000", "a-" * 50_000),
        ("emphasis that is not closed", "a word has more than 5,000", "*a_" * 33_000),
    ]
] + [
    Attempt(
        "Markup",
        "a chapter of more than a million characters",
        chapter("words " * 170_000),
        ("more than 1,000,000 characters", CHAPTER_FILE),
    )
]
FILES = [
    Attempt("Files", "a pipe in the place of config.yaml", pipe(SETTINGS), ("not a regular file", SETTINGS)),
    Attempt("Files", "a pipe in the place of a chapter", pipe(CHAPTER_FILE), (f"the file {CHAPTER_FILE} does not exist",)),
    Attempt("Files", "a pipe in the place of the facts", pipe("report/facts.yaml"), ("the file report/facts.yaml does not exist",)),
    Attempt("Files", "a device in the place of config.yaml", leads_to(SETTINGS, "/dev/zero"), ("not a regular file", SETTINGS)),
    Attempt("Files", "a device in the place of a chapter", leads_to(CHAPTER_FILE, "/dev/zero"), ("leads out of the evaluation folder",)),
    Attempt("Files", "config.yaml that leads to itself", leads_to(SETTINGS, SETTINGS), ("cannot be read", SETTINGS)),
    Attempt("Files", "a chapter that leads to itself", leads_to(CHAPTER_FILE, "one.qmd"), (CHAPTER_FILE, "config.yaml, line")),
    Attempt("Files", "a data file that leads to itself", leads_to(DATA, "rates.csv"), (DATA, "config.yaml, line")),
    Attempt("Files", "a bibliography of a million blank lines", beside("report/x.bib", "\n" * 1_000_000, report=report(bibliography="report/x.bib"))),
    Attempt("Files", "a bibliography of 17 MB", beside("report/x.bib", "\n" * 17_000_000, report=report(bibliography="report/x.bib")), ("has 17,000,000 bytes", "report/x.bib")),
    Attempt("Files", "settings of 5 MB", settings("# words\n" * 640_000), ("has 5,120,000 bytes", SETTINGS)),
    Attempt("Files", "10,000 keys that are not known", more("".join(f"key-{number}: 1\n" for number in range(10_000))), ("unknown key",)),
    Attempt("Files", "500 analyses without their data", section(analyses={f"a{number}": {**CONFIG["analyses"]["rates"], "data": f"d{number}"} for number in range(500)}), ("asks for the data set", "there are more faults")),
]  # fmt: skip


def brought(path: str, text: str, **sections) -> Callable[[Path], None]:
    """Return a program that the folder brings, and sections of config.yaml that name it."""

    def make(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
        section(**sections)(folder)

    return make


def script(path: str) -> dict:
    """Return analyses of which one is a program of the folder."""
    return {**CONFIG["analyses"], "own": {"design": "script", "run": path}}


MINE, UNTRUSTED = "open('../pwned', 'w')\n", "you have not said that they may run"
MADE = {**CONFIG["data"], "made": {"from": ["rates"], "run": "analysis/x.py"}}
PROGRAMS = [
    Attempt("Programs", "an own analysis that nobody trusted", brought("analysis/x.py", MINE, analyses=script("analysis/x.py")), (UNTRUSTED, "analysis/x.py (new)")),
    Attempt("Programs", "a design that nobody trusted", brought("designs/x.py", MINE, designs=["designs/x.py"]), (UNTRUSTED, "designs/x.py (new)")),
    Attempt("Programs", "prepared data whose program nobody trusted", brought("analysis/x.py", MINE, data=MADE), (UNTRUSTED, "analysis/x.py (new)")),
    Attempt("Programs", "a program among the data", brought("data/x.sh", "touch ../pwned", analyses=script("data/x.sh")), ("holds no programs",)),
    Attempt("Programs", "a program of this machine", section(analyses=script("/bin/true")), ("not a path inside the evaluation folder",)),
    Attempt("Programs", "a program outside the folder", section(analyses=script("../x.sh")), ("not a path inside the evaluation folder",)),
    Attempt("Programs", "a program in the build", brought("build/x.sh", "touch ../pwned", analyses=script("build/x.sh")), ("holds no programs",)),
    Attempt("Programs", "a program that is a link to this machine's", lambda folder: (brought("analysis/x.sh", "", analyses=script("analysis/x.sh"))(folder), leads_to("analysis/x.sh", "/bin/true")(folder)), ("is a link, or lies behind one",)),
]  # fmt: skip


def _blank_lines(folder: Path) -> None:
    (folder / CHAPTER_FILE).write_text(CHAPTER + "\n" * 100_000 + "End.\n", encoding="utf-8")


HANDLED = [
    Attempt("Words", "100,000 blank lines in a chapter", _blank_lines),
    Attempt("Words", "an ordinary link, a mail address, a telephone number and a place in the report", chapter("[a](https://www.gov.uk/x?y#z), [b](mailto:a@b.org), [c](tel:+441522000000), [d](#sec-findings).")),
    Attempt("Words", "raised letters, names with digits, years and a range", chapter(f"R\u00b2, m\u00b2, Step2Work, 2018/19, {M} to {N}, {M}\u2013{N}, and a {N}-point scale.")),
]  # fmt: skip
ATTEMPTS = [
    *REFUSED_OR_HANDLED, *DRAWINGS, *LINKS, *HIDDEN, *NEIGHBOURS, *CLAIMS, *FORMULAS, *TEMPLATES, *MARKUP, *FILES, *PROGRAMS, *HANDLED,
]  # fmt: skip
QUICK = [
    attempt
    for attempts_ in (DRAWINGS, LINKS, HIDDEN, NEIGHBOURS, CLAIMS, FORMULAS, TEMPLATES, MARKUP, FILES)
    for attempt in attempts_[::4]
] + PROGRAMS
"""A part of the new kinds for `make test`; `make hostile` tries all."""
