"""Is a statement supported by a passage? Contradictions are looked for first, then likeness is weighed.

A contradiction (a number, a bound, a name, a negation, a modality, who acts) condemns however alike the rest may be;
among the others a logistic of likeness decides. Fitted on the half `tune` of the support set: see docs/measurements.md.
"""

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.answer import Language, Support
from assistant.modality import binds
from assistant.support_features import Encoded, Shared, Source, shared

_NEAR_COPY = 0.7  # of neighbouring words kept: a lone change is then what the statement is about
_SAME_STEMS = 0.75  # of a statement's stems, that one sentence of the source must say
_LONGEST = 28  # words of a sentence that may be shown reworded
_OPPOSITE = 2  # words denied on one side only, from which a free rewording may say the opposite
_COPIED = 0.75  # of neighbouring words kept, from which an actor added is one that the source does not name
_SAME_WORDS, _SAME_MOST = 0.6, 0.65  # of neighbours and of stems, from which an actor for another is no synonym
_MARKUP = re.compile(
    r"[<>\[\]{}|`\\]|https?:|www\.|javascript:|&#?\w+;|[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
# Vigie says « le recueil » and never « je »; and whether « oui » is the right answer, no comparison of words can tell.
_UNCHECKED = re.compile(
    r"^\W*(?:oui|non|yes|no)\b|\b(?:je|j[’']|tu|t[’']|moi|toi|mon|ma|mes|ton|ta|tes|I|I[’']m|my|me)\b(?!\.)",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[\s\u00a0\u202f]+")
_MARKS = re.compile(r"^[«“\"\s]+|[»”\"\s]+$")


@dataclass(frozen=True)
class Likeness:
    """log-odds = bias + coverage + cosine + weakest, each times its weight: those of Shared."""

    bias: float
    coverage: float
    cosine: float = 0.0
    weakest: float = 0.0

    @classmethod
    def of(cls, model: str) -> "Likeness":
        """The values fitted for an embedding model; for another, words alone decide."""
        return _FITTED.get(model, _BY_WORDS)

    def log_odds(self, found: Shared) -> float:
        return (
            self.bias
            + self.coverage * found.coverage
            + self.cosine * found.cosine
            + self.weakest * max(0.0, found.weakest)
        )


@dataclass(frozen=True)
class Judgement:
    """Whether a passage supports a statement, and why not. `window`: offsets of what supports it in the passage.

    `quotable`: supported, but to be given in the source's own words: a near copy, a duty, or what only markup says.
    """

    support: Support
    confidence: float
    window: tuple[int, int]
    reasons: tuple[str, ...] = field(default=())
    quotable: bool = False


def judge(
    statement: str, source: Source, likeness: Likeness, language: Language = "fr", encoded: Encoded | None = None
) -> Judgement:
    """Weigh one statement against one passage. `language` is the statement's."""
    verbatim = find_verbatim(statement, source)
    if verbatim:
        return Judgement("quoted", 1.0, verbatim)
    if not source.sentences:
        return Judgement("unsupported", 0.0, (0, 0), ("unlike",))
    found = shared(statement, source, encoded)
    reasons = contradictions(found, language)
    confidence = 1 / (1 + math.exp(-max(-50.0, min(50.0, likeness.log_odds(found)))))
    if confidence < 0.5:
        reasons = (*reasons, "unlike")
    if reasons:
        return Judgement("unsupported", confidence, found.window, reasons)
    return Judgement("paraphrased", confidence, found.window, quotable=_in_its_own_words(statement, found))


def contradictions(found: Shared, language: Language) -> tuple[str, ...]:
    """The names of what a statement says against its passage or besides it. Capitals tell names in French only."""
    near = found.pairs >= _NEAR_COPY
    checks: Mapping[str, bool] = {
        "number": found.numbers > 0,
        "modality": found.new_duty or found.other_modality or (found.modality > 0 and near),
        "bound": found.bounds > 0,
        "negation": found.negation > 0 and near and found.denials,
        "name": language == "fr" and (found.names + found.split_names > 0 or (found.window_names > 0 and near)),
        "actor": found.actors > 0 and (found.pairs >= _COPIED or (found.swapped and _is_swap(found))),
        "question": found.asked,
    }
    return tuple(name for name, wrong in checks.items() if wrong)


def _is_swap(found: Shared) -> bool:
    return found.pairs >= _SAME_WORDS or found.coverage >= _SAME_MOST


def _in_its_own_words(statement: str, found: Shared) -> bool:
    """Whether a supported statement is safer in the source's words: what denies, binds or bounds, near copies, strays.

    Read by eye, 18 in 22 of a small model's free rewordings misled (docs/measurements.md, « A hundred answers read »).
    """
    if found.unbounded or found.other_figures:
        return True
    if found.bare or (found.one_sided and found.negation >= _OPPOSITE):
        return True
    if found.pairs >= _NEAR_COPY or found.coverage < _SAME_STEMS or len(statement.split()) > _LONGEST:
        return True
    return bool(_MARKUP.search(statement) or _UNCHECKED.search(statement) or binds(statement))


def find_verbatim(statement: str, source: Source) -> tuple[int, int] | None:
    """Where the statement stands word for word as whole sentences of the passage, case, spaces and quotes apart."""
    wanted = _plain(statement)
    if not any(c.isalnum() for c in wanted):
        return None
    sentences = source.sentences
    for first in range(len(sentences)):
        for last in range(first, min(first + 4, len(sentences))):
            said = _plain(source.text[sentences[first][0] : sentences[last][1]])
            if said == wanted:
                return sentences[first][0], sentences[last][1]
            if len(said) > len(wanted):
                break
    return None


def _plain(text: str) -> str:
    bare = _MARKS.sub("", unicodedata.normalize("NFC", text.replace("’", "'"))).rstrip(".;:")
    return _BLANKS.sub(" ", bare).strip().casefold()


# From `python -m evaluations.support.fit`; see docs/measurements.md.
_BY_WORDS = Likeness(-6.0, 12.0)
_FITTED = {"embeddinggemma-300m": Likeness(-14.34, 2.49, 14.6, 11.81)}
