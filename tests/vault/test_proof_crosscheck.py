"""What the ledger writes, read by golang.org/x/mod/sumdb, which shares no line with it."""

import json
import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tipline.vault import Entry, Unit, load_vault_keys, make_keys, open_owner
from tipline.vault.ledger.checkpoint import read_checkpoint, sign_checkpoint, verify_checkpoint
from tipline.vault.ledger.merkle import TILE_WIDTH, Frontier, TileHashes, hash_leaf
from tipline.vault.ledger.note import NoteSigner, read_base64, write_base64
from tipline.vault.ledger.paths import build_consistency, build_inclusion, build_root
from tipline.vault.ledger.tiles import TilePath, format_tile_path, get_tile_width

pytestmark = pytest.mark.long
GO_PATH = Path("/usr/share/gocode")
INSTALL = "apt-get install golang-go golang-golang-x-mod-dev"
SOURCE = Path(__file__).parent / "go" / "crosscheck.go"
ORIGIN = "hotline.example/log"
LOG = NoteSigner(ORIGIN, bytes(range(32)))
LEAVES = [hash_leaf(str(n).encode()) for n in range(66_600)]
SMALL = range(1, 40)
LARGE = [255, 256, 257, 511, 512, 513, 4_095, 10_000, 65_535, 65_536, 65_537, 65_800, 66_600]
DICE = random.Random(20_160_601)  # noqa: S311 - chooses test cases


def read_all() -> TileHashes:
    tiles = {(tile.level, tile.number): tile.hashes for tile in Frontier().append(LEAVES)}
    return TileHashes(
        lambda level, number: tiles.get((level, number)),
        lambda first, count: b"".join(LEAVES[first : first + count]),
    )


READ = read_all()


@pytest.fixture(scope="module")
def crosscheck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("go") or not (GO_PATH / "src/golang.org/x/mod/sumdb").is_dir():
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing(f"Go or golang.org/x/mod is missing: {INSTALL}")
    built = tmp_path_factory.mktemp("go")
    places = {"GOPATH": str(GO_PATH), "GO111MODULE": "off", "GOFLAGS": "", "GOPROXY": "off"}
    environment = os.environ | places | {"GOCACHE": str(built / "cache"), "CGO_ENABLED": "0"}
    command = ["go", "build", "-o", str(built / "crosscheck"), str(SOURCE)]
    subprocess.run(command, env=environment, check=True)
    return built / "crosscheck"


def ask(crosscheck: Path, **cases: object) -> dict[str, object]:
    given = {"Vkey": LOG.verifier.vkey, "Skey": LOG.skey, "SignText": "text\n"} | cases
    run = subprocess.run(
        [crosscheck], input=json.dumps(given).encode(), capture_output=True, check=True
    )
    return json.loads(run.stdout)


