"""One PDF from a publisher's server: good, slow, huge, wrong, lying, moving, gone; and never where it may not go."""

import gzip
import hashlib
import socket
import time

import httpcore
import pytest

from corpus import CorpusSettings, DownloadError
from corpus.address import file_name, is_address, request_url
from corpus.connection import GuardedBackend, is_public
from corpus.download import Download, download
from tests.corpus.publisher import (
    HOST,
    Request,
    cut,
    dripping,
    endless,
    paper,
    publishing,
    redirect,
    silent,
    status,
    write_certificate,
)
from tests.support import write_pdf

LOCAL = CorpusSettings(allow_private_addresses=True, max_fetch_seconds=20)
HURRIED = LOCAL.model_copy(update={"max_fetch_seconds": 0.3})
SMALL = LOCAL.model_copy(update={"max_megabytes": 1})
HTML = b"<!DOCTYPE html><title>Publications</title>" + b"<p>page</p>" * 200


@pytest.fixture
def publisher():
    with publishing() as server:
        yield server


@pytest.fixture
def pdf(tmp_path) -> bytes:
    """A file of three kilobytes."""
    return write_pdf(tmp_path / "source.pdf", ["Une page de texte lisible. " * 100]).read_bytes()


@pytest.fixture
def target(tmp_path):
    return tmp_path / "recu.pdf"


class TestWellServed:
    def test_the_file_is_written_with_its_digest_and_marks(self, publisher, pdf, target):
        address = publisher.serves("/guide.pdf", paper(pdf, etag='"a"', modified="Mon, 01 Jun 2026 00:00:00 GMT"))
        got = download(address, target, LOCAL)
        digest = hashlib.sha256(pdf).hexdigest()
        assert got == Download(address, digest, len(pdf), '"a"', "Mon, 01 Jun 2026 00:00:00 GMT")
        assert target.read_bytes() == pdf

    def test_the_request_says_who_asks_and_wants_no_compression(self, publisher, pdf, target, monkeypatch):
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        download(publisher.serves("/guide.pdf", paper(pdf)), target, LOCAL)
        (request,) = publisher.asked
        assert {name.lower(): value for name, value in request.headers.items()} == {
            "host": f"127.0.0.1:{publisher.server_port}", "user-agent": "Vigie", "accept-encoding": "identity",
        }  # fmt: skip

    def test_progress_is_in_bytes_out_of_the_length_announced(self, publisher, pdf, target):
        seen = []
        address = publisher.serves("/guide.pdf", paper(pdf))
        download(address, target, LOCAL, on_bytes=lambda done, total: seen.append((done, total)))
        assert seen[-1] == (len(pdf), len(pdf))

    def test_a_file_without_a_length_is_taken_to_the_end_of_the_connection(self, publisher, pdf, target):
        seen = []
        address = publisher.serves("/guide.pdf", cut(pdf, length=None))
        got = download(address, target, LOCAL, on_bytes=lambda done, total: seen.append((done, total)))
        assert (got.size, seen[-1]) == (len(pdf), (len(pdf), 0))

    def test_any_type_will_do_where_the_content_is_a_pdf(self, publisher, pdf, target):
        address = publisher.serves("/telecharger?id=3", paper(b"\n" * 900 + pdf, kind="text/html"))
        assert download(address, target, LOCAL).size == len(pdf) + 900

    def test_redirections_are_followed(self, publisher, pdf, target):
        publisher.serves("/guide.pdf", paper(pdf))
        publisher.serves("/été.pdf".encode().decode("latin-1"), redirect("guide.pdf", 308))
        steps = [publisher.serves(f"/{n}", redirect(publisher.url(f"/{n + 1}"))) for n in range(4)]
        publisher.serves("/4", redirect("/guide.pdf"))
        assert download(steps[0], target, LOCAL).address == steps[0]
        assert len(publisher.asked) == 6

    def test_the_certificate_is_that_of_the_host_and_not_of_its_address(self, pdf, target, tmp_path, monkeypatch):
        certificate = write_certificate(tmp_path)
        monkeypatch.setattr("corpus.connection.resolved", lambda host, port: ["127.0.0.1"])
        with publishing(certificate) as publisher:
            address = publisher.serves("/guide.pdf", paper(pdf))
            with pytest.raises(DownloadError, match="CERTIFICATE_VERIFY_FAILED"):
                download(address, target, LOCAL)
            monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
            assert download(address, target, LOCAL).size == len(pdf)
            with pytest.raises(DownloadError, match=r"certificate is not valid for 'autre\.test'"):
                download(publisher.url("/guide.pdf", "autre.test"), target, LOCAL)


