"""Conversations as Markdown: what is said, where, and that no question or quote is read as markup."""

from dataclasses import replace

import pytest
from hypothesis import given

from assistant import Statement
from assistant.answer import Reading
from index import Expansion
from tests.ui.chat_fakes import answer
from tests.ui.export_fakes import NOON, SECTION, USER_TEXTS, answered, cited, parsed, read, shape, turn, visible
from ui.chat.failure import Failure
from ui.chat.turn import Turn
from ui.export import as_markdown

INTRODUCTION = "Voici ce qu’en dit le recueil de démonstration\u00a0:"
HEAD = "# Titre\n\n**Recueil de démonstration.** Ceci est une démonstration.\n\n## Comment\u202f?\n\n"
SOURCE = "1. **I. Sécurité**, Pôle, novembre 2026\\\n   Sécurité › Pratique n° 1\\\n   p. 23 · page 5 du PDF"
FOOT = "\n\n*Exporté de Vigie le 1er novembre 2026. Version de l’index\u00a0: v1.*\n"


def markdown(*turns: Turn, title: str = "Titre") -> str:
    return as_markdown(turns, title, "fr", NOON)


def test_an_answer_is_its_quotes_under_their_sections_then_its_sources():
    assert markdown(turn()) == (
        f"{HEAD}{INTRODUCTION}\n\n### Pratique n° 1\n\n> «\u00a0Il convient de marquer.\u202f» [1] p. 23\n\n"
        f"### Sources\n\n{SOURCE}{FOOT}"
    )


def test_an_english_frame_keeps_the_words_of_a_french_answer():
    said = as_markdown([turn()], "Title", "en", NOON)
    assert said.startswith("# Title\n\n**Demonstration guide.** Ceci est une démonstration.\n\n## Comment")
    assert said.endswith("novembre 2026\\\n   Sécurité › Pratique n° 1\\\n   p. 23 · page 5 du PDF\n\n"
                         "*Exported from Vigie on 1 November 2026. Index version: v1.*\n")  # fmt: skip


def test_what_only_comes_near_stands_at_the_end_of_the_quotes():
    near = replace(cited(n=2, quote="Compter les copies."), further=True)
    said = markdown(turn(answered(cited(quote="Marquer."), near)))
    assert said.index("Marquer.") < said.index("s’en approchent") < said.index("Compter les copies.")
    assert "s’en approchent" not in markdown(turn(answered(cited(), cited(n=2))))


def test_an_english_answer_quotes_between_english_marks():
    said = markdown(turn(answered(language="en")))
    assert "> “Il convient de marquer.” [1] p. 23\n" in said
    assert "p. 23 · page 5 of the PDF" in said


def test_a_single_answer_under_its_own_question_says_it_once():
    assert markdown(turn(), title=" Comment ?\n").count("Comment") == 1
    assert markdown(turn(), turn(), title="Comment ?").count("## Comment") == 2


@pytest.mark.parametrize("title", ["", " \n"])
def test_a_file_always_has_a_title(title: str):
    assert markdown(turn(), title=title).startswith("# Conversation avec Vigie\n")


def test_written_sentences_have_their_markers_and_their_kind():
    summary = (Statement("Marquez tout.", "paraphrased", (1, 2)), Statement("• Il convient.", "quoted", (2,)))
    said = markdown(turn(answered(cited(1), cited(2), summary=summary)))
    assert (
        "\n\nMarquez tout. [1][2] (reformulé) «\u00a0Il convient.\u202f» [2] (cité)\n\n"
        "*«\u00a0cité\u202f»\u00a0: dans les mots du texte. «\u00a0reformulé\u202f»\u00a0: dit autrement, à "
        "vérifier sur la citation.*\n\nDans le texte\u00a0:\n\n### Pratique"
    ) in said


