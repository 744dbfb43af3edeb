#!/usr/bin/env python3
"""Show offline that a text was received.

    python3 verify.py PROOF TEXT [--key VKEY] [--lang en|zh]

PROOF is the proof file that came with a receipt, TEXT a file with the text exactly as it was sent
("-" reads it from standard input). VKEY is the log's published key (or a file that holds it), best
had from somewhere else than the proof. Prints one line. Exit status: 0 received, 1 not shown to be
received, 2 the input cannot be used.

This file stands alone: standard library only, Python 3.8 or newer, no network. What it checks:

1. the checkpoint in the proof (c2sp.org/tlog-checkpoint) is signed by the key (RFC 8032, Ed25519);
2. the text, hashed with the parts that the proof's "extra" line opens, makes a leaf:
       commitment = HMAC-SHA256(salt, "tipline/v1/" kind 0x00 prev SHA256(text) details_sha256)
       leaf data  = 0x01 SHA256("tipline/v1/leaf" commitment row_digest)
       leaf hash  = SHA256(0x00 leaf data)
3. the hashes in the proof (c2sp.org/tlog-proof) lead from that leaf to the checkpoint's root
   (RFC 9162, section 2.1.3.2).
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import locale
import os
import re
import sys
from contextlib import suppress
from pathlib import Path

BYTES_MAX = {"proof": 2_000_000, "text": 64_000_000, "key": 10_000}

MESSAGES = {
    "en": {
        "received": "RECEIVED: log {origin} holds this text ({kind}) at index {index} of {size}, "
        "signed by {name}, key {key_id}{changes}. {source}",
        "pinned": "The key is the one that you gave.",
        "carried": "The key came inside the proof, so this is only as good as the place "
        "that you had the proof from; give the log's key with --key to be sure.",
        "other_text": "NOT RECEIVED: this is not the text, or not the proof, of record {index} of log "
        "{origin} (other line endings, encodings and final newlines were tried too).",
        "other_key": "NOT RECEIVED: the proof is not signed by the key {key_id} of {name}.",
        "false_signature": "NOT RECEIVED: the proof's signature by {name}, key {key_id}, is false.",
        "unreadable": "UNUSABLE: {path} cannot be read: {reason}.",
        "too_long": "UNUSABLE: {path} is longer than {limit} bytes.",
        "no_proof": "UNUSABLE: {path} is not a proof file: {reason}.",
        "public_proof": "UNUSABLE: this proof has no part that opens the record; "
        "only the proof made with the receipt code shows what the text was.",
        "other_version": "UNUSABLE: the proof is of a newer version; get a newer verify.py.",
        "no_key": "UNUSABLE: the proof carries no key; give the log's key with --key.",
        "bad_key": "UNUSABLE: this is not a key of the form name+id+base64 (Ed25519): {key}",
        "with": " (with {changes})",
        "and": ", ",
        "bom_removed": "its byte order mark removed",
        "bom_added": "a byte order mark added",
        "utf16": "its encoding changed from UTF-16 to UTF-8",
        "gb18030": "its encoding changed from GB18030 to UTF-8",
        "lf": "its line endings changed to LF",
        "crlf": "its line endings changed to CRLF",
        "end_removed": "newlines at its end removed",
        "end_added": "a newline at its end added",
        "not_base64": "a value in it is not base64",
        "wrong_length": "a value in it has another length than it should",
        "not_number": "a number in it is malformed",
        "not_utf8": "it is not UTF-8",
        "no_head": "its first line or its checkpoint is missing",
        "no_index": "it names no index",
        "bad_checkpoint": "its checkpoint is malformed",
        "bad_signature": "a signature line in it is malformed",
        "bad_opening": "the part that opens the record is malformed",
    },
    "zh": {
        "received": "已收到：日志 {origin} 在序号 {index}（共 {size} 条）处存有此文本（{kind}），"
        "由 {name} 签名，密钥 {key_id}{changes}。{source}",
        "pinned": "所用密钥由您指定。",
        "carried": "密钥取自证明文件本身，结果的可信程度只等同于该文件的来源；如需确认，请用 --key 指定日志的密钥。",
        "other_text": "未收到：此文本或此证明与日志 {origin} 中序号 {index} 的记录不符"
        "（已尝试其他换行符、编码和结尾换行）。",
        "other_key": "未收到：证明没有 {name} 的密钥 {key_id} 的签名。",
        "false_signature": "未收到：证明中 {name}（密钥 {key_id}）的签名无效。",
        "unreadable": "无法使用：不能读取 {path}：{reason}。",
        "too_long": "无法使用：{path} 超过 {limit} 字节。",
        "no_proof": "无法使用：{path} 不是证明文件：{reason}。",
        "public_proof": "无法使用：此证明不含打开记录的部分；只有凭回执码取得的证明才能说明文本内容。",
        "other_version": "无法使用：证明的版本较新，请获取新的 verify.py。",
        "no_key": "无法使用：证明中没有密钥，请用 --key 指定日志的密钥。",
        "bad_key": "无法使用：这不是“名称+编号+base64”形式的 Ed25519 密钥：{key}",
        "with": "（{changes}）",
        "and": "，",
        "bom_removed": "已去掉字节顺序标记",
        "bom_added": "已加上字节顺序标记",
        "utf16": "编码已由 UTF-16 改为 UTF-8",
        "gb18030": "编码已由 GB18030 改为 UTF-8",
        "lf": "换行符已改为 LF",
        "crlf": "换行符已改为 CRLF",
        "end_removed": "已去掉结尾的换行",
        "end_added": "已加上结尾的换行",
        "not_base64": "其中有值不是 base64",
        "wrong_length": "其中有值长度不对",
        "not_number": "其中有数字格式不对",
        "not_utf8": "不是 UTF-8",
        "no_head": "缺少首行或检查点",
        "no_index": "没有序号",
        "bad_checkpoint": "检查点格式不对",
        "bad_signature": "签名行格式不对",
        "bad_opening": "打开记录的部分格式不对",
    },
}


class Verdict(Exception):
    """Ends the run with an exit status and a message."""

    def __init__(self, status, message, **values):
        super().__init__(message)
        self.status, self.message, self.values = status, message, values


class Malformed(Exception):
    """Names what is wrong with a proof file, as a message."""


# --- Ed25519 (RFC 8032, section 5.1); a point is (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z ---

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)


def decode_point(raw):
    """Read a point from its 32 bytes; None where they encode none."""
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_1 % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def encode_point(point):
    """Write a point as 32 bytes."""
    x, y, z, _ = point
    inverse = pow(z, P - 2, P)
    return (y * inverse % P | (x * inverse % P & 1) << 255).to_bytes(32, "little")


def add_points(one, two):
    """Add by the formulas that hold for every pair of points."""
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c = 2 * one[3] * two[3] * D % P
    d = 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(number, point):
    """Add a point to itself ``number`` times."""
    product = (0, 1, 1, 0)
    while number:
        if number & 1:
            product = add_points(product, point)
        point = add_points(point, point)
        number >>= 1
    return product


BASE = decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public, message, signature):
    """Whether an Ed25519 signature over the message is the public key's."""
    key = decode_point(public)
    number = int.from_bytes(signature[32:], "little")
    if key is None or len(signature) != 64 or number >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    minus_key = (P - key[0], key[1], 1, P - key[3])
    challenge = int.from_bytes(digest, "little") % ORDER
    return (
        encode_point(add_points(multiply(number, BASE), multiply(challenge, minus_key)))
        == signature[:32]
    )


