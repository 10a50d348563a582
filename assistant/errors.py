"""Errors of the assistant room."""

from corpus import VigieError


class AssistantError(VigieError):
    """A question could not be answered for a reason that is not in the question."""
