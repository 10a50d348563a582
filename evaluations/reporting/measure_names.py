"""The measures in French: what a reader calls them, and their formulas. `metric_catalogue` is the authority."""

from evaluations.metric_catalogue import METRICS, Metric

# name -> (title, formula)
FRENCH: dict[str, tuple[str, str]] = {
    "retrieval_success_at_1": ("Succès@1", "1 si le premier passage trouvé touche une page de référence"),
    "retrieval_success_at_5": ("Succès@5", "1 si l’un des cinq premiers passages touche une page de référence"),
    "retrieval_recall_at_5": (
        "Rappel@5", "pages de référence pour lesquelles comptent les cinq premiers passages, chacun pour une au plus, "
        "/ pages de référence"),
    "retrieval_recall_at_10": (
        "Rappel@10", "pages de référence pour lesquelles comptent les dix premiers passages, chacun pour une au plus, "
        "/ pages de référence"),
    "retrieval_ndcg_at_10": (
        "nDCG@10", "DCG des pages de référence pour lesquelles comptent les dix premiers passages, "
        "chacun pour une au plus, / le meilleur DCG possible"),
    "retrieval_rr": (
        "Rang réciproque (MRR)", "1 / rang du premier passage qui touche une page de référence ; 0 si aucun des dix"),
    "success_at_1": (
        "Première citation juste", "1 si la première citation touche une page de référence ; un silence compte 0"),
    "cites_gold_page": (
        "Page de référence citée", "1 si une citation touche une page de référence ; un silence compte 0"),
    "marker_validity": (
        "Renvois valides", "renvois [n] du texte qui ont une citation n / renvois ; 0 sans aucun, "
        "sauf pour une liste de lieux, qui n’en a pas"),
    "quote_validity": (
        "Citations mot pour mot",
        "citations dont les mots se lisent sur leur page / citations ; 0 pour une réponse sans citation"),
    "page_precision": (
        "Précision des pages",
        "citations qui touchent une page de référence / (citations + renvois sans citation) ; un silence compte 0"),
    "page_recall": ("Rappel des pages", "pages de référence touchées par une citation / pages de référence"),
    "page_f1": ("F1 des pages", "2PR / (P + R) des deux précédentes"),
    "page_average_precision": (
        "Précision moyenne (AP)", "moyenne, sur les pages de référence, de la précision à la citation qui touche "
        "chacune en premier ; 0 pour celles qu’aucune ne touche"),
    "required_fact_recall": (
        "Faits attendus", "faits attendus dits dans l’une de leurs formulations admises / faits attendus"),
    "forbidden_claim_rate": ("Affirmations interdites", "affirmations interdites dites / affirmations interdites"),
    "token_f1": ("F1 des mots", "F1 des mots de la réponse contre ceux de toutes les citations de référence"),
    "numbers_supported": (
        "Nombres étayés", "nombres de la réponse qui figurent dans un passage qu’elle cite / nombres"),
    "quoted_share": ("Part citée", "phrases citées mot pour mot / phrases"),
    "reworded_share": ("Part reformulée", "phrases reformulées / phrases"),
    "unsupported_share": ("Part non étayée", "phrases non étayées / phrases"),
    "statement_support": (
        "Dit là où c’est cité", "phrases citées dont les lettres se suivent dans un passage qu’elles citent / "
        "phrases citées"),
    "modality_kept": (
        "Modalité gardée",
        "phrases qui ne présentent pas comme un devoir ce que leurs passages n’imposent pas / phrases"),
    "right_language": ("Bonne langue", "1 si les mots propres à Vigie sont dans la langue de la question"),
    "answer_words": ("Mots par réponse", "mots de la réponse"),
    "false_abstention_rate": ("Silences à tort", "questions couvertes laissées sans réponse / questions couvertes"),
    "abstention_recall": (
        "Rappel des silences", "questions non couvertes laissées sans réponse / questions non couvertes"),
    "abstention_precision": ("Précision des silences", "part de non couvertes parmi les questions sans réponse"),
    "abstention_f1": ("F1 des silences", "2PR / (P + R) des deux précédentes"),
    "abstention_auroc": (
        "AUROC", "probabilité qu’une question couverte reçoive plus de confiance qu’une non couverte ; "
        "une égalité compte la moitié"),
    "risk_coverage_area": (
        "AURC", "moyenne, sur les couvertures k/n, du taux d’erreur des k questions les plus sûres"),
    "calibration_error": (
        "Erreur de calibration (ECE)", "moyenne, sur dix classes d’égale largeur pondérées par leur taille, de "
        "|part couverte − confiance moyenne|"),
    "total_p95_ms": (
        "Réponse entière, p95", "95e centile, au rang le plus proche, des millisecondes jusqu’à la réponse entière"),
    "total_ms": ("Réponse entière", "millisecondes jusqu’à la réponse entière ; médiane"),
    "first_ms": ("Premier contenu", "millisecondes jusqu’aux citations ; médiane"),
}  # fmt: skip
# Those that tell most, for tables with little room.
KEY = (
    "retrieval_success_at_1", "retrieval_recall_at_5", "retrieval_ndcg_at_10", "success_at_1", "cites_gold_page",
    "page_f1", "required_fact_recall", "forbidden_claim_rate", "false_abstention_rate", "abstention_recall",
)  # fmt: skip


def title(name: str) -> str:
    """A measure's French title; that of the catalogue for one nobody translated."""
    return FRENCH[name][0] if name in FRENCH else METRICS[name].title


def formula(metric: Metric) -> tuple[str, str]:
    """A measure's formula and the language it is in."""
    return (FRENCH[metric.name][1], "fr") if metric.name in FRENCH else (metric.formula, "en")
