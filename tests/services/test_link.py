"""Reports are placed as they come, the archive is settled, and persons' words hold."""

from collections import defaultdict

import pytest

from tipline.adapters.linking.archive import FileLinker
from tipline.domain.duties import NotAllowed, Role
from tipline.domain.flow import Step
from tipline.services import link, rebuild
from tipline.store import models
from tipline.wiring import open_link_engine

pytestmark = pytest.mark.django_db
STORY = "冒充客服让我转账，电话 {}，微信号 {}"


class Components:
    """Links all that share anything; pairs that must not be together part by the lower report."""

    def link(self, edges, *, must, cannot):
        names, parts = defaultdict(set), {}
        for rows in edges:
            for report, kind, value in rows:
                names[kind, value].add(report)
                parts[report] = report
        for group in [*names.values(), *map(set, must)]:
            label = min(parts[each] for each in group)
            old = {parts[each] for each in group}
            parts = {r: label if p in old else p for r, p in parts.items()}
        for one, other in cannot:
            if parts[one] == parts[other]:
                parts[other] = -other
        return parts


def cluster_of(report: int) -> str:
    return models.ClusterMember.objects.get(report=report).cluster_id


@pytest.fixture
def work(house):
    return lambda: house.shift(linker=Components()).do_all()


def test_a_new_report_goes_to_the_cluster_whose_phone_it_names(house):
    one = house.take("诈骗电话 13911112222")
    two = house.take("又是 13911112222 打来的")
    other = house.take("诈骗电话 13911113333")
    nothing = house.take("邻居家有人赌博")

    assert cluster_of(one) == cluster_of(two) == str(one)
    assert cluster_of(other) == str(other)
    assert not models.ClusterMember.objects.filter(report=nothing).exists()
    row = models.Cluster.objects.get(key=str(one))
    assert (row.size, row.first_at <= row.last_at) == (2, True)
    owner = models.ClusterOwner.objects.get(cluster=str(one))
    assert (owner.mine, owner.total) == (2, 2)
    assert models.Job.objects.get(step=Step.SETTLE.value).due_at > house.now


def test_a_run_over_all_unites_what_live_left_apart_and_persons_part_it(house, hire, work):
    one = house.take("电话 13911112222")
    two = house.take("微信号 abc_99887")
    both = house.take("电话 13911112222，微信号 abc_99887")
    analyst = hire(Role.ANALYST, "500000")
    assert cluster_of(one) != cluster_of(two)

    link.ask_settling(by=analyst, now=house.now)
    work()
    assert cluster_of(one) == cluster_of(two) == cluster_of(both) == str(one)
    assert models.Cluster.objects.get(key=str(two)).into_id == str(one)

    link.rule_link(
        reports=(both, one), is_same=False, reason="another voice", by=analyst, now=house.now
    )
    work()
    assert cluster_of(one) != cluster_of(both)

    link.rule_link(reports=(one, both), is_same=True, reason="I erred", by=analyst, now=house.now)
    work()
    assert cluster_of(one) == cluster_of(both)
    changes = models.ClusterChange.objects.values_list("change", flat=True)
    assert set(changes) == {"merged", "split"}


def test_what_is_placed_while_the_archive_is_read_follows_its_cluster(house):
    one = house.take("电话 13911112222")
    two, _ = house.file_many(["微信号 abc_99887"] * 2, region="500000")
    house.work()
    house.take("电话 13911112222，微信号 abc_99887")

    class Slow(Components):
        def link(self, edges, *, must, cannot):
            found = super().link(edges, must=must, cannot=cannot)
            self.late = house.take("微信号 abc_99887 骗钱")
            return found

    slow = Slow()
    link.settle_now(linker=slow, now=house.now)

    assert cluster_of(slow.late) == cluster_of(two) == cluster_of(one)
    assert models.Cluster.objects.get(key=cluster_of(one)).size == 5


def test_a_gang_is_named_for_a_reason_by_one_who_may(house, hire):
    report = house.take("电话 13911112222")
    given = {"cluster": str(report), "name": "山城客服", "now": house.now}

    with pytest.raises(NotAllowed):
        link.name_gang(**given, reason=" ", by=hire(Role.ANALYST, "500000"))
    with pytest.raises(NotAllowed):
        link.name_gang(**given, reason="one voice", by=hire(Role.INTAKE_OFFICER, "500000"))
    with pytest.raises(link.ClusterUnknown):
        link.name_gang(**given, reason="one voice", by=hire(Role.ANALYST, "110000"))
    number = link.name_gang(**given, reason="one voice", by=hire(Role.ANALYST, "500000"))

    assert models.Gang.objects.get(event=number).cluster == str(report)


def test_a_word_on_another_regions_report_is_refused(house, hire):
    here, there = house.take("电话 13911112222"), house.take("电话 13911112222", region="110000")
    analyst = hire(Role.ANALYST, "500000")

    for pair, refusal in (((here, there), link.ReportUnknown), ((here, here), link.RulingRefused)):
        with pytest.raises(refusal):
            link.rule_link(reports=pair, is_same=True, reason="x", by=analyst, now=house.now)


def test_a_rebuilt_desk_has_the_clusters_that_were(house, hire, work):
    one = house.take("电话 13911112222，微信号 abc_99887")
    two = house.take("微信号 abc_99887")
    analyst = hire(Role.ANALYST, "500000")
    link.rule_link(reports=(one, two), is_same=False, reason="no", by=analyst, now=house.now)
    work()
    house.take("电话 13911112222")
    link.name_gang(cluster=cluster_of(one), name="x", reason="y", by=analyst, now=house.now)
    house.work()
    tables = (models.ClusterMember, models.Cluster, models.LinkRuling, models.Gang)

    def read():
        owners = models.ClusterOwner.objects.values_list(
            "identifier__value", "cluster", "mine", "total"
        )
        rows = [sorted(map(str, table.objects.values_list())) for table in tables]
        return [*rows, sorted(owners)]

    before = read()
    rebuild.rebuild_desk(vault=house.vault, desk_key=house.desk_key, now=house.now)
    assert read() == before


def test_the_real_engine_obeys_what_officers_said(house, hire):
    one, two, three = house.file_many(["电话 13911112222，微信号 abc_99887"] * 3, region="500000")
    house.work()
    analyst = hire(Role.ANALYST, "500000")
    link.rule_link(reports=(one, three), is_same=False, reason="no", by=analyst, now=house.now)

    house.shift(linker=FileLinker(open_link_engine(None), house.path / "linking")).do_all()

    assert cluster_of(one) != cluster_of(three)
    assert cluster_of(two) in {cluster_of(one), cluster_of(three)}
    assert list((house.path / "linking").iterdir()) == []
