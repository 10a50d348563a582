"""Settings of the assistant room."""

from typing import Literal

from pydantic import Field

from corpus import Section

GeneratorName = Literal["extractive"]


class AssistantSettings(Section):
    """How much evidence is read, how long an answer may be, and how sure Vigie must be to give one."""

    generator: GeneratorName = Field(default="extractive", description="what writes the answer")
    top_k: int = Field(default=8, ge=1, le=50, description="passages retrieved for a question")
    max_question_characters: int = Field(default=2000, gt=0, description="a longer question is refused")
    least_confidence: float = Field(default=0.3, ge=0, le=1, description="below it, Vigie says the guide is silent")
    sure_confidence: float = Field(default=0.6, ge=0, le=1, description="below it, Vigie answers but says it is unsure")
