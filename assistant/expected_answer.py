"""What kind of thing a question asks for (a price, a delay, a name…), and whether a sentence holds one.

The « expected answer type » of question answering (Li and Roth, « Learning Question Classifiers », 2002), kept to the
kinds that a reader would miss at once: a passage about insurance does not answer « combien coûte l'assurance ? »
unless it holds an amount.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from assistant import foreign_law
from index import analyse

_NUMBER = (
    r"(?:\d|\b(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente"
    r"|quarante|cinquante|soixante|cent|cents|mille|dizaines?|douzaines?|quinzaines?|centaines?|milliers?|millions?"
    r"|milliards?|moitie|tiers|quart|double|triple)\b)"
)
_TIME = r"(?:ans?|annees?|mois|semaines?|jours?|heures?|minutes?|secondes?|siecles?|trimestres?|semestres?)"
# What a count in the world, not in the guide, is asked with.
_WHERE_AND_WHEN = (
    r"en france|en europe|dans le monde|francaise?s?|europeen(?:ne)?s?|aujourd'hui|actuellement|l'an dernier"
    r"|l'annee derniere|l'an passe|en (?:19|20)\d\d|in (?:19|20)\d\d|last year|in france|in europe|worldwide|currently"
)
_COUNTED = r"en france|en europe|dans le monde|(?:en|depuis|de|fin|debut) (?:19|20)\d\d"
_MONTH = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"

_AMOUNT = (
    r"\d ?(?:€|k€|m€|euros?|dollars?|\$|francs?|livres?|millions|milliards)",
    r"\b(?:euros?|dollars?|francs|gratuite?|gratuitement)\b",
)
_RISK = r"\bque risque|\brisque-t-on\b"
_OF_LAW = re.compile(r"\b(?:penal|juridique|justice|amende|peine|sanction|prison|loi\b|legal|tribuna)", re.I)
_PRICE = r"(?:prix|tarifs?|montant|salaire|remuneration)"
_FOR_READERS = r"(?! (?:de (?:presse|journaux|revues?|blogs?|fond)|scientifiques?|surveiller|relire|should|to)\b)"
# Of what may be done with an address, none is asked for.
_ASKED_OF = (
    r"^(?!.*\b(?:faut[- ]il|peut[- ]on|doit[- ]on|dois[- ]je|puis[- ]je) (?:enregistrer|garder|conserver|noter"
    r"|publier|afficher"
    r"|communiquer|donner|demander|collecter|transmettre|diffuser)\b)(?!.*\bque (?:repondre|faire)\b).*"
)


# « le portable du bureau a été volé » asks for no number.
_TAKEN = r"(?:vole\w*|perd\w*|oubli\w*|laiss\w*|egar\w*|cass\w*|pique\w*|prendre|saisi\w*|rend\w*|stolen|lost)"
_PHONE_ASKED_OF = rf"^(?!.*\b{_TAKEN}\b){_ASKED_OF.removeprefix('^')}"
# « combien de monde inviter ? » counts people, whatever they are called.
_ANYBODY = frozenset(analyse("monde gens personne people"))
_PEOPLE = _ANYBODY | frozenset(analyse(
    "participant membre adhérent invité expert visiteur salarié stagiaire acteur correspondant"
))  # fmt: skip
_COUNTED_NAME = re.compile(r"\b(?:combien|cb|cbien) d(?:e |')(?P<of>[\w-]+)|\bhow many (?P<many>[\w-]+)", re.I)
_NEAR = 3  # words before a name among which a number counts it
_IS_NUMBER = re.compile(rf"(?!une?$){_NUMBER}", re.I)


@dataclass(frozen=True)
class AnswerType:
    """A kind of answer: how a question asks for it, and what a sentence that gives one holds."""

    name: str
    asked: re.Pattern[str]
    held: re.Pattern[str]

    def is_held(self, sentence: str) -> bool:
        """Whether a sentence may give such an answer."""
        return bool(self.held.search(_unaccented(sentence)))


def asks_of_a_risk(question: str) -> bool:
    """Whether it asks what one risks, a leak or a loss as well as a penalty: none of them is named."""
    plain = _unaccented(question)
    return bool(re.search(_RISK, plain, re.I)) and not _OF_LAW.search(plain)


def counts_what_is_asked(question: str, sentence: str) -> bool:
    """Whether a sentence has a number of the very thing of which a question asks how many: « quatre missions »."""
    asked = _COUNTED_NAME.search(_unaccented(question))
    names = set(analyse(asked["of"] or asked["many"])) if asked else set()
    names |= _PEOPLE if names & _ANYBODY else set()
    words = re.findall(r"[\w-]+", _unaccented(sentence))
    return any(
        not names.isdisjoint(analyse(word)) and any(map(_IS_NUMBER.match, words[max(0, place - _NEAR) : place]))
        for place, word in enumerate(words)
    )


def expected_answer(question: str) -> AnswerType | None:
    """The kind of answer a question asks for; None for « comment », « pourquoi » and whatever is not listed."""
    plain = _unaccented(question)
    return next((kind for kind in _TYPES if kind.asked.search(plain)), None)


def _type(name: str, asked: Iterable[str], held: Iterable[str], flags: int = re.I) -> AnswerType:
    return AnswerType(name, re.compile("|".join(asked), re.I), re.compile("|".join(held), flags))


def _unaccented(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


# The first that a question asks for counts, so the narrow kinds stand before the wide ones. Accents are folded.
_TYPES = (
    _type("foreign_law", foreign_law.ASKED, foreign_law.HELD),
    _type("contact", (
        rf"{_ASKED_OF}\b(?:numero|num|n°) (?:de |du )?(?:tel|telephone|portable)\b",
        rf"{_ASKED_OF}(?<!avec les )(?<!avec des )\bcoordonnees (?:pour|d(?!e (?:mes|nos|ses|leurs|vos)\b"
        rf"|es (?:\w+ )?(?:visiteurs?"
        r"|visiteuses|salaries|clients|participants?|personnes|contacts|adherents|membres|inscrits|candidats)))",
        rf"{_PHONE_ASKED_OF}\b(?:tel|telephone|portable|adresse e?-?mail) (?:de|du|des|of)\b",
        r"\bl ?'?adresse (?:mail|et|postale)\b",
        r"\b(?:avez|as|auriez)[ -](?:vous |tu )?(?:leurs?|votre) numeros?(?! (?:de|d')\b)",
        r"\b(?:phone number|e-?mail address|contact details|postal address)\b",
    ), (r"@", r"\b0\d(?:[ .]?\d\d){4}", r"\b\d{5} [a-z]", r"https?://|\bwww\.")),
    _type("law", (
        rf"\b(?:quels?|which|what) articles?\b{_FOR_READERS}|"
        r"\barticles? (?:de loi|of (?:the )?(?:law|code))\b",
    ), (r"\barticles? (?:[lrd]\.? ?)?\d",)),
    _type("statute", (
        r"\bquell?es? (?:decrets?|lois?)\b|\b(?:which|what) (?:law|decree|statute)s?\b|\bnumero (?:de la loi"
        r"|du decret)",
    ), (
        r"\blois? (?:n|du \d)|\bdecrets? (?:n|du)|\breglements? (?:\(|n|ue|\d)|\bdirective\b"
        r"|\barticles? (?:[lrd]\.? ?)?\d",
        r"\bcode (?:du|de|general|penal|civil)",
    )),
    _type("date", (
        r"\bquand (?:est |a lieu |aura lieu |commence |se tient )?(?:la |le |les |l')?prochaine?s?\b",
        r"\bwhen is (?:the |your )?next\b",
        r"\bdates? (?:limite|de cloture|d'ouverture|exacte)", r"\b(?:en|de) quelle annee\b|\ba quelle date\b"
        r"|\bsiecle\b",
        r"\bdeadlines? (?:for|of)\b|\b(?:in|of) (?:which|what) year\b",
    ), (rf"\b(?:1\d|20)\d\d\b|\b\d{{1,2}}(?:er)? (?:{_MONTH})|\b(?:{_MONTH})\b|\bsiecle\b",)),
    _type("statistic", (
        r"(?<!from )(?<!above )(?<!over )(?<!partir de )(?<!dela de )\b(?:(?:combien|cb|cbien) (?:d|y a)|how many"
        r"|(?:quel|quelle|what) (?:pourcentage|part|nombre|proportion|share|percentage|number))"
        rf"(?!e? (?:{_TIME}|temps|tps)\b|'{_TIME})[^.?!]{{0,80}}\b(?:{_WHERE_AND_WHEN})\b",
    ), (rf"{_NUMBER}[^.;]{{0,80}}\b(?:{_COUNTED})\b", rf"\b(?:{_COUNTED})\b[^.;]{{0,80}}{_NUMBER}")),
    _type("rate", (
        r"\bquel(?:le)? (?:est )?(?:le |la )?(?:taux|pourcentage|proportion)\b|\bquel %|\btaux d[eu' ]",
        r"\bwhat (?:share|percentage|rate|proportion)\b|\bexchange rate\b",
    ), (r"%|\bpour cent\b|\bpourcent|\bmoitie\b|\btiers\b|\bquart\b|\b\d+ sur \d+",)),
    _type("money", (r"\b(?:quel|what) budget\b",), (*_AMOUNT, r"%|\bpour cent\b")),  # a share of the cost is one
    _type("money", (
        r"\bcout(?:e|ent|er|era|erait)\b.*\bcombien\b|\ben euros\b|\bcombien par an\b",
        r"\b(?:combien|cb)\b.{0,25}\b(?:cout(?:e|ent|er|era)|payer|verse|rembourse|gagne)\b",
        rf"\bquel(?:le)?s? (?:est |sont |serait )?(?:le |les |la )?{_PRICE}\b",
        rf"(?:^(?:et |bonjour,? )?|\b(?:donne\w*[- ](?:moi |nous )?|connaitre |c'?est quoi |c koi ))(?:le|la|les"
        rf"|un) {_PRICE}"
        r"(?: (?!(?:doit|doivent|peut|peuvent|est|sont|faut|qui|que)\b)[\w'-]+){0,8} ?[?!.]*$",
        r"\b(?:gagne|paye?|rembourse|verse) combien\b|\bhow much (?:does|do|is|will|money)\b",
        r"\bwhat (?:is|are) the (?:price|fee|fees|cost|salary)\b",
        r"\b(?:ca|cela|c') ?(?:est|coute) (?:vraiment |tres )?(?:cher|payant)\b[ ?!]*$",
        r"^(?:and )?is it (?:expensive|free) ?\?*$|\btouche combien\b|\bcombien (?!de |d')(?:[\w-]+ ){0,3}reclamer\b",
        r"^(?:et )?(?:les?|la|ces?|vos) (?!.*\b(?:qui|si)\b)[\w' -]{2,40} (?:sont|est)(?:-ils?|-elles?)?"
        r" (?:remuner|indemnis)ee?s? ?\?*$",
    ), _AMOUNT),
    _type("penalty", (
        r"\b(?:peine|amende|sanctions?) (?:\w+ ){0,3}(?:encour|risqu|prevue?|pour|en cas|si|quand|max)",
        _RISK,
        r"\bwhat (?:fine|penalty|sanction)|\bfine (?:be|for|does)\b"
        r"|\bquelle (?:peine|amende)\b",
    ), (r"\bamendes?\b|\bprison\b|\bemprisonnement\b|\bpeines?\b|\bpenal|\bsanction|\bpunie?s?\b|\bpassible",)),
    _type("download", (
        r"\b(?:ou|comment|lien|how|where)\b.{0,40}(?:telecharge|\bdownload)"
        r"|(?:telecharge\w*|\bdownload) (?:(?:le|la|les|un|une|ce|cette|votre|vos|the|a|your) )?(?:modele|formulaire"
        r"|guide|recueil|document|fiche|charte|trame|gabarit|pdf|template|kit|grille|tableau|check-?list|form|version)"
        r"|(?:formulaire|modele|fiche|trame|guide)s?\b.{0,15} a telecharger"
        r"|\bon clique ou\b|\bpas a pas\b|\bquel formulaire\b",
        r"\bwhere can (?:i|we) (?:get|find) the (?:form|template)",
    ), (r"https?://|\bwww\.|\.fr\b|\btelecharg|\bclique|\bformulaire",)),
    _type("person", (
        r"\bqui (?:preside|siege|dirige) (?:actuellement|en ce moment)\b|\baimerais (?:des|les) noms\b",
        r"\bdonne[rz]?(?:-moi)? le nom\b|\bwho (?:is|are) the (?:current|present)\b",
    ), (r"\b(?:M\.|Mme|Monsieur|Madame|Mr|Mrs|Dr) [A-Z]|presidee? par [A-Z]",), flags=0),
    _type("delay", (
        rf"\b(?:combien|cb|cbien) (?:de |d')?(?:temps|tps|{_TIME})\b|\bsous (?:combien|quel delai)\b"
        rf"|\bquels? delais?\b",
        r"\bhow (?:long|many (?:days|weeks|months|years|hours|minutes)|soon|often)\b|\bau bout de combien\b",
        r"\bquelle (?:duree|frequence|periodicite)\b|\btous les combien\b|\bpendant combien\b",
    ), (
        rf"{_NUMBER}[^.;]{{0,25}}\b{_TIME}\b|\bsans delai\b|\baussitot\b|\bdemi-journee|\bpermanen",
        r"\b(?:annuel|mensuel|trimestriel|semestriel|hebdomadaire|quotidien|immediat)",
        rf"\bchaque {_TIME}\b|\btou(?:s|tes) les\b|\bpar {_TIME}\b",
    )),
    _type("count", (
        r"\b(?:combien|cb|cbien) (?:de |d'|y a|sont|en faut|faut)|\bhow many\b|\bquel (?:est le )?nombre\b",
        r"\ba partir de combien\b|\bquels? seuils?\b|\bchiffre d'affaires (?:maximum|minimum)\b",
    ), (_NUMBER,)),
)  # fmt: skip
