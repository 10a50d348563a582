"""The chain with a generator: quotes first, then each sentence once it is checked; what is not supported never shows.

The scripted generator writes about the guide's three pages; the question finds its two sentences on patents.
"""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Answer, Question, quoting
from assistant.extractive import Quote
from tests.assistant.making import Scripted, as_read, assert_contract, assistant_on
from tests.index.making import PATENTS, TRAVEL, VISITORS

QUESTION = "Comment mener une veille sur les brevets ?"
ENGLISH = "How should we do monitoring on the patents?"
PARAPHRASES = (
    "La veille sur les brevets sert à repérer les déposants nouveaux d’une filière.",
    "Les brevets utiles aux adhérents sont présentés chaque mois dans une synthèse.",
)
NEAR_COPY = "Les déposants nouveaux d’une filière sont repérés par la veille sur les brevets."
WRONG = (
    "Une synthèse mensuelle présente les 12 brevets utiles aux adhérents.",
    "La veille sur les brevets ne repère pas les déposants nouveaux d’une filière.",
)
INVENTED = (
    "Le préfet finance chaque année un carnaval nautique très populaire.",
    "Des girafes traversent lentement la savane pendant la saison sèche.",
)
MARKER = re.compile(r"\[[^\]]*\d[^\]]*\]")


def draft(*sentences: str) -> Scripted:
    return Scripted(*(f"{sentence} " for sentence in sentences))


def stream(root, generator: Scripted, text: str = QUESTION, **values) -> list[Answer]:
    return list(assistant_on(root, generator, **values).stream(Question(text)))


def last(root, *sentences: str, **values) -> Answer:
    return stream(root, draft(*sentences), **values)[-1]


@pytest.fixture
def one_sentence(monkeypatch):
    """Only the first sentence of the best passage is quoted."""
    monkeypatch.setattr(quoting, "extract", lambda found, *_: [Quote(found.results[0], 0, 1)])


# As it grows


def test_the_quotes_come_first_without_a_word_of_the_generator(guide_index, assistant):
    generator = draft(*PARAPHRASES)
    begun = assistant_on(guide_index, generator).stream(Question(QUESTION))
    first = next(begun)
    quoted = assistant.ask(Question(QUESTION))
    assert generator.tasks == []
    assert (first.text, first.citations, first.statements) == (quoted.text, quoted.citations, quoted.statements)
    begun.close()


def test_each_snapshot_adds_to_the_one_before(guide_index):
    snapshots = stream(guide_index, draft(*PARAPHRASES))
    assert [len(answer.summary) for answer in snapshots] == [0, 1, 2, 2]
    for before, after in pairwise(snapshots):
        assert after.summary[: len(before.summary)] == before.summary
        assert after.citations[: len(before.citations)] == before.citations


def test_a_sentence_is_shown_before_the_next_but_one_is_written(guide_index):
    generator = draft(*PARAPHRASES, *INVENTED)
    begun = assistant_on(guide_index, generator).stream(Question(QUESTION))
    next(begun)
    assert [s.text for s in next(begun).summary] == [PARAPHRASES[0]]
    assert generator.written == 2
    begun.close()


def test_ask_gives_the_last_snapshot(guide_index):
    generator = draft(*PARAPHRASES)
    answer = assistant_on(guide_index, generator).ask(Question(QUESTION, id="q"))
    assert [s.text for s in answer.summary] == list(PARAPHRASES)
    assert generator.closed


def test_every_snapshot_has_the_same_id(guide_index):
    assert len({answer.id for answer in stream(guide_index, draft(*PARAPHRASES))}) == 1


def test_the_summary_stands_between_the_introduction_and_the_quotes(guide_index):
    answer = last(guide_index, PARAPHRASES[0])
    order = [answer.text.index(part) for part in (answer.introduction, PARAPHRASES[0], "Dans le texte :", "« ")]
    assert order == sorted(order)


