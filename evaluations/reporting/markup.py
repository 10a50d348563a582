"""HTML and SVG built so that nothing gets in unescaped: a string is text unless it is `Html`."""

import re
from collections.abc import Iterable
from html import escape

NARROW, NO_BREAK = "\u202f", "\u00a0"
_SPACE = r"[ \u00a0\u202f]"
_BEFORE_HIGH = re.compile(rf"{_SPACE}(?=[;?!»])")
_BEFORE_COLON = re.compile(rf"{_SPACE}(?=[:%])")
_AFTER_OPENING = re.compile(rf"(?<=«){_SPACE}")
# Controls, the marks that turn the direction of what follows, and halves of characters that no file can hold.
_HARMFUL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_VOID = frozenset({"meta", "img", "br"})


class Html(str):
    """Markup that may go into a page as it stands."""

    __slots__ = ()


def clean(text: str) -> str:
    """Text without the characters that only a hostile or damaged file holds."""
    return _HARMFUL.sub(" ", text)


def spaced(text: str) -> str:
    """The spaces French typography asks for, where the text has a space."""
    text = _BEFORE_HIGH.sub(NARROW, text)
    return _AFTER_OPENING.sub(NO_BREAK, _BEFORE_COLON.sub(NO_BREAK, text))


def safe(text: str) -> Html:
    """Text for an element or an attribute."""
    return text if isinstance(text, Html) else Html(escape(spaced(clean(text))))


def join(parts: Iterable[str], between: str = "") -> Html:
    """Parts one after another, each escaped unless it is markup."""
    return Html(safe(between).join(safe(part) for part in parts))


def tag(name: str, /, *children: str, **attributes: str | float | None) -> Html:
    """An element. `class_` gives `class`, `font_size` gives `font-size`; an attribute that is None is left out."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{safe(_number(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{given}>" + ("" if name in _VOID else f"{join(children)}</{name}>"))


def foreign(text: str, language: str) -> Html:
    """Text in a language that may not be the page's."""
    return safe(text) if language == "fr" else tag("span", text, lang=language)


def _number(value: str | float) -> str:
    return value if isinstance(value, str) else f"{round(value, 2):g}"
