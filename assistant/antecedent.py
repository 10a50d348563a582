"""Sentences that point at the one before: alone, « Elle tient en deux pages » would be read of anything."""

import re

# « Il » of « il est recommandé » or « il faut » points at nothing; « il est signé » does.
_IMPERSONAL = (
    r"(?:est (?:\w+ )?(?:recommandé|conseillé|préférable|possible|utile|interdit|permis|souhaitable|nécessaire"
    r"|important"
    r"|essentiel|prudent|rappelé|inutile|d’usage|temps|obligatoire|admis)|convient|faut|faudra|existe|s’agit|y a"
    r"|suffit"
    r"|vaut|importe|appartient|reste|arrive|se peut|peut être|n’est pas|ne s’agit|n’y a|n’existe|ne faut|ne suffit)"
)
_BACK = re.compile(
    rf"(?:Il (?!{_IMPERSONAL}\b)|(?:Elles?|Ils|Celui-ci|Celle-ci|Ceux-ci|Celles-ci|Ce dernier|Cette dernière"
    rf"|Ces derniers"
    r"|Ces dernières|Cela|Ceci|C’est (?:ce|pourquoi|alors|aussi|ainsi|pour cela)|Son|Sa|Ses|Leurs?)\b"
    r"|(?:Ce|Cet|Cette|Ces) (?!qui |que |dont |recueil|guide|chapitre|document|pôle|publication|partie|fiche"
    r"|pratique|tableau)\w"
    r"|Dans (?:ce|cet|ces|cette) |Pour cela|À (?:cet|cette|ce) |De (?:ce|cette|même)\b|L’un d’eux|L’une d’elles"
    r"|Tous deux"
    r"|(?:Trois|Deux|Quelques|Plusieurs|Quatre|Six|Cinq|Dix) (?:jours|semaines|mois|ans|heures) (?:plus tard|après)"
    r"|(?:Mais|Or|Donc|Ainsi|Toutefois|Cependant|Pourtant|En revanche|Néanmoins|Autrement|Sinon|Alors"
    r"|Au contraire)\b)"
)

_CASE = re.compile(
    r"(?:Pour|S’agissant|Dans|Lorsque|Quand)\b[^.,;]{3,60}, (?:l[ea]s?|l’) ?"
    r"(seuil|délai|durée|montant|taux|plafond|minimum|maximum|nombre|part|quota|prix|tarif)s?\b"
)


def points_back(sentence: str) -> bool:
    """Whether a sentence opens on something that the one before says."""
    return bool(_BACK.match(sentence.replace("'", "’").lstrip("« ")))


def measure_of_a_case(sentence: str) -> str:
    """« seuil » of « Pour les sociétés cotées, le seuil est de 10 % »: what is given for one case alone, or nothing."""
    found = _CASE.match(sentence.replace("'", "’"))
    return found[1] if found else ""
