"""Problem details (RFC 9457): what the API says when it does not do what was asked."""

import msgspec
from django.utils.translation import gettext, override

from tipline.domain.words import gettext_noop as _

KIND = "application/problem+json"
TYPE_PREFIX = "urn:tipline:problem:"

# Status and title of each problem by its name.
PROBLEMS = {
    "json_broken": (400, _("The body is not JSON that we can read")),
    "header_refused": (400, _("A header is not one that we can take")),
    "key_unknown": (401, _("This API key is not one of ours")),
    "address_unknown": (404, _("There is nothing at this address")),
    "code_unknown": (404, _("No report has this code")),
    "leaf_unknown": (404, _("The ledger has no such entry")),
    "method_refused": (405, _("This address does not take this method")),
    "body_slow": (408, _("The body arrived too slowly")),
    "retry_mismatch": (409, _("This Idempotency-Key came before with another body")),
    "body_large": (413, _("The body is too large")),
    "media_refused": (415, _("The body must be JSON in UTF-8")),
    "report_refused": (422, _("The report cannot be taken like this")),
    "code_mistyped": (422, _("The code has a typing error")),
    "failed": (500, _("Something failed on our side; nothing was kept")),
    "busy": (503, _("Too many reports at this moment; please send it again shortly")),
    "full": (503, _("Storage is full at this moment; please send it again later")),
}


class FieldError(msgspec.Struct, frozen=True, omit_defaults=True):
    """One field that was refused and why; ``index`` is the report's place in a batch."""

    field: str
    reason: str
    code: str = ""
    index: int | None = None


class ProblemDetails(msgspec.Struct, frozen=True, omit_defaults=True):
    """The body of every refusal."""

    type: str
    title: str
    status: int
    detail: str = ""
    errors: tuple[FieldError, ...] = ()
    positions: tuple[int, ...] = ()
    candidates: tuple[str, ...] = ()


class Problem(Exception):
    """A request is refused; the name is one of ``PROBLEMS``."""

    def __init__(
        self,
        name: str,
        *,
        detail: str = "",
        errors: tuple[FieldError, ...] = (),
        headers: tuple[tuple[bytes, bytes], ...] = (),
        hints: tuple[tuple[int, ...], tuple[str, ...]] = ((), ()),
    ) -> None:
        super().__init__(name)
        self.name = name
        self.detail = detail
        self.errors = errors
        self.headers = headers
        self.hints = hints

    @property
    def status(self) -> int:
        """The HTTP status."""
        return PROBLEMS[self.name][0]

    def describe(self, language: str) -> bytes:
        """Write the problem as JSON, its title in ``language``."""
        status, title = PROBLEMS[self.name]
        with override(language):
            told = gettext(title)
        positions, candidates = self.hints
        return msgspec.json.encode(
            ProblemDetails(
                type=TYPE_PREFIX + self.name,
                title=told,
                status=status,
                detail=self.detail,
                errors=self.errors,
                positions=positions,
                candidates=candidates,
            )
        )
