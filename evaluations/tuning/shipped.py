"""Write the vectors that come with Vigie, from an index of its guide alone: `make vectors`, which builds it first."""

import argparse
import sys
from contextlib import closing
from pathlib import Path

from evaluations.benchmarks.opened import INDEX
from index import Embeddable, IndexVersion, VectorCache, read_asked, shipped_path, version_folder, write_shipped

CACHE = "cache"  # of an index, where its vectors are kept


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("index", type=Path, nargs="?", default=INDEX)
    root = cli.parse_args().index
    version = IndexVersion(root)
    stamp = version.manifest.model
    passages = [version.passages[row] for row in range(len(version.passages))]
    asked = read_asked(version_folder(root, version.manifest.name), len(passages))
    strings = Embeddable.of(stamp, passages, asked.questions)
    with closing(VectorCache(root / CACHE, stamp)) as cache:
        kept = cache.kept(strings.passages, [*strings.sentences, *strings.questions])
    path = shipped_path(stamp.name)
    write_shipped(path, kept, stamp.dimension)
    sys.stdout.write(f"{len(kept)} vectors: {path}, {path.stat().st_size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main()
