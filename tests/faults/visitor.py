"""Somebody with a browser: keeps cookies, sends forms as their pages have them, from an address."""

import http.client
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

File = tuple[str, str, bytes]  # field, name, content
WAIT_SECONDS = 30


class FormReader(HTMLParser):
    """Reads the forms of a page: where each goes and what its fields hold."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((told.get("action", ""), {}))
        elif tag == "input" and self.forms and told.get("name"):
            kind = told.get("type", "text")
            is_chosen = kind not in {"radio", "checkbox"} or "checked" in told
            if is_chosen and kind not in {"file", "submit"}:
                self.forms[-1][1][told["name"]] = told.get("value", "")


@dataclass(kw_only=True)
class Page:
    """What was answered."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    def find_form(self, action: str) -> dict[str, str]:
        """The fields of the form whose address ends with ``action``."""
        reader = FormReader()
        reader.feed(self.text)
        for found, fields in reader.forms:
            if urljoin(self.url, found).split("?")[0].rstrip("/").endswith(action.rstrip("/")):
                return fields
        raise AssertionError(f"{self.url} ({self.status}) has no form to {action}")


@dataclass(kw_only=True)
class Visitor:
    """One browser: its address, the headers that it sends everywhere, its cookies."""

    port: int
    source: str = "127.0.0.1"
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Page:
        """Open a page, through whatever redirects."""
        return self._ask("GET", path, b"", {})

    def post(self, path: str, fields: Mapping[str, str]) -> Page:
        """Send a plain form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(fields).encode(), kind)

    def post_parts(self, path: str, fields: Mapping[str, str], files: Sequence[File] = ()) -> Page:
        """Send a form with files."""
        boundary = secrets.token_hex(16)
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        for name, filename, content in files:
            told = f'form-data; name="{name}"; filename="{filename}"'
            head = f"--{boundary}\r\nContent-Disposition: {told}\r\nContent-Type: image/png\r\n\r\n"
            parts.append(head.encode() + content + b"\r\n")
        body = b"".join(parts) + f"--{boundary}--\r\n".encode()
        return self._ask(
            "POST", path, body, {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        )

    def _ask(self, method: str, path: str, body: bytes, extra: dict[str, str]) -> Page:
        page = self._send(method, path, body, extra)
        for _ in range(5):
            if page.status not in {301, 302, 303, 307}:
                break
            place = urlsplit(urljoin(page.url, page.headers["location"]))
            page = self._send(
                "GET", place.path + (f"?{place.query}" if place.query else ""), b"", {}
            )
        return page

    def _send(self, method: str, path: str, body: bytes, extra: dict[str, str]) -> Page:
        url = f"http://127.0.0.1:{self.port}"
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Origin": url, **self.headers, **({"Cookie": jar} if jar else {}), **extra}
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, WAIT_SECONDS, source_address=(self.source, 0)
        )
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            for each in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = each.partition(";")[0].partition("=")
                self.cookies[name] = value
            page = Page(url=url + path, status=answer.status, headers=told, body=answer.read())
        finally:
            connection.close()
        return page