# --- the proof file ---


def read_base64(text, size=None):
    """Read standard base64, of ``size`` bytes where that is given."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        raise Malformed("not_base64") from None
    if size is not None and len(raw) != size:
        raise Malformed("wrong_length")
    return raw


def read_number(text):
    """Read a decimal without leading zeros."""
    if not re.fullmatch(r"0|[1-9][0-9]{0,17}", text):
        raise Malformed("not_number")
    return int(text)


def read_proof(raw):
    """Take a proof file apart; nothing in it is verified yet."""
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Malformed("not_utf8") from None
    head, separator, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if lines.pop(0) != "c2sp.org/tlog-proof@v1" or not separator:
        raise Malformed("no_head")
    extra = lines.pop(0)[6:] if lines and lines[0].startswith("extra ") else ""
    if not lines or not lines[0].startswith("index "):
        raise Malformed("no_index")
    proof = read_checkpoint(checkpoint)
    proof["index"] = read_number(lines.pop(0)[6:])
    proof["hashes"] = [read_base64(line, 32) for line in lines]
    proof["opening"] = read_opening(read_base64(extra))
    return proof


def read_checkpoint(checkpoint):
    """Take a checkpoint apart: what was signed, what it says, who signed."""
    body, separator, signatures = checkpoint.rpartition("\n\n")
    lines = body.split("\n")
    if not separator or len(lines) < 3 or not all(lines):
        raise Malformed("bad_checkpoint")
    return {
        "signed": (body + "\n").encode(),
        "origin": lines[0],
        "size": read_number(lines[1]),
        "root": read_base64(lines[2], 32),
        "signatures": [read_signature(line) for line in signatures.split("\n") if line],
    }


def read_signature(line):
    """Take a signature line apart: name, key id, signature."""
    dash, name, value = [*line.split(" "), "", ""][:3]
    raw = read_base64(value)
    if dash != "\u2014" or len(raw) < 5:
        raise Malformed("bad_signature")
    return (name, raw[:4], raw[4:])


def read_opening(extra):
    """Read the part that opens the record: JSON, its byte values in base64."""
    if not extra:
        return None
    try:
        opening = json.loads(extra.decode())
    except (ValueError, RecursionError):
        raise Malformed("bad_opening") from None
    if not isinstance(opening, dict):
        raise Malformed("bad_opening")
    if opening.get("v") != 1:
        return {"v": opening.get("v")}
    values = {name: opening.get(name) for name in ("salt", "prev", "details_sha256", "row_digest")}
    texts = [opening.get("kind"), opening.get("vkey", ""), *values.values()]
    if not all(isinstance(text, str) for text in texts):
        raise Malformed("bad_opening")
    read = {name: read_base64(value, 32) for name, value in values.items()}
    return dict(read, v=1, kind=opening["kind"], vkey=opening.get("vkey", ""))


def read_key(vkey):
    """Read a verifier key, name+id+base64 (c2sp.org/signed-note)."""
    name, key_id, value = [*vkey.strip().split("+", 2), "", ""][:3]
    try:
        material = read_base64(value, 33)
    except Malformed:
        material = b""
    digest = hashlib.sha256(name.encode("utf-8", "replace") + b"\n" + material).digest()
    if not name or material[:1] != b"\1" or digest[:4].hex() != key_id:
        raise Verdict(2, "bad_key", key=vkey[:200])
    return {"name": name, "id": digest[:4], "public": material[1:]}


# --- the checks ---


def check_signature(proof, key):
    """Require a true signature by the key over the checkpoint."""
    said = {"name": key["name"], "key_id": key["id"].hex()}
    claims = [
        sig
        for name, key_id, sig in proof["signatures"]
        if (name, key_id) == (key["name"], key["id"])
    ]
    if not claims:
        raise Verdict(1, "other_key", **said)
    if not all(is_signed(key["public"], proof["signed"], signature) for signature in claims):
        raise Verdict(1, "false_signature", **said)


def hash_record(opening, text_sha256):
    """Leaf hash of the record that the text and the opened parts make."""
    label = b"tipline/v1/" + opening["kind"].encode("utf-8", "replace") + b"\0"
    message = label + opening["prev"] + text_sha256 + opening["details_sha256"]
    commitment = hmac.new(opening["salt"], message, hashlib.sha256).digest()
    inner = hashlib.sha256(b"tipline/v1/leaf" + commitment + opening["row_digest"]).digest()
    return hashlib.sha256(b"\0\1" + inner).digest()


def climb(leaf_hash, proof):
    """Root that the proof's hashes lead to from the leaf; None where they do not fit the tree."""
    node, last, found = proof["index"], proof["size"] - 1, leaf_hash
    if node > last:
        return None
    for sibling in proof["hashes"]:
        if last == 0:
            return None
        if node % 2 or node == last:
            found = hashlib.sha256(b"\1" + sibling + found).digest()
            while node and not node % 2:
                node, last = node // 2, last // 2
        else:
            found = hashlib.sha256(b"\1" + found + sibling).digest()
        node, last = node // 2, last // 2
    return None if last else found


