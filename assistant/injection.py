"""Does a passage speak to a machine rather than to its reader? Then it is quoted, and never written from.

A second line of defence: what is quoted says where it comes from, and every written sentence is checked anyway.
"""

import re
import unicodedata

_TO_A_MACHINE = re.compile(
    r"\b(?:assistant|chatbot|agent conversationnel|l'ia|the ai|llm|modele de langue|language model|gpt|claude"
    r"|bot)\b.{0,80}"
    r"\b(?:doit|dois|must|should|shall|ignore\w*|oubli\w*|forget|recopi\w*|repete\w*|repeat|repond\w*|reply|answer|dire|say|dis"
    r"|affich\w*|print|output|reveal\w*|revel\w*|recommand\w*|recommend\w*|s'appelle|identite|identity|desormais|henceforth)\b"
    r"|\b(?:ignore[zr]?|oublie[zr]?|forget|disregard|override|remplace[zr]?)\b.{0,40}\b(?:consigne|instruction|regle|rule|prompt"
    r"|directive|previous|precedent)"
    r"|\b(?:consignes?|instructions?|prompt|message) (?:systeme|system|internes?|caches?|hidden)|\bsystem (?:prompt"
    r"|message|override)"
    r"|\b(?:dans|in) (?:ta|votre|your|the|la) (?:reponse|answer|reply)\b|\b(?:write|ecris|ajoute|add|insert"
    r"|include) the token\b"
    r"|\bnote (?:a|to|for) (?:l'|the )?(?:assistant|ia|ai|model|llm)|\bpriorite absolue\b|\bfin des (?:passages"
    r"|extraits|documents)\b"
    r"|\bend of (?:passages|documents|context)\b|</?(?:passage|system|s|user|assistant|context|extrait)s?>|<\|?im_"
    r"|\[/?inst\]"
    r"|\bjailbreak|\bdeveloper mode\b|\bmode developpeur\b|\bdo anything now\b"
)


def speaks_to_a_machine(text: str) -> bool:
    """Whether a text holds orders to an assistant, or imitates the marks of a prompt."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    plain = " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
    return bool(_TO_A_MACHINE.search(plain))
