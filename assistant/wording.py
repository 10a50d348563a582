"""What Vigie says in its own name, in French and in English. It reports; it never prescribes."""

import hashlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass

from assistant.answer import Language, Shape
from assistant.premise import PremiseName
from assistant.purpose import Kind


@dataclass(frozen=True)
class Wording:
    """The sentences of one language; `{guide}` is « le recueil » or « le recueil de démonstration »."""

    introductions: Mapping[Shape, str]
    hesitant: str
    broad: str
    listed: str
    overview: str
    in_the_text: str
    further_passages: str
    not_in_guide: str
    searched_one: str
    searched: str
    greeting: str
    about: str
    private: str
    served: str
    withdrawn: str
    thanks: str
    outside: Mapping[Kind, str]
    purpose: str
    unmet: Mapping[str, str]
    near_without: str
    quoted_without: str
    absent: str
    no_such_figure: str
    premises: Mapping[PremiseName, str]
    duty: str
    no_such_part: str
    generator_failed: str
    physical_page: str
    empty: str
    whatever: str
    too_long: str
    guide: str
    demonstration: str
    of_guide: str
    of_demonstration: str
    suggestion: str
    part: Mapping[str, str]
    goes_on: str
    table_goes_on: str


_FRENCH = Wording(
    introductions={
        "answer": "Voici ce qu’en dit {guide}, page à l’appui :",
        "short": "Voici, en bref, ce qu’en dit {guide}, mot pour mot :",
        "checklist": "Voici une liste à cocher d’après {guide}, page à l’appui de chaque ligne :",
        "comparison": "Voici ce que dit {guide} des deux, page à l’appui :",
        "definition": "Voici comment {guide} l’explique, page à l’appui :",
        "where": "Voici où {guide} en parle :",
    },
    hesitant="Je ne suis pas certaine que {guide} réponde à cette question. Voici les passages les plus proches :",
    broad=(
        "Votre question est large : voici ce qu’en dit d’abord {guide}, page à l’appui. Pour une réponse plus précise, "
        "dites à qui ou à quelle situation vous pensez."
    ),
    listed="Voici ce que compte {guide}, {count} titres, chacun à sa page :",
    overview="Voici comment {guide} présente cette partie, section par section, page à l’appui :",
    not_in_guide=(
        "{Guide} ne répond pas à cette question : j’ai cherché dans {searched}, sans y trouver "
        "de passage qui la traite. Je préfère ne pas répondre plutôt que d’inventer."
    ),
    searched_one="la seule publication de l’index",
    searched="les {count} publications de l’index",
    in_the_text="Dans le texte :",
    further_passages="D’autres passages s’en approchent :",
    greeting="Bonjour ! ",
    about=(
        "Je suis Vigie. Je réponds à vos questions à partir {of_guide} et des publications qui "
        "l’accompagnent, en citant mot pour mot les passages et leurs pages. "
        "Quand le texte ne dit rien, je vous le dis."
    ),
    private=" Rien de ce que vous écrivez ne quitte cette machine.",
    served=" Vos questions et les extraits cités sont envoyés au serveur choisi par votre administrateur.",
    withdrawn="Les passages montrés d’abord ne suffisaient pas : aucune phrase rédigée n’a pu s’appuyer sur eux.",
    thanks="Je vous en prie. Posez-moi une autre question quand vous voulez.",
    outside={
        "creative": "Je n’écris ni poème, ni blague, ni discours, ni lettre.",
        "code": "Je n’écris pas de code.",
        "politics": "Je ne donne pas d’avis politique.",
        "medical": "Je ne donne pas de conseil médical : adressez-vous à un professionnel de santé.",
        "legal_case": "Je ne donne pas de conseil juridique sur un cas personnel : adressez-vous à un professionnel "
        "du droit.",
        "own_case": "Je ne donne pas de conseil juridique sur un cas personnel : adressez-vous à un professionnel "
        "du droit.",
        "leisure": "Cette question sort de mon domaine.",
        "writing": "Je ne rédige pas de texte à votre place.",
        "translation": "Je ne traduis, ne corrige ni ne résume de texte.",
    },
    purpose=(
        "Je réponds aux questions des membres des pôles à partir {of_guide} et des publications qui l’accompagnent : "
        "veille, "
        "sécurité économique, influence, sensibilisation et formation."
    ),
    unmet={
        "foreign_law": "ne porte sur le droit d’un autre pays",
        "contact": "ne donne de coordonnées",
        "law": "ne cite d’article de loi",
        "statute": "ne cite de texte de loi",
        "date": "ne donne de date",
        "rate": "ne donne de taux",
        "money": "ne donne de montant",
        "penalty": "ne dit de sanction",
        "download": "ne donne de lien ni de mode d’emploi",
        "person": "ne nomme de personne",
        "delay": "ne donne de durée ni de délai",
        "count": "ne donne de nombre",
        "statistic": "ne donne ce chiffre",
    },
    near_without="Des passages s’en approchent, mais aucun {unmet}.",
    quoted_without="Aucun des passages cités {unmet}.",
    premises={
        "force": "{Guide} recommande et n’oblige à rien par lui-même. Voici ce qu’il en dit, page à l’appui :",
        "lawful": "{Guide} ne connaît que des moyens licites. Voici ce qu’il en dit, page à l’appui :",
    },
    duty="Le recueil recommande ; quand il rappelle une obligation, il cite le texte de loi d’où elle vient.",
    absent="« {name} » n’apparaît dans aucune de ces publications.",
    no_such_figure="Aucun des passages cités ne dit « {figure} ».",
    no_such_part="Je n’y trouve rien qui s’appelle « {part} ».",
    generator_failed="La rédaction n’a pas abouti : voici les citations seules.",
    physical_page="page {pages} du PDF",
    empty="Votre question est vide. Écrivez-la en quelques mots, par exemple : « Comment accueillir un stagiaire ? »",
    whatever=(
        "Votre question ne dit pas sur quoi elle porte. Précisez le sujet ou la situation, par exemple "
        "« pour un salon », « avec un stagiaire » ou « après une fuite »."
    ),
    too_long="Votre question dépasse {limit} caractères. Résumez-la en quelques phrases.",
    guide="le recueil",
    demonstration="le recueil de démonstration",
    of_guide="du recueil",
    of_demonstration="du recueil de démonstration",
    suggestion="Que dit le recueil sur « {section} » ?",
    part={
        "pratique": "Que dit la pratique {number} ?",
        "fiche": "Que dit la fiche {number} ?",
        "section": "Que dit la section {number} ?",
        "chapitre": "De quoi parle le chapitre {number} ?",
    },
    goes_on="La suite se lit dans le texte : ouvrez une source, puis « Lire cette page dans le recueil ».",
    table_goes_on=(
        "Le tableau cité continue dans le texte : ouvrez sa source, puis « Lire cette page dans le recueil »."
    ),
)
_ENGLISH = Wording(
    introductions={
        "answer": "Here is what {guide} says, with the page for each quote (quotes are in French):",
        "short": "Here is, in short, what {guide} says, word for word (in French):",
        "checklist": "Here is a checklist drawn from {guide}, with the page for each line (in French):",
        "comparison": "Here is what {guide} says of both, with the page for each quote (quotes are in French):",
        "definition": "Here is how {guide} explains it, with the page for each quote (quotes are in French):",
        "where": "Here is where {guide} speaks of it:",
    },
    hesitant="I am not sure that {guide} answers this question. Here are the nearest passages (in French):",
    broad=(
        "Your question is broad: here is what {guide} says of it first, with the page for each quote (quotes are in "
        "French). For a closer answer, say whom or what situation you have in mind."
    ),
    listed="Here is what {guide} holds, {count} titles, each with its page:",
    overview="Here is how {guide} introduces this part, section by section, each with its page:",
    not_in_guide=(
        "{Guide} does not answer this question: I searched {searched} and found no passage "
        "that deals with it. I would rather not answer than make something up."
    ),
    searched_one="the only publication of the index",
    searched="the {count} publications of the index",
    in_the_text="In the text:",
    further_passages="Other passages come near:",
    greeting="Hello! ",
    about=(
        "I am Vigie. I answer questions {of_guide} and the publications beside it, quoting the passages word "
        "for word with their pages. When the text is silent, I say so."
    ),
    private=" Nothing you write leaves this machine.",
    served=" Your questions and the quotes are sent to the server your administrator chose.",
    withdrawn="The passages shown at first were not enough: no sentence could be written from them.",
    thanks="You are welcome. Ask me another question whenever you like.",
    outside={
        "creative": "I write no poems, jokes, speeches or letters.",
        "code": "I write no code.",
        "politics": "I have no political opinions to give.",
        "medical": "I give no medical advice: please see a health professional.",
        "legal_case": "I give no legal advice on a personal case: please see a lawyer.",
        "own_case": "I give no legal advice on a personal case: please see a lawyer.",
        "leisure": "This question is outside my field.",
        "writing": "I do not write texts for you.",
        "translation": "I do not translate, correct or summarise texts.",
    },
    purpose=(
        "I answer questions from members of competitiveness clusters {of_guide} and the publications beside it: "
        "monitoring, "
        "economic security, influence, awareness and training."
    ),
    unmet={
        "foreign_law": "is about the law of another country",
        "contact": "gives contact details",
        "law": "names an article of law",
        "statute": "names a law",
        "date": "gives a date",
        "rate": "gives a rate",
        "money": "gives an amount",
        "penalty": "names a penalty",
        "download": "gives a link or step-by-step directions",
        "person": "names a person",
        "delay": "gives a length of time",
        "count": "gives a number",
        "statistic": "gives this figure",
    },
    near_without="Some passages come near, but none {unmet}.",
    quoted_without="None of the passages quoted {unmet}.",
    premises={
        "force": "{Guide} recommends and obliges nobody by itself. Here is what it says, with the page for each quote "
        "(quotes are in French):",
        "lawful": "{Guide} knows lawful means only. Here is what it says, with the page for each quote (quotes are in "
        "French):",
    },
    duty="The guide recommends; where it recalls an obligation, it cites the law it comes from.",
    absent="“{name}” does not appear in any of these publications.",
    no_such_figure="None of the passages quoted says “{figure}”.",
    no_such_part="I find nothing there called “{part}”.",
    generator_failed="The answer could not be written out: here are the quotes alone.",
    physical_page="page {pages} of the PDF",
    empty="Your question is empty. Write it in a few words, for instance: “How should we welcome an intern?”",
    whatever=(
        "Your question does not say what it is about. Name the subject or the situation, for instance "
        "“at a trade fair”, “with an intern” or “after a leak”."
    ),
    too_long="Your question is longer than {limit} characters. Please sum it up in a few sentences.",
    guide="the guide",
    demonstration="the demonstration guide",
    of_guide="from the guide",
    of_demonstration="from the demonstration guide",
    suggestion="What does the guide say about “{section}”?",
    part={
        "pratique": "What does practice {number} say?",
        "fiche": "What does sheet {number} say?",
        "section": "What does section {number} say?",
        "chapitre": "What is chapter {number} about?",
    },
    goes_on="It goes on in the text: open a source, then “Read this page in the guide”.",
    table_goes_on="The table quoted goes on in the text: open its source, then “Read this page in the guide”.",
)
_WORDINGS: dict[Language, Wording] = {"fr": _FRENCH, "en": _ENGLISH}
WORDING_SHA256 = hashlib.sha256(repr((astuple(_FRENCH), astuple(_ENGLISH))).encode()).hexdigest()