class TestKnown:
    @pytest.mark.parametrize("marks", [{"etag": '"a"'}, {"modified": "Mon, 01 Jun 2026 00:00:00 GMT"}], ids=str)
    def test_a_file_that_did_not_change_is_not_sent_again(self, publisher, pdf, target, marks):
        address = publisher.serves("/guide.pdf", paper(pdf, **marks))
        known = download(address, target, LOCAL)
        target.unlink()
        assert download(address, target, LOCAL, known=known) is known
        assert not target.exists()

    def test_a_file_that_did_is(self, publisher, pdf, target):
        address = publisher.serves("/guide.pdf", paper(pdf, etag='"b"'))
        assert download(address, target, LOCAL, known=Download(address, "0", 1, '"a"')).etag == '"b"'

    def test_nothing_is_kept_of_a_304_that_was_not_asked_for(self, publisher, target):
        address = publisher.serves("/guide.pdf", status(304))
        with pytest.raises(DownloadError, match="304"):
            download(address, target, LOCAL, known=Download(address, "0", 1))


class TestChanging:
    """A mark is compared with what HEAD says when the file is there."""

    def test_a_file_that_changed_meanwhile_is_taken_again(self, publisher, pdf, target):
        older, newer = paper(pdf, etag='"a"'), paper(pdf + b"\n", etag='"b"')
        got = download(publisher.serves("/guide.pdf", older, newer), target, LOCAL)
        assert (got.etag, target.read_bytes()) == ('"b"', pdf + b"\n")
        assert publisher.methods == ["GET", "HEAD", "GET", "HEAD"]

    @pytest.mark.parametrize(
        "second", [{"etag": '"a"', "modified": "Tue, 02 Jun 2026 00:00:00 GMT"}, {"etag": '"b"'}], ids=str
    )
    def test_one_that_changes_all_the_time_is_given_up(self, publisher, pdf, target, second):
        first = paper(pdf, etag='"a"', modified="Mon, 01 Jun 2026 00:00:00 GMT")
        again = paper(pdf + b"\n", etag='"a"', modified="Mon, 01 Jun 2026 00:00:00 GMT")
        address = publisher.serves("/guide.pdf", first, paper(pdf, **second), again, paper(pdf, **second))
        with pytest.raises(DownloadError, match="change pendant"):
            download(address, target, LOCAL)
        assert len(publisher.asked) == 4

    @pytest.mark.parametrize(
        ("name", "values"),
        [("modified", [f"Mon, 01 Jun 2026 00:00:0{second} GMT" for second in range(4)]), ("etag", ['"a"', '"b"'] * 2)],
    )
    def test_marks_that_change_with_every_answer_say_nothing_of_a_file_that_comes_twice_alike(
        self, publisher, pdf, target, name, values
    ):
        """A site that makes its pages anew for each request; two machines behind one address."""
        address = publisher.serves("/guide.pdf", *(paper(pdf, **{name: value}) for value in values))
        assert download(address, target, LOCAL).sha256 == hashlib.sha256(pdf).hexdigest()
        assert publisher.methods == ["GET", "HEAD", "GET"]

    def test_another_length_under_the_same_mark_is_a_change(self, publisher, pdf, target):
        address = publisher.serves("/guide.pdf", paper(pdf, etag='"a"'), paper(pdf + b"\n", etag='"a"'))
        assert download(address, target, LOCAL).size == len(pdf) + 1

    @pytest.mark.parametrize("refusal", [status(405), status(501), status(403), Request.hang_up], ids="abcd")
    def test_a_server_that_answers_no_such_question_is_believed(self, publisher, pdf, target, refusal):
        address = publisher.serves("/guide.pdf", paper(pdf, etag='"a"'), refusal)
        assert download(address, target, LOCAL).size == len(pdf)

    def test_without_a_mark_nothing_is_asked(self, publisher, pdf, target):
        download(publisher.serves("/guide.pdf", paper(pdf)), target, LOCAL)
        assert publisher.methods == ["GET"]


