"""The weights behind an OpenAI-compatible `/v1/embeddings` on the loopback, for a peer that only speaks to a server.

    python embedding_server.py MODEL_FOLDER

Prints one line of JSON when ready (port, dimension); `GET /meter` tells what was embedded and this process's memory.
It adds no prompt (the peer does) and stops when its standard input closes, so that it never outlives the peer.
"""

import base64
import json
import os
import sys
import threading
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from sentence_transformers import SentenceTransformer

if TYPE_CHECKING:
    from evaluations.benchmarks.peers.common import peak_rss_mb, watch_encoder
else:
    from common import peak_rss_mb, watch_encoder

METER = watch_encoder()
LOCK = threading.Lock()  # one batch at a time, as in the peers that hold the model themselves


class Handler(BaseHTTPRequestHandler):
    """Two addresses, with connections kept open between calls."""

    model: SentenceTransformer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer(asdict(METER) | {"other_rss_mb": peak_rss_mb()})

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = [asked["input"]] if isinstance(asked["input"], str) else asked["input"]
        with LOCK:
            vectors = self.model.encode(texts, prompt="", show_progress_bar=False)
        plain = asked.get("encoding_format") != "base64"
        data = [
            {"object": "embedding", "index": i, "embedding": v.tolist() if plain else _base64(v)}
            for i, v in enumerate(vectors)
        ]
        usage = {"prompt_tokens": 0, "total_tokens": 0}
        self._answer({"object": "list", "model": asked["model"], "data": data, "usage": usage})

    def log_message(self, format: str, *args: object) -> None:
        """No line for each call."""

    def _answer(self, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _base64(vector: Any) -> str:
    """Little-endian 32-bit floats, as OpenAI sends them."""
    return base64.b64encode(vector.astype("<f4").tobytes()).decode()


def stop_with_parent() -> None:
    """End this process at once when the one that started it is gone."""
    sys.stdin.read()
    os._exit(0)


def main() -> None:
    Handler.model = SentenceTransformer(sys.argv[1], device="cpu")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    dimension = len(Handler.model.encode("", prompt=""))
    METER.seconds, METER.tokens, METER.truncated = 0.0, 0, 0
    threading.Thread(target=stop_with_parent, daemon=True).start()
    sys.stdout.write(json.dumps({"port": server.server_port, "dimension": dimension}) + "\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
