"""An assistant on a published index, for benchmarks: the rooms at the left only, and no settings file."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr

from assistant import ApiGenerator, Assistant, AssistantSettings, Generator, LocalGenerator, Spending, WritingTask
from index import GGUF, IndexVersion, Searcher, load_embedder, load_glossary, model_folder, models_home

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


@contextmanager
def served_generator(model: str, folder: Path) -> Iterator[ApiGenerator]:
    """An `api` generator that asks llama.cpp's own server, on loopback, for an installed model.

    What it spends is written in `folder`. It has read what every prompt starts with, as a warm local model has: a
    prompt read in one piece or in two gives other sums, and now and then another word.
    """
    import xllamacpp  # noqa: PLC0415 - 34 MB of library, for this generator only

    params = xllamacpp.CommonParams()
    params.model.path = str(model_folder(model, models_home()) / GGUF)
    params.n_ctx, params.n_parallel, params.verbosity, params.ui = 3072, 1, -1, False
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = os.cpu_count() or 1
    server = xllamacpp.Server(params)
    spending = Spending(folder / "tokens.json", 0)
    generator = ApiGenerator(f"{server.listening_address}/v1", model, SecretStr(""), spending, timeout=120)
    next(generator.write(WritingTask("Bonjour ?", "fr", ())))
    yield generator
    del server
