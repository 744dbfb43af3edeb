"""Texts that would act if a page put them where browsers look for more than text."""

from playwright.sync_api import FilePayload

ACTING = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'><iframe srcdoc='<script>parent.alert(1)</script>'>",
    "</textarea><script>alert(1)</script>",
    "</title></style></option></select><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    '" autofocus onfocus=alert(1) x="',
    "' autofocus onfocus=alert(1) x='",
    "javascript:alert(1)",
    "JaVaScRiPt&colon;alert(1)",
    "data:text/html,<script>alert(1)</script>",
    '<a href="javascript:alert(1)">press</a>',
    '<meta http-equiv="refresh" content="0;url=http://elsewhere.example/">',
    '<base href="http://elsewhere.example/">',
    '<form action="http://elsewhere.example/"><button>send</button></form>',
    '<link rel=stylesheet href="http://elsewhere.example/a.css">',
    '<style>*{background:url("http://elsewhere.example/")}</style>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "{{ 7|add:7 }}{% now 'Y' %}${alert(1)}",
    "\u2028alert(1)\u2029",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "\u202e<script>alert(1)</script>",
)
TEXT = "\n".join(ACTING)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def list_acting_files() -> list[FilePayload]:
    """Files whose names and contents would act."""
    return [
        {"name": "<img src=x onerror=alert(1)>.svg", "mimeType": "image/svg+xml", "buffer": SVG},
        {"name": "\"'><script>alert(1)<.html", "mimeType": "text/html", "buffer": HTML},
        {"name": "{{ 7|add:7 }}\u202egpj.png", "mimeType": "image/png", "buffer": HTML},
    ]