def wording(language: Language) -> Wording:
    """The sentences of a language."""
    return _WORDINGS[language]


def guide_name(language: Language, demonstration: bool) -> str:
    """How the guide is called inside a sentence."""
    words = _WORDINGS[language]
    return words.demonstration if demonstration else words.guide


def shown_first(text: str) -> str:
    """An answer's text, without the quotes that a reader could do without."""
    return next(
        (text.partition(w.further_passages)[0] for w in (_FRENCH, _ENGLISH) if w.further_passages in text), text
    )


def is_refusal(text: str) -> bool:
    """Whether a text is what Vigie says of a message that its guide is not for."""
    return any(words.purpose.partition("{")[0].strip() in text for words in (_FRENCH, _ENGLISH))


def small_talk(kind: Kind | None, language: Language, demonstration: bool, served: bool = False) -> str:
    """The answer to a greeting, thanks or a question about Vigie itself; nothing for any other."""
    words = wording(language)
    if kind == "thanks":
        return words.thanks
    if kind in {"greeting", "about"}:
        opening = words.greeting if kind == "greeting" else ""
        about = words.about.format(of_guide=words.of_demonstration if demonstration else words.of_guide)
        return opening + about + (words.served if served else words.private)
    return ""


def outside_purpose(kind: Kind, language: Language, demonstration: bool) -> str:
    """Why a request is declined, and what Vigie is for."""
    words = wording(language)
    of_guide = words.of_demonstration if demonstration else words.of_guide
    return f"{words.outside[kind]} {words.purpose.format(of_guide=of_guide)}"
