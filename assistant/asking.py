"""What a message asks, of a long one: its sentence that asks, without the courtesies before it."""

import re

from assistant.several import asks
from index import analyse, fold

# What asks of the guide itself in words, and of something else in fact.
_OF_THE_GUIDE = re.compile(
    r"^(?:(?:bonjour|et|mais)[ ,]+)*que (?:dit|recommande|conseille|preconise|prevoit|propose)(?:-il)?,? "
    r"(?:le |votre |ce )?(?:recueil|guide)"
    r",? (?:(?:a propos |au sujet |en matiere )?(?:d'|(?:de la|des?|du)\b|de l')|sur\b) ?"
)
_SPEAKS = r"(?:parle|traite|evoque|mentionne|aborde|est-il question|il est question)"
# « où le recueil parle-t-il des drones ? », « à quelle page est-il question de la CNIL ? », « where is it mentioned? »
_PLACE = re.compile(
    r"^(?:(?:bonjour|et|mais|stp|svp|dis(?:-| )moi|dites(?:-| )moi)[ ,]+)*"
    r"(?:ou|(?:a|dans) quel(?:le)?s? (?:pages?|chapitres?|sections?|parties?|pratiques?|fiches?))"
    rf" (?:est-ce qu(?:e |'))?(?:(?:on|il|(?:le|votre|ce) (?:recueil|guide)) )?{_SPEAKS}(?:(?:-t)?-(?:il|on))? "
    r"(?:d'|de l'|l'|(?:de la|de|des|du|la|les?)\b) ?(?P<name>.+?)[ ?!.]*$"
    r"|^where (?:is|are) (?:the |an? )?(?P<said>.+?) (?:mentioned|discussed)[ ?!.]*$"
    r"|^where does (?:the|your) (?:guide|handbook) (?:mention|discuss|speak of|talk about) (?:the |an? )?"
    r"(?P<told>.+?)[ ?!.]*$"
)
_GREETING = r"(?:bonjour|bonsoir|salut|re|hello|hi)(?: (?:a tous|de nouveau|again))?"
_ASSENT = (
    r"(?:(?:ok(?:ay)?|d'accord|thanks(?: a lot)?|thank you|got it"
    r"|merci(?: beaucoup| bien| infiniment| a (?:vous|toi))?"
    r"(?: (?:pour [^.!?,]{1,40}|c'est [^.!?,]{1,20})(?=[.!,]))?(?! (?:de|pour|c'est)\b| d'))\b"
    r"|(?:c'est )?(?:tres |trop )?(?:bien|clair|note|parfait|super|genial|excellent|nickel|cool|top|entendu|compris|oui"
    r"|bon|ah|great|perfect|fine|yes|i see)"
    r"(?= ?[,.!;:]| (?:ok|merci|d'accord)\b))"  # no « note de veille », no « bien choisir »
)
_ANSWERS = re.compile(rf"(?:{_GREETING}\b[\s,.!;:]*)?(?:et )?{_ASSENT}")
_COURTESY = re.compile(rf"(?:(?:{_GREETING}\b|(?:et )?{_ASSENT})[\s,.!;:]*)+(?=\w)")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_POINTS = re.compile(r"\b(?:cet?|cette|ces|cela|ca|son|sa|ses|leurs?|this|that|these|those|its|their)\b")
_LONG = 25  # words of a message of which only what it asks is read
# What only asks, and says nothing of what is asked about.
UNSAID = frozenset(analyse(
    "combien temps délai mois jour semaine an heure fois souvent page maximum minimum max min exemple quoi plus "
    "détail suite "
    "étape point raison responsable charge long often time days weeks months years many much long who where when "
    "example "
    "step item explain expand elaborate detail pareil idem chose cas fait faite faites valable problème conseil "
    "règle différent obligatoire recueil guide dire peux pouvez pourrais plaît stp svp merci please can could "
    "have has had will would did been was were there "
    "cb tps tjs jai jdois jpeux jvais ki koi kel kelle kels cmt ya ca faudrait"
))  # fmt: skip


# What asks of nothing that it names: « c’est quoi les risques ? », « pourquoi ? ».
_OF_WHATEVER = re.compile(
    r"(?:(?:bonjour|hello|hi|et|mais|alors|euh|dis|stp|svp)[ ,]+)*"
    r"(?:(?:c'?(?:est)? ?(?:quoi|koi)|quel(?:le)?s? (?:est|sont)|qu'est-ce que c'est(?: que)?|what(?: is|'s| are)) "
    r"(?:l'|(?:le|la|les|the) )(?:(?:principa\w+|grande?s|bonnes|main|best) )?"
    r"(?:risques?|regles?|interets?|problemes?|solutions?|etapes?|delais?|sanctions?|avantages?|procedures?|conditions?"
    r"|enjeux|precautions?|consignes?|risks?|rules?|points?|problems?|steps?|deadlines?|penalt(?:y|ies))"
    r"|pourquoi|comment(?: faire)?|combien|quand|que faire|on fait quoi|je fais quoi|why|how|how much|when|what to do)"
    r"(?: (?:stp|svp|please|exactement|au juste))?[ ?!.]*"
)


def is_of_whatever(question: str) -> bool:
    """Whether a question, asked first, says nothing of what it is about."""
    return bool(_OF_WHATEVER.fullmatch(plainly(question)))


def asking_part(message: str) -> str:
    """What follows the thanks or the assent that a message begins with: of a long one, its last sentence that asks.

    All of it, but for a greeting, where it begins otherwise, or asks of « cette liste » that it tells of.
    """
    said = without_courtesy(message)
    if not (answers(message) and is_long(message)):
        return said
    sentences = _SENTENCE.split(said)
    asked = next((sentence for sentence in reversed(sentences) if "?" in sentence or asks(sentence)), said)
    return said if _POINTS.search(plainly(asked)) else asked


def answers(message: str) -> bool:
    """Whether it begins with thanks or assent."""
    return bool(_ANSWERS.match(letter_by_letter(message.strip())))


def is_long(message: str) -> bool:
    """Whether it tells more than it asks."""
    return len(message.split()) > _LONG


def without_courtesy(message: str) -> str:
    """« Et pour une PME ? » of « Bonjour, très bien. Et pour une PME ? »; itself where nothing else is said."""
    message = message.strip()
    courtesy = _COURTESY.match(letter_by_letter(message))
    return message[courtesy.end() :] if courtesy else message


def beside_the_guide(question: str) -> str:
    """« du harcèlement ? » of « Que dit le recueil du harcèlement ? »: in many passages the guide speaks of itself."""
    plain = letter_by_letter(question)
    if found := _OF_THE_GUIDE.match(plain):
        return question[found.end() :]
    placed = _PLACE.match(plain)  # of an English word alone nobody could tell the language
    return question[placed.start("name") : placed.end("name")] if placed and placed["name"] else question


def asked_place(question: str) -> str:
    """« drones » of « Où le recueil parle-t-il des drones ? »; nothing of what does not ask where something is said."""
    found = _PLACE.match(letter_by_letter(question))
    return question[found.start(found.lastgroup) : found.end(found.lastgroup)] if found and found.lastgroup else ""


def plainly(text: str) -> str:
    """In lower case, without accents, with single blanks and straight apostrophes."""
    return fold(" ".join(text.replace("’", "'").casefold().split()))


def letter_by_letter(text: str) -> str:
    """The same, a letter for a letter, so that what is found in it stands at the same place in the text."""
    return "".join(_plain_letter(letter) for letter in text.replace("’", "'"))


def _plain_letter(letter: str) -> str:
    plain = fold(letter).casefold()
    return plain if len(plain) == 1 else letter
