"""Style, script, picture and verifier of the public site, read once and served from memory.

Whitenoise speaks WSGI only: through asgiref's bridge each answer took a thread and twenty times
as long, and the file stayed open until the garbage collector came by.
"""

from pathlib import Path

from tipline.interfaces.doorway.answers import send_answer
from tipline.interfaces.doorway.bodies import Receive, Scope, Send

PREFIX = "/static/"
FOLDER = Path(__file__).parent / "static"
AGE = (b"cache-control", b"public, max-age=600")
KINDS = {
    ".css": b"text/css; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".svg": b"image/svg+xml",
    ".py": b"text/x-python; charset=utf-8",
}
TEXT = b"text/plain; charset=utf-8"


class Statics:
    """Serves the files of ``static/`` whose kind is one of ``KINDS``, and nothing else."""

    def __init__(self) -> None:
        found = (path for path in FOLDER.rglob("*") if path.suffix in KINDS)
        self._files = {
            PREFIX + path.relative_to(FOLDER).as_posix(): (path.read_bytes(), KINDS[path.suffix])
            for path in found
        }

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request under /static/; its body, if any, is not looked at."""
        name = scope["path"]
        if name not in self._files or scope["method"] not in {"GET", "HEAD"}:
            await send_answer(scope, send, status=404, body=b"not found\n", kind=TEXT)
            return
        body, kind = self._files[name]
        await send_answer(scope, send, status=200, body=body, kind=kind, headers=(AGE,))
