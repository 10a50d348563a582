"""What is not a question to the guide: greetings, thanks, questions about Vigie, and what Vigie is not for.

Rules on words, in French and English, as narrow as they can be: a question that might be for the guide goes to it.
"""

import re
import unicodedata
from typing import Literal

from assistant.answer import Language
from assistant.ghostwriting import ANSWERED_IN, SHORTER, request

Kind = Literal[
    "greeting", "about", "thanks", "creative", "code", "politics", "legal_case", "medical", "leisure", "own_case",
    "writing", "translation",
]  # fmt: skip
OUTSIDE: frozenset[Kind] = frozenset({"creative", "code", "politics"})  # what no passage would make a question
HELPED: frozenset[Kind] = frozenset(
    {"writing", "translation", "own_case"}
)  # declined, with what the guide says near it
NO_QUESTION: frozenset[Kind] = OUTSIDE | HELPED | {"greeting", "about", "thanks"}

_GREETING = re.compile(
    r"(?:bonjour|bonsoir|salut|coucou|slt|bjr|hello|hi|hey|good (?:morning|evening|afternoon))(?: (?:vigie|a tous"
    r"|there))?"
)
_BEING = (
    r"(?:(?:vraie?|real|simple|actual) )?(?:personne|humaine?|etre humain|robot|machine|bot|chatbot|ia|ai|intelligence"
    r" artificielle|person|human(?: being)?|chat ?gpt)"
)
_ABOUT = re.compile(
    r"(?:qui (?:es[ -]tu|etes[ -]vous)|(?:tu es|t es|vous etes) qui(?: toi| vous| vigie)?(?: en fait| au juste)?"
    r"|c est qui vigie"
    r"|qu est ce que (?:tu|vous) (?:sais|savez|peux|pouvez) faire|(?:tu|vous) (?:sais|savez|peux|pouvez) faire quoi"
    r"|que (?:peux|sais)[ -]tu faire"
    r"|que pouvez[ -]vous faire"
    r"|(?:tu|vous) (?:sers?|servez|fais|faites) (?:a quoi|quoi)|a quoi (?:sers[ -]tu|servez[ -]vous|ca sert|tu sers)"
    r"|c est quoi vigie|qu est ce que vigie|comment (?:ca|tu) (?:marche|fonctionne)s?|aide(?: moi)?|help(?: me)?"
    r"|who are you|what can you do|what are you(?: for)?|how do you work"
    r"|(?:est ce que )?(?:es[ -]tu|tu es|t es|vous etes|etes[ -]vous) (?:vraiment )?(?:un |une )?"
    rf"{_BEING}(?: ou (?:un |une )?{_BEING})?"
    rf"|are you (?:really )?(?:an? )?{_BEING}(?: or (?:an? )?{_BEING})?|comment t appelles tu|what s your name"
    r"|(?:d ou viennent|quelles sont) tes (?:sources|informations)|what are your sources)(?: (?:vigie|exactement|stp))?"
)
_OF_THIS = re.compile(
    r"(?:a quoi ca sert|(?:et )?comment ca (?:marche|fonctionne)|(?:est ce que )?c est confidentiel)(?: exactement)?"
)
# What becomes of what is written here; of data that are not, the guide speaks.
_OURS = r"(?:mes|nos|ma|notre|my|our) (?:questions?|conversations?|chats?)"
_WRITTEN = r"ce que (?:je?|nous|on) (?:dis|dit|disons|ecris|ecrit|ecrivons|tape|tapons|demande|demandons)"
_DATA_GIVEN = r"(?:mes|nos|my|our) (?:donnees|data|messages?|informations?)"
_WITH_YOU = r"(?:ici|chez (?:vous|toi)|avec (?:vous|toi)|sur (?:ton|votre) serveur|on your server|with you|here)"
_STORED = (
    r"(?:gard(?:e[sz]?|ees?)|conserv(?:e[sz]?|ees?)|enregistr(?:e[sz]?|ees?)|stock(?:e[sz]?|ees?)|envoy(?:e[sz]?|ees?)"
    r"|lis(?:ez)?|lues?|transmis(?:es?)?|stored?|keep|kept|log(?:ged)?|saved?|sen[dt]|read|seen?|safe|private|secure"
    r"|confidential|confidentiel(?:le)?s?|privee?s?|en securite)"
)
_DATA = re.compile(
    rf"(?:(?:est ce que )?(?:tu|vous|vigie) {_STORED} (?:{_WRITTEN}|{_OURS}|{_DATA_GIVEN})"
    rf"|(?:ou (?:vont|partent|sont)|que deviennent|qui (?:voit|lit|recoit)|what happens to|where (?:does|do|is|are)"
    rf"|who (?:sees|reads|can see|can read)) (?:{_OURS}|{_WRITTEN}|mes donnees|my data)(?: go)?"
    rf"|(?:est ce que )?{_OURS} (?:sont|est|restent?)(?: elles| ils)? {_STORED}|(?:is|are) {_OURS} {_STORED}"
    rf"|do you {_STORED} (?:what (?:i|we) (?:write|ask|type)|{_OURS}|{_DATA_GIVEN})"
    rf"|(?:est ce que )?(?:{_WRITTEN} est|c est) confidentiel(?: {_WRITTEN})?"
    rf"|(?:est ce que |is |are )?{_DATA_GIVEN} (?:\w+ ){{0,3}}{_WITH_YOU})(?: (?:vigie|{_WITH_YOU}))?"
)
_DELIGHT = (  # which assent alone is not
    r"(?:(?:c est |tout est |that s )?(?:tres |trop |bien |very )?(?:super|parfait|genial|top|nickel|cool|clair"
    r"|note|entendu|compris|great|perfect|clear|helpful|noted))"
)
_PLEASED = rf"(?:ok|d accord|c est bien|tres bien|{_DELIGHT})"
_FOR_WHAT = (
    r"(?:beaucoup|bien|infiniment|a toi|a vous|vigie|(?:pour|de) (?:tout|(?:votre|ton|l) (?:aide|reponse|temps)"
    r"|(?:ces|vos|tes|cette|la) (?:precisions?|reponses?|informations?)))"
)
_THANKED = (
    rf"(?:(?:un grand )?merci(?: {_FOR_WHAT}){{0,2}}|je (?:vous|te) remercie(?: {_FOR_WHAT}){{0,2}}|mci|thx"
    r"|thanks(?: a lot)?|thank you(?: (?:very|so) much)?)"
)
_LEAVE = r"(?:au revoir|bye|(?:et )?bonne (?:journee|soiree)(?: a vous| a toi)?|a bientot)"
_THANKS = re.compile(
    rf"(?:{_PLEASED} ){{0,2}}{_THANKED}(?: {_PLEASED}){{0,2}}(?: {_LEAVE})?|{_LEAVE}|(?:{_PLEASED} )?{_DELIGHT}"
)
_LANGUAGE = r"(?:python|java(?:script)?|bash|sql|vba|php|html|css|rust|ruby|perl|matlab|excel|informatique)"
_INVITED = re.compile(  # of what one is offered the guide speaks, be it a match
    r"\b(?:m|nous|vous|me|us) (?:a |ont |avez |has |have )?(?:invit|offr|offer|offert).*"
    r"\b(?:accept|refus|decliner|puis je|peut on|faut il|dois je|doit on|que faire|le droit|should|can|may)"
)
_TO_US = r"(?:moi |me |nous )?(?:un |une |du |a |an |le |some )?"
_LONGEST = 120  # letters of small talk
_SIGNS = ".,:;?!"  # that sentences are told apart by
_OUTSIDE: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("creative", re.compile(
        r"\b(?:ecris|ecrivez|redige|compose|invente|imagine|trouve|raconte|fais|faites|chante|write|compose"
        r"|tell)\w*(?: moi| nous"
        r"| me| us)?"
        r" (?:un |une |des |les |a |an |some )?(?:\w+ ){0,2}(?:poeme|poesie|chanson|rap|haiku|sonnet|blague|slogan"
        r"|paroles"
        r"|nouvelle (?:policiere|fantastique)"
        r"|histoire drole|conte"
        r"|discours (?:drole|de mariage|pour le depart)|lettre (?:de motivation|de motiv|d amour)|poem|song|joke"
        r"|limerick"
        r"|short story|cover letter|love letter)\b|\b(?:ma|une|my) (?:lettre de motiv|cover letter)"
        r"|\bpetit discours\b")),
    ("code", re.compile(
        rf"\b(?:ecris|ecrivez|write|code|genere|generate|donne|give)\w* {_TO_US}(?:(?:petit|small|{_LANGUAGE}) )*"
        rf"(?:script|regex|requete sql|macro|{_LANGUAGE} (?:code|programme|fonction|function|program)"
        rf"|(?:code|programme|fonction|function|program) (?:en |in )?{_LANGUAGE})\b"
        rf"|\b(?:ecris|ecrivez|write|genere|generate)\w* {_TO_US}(?:code|fonction|function|program)\b"
        rf"|\b(?:ecris|ecrivez|write|donne|give)\w* {_TO_US}(?:programme|fonction|program|function)"
        r" (?:qui|pour|that|to) (?:trie\w*|calcul\w*|lire|parse\w*|sort\w*|comput\w*)\b"
        r"|\bformule excel\b|\bexcel formula\b|\bfine ?tun\w+\b")),
    ("politics", re.compile(
        r"\bpour qui (?:faut il |dois je |je dois |il faut |vais je )?vot\w+|\bwho should i vote\b"
        r"|\bvote\w* (?:a la presidentielle"
        r"|aux (?:elections )?(?:presidentielles|legislatives|municipales|europeennes))\b"
        r"|\bque penses[ -]tu (?:du president|de macron"
        r"|du gouvernement|de la gauche"
        r"|de la droite)|\bwhat do you think of (?:the president|macron|trump|the government)\b"
        r"|\b(?:gauche ou droite|left or right wing)\b"
        r"|\bquel parti (?:politique )?(?:choisir|est le meilleur|a raison)\b|\bwhich (?:political party\b"
        r"|party (?:do you|should (?:i|we) (?:vote|support|choose)|is (?:the )?(?:best|right)))"
        r"|\b(?:tu es|es tu|vous etes|etes vous|are you) (?:pour ou contre|pour le|contre le|de gauche|de droite"
        r"|for or against)\b"
        r"|\bque (?:penses[ -]tu|pensez[ -]vous) de (?:la |cette )?(?:politique (?:\w+ )?(?:du gouvernement"
        r"|de l etat|de la france"
        r"|europeenne|fiscale|industrielle|etrangere)|reforme des retraites)"
        r"|\b(?:gouvernement|ministre|macron|government|minister)\b.*\b(?:a t ?il (?:raison|tort)"
        r"|(?:du )?bon travail|doing a good job)\b")),
    ("medical", re.compile(
        r"\b(?:mal (?:au|a la|aux|a l) (?:dos|tete|ventre|gorge|dents?|genoux?)|fievre|antibiotique\w*|ordonnance"
        r"|symptome\w*"
        r"|sore throat|fever|headache|back pain|antibiotics|ma tension|je suis enceinte|medicament\w*|posologie"
        r"|paracetamol"
        r"|ibuprofene?|doliprane|insomni\w+|arret maladie pour)\b")),
    ("legal_case", re.compile(
        r"\b(?:mon|ma|my) (?:proprio\w*|proprietaire|divorce|ex[ -](?:mari|femme|conjoint)|landlord|caution|loyer"
        r"|voisin|neighbou?r"
        r"|heritage|succession|garde d enfants?|permis de conduire)\b|\b(?:gagner|win|perdre) (?:aux|au|my|mon|le"
        r"|the) (?:prud homm\w+"
        r"|proces|case|tribunal)\b|\bdommages et interets (?:je|puis)\b|\bmon avocat\b|\bporter plainte contre mon\b")),
    ("own_case", re.compile(
        r"\bj ai ete licencie\w*|\b(?:suing|sued) (?:me|us)\b|\b(?:ai je le droit|je peux"
        r"|puis je) (?:de )?demissionner\b"
        r"|\bcombien (?:puis je|je peux|peut on|pouvons nous) (?:reclamer|demander) (?:aux|en|de) (?:prud|justice"
        r"|dommages)"
        r"|\b(?:mon|ma) (?:patron|employeur|chef|boss|employer)\b.*\b(?:ai je le droit|a t il le droit"
        r"|do i have the right)\b")),
    ("leisure", re.compile(
        r"\b(?:recette|recipe|kouign|restaurant (?:pres|near|a |pour)|good restaurant|meteo|il va pleuvoir"
        r"|va t il pleuvoir|fera t il beau"
        r"|va faire beau|weather|(?:qui a|ki a|who) (?:gagne|won)|match|six nations|ligue 1|coupe du monde|world cup"
        r"|horoscope"
        r"|(?:film|livre|serie)s?\b.*\b(?:recommand\w+|conseill\w+|recommend)|what should i (?:visit|see)"
        r"|idee(?:s)? (?:de )?cadeau|gift idea|film (?:a voir|ce soir)|serie (?:a voir|netflix)|capitale (?:de"
        r"|du) \w+|capital of \w+)\b")),
)  # fmt: skip


