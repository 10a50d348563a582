"""Who is on the other side of the page. On a laptop there is one person, who is not asked for a name."""

import hashlib
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from assistant import Language
from ui.chat.text import plain_label, safe
from ui.settings import load_settings

LOCAL = "local"
_OF = "session-of"  # the id of the person whose session this is; empty before signing in
_LONGEST = 12 * 3600  # seconds: a working day, after which the provider is asked again
_LONGEST_NAME = 80

_MOST_ENDED = 10_000  # sign-ins remembered as ended: those of a working day, many times over

Refusal = Literal["absent", "over", "nameless", "ended"]


@dataclass(frozen=True)
class Person:
    """The owner of conversations. `id` is stable and never shown; `name` is shown, and may be empty."""

    id: str
    name: str = ""


@dataclass(frozen=True)
class _Words:
    """What the page to sign in says in one language. It speaks both, since it does not know its reader yet."""

    title: str
    explained: str
    reasons: Mapping[Refusal, str]


_WORDS: dict[Language, _Words] = {
    "fr": _Words(
        title="Connectez-vous pour poser vos questions",
        explained="Utilisez le compte de votre organisation ; votre mot de passe n’est jamais donné à Vigie.",
        reasons={
            "absent": "",
            "over": "Votre connexion a plus d’une demi-journée. Reconnectez-vous pour continuer.",
            "nameless": "Le service de connexion n’a pas dit qui vous êtes : votre compte n’a pas d’identifiant. "
            "Prévenez votre administrateur.",
            "ended": "Votre connexion a été fermée dans une autre fenêtre. Reconnectez-vous pour continuer.",
        },
    ),
    "en": _Words(
        title="Sign in to ask your questions",
        explained="Use your organisation’s account; Vigie never sees your password.",
        reasons={
            "absent": "",
            "over": "You signed in more than half a day ago. Sign in again to go on.",
            "nameless": "The sign-in service did not say who you are: your account has no identifier. "
            "Tell your administrator.",
            "ended": "You signed out in another window. Sign in again to go on.",
        },
    ),
}
_BUTTON = "Se connecter · Sign in"

_ended: dict[str, None] = {}  # the sign-ins that ended in this process, oldest first
_ending = threading.Lock()


def person() -> Person | None:
    """The person of this browser session; None where people sign in, and this one has not or is no longer let in."""
    if not load_settings().server.signs_in:
        return Person(LOCAL)
    claims = st.user.to_dict()
    return None if refusal(claims, time.time()) else recognised(claims)


def admitted() -> Person | None:
    """The person, this session holding nothing of anybody else's; or None, and the page to sign in is shown."""
    found = person()
    now = found.id if found else ""
    if st.session_state.setdefault(_OF, now) != now:
        st.session_state.clear()
        if found:
            st.rerun()  # not where somebody signs out: it would forget to send them to the provider
    if found is None:
        show_sign_in()
    return found


def show_sign_in() -> None:
    """A title, one button, and the reason where somebody signed in but cannot be let in."""
    french, english = _WORDS["fr"], _WORDS["en"]
    st.html(
        '<p class="vigie-name"><span aria-hidden="true"></span>Vigie</p>'
        f'<header class="vigie-guide"><h1>{safe(french.title)}</h1>'
        f'<p class="vigie-subtitle">{safe(french.explained)}</p>'
        f'<p class="vigie-origin" lang="en">{safe(f"{english.title}. {english.explained}")}</p></header>'
    )
    why = refusal(st.user.to_dict(), time.time()) or "absent"
    if said := french.reasons[why]:
        also = f'<br><span lang="en">{safe(english.reasons[why])}</span>'
        st.html(f'<p class="vigie-notice" role="alert">{safe(said)}{also}</p>')
    st.button(plain_label(_BUTTON), key="sign-in", type="primary", on_click=st.login)


def sign_out() -> None:
    """Forget who is there, here and at the provider. For a button's `on_click`.

    The browser's other windows read the cookie when they were opened: they are refused from their next action on.
    """
    _end(st.user.to_dict())
    st.logout()


def _end(claims: Mapping[str, object]) -> None:
    if claims.get("is_logged_in") is not True:
        return
    with _ending:
        _ended[_sign_in_of(claims)] = None
        while len(_ended) > _MOST_ENDED:
            del _ended[next(iter(_ended))]


def _sign_in_of(claims: Mapping[str, object]) -> str:
    """One sign-in of one person, hashed; `nonce` and `sid` tell apart two within a second, where they are given."""
    told = "\0".join(str(claims.get(name)) for name in ("iss", "sub", "iat", "nonce", "sid"))
    return hashlib.sha256(told.encode()).hexdigest()


def refusal(claims: Mapping[str, object], now: float) -> Refusal | None:
    """Why claims name nobody: nobody signed in, more than `_LONGEST` before `now` (in seconds), without a subject, or
    signed out since.

    Streamlit has checked the cookie's signature by then; it does not look at the dates inside.
    """
    if claims.get("is_logged_in") is not True:
        return "absent"
    if not all(isinstance(claims.get(name), str) and claims[name] for name in ("iss", "sub")):
        return "nameless"
    issued = claims.get("iat")
    if not isinstance(issued, int | float) or issued <= now - _LONGEST:
        return "over"
    return "ended" if _sign_in_of(claims) in _ended else None


def recognised(claims: Mapping[str, object]) -> Person:
    """The person of claims that hold `iss` and `sub`.

    The id is a hash of both: with many providers the subject is an e-mail address, which the database need not hold.
    """
    digest = hashlib.sha256(f"{claims['iss']}\0{claims['sub']}".encode()).hexdigest()
    names = (claims.get(name) for name in ("name", "preferred_username", "email"))
    name = next((" ".join(n.split()) for n in names if isinstance(n, str) and n.strip()), "")
    return Person(digest[:32], name[:_LONGEST_NAME])
