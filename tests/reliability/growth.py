"""Text that regular expressions dislike, given to every function that reads words, to see that time grows
with length alone.
"""

import time
from collections.abc import Callable
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from evidentia.compose.abbreviations import with_abbreviations
from evidentia.compose.comparatives import unclaimed
from evidentia.compose.delimiters import with_delimiters
from evidentia.compose.digits import typed_digits
from evidentia.compose.directives import elements, refused_directives
from evidentia.compose.markup import escape, plain
from evidentia.compose.nesting import nesting_faults
from evidentia.compose.readability import readability
from evidentia.compose.references import labels, reference_faults
from evidentia.compose.sentences import Sentences
from evidentia.compose.template import environment, render
from evidentia.core.errors import EvidentiaError, visible
from evidentia.core.expression import evaluate
from evidentia.core.files import guarded
from evidentia.core.number_words import fold, tokens
from evidentia.core.pdf_text import FinishedPdf
from evidentia.core.vacuous import vacuous
from evidentia.core.yaml_cuts import cut_in_braces
from evidentia.prove.page_text import style_texts

NOTHING = 0.1
"""Seconds of the processor that are too few to be compared."""
SPAN = '[30%]{#n-1 .n data-id="a.b"} rose more '
UNITS = {
    "an expression that is not closed": "{{ ",
    "a statement that is not closed": "{% ",
    "a shortcode that is not closed": "{{< ",
    "words and hyphens": "a-",
    "one long word": "a",
    "one long number": "9",
    "numbers and points": "1.",
    "points": ".",
    "blank lines": "\n",
    "blanks": " ",
    "lines of blanks": "  \n",
    "a comment that is not closed": "<!-- ",
    "brackets": "[",
    "a link that is not closed": "[a](",
    "an address that is not closed": "](",
    "an image that is not closed": "![](",
    "attributes that are not closed": "{#",
    "a span that is not closed": "[a]{",
    "emphasis": "*a_",
    "emphasis with blanks": "*a ",
    "code that is not closed": "`",
    "blocks of code": "```\n",
    "citations": "@a",
    "addresses of mail": "a@",
    "footnote marks": "[^",
    "parentheses": "(",
    "elements that are not closed": "<a ",
    "quotation marks": '"',
    "settings": "\n\n---\na",
    "backslashes": "\\",
    "rows": "|a",
    "boxes": ":::",
    "ids": "a.b",
    "stars": "a*",
    "numbers in a sentence": SPAN,
    "sentences with numbers": SPAN + "so. ",
    "entities": "&a",
    "addresses": "http://",
    "content of style sheets": "content: ",
    "minus signs": "-",
    "content marks": "/MCID 1 ",
    "fonts": "/a",
    "hexadecimal texts": "<41",
    "texts": "(a",
    "texts that end": "(a) ",
    "texts that are shown": "(a) Tj\n",
    "arrays of texts": "[(a)",
    "places": "1 ",
}
"""What to repeat, by what it is."""


def _drained(function: Callable) -> Callable[[str], None]:
    return lambda text: [None for _ in function(text)]


def _rendered(text: str) -> None:
    try:
        render(environment({}), text, "report/one.qmd")
    except EvidentiaError:
        return


def _evaluated(text: str) -> None:
    for judge in (lambda: evaluate(text, {"a.b": 1.0}), lambda: vacuous(text)):
        try:
            judge()
        except EvidentiaError:
            continue


def _each_sentence(text: str) -> None:
    sentences = Sentences(text)
    for place in range(0, len(text), max(len(text) // 1000, 1)):
        sentences.at(place)


def _scanned(text: str) -> None:
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    stream = DecodedStreamObject()
    stream.set_data(text.encode())
    page[NameObject("/Contents")] = stream
    out = BytesIO()
    writer.write(out)
    for _ in FinishedPdf(BytesIO(out.getvalue())).pieces():
        continue


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "typed_digits": _drained(lambda text: typed_digits(text, "x")),
    "render": _rendered,
    "unclaimed": _drained(lambda text: unclaimed(text, "x")),
    "directives": _drained(lambda text: refused_directives(text, "x", text)),
    "elements": _drained(lambda text: elements(text, "x")),
    "plain": plain,
    "escape": escape,
    "labels": labels,
    "reference_faults": _drained(lambda text: reference_faults(text, "x", set(), set())),
    "sentences": _each_sentence,
    "readability": readability,
    "evaluate": _evaluated,
    "tokens": tokens,
    "fold": fold,
    "style_texts": _drained(style_texts),
    "guarded": guarded,
    "visible": visible,
    "nesting_faults": _drained(lambda text: nesting_faults(text, "x")),
    "content of a PDF": _scanned,
    "delimiters": lambda text: with_delimiters(f"(a) Words.\n{text}"),
    "abbreviations": lambda text: with_abbreviations(f"*[LA]: Words{text}.", "x"),
    "cut_in_braces": lambda text: cut_in_braces([f"{{a: Words {text}"], 0),
}


def seconds(function: Callable[[str], object], unit: str, size: int) -> float:
    """Return the processor's time for a text of so many characters."""
    text = unit * (size // len(unit))
    start = time.process_time()
    function(text)
    return time.process_time() - start


def growth(function: Callable[[str], object], unit: str, small: int, large: int) -> float:
    """Return how much longer a text of `large` characters takes than one of `small`, and 1 for what takes no
    time.

    With 4 times the length, linear time gives 4 and quadratic time 16. What seems to grow faster is timed
    again, for the machine may have been busy.
    """
    longer = seconds(function, unit, large)
    if longer < NOTHING:
        return 1.0
    shorter = min(seconds(function, unit, small) for _ in range(2))
    if longer > 6 * shorter:
        longer = min(longer, *(seconds(function, unit, large) for _ in range(2)))
    return longer / max(shorter, NOTHING / 100)