class TestRefused:
    """Each error says what happened in words of its own."""

    @pytest.mark.parametrize(
        ("answer", "reason"),
        [
            (status(404), r"rien à cette adresse \(404\)"),
            (status(410), r"rien à cette adresse \(410\)"),
            (status(403), "refuse l’accès"),
            (status(500), "réponse 500"),
            (paper(HTML, kind="text/html; charset=utf-8"), "page web, pas d’un PDF"),
            (paper(HTML), "page web, pas d’un PDF"),
            (paper(b"PK\3\4" * 900, kind="application/zip"), "n’est pas un PDF.*application/zip"),
            (paper(b""), "fichier vide"),
            (redirect("ftp://example.org/guide.pdf"), "ftp://example.org/guide.pdf"),
            (redirect("file:///etc/passwd"), "Vigie ne le suit pas"),
            (redirect("https://example.org/guide.pdf"), "https://example.org/guide.pdf.*Vigie ne le suit pas"),
            (redirect("http://[/"), "Vigie ne le suit pas"),
            (redirect(""), "plus de 5 fois"),
            (redirect("/guide.pdf"), "plus de 5 fois"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_what_is_not_the_file(self, publisher, target, answer, reason):
        with pytest.raises(DownloadError, match=reason) as caught:
            download(publisher.serves("/guide.pdf", answer), target, LOCAL)
        assert caught.value.remedy

    def test_a_compressed_answer(self, publisher, pdf, target):
        packed = gzip.compress(pdf, 0)

        def answer(request):
            request.begin(200, Content_Length=len(packed), Content_Encoding="gzip")
            request.send(packed)

        with pytest.raises(DownloadError, match=r"compressé le fichier \(gzip\)"):
            download(publisher.serves("/guide.pdf", answer), target, LOCAL)

    @pytest.mark.parametrize("length", [1 << 40, None], ids=["announced", "found out"])
    def test_too_large_a_file(self, publisher, pdf, target, length):
        address = publisher.serves("/guide.pdf", endless(pdf, times=5000, length=length))
        with pytest.raises(DownloadError, match="dépasse 1 Mo"):
            download(address, target, SMALL)
        assert target.exists() == (length is None)
        assert not target.exists() or target.stat().st_size <= 1_000_000

    def test_a_page_is_refused_at_its_first_kilobyte(self, publisher, target):
        address = publisher.serves("/guide.pdf", endless(HTML, times=5000))
        with pytest.raises(DownloadError, match="page web"):
            download(address, target, SMALL)
        assert target.stat().st_size == 0

    @pytest.mark.parametrize("more", [1, 100_000])
    def test_a_file_shorter_than_its_length(self, publisher, pdf, target, more):
        address = publisher.serves("/guide.pdf", cut(pdf, length=len(pdf) + more))
        with pytest.raises(DownloadError, match="coupé"):
            download(address, target, LOCAL)

    def test_a_file_longer_than_its_length(self, publisher, pdf, target):
        """HTTP ends it there: what is missing is its end."""
        with pytest.raises(DownloadError, match="s’arrête avant sa fin"):
            download(publisher.serves("/guide.pdf", cut(pdf, length=len(pdf) - 100)), target, LOCAL)

    def test_a_connection_cut_where_no_length_was_announced(self, publisher, pdf, target):
        with pytest.raises(DownloadError, match="s’arrête avant sa fin"):
            download(publisher.serves("/guide.pdf", cut(pdf[:-100], length=None)), target, LOCAL)

    @pytest.mark.parametrize("after", [-1, 0, 2000], ids=["headers", "beginning", "middle"])
    def test_a_server_that_drips(self, publisher, pdf, target, after):
        address, begin = publisher.serves("/guide.pdf", dripping(pdf, after=after)), time.monotonic()
        with pytest.raises(DownloadError, match=r"plus de 0\.3 s.*max_fetch_seconds"):
            download(address, target, HURRIED)
        assert time.monotonic() - begin < 3

    def test_a_server_that_says_nothing_for_too_long(self, publisher, target):
        with pytest.raises(DownloadError, match=r"plus de 0\.3 s"):
            download(publisher.serves("/guide.pdf", silent), target, HURRIED)

    def test_a_server_that_does_not_answer_in_time(self, publisher, target, monkeypatch):
        monkeypatch.setattr("corpus.exchange._TIMEOUTS", {"connect": 1, "read": 0.1})
        with pytest.raises(DownloadError, match="ne répond pas"):
            download(publisher.serves("/guide.pdf", silent), target, LOCAL)

    def test_a_server_that_is_not_there(self, target):
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            with pytest.raises(DownloadError, match="n’a pas pu être joint"):
                download(f"http://127.0.0.1:{nobody.getsockname()[1]}/guide.pdf", target, LOCAL)

    def test_a_disk_that_takes_no_more(self, publisher, pdf, tmp_path):
        with pytest.raises(DownloadError, match="n’a pas pu être écrit"):
            download(publisher.serves("/guide.pdf", paper(pdf)), tmp_path / "absent" / "recu.pdf", LOCAL)


class TestGuard:
    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
            "0.0.0.0", "255.255.255.255", "224.0.0.1", "239.1.1.1", "240.0.0.1", "198.18.0.1", "192.0.2.1",
            "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "ff0e::1",
            "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
            "2001:0:7f00:1::", "2001:db8::1",
        ],
    )  # fmt: skip
    def test_an_address_of_this_machine_or_its_network_is_not_public(self, address):
        assert not is_public(address)

    @pytest.mark.parametrize("address", ["8.8.8.8", "185.24.184.1", "2606:4700::1", "::ffff:8.8.8.8"])
    def test_the_others_are(self, address):
        assert is_public(address)

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "[::1]", "[::ffff:7f00:1]"])
    def test_loopback_is_refused_by_default_however_it_is_written(self, publisher, target, host):
        with pytest.raises(DownloadError, match=r"public(.|\n)*allow_private_addresses"):
            download(publisher.url("/guide.pdf", host), target, CorpusSettings())
        assert not publisher.asked

    def test_a_name_that_leads_to_a_private_address_is_refused(self, publisher, target, monkeypatch):
        monkeypatch.setattr("corpus.connection.resolved", lambda host, port: ["10.0.0.7", "127.0.0.1"])
        with pytest.raises(DownloadError, match=r"editeur\.test.*10\.0\.0\.7, 127\.0\.0\.1"):
            download(publisher.url("/guide.pdf", HOST), target, CorpusSettings())

    def test_a_redirection_is_checked_again(self, publisher, pdf, target, monkeypatch):
        """The first host passes for public; the second is what it is."""
        monkeypatch.setattr("corpus.connection.is_public", lambda address: address == "127.0.0.1")
        monkeypatch.setattr(
            "corpus.connection.resolved", lambda host, port: ["127.0.0.1" if host == HOST else "127.0.0.2"]
        )
        publisher.serves("/guide.pdf", redirect(publisher.url("/guide.pdf", "interne.test")))
        with pytest.raises(DownloadError, match=r"interne\.test.*127\.0\.0\.2"):
            download(publisher.url("/guide.pdf", HOST), target, CorpusSettings())
        assert len(publisher.asked) == 1

    def test_the_address_checked_is_the_one_connected_to(self, monkeypatch):
        """The name is resolved once: what it says next does not matter."""
        said = iter([["192.168.0.1", "93.184.216.34", "93.184.216.35"]])
        monkeypatch.setattr("corpus.connection.resolved", lambda host, port: next(said))
        tried = []

        def connect(self, host, port, *_):
            tried.append((host, port))
            raise httpcore.ConnectError("refused")

        monkeypatch.setattr("httpcore.SyncBackend.connect_tcp", connect)
        backend = GuardedBackend(time.monotonic() + 5, allow_private=False)
        with pytest.raises(httpcore.ConnectError):
            backend.connect_tcp("editeur.test", 443)
        assert tried == [("93.184.216.34", 443), ("93.184.216.35", 443)]

    def test_a_name_that_nobody_knows(self, target, monkeypatch):
        def unknown(host, port):
            raise OSError("Name or service not known")

        monkeypatch.setattr("corpus.connection.resolved", unknown)
        with pytest.raises(DownloadError, match="introuvable"):
            download("https://editeur.test/guide.pdf", target, LOCAL)

    def test_https_is_not_given_up_on_the_way(self, target, tmp_path, monkeypatch):
        certificate = write_certificate(tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        monkeypatch.setattr("corpus.connection.resolved", lambda host, port: ["127.0.0.1"])
        with publishing(certificate) as publisher:
            address = publisher.serves("/guide.pdf", redirect("http://editeur.test/guide.pdf"))
            with pytest.raises(DownloadError, match="Vigie ne le suit pas"):
                download(address, target, LOCAL)


class TestAddresses:
    @pytest.mark.parametrize("text", ["http://a.fr/b.pdf", "HTTPS://a.fr", "ftp://a.fr/b", "file:///etc/passwd"])
    def test_what_has_a_scheme_is_an_address(self, text):
        assert is_address(text)

    @pytest.mark.parametrize("text", ["guide.pdf", "/tmp/guide.pdf", "C:\\guide.pdf", "a/b://c", ""])
    def test_the_rest_is_a_path(self, text):
        assert not is_address(text)

    @pytest.mark.parametrize(
        ("address", "asked"),
        [
            ("https://a.fr", "https://a.fr/"),
            ("HTTP://A.fr:8080/Guide d’été.pdf#page=3", "http://a.fr:8080/Guide%20d%E2%80%99%C3%A9t%C3%A9.pdf"),
            ("https://a.fr/d%C3%A9j%C3%A0?q=é&r=a%20b", "https://a.fr/d%C3%A9j%C3%A0?q=%C3%A9&r=a%20b"),
            ("https://pôles.fr/x", "https://xn--ples-vqa.fr/x"),
            ("http://[::1]:80/x", "http://[::1]:80/x"),
        ],
    )
    def test_a_request_is_written_in_ascii(self, address, asked):
        assert request_url(address) == asked

    @pytest.mark.parametrize(
        "address",
        ["ftp://a.fr/b.pdf", "file:///etc/passwd", "http://", "http:///x.pdf", "http://a.fr:port/", "http://[/",
         "https://moi:secret@a.fr/b.pdf", "http://a..fr/"],
    )  # fmt: skip
    def test_an_address_that_cannot_be_asked_for_is_refused(self, address):
        with pytest.raises(DownloadError) as caught:
            request_url(address)
        assert caught.value.remedy
        assert "secret" not in str(caught.value)

    @pytest.mark.parametrize(
        ("address", "name"),
        [
            ("https://a.fr/docs/Guide%20d%C3%A9t%C3%A9.PDF?v=2", "Guide dété.pdf"),
            ("https://a.fr/docs/", "docs.pdf"),
            ("https://a.fr/a%2F..%2F..%2Fb", "b.pdf"),
            ("https://a.fr", "publication.pdf"),
            ("https://a.fr/" + "é" * 300, "é" * 60 + ".pdf"),
        ],
    )
    def test_the_file_s_name_comes_from_the_path(self, address, name):
        assert file_name(address) == name
