"""The shape an answer takes, read from the question unless a flag or a button asked for one."""

import re

from assistant.answer import Shape
from assistant.purpose import asks_for_less
from assistant.several import asked_parts
from index import fold

_WHERE = re.compile(
    r"\bou (?:est[- ]il|il est) (?:question|fait mention)|\bou parle[- ]?(?:t[- ])?on\b"
    r"|\bou (?:le|les) (?:recueil|guide|texte)s? (?:evoque|mentionne|aborde)"
    r"|"
    r"\bou (?:est-ce|c'est|est ce|c'?) ?(?:dit|ecrit|traite|indique|marque|precise)|\bou (?:le|les) (?:recueil|guide"
    r"|texte)s? (?:dit|parle|traite)"
    r"|\bou (?:le recueil|le guide)?\s?(?:parle-t-il|dit-il|traite-t-il)|\bou trouve[- ]?(?:t-?on|r) (?:ca|cela"
    r"|le passage)"
    r"|\b(?:a|sur) (?:quelle|kel(?:le)?) pages?\b|\b(?:quelles?|kel(?:le)?s?) pages?\b"
    r"|^(?:et |and )?(?:(?:donne\w*|montre\w*|indique\w*|give|tell|show)[ -](?:moi|nous|me|us) )?"
    r"(?:l[ae]s?|the) (?:numeros? de )?pages?(?: (?:stp|svp|please|s'il vous plait))? ?[?.!]*$"
    r"|^(?:(?:tu|vous) (?:peux|pouvez|pourrais|pourriez) |(?:peux|pouvez|pourrais|pourriez)[ -](?:tu|vous) "
    r"|(?:can|could) you )?(?:(?:me|nous) )?(?:citer?|donner?|indiquer?|preciser?|montrer?|give|cite|show)(?: me| us)? "
    r"(?:l[ae]s?|the) pages?[ ?!.]*$"
    r"|\bdans quel(?:le)? (?:chapitre|section|partie|pratique|fiche)\b"
    r"|\bwhere (?:is|does) (?:it|that|the guide)\b.*\b(?:say|said|written|mention\w*)\b"
    r"|^where (?:is|are) (?:[\w'-]+ ){1,5}(?:mentioned|discussed)\b|\b(?:which|what) (?:page"
    r"|chapter|section)s?\b"
)
_CHECKLIST = re.compile(
    r"\b(?<!your )(?<!the )(?<!votre )(?<!la )(?:check-?list|liste? (?:a|de) (?:cocher|points?|verif\w*|controle)"
    r"|a cocher|cases? a cocher|points? (?:a|de) (?:verifier"
    r"|controle|controler)|tick(?:-?list|able| list)|to-?do list|liste des (?:choses|actions|etapes) (?:a|pour)"
    r"|list of things to|(?:ca|cela|le tout) (?:en|sous forme de) (?:une )?liste|(?:it|that|this) (?:as|into) a list)\b"
)
_ASKS_FOR_MORE = re.compile(
    r"(?:et |mais |bonjour,? )?(?:comment|combien|quand|qui|ou|pourquoi|faut-il|doit-on|dois-je|peut-on|puis-je"
    r"|que faire"
    r"|que dit|quel(?:le)?s?|how|when|who|where|why|which|should|must|can|do|does)\b"
)
_ASKS_FOR_LIST = re.compile(
    r"(?:\b(?:donne[rz]?|fais|faites|give)[- ](?:moi|nous|me|us)\s+)?(?:\b(?:une?|a)\s+)?"
    r"\b(?:check-?list|listes?\s+(?:à|a|de)\s+(?:cocher|vérification|contrôle)|tick-?list)\b",
    re.IGNORECASE,
)
_COMPARISON = re.compile(
    r"\b(?:difference|compar\w+|distingu\w+|par rapport a|versus|vs|plutot que|differ\w*|tell .* apart|rather than)\b"
)
_NO_DEFINITION = (  # of what « c’est quoi » asks for, « c’est quoi le délai ? »
    r"(?!.*\b(?:taux|prix|delai|numero|adresse|amende|num|%)\b)"
    r"(?!(?: ?(?:les?|la|des|du|l')\b)? ?(?:(?:bonnes|principaux|principales|grandes) )?"
    r"(?:duree?|frequence|montant|budget|seuil|cout|regles|risques?|etapes|mesures|precautions|gestes|delais|obligations|conditions|sanctions|pratiques)\b)"
)
_DEFINITION = re.compile(
    r"^(?:(?:bonjour|hello|hi|euh|dis|au fait|et|mais|alors|sinon|ok|merci),? )*(?:c'?est|c) ?(?:quoi|koi)"
    r" (?:au juste |exactement )?(?:un|une|le|la|les|l'|des|du|ce|cet"
    rf"|cette)?\b{_NO_DEFINITION}"
    r"|[,.?!] (?:concretement,? |au juste,? )?c'?est quoi ?\??$|\bmean by\b|\bdefini\w*\b|\bque (?:signifie"
    r"|veut dire|veulent dire)|\bqu'?(?:est[- ]ce qu(?:e|')|entend(?:ez|-t-on|-on)?) ?(?:c'?est )?(?:qu['e] ?)?"
    r"(?:par )?(?:un|une|le|la|les|l'|des)\b|\bca veut dire quoi\b"
    r"|\bwhat (?:is|are) (?:an?|the(?! (?:\w+ )?(?:fines?|penalt\w+|sanctions?|deadlines?|delays?|time|durations?"
    r"|costs?|prices?|rules?|risks?|thresholds?|limits?|minimum|maximum|best|right|first|next|steps?|conditions?)\b))"
    r" [\w -]{2,40}\??$"
    r"|\bwhat does .* (?:mean|stand for)"
    r"|\bmeaning of\b|\b(?:sigle|acronyme|acronym)\b"
)
_OF_THINGS_TO_DO = re.compile(
    r"\b(?:mesures?|etapes?|regles?|risques?|precautions?|gestes?|bonnes pratiques|delais?|obligations?|conditions?)\b"
    r"[^,.?!]*[,.?!] (?:concretement,? |au juste,? )?c'?est quoi ?\??$"
)
_OF_A_DUTY = re.compile(
    r"\bqu'?est[- ]ce qu(?:e |')[^,.?!]+ (?:doi(?:t|vent)|peu(?:t|vent)|devrai(?:t|ent)|gagne(?:nt)?)\b"
)
# « que veut dire un score de 12 ? » asks for a row of a table, « c’est quoi l’ISO 27001 ? » for a name.
_OF_A_FIGURE = re.compile(r"\b(?:scores?|notes?|totaux|total|resultats?|points?|marks?|results?)\b[^,.?!]*\b\d+\b")
_BRIEFLY = re.compile(
    r"(?:^|[,;:.?!] ?)(?:en (?:bref|resume|deux mots|quelques mots|(?:une|deux|trois) (?:phrases?|lignes?))|brievement"
    r"|in (?:short|brief|a nutshell|(?:one|two|three|a few) (?:words?|sentences?|lines?))|briefly)(?= ?[,;:.?!]|$)"
    r"|\breponds?(?:ez)?[ -](?:moi )?(?:brievement|en (?:bref|deux mots|une (?:phrase|ligne)))\b"
    r"|\b(?:une )?reponse (?:courte|breve|en (?:une|deux) (?:phrases?|lignes?))\b|\b(?:a )?short answer\b"
)
_ELSEWHERE = re.compile(r"[,;?]|\b(?:lorsqu\w*|quand|dans|pour|chez|selon|when|in|for)\b")  # past what is asked about
_SIDES = (
    re.compile(r"\bentre (?P<a>.+?) et (?P<b>.+?)[?.!]*$", re.I),
    re.compile(r"\bbetween (?P<a>.+?) and (?P<b>.+?)[?.!]*$", re.I),
    re.compile(
        r"(?P<a>.+?)\s(?:versus|vs\.?|ou bien|plutôt que|rather than|par rapport (?:à|au|aux))\s(?P<b>.+?)[?.!]*$", re.I
    ),
    re.compile(r"\bcompar\w+ (?P<a>.+?) (?:et|à|avec|and|with|to) (?P<b>.+?)[?.!]*$", re.I),
    re.compile(
        r"^(?P<a>.+?)\s(?:ou|et|or|and|/)\s(?P<b>.+?)\s?[:,?]\s*(?:quelle|what|c[’']?(?:est)? ?(?:quoi|koi) la"
        r"|la) (?:est la )?diff\w+.*$",
        re.I,
    ),
    re.compile(
        r"\bdistingu\w+ (?!quand|comment|lorsqu|si |pour |dans |when|how )(?P<a>.+?) (?:de|d’|d'|from) "
        r"(?P<b>.+?)[?.!]*$",
        re.I,
    ),
)


