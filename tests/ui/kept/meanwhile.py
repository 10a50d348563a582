"""What another window does to the database while this one writes."""

import sqlite3

from sqlalchemy import Engine, event


def deleted_before_the_first_write(engine: Engine) -> None:
    """Delete all conversations just before the next statement that writes, once what it rests on was read."""
    writes: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def delete(_connection, _cursor, statement, *_) -> None:
        if writes or statement.startswith("SELECT"):
            return
        writes.append(statement)
        other = sqlite3.connect(engine.url.database)
        other.execute("PRAGMA foreign_keys = ON")
        other.execute("DELETE FROM conversations")
        other.commit()
        other.close()
