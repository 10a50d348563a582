"""Settings of the assistant room."""

from typing import Literal

from pydantic import Field, SecretStr

from corpus import Section

GeneratorName = Literal["extractive", "local", "api"]


class AssistantSettings(Section):
    """How much evidence is read, how long an answer may be, and how sure Vigie must be to give one."""

    generator: GeneratorName = Field(default="extractive", description="what writes the answer")
    local_model: str = Field(default="qwen2.5-coder-1.5b-instruct", description="what the generator `local` runs")
    api_url: str = Field(default="", description="OpenAI-compatible server of the generator `api`, ending in /v1")
    api_model: str = Field(default="", description="model that this server is asked for")
    api_key: SecretStr = Field(default=SecretStr(""), description="its key; give it by VIGIE_ASSISTANT__API_KEY")
    api_timeout: float = Field(default=30.0, gt=0, description="seconds to wait for it")
    api_retries: int = Field(
        default=2, ge=0, le=10, description="attempts after one that fails, further and further apart"
    )
    api_daily_tokens: int = Field(default=200_000, ge=0, description="tokens it may use in a day; 0 sets no limit")
    top_k: int = Field(default=16, ge=1, le=50, description="passages retrieved for a question")
    max_question_characters: int = Field(default=2000, gt=0, description="a longer question is refused")
    least_confidence: float = Field(default=0.23, ge=0, le=1, description="below it, Vigie says the guide is silent")
    sure_confidence: float = Field(default=0.4, ge=0, le=1, description="below it, Vigie answers but says it is unsure")
