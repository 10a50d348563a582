"""The lists of a Word file that its styles do not have: sources numbered « [1] », boxes to tick."""

from docx.document import Document
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.text.paragraph import Paragraph

from ui.export.blocks import Kind

_FORMATS: dict[Kind, tuple[str, str, str]] = {
    "source": ("decimal", "[%1]", ""),
    "box": ("bullet", "☐", "Segoe UI Symbol"),
}


class Lists:
    """Adds paragraphs to the lists of a document."""

    def __init__(self, document: Document) -> None:
        self._numbering = document.part.numbering_part.element
        self._next: dict[Kind, int] = {}
        self._current: dict[Kind, int] = {}

    def put(self, paragraph: Paragraph, kind: Kind, number: int) -> None:
        """Make a paragraph an item. A source whose number does not follow the last one starts a list of its own."""
        if kind not in self._current or (number and number != self._next[kind]):
            self._current[kind] = self._new(kind, max(number, 1))
        self._next[kind] = number + 1
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = self._current[kind]

    def _new(self, kind: Kind, start: int) -> int:
        """The id of a new list. Word wants all definitions before the lists that follow them."""
        numbers = [int(found) for found in self._numbering.xpath("./w:abstractNum/@w:abstractNumId")]
        definition = max(numbers, default=-1) + 1
        self._numbering.xpath("./w:num")[0].addprevious(parse_xml(_definition(kind, definition, start)))
        return int(self._numbering.add_num(definition).numId)


def _definition(kind: Kind, number: int, start: int) -> str:
    form, text, font = _FORMATS[kind]
    fonts = (
        f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}" w:hint="default"/></w:rPr>' if font else ""
    )
    return (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr>{fonts}</w:lvl></w:abstractNum>'
    )
