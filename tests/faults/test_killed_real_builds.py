"""The same with the real model and the real command, killed at random times."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index import VERSIONS, IndexSettings, SentenceEmbedder, current_version, load_embedder, models_home
from tests.conftest import ROOT
from tests.faults.making import answers, corpora, differences, verified

pytestmark = pytest.mark.slow
DEATHS, SEED = 20, 20_262


def vigie(*arguments: str | Path, home: Path) -> subprocess.Popen:
    command = [sys.executable, "-m", "ui", *map(str, arguments)]
    environment = os.environ | {"VIGIE_HOME": str(home)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def embedder() -> SentenceEmbedder:
    return load_embedder(IndexSettings().model, models_home())


def test_a_real_build_killed_at_random_times_loses_nothing(embedder, tmp_path):
    before, after = corpora(tmp_path)
    root, clean = tmp_path / "index", tmp_path / "clean"
    assert vigie("index", "build", "--corpus", before, "--index", root, home=tmp_path).wait() == 0
    begin = time.perf_counter()
    assert vigie("index", "build", "--corpus", after, "--index", clean, home=tmp_path).wait() == 0
    whole = time.perf_counter() - begin
    expected = {False: answers(root, embedder=embedder), True: answers(clean, embedder=embedder)}
    drawn, first, died = random.Random(SEED), current_version(root), 0
    for number in range(DEATHS):
        copy = Path(shutil.copytree(root, tmp_path / f"index-{number}"))
        command = "index", "build", "--corpus", after, "--index", copy
        builder = vigie(*command, home=tmp_path)
        try:
            builder.wait(drawn.uniform(0.3, 1.0) * whole)
        except subprocess.TimeoutExpired:
            builder.kill()
            builder.wait()
            died += 1
        verified(copy, current_version(copy))
        assert answers(copy, embedder=embedder) == expected[current_version(copy) != first]
        assert vigie(*command, home=tmp_path).wait() == 0
        name = current_version(copy)
        assert differences(copy / VERSIONS / name, clean / VERSIONS / current_version(clean)) == []
    assert died > DEATHS / 2
