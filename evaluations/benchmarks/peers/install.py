"""Create the peers' virtual environments: `python -m evaluations.benchmarks.peers.install [NAME…]`.

They go to `$VIGIE_PEERS`, or `~/.cache/vigie/peers`; one that is complete is left alone. Torch comes first, pinned, so
that no package brings a build of several gigabytes. Versions are those that were seen to work together.
"""

import argparse
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

# The same encoder as Vigie's own environment has, so that all peers compute the same vectors at the same speed.
TORCH = "torch==2.13.0"
ENCODER = ("sentence-transformers==6.2.0", "transformers==5.23.0", "tokenizers==0.23.3", "numpy==2.4.6")
PYPDF = "cryptography==50.0.2"  # pypdf reads encrypted files only with it
_DONE = "installed.txt"  # written last, with what was installed


@dataclass(frozen=True)
class Environment:
    """A Python at least as new as `python`, torch or not, and packages."""

    packages: tuple[str, ...]
    python: tuple[int, int] = (3, 11)
    torch: bool = True


ENVIRONMENTS = {
    "floor": Environment((*ENCODER, "faiss-cpu==1.15.1", "pypdf==7.1.0", PYPDF)),
    "haystack": Environment(
        (*ENCODER, "haystack-ai==3.4.1", "sentence-transformers-haystack==2.0.0", "pypdf==7.1.1", PYPDF)
    ),
    "llamaindex": Environment(
        (
            *ENCODER,
            "llama-index-core==0.14.25",
            "llama-index-embeddings-huggingface==0.8.0",
            "llama-index-readers-file==0.7.0",
            "llama-index-retrievers-bm25==0.8.0",
            "bm25s==0.3.16",
            "PyStemmer==2.2.0.3",
            "pypdf==6.21.4",
            PYPDF,
        )
    ),
    # No torch: its encoder runs in the floor's environment (see haiku_rag.py).
    "haiku": Environment(
        (
            "haiku.rag-slim==0.101.1",
            "docling-core[chunking]==2.104.0",
            "docling-slim[convert-core,format-pdf]==2.142.0",
            "docling-parse==7.23.0",
            "lancedb==0.39.0",
            "transformers==5.23.0",
            "tokenizers==0.23.3",
        ),
        python=(3, 12),
        torch=False,
    ),
}
# The environment and the script of each peer.
ADAPTERS = {
    "floor": "floor.py",
    "haystack": "haystack_ai.py",
    "llamaindex": "llamaindex.py",
    "haiku": "haiku_rag.py",
}


def peers_home() -> Path:
    """Where the environments are."""
    return Path(os.environ.get("VIGIE_PEERS") or Path.home() / ".cache" / "vigie" / "peers")


def command(name: str) -> list[str]:
    """The adapter of a peer under its own Python, ready for its arguments."""
    return [str(peers_home() / name / "bin" / "python"), str(Path(__file__).with_name(ADAPTERS[name]))]


def find_python(oldest: tuple[int, int]) -> str:
    """The oldest interpreter at hand that is new enough: on the path, then among pyenv's."""
    names = [f"python3.{minor}" for minor in range(oldest[1], 15)]
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    found = [shutil.which(name) for name in names]
    found += [str(path) for name in names for path in sorted(pyenv.glob(f"*/bin/{name}"))]
    if sys.version_info >= oldest:
        found.insert(0, sys.executable)
    for python in filter(None, found):
        if subprocess.run([python, "-c", "import ensurepip"], capture_output=True, check=False).returncode == 0:
            return python
    raise SystemExit(f"no Python {oldest[0]}.{oldest[1]} or newer found")


def install(name: str, environment: Environment) -> None:
    """One environment, from nothing, unless it is complete."""
    folder = peers_home() / name
    if (folder / _DONE).is_file():
        return
    sys.stderr.write(f"{name}: {folder}\n")
    subprocess.run([find_python(environment.python), "-m", "venv", "--clear", str(folder)], check=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    if environment.torch:
        subprocess.run([*pip, "install", "--quiet", TORCH], check=True)
    subprocess.run([*pip, "install", "--quiet", *environment.packages], check=True)
    frozen = subprocess.run([*pip, "freeze"], check=True, capture_output=True, text=True).stdout
    (folder / _DONE).write_text(frozen, "utf-8")


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("names", nargs="*", metavar="NAME", help=", ".join(ENVIRONMENTS))
    for name in cli.parse_args().names or ENVIRONMENTS:
        install(name, ENVIRONMENTS[name])


if __name__ == "__main__":
    main()
