"""What Vigie keeps of its readers: conversations and what they said of answers, in one database, by owner."""

from ui.kept.conversations import Conversation, Conversations
from ui.kept.database import DatabaseRefused, database_url, named, open_database
from ui.kept.opinions import Opinion, Opinions
from ui.kept.personal import Holding, export, holdings, is_known, language_of, remember_language
from ui.kept.removal import delete_conversation, erase, purge
from ui.kept.turns import KeptTurn, LostTurn

__all__ = [
    "Conversation",
    "Conversations",
    "DatabaseRefused",
    "Holding",
    "KeptTurn",
    "LostTurn",
    "Opinion",
    "Opinions",
    "database_url",
    "delete_conversation",
    "erase",
    "export",
    "holdings",
    "is_known",
    "language_of",
    "named",
    "open_database",
    "purge",
    "remember_language",
]
