"""One served chat page for all tests of a worker that only read and ask."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.serving import served


@pytest.fixture(scope="session")
def address(real_home: Path) -> Iterator[str]:
    """A served chat page."""
    with served(real_home) as address:
        yield address
