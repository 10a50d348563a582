"""Readings in workers that need not import the reader each."""

from tests.corpus.forking import forked_workers

__all__ = ["forked_workers"]
