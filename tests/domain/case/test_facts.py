"""Figures of cases: read as they are written, exact, and added up without loss."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from tipline.domain.case.facts import (
    METRICS,
    MONEY,
    Figure,
    FigureRefused,
    Metric,
    Relation,
    add_up,
    read_figure,
)
from tipline.domain.triage.amounts import write_plain


@pytest.mark.parametrize(
    ("metric", "written", "value", "relation", "currency"),
    [
        (Metric.AMOUNT_INVOLVED, "2000余万元", "20000000", "at_least", "CNY"),
        (Metric.AMOUNT_INVOLVED, "1.7万", "17000", "exact", "CNY"),
        (Metric.AMOUNT_INVOLVED, "超过1500万元", "15000000", "at_least", "CNY"),
        (Metric.AMOUNT_INVOLVED, "20,000,000", "20000000", "exact", "CNY"),
        (Metric.AMOUNT_RECOVERED, "$500", "500", "exact", "USD"),
        (Metric.AMOUNT_RECOVERED, "1至2万元", "10000", "at_least", "CNY"),
        (Metric.FRAUDULENT_TRANSACTIONS, "1.7万余笔", "17000", "at_least", ""),
        (Metric.SUSPECTS_ARRESTED, "153名", "153", "exact", ""),
        (Metric.SUSPECTS_ARRESTED, "3400余人", "3400", "at_least", ""),
        (Metric.GANGS_BROKEN, "300多个", "300", "at_least", ""),
        (Metric.GANGS_BROKEN, "2", "2", "exact", ""),
        (Metric.DENS_DESTROYED, "6", "6", "exact", ""),
    ],
)
def test_a_figure_is_read_as_it_is_written(metric, written, value, relation, currency):
    figure = read_figure(metric, written)

    assert (figure.value, figure.relation, figure.currency) == (Decimal(value), relation, currency)


@pytest.mark.parametrize(
    ("metric", "written", "why"),
    [
        (Metric.AMOUNT_INVOLVED, "", "none"),
        (Metric.AMOUNT_INVOLVED, "much", "none"),
        (Metric.AMOUNT_INVOLVED, "骗了3万元，追回1万元", "several"),
        (Metric.AMOUNT_INVOLVED, "约3万元", "about"),
        (Metric.AMOUNT_INVOLVED, "9" * 20, "large"),
        (Metric.AMOUNT_INVOLVED, "0.001", "cents"),
        (Metric.VICTIMS, "1.5", "fraction"),
        (Metric.VICTIMS, "-3", "none"),
    ],
)
def test_what_cannot_be_added_up_is_refused(metric, written, why):
    with pytest.raises(FigureRefused) as refused:
        read_figure(metric, written)
    assert refused.value.why == why


@given(st.text(max_size=40), st.sampled_from(list(Metric)))
def test_any_text_is_read_or_refused(written, metric):
    try:
        figure = read_figure(metric, written)
    except FigureRefused:
        return
    assert figure.value >= 0
    assert bool(figure.currency) == (metric in MONEY)


cents = st.integers(0, 10**15).map(lambda number: Decimal(number) / 100)


@given(cents)
def test_plain_digits_come_back_exactly(value):
    assert read_figure(Metric.AMOUNT_INVOLVED, write_plain(value)).value == value


@given(st.lists(st.tuples(cents, st.sampled_from(list(Relation)), st.sampled_from(["CNY", "USD"]))))
def test_sums_are_exact_and_at_least_as_soon_as_one_part_is(parts):
    totals = add_up(Figure(*part) for part in parts)

    assert sum(each.entries for each in totals.values()) == len(parts)
    for currency, total in totals.items():
        held = [part for part in parts if part[2] == currency]
        assert total.value == sum(part[0] for part in held)
        is_least = any(part[1] is Relation.AT_LEAST for part in held)
        assert (total.relation is Relation.AT_LEAST) == is_least


def test_each_metric_has_words():
    assert set(METRICS) == set(Metric)
