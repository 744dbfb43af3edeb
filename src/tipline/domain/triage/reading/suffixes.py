"""Public suffixes of the internet, those that also are words or endings of files, and prose."""

import re

import tldextract

# RFC 2606 and RFC 7686 keep these for examples and for hidden services.
_RESERVED = frozenset({"example", "test", "invalid", "localhost", "onion"})
SUFFIXES = _RESERVED.union(tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None).tlds)

_FILE_ENDINGS = frozenset({"zip", "mov", "md", "py", "sh", "pl", "rs", "so", "ps", "ml", "ai"})
_PROGRAMS = frozenset(
    re.findall(
        r"\S+",
        "asp.net vb.net ado.net .net node.js vue.js self.name os.name socket.io system.in system.security "
        "ml.net paint.net draw.io st.at",
    )
)
_TITLES = frozenset(
    re.findall(
        r"\S+", "mr mrs ms dr prof st jr sr no nos vs fig vol ch sec inc ltd co dept tel ext"
    )
)
# Suffixes that nobody writes right after a title, so that vs.com is a host and dr.smith is none.
_PLAIN_SUFFIXES = frozenset(
    {"com", "cn", "net", "org", "xyz", "top", "vip", "cc", "shop", "club", "example"}
)
# Suffixes that are words of English: with a word before them they are two sentences without a space.
_WORDS_THAT_END = frozenset(
    re.findall(
        r"\w+", "so it is in to me be my no now how at as am us do go here ok yes call pay day"
    )
)
_COMMON = frozenset(
    re.findall(
        r"\S+",
        "a about account after again all already also always am amount an and another any app are as ask "
        "asked at back bad bank because been before best bought but buy by call called can cant card "
        "change check come company could data day days did do does done dont down each end even ever "
        "every fake find first for fraud friend from fund get give go going gone good got had has have "
        "he hello help her here him his home hour how i id if im in info into is it its job just keep "
        "know last later let like link list little login long look lost made make man many me message "
        "money month more most much my name need never new next no not nothing now number of off offer "
        "ok old on once one only open or order other our out over own paid pay people person phone place "
        "please price profit real really refund right said same saw say scam see send sent she site so "
        "some someone something soon still stop store such sure take tell text than thank thanks that "
        "the their them then there these they thing think this those time to today told too took top "
        "transfer tried trust try two up us use user very wait want was way we week well went were what "
        "when where which who why will with work world would year yes yesterday yet you your",
    )
)

_INITIALS = re.compile(r"(?:[a-z]\.){2,}[a-z]+\Z|(?:[0-9]+\.){2,}[a-z]+\Z")  # d.c.now, 29.99.my
_VERB = re.compile(r"[a-z]{3}(?:ed|ing|ly)\Z")


def looks_like_file(host: str) -> bool:
    """Tell whether a bare ``host`` may as well be the name of a file, as ``setup.py``."""
    return host.rpartition(".")[2] in _FILE_ENDINGS


def looks_like_prose(host: str) -> bool:
    """Tell whether ``host`` is more likely two words of a sentence, a title or a program's name."""
    if host in _PROGRAMS:
        return True
    if _INITIALS.match(host) and host.rpartition(".")[2] in _WORDS_THAT_END:
        return True
    first, _, rest = host.partition(".")
    if first in _TITLES or "." in rest:
        return first in _TITLES - {"st"} and "." not in rest and rest not in _PLAIN_SUFFIXES
    is_word = first in _COMMON or _VERB.search(first) is not None
    return is_word and rest in _WORDS_THAT_END
