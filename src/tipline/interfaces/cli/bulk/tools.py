"""What a process of a bulk run reads with: the same parts as the worker, chosen in the same place."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from tipline import settings, wiring
from tipline.domain.triage.assess import Place
from tipline.domain.triage.chain import LookUp, Subject, Tools, know_nothing
from tipline.domain.triage.known import Shelf, Standing, weigh
from tipline.domain.triage.opinion import OffenceReader


def make_tools(now: datetime) -> Tools:
    """Make the tools of a run that judges as of ``now``."""
    settings.set_up_django("desk")
    chosen = settings.TIPLINE
    return Tools(
        sieve=wiring.open_sieve(),
        reader=_open_reader(chosen),
        place=Place(now=now, zone=ZoneInfo(chosen.time_zone), default_region=chosen.agency),
        look_up=_make_look_up(wiring.open_shelf(chosen), now)
        if _has_desk(chosen)
        else know_nothing,
    )


def _open_reader(chosen: settings.Settings) -> OffenceReader:
    from tipline.services.training import CurrentReader  # noqa: PLC0415 - after set-up

    workshop = wiring.open_workshop(chosen)
    return CurrentReader(workshop) if _has_desk(chosen) else workshop.open("")


def _has_desk(chosen: settings.Settings) -> bool:
    # A file can be triaged where no desk was ever set up; then nothing is known of anybody.
    return bool(chosen.database) or (chosen.desk_dir / "desk.db").is_file()


def _make_look_up(shelf: Shelf, now: datetime) -> LookUp:
    from tipline.store.queries.known import find_known, has_known  # noqa: PLC0415 - after set-up

    if not has_known(now.date()):
        return know_nothing

    def look_up(subjects: Sequence[Subject]) -> Mapping[Subject, str]:
        found = find_known(subjects=subjects, shelf=shelf, today=now.date())
        return {
            subject: "subject.own" if any(hit.is_own for hit in hits) else "subject.listed"
            for subject, hits in zip(subjects, found.hits, strict=True)
            if weigh(hits) is Standing.BAD
        }

    return look_up
