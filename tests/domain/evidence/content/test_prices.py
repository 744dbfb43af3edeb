import pytest

from tipline.domain.evidence.content.prices import list_prices


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("¥1,800.00 起", ["CNY 1800"]),
        ("1800元/把", ["CNY 1800"]),
        ("US$ 12.50", ["USD 12.5"]),
        ("0.015 BTC or 900 USDT", ["BTC 0.015", "USDT 900"]),
        ("£5 and 6 €", ["GBP 5", "EUR 6"]),
        ("26寸 2026年", []),
    ],
)
def test_prices_are_read_in_one_form(text: str, found: list[str]) -> None:
    assert list(list_prices(text)) == found
