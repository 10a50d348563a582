"""Settings of the corpus room, and how every room's section is declared."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

# A day at most: no timer can be set for a time without end, nor for as long as a number can say.
Seconds = Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False)]


class Section(BaseModel):
    """A frozen group of settings; an unknown key is an error, so that no typing mistake is silently ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CorpusSettings(Section):
    """Limits on what one file may cost, and the size of passages."""

    max_megabytes: int = Field(default=200, gt=0, description="largest file read, in MB")
    max_pages: int = Field(default=2000, gt=0, description="most pages read in one file")
    max_seconds: Seconds = Field(default=120.0, description="longest reading of one file, in seconds")
    max_decompressed_mb: int = Field(
        default=1000, gt=0, description="most that the text of one file may unpack to, in MB"
    )
    max_nesting: int = Field(default=100, gt=0, le=500, description="deepest page tree, or brackets in a row")
    max_memory_mb: int = Field(default=2048, gt=0, description="most memory one reading may use, in MiB")
    max_fetch_seconds: Seconds = Field(default=300.0, description="longest download of one file, in seconds")
    allow_private_addresses: bool = Field(
        default=False, description="whether a download may come from this machine or its own network"
    )
    passage_words: int = Field(default=130, ge=20, description="a longer paragraph is cut between sentences")
    short_block_words: int = Field(default=25, ge=0, description="a shorter block joins its neighbours")
