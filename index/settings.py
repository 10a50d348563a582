"""Settings of the index room."""

from pydantic import Field

from corpus import Section


class IndexSettings(Section):
    """Which model embeds, and how lexical and dense scores are weighed."""

    model: str = Field(default="embeddinggemma-300m", description="a name in `vigie models list`")
    batch_size: int = Field(default=32, gt=0, description="strings encoded at once when building")
    candidates: int = Field(default=200, gt=0, description="passages taken from each side before fusion")
