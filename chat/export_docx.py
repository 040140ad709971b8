"""A conversation as a Word file: plain paragraphs only, no field, link or object made of anybody's words.

Knows python-docx; not where the conversation comes from.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from chat import exported as words
from chat.exported import ExportedTurn, day_and_time

_FONT, _SIZE_PT = "Times New Roman", 13  # as official documents are typed


def docx_of(turns: Sequence[ExportedTurn], now: datetime) -> bytes:
    """The file's bytes."""
    from docx import Document

    document = Document()
    _style(document)
    properties = document.core_properties
    properties.title, properties.author = words.TITLE, words.TITLE
    properties.comments, properties.language = "", "vi-VN"
    # As in every package of this format, times are without a zone and in UTC.
    properties.created = properties.modified = now.astimezone(UTC).replace(tzinfo=None)
    document.add_heading(words.TITLE, level=0)
    document.add_paragraph(f"{words.SUBTITLE}. {words.EXPORTED} {day_and_time(now)}.")
    document.add_paragraph(words.VERBATIM)
    for number, turn in enumerate(turns, 1):
        _add(document, number, turn)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _add(document: Any, number: int, turn: ExportedTurn) -> None:
    document.add_heading(f"{words.QUESTION} {number}: {turn.question}", level=1)
    document.add_paragraph().add_run(turn.asked).italic = True
    if turn.understood:
        document.add_paragraph(f"{words.UNDERSTOOD}: {turn.understood}")
    if turn.manner:
        document.add_paragraph().add_run(turn.manner).italic = True
    for line in turn.lines:
        document.add_paragraph(line)
    if turn.sources:
        _label(document, f"{words.SOURCES}:")
        for source in turn.sources:
            changed = f" ({words.CHANGED})" if source.changed else ""
            document.add_paragraph(f"[{source.number}] {source.cited}{changed}\n{source.address}")
    if turn.nearest:
        _label(document, f"{words.NEAREST} ({turn.nearest[0]}):")
        document.add_paragraph(turn.nearest[1])
    if turn.notes:
        _label(document, f"{words.NOTES}:")
        for note in turn.notes:
            document.add_paragraph(note, style="List Bullet")


def _label(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = True
    paragraph.paragraph_format.keep_with_next = True


def _style(document: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    for name in ("Normal", "Title", "Heading 1"):
        style = document.styles[name]
        style.font.name = _FONT
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for attribute in list(fonts.attrib):  # the theme's fonts would win over the one named
            if attribute.endswith("Theme"):
                del fonts.attrib[attribute]
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), _FONT)
    document.styles["Normal"].font.size = Pt(_SIZE_PT)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    document.styles["Title"].font.size = Pt(20)
    document.styles["Heading 1"].font.size = Pt(14)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