def flip(raw: bytes) -> bytes:
    bit = DICE.randrange(len(raw) * 8)
    altered = bytearray(raw)
    altered[bit // 8] ^= 1 << bit % 8
    return bytes(altered)


def make_case(kind: str, size: int, number: int) -> dict[str, object]:
    build = build_inclusion if kind == "inclusion" else build_consistency
    shown = LEAVES[number] if kind == "inclusion" else build_root(number, READ)
    return {
        "Kind": kind,
        "Size": size,
        "Root": write_base64(build_root(size, READ)),
        "Number": number,
        "Hash": write_base64(shown),
        "Proof": list(map(write_base64, build(number, size, READ))),
        "IsTrue": True,
    }


def forge(case: dict[str, object]) -> Iterator[dict[str, object]]:
    """Give altered copies of a true case; every one is false."""
    false = case | {"IsTrue": False}
    proof = list(case["Proof"])
    yield false | {"Proof": [*proof, write_base64(LEAVES[1])]}
    if proof:
        place = DICE.randrange(len(proof))
        bent = write_base64(flip(read_base64(proof[place])))
        yield false | {"Proof": [*proof[:place], bent, *proof[place + 1 :]]}
        yield false | {"Proof": proof[:-1]}
    yield false | {"Root": write_base64(flip(read_base64(case["Root"])))}
    yield false | {"Hash": write_base64(flip(read_base64(case["Hash"])))}


def choose_numbers(kind: str, size: int) -> list[int]:
    first, after = (0, size) if kind == "inclusion" else (1, size + 1)
    if size in SMALL:
        return list(range(first, after))
    edges = {first, after - 1, size // 2, size // 2 + 1}
    return sorted(edges | {DICE.randrange(first, after) for _ in range(12)})


@pytest.mark.parametrize("kind", ["inclusion", "consistency"])
def test_go_accepts_our_proofs_and_refuses_forged_ones(crosscheck: Path, kind: str):
    true = [
        make_case(kind, size, number)
        for size in (*SMALL, *LARGE)
        for number in choose_numbers(kind, size)
    ]
    forged = [altered for case in true for altered in forge(case)]
    found = ask(crosscheck, Proofs=true + forged)
    assert found["Faults"] == []
    assert found["Refused"] == len(forged) > 3 * len(true) > 2_000
    assert found["Accepted"] == len(true) + 3  # and the keys and a signature of its own


def test_go_accepts_our_checkpoints_and_refuses_forged_ones(crosscheck: Path):
    witness = NoteSigner("witness.example/w1", bytes(range(1, 33)))
    true, forged = [], []
    for size in LARGE:
        root = build_root(size, READ)
        for cosigners in ([], [witness]):
            note = sign_checkpoint(
                origin=ORIGIN, size=size, root=root, key=LOG, cosigners=cosigners
            )
            true.append({"Note": note.decode(), "IsTrue": True})
        other = sign_checkpoint(origin=ORIGIN, size=size + 1, root=root, key=LOG).decode()
        body, _, signature = note.decode().partition("\n\n")
        forged.append(other.partition("\n\n")[0] + "\n\n" + signature)
        forged.append(sign_checkpoint(origin=ORIGIN, size=size, root=root, key=witness).decode())
        forged.append(body + "\n")
    found = ask(crosscheck, Notes=true + [{"Note": note, "IsTrue": False} for note in forged])
    assert found["Faults"] == []
    assert found["Refused"] == len(forged)


def test_we_read_a_checkpoint_that_go_signs_with_our_key(crosscheck: Path):
    ours = sign_checkpoint(origin=ORIGIN, size=42, root=LEAVES[0], key=LOG)
    text = ours.decode().partition("\n\n")[0] + "\n"
    signed = str(ask(crosscheck, SignText=text)["Signed"]).encode()
    assert signed == ours
    assert verify_checkpoint(signed, [LOG.verifier], origin=ORIGIN).size == 42


def write_tiles(directory: Path, size: int) -> None:
    for level in range(3):
        for number in range((size >> 8 * level) // TILE_WIDTH + 1):
            width = get_tile_width(level, number, size)
            path = directory / format_tile_path(TilePath(level, number, width or TILE_WIDTH))
            if width and not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(READ(level, number * TILE_WIDTH, width))


def test_go_builds_the_same_proofs_from_our_tiles(crosscheck: Path, tmp_path: Path):
    trees, expected = [], []
    for size in (1, 2, 100, *LARGE):
        write_tiles(tmp_path, size)
        indexes = choose_numbers("inclusion", size)
        olds = choose_numbers("consistency", size)
        root = write_base64(build_root(size, READ))
        trees.append({"Size": size, "Root": root, "Indexes": indexes, "Olds": olds})
        expected += [build_inclusion(index, size, READ) for index in indexes]
        expected += [build_consistency(old, size, READ) for old in olds]
    found = ask(crosscheck, TileDir=str(tmp_path), Trees=trees)
    assert found["Faults"] == []
    assert found["Built"] == [list(map(write_base64, proof)) for proof in expected]
    assert found["TilesRead"] > 100


def test_go_refuses_tiles_with_one_changed_byte(crosscheck: Path, tmp_path: Path):
    size = 66_600
    write_tiles(tmp_path, size)
    path = tmp_path / "tile/0/000"
    path.write_bytes(flip(path.read_bytes()))
    tree = {"Size": size, "Root": write_base64(build_root(size, READ)), "Indexes": [0], "Olds": []}
    found = ask(crosscheck, TileDir=str(tmp_path), Trees=[tree])
    assert len(found["Faults"]) == 1
    assert "leaf 0 from tiles" in found["Faults"][0]


def test_go_reads_the_log_of_a_real_vault(crosscheck: Path, tmp_path: Path):
    make_keys(vault_dir=tmp_path / "vault", desk_dir=tmp_path / "desk", origin=ORIGIN)
    keys = load_vault_keys(tmp_path / "vault")
    vault = open_owner(tmp_path / "vault/vault.db", keys=keys)
    notes, trees = [], []
    for count in (1, 255, 3, 600, 1_000):
        entries = tuple(Entry(kind="event", text=b"entry %d" % n) for n in range(count))
        vault.append(Unit(entries)).result()
        notes.append(vault.checkpoint())
        size = read_checkpoint(notes[-1]).size
        for level, number in ((level, number) for level in range(2) for number in range(8)):
            width = get_tile_width(level, number, size)
            body = vault.tile(level, number, width) if width else None
            if body:
                path = tmp_path / format_tile_path(TilePath(level, number, width))
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(body)
        root = write_base64(read_checkpoint(notes[-1]).root)
        olds = [read_checkpoint(note).size for note in notes]
        trees.append({"Size": size, "Root": root, "Indexes": [0, size - 1], "Olds": olds})
    vault.close()
    given = {"Vkey": keys.signer.verifier.vkey, "Skey": keys.signer.skey}
    checks = [{"Note": note.decode(), "IsTrue": True} for note in notes]
    found = ask(crosscheck, **given, Notes=checks, TileDir=str(tmp_path), Trees=trees)
    assert found["Faults"] == []
    assert found["Accepted"] == 3 + len(notes) + sum(3 + len(tree["Olds"]) for tree in trees)
