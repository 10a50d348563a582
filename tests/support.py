"""What many tests need: a small PDF maker and a deterministic embedder."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index import Embedded, ModelStamp, QuestionTokens, analyse

A4 = (595, 842)


def write_pdf(path: Path, pages: Sequence[str | Sequence[tuple[float, float, float, str]]]) -> Path:
    """Write a PDF in Helvetica. A page is a text (one line a line, from the top), or (x, y, size, text) pieces."""
    bodies = [_content(page) for page in pages]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(bodies)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(bodies)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, body in enumerate(bodies):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {A4[0]} {A4[1]}] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body))
    out = b"%PDF-1.4\n"
    offsets = []
    for number, obj in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, obj)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, out.rindex(b"xref"))
    path.write_bytes(out)
    return path


def _content(page: str | Sequence[tuple[float, float, float, str]]) -> bytes:
    pieces = (
        [(60.0, 730.0 - 14 * i, 11.0, line) for i, line in enumerate(page.split("\n"))]
        if isinstance(page, str)
        else page
    )
    drawn = b""
    for x, y, size, text in pieces:
        escaped = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        drawn += b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n" % (size, x, y, escaped)
    return drawn


class HashEmbedder:
    """Bags of analysed words hashed into unit vectors: deterministic, and close for texts that share words."""

    def __init__(self, dimension: int = 64, name: str = "multilingual-e5-small", tokens: int = 0) -> None:
        prompts = ("query: {text}", "passage: {title}. {text}", "passage: {text}")
        self.stamp = ModelStamp(name, "test", dimension, *prompts, token_dimension=tokens)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        vectors = np.full((len(texts), self.stamp.dimension), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for term in analyse(text):
                vectors[
                    row, int.from_bytes(hashlib.sha256(term.encode()).digest()[:4], "big") % self.stamp.dimension
                ] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def encode_passages(self, texts: Sequence[str]) -> list[Embedded]:
        return [Embedded(vector, self._tokens(text)) for vector, text in zip(self.encode(texts), texts, strict=True)]

    def encode_question(self, text: str) -> tuple[np.ndarray, QuestionTokens | None]:
        vector = self.encode([text])[0]
        if not self.stamp.token_dimension:
            return vector, None
        tokens = self._tokens(text).astype(np.float32)
        weights = np.full(len(tokens), 1 / len(tokens), dtype=np.float32)
        return vector, QuestionTokens(tokens / np.linalg.norm(tokens, axis=1, keepdims=True), weights)

    def encode_questions(self, texts: Sequence[str]) -> list[tuple[np.ndarray, QuestionTokens | None]]:
        return [self.encode_question(text) for text in texts]

    def _tokens(self, text: str) -> np.ndarray:
        """A word is a token: near nothing but itself."""
        width = self.stamp.token_dimension
        if not width:
            return np.empty((0, 0), dtype=np.int8)
        digests = [hashlib.shake_256(term.encode()).digest(width) for term in analyse(text)] or [b"\1" * width]
        values = np.array([np.frombuffer(digest, dtype=np.int8) for digest in digests])
        return np.where(values < 0, -127, 127).astype(np.int8) // np.int8(8)