def test_notes_and_a_writing_that_was_stopped_are_told():
    said = markdown(turn(answered(notes=("La rédaction n’a pas abouti.",)), stopped=True))
    assert f"{INTRODUCTION}\n\n*Rédaction arrêtée.*\n\n*La rédaction n’a pas abouti.*\n\n### Pratique" in said


def test_a_follow_up_is_given_as_it_was_understood():
    reading = Reading(expansions=(Expansion("ZRR", "zone à régime restrictif"),))
    said = markdown(turn(answered(standalone_question="Comment marquer ?", reading=reading)))
    assert "\n\n*Question comprise ainsi\u00a0: Comment marquer\u202f?*\n\n" in said
    assert "\n\n*«\u00a0ZRR\u202f» cherché aussi comme «\u00a0zone à régime restrictif\u202f»*\n\n" in said


def test_a_silent_guide_is_told_with_what_comes_near():
    silent = answer("Comment ?", "not_in_guide", "Le recueil ne répond pas.", suggestions=("Que dit le recueil ?",))
    assert markdown(turn(silent)) == (
        f"{HEAD}### Absent du recueil\n\nLe recueil ne répond pas.\n\n### Les sections les plus proches\n\n"
        f"- Que dit le recueil\u202f?{FOOT}"
    )


@pytest.mark.parametrize("verdict", ["refused", "about_vigie"])
def test_a_plain_reply_is_its_text(verdict: str):
    assert markdown(turn(answer("Comment ?", verdict, "Je suis Vigie."))) == f"{HEAD}Je suis Vigie.{FOOT}"


def test_a_failure_says_what_happened_and_what_to_do():
    failed = Turn("Comment ?", reply=Failure("L’index manque.", "Lancez « vigie index build ».", "Ah"))
    assert markdown(failed) == (
        "# Titre\n\n## Comment\u202f?\n\n**Ah**\n\nL’index manque.\n\nLancez «\u00a0vigie index build\u202f».\n\n"
        "*Exporté de Vigie le 1er novembre 2026.*\n"
    )
    assert "**Vigie ne pouvait pas répondre" in markdown(replace(failed, reply=Failure("", "")))


def test_a_question_without_its_answer_yet_says_so():
    assert "*Pas encore de réponse au moment de l’export.*" in markdown(Turn("Comment ?"))


def test_an_answer_that_was_deleted_meanwhile_keeps_what_was_said():
    """Shelved, its session holds only that; its conversation is no longer in the database."""
    said = markdown(Turn("Comment ?", id="7", shelved=True, said="Il convient de marquer."))
    assert (
        "## Comment\u202f?\n\nIl convient de marquer.\n\n*Les citations et les sources de cette réponse ne sont" in said
    )
    assert "Pas encore de réponse" not in said


def test_a_checklist_has_boxes_and_the_exact_text_in_its_sources():
    reply = answered(cited(1, "• Marquer."), cited(2, "• Compter."), shape="checklist")
    said = markdown(turn(reply, shape="checklist"))
    assert "*Présentation demandée\u00a0: Liste à cocher*" in said
    assert "### Pratique n° 1\n\n- [ ] Marquer. [1] p. 23\n- [ ] Compter. [2] p. 23\n\n### Sources" in said
    assert f"{SOURCE}\\\n   «\u00a0• Marquer.\u202f»\n2. " in said


def test_places_are_said_once_and_their_quotes_stand_in_the_sources():
    reply = answered(cited(1), cited(2), cited(3, page=6, label="24"), shape="where")
    said = markdown(turn(reply))
    assert (
        "- **Pratique n° 1** – p. 23 · page 5 du PDF [1][2]\n- **Pratique n° 1** – p. 24 · page 6 du PDF [3]\n\n"
        f"### Sources\n\n{SOURCE}\\\n   «\u00a0Il convient de marquer.\u202f»\n2. "
    ) in said


