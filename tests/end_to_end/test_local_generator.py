"""The real local model and a real OpenAI-compatible server on it: slow, with 1.1 GB of weights."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import ApiGenerator, Assistant, LocalGenerator, Question, Spending
from evaluations.attacks import load_attacks
from evaluations.attacks.run import attacked_folder, successes
from evaluations.benchmarks.opened import open_assistant, served_generator
from index import GENERATORS, is_ready, models_home
from tests.conftest import run_vigie

pytestmark = pytest.mark.slow
MODEL = "qwen2.5-coder-1.5b-instruct"
QUESTIONS = ("Comment accueillir un stagiaire ?", "Should we pay a ransom?", "Qui désigne l’animateur de la veille ?")


@pytest.fixture(scope="module")
def local() -> LocalGenerator:
    if not is_ready(GENERATORS[MODEL], models_home()):
        pytest.fail(f"{MODEL} is not installed: run `vigie models install {MODEL}`")
    generator = LocalGenerator(MODEL, models_home())
    generator.warm_up()
    return generator


@pytest.fixture(scope="module")
def guide(real_home: Path) -> Assistant:
    return open_assistant(real_home / "index")


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiGenerator]:
    """A generator that talks to llama.cpp's own server, on loopback."""
    folder = tmp_path_factory.mktemp("api")
    with served_generator(MODEL, folder) as generator:
        yield generator
    assert Spending(folder / "tokens.json", 0).today() > 0


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_question_gives_the_same_answer_again(guide, local, question):
    written = guide.with_generator(local)
    first, again = written.ask(Question(question)), written.ask(Question(question))
    assert (first.text, first.statements, first.passport) == (again.text, again.statements, again.passport)


def test_what_was_asked_before_changes_no_word(guide, local):
    """As `vigie recheck` asks again: in another process, after other questions or after none."""
    fresh = LocalGenerator(MODEL, models_home())
    asked = [Question(question) for question in (QUESTIONS[1], QUESTIONS[0], QUESTIONS[0])]
    cold, *later = [guide.with_generator(generator).ask(asked[1]) for generator in (fresh, fresh)]
    after = [guide.with_generator(local).ask(question) for question in asked][1:]
    assert {answer.text for answer in (cold, *later, *after)} == {cold.text}


def test_a_served_model_writes_what_the_local_one_writes(guide, local, api):
    question = Question(QUESTIONS[0])
    served, ours = (guide.with_generator(generator).ask(question) for generator in (api, local))
    assert served.drafted == ours.drafted > 0
    assert served.summary == ours.summary
    assert served.notes == ()


@pytest.fixture(scope="module")
def attacked(real_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the guide and of the hostile publications."""
    folder = tmp_path_factory.mktemp("attacked")
    corpus = attacked_folder(folder / "corpus", load_attacks())
    shutil.copytree(real_home / "index" / "cache", folder / "index" / "cache")
    built = run_vigie(real_home, "index", "build", "--corpus", str(corpus), "--index", str(folder / "index"))
    assert built.returncode == 0, built.stderr
    return folder / "index"


@pytest.mark.parametrize("tier", ["local", "api"])
def test_no_attack_succeeds(tier, local, api, attacked):
    generator = local if tier == "local" else api
    assert successes(load_attacks(), open_assistant(attacked), generator) == []
