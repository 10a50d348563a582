"""Settings of the index room."""

from pydantic import Field

from corpus import Section


class IndexSettings(Section):
    """Which model embeds, and how lexical and dense scores are weighed."""

    model: str = Field(default="embeddinggemma-300m", description="a name in `vigie models list`")
    candidates: int = Field(default=200, gt=0, description="passages taken from each side before fusion")
    glossary: bool = Field(default=True, description="read acronyms and synonyms by the glossary")
