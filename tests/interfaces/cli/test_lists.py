"""Lists come in from the files that people have, and the command says what came of it."""

import argparse
import gzip
from pathlib import Path

import pytest

from tipline.interfaces.cli.listfiles import ListFileRefused, hash_list, read_list

TEXT = """# a comment
! another
0.0.0.0 evil.example.com
127.0.0.1\tworse.example.com # why
||bad.example.net^
*.wild.example.org
plain.example.com

"""


def write(path: Path, text: str) -> Path:
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, "utf-8")
    return path


def read(path: Path, kind: str = "domain", **given: str) -> list[tuple[str, str]]:
    return list(read_list(path, kind=kind, **given))


@pytest.mark.parametrize("name", ["feed.txt", "feed.txt.gz"])
def test_plain_text_in_the_forms_of_blocklists(tmp_path: Path, name: str) -> None:
    assert [value for _, value in read(write(tmp_path / name, TEXT))] == [
        "evil.example.com",
        "worse.example.com",
        "bad.example.net",
        "wild.example.org",
        "plain.example.com",
    ]


def test_lines_of_other_kinds_are_taken_as_they_are(tmp_path: Path) -> None:
    path = write(tmp_path / "urls.txt", "http://evil.example.com/a b\n#c\n")

    assert read(path, "url") == [("url", "http://evil.example.com/a b")]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Date,URL\n2026,evil.example.com\n", ""),
        ("date,indicator\n2026,evil.example.com\n", ""),
        ("url,odd\nx,evil.example.com\n", "odd"),
        ("\ufeffvalue\nevil.example.com\n", ""),
    ],
)
def test_csv_by_the_names_of_its_columns(tmp_path: Path, text: str, column: str) -> None:
    found = read(write(tmp_path / "a.csv", text), column=column)

    assert found == [("domain", "evil.example.com")]


def test_rows_may_name_their_kinds(tmp_path: Path) -> None:
    csv = write(tmp_path / "a.csv", "type,value\nphone,13900000000\n,x\n")
    lines = write(tmp_path / "a.jsonl", '{"kind":"qq","value":"10000001"}\nnot json\n{"value":7}\n')

    assert read(csv, "mixed") == [("phone", "13900000000"), ("", "x")]
    assert read(lines, "mixed") == [("qq", "10000001"), ("", ""), ("", "")]
    assert read(lines, "qq")[0] == ("qq", "10000001")


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.xlsx", "x", "domain"),
        ("a.csv", "first,second\n1,2\n", "domain"),
        ("a.csv", "", "domain"),
        ("a.csv", "value\nx\n", "mixed"),
        ("a.txt", "x\n", "mixed"),
    ],
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, name: str, text: str, kind: str) -> None:
    with pytest.raises(ListFileRefused):
        read(write(tmp_path / name, text), kind)


def test_progress_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "evil.example.com\n" * 10_000)
    heard: list[int] = []

    assert len(list(read_list(path, kind="domain", at_bytes=heard.append))) == 10_000
    assert heard[-1] == path.stat().st_size


def test_a_file_is_known_by_its_bytes(tmp_path: Path) -> None:
    # Of "abc", as FIPS 180-2 gives it.
    assert hash_list(write(tmp_path / "a.txt", "abc")).startswith("ba7816bf8f01cfea")


@pytest.fixture
def ask(house, monkeypatch, capsys):
    """Run the command on the test's own shelf; gives its status and what it printed."""
    from tipline.interfaces.cli import lists  # noqa: PLC0415 - needs Django

    monkeypatch.setattr(lists.wiring, "open_shelf", lambda _settings: house.shelf)
    monkeypatch.setattr(lists.wiring, "prepare_data", lambda _settings: None)
    monkeypatch.setattr(lists, "set_up_django", lambda _side: None)
    parser = argparse.ArgumentParser()
    lists.COMMANDS[0].add_arguments(parser)

    def run(*given: str) -> str:
        capsys.readouterr()
        assert lists.COMMANDS[0].run(None, parser.parse_args(given)) == 0
        return " ".join(capsys.readouterr().out.split())

    return run


@pytest.mark.django_db
def test_a_list_is_imported_shown_corrected_and_removed(ask, tmp_path: Path) -> None:
    path = str(write(tmp_path / "feed.txt", TEXT + "com\n"))
    told = ask("import", path, "--kind", "domain", "--source", "a feed", "--licence", "CC0-1.0")
    number = told.split()[1]
    url = ("http://login.evil.example.com/x", "--kind", "url")

    assert "5 entries, 1 rows refused" in told
    assert "feed" in ask("show")
    assert "is bad" in ask("show", *url)
    assert "no list accuses it" in ask("remove", *url, "--reason", "hacked")
    assert "is unknown" in ask("show", *url)
    assert "hacked" in ask("show")
    ask("restore", *url, "--reason", "it came back")
    assert "is bad" in ask("show", *url)
    assert "says nothing any more" in ask("remove", number, "--reason", "old")
    assert "is unknown" in ask("show", *url)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("import", "/no/such.txt", "--kind", "domain"), "no such file"),
        (("import", __file__), "--kind"),
        (("remove", "evil.example.com", "--reason", "x"), "--kind"),
        (("remove", "evil.example.com", "--kind", "domain"), "--reason"),
        (("remove", "12", "--reason", "x"), "no such list"),
        (("restore", "a.example.com", "--kind", "domain", "--reason", "x"), "so already"),
        (("show", "com", "--kind", "domain"), "no value of its kind"),
        (("show", "github.io", "--kind", "domain"), "anybody may register"),
    ],
)
def test_what_cannot_be_done_is_said(ask, given: tuple[str, ...], words: str) -> None:
    from tipline.interfaces.cli.command import CommandRefused  # noqa: PLC0415 - beside its use

    with pytest.raises(CommandRefused, match=words):
        ask(*given)


@pytest.mark.django_db
def test_a_list_without_source_or_licence_is_refused(ask, tmp_path: Path) -> None:
    from tipline.interfaces.cli.command import CommandRefused  # noqa: PLC0415 - beside its use

    path = str(write(tmp_path / "feed.txt", TEXT))
    with pytest.raises(CommandRefused, match="--source and --licence"):
        ask("import", path, "--kind", "domain")