def test_statements_are_those_of_the_summary_then_those_of_the_quotes(guide_index, assistant):
    answer = last(guide_index, *PARAPHRASES)
    assert answer.statements == answer.summary + assistant.ask(Question(QUESTION)).statements


@pytest.mark.parametrize("text", [QUESTION, ENGLISH])
def test_a_written_answer_follows_the_contract(guide_index, text):
    for answer in stream(guide_index, draft(*PARAPHRASES), text):
        assert_contract(as_read(answer.as_json()))


def test_a_written_answer_is_timed(guide_index):
    timings = last(guide_index, *PARAPHRASES).timings_ms
    assert set(timings) == {"retrieve", "generate", "verify", "first", "first_sentence", "write", "total"}
    assert timings["first"] <= timings["total"]
    assert timings["first_sentence"] <= timings["write"] <= timings["total"]


def test_the_passport_names_the_generator(guide_index, assistant):
    passport = last(guide_index, *PARAPHRASES).passport
    assert (passport.generator, passport.generator_model, passport.generator_revision) == ("scripted", "script", "1")
    assert passport.prompt_sha256 != assistant.ask(Question(QUESTION)).passport.prompt_sha256


# What the generator is given


def test_the_generator_is_given_the_quotes_and_no_other_text(guide_index):
    generator = draft(*PARAPHRASES)
    quoted = stream(guide_index, generator)[0]
    (task,) = generator.tasks
    assert (task.question, task.language, task.shape) == (QUESTION, "fr", "answer")
    assert [extract.text for extract in task.extracts] == [citation.quote for citation in quoted.citations]
    assert task.extracts[0].heading == "Veille sur les brevets"


def test_the_generator_answers_in_the_language_of_the_question(guide_index):
    generator = draft(*PARAPHRASES)
    stream(guide_index, generator, ENGLISH)
    assert generator.tasks[0].language == "en"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Bonjour", "about_vigie"),
        ("Écris un poème sur les brevets", "refused"),
        ("Combien pèse un éléphant adulte ?", "not_in_guide"),
        ("", "refused"),
    ],
)
def test_without_an_answer_the_generator_writes_nothing(guide_index, text, verdict):
    generator = draft(*PARAPHRASES)
    (answer,) = stream(guide_index, generator, text)
    assert (answer.verdict, generator.tasks) == (verdict, [])


@pytest.mark.parametrize("shape", ["where", "checklist"])
def test_places_and_checklists_are_not_written(guide_index, shape):
    generator = draft(*PARAPHRASES)
    (answer,) = assistant_on(guide_index, generator).stream(Question(QUESTION, shape=shape))
    assert (answer.shape, answer.summary, generator.tasks) == (shape, (), [])


# What is shown of it


def test_a_paraphrase_cites_the_quote_that_supports_it(guide_index):
    answer = last(guide_index, PARAPHRASES[0])
    (said,) = answer.summary
    assert (said.text, said.support, said.citations) == (PARAPHRASES[0], "paraphrased", (1,))
    assert f"{PARAPHRASES[0]} [1]" in answer.text


def test_the_guide_s_own_sentence_is_quoted(guide_index):
    (said,) = last(guide_index, PATENTS[1]).summary
    assert (said.text, said.support) == (PATENTS[1], "quoted")


@pytest.mark.parametrize("sentence", [*INVENTED, VISITORS[1]], ids=["invented", "invented too", "of another page"])
def test_a_sentence_that_no_cited_passage_supports_is_never_shown(guide_index, sentence):
    for answer in stream(guide_index, draft(PARAPHRASES[0], sentence, PARAPHRASES[1])):
        assert sentence not in answer.text
    assert [s.text for s in answer.summary] == list(PARAPHRASES)
    assert answer.drafted == 3


@pytest.mark.parametrize("sentence", WRONG)
def test_a_wrong_sentence_is_repaired_by_the_source_s_own_words(guide_index, sentence):
    answer = last(guide_index, sentence)
    (said,) = answer.summary
    assert (said.support, sentence in answer.text) == ("quoted", False)
    assert said.text in PATENTS


