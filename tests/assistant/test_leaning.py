"""A question leans on the turns before, or stands alone."""

import time

import pytest

from assistant.leaning import leans, may_lean


@pytest.mark.parametrize(
    "question",
    [
        "et lui, il répond en combien de temps ?",
        "frais remboursés ?",
        "révision à quelle fréquence ?",
        "durée ?",
        "elle a combien d’heures pour trancher ?",
        "la 1re action, il faut réunir qui, et combien de temps ?",
        "la dernière des cinq, ça passe au conseil tous les combien ?",
        "le [2], que veulent dire les lettres de la grille ?",
        "justement la 7, il faut réagir sous combien de temps ?",
        "Très bien. Et ensuite, quand nous parvient-il, à nous financeurs ?",
        "ça coûte cher ?",
        "et s’il refuse ?",
        "Même si le compte rendu porte le niveau « Projet » ?",
        "Non, je crois que le silence vaut acceptation.",
        "Vous ne parlez pas des informations transmises oralement : que prévoit le recueil ?",
        "how many days does the ministry have",
        "et c’est quoi le délai ?",
        "et sinon, on peut bloquer le versement ?",
        "laquelle des deux je fais en premier ?",
        "T’es sûr pour les 48 heures ?",
        "Donne-moi une checklist",
        "fais moi une check-list pour lancer tout ça",
        "À quelle fréquence on l’examine et combien de temps ?",
        "Nous avons relevé deux de ces signaux. Que devons-nous faire à présent ?",
        "We are listed in Frankfurt, not in France. Same?",
        "le registre interne c’est obligatoire alors ?",
        "jai cb de tps",
        "Merci. L’un des deux refuse de signer : que recommandez-vous ?",
    ],
)
def test_leans(question):
    assert leans(question)


@pytest.mark.parametrize(
    "question",
    [
        "combien de temps dure un brevet, et ça part de quand ?",
        "et c’est quoi un signal faible ?",
        "Parmi les pratiques du pôle, lesquelles relèvent du conseil d’administration ?",
        "Laquelle de nos données faut-il protéger ?",
        "Laquelle choisir entre une clause et un accord de confidentialité ?",
        "Avons-nous l’obligation de signer un accord de confidentialité ?",
        "Comment organise-t-on l’accueil d’une délégation étrangère ?",
        "Un salarié part chez un concurrent : que faire alors ?",
        "Même pour une PME de dix salariés, faut-il un référent ?",
        "Êtes-vous sûr que la CNIL doit être prévenue sous 72 heures ?",
        "À quelle fréquence regarder les nouveaux brevets ? Et les appels à projets, c’est pareil ?",
        "Fais-moi une checklist pour un salon à l’étranger",
        "et sinon c quoi un DPO ?",
        "and what is a watch plan?",
        "ça veut dire quoi exactement un déport, pour un membre d’une instance du pôle ?",
        "Une recommandation du recueil devient-elle obligatoire parce qu’un financeur y tient ?",
        "un ingénieur vient de démissionner : on lui coupe ses accès quand ?",
        "mes sauvegardes sont toutes sur un disque branché au serveur, ça craint ?",
        "Cette charte, la directrice doit-elle la signer ?",
        "Un conseiller très écouté est plutôt contre nous. Quelle attitude adopter avec lui ?",
        "le tableau de bord pour le conseil, combien de chiffres au plus dessus ?",
        "ça coûte combien de déposer un brevet en France, taxes comprises ?",
        "Combien l’ANRT verse-t-elle par an à l’entreprise pour une thèse Cifre ?",
        "La recette du kouign-amann pour huit personnes, s’il vous plaît.",
        "Deux de nos commerciaux sont partis chez un concurrent. Comment fermer leurs comptes ?",
        "Notre dossier a été lu par un concurrent. Comment gérer cela ? On ne veut pas que ça recommence.",
    ],
)
def test_what_names_all_that_it_points_at_stands_alone(question):
    assert not leans(question)


@pytest.mark.parametrize(
    "question",
    [
        "Comment accueillir une délégation ?",
        "Qui signe la charte ?",
        "Faut-il chiffrer les disques ?",
        "Who signs the NDA?",
        "Merci. Comment protéger un secret ?",
        "Merci c’est quoi un brevet ?",
        "Quelle est la première étape pour rédiger une charte de confidentialité ?",
        "Au deuxième niveau de maturité, que propose le pôle ?",
        "Au fait, explique le niveau 2 de maturité",
    ],
)
def test_a_short_whole_question_stands_alone(question):
    assert not leans(question)


