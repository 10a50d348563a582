"""Settings of the conversations: how many questions, how long they are kept, and where."""

from pydantic import Field

from corpus import Section


class ChatSettings(Section):
    """Limits on what one person and one machine may be asked, and the life of conversations."""

    questions_per_minute: int = Field(default=20, ge=1, le=1000, description="most questions of one person in a minute")
    answers_at_once: int = Field(
        default=0, ge=0, le=256, description="answers made at the same time; 0: as many as the machine has cores"
    )
    retention_days: int = Field(
        default=180, ge=0, le=36_500, description="days that a conversation is kept; 0: until its owner deletes it"
    )
    database_url: str = Field(
        default="", max_length=2000, description="where conversations are kept; empty: sqlite, vigie.db in VIGIE_HOME"
    )
