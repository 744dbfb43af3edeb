# ruff: noqa: SIM905 - the expressions of one link read best in a row
"""Published test vectors of Safe Browsing: facts, with where they stand.

GO: github.com/google/safebrowsing, urls_test.go at bbf0d20d26b32d99fd21664677fe31ee9f0f66e3
(Copyright 2016 Google Inc., Apache-2.0), all of TestCanonicalURL, TestGeneratePatterns,
TestParseIPAddress, TestCanonicalHost, TestCanonicalPath, TestGenerateLookupHosts and
TestGenerateLookupPaths. A byte that is no UTF-8 is written as a lone surrogate.

DOCS: developers.google.com/safe-browsing/v4/urls-hashing and .../reference/URLs.and.Hashing
(CC BY 4.0), the worked cases.
"""

BYTE_80 = "\udc80"

EBAY = (
    "http://%31%36%38%2e%31%38%38%2e%39%39%2e%32%36/%2E%73%65%63%75%72%65/"
    "%77%77%77%2E%65%62%61%79%2E%63%6F%6D/"
)
UPLOADS = (
    "http://195.127.0.11/uploads/%20%20%20%20/.verify/"
    ".eBaysecure=updateuserdataxplimnbqmn-xplmvalidateinfoswqpcmlx=hgplmcx/"
)
SIGNS = "http://host%23.com/%257Ea%2521b%2540c%2523d%2524e%25f%255E00%252611%252A22%252833%252944_55%252B"

