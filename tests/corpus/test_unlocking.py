"""A protected file becomes the same file without its password."""

import io

import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader

from corpus.errors import UnreadablePdf
from corpus.unlocking import unlocked
from tests.corpus.makers import edited
from tests.support import write_pdf

PAGES = ["Une veille.", "Une alerte."]


@pytest.fixture
def path(tmp_path):
    """Two pages with an outline, labels iv and v, and a title."""

    def furnish(writer) -> None:
        writer.add_outline_item(title="Alerter", page_number=1)
        writer.set_page_label(0, 1, style="/r", start=4)
        writer.add_metadata({"/Title": "Le guide"})

    return edited(write_pdf(tmp_path / "a.pdf", PAGES), furnish)


def locked(path, password, algorithm="AES-256"):
    return edited(path, lambda writer: writer.encrypt(password, "maître", algorithm=algorithm))


def texts(data: bytes) -> list[str]:
    with pdfium.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_range().strip() for page in pdf]


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
def test_the_copy_opens_without_a_password(path, algorithm):
    assert texts(unlocked(locked(path, "sésame", algorithm), "sésame")) == PAGES


def test_the_owner_s_password_will_do(path):
    assert texts(unlocked(locked(path, "sésame"), "maître")) == PAGES


def test_outline_labels_and_title_are_kept(path):
    copy = PdfReader(io.BytesIO(unlocked(locked(path, "x"), "x")))
    assert not copy.is_encrypted
    assert [item.title for item in copy.outline] == ["Alerter"]
    assert copy.page_labels == ["iv", "v"]
    assert copy.metadata.title == "Le guide"


@pytest.mark.parametrize("password", ["", "Sésame", "日本"])
def test_a_wrong_password_is_a_verdict(path, password):
    with pytest.raises(UnreadablePdf, match="mot de passe") as caught:
        unlocked(locked(path, "sésame"), password)
    assert caught.value.code == "encrypted"


def test_an_open_file_is_left_as_it_is(path):
    assert unlocked(path, "x") == path.read_bytes()


def test_a_file_that_nobody_can_mend_is_damaged(path):
    path.write_bytes(b"%PDF-1.4\nbonjour")
    with pytest.raises(UnreadablePdf) as caught:
        unlocked(path, "x")
    assert caught.value.code == "damaged"
