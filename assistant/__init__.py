"""Question and history to evidence to a checked answer. Knows LangChain."""

from assistant.abstention import Abstention, Coefficients, MarginWeight
from assistant.answer import Answer, Citation, Language, Message, Passport, Question, Shape, Statement
from assistant.api import ApiGenerator
from assistant.chain import Assistant
from assistant.composing import bare, headings_over, section_heading
from assistant.drafts import sentences as draft_sentences
from assistant.embeddings import GuideEmbeddings
from assistant.expected_answer import expected_answer
from assistant.extractive import quote_traits
from assistant.followup import standalone
from assistant.generation import Extract, Generator, GeneratorFailed, WritingTask
from assistant.language import detect_language
from assistant.local import LocalGenerator
from assistant.modality import puts_duty
from assistant.numbers import numbers
from assistant.privacy import turn_tracing_off
from assistant.quoting import near_sentences
from assistant.recheck import OldAnswer, OldCitation, Recheck, UnknownAnswer, old_answer, recheck
from assistant.retriever import GuideRetriever
from assistant.settings import AssistantSettings
from assistant.shapes import definable
from assistant.spending import Spending
from assistant.statements import Checker
from assistant.support import Likeness, contradictions, judge
from assistant.support_features import Encoded, Source, shared
from assistant.usefulness import QuoteTraits
from assistant.wording import guide_name, wording

__all__ = [
    "Abstention",
    "Answer",
    "ApiGenerator",
    "Assistant",
    "AssistantSettings",
    "Checker",
    "Citation",
    "Coefficients",
    "Encoded",
    "Extract",
    "Generator",
    "GeneratorFailed",
    "GuideEmbeddings",
    "GuideRetriever",
    "Language",
    "Likeness",
    "LocalGenerator",
    "MarginWeight",
    "Message",
    "OldAnswer",
    "OldCitation",
    "Passport",
    "Question",
    "QuoteTraits",
    "Recheck",
    "Shape",
    "Source",
    "Spending",
    "Statement",
    "UnknownAnswer",
    "WritingTask",
    "bare",
    "contradictions",
    "definable",
    "detect_language",
    "draft_sentences",
    "expected_answer",
    "guide_name",
    "headings_over",
    "judge",
    "near_sentences",
    "numbers",
    "old_answer",
    "puts_duty",
    "quote_traits",
    "recheck",
    "section_heading",
    "shared",
    "standalone",
    "wording",
]

turn_tracing_off()
