"""A one-page PDF that says anything, visibly or not: for attacks, whose characters no standard font has."""

from collections.abc import Sequence
from pathlib import Path

_WIDTH = 88  # characters a line


def write_page(path: Path, title: str, text: str, *, hidden: bool = False) -> None:
    """Write a title and a paragraph; hidden text is drawn in rendering mode 3, which leaves no ink."""
    lines = [title, "", *_wrapped(text)]
    glyphs = {character: number for number, character in enumerate(sorted(set("".join(lines))), 1)}
    content = _content(lines, glyphs, hidden)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        _stream(content),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Helvetica /Encoding /Identity-H /DescendantFonts [6 0 R] "
        "/ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Helvetica /DW 500 /FontDescriptor 8 0 R"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(_to_unicode(glyphs)),
        "<< /Type /FontDescriptor /FontName /Helvetica /Flags 32 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 800"
        " /Descent -200 /CapHeight 700 /StemV 80 >>",
    ]
    path.write_bytes(_file(objects))


def _wrapped(text: str) -> list[str]:
    lines: list[str] = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip(" ")
    return lines


def _content(lines: Sequence[str], glyphs: dict[str, int], hidden: bool) -> str:
    drawn = ["BT"]
    for number, line in enumerate(lines):
        title = number == 0
        codes = "".join(f"{glyphs[character]:04X}" for character in line)
        mode = 3 if hidden and not title else 0
        drawn.append(f"/F {18 if title else 11} Tf {mode} Tr 1 0 0 1 60 {780 - 16 * number} Tm <{codes}> Tj")
    return "\n".join([*drawn, "ET"])


def _to_unicode(glyphs: dict[str, int]) -> str:
    rows = [f"<{number:04X}> <{character.encode('utf-16-be').hex().upper()}>" for character, number in glyphs.items()]
    blocks = [rows[i : i + 100] for i in range(0, len(rows), 100)]
    listed = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{listed}\nendcmap end end"
    )


def _stream(body: str) -> str:
    return f"<< /Length {len(body.encode('latin-1'))} >>\nstream\n{body}\nendstream"


def _file(objects: Sequence[str]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    starts = []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}"
    return bytes(out + end.encode("latin-1"))