@pytest.mark.parametrize(
    "question",
    [
        "Oui, et pour un laboratoire public étranger ?",
        "Merci à vous. Et pour une PME ?",
        "ça marche aussi pour une association de quinze bénévoles ?",
        "Can our foreign partners see it?",
        "Who in the company should keep it?",
        "Les membres du bureau doivent-ils la signer ?",
        "La directrice doit-elle la signer ?",
    ],
)
def test_what_points_outside_leans(question):
    assert leans(question)


def test_a_pronoun_points_at_what_agrees_with_it():
    assert not leans("La charte de confidentialité du pôle, faut-il la signer chaque année ?")
    assert leans("Le règlement intérieur du pôle permet-il de la signer chaque année ?")


def test_at_the_end_of_a_long_answer_to_an_answer_few_words_lean():
    told = (
        "La salle est réservée, nous serons dix-sept et deux financeurs ont confirmé leur venue pour toute la matinée."
    )
    asked = "Combien de scénarios construit-on avec les adhérents présents ?"
    assert leans(f"Super, merci. {told} {asked}")
    assert not leans(f"Bonjour. {told} {asked}")
    assert not leans(f"Merci. {asked}")


@pytest.mark.parametrize("greeting", ["Merci. ", "Bonjour, ", "Très bien, merci. ", ""])
def test_courtesy_alone_makes_no_question_lean(greeting):
    assert not leans(f"{greeting}Comment accueillir un stagiaire étranger ?")


@pytest.mark.parametrize(
    "question",
    [
        "Quelles sanctions en cas d’oubli ?",
        "À partir de combien d’actions par an ?",
        "Que fait-on des dossiers après la réunion ?",
        "Qui décide du niveau ?",
        "Je ne comprends pas la différence entre les deux derniers, vous pouvez me donner un exemple ?",
        "Donnez-moi ça en liste courte que je peux imprimer.",
        "Fais-moi un rétroplanning sur quatre mois",
        "Tu peux me proposer un déroulé à partir du guide ?",
        "C’est quoi le délai ?",
        "Les invités permanents également ?",
    ],
)
def test_few_words_of_their_own_may_lean(question):
    assert may_lean(question)


@pytest.mark.parametrize(
    "question",
    [
        "Quelles sont les trois premières choses à faire après une cyberattaque ?",
        "L’un des deux fondateurs part chez un concurrent, que faire de ses accès informatiques ?",
        "Faut-il chiffrer les téléphones aussi ?",
    ],
)
def test_a_number_or_too_does_not_lean_by_itself(question):
    assert not leans(question)


@pytest.mark.parametrize(
    "question",
    [
        "Que dit la pratique n° 15 ?",
        "C’est quoi un signal faible ?",
        "Autre sujet : combien de niveaux ?",
        "Qui ferme les comptes d’un salarié qui part à l’étranger pour un concurrent ?",
        "Faites-moi une liste de contrôle pour répondre à une consultation de la Commission sur les brevets.",
    ],
)
def test_what_names_a_part_a_term_or_enough_never_may(question):
    assert not may_lean(question)


def test_a_long_question_is_read_at_once():
    begin = time.perf_counter()
    leans("merci ok bon " * 2000 + "et les visiteurs ?")
    leans("la 1re " * 3000)
    assert time.perf_counter() - begin < 1


@pytest.mark.parametrize(
    "question",
    ["Combien de temps dure son mandat ?", "Qui signe son engagement ?", "Qui choisit son remplaçant ?",
     "Qui signe sa charte ?"],
)  # fmt: skip
def test_a_possessive_leans_on_its_owner(question):
    assert leans(question)


@pytest.mark.parametrize(
    "question",
    ["Comment protéger son brevet à l’étranger ?", "Faut-il déposer sa marque avant un salon ?",
     "Une PME peut-elle publier son brevet ?", "Pourquoi protéger son savoir-faire ?"],
)  # fmt: skip
def test_a_possessive_of_whoever_asks_does_not(question):
    assert not leans(question)
