"""Identifiers that belong to nobody, plain or hidden as people hide them."""

import random
import string

_FULL = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_CIRCLED, _CHINESE, _FINANCIAL = "⓪①②③④⑤⑥⑦⑧⑨", "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
_SUFFIXES = (
    "com",
    "cn",
    "com.cn",
    "net",
    "cc",
    "top",
    "xyz",
    "vip",
    "club",
    "site",
    "info",
    "org",
    "me",
)
_VIRTUAL = ("170", "171", "162", "165", "167")  # sold again by operators without a network
_BANKS = ("622202", "621700", "622848", "621660", "621799", "623668", "601382")


class Maker:
    """Makes identifiers, the same ones for the same seed; one in ``hidden`` of them is disguised."""

    def __init__(self, seed: int, *, hidden: float = 0.3) -> None:
        self.random = random.Random(seed)
        self.hidden = hidden

    def make(self, kind: str) -> str:
        """One identifier as it stands in a text: url, phone, qq, wechat, card or amount."""
        plain = getattr(self, f"make_{kind}")()
        if kind == "digits" or self.random.random() >= self.hidden:
            return plain
        ways = (
            spell_wide,
            space_out,
            *(() if not plain.isdigit() else (circle, spell_chinese, spell_financial)),
        )
        if kind == "url":
            ways = (spell_wide, bracket_dots, say_dots, full_stops)
        return self.random.choice(ways)(plain)

    def make_url(self) -> str:
        name = self._letters(4, 9) + (self._digits(4) if self.random.random() < 0.4 else "")
        host = f"{self.random.choice(('', 'www.', 'wap.', 'm.'))}{name}.{self.random.choice(_SUFFIXES)}"
        path = self.random.choice(
            ("", f"/{self._letters(2, 6)}", f"/{self._letters(2, 6)}?id={self._digits(4)}")
        )
        return self.random.choice(("", "http://", "https://")) + host + path

    def make_phone(self) -> str:
        number = self.random.choice(_VIRTUAL) + self._digits(8)
        return self.random.choice(
            (
                number,
                number,
                f"{number[:3]}-{number[3:7]}-{number[7:]}",
                f"400-{self._digits(3)}-{self._digits(4)}",
            )
        )

    def make_qq(self) -> str:
        return self.random.choice("6789") + self._digits(self.random.randint(8, 9))

    def make_wechat(self) -> str:
        return self._letters(4, 7) + self._digits(self.random.randint(2, 6))

    def make_card(self) -> str:
        body = self.random.choice(_BANKS) + self._digits(12)
        return body + check_digit(body)

    def make_amount(self) -> str:
        sums = (
            self._digits(4).lstrip("0") or "1",
            f"{self.random.randint(1, 99)}.{self.random.randint(1, 9)}万",
        )
        return self.random.choice(sums) + "元"

    def make_digits(self) -> str:
        return self._digits(self.random.randint(1, 3))

    def _letters(self, least: int, most: int) -> str:
        return "".join(
            self.random.choices(string.ascii_lowercase, k=self.random.randint(least, most))
        )

    def _digits(self, count: int) -> str:
        return "".join(self.random.choices(string.digits, k=count))


def check_digit(body: str) -> str:
    """The Luhn digit of a card number without its last digit."""
    doubled = (int(each) * (2 - place % 2) for place, each in enumerate(reversed(body)))
    return str(-sum(each - 9 if each > 9 else each for each in doubled) % 10)


def spell_wide(plain: str) -> str:
    return plain.translate(_FULL)


def space_out(plain: str) -> str:
    return " ".join(plain)


def circle(plain: str) -> str:
    return "".join(_CIRCLED[int(each)] for each in plain)


def spell_chinese(plain: str) -> str:
    return "".join(_CHINESE[int(each)] for each in plain)


def spell_financial(plain: str) -> str:
    return "".join(_FINANCIAL[int(each)] for each in plain)


def bracket_dots(plain: str) -> str:
    return plain.replace("http", "hxxp").replace(".", "[.]")


def say_dots(plain: str) -> str:
    return plain.replace(".", "点")


def full_stops(plain: str) -> str:
    return plain.replace(".", "。")
