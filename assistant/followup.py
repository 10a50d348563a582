"""A follow-up written out so that it stands alone, by rules: what it points at is taken from the turns before.

A change of subject is left as it is. Nothing of the history is searched by itself: only the one question made here.
"""

import re
from collections.abc import Callable, Sequence
from textwrap import shorten

from assistant.answer import Language, Message
from assistant.asking import asking_part, is_long, plainly, without_courtesy
from assistant.changing import corrected, for_another, is_correction
from assistant.labels import label_of, labelled
from assistant.language import detect_language, told_language
from assistant.leaning import LINK, is_new, leans, may_lean, own_words, points_back
from assistant.part_names import another_part, names_a_part, spelled_out
from assistant.pointing import asked_point, asks_for_a_point, is_an_ordinal, mentioned_point, mentions_a_point
from assistant.purpose import NO_QUESTION, asked_language, asks_for_the_same, purpose, speaks_of_this
from assistant.several import asks
from assistant.shapes import chosen_shape
from assistant.told import followed
from assistant.wording import is_refusal, shown_first

_CONSENT = re.compile(
    r"(?:(?:oui|ouais|ok|okay|d'?accord|volontiers|vas[- ]y|allez[- ]y|je veux bien|avec plaisir|bien sur|yes|sure"
    r"|please"
    r"|go ahead|stp|svp|s'il (?:te|vous) plait|merci|thanks|tell me more|tell me|please do|dis[- ]m'?en plus"
    r"|dites[- ]m'?en plus|dis[- ]moi tout|dis[- ]moi|carrement|continue|continuez|go on)(?: |$))+"
)
_OFFER = re.compile(
    r"(?:souhait(?:ez-vous|es-tu)|voul(?:ez-vous)|veux-tu|would you like|do you want|shall i|dois-je)\s+"
    r"(?:(?:en )?(?:savoir|connaitre|connaître|voir|lire|que je (?:vous |te )?(?:dise|montre|détaille|explique)|me to"
    r"|to know|to see|to hear|to read|know)\s+)?(?P<what>[^?]{8,200})\?\s*$",
    re.I,
)
# What only asks for something is left out of a question that something else is asked of.
_LEAD = re.compile(
    r"^(?:c['’]?est quoi|c koi|qu['’]?est[- ]ce qu(?:e c['’]est|['’]|e )|que dit le (?:recueil|guide) (?:sur |de )"
    r"|que (?:signifie|veut dire)|parle[zs]?[- ]moi de|explique[zs]?[- ]moi)\s*(?:(?:exactement|au juste)\s+)?",
    re.I,
)
_COUNTED = re.compile(
    r"\b(?:question|etape|mesure|action|ligne|critere|colonne|case|option|phase|page|semaine|partie|piece)s?"
    r" (?:n° ?)?\d"
)
_NAME = re.compile(  # « un NDA », « une charte de confidentialité », « la SISSE »; no clause
    r"(?:(?:[Uu]ne?|[Aa]n?) (?!autre\b|other\b)[\w’'-]+(?: (?:de |d['’]|du |des |à )?[\w’'-]+)?"
    r"|(?:[Ll][ae] |[Ll]es |[Ll]['’])[A-Z][A-Z&]+)\s*[?.!]*"
)
_CHANGED = re.compile(
    r"(?:pour|chez|avec|for|with) (?!\w*(?:quel|combien|quoi|qui|what|which|how)\b)(?:[\w’'-]+ ?){1,5}[?.!]*", re.I
)
_CONDITION = re.compile(
    r"(?:(?:et|mais|and|but)[ ,]+)?(?:meme |even )?(?:si |s'ils? (?!(?:vous|te) plait)|if |quand |when )"
)
_MOST_OWN = 3  # content words of a question that only asks for a point of the answer
_POINTS = re.compile(  # wider than what leans: where in doubt, a follow-up is read with what came before
    r"\b(?:qui|on|je|tu|nous|vous) (?:ne )?(?:(?:l[ae]s?|lui|leur|en|y) \w|l')"
    r"|\b(?:son|sa|ses|leurs?|ce|cet|cette|ces|ce(?:lui|lle|ux)|ils?|elles?|ca|cela|it|its|this|that|these|those|they|them"
    r"|their|autres?|aussi|meme|deuxieme|premiere?|dernier\w*|other|also|too|same)\b"
)
_FEWEST_BY_ITSELF = 3  # content words of a question that a link begins and that needs nothing said before
_LONGEST = 500  # characters of a rewritten question, of which the question before gives up what does not fit
_LONGEST_POINT = 200  # of them, those of a point of the answer
Stands = Callable[[str], bool]
_FARTHEST = 4  # questions back of which `stands` is asked; any further one of few words is taken to lean
_LINKS = 4  # follow-ups in a row that are written out, the last ones