GO_URLS = [
    (EBAY, "http://168.188.99.26/.secure/www.ebay.com/"),
    (UPLOADS, UPLOADS),
    (SIGNS, "http://host%23.com/~a!b@c%23d$e%25f^00&11*22(33)44_55+"),
    ("http://host/%25%32%35", "http://host/%25"),
    ("http://host/%25%32%35%25%32%35", "http://host/%25%25"),
    ("http://host/%2525252525252525", "http://host/%25"),
    ("http://host/asdf%25%32%35asd", "http://host/asdf%25asd"),
    ("http://host/%%%25%32%35asd%%", "http://host/%25%25%25asd%25%25"),
    ("http://www.google.com/", "http://www.google.com/"),
    ("http://3279880203/blah", "http://195.127.0.11/blah"),
    ("http://www.evil.com/blah#frag", "http://www.evil.com/blah"),
    ("http://www.GOOgle.com/", "http://www.google.com/"),
    ("http://www.google.com.../", "http://www.google.com/"),
    ("http://www.google.com/foo\tbar\rbaz\n2", "http://www.google.com/foobarbaz2"),
    ("http://www.google.com/q?", "http://www.google.com/q"),
    ("http://www.google.com/q?r?", "http://www.google.com/q"),
    ("http://www.google.com/q?r?s", "http://www.google.com/q"),
    ("http://evil.com/foo#bar#baz", "http://evil.com/foo"),
    ("http://evil.com/foo;", "http://evil.com/foo;"),
    ("http://evil.com/foo?bar;", "http://evil.com/foo"),
    (f"http://\x01{BYTE_80}.com/", "http://%01%80.com/"),
    ("http://notrailingslash.com", "http://notrailingslash.com/"),
    ("http://www.gotaport.com:1234/", "http://www.gotaport.com/"),
    ("  http://www.google.com/  ", "http://www.google.com/"),
    ("http:// leadingspace.com/", "http://%20leadingspace.com/"),
    ("http://%20leadingspace.com/", "http://%20leadingspace.com/"),
    ("%20leadingspace.com/", "http://%20leadingspace.com/"),
    ("https://www.securesite.com/", "https://www.securesite.com/"),
    ("ftp://ftp.myfiles.com/", "ftp://ftp.myfiles.com/"),
    ("http://some%1bhost.com/%1b", "http://some%1bhost.com/%1b"),
    ("  http://www.google.com/  ", "http://www.google.com/"),
    ("http://www.google.com/q?r?s%3F", "http://www.google.com/q"),
    ("http://www.\xfcmlat.com/", "http://www.xn--mlat-zra.com/"),
    ("http://[2001:470:1:18::114]/", "http://[2001:470:1:18::114]/"),
    ("http%3A%2F%2Fwackyurl.com:80/", "http://wackyurl.com/"),
    ("http://W!eird<>Ho$^.com/", "http://w!eird<>ho$^.com/"),
    ("http://i.have.way.too.many.dots.com/", "http://i.have.way.too.many.dots.com/"),
]
GO_REFUSED = [
    "",
    ":",
    "/blah",
    "#ref",
    "/blah#ref",
    "?query#ref",
    "/blah?query#ref",
    "/blah;param",
    "http://#ref",
    "http:///blah#ref",
    "http://?query#ref",
    "http:///blah?query#ref",
    "http:///blah;param",
    "http:///blah;param?query#ref",
    "mailto:bryner@google.com",
]
MANY_DOTS = [
    f"{host}/"
    for host in (
        "a.b.c.d.e.f.g.h.i",
        "c.d.e.f.g.h.i",
        "d.e.f.g.h.i",
        "e.f.g.h.i",
        "f.g.h.i",
        "g.h.i",
        "h.i",
    )
]
SIX = "[2001:470:1:18::114]"
GO_PATTERNS = [
    (
        "http://a.b.c/1/2.html?param=1/2",
        "a.b.c/1/2.html?param=1/2 a.b.c/1/2.html a.b.c/1/ a.b.c/ "
        "b.c/1/2.html?param=1/2 b.c/1/2.html b.c/1/ b.c/".split(),
    ),
    (
        "http://a.b.c/1/2/3/4/5/",
        "a.b.c/1/2/3/4/5/ a.b.c/1/2/3/ a.b.c/1/2/ a.b.c/1/ a.b.c/ "
        "b.c/1/2/3/4/5/ b.c/1/2/3/ b.c/1/2/ b.c/1/ b.c/".split(),
    ),
    ("http://a.b.c.d.e.f.g.h.i/", MANY_DOTS),
    (
        "http://a.b.c.d.e/1.html",
        "a.b.c.d.e/1.html a.b.c.d.e/ b.c.d.e/1.html b.c.d.e/ "
        "c.d.e/1.html c.d.e/ d.e/1.html d.e/".split(),
    ),
    (
        "http://b.c/1/2/3.html?param=1/2",
        "b.c/1/2/3.html?param=1/2 b.c/1/2/3.html b.c/1/2/ b.c/1/ b.c/".split(),
    ),
    ("http://a.b/?", ["a.b/"]),
    (f"http://{SIX}/a/b", [f"{SIX}/a/b", f"{SIX}/a/", f"{SIX}/"]),
    ("http://1.2.3.4/a/b", ["1.2.3.4/a/b", "1.2.3.4/a/", "1.2.3.4/"]),
    ("http://a.b/", ["a.b/"]),
    ("http://b/", ["b/"]),
    ("https://a.b.c.d.e.f.g.h.i/", MANY_DOTS),
    ("a.b.c.d.e.f.g.h.i/", MANY_DOTS),
    (f"{SIX}/a/b", [f"{SIX}/a/b", f"{SIX}/a/", f"{SIX}/"]),
]
GO_PATTERNS_REFUSED = ["/asdf"]
GO_ADDRESSES = [
    ("123.123.0.0.1", ""),
    ("255.0.0.1", "255.0.0.1"),
    ("12.0x12.01234", "12.18.2.156"),
    ("276.2.3", "20.2.0.3"),
    ("012.034.01.055", "10.28.1.45"),
    ("0x12.0x43.0x44.0x01", "18.67.68.1"),
    ("167838211", "10.1.2.3"),
    ("3279880203", "195.127.0.11"),
    ("4294967295", "255.255.255.255"),
    ("10.192.95.89 xy", "10.192.95.89"),
    ("1.2.3.00x0", ""),
]
GO_HOSTS = [
    ("http://www.google.com/foo.html", "www.google.com"),
    ("http://google.com./foo.html", "google.com"),
    ("http://google.com.:8080/foo.html", "google.com"),
    ("http://google...com/foo.html", "google.com"),
    ("http://..google.com/foo.html", "google.com"),
    (
        "http://[FEDC:BA98:7654:3210:FEDC:BA98:7654:3210]:80/index.html",
        "[fedc:ba98:7654:3210:fedc:ba98:7654:3210]",
    ),
    ("http://[::192.9.5.5]/ipng", "[::192.9.5.5]"),
    ("http://0x12.0x43.0x44.0x01", "18.67.68.1"),
    ("http://192.168.0.1:80/index.html", "192.168.0.1"),
]
GO_LOOKUP_HOSTS = [
    ("http://www.google.com/foo.html", ["www.google.com", "google.com"]),
    ("http://a.b.c.com/foo.html", ["a.b.c.com", "b.c.com", "c.com"]),
    (
        "http://a.b.c.d.e.f.kita.tokyo.jp",
        [
            "a.b.c.d.e.f.kita.tokyo.jp",
            "c.d.e.f.kita.tokyo.jp",
            "d.e.f.kita.tokyo.jp",
            "e.f.kita.tokyo.jp",
            "f.kita.tokyo.jp",
            "kita.tokyo.jp",
            "tokyo.jp",
        ],
    ),
    ("http://[::192.9.5.5]/ipng", ["[::192.9.5.5]"]),
]
GO_PATHS = [
    ("http://a.com", "/"),
    ("http://a.com/foo.html", "/foo.html"),
    ("http://a.com/foo/.././bar/./../foo.html", "/foo.html"),
    ("http://a.com/a/b/", "/a/b/"),
    ("http://a.com/a/b/c", "/a/b/c"),
    ("http://a.com//a//b///c////", "/a/b/c/"),
    (f"{EBAY}?query#fragment", "/.secure/www.ebay.com/"),
    (UPLOADS, UPLOADS.removeprefix("http://195.127.0.11")),
    (SIGNS, "/~a!b@c%23d$e%25f^00&11*22(33)44_55+"),
]
GO_LOOKUP_PATHS = [
    ("http://a.com/a/b/c.html", ["/", "/a/", "/a/b/", "/a/b/c.html"]),
    ("http://a.b/", ["/"]),
    (
        "http://a.com/a/b/c/d/e.html?123",
        ["/", "/a/", "/a/b/", "/a/b/c/", "/a/b/c/d/e.html", "/a/b/c/d/e.html?123"],
    ),
]

