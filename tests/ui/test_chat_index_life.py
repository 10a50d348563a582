"""The running page on a real index: it follows what is published, and goes back where that is damaged."""

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from index import DiskRefused, pointed, prune, publish, read_manifest, release, rollback, version_names
from tests.assistant.making import Bilingual
from tests.index.making import PATENTS, VISITORS, build, chapter, flip, guide_pdf
from tests.support import write_pdf
from tests.ui.chat_fakes import ask, shown
from tests.ui.conftest import PAGE
from ui import opening, wording

QUESTION = "Comment mener une veille sur les brevets ?"
REWORDED = "Une synthèse trimestrielle présente les brevets utiles aux adhérents."
NOTICE = "ne peut pas être ouverte"


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A version that is served, and a later one that is staged; to be copied, never changed."""
    folder = tmp_path_factory.mktemp("chat")
    guide_pdf(folder / "corpus" / "recueil.pdf")
    build(folder / "corpus", folder / "index", Bilingual())
    (folder / "revised").mkdir()
    chapters = ("Accueil des visiteurs", VISITORS), ("Veille sur les brevets", (PATENTS[0], REWORDED))
    write_pdf(folder / "revised" / "recueil.pdf", [chapter(*c) for c in chapters])
    build(folder / "revised", folder / "index", Bilingual(), stage=True)
    return folder / "index"


@pytest.fixture
def root(built, tmp_path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "home" / "index"))


@pytest.fixture
def first(root) -> str:
    return version_names(root)[0]


@pytest.fixture
def second(root) -> str:
    return version_names(root)[1]


@pytest.fixture
def page(root, monkeypatch) -> AppTest:
    st.cache_resource.clear()
    monkeypatch.setenv("VIGIE_HOME", str(root.parent))
    monkeypatch.setattr(opening, "open_embedder", lambda settings: Bilingual())
    return AppTest.from_file(str(PAGE), default_timeout=30)


@pytest.fixture
def read_only(monkeypatch) -> None:
    """The index lies in a folder where nothing can be written."""

    def refuses(*_, **__):
        raise DiskRefused("log.jsonl n’a pas pu être écrit.", "Montez ce disque en écriture.")

    monkeypatch.setattr("index.serving.set_aside", refuses)
    monkeypatch.setattr("ui.serving.set_aside", refuses)


def damage(root, name) -> None:
    flip(root / "versions" / name / "sentences.npy", 300)


def answers(page) -> list[str]:
    """Which sentence each turn quoted: the one of the first version, or of the second."""
    html = shown(page)
    places = sorted((html.index(text, at), text) for text in (PATENTS[1], REWORDED) for at in _starts(html, text))
    return [text for _, text in places]


def _starts(html, text) -> list[int]:
    return [at for at in range(len(html)) if html.startswith(text, at)]


# What is published


def test_a_staged_version_answers_nobody(page):
    assert answers(ask(page, QUESTION)) == [PATENTS[1]]


def test_a_newly_published_version_answers_the_next_question(page, root, second):
    ask(page, QUESTION)
    publish(root, second)
    assert answers(ask(page, QUESTION)) == [PATENTS[1], REWORDED]


def test_after_a_rollback_the_earlier_one_answers(page, root, second):
    publish(root, second)
    ask(page, QUESTION)
    rollback(root)
    assert answers(ask(page, QUESTION)) == [REWORDED, PATENTS[1]]


def test_a_version_that_is_deleted_under_the_page_goes_on(page, root, first, second):
    """Somebody published another, pruned, and then pointed back: no file of the first is left."""
    ask(page, QUESTION)
    publish(root, second)
    prune(root, 1)
    (root / "CURRENT").write_text(first)
    assert answers(ask(page, QUESTION)) == [PATENTS[1], PATENTS[1]]


def test_of_a_sound_version_there_is_no_notice(page):
    assert NOTICE not in shown(ask(page, QUESTION))


# What is damaged


def test_damage_under_the_running_page_brings_back_the_earlier_version(page, root, first, second):
    publish(root, second)
    ask(page, QUESTION)
    damage(root, second)
    assert answers(ask(page, QUESTION)) == [REWORDED, PATENTS[1]]
    assert pointed(root) == first


def test_damage_that_is_there_when_the_page_opens_does_too(page, root, first, second):
    publish(root, second)
    damage(root, second)
    assert answers(ask(page, QUESTION)) == [PATENTS[1]]
    assert pointed(root) == first


def test_the_only_version_damaged_is_a_failure_that_names_the_file(page, root, first):
    ask(page, QUESTION)
    damage(root, first)
    html = shown(ask(page, QUESTION))
    assert "sentences.npy a été modifié ou endommagé" in html
    assert html.count(PATENTS[1]) == 1  # the earlier turn stays


def test_once_it_is_repaired_the_page_answers_again(page, root, first):
    ask(page, QUESTION)
    damage(root, first)
    ask(page, QUESTION)
    damage(root, first)  # the same bit again: the file is what it was
    assert answers(ask(page, QUESTION)) == [PATENTS[1], PATENTS[1]]


@pytest.mark.parametrize("opened", [True, False], ids=["under the page", "before it opens"])
def test_a_version_that_is_repaired_and_published_again_answers(page, root, second, opened):
    publish(root, second)
    if opened:
        page.run()
    damage(root, second)
    ask(page, QUESTION)
    damage(root, second)
    release(root, second)
    publish(root, second)
    assert answers(ask(page, QUESTION)) == [PATENTS[1], REWORDED]


# Where nothing can be written


def test_in_a_read_only_folder_the_earlier_version_answers_with_a_notice(page, root, second, read_only):
    publish(root, second)
    ask(page, QUESTION)
    damage(root, second)
    html = shown(ask(page, QUESTION))
    assert answers(page) == [REWORDED, PATENTS[1]]
    assert html.count(NOTICE) == 1
    assert pointed(root) == second


def test_the_notice_stays_once_on_the_page_as_long_as_that_lasts(page, root, second, read_only):
    publish(root, second)
    damage(root, second)
    page.run()
    assert [shown(page.run()).count(NOTICE) for _ in range(2)] == [1, 1]


def test_the_notice_gives_the_day_of_the_version_that_answers(page, root, first, second, read_only):
    publish(root, second)
    damage(root, second)
    created = datetime.fromisoformat(read_manifest(root / "versions" / first).created)
    assert f"du {created:%d/%m/%Y}" in shown(page.run())


def test_the_notice_is_only_text(page, root, second, read_only, monkeypatch):
    hostile = replace(wording.page_words("fr"), instead="<script>alert(1)</script> « {day} » :")
    monkeypatch.setattr(wording, "_FRENCH", hostile)
    publish(root, second)
    damage(root, second)
    html = shown(page.run())
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; «\u00a0" in html


def test_the_notice_goes_with_the_next_version_that_is_published(page, root, first, second, read_only, tmp_path):
    publish(root, second)
    damage(root, second)
    assert NOTICE in shown(page.run())
    publish(root, first)
    assert NOTICE not in shown(page.run())
