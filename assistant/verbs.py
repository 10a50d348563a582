"""Nouns that end as French infinitives and « -ez » forms do: no rule on endings may take them for verbs."""

NOUNS = frozenset({  # accents folded
    "affaire", "annuaire", "assez", "atelier", "avenir", "banquier", "beneficiaire", "cadre", "cahier", "calendrier",
    "chantier", "chez", "clavier", "commentaire", "conseiller", "contraire", "courrier", "courtier", "cyber",
    "danger", "dernier", "dossier", "douanier", "entretien", "escalier", "etranger", "exemplaire", "fer", "fevrier",
    "fichier", "financier", "formulaire", "foyer", "glossaire", "greffier", "hacker", "hier", "hiver", "huissier",
    "immobilier", "janvier", "leader", "lettre", "levier", "loyer", "maire", "manager", "membre", "mer", "metier",
    "mobilier", "nombre", "officier", "ordre", "ouvrier", "palier", "panier", "papier", "partenaire", "particulier",
    "passager", "pilier", "plaisir", "policier", "premier", "quartier", "questionnaire", "reporter", "salarie",
    "sentier", "signataire", "super", "titulaire", "usager", "ver",
})  # fmt: skip