def _stands(_: str) -> bool:
    return True


def _leans(_: str) -> bool:
    return False


def standalone(question: str, history: Sequence[Message], stands: Stands = _stands) -> str:
    """The question written out; itself where it depends on nothing said before.

    `stands` tells of a question with few words of its own whether they need nothing that was said before.
    """
    history = _before_its_list(question, history)
    asked = [place for place, message in enumerate(history) if message.role == "user" and _was_asked(place, history)]
    question = _with_practices(question, history)
    if not asked or not _depends(question, stands):
        return question
    looked_up = asked[-_FARTHEST:]
    roots = (
        place
        for place in reversed(asked)
        if not _depends(_flat(history[place].content), stands if place in looked_up else _leans)
    )
    root = next(roots, asked[0])
    between = [place for place in asked if place > root][-_LINKS:]
    return _follow(question, _gone_on(_asked_at(root, history), between, history), history)


def _before_its_list(question: str, history: Sequence[Message]) -> Sequence[Message]:
    """Of « et la troisième ? » after « la deuxième ? », the turns up to the answer that lists them."""
    while is_an_ordinal(plainly(question)) and len(history) > 2 and is_an_ordinal(plainly(history[-2].content)):
        history = history[:-2]
    return history


def _gone_on(root: str, between: Sequence[int], history: Sequence[Message]) -> str:
    """The question before, of several follow-ups in a row: the first one and the last that says something of its own.

    One that only asks (« combien ? », « où est-ce dit ? ») says nothing to the next, and many of them bury it.
    """
    base = whole = root
    for place in between:
        asked = _asked_at(place, history)
        if asks_for_the_same(asked):
            continue
        followed = _follow(asked, base, history[:place])
        another = not followed.startswith(f"{_subject_of(base).rstrip(' ?!.')} : ")  # a point, a part or a public
        if another or _CONDITION.match(plainly(asking_part(asked))):
            base = whole = followed
        elif own_words(plainly(asking_part(asked))) and chosen_shape(asked) != "where":
            whole = followed
    return whole


def _asked_at(place: int, history: Sequence[Message]) -> str:
    return _with_practices(without_courtesy(followed(history[place].content)), history[:place])


def _with_practices(question: str, history: Sequence[Message]) -> str:
    """The question with « la pratique n° 19 » for « la 19 », where nobody has counted questions, steps or pages."""
    asked = (question, *(message.content for message in history if message.role == "user"))
    counted = any(_COUNTED.search(plainly(text)) for text in asked)
    return question if counted else spelled_out(question, _last_answer(history))


def _last_answer(history: Sequence[Message]) -> str:
    return next((message.content for message in reversed(history) if message.role == "assistant"), "")


def _was_asked(place: int, history: Sequence[Message]) -> bool:
    """Whether a message put a question to the guide: nothing follows a greeting, or a request that was declined."""
    text = history[place].content
    answered = next((message.content for message in history[place + 1 :] if message.role == "assistant"), "")
    asked = purpose(text) not in NO_QUESTION or (place > 0 and speaks_of_this(text))
    return bool(text.strip()) and asked and not is_refusal(answered)


def _follow(question: str, before: str, history: Sequence[Message]) -> str:
    return _written_out(question, before[: max(0, _LONGEST - len(question))], _last_answer(history))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _depends(question: str, stands: Stands) -> bool:
    plain = plainly(question)
    if _is_consent(plain) or asks_for_the_same(question) or is_correction(asking_part(question)):
        return True
    known = is_new(question) or _asks_by_itself(question, stands)
    labels = bool(label_of(question)) and len(own_words(plain)) <= _MOST_OWN
    return not known and (
        _asks_for_a_point(plain) or labels or leans(question) or (may_lean(question) and not stands(question))
    )


