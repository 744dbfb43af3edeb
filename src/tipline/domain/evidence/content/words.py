"""The words of what was seen on a page. ``brand`` is a brand's English name."""

from collections.abc import Mapping

from tipline.domain.words import gettext_noop

PAGE_REASONS: Mapping[str, str] = {
    "item.ware": gettext_noop("These words name what is offered."),
    "page.brand": gettext_noop(
        "The page calls itself %(brand)s, and %(site)s is no address of theirs that we know."
    ),
    "page.bank": gettext_noop(
        "The page calls itself a bank, and its address is no bank's we know."
    ),
    "page.licence": gettext_noop("The page shows the licence number %(number)s."),
    "page.licence.bare": gettext_noop(
        "The page shows the licence number %(number)s, which no address of this sort can have."
    ),
    "page.licence.other": gettext_noop(
        "The page shows the licence number %(number)s of %(owner)s; its address is %(site)s."
    ),
    "page.licence.several": gettext_noop("The page shows several licence numbers: %(count)s."),
    "form.card": gettext_noop("A form asks for the number of a bank card."),
    "form.cvv": gettext_noop("A form asks for the security code of a card."),
    "form.pin": gettext_noop("A form asks for a payment password or PIN."),
    "form.code": gettext_noop("A form asks for a one-time code."),
    "form.id_card": gettext_noop("A form asks for an identity number."),
    "form.password": gettext_noop("A form asks for a password."),
    "form.secrets": gettext_noop("One page asks for many secrets: %(count)s."),
    "form.target": gettext_noop("A form sends what is typed to another site: %(site)s."),
    "form.mail": gettext_noop("A form sends what is typed by e-mail."),
    "form.plain": gettext_noop("A form sends what is typed without encryption."),
    "page.download": gettext_noop("The page has people load a program: %(file)s."),
    "page.unguarded": gettext_noop(
        "The page has people turn protection off, or allow what guards them."
    ),
    "page.rightclick": gettext_noop("The page keeps people from its context menu."),
    "page.keys": gettext_noop("The page keeps people from the browser's tools."),
    "page.coded": gettext_noop("A script of the page is hidden in code."),
    "page.kit": gettext_noop("The page uses a path that phishing kits use: %(path)s."),
    "page.leads": gettext_noop("The page leads on to another site: %(site)s."),
}
