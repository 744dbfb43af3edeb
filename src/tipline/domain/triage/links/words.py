"""The words of the signals. ``brand`` is a brand's English name: whoever shows the words translates it."""

from collections.abc import Mapping

from tipline.domain.words import gettext_noop

LINK_REASONS: Mapping[str, str] = {
    "link.brand.same": gettext_noop(
        "The name is that of %(brand)s, and the domain is none that we know as theirs."
    ),
    "link.brand.alike": gettext_noop("The name looks like that of %(brand)s, with other letters."),
    "link.brand.edited": gettext_noop("The name is one letter away from that of %(brand)s."),
    "link.brand.part": gettext_noop(
        "The name of %(brand)s stands in it, and the domain is none that we know as theirs."
    ),
    "link.mixed": gettext_noop("Letters of several scripts that look alike are mixed in the name."),
    "link.punycode": gettext_noop("The name is not written in ASCII; in ASCII it is %(ascii)s."),
    "link.shortener": gettext_noop("It is a short link: it hides where it leads."),
    "link.address": gettext_noop("It leads to a bare address without a name."),
    "link.port": gettext_noop("It names an unusual port: %(port)s."),
    "link.userinfo": gettext_noop("What stands before the @ is no part of the site's name."),
    "link.hyphens": gettext_noop("The name has many hyphens: %(count)s."),
    "link.labels": gettext_noop("The name has many parts: %(count)s."),
    "link.hosting": gettext_noop("It lies under %(suffix)s, where anybody may have a site."),
    "link.unregistered": gettext_noop("Nobody can register a name under its ending."),
    "link.long": gettext_noop("The link is very long: %(count)s characters."),
}