def test_a_near_copy_is_shown_in_the_source_s_own_words(guide_index):
    (said,) = last(guide_index, NEAR_COPY).summary
    assert (said.text, said.support) == (PATENTS[0], "quoted")


@pytest.mark.parametrize("words", ["<b>utiles</b>", "utiles, je crois,", "utiles : voir https://pole.fr"])
def test_markup_addresses_and_a_first_person_are_never_said_by_the_generator(guide_index, words):
    answer = last(guide_index, PARAPHRASES[1].replace("utiles", words))
    assert words not in answer.text
    assert {s.text for s in answer.summary} <= {PATENTS[1]}


def test_the_guide_s_own_words_stand_between_quotation_marks_in_the_summary(guide_index):
    answer = last(guide_index, PARAPHRASES[0], PATENTS[1])
    assert f"{PARAPHRASES[0]} [1] « {PATENTS[1]} » [1]" in answer.text


def test_nothing_is_said_twice(guide_index):
    assert len(last(guide_index, PATENTS[1], PATENTS[1], PARAPHRASES[1]).summary) == 1


@pytest.mark.parametrize("marker", ["[7]", "[1]", "[2, 3]", "(extrait 4)", "[99]"])
def test_a_marker_that_the_generator_forged_is_never_shown(guide_index, marker):
    for answer in stream(guide_index, draft(PARAPHRASES[0].replace(".", f" {marker}."))):
        numbers = {str(citation.n) for citation in answer.citations}
        assert {found.strip("[]") for found in MARKER.findall(answer.text)} <= numbers
    assert answer.summary[0].text == PARAPHRASES[0]


def test_at_most_five_sentences_are_shown_and_then_the_generator_is_stopped(guide_index, monkeypatch):
    monkeypatch.setattr(quoting, "extract", lambda found, *_: [Quote(s, 0, 1) for s in found.results])
    told = [*PATENTS, *VISITORS]
    generator = draft(*told, *TRAVEL, *INVENTED, *INVENTED)
    answer = stream(guide_index, generator)[-1]
    assert len(answer.summary) == 5
    assert generator.closed
    assert generator.written < len(generator.pieces)


def test_support_outside_the_quotes_gets_a_citation_of_its_own(guide_index, one_sentence):
    answer = last(guide_index, PARAPHRASES[1])
    assert [citation.quote for citation in answer.citations] == list(PATENTS)
    assert answer.summary[0].citations == (2,)
    assert f"{PARAPHRASES[1]} [2]" in answer.text
    assert f"« {PATENTS[1]} » [2]" in answer.text


def test_support_inside_a_quote_gets_no_other_citation(guide_index, one_sentence):
    answer = last(guide_index, PARAPHRASES[0])
    assert [citation.quote for citation in answer.citations] == [PATENTS[0]]


def test_every_number_of_a_statement_is_a_citation_that_is_verbatim(guide_index, one_sentence):
    answer = last(guide_index, *PARAPHRASES, *WRONG, *INVENTED)
    cited = {citation.n: citation for citation in answer.citations}
    assert list(cited) == list(range(1, len(cited) + 1))
    for statement in answer.statements:
        for n in statement.citations:
            passage = cited[n].passage
            assert passage.text[cited[n].start : cited[n].end] == cited[n].quote
            assert cited[n].quote in PATENTS


SENTENCES = [*PATENTS, *PARAPHRASES, NEAR_COPY, *WRONG, *INVENTED, *VISITORS]
FRAGMENTS = [*(f"{said} " for said in SENTENCES), " ", "\n", "[3] ", "- ", "**", "« ", "<b>", "{text} ", "12 "]


