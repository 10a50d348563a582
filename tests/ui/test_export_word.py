"""Conversations as Word files, opened again: styles, lists, languages, properties; any text survives."""

import zipfile
from dataclasses import replace
from datetime import datetime
from io import BytesIO

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from hypothesis import given, settings

from assistant import Statement
from tests.ui.chat_fakes import answer
from tests.ui.export_fakes import NOON, USER_TEXTS, answered, cited, opened, turn, visible
from ui.export import as_docx


def styled(document: Document) -> list[tuple[str, str]]:
    return [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]


def languages(paragraph: Paragraph) -> list[tuple[str, str]]:
    """Each run of a paragraph that says its language."""
    tags = [(run.text, run._r.xpath("w:rPr/w:lang/@w:val")) for run in paragraph.runs]
    return [(text, tag[0]) for text, tag in tags if tag]


def numbered(document: Document) -> list[tuple[str, int, str]]:
    """Text of the level, first number and list of each item whose list is not its style's."""
    numbering, found = document.part.numbering_part.element, []
    for paragraph in document.paragraphs:
        for number in paragraph._p.xpath("w:pPr/w:numPr/w:numId/@w:val"):
            (kind,) = numbering.xpath(f"w:num[@w:numId='{number}']/w:abstractNumId/@w:val")
            level = f"w:abstractNum[@w:abstractNumId='{kind}']/w:lvl"
            (text,), (start,) = (numbering.xpath(f"{level}/w:{name}/@w:val") for name in ("lvlText", "start"))
            found.append((text, int(start), number))
    return found


def test_an_answer_has_real_headings_quotes_and_lists():
    assert styled(opened([turn()])) == [
        ("Title", "Titre"),
        ("Normal", "Recueil de démonstration. Ceci est une démonstration."),
        ("Heading 1", "Comment\u202f?"),
        ("Normal", "Voici ce qu’en dit le recueil de démonstration\u00a0:"),
        ("Heading 2", "Pratique n° 1"),
        ("Quote", "«\u00a0Il convient de marquer.\u202f» [1] p. 23"),
        ("Heading 2", "Sources"),
        ("List Number", "I. Sécurité, Pôle, novembre 2026\nSécurité › Pratique n° 1\np. 23 · page 5 du PDF"),
        ("Normal", "Exporté de Vigie le 1er novembre 2026. Version de l’index\u00a0: v1."),
    ]


def test_the_file_says_its_title_and_language_and_no_user():
    about = opened([turn()], "Marquer « tout »", "en").core_properties
    assert (about.title, about.author, about.last_modified_by) == ("Marquer « tout »", "Vigie", "Vigie")
    assert (about.language, about.comments) == ("en-GB", "")
    assert about.created == about.modified == NOON


def test_a_title_longer_than_the_property_is_whole_on_the_page():
    document = opened([turn()], "mot " * 100)
    assert document.paragraphs[0].text.split() == ["mot"] * 100
    assert len(document.core_properties.title) == 255


def test_the_languages_of_the_template_are_replaced():
    document = opened([turn()])
    assert document.styles.element.xpath("w:docDefaults//w:lang/@w:val") == ["fr-FR"]
    assert document.settings.element.xpath("w:themeFontLang/@w:val") == ["fr-FR"]


def test_quotes_keep_their_language_in_an_answer_of_another():
    reply = answered(cited(1), cited(2, "Mark it.", publication="english"), language="en", introduction="Here:")
    french, english = (p for p in opened([turn(reply)]).paragraphs if p.style.name == "Quote")
    assert languages(french) == [(text, "en-GB") for text in ("“", "”", " ", "[1]", " p. 23")]  # the rest is the file's
    assert ("Mark it.", "en-GB") in languages(english)
    quote = next(p for p in opened([turn(reply)], language="en").paragraphs if p.style.name == "Quote")
    assert languages(quote) == [("Il convient de marquer.", "fr-FR")]


def test_an_english_file_says_which_words_are_french():
    reply = answered(language="en", summary=(Statement("Il convient.", "quoted", (1,)),))
    document = opened([turn(reply)], language="en")
    spoken = {text for paragraph in document.paragraphs for text, tag in languages(paragraph) if tag == "fr-FR"}
    assert spoken == {
        "Ceci est une démonstration.", "Il convient.", "Pratique n° 1", "Il convient de marquer.", "I. Sécurité",
        "Sécurité › Pratique n° 1",
    }  # fmt: skip


def test_each_turn_numbers_its_sources_from_one_as_its_markers_do():
    lists = numbered(opened([turn(answered(cited(1), cited(2))), turn()]))
    assert [(text, start) for text, start, _ in lists] == [("[%1]", 1)] * 3
    first, second, third = (number for _, _, number in lists)
    assert first == second != third


def test_a_number_that_is_missing_is_missing_in_the_list_too():
    lists = numbered(opened([turn(answered(cited(1), cited(4), cited(5)))]))
    assert [start for _, start, _ in lists] == [1, 4, 4]


def test_a_checklist_is_a_list_of_boxes():
    reply = answered(cited(1, "• Marquer."), cited(2, "• Compter."), shape="checklist")
    document = opened([turn(reply)])
    boxes = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "List Bullet"]
    assert boxes == ["Marquer. [1] p. 23", "Compter. [2] p. 23"]
    assert [text for text, _, _ in numbered(document)] == ["☐", "☐", "[%1]", "[%1]"]


def test_the_definitions_of_lists_come_before_the_lists():
    """Word refuses a file where they do not."""
    parts = [child.tag for child in opened([turn(), turn()]).part.numbering_part.element]
    assert parts == sorted(parts, key=[qn("w:abstractNum"), qn("w:num")].index)


def test_the_nearest_sections_of_a_silent_guide_are_bullets():
    silent = answer("Comment ?", "not_in_guide", "Rien.", suggestions=("Que dit-il ?",))
    assert ("List Bullet", "Que dit-il\u202f?") in styled(opened([turn(silent)]))


def test_the_lines_of_a_quote_are_lines_of_one_paragraph():
    quote = "Étapes\n1. Marquer\n• Compter"
    assert ("Quote", f"«\u00a0{quote}\u202f» [1] p. 23") in styled(opened([turn(answered(cited(quote=quote)))]))


def test_the_page_is_a4():
    section = opened([turn()]).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_without_a_time_it_is_made_now():
    with zipfile.ZipFile(BytesIO(as_docx([turn()], "Titre", "fr"))) as file:
        assert f"{datetime.now().year}-".encode() in file.read("docProps/core.xml")


@settings(max_examples=40)
@given(USER_TEXTS)
def test_any_text_survives(text: str):
    reply = answered(replace(cited(quote=text, section=(text,)), title=text), notes=(text,), introduction=text)
    plain = styled(opened([turn(answered(notes=("mot",)), notice="mot")]))
    document = opened([turn(reply, question=f"{text}.", notice=text)], text)
    assert [style for style, _ in styled(document)] == [style for style, _ in plain]
    texts = [visible(paragraph) for _, paragraph in styled(document)]
    assert texts[0] == visible(text)
    assert texts[2] == visible(text) + "."
    assert texts[6] == visible(f"«{text}» [1] p. 23")
