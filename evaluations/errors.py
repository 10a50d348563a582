"""Errors of the evaluations room."""

from corpus import VigieError


class EvaluationError(VigieError):
    """A question set or a run cannot be used."""
