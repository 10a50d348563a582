"""Run by Alembic, on the connection that `database.open_database` gives it."""

from alembic import context

from ui.kept.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite cannot alter a table otherwise
)
context.run_migrations()
