"""What the page says around an answer, in the language of the question. The rest of the page is in French."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant import Language, Shape


@dataclass(frozen=True)
class Labels:
    """The words that surround an answer."""

    source: str
    exact: str
    recognised: str
    enlarge: str
    close: str
    printed: str
    physical: str
    physical_range: str
    silent: str
    nearest: str
    further: str
    understood: str
    read_as: str
    also: str
    in_quotes: str
    also_in: str
    writing: str
    waiting: str
    written: str
    stop: str
    stopped: str
    quoted: str
    quoted_tip: str
    reworded: str
    reworded_tip: str
    to_quote: str
    others: str
    other: str
    highlighted: str
    reshape: str
    shapes: Mapping[Shape, str]
    checklist: str
    checklist_file: str
    ticked: str
    download: str


_FRENCH = Labels(
    source="Source {n}",
    exact="Texte exact",
    recognised="Texte reconnu automatiquement (OCR), confiance {share}\u00a0% : vérifiez-le sur l’image.",
    enlarge="Agrandir la page",
    close="Refermer la source {n}",
    printed="p. {label}",
    physical="page {page} du PDF",
    physical_range="pages {page} à {page_end} du PDF",
    silent="Absent du recueil",
    nearest="Les sections les plus proches",
    further="Pour aller plus loin",
    understood="Question comprise ainsi :",
    read_as="« {typed} » lu comme « {read_as} »",
    also="« {term} » cherché aussi comme {added}",
    in_quotes="« {} »",
    also_in="Même texte dans : {titles}",
    writing="Rédaction en cours…",
    waiting="En attente de rédaction : {place} avant vous. Les citations sont déjà là.",
    written="Réponse rédigée.",
    stop="Arrêter",
    stopped="Rédaction arrêtée.",
    quoted="cité",
    quoted_tip="Dans les mots du texte",
    reworded="reformulé",
    reworded_tip="Dit autrement que le texte : vérifiez sur la citation",
    to_quote="aller à la citation {n}",
    others="Voir les {n} autres passages",
    other="Voir l’autre passage",
    highlighted="Surligné : ce qui est le plus proche de votre question.",
    reshape="Autre présentation :",
    shapes={
        "answer": "Réponse complète",
        "short": "En bref",
        "checklist": "Liste à cocher",
        "definition": "Définition",
        "where": "Où est-ce dit ?",
    },
    checklist="Liste à cocher d’après {guide}",
    checklist_file="liste-a-cocher.md",
    ticked="Lignes cochées : {ticked} sur {total}",
    download="Télécharger la liste (Markdown)",
)
_ENGLISH = Labels(
    source="Source {n}",
    exact="Exact text (in French)",
    recognised="Text recognised automatically (OCR), {share}% confidence: check it on the image.",
    enlarge="Enlarge the page",
    close="Close source {n}",
    printed="p. {label}",
    physical="page {page} of the PDF",
    physical_range="pages {page} to {page_end} of the PDF",
    silent="Not in the guide",
    nearest="The nearest sections",
    further="Related questions",
    understood="Question understood as:",
    read_as="“{typed}” read as “{read_as}”",
    also="“{term}” also searched as {added}",
    in_quotes="“{}”",
    also_in="Same text in: {titles}",
    writing="Writing…",
    waiting="Waiting to be written: {place} before you. The quotes are here already.",
    written="Answer written.",
    stop="Stop",
    stopped="Writing stopped.",
    quoted="quoted",
    quoted_tip="In the words of the text",
    reworded="reworded",
    reworded_tip="Not in the words of the text: check it on the quote",
    to_quote="go to quote {n}",
    others="Show the {n} other passages",
    other="Show the other passage",
    highlighted="Highlighted: what is nearest to your question.",
    reshape="Show as:",
    shapes={
        "answer": "Full answer",
        "short": "In short",
        "checklist": "Checklist",
        "definition": "Definition",
        "where": "Where is it said?",
    },
    checklist="Checklist drawn from {guide}",
    checklist_file="checklist.md",
    ticked="Lines ticked: {ticked} of {total}",
    download="Download the list (Markdown)",
)
_LABELS: dict[Language, Labels] = {"fr": _FRENCH, "en": _ENGLISH}


def labels(language: Language) -> Labels:
    """The words of a language."""
    return _LABELS[language]