def test_the_lines_of_a_quote_stay_lines():
    said = markdown(turn(answered(cited(quote="Étapes\n1. Marquer\n• Compter"))))
    assert "> «\u00a0Étapes\\\n> 1\\. Marquer\\\n> • Compter\u202f» [1] p. 23\n" in said
    assert "«\u00a0Étapes\n1. Marquer\n• Compter\u202f» [1]" in read(parsed(said))


def test_what_is_nearest_to_the_question_is_strong():
    quote = "Marquer. Compter tout.\nRanger."
    said = markdown(turn(answered(replace(cited(quote=quote), nearest=((9, 22), (23, 30))))))
    assert "> «\u00a0Marquer. **Compter tout.**\\\n> **Ranger.**\u202f» [1] p. 23\n" in said


def test_a_source_says_what_was_recognised_and_where_else_it_stands():
    twin = cited(publication="autre", label="7").passage
    said = markdown(turn(answered(cited(ocr=0.876, also_in=(twin,)))))
    assert "\\\n   *Texte reconnu automatiquement (OCR), confiance 88\u00a0%\u00a0: vérifiez-le sur l’image.*" in said
    assert "\\\n   *Même texte dans\u00a0: autre (p. 7)*" in said


def test_where_else_a_source_stands_is_told_by_the_title_and_the_printed_page():
    twins = tuple(cited(publication=name, label=label).passage for name, label in
                  [("english", "iv"), ("essai", "Couverture"), ("essai", "Couverture")])  # fmt: skip
    said = markdown(turn(answered(cited(also_in=twins))))
    assert "*Même texte dans\u00a0: On secrets (p. iv), I. Sécurité (novembre 2026, Couverture)*" in said


def test_a_quote_without_a_section_stands_under_its_publication():
    said = markdown(turn(answered(cited(section=()))))
    assert "### I. Sécurité\n\n> «" in said
    assert "novembre 2026\\\n   p. 23 · page 5 du PDF" in said


def test_each_turn_numbers_its_own_sources_and_the_notice_and_versions_are_told_once():
    older = turn()
    newer = turn(answered(passport=replace(older.reply.passport, index_version="v2")))
    said = markdown(older, newer, newer)
    assert said.count("\n1. ") == 3
    assert said.count("Ceci est une démonstration.") == 1
    assert said.endswith("*Exporté de Vigie le 1er novembre 2026. Versions de l’index\u00a0: v1, v2.*\n")


def test_a_notice_that_names_the_demonstration_is_enough():
    said = markdown(turn(notice="Recueil de démonstration, rédigé pour Vigie."))
    assert said.startswith("# Titre\n\nRecueil de démonstration, rédigé pour Vigie.\n\n##")


def test_an_official_guide_has_no_such_notice():
    assert markdown(turn(notice="", demonstration=False)).startswith("# Titre\n\n## Comment\u202f?\n")


def everywhere(text: str) -> str:
    """A conversation with a text at every place that a user or a PDF fills."""
    quoted = cited(quote=text, section=(*SECTION, text), label="x")
    summary = (Statement(text, "paraphrased", (1,)), Statement(text, "quoted", (1,)))
    shapes = [answered(replace(quoted, title=text), shape=shape) for shape in ("answer", "checklist", "where")]
    said = answered(quoted, summary=summary, notes=(text,), standalone_question=f"{text}x", introduction=text)
    silent = answer("q", "not_in_guide", text, suggestions=(text,))
    replies = [*shapes, said, silent, Failure(text, text, text)]
    return markdown(*(replace(turn(), question=text, reply=reply, notice=text) for reply in replies), title=text)


PLAIN = shape(parsed(everywhere("mot")))


@given(USER_TEXTS)
def test_no_text_is_ever_read_as_markup(text: str):
    assert shape(parsed(everywhere(text))) == PLAIN


@given(USER_TEXTS)
def test_any_question_and_quote_is_read_as_it_was_written(text: str):
    said = read(parsed(markdown(turn(answered(cited(quote=text)), question=text))))
    assert visible(said).count(visible(text)) >= 2
