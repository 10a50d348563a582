"""Question and history to evidence to a checked answer. Knows LangChain."""

from assistant.abstention import Abstention, Coefficients
from assistant.answer import Answer, Citation, Language, Message, Passport, Question, Statement
from assistant.chain import Assistant, section_heading
from assistant.embeddings import GuideEmbeddings
from assistant.language import detect_language
from assistant.privacy import turn_tracing_off
from assistant.retriever import GuideRetriever
from assistant.settings import AssistantSettings
from assistant.support import Likeness, contradictions, judge
from assistant.support_features import Encoded, Source, shared
from assistant.wording import guide_name, wording

__all__ = [
    "Abstention",
    "Answer",
    "Assistant",
    "AssistantSettings",
    "Citation",
    "Coefficients",
    "Encoded",
    "GuideEmbeddings",
    "GuideRetriever",
    "Language",
    "Likeness",
    "Message",
    "Passport",
    "Question",
    "Source",
    "Statement",
    "contradictions",
    "detect_language",
    "guide_name",
    "judge",
    "section_heading",
    "shared",
    "wording",
]

turn_tracing_off()
