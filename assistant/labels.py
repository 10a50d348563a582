"""What members call the labelled parts of a practice: « et les pièges ? » is of « Écueils », as guides title them."""

import re

from assistant.asking import plainly

_MOST = 10  # words of a question that asks for such a part of what was told before
_LABELS = {
    "écueils": re.compile(
        r"\b(?:pieges?|erreurs?|a (?:eviter|ne (?:surtout )?pas faire)|faut (?:surtout )?(?:pas|eviter)"
        r"|pitfalls?|traps?|mistakes?)\b"
    ),
    "indicateurs": re.compile(
        r"\bcomment (?:(?:je|on|nous|le|tu|vous|peut-on|puis-je|faire pour) )*"
        r"(?:mesur\w+|evalu\w+|verifi\w+|savoir|sai[st]|suivre|suit)\b.*"
        r"\b(?:march\w+|fonctionn\w+|efficac\w+|progress\w+|reussi\w*|succes|resultats?)\b"
        r"|\b(?:comment|how to|how (?:do|can) (?:we|i|you)) (?:on |je )?(?:mesur\w+|measure)(?: (?:ca|cela|it|that))?$"
        r"|\bhow (?:do|can|will|would) (?:we|i|you) (?:measure|know|tell|check)\b.*"
        r"\b(?:works?|working|success\w*|effective)\b"
    ),
}


def label_of(asked: str) -> str:
    """The label of the part of a practice that a short follow-up asks for; nothing where it asks for none."""
    plain = plainly(asked).rstrip(" ?!.")
    short = len(plain.split()) <= _MOST
    return next((label for label, said in _LABELS.items() if short and said.search(plain)), "")


def labelled(asked: str) -> str:
    """The same follow-up with that label, by which it is found; itself where it has none, or says it."""
    label = label_of(asked)
    return f"{asked.rstrip(' ?!.')} ({label})" if label and label not in asked.casefold() else asked