def chosen_shape(question: str) -> Shape:
    """What a question asks to be given; a whole answer where nothing tells."""
    plain = fold(" ".join(question.replace("’", "'").casefold().split()))
    if _WHERE.search(plain):
        return "where"
    if _CHECKLIST.search(plain):
        return "checklist"
    if asks_for_less(question):
        return "short"
    if _COMPARISON.search(plain) and compared(question):
        return "comparison"
    explained = all(map(_DEFINITION.search, asked_parts(plain)))
    if explained and not any(other.search(plain) for other in (_OF_THINGS_TO_DO, _OF_A_FIGURE, _OF_A_DUTY)):
        return "definition"
    return "short" if _BRIEFLY.search(plain) else "answer"


def asked_to_define(question: str) -> str:
    """The words of a question, folded, that may name what it asks to have explained; none where it asks for no such."""
    plain = fold(" ".join(question.replace("’", "'").casefold().split()))
    found = _DEFINITION.search(plain)
    if found is None:
        return ""
    after = _ELSEWHERE.split(plain[found.end() :])[0]
    return f"{found[0]} {after}" if any(map(str.isalnum, after)) else f"{plain[: found.start()]} {found[0]}"


def definable(question: str) -> bool:
    """Whether a definition may be what a question wants: « comment » and « combien » ask for something else."""
    return not _ASKS_FOR_MORE.match(fold(question.strip().casefold()))


def subject(question: str) -> str:
    """A question without the words that only ask for a checklist: « liste » is in many passages that are about none."""
    rest = " ".join(_ASKS_FOR_LIST.sub(" ", question).split())
    return rest if len(rest.split()) > 1 else question


def compared(question: str) -> tuple[str, str] | None:
    """The two things a question compares, or None."""
    text = " ".join(question.split())
    for pattern in _SIDES:
        if (found := pattern.search(text)) and all(len(found[side].split()) <= 14 for side in "ab"):
            return found["a"].strip(" ,:"), found["b"].strip(" ,:")
    return None
