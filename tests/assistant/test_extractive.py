"""The extractive generator on vectors chosen by hand: a sentence's score is its cosine + 3 × its passage's score,
and those from half of the best score are quoted, from six tenths of it in other sections."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.checking import is_verbatim
from assistant.checklist import checks
from assistant.completing import Budget
from assistant.extractive import DEFINITION, FULL, SIDE, Quote, extract, whole
from corpus import Passage, Span, split_sentences
from index import ScoredPassage, SearchResult

SENTENCES = Budget()  # no paragraph is quoted whole
QUESTION = np.array([1.0, 0.0], np.float32)


def passage(text: str, page: int = 1) -> Passage:
    return Passage(
        text, (), tuple(split_sentences(text)), (Span(0, page, 0, len(text)),), f"id{page}", "p", (str(page),)
    )


def scored(text: str, row: int = 0, score: float = 0.5) -> ScoredPassage:
    return ScoredPassage(passage(text, row + 1), row, score, score, score)


def in_section(one: ScoredPassage, section: str) -> ScoredPassage:
    return replace(one, passage=replace(one.passage, section=(section,)))


def quotes(evidence: list[ScoredPassage], cosines: dict[int, list[float]], budget: Budget = SENTENCES) -> list[str]:
    found = SearchResult(tuple(evidence), QUESTION, {})
    vectors = {row: np.array([[c, (1 - c * c) ** 0.5] for c in values], np.float32) for row, values in cosines.items()}
    return [q.scored.passage.text[q.start : q.end] for q in extract(found, vectors.__getitem__, budget)]


def test_the_closest_sentence_is_quoted_and_far_ones_are_not():
    text = "Le stagiaire signe un engagement écrit. Le jardin ferme à dix-huit heures."
    # 0.9 + 3 × 0.1 = 1.2 and 0.2 + 0.3 = 0.5, under 1.2 / 2 = 0.6
    assert quotes([scored(text, score=0.1)], {0: [0.9, 0.2]}) == ["Le stagiaire signe un engagement écrit."]


def test_a_sentence_nearly_as_close_is_quoted_too():
    text = "Le stagiaire signe un engagement écrit. Le jardin ferme à dix-huit heures."
    # 0.35 + 0.3 = 0.65, over 0.6
    assert quotes([scored(text, score=0.1)], {0: [0.9, 0.35]}) == [text]


def test_the_passage_s_score_outweighs_the_sentence_s_cosine():
    evidence = [
        scored("Le jardin ferme à dix-huit heures.", 0, 0.0),
        scored("Le stagiaire signe un engagement.", 1, 0.5),
    ]
    # 0.9 + 3 × 0 = 0.9 and 0.5 + 3 × 0.5 = 2: the first is under 2 / 2 = 1
    assert quotes(evidence, {0: [0.9], 1: [0.5]}) == ["Le stagiaire signe un engagement."]


def test_the_best_passage_comes_first():
    evidence = [
        scored("Le jardin ferme à dix-huit heures.", 0, 0.4),
        scored("Le stagiaire signe un engagement.", 1, 0.4),
    ]
    assert quotes(evidence, {0: [0.5], 1: [0.6]}) == [
        "Le stagiaire signe un engagement.",
        "Le jardin ferme à dix-huit heures.",
    ]


def test_sentences_apart_make_two_quotes_in_reading_order():
    text = "Le pôle tient un registre. Le jardin ferme très tôt. Le pôle relit ce registre."
    # 0.88, 0 and 0.9, each + 3 × 0.05 = 0.15
    assert quotes([scored(text, score=0.05)], {0: [0.88, 0.0, 0.9]}) == [
        "Le pôle tient un registre.",
        "Le pôle relit ce registre.",
    ]


@pytest.mark.parametrize("best", [0, 1, 2], ids=["announcement", "first item", "last item"])
def test_a_list_is_quoted_whole(best):
    text = "Le stagiaire remet avant son arrivée :\n– un engagement signé chaque année ;\n– une adresse où le joindre."
    cosines = [0.0, 0.0, 0.0]
    cosines[best] = 0.9
    assert quotes([scored(text, score=0.05)], {0: cosines}) == [text]


def test_a_definition_is_quoted_with_its_term():
    text = "Déport. Fait de ne participer ni à la discussion ni au vote. Le registre garde la trace de chaque absence."
    assert quotes([scored(text, score=0.05)], {0: [0.0, 0.9, 0.0]}) == [
        "Déport. Fait de ne participer ni à la discussion ni au vote."
    ]


ENTRIES = "Déport. Fait de ne participer ni au débat ni au vote. Divulgation. Mise à la portée de tout le public."


@pytest.mark.parametrize(
    ("cosines", "kept"),
    [
        ([0.5, 0.4, 0.1, 0.15], "Déport. Fait de ne participer ni au débat ni au vote."),
        ([0.9, 0.2, 0.1, 0.5], "Déport. Fait de ne participer ni au débat ni au vote."),  # 0.5 is under 0.6 × 0.9
        ([0.9, 0.2, 0.6, 0.1], ENTRIES),  # a label that is near brings its entry
    ],
)
def test_of_a_glossary_the_entry_asked_for_is_quoted(cosines, kept):
    assert quotes([scored(ENTRIES)], {0: cosines}, DEFINITION) == [kept]


def test_a_title_of_a_few_words_is_not_quoted():
    assert quotes([scored("Accueil des stagiaires")], {0: [1.0]}) == []


def test_at_most_six_passages_are_quoted():
    evidence = [scored("Le pôle tient un registre.", row) for row in range(8)]
    assert len(quotes(evidence, {row: [0.9] for row in range(8)})) == 6


def test_an_answer_stops_once_it_has_300_words_of_quotes():
    # four passages of 150 words: at 300 words there are enough
    evidence = [scored(" ".join([f"mot{row}"] * 149) + " fin.", row) for row in range(4)]
    assert len(quotes(evidence, {row: [0.9] for row in range(4)})) == 2


@pytest.mark.parametrize(("section", "quoted"), [("Visites", 2), ("Jardin", 1)])
def test_another_section_must_come_nearer_to_be_quoted(section, quoted):
    # 0.9 + 3 × 0.05 = 1.05 and 0.42 + 0.15 = 0.57: over a half, under six tenths
    first, other = scored("Le pôle tient un registre.", 0, 0.05), scored("Le jardin ferme très tôt.", 1, 0.05)
    evidence = [in_section(first, "Visites"), in_section(other, section)]
    assert len(quotes(evidence, {0: [0.9], 1: [0.42]})) == quoted


TEXT, NOTE = (
    "Un test se prépare. L’exercice reste annoncé à tous¹. Il dure deux heures.",
    "¹. L’article L. 1222-4 s’applique ici.",
)


def test_a_footnote_is_quoted_after_the_sentence_that_calls_it():
    # the note scores 0.9 + 0.15, the text before it at most 0.1 + 0.15
    evidence = [scored(NOTE, 1, 0.05), scored(TEXT, 0, 0.05)]
    assert quotes(evidence, {1: [0.0, 0.9], 0: [0.0, 0.1, 0.0]}) == ["L’exercice reste annoncé à tous¹.", NOTE]


def test_a_footnote_that_the_text_before_does_not_call_stands_alone():
    evidence = [scored(NOTE, 1, 0.05), scored(TEXT.replace("¹", "²"), 0, 0.05)]
    assert quotes(evidence, {1: [0.0, 0.9], 0: [0.0, 0.1, 0.0]}) == [NOTE]


def test_a_text_is_quoted_without_its_footnote():
    evidence = [scored(TEXT, 0, 0.05), scored(NOTE, 1, 0.05)]
    assert quotes(evidence, {0: [0.0, 0.9, 0.0], 1: [0.0, 0.1]}) == ["L’exercice reste annoncé à tous¹."]


BOX, REST = "Traducteurs en ligne\nUn texte collé peut être relu.", "Le consortium choisit un outil installé."


def test_a_box_s_paragraph_is_quoted_after_the_box_s_title():
    evidence = [scored(REST, 1, 0.05), scored(BOX, 0, 0.05)]
    vectors = {1: [0.9], 0: [0.0, 0.1]}
    assert quotes(evidence, vectors) == ["Traducteurs en ligne", REST]
    assert quotes(evidence, vectors, FULL) == [BOX, REST]


def test_what_bears_a_box_s_title_is_quoted_without_the_rest_of_the_box():
    assert quotes([scored(BOX, 0, 0.05), scored(REST, 1, 0.05)], {0: [0.0, 0.9], 1: [0.1]}, FULL) == [BOX]


def test_a_smaller_budget_quotes_fewer_passages():
    evidence = [scored("Le pôle tient un registre.", row) for row in range(5)]
    assert len(quotes(evidence, {row: [0.9] for row in range(5)}, Budget(220, 3))) == 3


def test_a_smaller_budget_quotes_fewer_words():
    # 11 words a passage: the second reaches 20
    evidence = [scored(" ".join([f"mot{row}"] * 10) + " fin.", row) for row in range(5)]
    assert len(quotes(evidence, {row: [0.9] for row in range(5)}, Budget(20, 5))) == 2


def test_a_budget_without_whole_lists_quotes_the_item_alone():
    text = "– Un engagement signé par chaque stagiaire.\n– Une adresse où joindre ce stagiaire."
    found = quotes([scored(text, score=0.05)], {0: [0.0, 0.9]}, Budget(70, 2, whole_lists=False))
    assert found == ["– Une adresse où joindre ce stagiaire."]


def test_a_numbered_list_that_is_announced_is_quoted_whole_even_so():
    """« trois critères cumulatifs : » is not told by the third alone."""
    text = (
        "La loi pose deux critères cumulatifs :\n1. l’information est secrète ;\n2. elle est protégée par des mesures."
    )
    assert quotes([scored(text, score=0.05)], {0: [0.0, 0.1, 0.9]}, DEFINITION) == [text]


def test_what_comes_from_one_section_is_quoted_together():
    evidence = [scored("Le pôle tient un registre.", row, 0.5) for row in range(3)]
    homes = ("Registres", "Jardin", "Registres")
    evidence = [in_section(s, home) for s, home in zip(evidence, homes, strict=True)]
    found = SearchResult(tuple(evidence), QUESTION, {})
    cosines = {0: 0.9, 1: 0.8, 2: 0.7}
    chosen = extract(found, lambda row: np.array([[cosines[row], 0.0]], np.float32))
    assert [quote.scored.row for quote in chosen] == [0, 2, 1]


def test_a_section_s_best_passage_comes_first_then_the_others_in_reading_order():
    evidence = [scored("Le pôle tient un registre.", row, 0.5) for row in (7, 5, 3, 4)]
    found = SearchResult(tuple(evidence), QUESTION, {})
    cosines = {7: 0.9, 5: 0.8, 3: 0.7, 4: 0.6}
    chosen = extract(found, lambda row: np.array([[cosines[row], 0.0]], np.float32))
    assert [quote.scored.row for quote in chosen] == [7, 3, 4, 5]


@pytest.mark.parametrize("opening", ["Elle tient en", "Cette charte tient en", "Deux ans plus tard, elle fait"])
def test_a_sentence_that_points_back_is_quoted_with_the_one_before(opening):
    text = f"La charte se signe chaque année. {opening} deux pages. Le jardin ferme à dix-huit heures."
    first, second, _ = text.split(". ")
    assert quotes([scored(text, score=0.05)], {0: [0.0, 0.9, 0.0]}) == [f"{first}. {second}."]


def test_a_threshold_of_one_case_is_quoted_with_the_one_that_counts_in_general():
    general = scored("Trois opérations sont visées :\n• franchir le seuil de 25 % des droits de vote.", 3, 0.4)
    case = scored("Pour les sociétés cotées, le seuil applicable est de 10 %.", 4, 0.9)
    assert quotes([case, general], {3: [0.1, 0.1], 4: [0.9]}) == [general.passage.text, case.passage.text]


ACTIONS = [
    "Vérifier les badges avant chaque visite",
    "– Ne pas laisser un visiteur seul",
    "Le pôle doit tenir un registre des visites.",
    "Il est recommandé de relire ce registre.",
    "S’assurer que la salle est fermée à clé",
]
FACTS = [
    "Le registre contient les noms des visiteurs.",
    "Premier constat de la commission chargée du dossier.",
    "Vérifier | Chaque mois | Le secrétariat du pôle",
]


def checked(text: str) -> list[str]:
    evidence = scored(text)
    vectors = np.array([[0.9, 0.0]] * len(evidence.passage.sentences), np.float32)
    found = checks(SearchResult((evidence,), QUESTION, {}), lambda _: vectors)
    return [q.scored.passage.text[q.start : q.end] for q in found]


@pytest.mark.parametrize("line", ACTIONS)
def test_a_checklist_keeps_what_is_to_be_done(line):
    assert checked(f"{FACTS[0]}\n{line}") == [line]


@pytest.mark.parametrize("line", FACTS)
def test_a_checklist_leaves_what_is_no_action(line):
    assert checked(f"{ACTIONS[0]}\n{line}") == [ACTIONS[0]]


def test_a_checklist_is_in_reading_order_line_by_line():
    assert checked("\n".join(ACTIONS)) == ACTIONS


def test_a_checklist_has_twelve_lines_at_the_most():
    assert len(checked("\n".join(f"Vérifier le badge du visiteur {n}" for n in range(20)))) == 12


def test_a_checklist_without_an_action_is_empty():
    assert checked("\n".join(FACTS)) == []


def test_a_list_of_which_a_step_is_chosen_is_kept_whole_also_over_two_passages():
    steps = ["1. Il est recommandé de réunir les voyageurs.", "2. Le badge part au coffre.", "3. Retour avant minuit."]
    parts = [scored("\n".join(steps[:2]), 4, 0.9), scored(steps[2], 5, 0.3)]
    found = SearchResult(tuple(parts), QUESTION, {})
    kept = checks(found, lambda row: np.array([[0.9, 0.0]] * (2 if row == 4 else 1), np.float32))
    assert [q.scored.passage.text[q.start : q.end] for q in kept] == steps


def test_steps_under_pitfalls_are_no_steps():
    assert checked("Étapes\n1. Vérifier le badge.\nÉcueils\n2. Le badge est prêté.") == ["1. Vérifier le badge."]


def test_whom_a_practice_is_for_is_no_step():
    steps = "Étapes\nVérifier le badge du visiteur."
    assert checked(f"Pour qui.\nIl est recommandé à l’équipe de jouer un rôle.\n{steps}") == [steps.split("\n")[1]]


def test_the_steps_of_the_first_section_are_kept_where_only_its_text_is_near():
    parts = [
        scored("Il est recommandé de réunir les voyageurs.", 4, 0.9),
        scored("1. Le badge part au coffre.", 5, 0.1),
    ]
    near = {4: 0.9, 5: 0.1}
    kept = checks(SearchResult(tuple(parts), QUESTION, {}), lambda row: np.array([[near[row], 0.0]], np.float32))
    assert [q.scored.row for q in kept] == [4, 5]


def two_sections(score: float) -> SearchResult:
    near, other = scored("Vérifier le badge du visiteur.", 4, 0.9), scored("Vérifier la porte du fond.", 9, score)
    other = replace(other, passage=replace(other.passage, section=("Jardin",)))
    return SearchResult((near, other), QUESTION, {})


@pytest.mark.parametrize(("score", "kept"), [(0.8, 2), (0.6, 1)])
def test_lines_of_another_section_are_kept_only_where_it_is_nearly_as_near(score, kept):
    assert len(checks(two_sections(score), lambda _: np.array([[0.9, 0.0]], np.float32))) == kept


def test_the_steps_of_the_leading_section_need_be_like_nothing_in_the_question():
    text, step = scored("Il est recommandé de réunir les voyageurs.", 4, 0.9), scored("1. Le badge part.", 5, 0.0)
    other = scored("1. Vérifier la porte du fond.", 9, 0.6)
    other = replace(other, passage=replace(other.passage, section=("Jardin",)))
    found = SearchResult((text, step, other), QUESTION, {})
    kept = checks(found, lambda _: np.array([[0.9, 0.0]], np.float32))
    assert [quote.scored.row for quote in kept] == [4, 5]


def test_a_checklist_for_a_whole_pillar_takes_a_few_lines_of_each_section():
    lines = "\n".join(f"Vérifier le badge du visiteur {n}." for n in range(6))
    found = two_sections(0.2)
    wide = replace(found, results=(scored(lines, 2, 0.9), *found.results[1:]))
    kept = checks(wide, lambda row: np.array([[0.9, 0.0]] * (6 if row == 2 else 1), np.float32), broad=True)
    assert [quote.scored.row for quote in kept] == [2, 2, 2, 9]


def test_no_evidence_gives_no_quote():
    assert quotes([], {}) == []


@pytest.mark.parametrize(
    ("first", "last", "expected"), [(0, 1, True), (0, 2, True), (1, 1, False), (-1, 1, False), (0, 3, False)]
)
def test_only_whole_sentences_of_the_passage_are_verbatim(first, last, expected):
    quote = Quote(scored("Le pôle tient un registre. Le pôle relit ce registre."), first, last)
    assert is_verbatim(quote) is expected


def test_words_that_stand_on_no_page_are_not_verbatim():
    text = "Le pôle tient un registre."
    loose = Passage(text, (), ((0, len(text)),), (Span(0, 1, 0, 7),), "id", "p", ("1",))
    assert not is_verbatim(Quote(ScoredPassage(loose, 0, 0.5, 0.5, 0.5), 0, 1))


def test_a_torn_sentence_is_not_quoted_between_two_whole_ones():
    """The reader left « Le jardin ferme. » out of the sentences: it stands on no page in one piece."""
    whole = scored("Le pôle tient un registre. Le jardin ferme. Le pôle relit ce registre.", score=0.05)
    first, _, last = whole.passage.sentences
    torn = replace(whole, passage=replace(whole.passage, sentences=(first, last)))
    assert quotes([torn], {0: [0.9, 0.9]}) == ["Le pôle tient un registre.", "Le pôle relit ce registre."]
    assert not is_verbatim(Quote(torn, 0, 2))


def test_what_comes_from_one_section_is_read_together():
    texts = ("Le stagiaire signe un engagement.", "Une fiche réflexe existe par sujet.", "Le tuteur relit le rapport.")
    evidence = [scored(text, row, 0.5 - row / 100) for row, text in enumerate(texts)]
    homes = (("Stages",), ("Fiches",), ("Stages",))
    evidence = [replace(e, passage=replace(e.passage, section=home)) for e, home in zip(evidence, homes, strict=True)]
    assert quotes(evidence, {row: [0.9] for row in range(3)}) == [texts[0], texts[2], texts[1]]


@pytest.mark.parametrize("found", [7, 8])
def test_a_sentence_torn_between_passages_is_quoted_whole_in_reading_order(found):
    begins, ends = "Ils rendent compte de l’avancement deux", "fois par an à la ministre."
    evidence = [scored(text, row, 0.5 * (row == found)) for text, row in ((begins, 7), (ends, 8))]
    for some in (evidence, evidence[::-1]):
        assert quotes(some, {7: [0.9 * (found == 7)], 8: [0.9 * (found == 8)]}) == [begins, ends]


def test_a_passage_that_opens_on_something_said_before_comes_after_it():
    evidence = [
        scored("Elle tient en deux pages au plus.", 8),
        scored("Le pôle écrit une charte. Il la signe.", 7, 0.0),
    ]
    assert quotes(evidence, {8: [0.9], 7: [0.0, 0.0]}) == ["Il la signe.", "Elle tient en deux pages au plus."]


def test_neighbours_that_do_not_need_each_other_keep_their_order():
    evidence = [scored("La charte tient en deux pages.", 8), scored("Le pôle écrit une longue charte.", 7)]
    assert quotes(evidence, {8: [0.9], 7: [0.9]})[0] == "La charte tient en deux pages."


# Paragraphs

WHOLE = (
    "Le stagiaire signe un engagement écrit. Un mineur ne le signe qu’avec ses parents. Le jardin ferme tôt le soir."
)


def test_a_short_paragraph_is_quoted_whole():
    assert quotes([scored(WHOLE, score=0.1)], {0: [0.9, 0.1, 0.1]}, FULL) == [WHOLE]


def test_of_a_longer_one_the_sentence_is():
    longer = replace(FULL, paragraph=len(WHOLE.split()) - 1)
    assert quotes([scored(WHOLE, score=0.1)], {0: [0.9, 0.1, 0.1]}, longer) == [WHOLE.split(". ", maxsplit=1)[0] + "."]


def test_a_paragraph_with_text_that_may_not_be_quoted_is_not_quoted_whole():
    held = passage(WHOLE)
    torn = replace(held, sentences=(held.sentences[0], held.sentences[2]))
    found = [ScoredPassage(torn, 0, 0.1, 0.1, 0.1)]
    assert quotes(found, {0: [0.9, 0.1]}, FULL) == [WHOLE.split(". ", maxsplit=1)[0] + "."]


def test_notes_are_left_out_of_a_part_that_is_read_out():
    long = f"{'Quatre ' * 70}."
    evidence = [scored("Deux. Trois.", 1), scored("¹. Une note.", 2), scored("Un.", 0), scored(long, 3)]
    read = whole(evidence, most=4)
    assert [q.scored.passage.text[q.start : q.end] for q in read] == ["Un.", "Deux. Trois.", long]
    assert [q.scored.row for q in whole(evidence, most=2)] == [0, 1]


def test_a_part_of_which_hardly_anything_is_left_is_read_to_its_end():
    evidence = [scored(f"{word}.", row) for row, word in enumerate(("Un", "Deux", "Trois", "Quatre"))]
    assert [q.scored.row for q in whole(evidence, most=2)] == [0, 1, 2, 3]


STEPS = "1. Le pôle réunit les voyageurs.\n2. Le badge part au coffre."


@pytest.mark.parametrize(
    ("rest", "quoted"),
    [
        ("3. Chacun rend compte.\n4. Le pôle archive.", True),
        ("4. Chacun rend compte.", False),  # of another list
        ("• Chacun rend compte.", False),
        ("Chacun rend compte.", False),
    ],
)
def test_a_list_that_was_cut_between_passages_is_quoted_to_its_end(rest, quoted):
    evidence = [scored(STEPS, 4, 0.9), scored(rest, 5, 0.1)]
    found = quotes(evidence, {4: [0.9, 0.9], 5: [0.0] * (rest.count("\n") + 1)})
    assert found == ([STEPS, rest] if quoted else [STEPS])


def test_bullets_go_on_with_bullets():
    evidence = [scored("• Le pôle réunit.\n• Le badge part.", 4, 0.9), scored("• Chacun rend compte.", 5, 0.1)]
    assert len(quotes(evidence, {4: [0.9, 0.9], 5: [0.0]})) == 2


def test_the_end_of_a_list_that_was_found_itself_keeps_its_place():
    evidence = [scored("3. Chacun rend compte.", 5, 0.9), scored(STEPS, 4, 0.8)]
    assert quotes(evidence, {5: [0.9], 4: [0.1, 0.1]})[0] == "3. Chacun rend compte."


def test_the_last_lines_of_a_list_are_read_with_a_part_but_not_a_long_rest():
    evidence = [scored(STEPS, 0), scored("3. Chacun rend compte.", 1)]
    assert [q.scored.row for q in whole(evidence, most=4)] == [0, 1]
    long = scored("3. " + "Chacun rend compte au pôle. " * 20, 1)
    assert [q.scored.row for q in whole([evidence[0], long], most=4)] == [0]


@pytest.mark.parametrize(
    ("note", "quoted"),
    [
        ("². Le plafond est alors de 10 millions d’euros.", True),
        ("². Il est alors de 2 % du chiffre d’affaires.", True),
        ("². Des exceptions étroites existent.", True),
        ("². La loi admet les courtes citations, sous réserve d’indiquer l’auteur.", True),
        ("². Article 83 du règlement de 2016.", False),
    ],
)
def test_a_note_that_may_be_of_the_reader_s_case_is_quoted_with_what_calls_it(note, quoted):
    evidence = [scored("L’amende atteint 20 millions d’euros.²", 4, 0.9), scored(note, 5, 0.1)]
    found = quotes(evidence, {4: [0.9], 5: [0.0]})
    assert found == [evidence[0].passage.text, *([note] if quoted else [])]


@pytest.mark.parametrize(
    ("nearest", "budget", "lines"),
    [
        (0, DEFINITION, [0, 1, 2, 3]),  # the caption, which says nothing by itself
        (3, DEFINITION, [0, 1, 3]),
        (3, SIDE, [0, 1, 2, 3]),  # of which two rows may be compared
    ],
)
def test_a_table_is_quoted_with_its_rows_and_a_row_with_what_names_its_cells(nearest, budget, lines):
    each = [
        "Table : Échelle commune proposée aux membres",
        "Niveau | Contenu | Diffusion",
        "Public | Plaquette et communiqué du pôle | Libre",
        "Projet | Livrables et comptes rendus techniques | Partenaires",
    ]
    cosines = [0.9 if line == nearest else 0.1 for line in range(len(each))]
    found = quotes([scored("\n".join(each), 0, 0.9)], {0: cosines}, budget)
    assert "\n".join(found) == "\n".join(each[line] for line in lines)


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Table : Durée conseillée\nAvis des experts Comité, 30 jours", "Pratique n° 3"),
        ("Il est recommandé de recueillir les avis.", "Termes"),
        ("Il est recommandé de lire ce recueil.", "Préface"),
    ],
)
def test_tables_glossaries_and_prefaces_give_a_checklist_no_line(text, section):
    found = SearchResult((in_section(scored(text, 4, 0.9), section),), QUESTION, {})
    sentences = len(found.results[0].passage.sentences)
    assert checks(found, lambda _: np.array([[0.9, 0.0]] * sentences, np.float32)) == []


def test_a_table_of_acronyms_is_quoted_only_where_nothing_else_is():
    table = in_section(scored("Sigle | Développement\nNDA | Accord de confidentialité", 9, 0.9), "Sigles")
    text = in_section(scored("Le stagiaire signe un accord.", 3, 0.5), "Pratique n° 3")
    rows = {9: [0.9, 0.9], 3: [0.5]}
    assert quotes([table, text], rows, Budget(tells_further=True)) == ["Le stagiaire signe un accord."]
    assert quotes([table, text], rows, DEFINITION)[0].startswith("Sigle")
    assert len(quotes([table], rows, Budget(tells_further=True))) == 1
