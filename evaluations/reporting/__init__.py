"""Reports people read: a run, and what differs from another, as a page, a pull request's note, a sheet and data."""

from evaluations.reporting.writing import write_report

__all__ = ["write_report"]
