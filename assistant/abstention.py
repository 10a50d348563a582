"""Does the guide cover the question? A logistic model of the evidence's traits, then what the question asks for.

The coefficients are fitted on piaf/tune alone, on questions outside the corpus and on questions whose own paragraph was
taken away. PIAF hardly ever asks for a price or a telephone number, so the second test is a rule.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.asking import beside_the_guide, plainly
from assistant.expected_answer import asks_of_a_risk, counts_what_is_asked, expected_answer
from assistant.language import detect_language
from assistant.leaning import own_words
from assistant.names import acronyms_among
from assistant.references import missing_reference
from assistant.several import asked_parts
from index import ScoredPassage, SearchResult, Traits, analyse

_FAR = 0.08  # cosine below the best sentence, from which one that holds such an answer is about something else
_BEST = 3  # passages of which any sentence may hold it, be it as far: to deny what is quoted is the worst
_ANYWHERE = "count"  # of which « une » may be one: hardly a passage is without
_RISKS = frozenset(analyse("risque risquer"))
_ARTICLE = (
    r"(?:\b(?:les?|la|une?|des|du|sa|ses|son|leurs?|ma|mes|mon|nos|notre|vos|votre|cet?|cette|ces|aux?) |\b[ld]')"
)
_UNMET = 0.1  # of the confidence that is left
_TOLD = 0.5  # log-odds that the context of a long message lends it
_LACKING = 1.5  # log-odds lost where what is asked first names what no passage holds, or wants what none has


@dataclass(frozen=True)
class Coefficients:
    """log-odds = bias + the sum of weight × trait."""

    bias: float
    weights: Mapping[str, float]

    def log_odds(self, traits: Traits) -> float:
        return self.bias + sum(weight * float(getattr(traits, name)) for name, weight in self.weights.items())


@dataclass(frozen=True)
class MarginWeight:
    """log-odds = weight × (margin - even), up to `most` units: little for what is asked as others asked, much against
    what the publication is known to leave open. Chosen by `python -m evaluations.tuning.asked`."""

    weight: float = 2.5
    even: float = 0.0
    most: float = 0.5

    def log_odds(self, margin: float | None) -> float:
        """Of a trait of the evidence; 0 where it is not known."""
        return 0.0 if margin is None else self.weight * min(margin - self.even, self.most)


@dataclass(frozen=True)
class Decision:
    """`confidence`: in [0, 1], that the evidence answers; `unmet`: what was asked for and is nowhere near.

    `absent`: acronyms of the question that no publication holds, or its words where none holds any.
    """

    confidence: float
    unmet: str = ""
    absent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Abstention:
    """Coefficients of one embedding model."""

    coefficients: Coefficients
    margin: MarginWeight = MarginWeight()

    @classmethod
    def of(cls, model: str, tokens: bool = True) -> "Abstention":
        """The values fitted for a model with its late interaction; for another, gentle ones."""
        return cls(_FITTED.get(model, _UNKNOWN) if tokens else _UNKNOWN)

    def decide(
        self,
        question: str,
        found: SearchResult,
        sentences: Sequence[tuple[str, float]],
        written_out: bool = False,
        told: bool = False,
    ) -> Decision:
        """Decide from the traits, then from the sentences of the evidence with their cosines to the question.

        The margin counts for a question that rules have written out, never against it: readers ask in other words.
        Where it was `told` with much else, what all of it finds counts as much as what is asked.
        """
        if not found.results:
            return Decision(0.0)
        unheard = () if written_out or told else unheard_of(question, found)
        absent = acronyms_among(question, found.unknown) or (unheard_names(question, found) if written_out else unheard)
        best = [text for scored in found.results[:_BEST] for text in _sentences(scored)]
        unmet = unmet_answer(question, sentences, best)
        first = asked_parts(question)[0]  # what is asked after it leans on it
        lacks = bool(unheard or acronyms_among(first, found.unknown) or (not unmet and _unmet(first, sentences, best)))
        log_odds = self._log_odds(found.traits, written_out)
        if told and found.beside:
            log_odds = (log_odds + self._log_odds(found.beside, written_out)) / 2 - _TOLD
        confidence = _logistic(log_odds - _LACKING * lacks)
        unmet = unmet or missing_reference(
            question,
            (heading for scored in found.results for heading in scored.passage.section),
            (scored.passage.text for scored in found.results),
        )
        return Decision(confidence * _UNMET if unmet else confidence, unmet, absent)

    def _log_odds(self, traits: Traits, written_out: bool) -> float:
        margin = self.margin.log_odds(traits.margin)
        return self.coefficients.log_odds(traits) + (max(0.0, margin) if written_out else margin)


def unheard_of(question: str, found: SearchResult) -> tuple[str, ...]:
    """The words of a French question that say what it is about, where no passage holds any of them; else none.

    Of an English one nearly all are unknown. « photos » is heard of where the evidence says « photo ».
    """
    said = beside_the_guide(question)
    own = own_words(plainly(said))
    if (
        not own
        or detect_language(said) != "fr"
        or not own <= {stem for word in found.unknown for stem in analyse(word)}
    ):
        return ()
    texts = [plainly(scored.passage.text) for scored in found.results]
    words = [word for word in found.unknown if own.intersection(analyse(word))]
    return () if any(plainly(word).rstrip("sx") in text for word in words for text in texts) else tuple(words)


def unheard_names(follow_up: str, found: SearchResult) -> tuple[str, ...]:
    """The same of a follow-up, of the words that an article makes a name: « son salaire », but not « vraiment »."""
    plain = plainly(follow_up)
    return tuple(
        word for word in unheard_of(follow_up, found) if re.search(rf"{_ARTICLE}{re.escape(plainly(word))}\b", plain)
    )


def unmet_answer(question: str, sentences: Sequence[tuple[str, float]], best: Sequence[str] = ()) -> str:
    """The kind of answer that is asked for and that no sentence near the question, nor any of `best`, holds.

    Empty without any. Of a question that asks several things the first kind, where each asks for one that is missing.
    """
    missing = [_unmet(part, sentences, best) for part in asked_parts(question)]
    return missing[0] if all(missing) else ""


def _unmet(question: str, sentences: Sequence[tuple[str, float]], best: Sequence[str]) -> str:
    kind = expected_answer(question)
    if kind is None or not sentences or (asks_of_a_risk(question) and _speaks_of(question, best)):
        return ""
    if kind.name != _ANYWHERE and any(map(kind.is_held, best)):
        return ""
    if kind.name == _ANYWHERE and any(counts_what_is_asked(question, text) for text in best):
        return ""
    nearest = max(cosine for _, cosine in sentences)
    holding = [cosine for text, cosine in sentences if kind.is_held(text)]
    return kind.name if nearest - max(holding, default=-np.inf) >= _FAR else ""


def _speaks_of(question: str, texts: Sequence[str]) -> bool:
    """Whether texts hold half of a question's own words at least."""
    own = own_words(plainly(question)) - _RISKS
    return 2 * len(own & {stem for text in texts for stem in analyse(text)}) >= len(own)


def _sentences(scored: ScoredPassage) -> list[str]:
    return [scored.passage.text[start:end] for start, end in scored.passage.sentences]


def _logistic(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-500.0, min(500.0, log_odds))))


# From `python -m evaluations.tuning.abstention`; see docs/measurements.md.
_FITTED = {
    "embeddinggemma-300m": Coefficients(
        -8.9, {"dense": -3.18, "sentence": 8.89, "typical": 25.41, "weakest": 6.37, "lead": 0.35}
    ),
    "multilingual-e5-small": Coefficients(
        -44.01, {"dense": -15.49, "sentence": 35.16, "typical": 25.66, "weakest": 7.97, "lead": 0.36}
    ),
}
# Gentler than what piaf/tune gives for a score: nobody has checked such a model's scale.
_UNKNOWN = Coefficients(-4.5, {"score": 12.0})