@given(pieces=st.lists(st.sampled_from(FRAGMENTS), max_size=8))
@settings(max_examples=40, deadline=None)
def test_whatever_is_drafted_the_answer_follows_the_contract_and_says_nothing_unsupported(writing, pieces):
    writing.generator.pieces = pieces
    answer = writing.ask(Question(QUESTION))
    assert_contract(as_read(answer.as_json()))
    said = " ".join(s.text for s in answer.summary)
    assert not any(sentence in said for sentence in (*WRONG, *INVENTED, *VISITORS))
    assert {s.support for s in answer.statements} <= {"quoted", "paraphrased"}


@pytest.fixture(scope="module")
def writing(guide_index):
    return assistant_on(guide_index, Scripted())


# When it fails, or is stopped


def test_a_generator_that_fails_leaves_the_quotes_and_a_note(guide_index, assistant):
    answer = stream(guide_index, Scripted(fails=True))[-1]
    quoted = assistant.ask(Question(QUESTION))
    assert (answer.verdict, answer.text, answer.citations) == ("answered", quoted.text, quoted.citations)
    assert answer.notes == ("La rédaction n’a pas abouti : voici les citations seules.",)


def test_a_generator_that_fails_later_leaves_what_was_checked(guide_index):
    generator = Scripted(f"{PARAPHRASES[0]} ", "Et puis", fails=True)
    answer = stream(guide_index, generator)[-1]
    assert [s.text for s in answer.summary] == [PARAPHRASES[0]]
    assert len(answer.notes) == 1


def test_the_note_of_a_failure_is_in_the_language_of_the_question(guide_index):
    answer = stream(guide_index, Scripted(fails=True), ENGLISH)[-1]
    assert answer.notes == ("The answer could not be written out: here are the quotes alone.",)


def test_a_generator_that_writes_nothing_leaves_the_quotes_without_a_note(guide_index, assistant):
    answer = stream(guide_index, Scripted())[-1]
    assert (answer.text, answer.notes, answer.drafted) == (assistant.ask(Question(QUESTION)).text, (), 0)


def test_closing_the_stream_early_closes_the_generator(guide_index):
    generator = draft(*PARAPHRASES)
    begun = assistant_on(guide_index, generator).stream(Question(QUESTION))
    next(begun)
    next(begun)
    assert not generator.closed
    begun.close()
    assert generator.closed
    assert generator.written < 3


# The second decision


def test_on_weak_evidence_a_draft_of_which_nothing_survives_means_that_the_guide_is_silent(guide_index):
    answer = last(guide_index, *INVENTED, sure_confidence=1)
    assert (answer.verdict, answer.citations, answer.statements, answer.summary) == ("not_in_guide", (), (), ())
    assert answer.text.startswith("Le recueil ne répond pas")
    assert answer.drafted == 2


def test_on_weak_evidence_a_draft_of_which_something_survives_is_answered(guide_index):
    assert last(guide_index, *INVENTED, PARAPHRASES[0], sure_confidence=1).verdict == "answered"


def test_on_sure_evidence_a_draft_of_which_nothing_survives_leaves_the_quotes(guide_index, assistant):
    answer = last(guide_index, *INVENTED)
    assert (answer.verdict, answer.text) == ("answered", assistant.ask(Question(QUESTION)).text)


def test_one_fallen_sentence_tells_nothing(guide_index):
    assert last(guide_index, INVENTED[0], sure_confidence=1).verdict == "answered"


def test_an_abstention_after_a_draft_follows_the_contract(guide_index):
    assert_contract(as_read(last(guide_index, *INVENTED, sure_confidence=1).as_json()))


def test_a_generator_that_fails_never_makes_the_guide_silent(guide_index):
    """What it wrote fell, but it did not end: its note announces the quotes, so they must be there."""
    generator = Scripted(*(f"{sentence} " for sentence in INVENTED), "Et puis", fails=True)
    answer = stream(guide_index, generator, sure_confidence=1)[-1]
    assert answer.notes == ("La rédaction n’a pas abouti : voici les citations seules.",)
    assert (answer.verdict, bool(answer.citations)) == ("answered", True)