def list_spellings(raw):
    """Spell a text in the ways that editors and mail change it, the least changed first."""
    for encoded, encoding in list_encodings(raw):
        lf = encoded.replace(b"\r\n", b"\n")
        for lines, ending in (
            (encoded, ()),
            (lf, ("lf",)),
            (lf.replace(b"\n", b"\r\n"), ("crlf",)),
        ):
            yield lines, encoding + ending
            for end in (b"\r\n", b"\n"):
                if lines.endswith(end):
                    yield lines[: -len(end)], encoding + ending + ("end_removed",)
            yield lines.rstrip(b"\r\n"), encoding + ending + ("end_removed",)
            yield lines + b"\n", encoding + ending + ("end_added",)
            yield lines + b"\r\n", encoding + ending + ("end_added",)


def list_encodings(raw):
    """Spell a text with and without byte order mark, and in UTF-8 where it was not."""
    yield raw, ()
    if raw.startswith(b"\xef\xbb\xbf"):
        yield raw[3:], ("bom_removed",)
    else:
        yield b"\xef\xbb\xbf" + raw, ("bom_added",)
    is_utf16 = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf16",) if is_utf16 else ("gb18030",):
        with suppress(UnicodeError):
            yield raw.decode(encoding).encode(), (encoding,)


def find_spelling(text, proof):
    """Give the changes under which the text makes the proven leaf."""
    tried = {}
    for spelling, changes in list_spellings(text):
        tried.setdefault(hashlib.sha256(spelling).digest(), changes)
    for text_sha256, changes in tried.items():
        if climb(hash_record(proof["opening"], text_sha256), proof) == proof["root"]:
            return changes
    raise Verdict(1, "other_text", index=proof["index"], origin=proof["origin"])


