"""Question and history to evidence to a checked answer. Knows LangChain."""

from assistant.abstention import Abstention, Coefficients
from assistant.answer import Answer, Citation, Language, Message, Passport, Question, Statement
from assistant.chain import Assistant, section_heading
from assistant.embeddings import GuideEmbeddings
from assistant.language import detect_language
from assistant.privacy import turn_tracing_off
from assistant.retriever import GuideRetriever
from assistant.settings import AssistantSettings
from assistant.wording import guide_name, wording

__all__ = [
    "Abstention",
    "Answer",
    "Assistant",
    "AssistantSettings",
    "Citation",
    "Coefficients",
    "GuideEmbeddings",
    "GuideRetriever",
    "Language",
    "Message",
    "Passport",
    "Question",
    "Statement",
    "detect_language",
    "guide_name",
    "section_heading",
    "wording",
]

turn_tracing_off()
