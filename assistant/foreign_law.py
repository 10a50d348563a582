"""Questions on the law of another country, which a guide for French members does not say: « … en droit allemand ? ».

Patterns on text whose accents are folded. Countries are those that members name; of any other the evidence decides.
"""

_COUNTRIES = (
    r"allemagne|suisse|etats[- ]unis|usa|royaume[- ]uni|angleterre|grande[- ]bretagne|ecosse|irlande|belgique"
    r"|luxembourg|pays[- ]bas|espagne|portugal|italie|autriche|pologne|suede|norvege|danemark|finlande|grece"
    r"|russie|ukraine|turquie|israel|maroc|tunisie|algerie|senegal|egypte|emirats|dubai|arabie saoudite|qatar"
    r"|inde|chine|japon|coree|taiwan|singapour|vietnam|australie|canada|quebec|mexique|bresil|texas|californie"
    r"|germany|switzerland|united states|united kingdom|england|scotland|ireland|belgium|netherlands|spain"
    r"|italy|austria|poland|sweden|norway|denmark|finland|greece|russia|turkey|morocco|india|china|japan|korea"
    r"|singapore|australia|mexico|brazil|california"
)
_OF_THEM = (
    r"allemande?s?|suisses?|americaine?s?|anglaise?s?|britanniques?|irlandaise?s?|belges?|luxembourgeoise?s?"
    r"|neerlandaise?s?|espagnole?s?|portugaise?s?|italien(?:ne)?s?|autrichien(?:ne)?s?|polonaise?s?|suedoise?s?"
    r"|russes?|turc|turque|israelien(?:ne)?s?|marocaine?s?|tunisien(?:ne)?s?|algerien(?:ne)?s?|indien(?:ne)?s?"
    r"|chinoise?s?|japonaise?s?|coreen(?:ne)?s?|australien(?:ne)?s?|canadien(?:ne)?s?|quebecoise?s?|mexicaine?s?"
    r"|bresilien(?:ne)?s?"
    r"|german|swiss|american|english|british|irish|belgian|dutch|spanish|italian|austrian|polish|swedish|russian|turkish"
    r"|israeli|moroccan|indian|chinese|japanese|korean|australian|canadian|mexican|brazilian|uk"
)
_LAW = r"(?:droit|lois?|legislation|reglementation)"
# What a law gives or takes, in one country and not in the next; of the GDPR it is the same in many.
_SECRETS = r"(?:secrets? (?:d'affaires|des affaires|de fabrication|industriels?)|trade secrets?)"
_LASTS = r"(?:combien de temps|combien d'annees|quelle (?:est la )?duree|dure\w*|how long|lasts?)"
_TAKES = r"(?:amendes?|fines?|peines?|prison|penalt(?:y|ies))"
_THERE = rf"(?:(?:en|au|aux|a|in(?: the)?) (?:{_COUNTRIES})|(?:aux|in the) us|in the uk)\b"
# « part-on en Chine avec un brevet ? » is of a journey; « une loi américaine peut-elle nous obliger ? », of us.
_ELSEWHERE = (
    r"^(?!.*\b(?:voyage\w*|deplace\w*|mission|salon|pars|part|partir|partent|partons|travel\w*|trip|fair|france|french"
    r"|francais\w*|rgpd|gdpr|oblige\w*|impose\w*|exige\w*|reclam\w*|force\w*|order\w*|demande\w*|asks?)\b)"
)

ASKED = (
    rf"{_ELSEWHERE}.*\b{_LAW} (?:\w+ )?(?:{_OF_THEM})\b",
    rf"{_ELSEWHERE}.*\b{_LAW} (?:\w+ )?(?:d'|de l'|de la |de |du |des )(?:{_COUNTRIES})\b",
    rf"{_ELSEWHERE}.*\b{_LAW} (?:\w+ )?{_THERE}",
    rf"{_ELSEWHERE}.*\b(?:{_OF_THEM}) (?:\w+ )?(?:law|legislation|regulations?)\b",
    rf"{_ELSEWHERE}.*\blaws? (?:in|of)(?: the)? (?:{_COUNTRIES})\b",
    rf"{_ELSEWHERE}.*\b{_SECRETS} {_THERE}",
    rf"{_ELSEWHERE}(?=.*\b{_THERE})(?=.*\b(?:brevets?|patents?|{_SECRETS})\b).*\b{_LASTS}\b",
    rf"{_ELSEWHERE}(?=.*\b{_THERE}).*\b{_TAKES}\b",
)
HELD = (rf"\b(?:{_COUNTRIES}|{_OF_THEM})\b",)
