"""Connections that go only where they may, and that end in time.

A host is resolved once, each of its addresses is checked, and the connection is made to an address that was checked:
a name that changes its mind in between (DNS rebinding) gains nothing. TLS still verifies the host's name.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from corpus.errors import DownloadError


def resolved(host: str, port: int) -> list[str]:
    """The numeric addresses of a host, as the machine resolves it. Raises OSError, UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to the public internet, and so to no machine of this network."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if ip.sixtofour or ip.teredo or ip.is_site_local:  # tunnels lead to any IPv4 address
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to public addresses only, unless `allow_private`. `deadline` is in seconds of `time.monotonic`."""

    def __init__(self, deadline: float, *, allow_private: bool) -> None:
        self._deadline = deadline
        self._allow_private = allow_private
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A stream to the first checked address that answers.

        Raises DownloadError where none may be tried, and httpcore's errors.
        """
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in self._checked(host, port):
            try:
                left = _time_left(self._deadline, timeout)
                stream = self._plain.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failure or httpcore.ConnectError("no address")

    def _checked(self, host: str, port: int) -> list[str]:
        try:
            addresses = resolved(host, port)
        except (OSError, UnicodeError) as error:
            raise DownloadError(
                f"Le serveur « {host} » est introuvable.", "Vérifiez l’adresse et la connexion de cette machine."
            ) from error
        kept = [one for one in addresses if self._allow_private or is_public(one)]
        if not kept:
            raise DownloadError(
                f"« {host} » ({', '.join(addresses)}) n’est pas un serveur public : Vigie ne s’y connecte pas.",
                "Si c’est voulu, mettez le réglage « corpus.allow_private_addresses » à true.",
            )
        return kept


class _TimedStream(httpcore.NetworkStream):
    """A stream each act of which has the time that is left: a server that drips never gains any."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _time_left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _time_left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            left = _time_left(self._deadline, timeout)
        except httpcore.ReadTimeout:  # nobody else holds the socket yet
            self.close()
            raise
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _time_left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("deadline")
    return left if timeout is None else min(left, timeout)
