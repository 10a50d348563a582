"""Errors of the index room."""

from corpus import VigieError


class IndexError_(VigieError):
    """Anything about an index version that a user or an admin can act on."""


class IndexUnavailable(IndexError_):
    """There is no published version to serve."""


class IndexUnreadable(IndexUnavailable):
    """A file of a version is there, and may not be read."""


class IndexDamaged(IndexError_):
    """A file of a version is missing or is not what its manifest says."""


class IndexMismatch(IndexError_):
    """A version was built with another model or another format."""


class IndexBusy(IndexError_):
    """Another process is writing."""


class DiskRefused(IndexError_):
    """The disk is full, read-only or forbidden."""


class PublicationRefused(IndexError_):
    """A version is not good enough to be published, or is not there to be."""


class NothingToIndex(IndexError_):
    """No publication could be read."""


class ModelMissing(IndexError_):
    """The embedding model is not installed."""


class ModelInstallError(IndexError_):
    """A model could not be installed."""
