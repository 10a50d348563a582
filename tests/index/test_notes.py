"""Footnotes among passages."""

import pytest

from corpus import Passage, Span, split_sentences
from index.notes import calling_sentence, is_note


def passage(text: str) -> Passage:
    return Passage(text, (), tuple(split_sentences(text)), (Span(0, 1, 0, len(text)),), "id", "p", ("1",))


NOTE = passage("². Article L. 151-1 du code de commerce.")


@pytest.mark.parametrize("text", ["². Article L. 151-1.", "¹² Voir la section VI.2.", "³ Voir plus haut."])
def test_a_passage_that_begins_with_a_raised_number_is_a_note(text):
    assert is_note(text)


@pytest.mark.parametrize("text", ["Article L. 151-1.", "m² de bureaux loués", "²", "2. Voir la section VI.2."])
def test_any_other_passage_is_none(text):
    assert not is_note(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("La loi reconnaît un secret². Le pôle tient un registre.", 0),
        ("Le pôle tient un registre. La loi reconnaît un secret.²", 1),
        ("Le pôle relit ce registre¹ ; la loi reconnaît un secret¹². Elle le protège².", 1),
        ("Le pôle tient un registre.", None),
        ("La loi reconnaît un secret¹². Le pôle tient un registre.", None),
        ("². Une note n’en appelle pas une autre.²", None),
    ],
)
def test_the_sentence_that_calls_a_note_is_found_by_its_number(text, sentence):
    assert calling_sentence(passage(text), NOTE) == sentence


def test_what_is_no_note_is_called_by_nothing():
    assert calling_sentence(passage("La loi reconnaît un secret.²"), passage("Le pôle tient un registre.")) is None
