"""The API's addresses: which call goes where. Bare ASGI, because the hot path begins here."""

from collections.abc import Awaitable, Callable

from tipline.interfaces.api import openapi, proofs, receipts, reports, works
from tipline.interfaces.api.calls import Answer, Call
from tipline.interfaces.api.contract import PREFIX
from tipline.interfaces.api.problems import Problem
from tipline.interfaces.doorway.answers import NO_STORE, send_answer
from tipline.interfaces.doorway.bodies import Receive, Scope, Send
from tipline.interfaces.doorway.doorway import get_doorway
from tipline.interfaces.doorway.mishaps import log_mishap

Handler = Callable[[Call], Awaitable[Answer]]
PROBLEM_KIND = b"application/problem+json"

ROUTES: dict[str, dict[str, Handler]] = {
    "/reports": {"POST": reports.file_report},
    "/reports:batch": {"POST": reports.file_batch},
    "/receipts:status": {"POST": receipts.show_status, "GET": receipts.show_page},
    "/receipts:reply": {"POST": receipts.take_reply},
    "/proofs/{leaf_index}": {"GET": proofs.get_proof, "POST": proofs.get_own_proof},
    "/log-key": {"GET": proofs.get_log_key},
    "/work": {"GET": works.give_work},
    "/openapi.json": {"GET": openapi.get_description},
}


async def serve_api(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request under /api/v1; whatever goes wrong becomes a problem."""
    call = Call(scope, receive, get_doorway(scope))
    try:
        answer = await _find_handler(scope)(call)
    except Problem as problem:
        answer = _refuse(call, problem)
    except Exception as failed:  # noqa: BLE001 - the server would log it with the request
        log_mishap(failed)
        answer = _refuse(call, Problem("failed"))
    await send_answer(
        scope,
        send,
        status=answer.status,
        body=answer.body,
        kind=answer.kind,
        headers=(NO_STORE, *answer.headers),
    )


def _find_handler(scope: Scope) -> Handler:
    path = scope["path"].removeprefix(PREFIX)
    methods = ROUTES.get(path)
    if methods is None and path.startswith("/proofs/"):
        methods = ROUTES["/proofs/{leaf_index}"]
    if methods is None:
        raise Problem("address_unknown")
    wanted = "GET" if scope["method"] == "HEAD" else scope["method"]
    if wanted not in methods:
        raise Problem("method_refused", headers=((b"allow", ", ".join(methods).encode()),))
    return methods[wanted]


def _refuse(call: Call, problem: Problem) -> Answer:
    body = problem.describe(call.language)
    headers = (*problem.headers, (b"content-language", call.language.encode()))
    return Answer(problem.status, body, PROBLEM_KIND, headers)
