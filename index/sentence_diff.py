"""What passages that are not the same in two editions have, sentence by sentence, that the other edition has not.

Case, blanks and punctuation are no difference, « % » and « < » are. A sentence is looked for in its own section, so
that what goes from « autorisé » to « interdit » is told. Three words or less without a number are a label or a scrap of
the layout, and are not told beside other sentences; nor are words that the other edition has in other sentences, unless
it lacks a figure or a negation among them. But a passage of which nothing else is told tells even these, unless its
whole text is found again in its section.
"""

from collections.abc import Iterator, Sequence

from corpus import Passage
from index.alignment import LIKE_IN_PLACE, WordLikeness, gaps
from index.edition import Edition, Said, is_label, key_of, texts
from index.told_passages import Pair, Rewritten, Told


def rewritten(
    olds: Sequence[Passage], news: Sequence[Passage], only_old: Sequence[Passage], only_new: Sequence[Passage]
) -> Iterator[Rewritten]:
    """Of `only_old` and `only_new`, the passages whose text the other edition does not have, those that differ.

    `olds` and `news` are all passages of either edition. A sentence that is gone is told with the passage that holds
    what its own passage still says, where there is one.
    """
    old, new = Edition(olds), Edition(news)
    gone, fresh = old.without(new, only_old), new.without(old, only_new)
    away, come = _moved(old, new, gone), _moved(new, old, fresh)
    likeness = WordLikeness([said.text for said in (*old.said, *new.said)])
    stay, came = ([s for s in part if key_of(s.text) not in e.places] for part, e in ((gone, new), (fresh, old)))
    pairs = _paired(old, new, stay, came, likeness)
    pairs += _repeated(old, new, stay, came, pairs, likeness)
    told = Told(only_old, only_new, pairs)
    left_gone, left_fresh = _left(gone, fresh, pairs)
    for said in left_fresh:
        if said.place in come or not old.tells(said.text):
            told.add(said)
    for said in left_gone:
        if said.place in away or not new.tells(said.text):
            told.remove(said)
    _tell_the_rest(told, (old, only_old, left_gone), (new, only_new, left_fresh))
    yield from told.of_later(news)
    yield from told.of_earlier(only_old)


def _moved(edition: Edition, other: Edition, said: Sequence[Said]) -> set[int]:
    return {one.place for one in said if edition.moved(one, other)}


def _tell_the_rest(
    told: "Told",
    earlier: tuple[Edition, Sequence[Passage], Sequence[Said]],
    later: tuple[Edition, Sequence[Passage], Sequence[Said]],
) -> None:
    """Of passages whose text is not found again and of which nothing is told: their labels, or that they moved."""
    (old, only_old, gone), (new, only_new, fresh) = earlier, later
    lost = [passage for passage in only_old if not new.holds(passage) and not told.of_old(passage)]
    found = [passage for passage in only_new if not old.holds(passage) and not told.of_new(passage)]
    lost_ids, found_ids = ({id(passage) for passage in part} for part in (lost, found))
    for said in (said for said in gone if id(said.passage) in lost_ids):
        told.remove(said)
    for said in (said for said in fresh if id(said.passage) in found_ids):
        told.add(said)
    for passage in found:
        told.move(passage, old)
    for passage in lost:
        told.move_heir(passage)


def _paired(
    old: Edition, new: Edition, gone: Sequence[Said], fresh: Sequence[Said], likeness: WordLikeness
) -> list[Pair]:
    """Sentences and what became of them: nearly the same anywhere, or less alike between the same neighbours."""
    pairs = [(gone[p.before], fresh[p.after]) for p in likeness.reworded(texts(gone), texts(fresh))]
    anchors = [(old.places[key], new.places[key]) for key in old.once & new.once]
    anchors += [(a.place, b.place) for a, b in pairs]
    anchors += [(-1, -1), (len(old.said), len(new.said))]
    left_old, left_new = ({said.place: said for said in left} for left in _left(gone, fresh, pairs))
    for before, after in gaps(anchors):
        a = [left_old[place] for place in before if place in left_old]
        b = [left_new[place] for place in after if place in left_new]
        if a and b:
            found = [(a[p.before], b[p.after]) for p in likeness.reworded(texts(a), texts(b), LIKE_IN_PLACE)]
            pairs += found + _labels_in_place(*_left(a, b, found))
    return pairs


def _labels_in_place(before: Sequence[Said], after: Sequence[Said]) -> list[Pair]:
    """Labels that stand for labels: as many of either edition, and nothing else, between the same neighbours."""
    alike = len(before) == len(after) and all(is_label(said.text) for said in (*before, *after))
    return list(zip(before, after, strict=True)) if alike else []


def _repeated(
    old: Edition, new: Edition, gone: Sequence[Said], fresh: Sequence[Said], pairs: Sequence[Pair],
    likeness: WordLikeness,
) -> list[Pair]:  # fmt: skip
    """What is left of either edition, with the sentence of the other that it repeats in other words, taken or not."""
    left_old, left_new = _left(gone, fresh, pairs)
    found = likeness.nearest(texts(left_old), texts(new.said))
    more = [(left_old[a], new.said[b]) for a, b in found]
    found = likeness.nearest(texts(left_new), texts(old.said))
    return more + [(old.said[b], left_new[a]) for a, b in found]


def _left(gone: Sequence[Said], fresh: Sequence[Said], pairs: Sequence[Pair]) -> tuple[list[Said], list[Said]]:
    taken_old, taken_new = {a.place for a, _ in pairs}, {b.place for _, b in pairs}
    return [s for s in gone if s.place not in taken_old], [s for s in fresh if s.place not in taken_new]
