"""YARA-X over a file: our own rules and the operator's packs; runs in a process of its own.

A rule's ``verdict`` in its metadata says how its match is judged: malicious or suspicious (else).
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yara_x

from tipline.adapters.scanners.content import map_file
from tipline.adapters.scanners.wire import Frame
from tipline.adapters.scanners.worker import Engine

OWN = Path(__file__).parent / "rules"
ENDINGS = (".yar", ".yara")
SECONDS = 10
MATCHES_MAX = 50


def list_rule_files(packs: Path | None) -> list[Path]:
    """List our own rule files, then those of the operator's ``packs`` and their subfolders."""
    found = sorted(OWN.glob("*.yar"))
    if packs is not None and packs.is_dir():
        found += sorted(each for each in packs.rglob("*") if each.suffix in ENDINGS)
    return found


def compile_rules(files: list[Path]) -> tuple[yara_x.Rules, dict[str, str]]:
    """Compile rule files, each in a namespace of its own; gives also those refused, and why."""
    compiler = yara_x.Compiler()
    refused: dict[str, str] = {}
    for number, path in enumerate(files):
        try:
            text = path.read_text("utf-8", "replace")
            yara_x.compile(text)  # alone first: a broken file must not spoil the rest
        except (yara_x.CompileError, OSError) as wrong:
            refused[path.name] = str(wrong).splitlines()[0][:200]
            continue
        compiler.new_namespace(f"{number}:{path.stem}")
        compiler.add_source(text, origin=path.name)
    return compiler.build(), refused


def load_rules(packs: Path | None, cache: Path | None) -> tuple[yara_x.Rules, int]:
    """Load compiled rules from ``cache`` if nothing changed, else compile them and keep them there.

    Gives also the number of files that were refused.
    """
    files = list_rule_files(packs)
    if cache is None:
        rules, refused = compile_rules(files)
        return rules, len(refused)
    seen = hashlib.sha256(yara_x.__doc__.encode() if yara_x.__doc__ else b"")
    for path in files:
        stat = path.stat()
        seen.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    kept = cache / f"rules-{seen.hexdigest()[:32]}.bin"
    try:
        with kept.open("rb") as held:
            count = int.from_bytes(held.read(4))
            return yara_x.Rules.deserialize_from(held), count
    except (OSError, ValueError):
        rules, refused = compile_rules(files)
    _keep(kept, rules, refused=len(refused))
    return rules, len(refused)


def _keep(kept: Path, rules: yara_x.Rules, *, refused: int) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for old in kept.parent.glob("rules-*.bin"):
        old.unlink(missing_ok=True)
    made = kept.with_suffix(".new")
    with made.open("wb") as out:
        out.write(refused.to_bytes(4))
        rules.serialize_into(out)
    made.replace(kept)


def start(options: Mapping[str, Any]) -> Engine:
    """Make the engine; it answers with the rules that match and how many there are.

    ``spans`` of a request, ``[start, bytes]`` each, are matched one by one in the order given.
    """
    packs, cache = (Path(options[key]) if options.get(key) else None for key in ("packs", "cache"))
    rules, refused = load_rules(packs, cache)
    scanner = yara_x.Scanner(rules)
    scanner.set_timeout(SECONDS)
    size = sum(1 for _ in rules)

    def answer(fd: int, request: Mapping[str, Any]) -> Iterator[Frame]:
        data = map_file(fd)
        matches = []
        for number, (at, count) in enumerate(request["spans"]):
            # YARA-X 1.23 reads bytes only, no mapped memory.
            found = scanner.scan(bytes(data[at : at + count])).matching_rules
            matches += [_describe(rule) | {"of": number} for rule in list(found)[:MATCHES_MAX]]
        yield Frame("done", {"rules": size, "refused": refused, "matches": matches})

    return answer


def _describe(rule: yara_x.Rule) -> dict[str, str | int]:
    told = {key: str(value) for key, value in rule.metadata}
    word = "malicious" if told.get("verdict") == "malicious" else "suspicious"
    return {"name": rule.identifier, "word": word, "why": told.get("description", "")[:200]}
