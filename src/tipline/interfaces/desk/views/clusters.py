"""Clusters: which there are, what makes one of each, and what officers say of them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from tipline.domain.link.picture import draw_web
from tipline.domain.link.web import Name, Web, find_chain, list_bridges, list_rotation
from tipline.interfaces.desk.forms.clusters import GangForm, PairForm, RuleForm
from tipline.interfaces.desk.officer import get_actor
from tipline.interfaces.desk.shown.links import draw_chain, draw_marks, draw_rotation
from tipline.interfaces.desk.views.attempt import attempt
from tipline.services import link
from tipline.store.queries import cluster as clusters

ASKED = gettext_noop("The archive is linked anew as soon as a worker is free.")
RULED = gettext_noop("Your word is kept and holds in every run; one is due at once.")
NAMED = gettext_noop("The gang is named.")
BRIDGES_SHOWN = 10


@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the clusters of which the officer reaches a report."""
    order = "newest" if request.GET.get("order") == "newest" else "size"
    page = _read_number(request, "page") or 0
    rows = clusters.list_clusters(
        actor=get_actor(request), now=timezone.now(), page=page, order=order
    )
    following = page + 1 if len(rows) == clusters.PAGE else None
    shown = {"rows": rows, "order": order, "following": following}
    return render(request, "desk/clusters.html", shown)


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show a cluster, or lead on to the one that it was merged into."""
    page = _load(request, key)
    return redirect("cluster", page.into) if page.into else _draw(request, page)


@require_safe
def show_graph(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show a cluster as a picture; ``?hide=`` leaves out what is named that often or oftener."""
    page = _load(request, key)
    if page.into:
        return redirect("cluster_graph", page.into)
    hide = _read_number(request, "hide")
    without = _list_hubs(page.web, hide) if hide else frozenset[Name]()
    picture = draw_web(page.web, without=without)
    marks = draw_marks(picture)
    shown = {
        "row": page.row,
        "picture": picture,
        "marks": marks,
        "lines": [(picture.spots[a], picture.spots[b], a, b) for a, b in picture.lines],
        "hide": hide,
        "table": [
            (name, page.web.reports[name][:20], len(page.web.reports[name]))
            for name in page.web.shared[:200]
        ],
    }
    return render(request, "desk/cluster_graph.html", shown)


@require_POST
def rule(request: HttpRequest, key: str) -> HttpResponseBase:
    """Keep an officer's word that two reports are the same people's work, or are not."""
    form = RuleForm(request.POST, auto_id="rule_%s")
    page = _load(request, key)
    if not form.is_valid():
        return _draw(request, page, status=422, rule_form=form)
    given = form.cleaned_data
    attempt(
        request,
        lambda: link.rule_link(
            reports=(given["one"], given["other"]),
            is_same=request.POST.get("word") == "same",
            reason=given["reason"],
            by=get_actor(request),
            now=timezone.now(),
        ),
        done=RULED,
    )
    return redirect("cluster", key)


@require_POST
def promote(request: HttpRequest, key: str) -> HttpResponseBase:
    """Name a cluster as a gang."""
    form = GangForm(request.POST, auto_id="gang_%s")
    page = _load(request, key)
    if not form.is_valid():
        return _draw(request, page, status=422, gang_form=form)
    attempt(
        request,
        lambda: link.name_gang(
            cluster=key, **form.cleaned_data, by=get_actor(request), now=timezone.now()
        ),
        done=NAMED,
    )
    return redirect("cluster", key)


@require_POST
def settle(request: HttpRequest) -> HttpResponseBase:
    """Have the archive linked anew."""
    attempt(
        request, lambda: link.ask_settling(by=get_actor(request), now=timezone.now()), done=ASKED
    )
    return redirect("clusters")


def _load(request: HttpRequest, key: str) -> clusters.ClusterPage:
    page = clusters.get_cluster(actor=get_actor(request), key=key, now=timezone.now())
    if page is None:
        raise Http404
    return page


def _draw(
    request: HttpRequest, page: clusters.ClusterPage, *, status: int = 200, **shown: Any
) -> HttpResponse:
    before = _read_number(request, "before")
    members = clusters.list_members(
        actor=get_actor(request), key=page.row.key, now=timezone.now(), before=before
    )
    pair = _choose_pair(request, page.web)
    steps = find_chain(page.web, *pair) if pair else ()
    weeks, rows = list_rotation(page.web, page.days)
    uses, width, height = draw_rotation(weeks, rows)
    begin = {"one": pair[0], "other": pair[1]} if pair else None
    drawn = {
        "cluster": page,
        "hidden": page.row.size - page.visible,
        "members": members,
        "next_before": members[-1].report if len(members) == clusters.PAGE else None,
        "pair": pair,
        "pair_form": PairForm(initial=begin, auto_id="pair_%s"),
        "steps": steps,
        "chain": draw_chain(steps),
        "bridges": list_bridges(page.web)[:BRIDGES_SHOWN],
        "weeks": weeks[-52:],
        "uses": uses,
        "width": width,
        "height": height,
        "rule_form": RuleForm(initial=begin, auto_id="rule_%s"),
        "gang_form": GangForm(auto_id="gang_%s"),
    }
    return render(request, "desk/cluster.html", {**drawn, **shown}, status=status)


def _choose_pair(request: HttpRequest, web: Web) -> tuple[int, int] | None:
    one, other = _read_number(request, "one"), _read_number(request, "other")
    if one is not None and other is not None:
        return one, other
    reports = list(web.names)
    return (reports[0], reports[-1]) if len(reports) > 1 else None


def _list_hubs(web: Web, least: int) -> frozenset[Name]:
    return frozenset(name for name in web.shared if len(web.reports[name]) >= least)


def _read_number(request: HttpRequest, name: str) -> int | None:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