def purpose(question: str) -> Kind | None:
    """What a message is, where it is no question to the guide; None where it is one."""
    plain = _plain(question)
    greeted = _GREETING.match(plain)
    rest = plain[greeted.end() :].strip() if greeted else plain
    if greeted and not rest:
        return "greeting"
    if len(rest) <= _LONGEST and (_ABOUT.fullmatch(rest) or _DATA.fullmatch(rest)):
        return "about"
    if len(rest) <= _LONGEST and _THANKS.fullmatch(rest):
        return "thanks"
    outside = next((kind for kind, pattern in _OUTSIDE if pattern.search(rest)), None)
    if outside == "leisure" and _INVITED.search(rest):
        return None
    return outside or request(_plain(question, kept=_SIGNS))


def speaks_of_this(message: str) -> bool:
    """Whether it asks of « ça » what may be asked of Vigie too, and after an answer is asked of what was said."""
    return bool(_OF_THIS.fullmatch(_plain(message)))


def asks_for_less(message: str) -> bool:
    """Whether it asks for nothing but the answer before in fewer words: « plus court stp », « résume-moi ça »."""
    return bool(SHORTER.fullmatch(_plain(message, kept=_SIGNS)))


def asked_language(message: str) -> Language | None:
    """The language in which it asks to have the answer before, where it asks for nothing else: « en anglais svp »."""
    asked = ANSWERED_IN.fullmatch(_plain(message, kept=_SIGNS))
    if asked is None:
        return None
    return "en" if {"anglais", "english"}.intersection(asked.groups()) else "fr"


def asks_for_the_same(message: str) -> bool:
    """Whether it asks for nothing but the answer before, in fewer words or in another language."""
    return asks_for_less(message) or asked_language(message) is not None


def _plain(text: str, kept: str = "") -> str:
    """Without capitals, accents and punctuation; a sign that is `kept` is followed by a blank."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    signed = re.sub(f"([{kept}])", r" \1 ", bare) if kept else bare
    return " ".join(re.sub(rf"[^\w+{kept}]+", " ", signed).split())
