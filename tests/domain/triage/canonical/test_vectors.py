"""Every published vector of Safe Browsing, those that must be refused too."""

import pytest

from tests.domain.triage.canonical import vectors
from tipline.domain.triage.canonical import (
    HostMissing,
    canonicalise,
    list_expressions,
    list_hosts,
    list_paths,
)
from tipline.domain.triage.canonical.address import read_ipv4


@pytest.mark.parametrize(("url", "canonical"), vectors.GO_URLS)
def test_go_canonical_url(url: str, canonical: str) -> None:
    assert canonicalise(url).url == canonical


@pytest.mark.parametrize("url", [*vectors.GO_REFUSED, *vectors.GO_PATTERNS_REFUSED], ids=repr)
def test_go_refused(url: str) -> None:
    with pytest.raises(HostMissing):
        canonicalise(url)


@pytest.mark.parametrize(("url", "patterns"), vectors.GO_PATTERNS)
def test_go_patterns(url: str, patterns: list[str]) -> None:
    assert sorted(list_expressions(canonicalise(url))) == sorted(patterns)


@pytest.mark.parametrize(("written", "address"), vectors.GO_ADDRESSES)
def test_go_addresses(written: str, address: str) -> None:
    assert read_ipv4(written) == address


@pytest.mark.parametrize(("url", "host"), vectors.GO_HOSTS)
def test_go_hosts(url: str, host: str) -> None:
    assert canonicalise(url).host == host


@pytest.mark.parametrize(("url", "hosts"), vectors.GO_LOOKUP_HOSTS)
def test_go_lookup_hosts(url: str, hosts: list[str]) -> None:
    assert list(list_hosts(canonicalise(url).host)) == hosts


@pytest.mark.parametrize(("url", "path"), vectors.GO_PATHS)
def test_go_paths(url: str, path: str) -> None:
    assert canonicalise(url).path == path


@pytest.mark.parametrize(("url", "paths"), vectors.GO_LOOKUP_PATHS)
def test_go_lookup_paths(url: str, paths: list[str]) -> None:
    link = canonicalise(url)
    assert list(list_paths(link.path, link.query)) == paths


@pytest.mark.parametrize(("url", "canonical"), vectors.DOCS_URLS)
def test_documented_url(url: str, canonical: str) -> None:
    assert canonicalise(url).full == canonical


@pytest.mark.parametrize(("url", "expressions"), vectors.DOCS_EXPRESSIONS)
def test_documented_expressions(url: str, expressions: list[str]) -> None:
    assert sorted(list_expressions(canonicalise(url), parts=5)) == sorted(expressions)
