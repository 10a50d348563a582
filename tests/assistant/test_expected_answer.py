"""The kind of answer a question asks for, and the sentences that hold one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.expected_answer import asks_of_a_risk, counts_what_is_asked, expected_answer

ASKED = [
    ("Combien coûte l’assurance ?", "money"),
    ("Quel est le prix du stand ?", "money"),
    ("How much does a stand cost?", "money"),
    ("Combien de temps garder les journaux ?", "delay"),
    ("Sous quel délai répondre ?", "delay"),
    ("Combien de temps reste ouverte une consultation européenne ?", "delay"),
    ("Tous les combien réviser la liste ?", "delay"),
    ("How long do we keep the logs?", "delay"),
    ("Combien de visiteurs par groupe ?", "count"),
    ("À partir de combien de salariés ?", "count"),
    ("How many visitors?", "count"),
    ("Quel est le numéro de téléphone du référent ?", "contact"),
    ("L’adresse mail du référent ?", "contact"),
    ("Quelles sont les coordonnées du référent ?", "contact"),
    ("Je voudrais les coordonnées de la DGSI", "contact"),
    ("Combien de temps garder les coordonnées des visiteurs ?", "delay"),
    ("Vous avez leur numéro ?", "contact"),
    ("tel du référent ?", "contact"),
    ("Donnez-moi le portable du directeur", "contact"),
    ("Il me faut le téléphone du référent", "contact"),
    ("Le téléphone du point de contact à la gendarmerie départementale ?", "contact"),
    ("Combien dure un secret des affaires en droit allemand ?", "foreign_law"),
    ("Que dit la loi suisse sur les stages ?", "foreign_law"),
    ("Combien de temps dure un brevet aux États-Unis ?", "foreign_law"),
    ("How long does a trade secret last under German law?", "foreign_law"),
    ("What are the data protection fines in Switzerland?", "foreign_law"),
    ("Quel budget prévoir ?", "money"),
    ("Ça coûte cher ?", "money"),
    ("Les experts sont rémunérés ?", "money"),
    ("Combien je peux lui réclamer s’il part avec le fichier ?", "money"),
    ("Un PC volé avec les coordonnées de nos clients : combien de temps pour prévenir ?", "delay"),
    ("Sous combien de jours faut-il réclamer l’ordinateur ?", "delay"),
    ("Quel article de loi s’applique ?", "law"),
    ("Quelle loi s’applique ?", "statute"),
    ("En quelle année la loi est-elle sortie ?", "date"),
    ("Quelle est la date limite ?", "date"),
    ("C’est quand la prochaine réunion du pôle ?", "date"),
    ("When is the next fair?", "date"),
    ("Quel est le taux de subvention ?", "rate"),
    ("From what percentage of shares does an investor need approval in France?", "rate"),
    ("À partir de quel pourcentage faut-il une autorisation en France ?", "rate"),
    ("Combien de PME ont un référent en France ?", "statistic"),
    ("Quelle part des PME a été attaquée en 2025 ?", "statistic"),
    ("How many requests were turned down last year?", "statistic"),
    ("Combien de semaines faut-il aujourd’hui ?", "delay"),
    ("Quelle amende en cas de retard ?", "penalty"),
    ("Que risque-t-on ?", "penalty"),
    ("Où télécharger le formulaire ?", "download"),
    ("Qui préside actuellement le comité ?", "person"),
]
HELD = {
    "money": (["Le stand coûte 300 €.", "Elle est gratuite.", "Comptez 2 000 euros."], ["Le stand a 12 mètres."]),
    "delay": (
        [
            "Sous huit jours.",
            "Le bilan est annuel.",
            "Chaque mois.",
            "Sans délai.",
            "Le conseil le lit par trimestre.",
            "Chaque semestre.",
        ],
        ["Le stand a 12 mètres."],
    ),
    "count": (["Dix visiteurs au plus.", "Il en faut 3.", "Une quinzaine de badges."], ["Les visiteurs attendent."]),
    "contact": (["Écrire à a@pole.fr.", "Tél. 02 98 00 00 00.", "Voir www.pole.fr."], ["Appeler le référent."]),
    "foreign_law": (["Le droit allemand en donne un an.", "In Switzerland it is longer."], ["Il dure vingt ans."]),
    "law": (["Voir l’article L. 122-5.", "L’article 7 le dit."], ["L’article du journal le dit."]),
    "statute": (["La loi n° 78-17 le dit.", "Le règlement (UE) s’applique.", "Le code du travail."], ["La règle."]),
    "date": (["La loi date de 1978.", "Avant le 1er mars.", "En juillet."], ["Avant la fin de l’année."]),
    "statistic": (
        ["En France, 300 PME en ont un.", "Cela touche 12 % des PME en 2025."],
        ["Il existe 300 PME.", "Le décret du 28 décembre 2023 le dit."],
    ),
    "rate": (["Le taux est de 30 %.", "La moitié des frais.", "Un projet sur 3 : 1 sur 3."], ["Le taux varie."]),
    "penalty": (["Une amende est prévue.", "C’est puni par le code."], ["Le retard est signalé."]),
    "download": (["Voir https://pole.fr.", "Remplir le formulaire."], ["Demander au référent."]),
    "person": (["Le comité est présidé par Jeanne.", "Mme Martin le préside."], ["Le comité préside."]),
}


@pytest.mark.parametrize(("question", "name"), ASKED)
def test_a_question_asks_for_a_kind_of_answer(question, name):
    kind = expected_answer(question)
    assert kind is not None
    assert kind.name == name


@pytest.mark.parametrize(
    "question",
    [
        "Comment accueillir un stagiaire ?", "Pourquoi un badge ?", "Quand prévenir le pôle ?", "Qui signe ?", "", "?",
        "Le stage n’est pas rémunéré : à qui est l’invention ?", "Comment faire sans que ça coûte cher à une PME ?",
        "Comment accueillir un stagiaire qui est rémunéré ?", "Is it free of conflicts of interest?",
    ],
)  # fmt: skip
def test_how_why_when_and_who_ask_for_nothing_in_particular(question):
    assert expected_answer(question) is None


@pytest.mark.parametrize("name", HELD)
def test_a_sentence_that_gives_such_an_answer_holds_it(name):
    kind = next(k for q, n in ASKED if n == name and (k := expected_answer(q)))
    assert all(kind.is_held(sentence) for sentence in HELD[name][0])


@pytest.mark.parametrize("name", HELD)
def test_a_sentence_without_such_an_answer_does_not_hold_it(name):
    kind = next(k for q, n in ASKED if n == name and (k := expected_answer(q)))
    assert not any(kind.is_held(sentence) for sentence in HELD[name][1])


@pytest.mark.parametrize(("question", "name"), ASKED)
def test_accents_and_capitals_do_not_matter(question, name):
    plain = question.upper().translate(str.maketrans("ÉÈÀÛÎÔ", "EEAUIO"))
    kind = expected_answer(plain)
    assert kind is not None
    assert kind.name == name


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_question_and_sentence_are_read_without_an_error(question, sentence):
    kind = expected_answer(question)
    assert kind is None or kind.is_held(sentence) in {True, False}


@pytest.mark.parametrize(
    "question",
    [
        "A-t-on le droit d’échanger les prix entre concurrents ?",
        "Faut-il masquer les prix dans un dossier de labellisation ?",
        "Le salaire du référent doit-il être pris en charge par le pôle ?",
        "Quels articles scientifiques faut-il faire relire ?",
        "Quels articles de presse surveiller ?",
        "Qui siège dans le comité de labellisation ?",
        "Un visiteur demande le numéro de téléphone d’un chercheur, que répondre ?",
        "Faut-il afficher l’adresse e-mail des adhérents ?",
        "Un salarié a téléchargé un fichier douteux, que faire ?",
        "Peut-on télécharger un logiciel gratuit ?",
        "Le portable du bureau a été volé avec un fichier clients dedans, quelles démarches ?",
        "Peut-on prendre le portable du stagiaire ?",
        "On part en Chine avec nos brevets, que faire ?",
        "Une loi américaine peut-elle nous obliger à donner nos données ?",
        "Que dit le droit français sur le secret des affaires ?",
        "Un partenaire chinois veut signer en droit français",
        "Une délégation japonaise vient voir nos brevets, que montrer ?",
        "Is a poster shown in Japan a problem for my patent in France?",
        "Can you tell us the law on personal data?",
        "Comment surveiller les brevets déposés en Chine ?",
        "Peut-on exposer un prototype en Chine avant le dépôt de brevet ?",
        "Une entreprise en Allemagne nous propose un accord, comment protéger notre secret de fabrication ?",
    ],
)
def test_what_is_spoken_of_is_not_what_is_asked_for(question):
    assert expected_answer(question) is None


@pytest.mark.parametrize(
    ("question", "name"),
    [("Le prix d’un stand ?", "money"), ("Et les tarifs ?", "money"), ("C’est quoi le prix ?", "money"),
     ("Quel article du code protège le secret ?", "law"), ("Où télécharger le modèle ?", "download"),
     ("Puis-je avoir les coordonnées de l’ANSSI ?", "contact"), ("Un formulaire à télécharger ?", "download"),
     ("Qui préside actuellement le comité ?", "person")],
)  # fmt: skip
def test_what_is_asked_for_in_few_words_is_known(question, name):
    kind = expected_answer(question)
    assert kind is not None
    assert kind.name == name


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Que risque-t-on à montrer un prototype ?", True),
        ("Que risque-t-on pénalement à lire sa messagerie ?", False),
        ("Quelle amende en cas de retard ?", False),
    ],
)
def test_what_one_risks_may_be_no_penalty_where_no_law_is_named(question, asks):
    assert expected_answer(question).name == "penalty"
    assert asks_of_a_risk(question) is asks


def test_a_share_of_the_cost_is_a_budget_and_no_price():
    share = "Le pôle gagne à proposer une ligne de protection de 2 à 3 % du coût total."
    assert expected_answer("Quel budget de protection dans un projet ?").is_held(share)
    assert not expected_answer("Combien coûte un dépôt de brevet ?").is_held(share)


@pytest.mark.parametrize(
    ("question", "sentence", "counted"),
    [
        ("Combien de missions par an ?", "Le pôle organise quatre missions de deux jours.", True),
        ("Combien de missions par an ?", "Le pôle organise quatre réunions avant la mission.", False),
        ("Combien de missions par an ?", "Une mission se prépare.", False),
        ("On invite combien de monde ?", "Il convient de réunir de quinze à vingt participants.", True),
        ("Combien de gens par guide ?", "Un accompagnateur suit huit visiteurs au plus.", True),
        ("Combien de langues parler ?", "Le pôle a deux porte-parole.", False),
        ("How many patents?", "Il a 3 patents.", True),
        ("Combien en faut-il ?", "Il en faut trois.", False),
    ],
)
def test_a_count_is_of_what_is_asked(question, sentence, counted):
    assert counts_what_is_asked(question, sentence) is counted