def choose_key(given, opening):
    """Take the key that was given, or else the one that the proof carries."""
    if given is not None:
        is_file = os.path.isfile(given)  # noqa: PTH113 - pathlib's raises for a long key
        return read_key(read_file(given, "key").decode("utf-8", "replace") if is_file else given)
    if not opening["vkey"]:
        raise Verdict(2, "no_key")
    return read_key(opening["vkey"])


def verify(options):
    """Check a proof and a text."""
    raw, text = read_file(options.proof, "proof"), read_file(options.text, "text")
    try:
        proof = read_proof(raw)
    except Malformed as malformed:
        raise Verdict(2, "no_proof", path=options.proof, reason=str(malformed)) from None
    opening = proof["opening"]
    if opening is None:
        raise Verdict(2, "public_proof")
    if opening["v"] != 1:
        raise Verdict(2, "other_version")
    key = choose_key(options.key, opening)
    check_signature(proof, key)
    said = {name: proof[name] for name in ("origin", "index", "size")}
    said.update(kind=opening["kind"], name=key["name"], key_id=key["id"].hex())
    source = "carried" if options.key is None else "pinned"
    return Verdict(0, "received", changes=find_spelling(text, proof), source=source, **said)


# --- the command ---


def read_file(path, what):
    """Read a file, or standard input for "-", within limits."""
    limit = BYTES_MAX[what]
    try:
        with sys.stdin.buffer if path == "-" else Path(path).open("rb") as file:
            raw = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise Verdict(
            2, "unreadable", path=path, reason=getattr(error, "strerror", None) or error
        ) from None
    if len(raw) > limit:
        raise Verdict(2, "too_long", path=path, limit=limit)
    return raw


def render(verdict, language):
    """Write a verdict as one line that no input can break or colour."""
    table, values = MESSAGES[language], dict(verdict.values)
    if "reason" in values:
        values["reason"] = table.get(values["reason"], values["reason"])
    if "source" in values:
        values["source"] = table[values["source"]]
        changes = table["and"].join(table[change] for change in values["changes"])
        values["changes"] = table["with"].format(changes=changes) if changes else ""
    line = table[verdict.message].format(**values)
    return "".join(char if char.isprintable() else "?" for char in line)


def guess_language():
    """Choose the language that the terminal is set to."""
    names = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]  # noqa: TID251 - runs alone
    name = next(filter(None, names), None) or locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def main():
    """Read the command line, verify, print one line; gives the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("proof", metavar="PROOF")
    parser.add_argument("text", metavar="TEXT")
    parser.add_argument("--key", metavar="VKEY")
    parser.add_argument("--lang", choices=("en", "zh"), default=guess_language())
    options = parser.parse_args()
    try:
        verdict = verify(options)
    except Verdict as refusal:
        verdict = refusal
    sys.stdout.reconfigure(errors="replace")
    sys.stdout.write(render(verdict, options.lang) + "\n")
    return verdict.status


if __name__ == "__main__":
    sys.exit(main())
