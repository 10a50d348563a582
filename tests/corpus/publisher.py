"""A publisher's server on 127.0.0.1, as good or as bad as a test wants it."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

HOST = "editeur.test"  # the name in the certificate below, which signs itself until 2126
CERTIFICATE = """\
-----BEGIN CERTIFICATE-----
MIIBrzCCAVSgAwIBAgIUJq2peo2XLaYLQPVmupyEnuqL1lAwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMZWRpdGV1ci50ZXN0MCAXDTI2MTEyNjA2NTYyM1oYDzIxMjYx
MTAyMDY1NjIzWjAXMRUwEwYDVQQDDAxlZGl0ZXVyLnRlc3QwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAARb5Ba09GsKjDfPkiDtwYyfB3jlcWZLE4adwTE2qQJAF0Ov
PQiipq56p8OPw/Thv4NIXM7VAY2fZ2vWZdh4SJmHo3wwejAdBgNVHQ4EFgQU07Ia
CYEc1tRcURoIOMMSHgSVVz4wHwYDVR0jBBgwFoAU07IaCYEc1tRcURoIOMMSHgSV
Vz4wFwYDVR0RBBAwDoIMZWRpdGV1ci50ZXN0MA8GA1UdEwEB/wQFMAMBAf8wDgYD
VR0PAQH/BAQDAgKEMAoGCCqGSM49BAMCA0kAMEYCIQDikQjeGkWkxILy6hFThYVQ
omg3qXNfk4tnrUOfSOzHWQIhAM7SR+LPlPuns2wB1Sj3Sl7+HuBgDGSrlwr/fd/T
ri4S
-----END CERTIFICATE-----
"""
KEY = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgmIgH1nrVQSoUD8n/
6AlGpgouAlcHoKWqhVFz9YA7WjehRANCAARb5Ba09GsKjDfPkiDtwYyfB3jlcWZL
E4adwTE2qQJAF0OvPQiipq56p8OPw/Thv4NIXM7VAY2fZ2vWZdh4SJmH
-----END PRIVATE KEY-----
"""


class Asked(NamedTuple):
    """What a client asked."""

    method: str
    path: str
    headers: dict[str, str]


class Request(BaseHTTPRequestHandler):
    """One request, and the means to answer it well or badly."""

    protocol_version = "HTTP/1.1"
    server: "Publisher"

    def do_GET(self) -> None:
        self.server.asked.append(Asked(self.command, self.path, dict(self.headers.items())))
        with suppress(ConnectionError, ssl.SSLError):  # a client that refuses what it gets hangs up
            self.server.answers.get(self.path, status(404))(self)

    do_HEAD = do_GET

    def begin(self, code: int = 200, **headers: str | int | None) -> None:
        """The status and headers; those that are None are left out."""
        self.send_response(code)
        for name, value in headers.items():
            if value is not None:
                self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()

    def send(self, content: bytes) -> None:
        if self.command != "HEAD":
            self.wfile.write(content)
            self.wfile.flush()

    def hang_up(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_) -> None:
        """Nothing: what was asked is in `Publisher.asked`."""


Answer = Callable[[Request], None]


class Publisher(ThreadingHTTPServer):
    """Answers by path; what was asked is kept. Its threads are joined when it closes."""

    daemon_threads = False

    def __init__(self, certificate: Path | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.answers: dict[str, Answer] = {}
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        self._scheme, self._host = "http", "127.0.0.1"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
            self._scheme, self._host = "https", HOST

    def url(self, path: str, host: str = "") -> str:
        return f"{self._scheme}://{host or self._host}:{self.server_port}{path}"

    def serves(self, path: str, *answers: Answer) -> str:
        """Answer a path in these ways, one request after the other and the last one for ever; the path's address."""
        left = list(answers)

        def answer(request: Request) -> None:
            (left.pop(0) if len(left) > 1 else left[0])(request)

        self.answers[path] = answer
        return self.url(path)

    @property
    def methods(self) -> list[str]:
        return [asked.method for asked in self.asked]

    def handle_error(self, request, client_address) -> None:
        """Clients that hang up are what these tests are about."""


@contextmanager
def publishing(certificate: Path | None = None) -> Iterator[Publisher]:
    with Publisher(certificate) as publisher:
        thread = threading.Thread(target=publisher.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield publisher
        finally:
            publisher.closing.set()
            publisher.shutdown()
            thread.join()


def write_certificate(folder: Path) -> Path:
    """A file with the key and the certificate."""
    (folder / "editeur.pem").write_text(KEY + CERTIFICATE)
    return folder / "editeur.pem"


def status(code: int, **headers: str) -> Answer:
    return lambda request: request.begin(code, Content_Length=0, **headers)


def paper(content: bytes, *, etag: str | None = None, modified: str | None = None, kind="application/pdf") -> Answer:
    """A file, well served: conditional requests are understood."""

    def answer(request: Request) -> None:
        marks = {"ETag": etag, "Last_Modified": modified}
        known = (request.headers["If-None-Match"], request.headers["If-Modified-Since"])
        if (etag and known[0] == etag) or (not etag and modified and known[1] == modified):
            request.begin(304, **marks)
            return
        request.begin(200, Content_Type=kind, Content_Length=len(content), **marks)
        request.send(content)

    return answer


def endless(content: bytes, *, times: int, length: int | None = None) -> Answer:
    """The content, then blanks for `times` kilobytes; without a length, the end is the connection's."""

    def answer(request: Request) -> None:
        request.begin(200, Content_Length=length, Connection="close")
        request.send(content)
        for _ in range(times):
            request.send(b" " * 1000)
        request.hang_up()

    return answer


def cut(content: bytes, *, length: int | None) -> Answer:
    """The content under another length, then the connection is cut."""

    def answer(request: Request) -> None:
        request.begin(200, Content_Length=length, Connection="close")
        request.send(content)
        request.hang_up()

    return answer


def dripping(content: bytes, *, after: int = 0) -> Answer:
    """A byte every hundredth of a second after the first `after`; the headers too where it is negative."""

    def answer(request: Request) -> None:
        if after < 0:
            rest = b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 5000
        else:
            request.begin(200, Content_Length=len(content))
            request.send(content[:after])
            rest = content[after:]
        for byte in rest:
            if request.server.closing.wait(0.01):
                break
            request.send(bytes([byte]))
        request.hang_up()

    return answer


def silent(request: Request) -> None:
    """Nothing at all."""
    request.connection.settimeout(10)
    with suppress(OSError):
        request.connection.recv(1)  # until the client hangs up
    request.close_connection = True


def redirect(location: str, code: int = 302) -> Answer:
    return status(code, Location=location)
