"""haiku.rag: docling's parser and hybrid chunker, LanceDB, vectors and full text fused by reciprocal rank.

Its defaults are kept (256 tokens a chunk, hybrid chunker with merged peers, hybrid search, no reranker: "Document
Processing", https://ggozad.github.io/haiku.rag/configuration/processing/, and "Tuning",
https://ggozad.github.io/haiku.rag/tuning/), except where no model hub is reached:

- docling's standard PDF pipeline always loads a layout model from a hub, even without OCR and tables. Its model-free
  `NativePdfPipeline` reads the same lines with the same parser, with their pages, but finds neither headings nor tables
  nor columns. The document then goes through haiku.rag's own steps as "Custom Processing Pipelines" shows:
  https://ggozad.github.io/haiku.rag/custom-pipelines/. No image of a page or picture is kept: nothing here uses one.
- its tokenizer for chunks is its default encoder's (Qwen3), from a hub: here the encoder's own instead.
- prompts are only allowed with an embedding server ("Providers"): embedding_server.py serves the same weights on the
  loopback, run by the Python of the floor's environment, whose torch is the other peers'. Texts go in batches of 64
  instead of 512, so that no call of a large encoder on few cores outlasts the client's timeout of ten minutes.
"""

import asyncio
import json
import logging
import os
import subprocess
import sys
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docling.datamodel.base_models import InputFormat
from docling.datamodel.pipeline_options import NativePdfPipelineOptions
from docling.document_converter import DocumentConverter, PdfFormatOption
from docling.pipeline.native_pdf_pipeline import NativePdfPipeline
from haiku.rag.client import HaikuRAG
from haiku.rag.config import AppConfig

if TYPE_CHECKING:
    from evaluations.benchmarks.peers.common import Found, Meter, Settings, Skipped, main
else:
    from common import Found, Meter, Settings, Skipped, main

ENCODER = Path(sys.prefix).parent / "floor" / "bin" / "python"


class Server:
    """The embedding server, stopped with this process."""

    def __init__(self, model: Path) -> None:
        script = Path(__file__).with_name("embedding_server.py")
        self.process = subprocess.Popen(
            [str(ENCODER), str(script), str(model)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        line = self.process.stdout.readline() if self.process.stdout else ""
        if not line:
            raise SystemExit(f"the embedding server did not start: {ENCODER}")
        ready = json.loads(line)
        self.address, self.dimension = f"http://127.0.0.1:{ready['port']}", ready["dimension"]

    def meter(self) -> Meter:
        """What it embedded so far."""
        with urllib.request.urlopen(f"{self.address}/meter", timeout=60) as answer:
            return Meter(**json.load(answer))

    def stop(self) -> None:
        self.process.communicate(timeout=60)


class Haiku:
    """One LanceDB folder, one event loop for all calls."""

    def __init__(self, settings: Settings) -> None:
        self.meter, self.skipped, self.runner = Meter(), Skipped(), asyncio.Runner()
        self.server = Server(settings.model)
        self.config, self.database = _config(settings, self.server), settings.work / "haiku.lancedb"
        options = PdfFormatOption(pipeline_cls=NativePdfPipeline, pipeline_options=NativePdfPipelineOptions())
        self.converter = DocumentConverter(format_options={InputFormat.PDF: options})
        self.client: Any = None

    def index(self, pdfs: Sequence[Path]) -> int:
        return self.runner.run(self._index(pdfs))

    def open(self) -> None:
        self.client = HaikuRAG(self.database, config=self.config, read_only=True)
        self.runner.run(self.client.__aenter__())

    def search(self, question: str, k: int) -> list[Found]:
        found = self.runner.run(self.client.search(question, limit=k))
        return [
            Found(
                r.document_title,
                min(r.page_numbers, default=None),
                r.content,
                r.score,
                max(r.page_numbers, default=None),
            )
            for r in found
        ]

    def close(self) -> None:
        self.meter = self.server.meter()
        if self.client:
            self.runner.run(self.client.__aexit__(None, None, None))
        self.runner.close()
        self.server.stop()

    async def _index(self, pdfs: Sequence[Path]) -> int:
        """Documents one by one, as its own commands add them; leaving the client optimises the tables."""
        passages = 0
        async with HaikuRAG(self.database, config=self.config, create=True) as client:
            for pdf, document in self.skipped.reading(pdfs, self._read):
                chunks = await client.chunk(document)
                await client.import_document(document, chunks, uri=pdf.as_uri(), title=pdf.name)
                passages += len(chunks)
        return passages

    def _read(self, pdf: Path) -> Any:
        """The file as a docling document; None where it has no text."""
        document = self.converter.convert(pdf).document
        return document if any(item.text.strip() for item in document.texts) else None


def _config(settings: Settings, server: Server) -> AppConfig:
    """haiku.rag's defaults, but for the encoder and what comes from a hub."""
    model = {
        "provider": "openai",
        "name": settings.model.name,
        "vector_dim": server.dimension,
        "base_url": f"{server.address}/v1",
        "api_key": "none",
        "query_prefix": settings.query_prompt,
        "document_prefix": settings.passage_prompt,
    }
    return AppConfig.model_validate(
        {
            "embeddings": {"model": model, "batch_size": 64},
            "processing": {"chunking_tokenizer": str(settings.model), "pictures": "none"},
            "storage": {"data_dir": str(settings.work)},
        }
    )


if __name__ == "__main__":
    os.environ.update(NO_PROXY="127.0.0.1", no_proxy="127.0.0.1", LOGFIRE_IGNORE_NO_CONFIG="1")
    logging.getLogger("docling").setLevel(logging.ERROR)
    main("haiku.rag", "haiku.rag-slim", Haiku)
