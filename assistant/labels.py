"""What members call the labelled parts of a practice: « et les pièges ? » is of « Écueils », as guides title them."""

import re

from assistant.asking import plainly
from assistant.leaning import own_words
from index import analyse

_MOST = 10  # words of a question that asks for such a part of what was told before
_LABELS = {
    "écueils": re.compile(
        r"\b(?:pieges?\b|erreurs?\b|a (?:eviter|ne (?:surtout )?pas faire)|faut (?:surtout )?(?:pas|eviter)"
        r"|pitfalls?|traps?|mistakes?)\b"
    ),
    "indicateurs": re.compile(
        r"\bcomment (?:(?:je|on|nous|le|tu|vous|peut-on|puis-je|faire pour) )*"
        r"(?:mesur\w+|evalu\w+|verifi\w+|savoir|sai[st]|suivre|suit)\b.*"
        r"\b(?:marche(?:nt|r|ra)?|fonctionn\w+|efficac\w+|progress\w+|reussi\w*|succes|resultats?)\b"
        r"|\b(?:comment|how to|how (?:do|can) (?:we|i|you)) (?:on |je )?(?:mesur\w+|measure)(?: (?:ca|cela|it|that))?$"
        r"|\bhow (?:do|can|will|would) (?:we|i|you) (?:measure|know|tell|check)\b.*"
        r"\b(?:works?|working|success\w*|effective)\b"
    ),
}
# What such a question may say besides; of whatever else it names, it asks by itself.
_SAID = frozenset(analyse(
    "piège pièges erreur erreurs éviter surtout faut pas faire fréquentes classiques principaux principales grosses "
    "pires usuels usuelles mesurer mesure évaluer vérifier savoir sais suivre suivi marche fonctionne efficace "
    "progresse réussi succès résultat résultats pitfalls traps mistakes biggest usual common main worst avoid measure "
    "know tell check works working successful success effective"
))  # fmt: skip


def label_of(asked: str) -> str:
    """The label of the part of a practice that a short follow-up asks for; nothing where it asks for none."""
    plain = plainly(asked).rstrip(" ?!.")
    alone = len(plain.split()) <= _MOST and own_words(plain) <= _SAID
    return next((label for label, said in _LABELS.items() if alone and said.search(plain)), "")


def labelled(asked: str) -> str:
    """The same follow-up with that label, by which it is found; itself where it has none, or says it."""
    label = label_of(asked)
    return f"{asked.rstrip(' ?!.')} ({label})" if label and label not in asked.casefold() else asked
