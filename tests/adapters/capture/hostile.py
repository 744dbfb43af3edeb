"""Pages made to break who looks at them; each row says how it answers and what must come of it."""

import asyncio
import gzip
import zlib
from dataclasses import dataclass

from tests.adapters.capture.serving import Answer, Site, send

PHONE = "13900001234"
LONG = 60.0


@dataclass(frozen=True)
class Case:
    """``results`` that are right, ``flags`` of which one must be set, words that must be kept."""

    path: str
    results: tuple[str, ...] = ("shown",)
    flags: tuple[str, ...] = ()
    kept: str = ""  # in dom, text or dialogs
    has_record: bool = True  # of the first answer


def raw(data: bytes, *, pause: float = 0.0, close: bool = False) -> Answer:
    async def answer(_path: str, _headers: dict[str, str], writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        await asyncio.sleep(pause)
        if close:
            writer.close()

    return answer


def drip(head: bytes, piece: bytes, gap: float) -> Answer:
    async def answer(_path: str, _headers: dict[str, str], writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(gap)

    return answer


def script(code: str) -> Answer:
    return send(f"<title>Trap</title><body><p>电话 {PHONE}</p><script>{code}</script>")


async def cloak(_path: str, headers: dict[str, str], writer: asyncio.StreamWriter) -> None:
    mobile = "mobile" in headers.get("user-agent", "")
    words = "请输入银行卡号 验证码 身份证" if mobile else "欢迎来到园艺博客 今天我们谈谈玫瑰的修剪"
    await send(f"<p>{words}</p>")("", headers, writer)


async def many_frames(path: str, headers: dict[str, str], writer: asyncio.StreamWriter) -> None:
    depth = int(path.partition("?")[2] or 0)
    frames = "".join(f'<iframe src="/frames?{depth * 3 + each}"></iframe>' for each in (1, 2, 3))
    await send(f"<p>{PHONE}</p>{frames}")("", headers, writer)


async def endless(_path: str, _headers: dict[str, str], writer: asyncio.StreamWriter) -> None:
    head = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
    head += "Content-Disposition: attachment; filename=../../etc/x.apk\r\nContent-Length: 10000000000\r\n\r\n"
    writer.write(head.encode())
    block = bytes(1 << 20)
    while not writer.is_closing():
        writer.write(block)
        await writer.drain()


def pack_bomb() -> bytes:
    machine = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b" " * (1 << 20)
    return b"".join(machine.compress(block) for _ in range(1024)) + machine.flush()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
ANSWERS: dict[str, Answer] = {
    "/hang": raw(b"", pause=LONG),
    "/slowhead": drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 1.0),
    "/hangbody": raw(HEAD + b"Content-Length: 9999\r\n\r\n<p>" + PHONE.encode(), pause=LONG),
    "/slow": drip(HEAD + b"Content-Length: 99999\r\n\r\n<p>" + PHONE.encode(), b"x", 1.0),
    "/loop": send(status="302 Found", Location="/loop2"),
    "/loop2": send(status="302 Found", Location="/loop"),
    "/self": send(status="302 Found", Location="/self"),
    "/jsloop": script("location.href='/jsloop?'+Math.random()"),
    "/meta": send(f'<meta http-equiv="refresh" content="0;url=/meta"><p>{PHONE}'),
    "/alerts": script(f"while(1)alert('call {PHONE}')"),
    "/busy": script("while(1){}"),
    "/latebusy": script("setTimeout(()=>{while(1){}},1500)"),
    "/print": script("for(let i=0;i<50;i++)print()"),
    "/leave": script("onbeforeunload=(e)=>{e.preventDefault();return 'stay'}"),
    "/popups": script("for(let i=0;i<200;i++)window.open('/popup'+i)"),
    "/worker": script("navigator.serviceWorker&&navigator.serviceWorker.register('/sw.js')"),
    "/sw.js": send("self.onfetch=()=>{}", kind="text/javascript"),
    "/events": script("new EventSource('/stream')"),
    "/stream": drip(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n", b"data: 1\n\n", 0.3
    ),
    "/memory": script(
        "const a=[];for(;;)a.push(new ArrayBuffer(1<<24),new Uint8Array(1<<24).fill(7))"
    ),
    "/nodes": script("for(let i=0;i<3e6;i++)document.body.append(document.createElement('b'))"),
    "/tall": send(f"<p>{PHONE}<div style='height:3000000px'>"),
    "/huge": send(f"<p>{PHONE}</p>" + "<p>0123456789</p>" * 1_500_000),
    "/frames": many_frames,
    "/bomb": send(pack_bomb(), Content_Encoding="gzip"),
    "/double": send(gzip.compress(pack_bomb()), Content_Encoding="gzip, gzip"),
    "/endless": endless,
    "/hugehead": raw(
        b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"a" * 20_000_000 + b"\r\n\r\n", close=True
    ),
    "/ssh": raw(b"SSH-2.0-OpenSSH_9.2p1\r\n", pause=1, close=True),
    "/short": raw(HEAD + b"Content-Length: 999\r\n\r\n<p>" + PHONE.encode(), close=True),
    "/wrong": raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n<p>x", close=True),
    "/unpacked": send(f"<p>{PHONE}", Content_Encoding="gzip"),
    "/attach": send(
        b"PK\3\4",
        kind="application/zip",
        Content_Disposition="attachment; filename=../../etc/x.apk",
    ),
    "/tenfiles": script(
        "for(let i=0;i<10;i++){const a=document.createElement('a');a.href='/attach?'+i;"
        "document.body.append(a);a.click()}"
    ),
    "/gb": send(f"<p>电话 {PHONE} 银行卡".encode("gb18030"), kind="text/html"),
    "/broken": send(b"<p>" + PHONE.encode() + b"\xff\xfe\x80 \xc3"),
    "/nul": send(f"<p>a\0b {PHONE}"),
    "/hash": script("location.hash='x'.repeat(2e6)"),
    "/cookies": script("for(let i=0;i<60;i++)document.cookie=i+'='+'x'.repeat(3000)"),
    "/login": send(f"<p>{PHONE}", status="401 Unauthorized", WWW_Authenticate='Basic realm="x"'),
    "/cloak": cloak,
}
CASES = (
    Case("/hang", ("unreachable:timeout",), has_record=False),
    Case("/slowhead", ("unreachable:timeout",), has_record=False),
    Case("/hangbody", ("shown", "not_rendered"), ("slow",), PHONE),
    Case("/slow", ("shown", "not_rendered"), ("slow",), PHONE),
    Case("/loop", ("refused:redirects",)),
    Case("/self", ("refused:redirects",)),
    Case("/jsloop", ("shown", "not_rendered"), ("navigations",), PHONE),
    Case("/meta", ("shown", "not_rendered"), ("navigations",), PHONE),
    Case("/alerts", ("shown",), ("dialogs",), f"call {PHONE}"),
    Case("/busy", ("shown",), ("hang",), PHONE),
    Case("/latebusy", ("shown",), (), PHONE),
    Case("/print", ("shown",), (), PHONE),
    Case("/leave", ("shown",), (), PHONE),
    Case("/popups", ("shown",), (), PHONE),
    Case("/worker", ("shown",), (), PHONE),
    Case("/events", ("shown",), (), PHONE),
    Case("/memory", ("shown",), ("memory", "crash"), PHONE),
    Case("/nodes", ("shown",), (), PHONE),
    Case("/tall", ("shown",), (), PHONE),
    Case("/huge", ("shown", "not_rendered"), ("cut_length",), PHONE),
    Case("/frames", ("shown", "not_rendered"), ("frames",), PHONE),
    Case("/bomb", ("shown", "not_rendered", "empty"), ("cut_length",)),
    Case("/double", ("shown", "not_rendered", "empty"), ("cut_length",)),
    Case("/endless", ("download",)),
    Case("/hugehead", ("protocol_error",), has_record=False),
    Case("/ssh", ("protocol_error",), has_record=False),
    Case("/short", ("shown", "not_rendered"), ("cut_disconnect",), PHONE),
    Case("/wrong", ("shown", "not_rendered", "empty", "protocol_error"), has_record=False),
    Case("/unpacked", ("shown", "not_rendered", "empty"), (), ""),
    Case("/attach", ("download",)),
    Case("/tenfiles", ("shown",), (), PHONE),
    Case("/gb", ("shown",), (), PHONE),
    Case("/broken", ("shown",), (), PHONE),
    Case("/nul", ("shown",), (), PHONE),
    Case("/hash", ("shown",), (), PHONE),
    Case("/cookies", ("shown",), (), PHONE),
    Case("/login", ("shown", "not_rendered"), (), PHONE),
)


def make_hostile_site() -> Site:
    return Site(ANSWERS)
