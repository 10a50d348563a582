"""An assistant on a published index, for benchmarks: the rooms at the left only, and no settings file."""

import os
from pathlib import Path

from assistant import Assistant, AssistantSettings, Generator, LocalGenerator
from index import IndexVersion, Searcher, load_embedder, load_glossary, models_home

INDEX = Path(os.environ.get("VIGIE_HOME", ".vigie")) / "index"


def open_assistant(root: Path = INDEX, generator: Generator | None = None) -> Assistant:
    """The assistant with its default settings, on the model of the index."""
    version = IndexVersion(root)
    embedder = load_embedder(version.manifest.model.name, models_home())
    return Assistant(Searcher(version, embedder, glossary=load_glossary()), AssistantSettings(), generator)


def local_generator() -> LocalGenerator:
    """The default local generator, loaded."""
    generator = LocalGenerator(AssistantSettings().local_model, models_home())
    generator.warm_up()
    return generator