def _asks_by_itself(question: str, stands: Stands) -> bool:
    """« et comment prépare-t-on un salon ? »: only a link puts it behind another question, and the guide has it."""
    said = asking_part(question)
    rest = LINK.sub("", said).strip()
    named = len(own_words(plainly(rest))) >= _FEWEST_BY_ITSELF and not _POINTS.search(plainly(rest))
    return named and rest != said.strip() and asks(rest) and not leans(rest) and stands(rest)


def _asks_for_a_point(plain: str) -> bool:
    return asks_for_a_point(plain) and len(own_words(plain)) <= _MOST_OWN


def _written_out(question: str, before: str, said: str) -> str:
    said_now = asking_part(question)
    if part := another_part(said_now, before):
        return part
    if asks_for_the_same(question):
        return before
    plain = plainly(question)
    offered = _OFFER.search(said.strip())
    if _is_consent(plain):
        return _offered(offered["what"], before) if offered else before
    rest = LINK.sub("", said_now).strip()
    if _asks_for_a_point(plain) and (told := asked_point(plain, shown_first(said)) or asked_point(plain, said)):
        return _of_the_point(told, before, "")
    item, asked_of_it = mentioned_point(rest, said)
    if item:
        return _of_the_point(item, before, asked_of_it)
    if not any(map(str.isalnum, rest)):
        return before
    if changed := corrected(rest, before):
        return changed
    if (lead := _LEAD.match(before)) and _NAME.fullmatch(rest):  # « c’est quoi une ZRR ? », « et un NDA ? »
        return f"{lead[0].strip()} {rest}"
    before = _subject_of(before)
    if changed := for_another(rest, before):
        return changed
    rest = labelled(rest)
    return f"{before.rstrip(' ?!.')} : {rest[:1].lower()}{rest[1:]}{' ?' if rest.endswith(')') else ''}"


def _subject_of(question: str) -> str:
    """« une ZRR ? » of « c'est quoi une ZRR ? »; itself where it asks nothing so."""
    return _LEAD.sub("", question) or question


def _of_the_point(point: str, before: str, asked: str) -> str:
    """A point of the answer to a question, and what is asked of it; of a question that points at one, without that."""
    point = shorten(point, _LONGEST_POINT, placeholder="…")
    before = before[: _LONGEST - len(point) - len(asked)].rstrip(" ?!.")
    if not asked:
        return f"{point} ?" if names_a_part(point) else f"{point} ({before}) ?"
    if names_a_part(point):
        return f"{point} : {asked} ?"
    return f"{before} : {asked} ?" if point in before else f"{before} ({point}) : {asked} ?"


def _offered(what: str, before: str) -> str:
    """What the assistant offered to say, with the question before where it points at it."""
    what = what.strip()
    return f"{before.rstrip(' ?!.')} : {what} ?" if points_back(what) else f"{what} ?"


def _is_consent(plain: str) -> bool:
    return bool(_CONSENT.fullmatch(" ".join(re.sub(r"[,.!?;:…]", " ", plain).split())))


def keeps_shape(question: str) -> bool:
    """Whether a follow-up wants an answer of the form before: it changes the language, or whom or what it is about."""
    rest = LINK.sub("", asking_part(question)).strip()
    changed = LINK.match(asking_part(question)) and (_CHANGED.fullmatch(rest) or _NAME.fullmatch(rest))
    return bool(changed) or asked_language(question) is not None


def own_part(question: str, written_out: str) -> str:
    """What a follow-up itself asks and tells, where it was put after the question before; nothing of another question.

    Nothing either of one that asks for a point of the answer: its own words say which, and not what.
    """
    own = labelled(LINK.sub("", asking_part(question)).strip(" ?!."))
    put_after = own.casefold() in written_out.casefold() != question.casefold()
    if not put_after or not own_words(own) or mentions_a_point(plainly(own)) or asks_for_a_point(plainly(own)):
        return ""
    return without_courtesy(question) if is_long(question) else own


def question_language(question: str, written_out: str) -> Language:
    """The language it asks for, the follow-up's own where its words tell, else the conversation's."""
    if written_out != question and (asked := asked_language(question)):
        return asked
    told = told_language(question) if len(question.split()) > 2 else None
    return told or detect_language(written_out)
