"""What is searched has « oe » for « œ » and « ae » for « æ », as `conversations.folded` now writes it."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Untie the letters of what was folded before: it is in lower case already."""
    for table in ("conversations", "turns"):
        op.execute(
            f"UPDATE {table} SET folded = replace(replace(folded, 'œ', 'oe'), 'æ', 'ae') "
            "WHERE folded LIKE '%œ%' OR folded LIKE '%æ%'"
        )


def downgrade() -> None:
    """Nothing is to be undone: an earlier Vigie finds these words where they are typed with two letters."""
