"""Hosts that an app's code and resources name."""

import re
from collections.abc import Iterable

# Sought from its fixed part on, which is many times faster than from the scheme on.
URL = re.compile(rb"://([0-9A-Za-z][0-9A-Za-z.\-]{2,252})")
SCHEMES = (b"http", b"https", b"ws", b"wss")
ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
HOST = re.compile(r"(?:[0-9a-z](?:[0-9a-z-]{0,61}[0-9a-z])?\.)+[a-z][0-9a-z-]{1,62}")
# Of building blocks that nearly every app holds: naming them says nothing.
USUAL = (
    "android.com", "w3.org", "xmlpull.org", "apache.org", "google.com", "googleapis.com",
    "example.com", "github.com", "mozilla.org", "xml.org", "adobe.com", "iptc.org", "gstatic.com",
    "googletagmanager.com", "google-analytics.com", "app-measurement.com", "goo.gl", "ns.adobe.com",
    "openxmlformats.org", "jetbrains.com", "kotlinlang.org", "slf4j.org", "json.org", "ietf.org",
    "purl.org", "java.com", "oracle.com", "stackoverflow.com", "youtu.be", "youtube.com",
)  # fmt: skip
LOOKED_AT = (".dex", ".so", ".arsc", ".js", ".html", ".json", ".xml", ".properties", ".txt", ".bin")
HOSTS_MAX = 200


def find_hosts(texts: Iterable[bytes]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Find hosts, and bare addresses, in URLs within ``texts``; both sorted, each at most 200."""
    hosts: set[str] = set()
    addresses: set[str] = set()
    for text in texts:
        for found in _list_hosts(text):
            host = found.decode("ascii").lower().rstrip(".-")
            if ADDRESS.fullmatch(host):
                if _is_address(host):
                    addresses.add(host)
            elif HOST.fullmatch(host) and not _is_usual(host):
                hosts.add(host)
    return tuple(sorted(hosts)[:HOSTS_MAX]), tuple(sorted(addresses)[:HOSTS_MAX])


def _list_hosts(text: bytes) -> set[bytes]:
    found = URL.finditer(text)
    return {
        each[1] for each in found if text[max(each.start() - 5, 0) : each.start()].endswith(SCHEMES)
    }


def _is_address(host: str) -> bool:
    parts = [int(each) for each in host.split(".")]
    return max(parts) < 256 and parts[0] not in {0, 10, 127} and host != "255.255.255.255"


def _is_usual(host: str) -> bool:
    return any(host == each or host.endswith("." + each) for each in USUAL)