# The documentation keeps the query; what Go's table tells without it is told with it here.
DOCS_URLS = [
    ("http://www.google.com/blah/..", "http://www.google.com/"),
    ("www.google.com/", "http://www.google.com/"),
    ("www.google.com", "http://www.google.com/"),
    ("http://www.google.com/q?", "http://www.google.com/q?"),
    ("http://www.google.com/q?r?", "http://www.google.com/q?r?"),
    ("http://www.google.com/q?r?s", "http://www.google.com/q?r?s"),
    ("http://evil.com/foo?bar;", "http://evil.com/foo?bar;"),
    ("http://host.com/ab%23cd", "http://host.com/ab%23cd"),
    ("http://host.com//twoslashes?more//slashes", "http://host.com/twoslashes?more//slashes"),
    ("http://[2001:0db8:0000::1]/", "http://[2001:db8::1]/"),
    ("http://[::ffff:1.2.3.4]/", "http://1.2.3.4/"),
    ("http://[64:ff9b::1.2.3.4]/", "http://1.2.3.4/"),
]
DOCS_EXPRESSIONS = [  # with suffixes of five labels, as the documentation has it
    (
        "http://a.b.c/1/2.html?param=1",
        "a.b.c/1/2.html?param=1 a.b.c/1/2.html a.b.c/ a.b.c/1/ "
        "b.c/1/2.html?param=1 b.c/1/2.html b.c/ b.c/1/".split(),
    ),
    (
        "http://a.b.c.d.e.f.g/1.html",
        "a.b.c.d.e.f.g/1.html a.b.c.d.e.f.g/ c.d.e.f.g/1.html c.d.e.f.g/ "
        "d.e.f.g/1.html d.e.f.g/ e.f.g/1.html e.f.g/ f.g/1.html f.g/".split(),
    ),
    ("http://1.2.3.4/1/", ["1.2.3.4/1/", "1.2.3.4/"]),
]
