"""A small document as Evidentia sends it, and what reviewers do to it, written as Word writes it."""

import zipfile
from xml.sax.saxutils import escape

from evidentia.core.word_format import Sent, SentChapter, SentNumber, SentParagraph, bookmark_of, write_sent

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.wordprocessingml.comments+xml"/>'
    '<Override PartName="/word/commentsExtended.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.wordprocessingml.commentsExtended+xml"/></Types>'
)
LEDGER = (
    '{"schema": 1, "evaluation": "gardens", "engine": "1.0.0", "numbers": ['
    '{"id": "plots.2022", "value": 341, "unit": "count", "label": "Plots, 2022", "source": {}, "uses": []}, '
    '{"id": "tools.share", "value": 0.2649, "unit": "proportion", "label": "Plots with tools", "source": {}, "uses": []}]}'
)
CHAPTER = """# Gardens

The city let {{ n("plots.2022") }} plots. Most gardeners grow beans and
keep bees in summer.

Of all plots, {{ n("tools.share") }} have tools. {% claim "tools.share < 0.5" %}That is less than half.{% endclaim %}
"""
WORDS = {
    1: ("heading", "Gardens", ()),
    3: (
        "text",
        "The city let 341 plots. Most gardeners grow beans and keep bees in summer.",
        (("plots.2022", 13, 16),),
    ),
    6: ("text", "Of all plots, 26% have tools. That is less than half.", (("tools.share", 14, 17),)),
}


def sent(source="sha256:" + "0" * 64, evaluation="gardens"):
    """Return the version that was sent."""
    paragraphs = [
        SentParagraph(
            bookmark_of(1, line, 1),
            line,
            kind,
            words,
            tuple(SentNumber(id, f"n-{line}", str(100 + line), start, end) for id, start, end in numbers),
        )
        for line, (kind, words, numbers) in WORDS.items()
    ]
    chapter = SentChapter(1, "gardens", "report/gardens.qmd", source, paragraphs)
    return Sent(evaluation, "1.0.0", "en-GB", "for_comment", LEDGER, [chapter])


def run(text):
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def number(id, text):
    """A bound number's control; `text` may be a change."""
    inner = text if text.startswith("<") else run(text)
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="{id}"/><w:id w:val="7"/><w:lock w:val="sdtLocked"/></w:sdtPr>'
        f"<w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    )


def added(text, author="Ana", id=1, date="2026-03-04T10:11:12Z"):
    return f'<w:ins w:id="{id}" w:author="{author}" w:date="{date}">{run(text)}</w:ins>'


def taken(text, author="Ana", id=2, date="2026-03-04T10:11:12Z"):
    inner = run(text).replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
    return f'<w:del w:id="{id}" w:author="{author}" w:date="{date}">{inner}</w:del>'


def comment(id, text):
    """Words under a comment."""
    return (
        f'<w:commentRangeStart w:id="{id}"/>{run(text)}<w:commentRangeEnd w:id="{id}"/>'
        f'<w:r><w:commentReference w:id="{id}"/></w:r>'
    )


def paragraph(line, *parts, mark=True):
    name = bookmark_of(1, line, 1)
    start = f'<w:bookmarkStart w:id="{line}" w:name="{name}"/>' if mark else ""
    end = f'<w:bookmarkEnd w:id="{line}"/>' if mark else ""
    inner = "".join(part if part.startswith("<") else run(part) for part in parts)
    return f"<w:p>{start}{inner}{end}</w:p>"


FIRST = (
    "The city let ",
    number("plots.2022", "341"),
    " plots. Most gardeners grow beans and keep bees in summer.",
)
SECOND = ("Of all plots, ", number("tools.share", "26%"), " have tools. That is less than half.")


def write(path, *paragraphs, comments=(), source=None, evaluation="gardens", carried=True, filled=True):
    """Write a document; `comments` are (id, author, text, replies to, resolved); with `filled`, the paragraphs
    that are not given are there as they were sent.
    """
    relations = (
        f'<Relationship Id="r1" Type="{OFFICE}/comments" Target="comments.xml"/>'
        '<Relationship Id="r2" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended"'
        ' Target="commentsExtended.xml"/>'
        + (
            f'<Relationship Id="r3" Type="{OFFICE}/customXml" Target="../customXml/item1.xml"/>'
            if carried
            else ""
        )
    )
    listed = "".join(
        f'<w:comment w:id="{id}" w:author="{escape(author)}" w:date="2026-03-05T09:00:00Z">'
        f'<w:p w14:paraId="0000000{id}">{run(text)}</w:p></w:comment>'
        for id, author, text, _, _ in comments
    )
    threads = "".join(
        f'<w15:commentEx w15:paraId="0000000{id}" w15:done="{int(done)}"'
        + (f' w15:paraIdParent="0000000{to}"/>' if to is not None else "/>")
        for id, _, _, to, done in comments
    )
    package = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    root = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", package.format(root))
        whole = {1: paragraph(1, "Gardens"), 3: paragraph(3, *FIRST), 6: paragraph(6, *SECOND)}
        body = "".join(_filled(paragraphs, whole) if filled or not paragraphs else paragraphs)
        archive.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/_rels/document.xml.rels", package.format(relations))
        archive.writestr("word/comments.xml", f"<w:comments {SPACES}>{listed}</w:comments>")
        archive.writestr("word/commentsExtended.xml", f"<w15:commentsEx {SPACES}>{threads}</w15:commentsEx>")
        if carried:
            version = sent(source or "sha256:" + "0" * 64, evaluation)
            archive.writestr("customXml/item1.xml", write_sent(version))
    return path


def _filled(given, whole):
    """Return paragraphs with those that are not given, each before the first of a later line."""
    marks = {line: bookmark_of(1, line, 1) for line in whole}
    found = list(given)
    for line, text in whole.items():
        if not any(marks[line] in part for part in given):
            later = (
                place
                for place, part in enumerate(found)
                if any(marks[other] in part for other in whole if other > line)
            )
            found.insert(next(later, len(found)), text)
    return found


def folder_with(folder, text=CHAPTER, id="gardens"):
    """Write the evaluation folder from which it was sent."""
    (folder / "report").mkdir(parents=True, exist_ok=True)
    (folder / "report" / "gardens.qmd").write_text(text, encoding="utf-8")
    (folder / "config.yaml").write_text(
        f"evaluation: {{id: {id}, title: Gardens, date: 2026-01-01}}\nreport: {{chapters: [report/gardens.qmd]}}\n"
    )
    return folder
