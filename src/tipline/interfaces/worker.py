"""A worker process: ``python -m tipline.interfaces.worker``. Run as many as there is work for."""

import signal
from datetime import timedelta
from zoneinfo import ZoneInfo

from tipline import settings, wiring


def main() -> None:
    """Work until asked to stop; the batch at hand is finished first."""
    settings.set_up_django("desk")
    from tipline.interfaces.shift import Shift  # noqa: PLC0415 - its models need Django set up
    from tipline.services import training, triage  # noqa: PLC0415 - as above

    chosen = settings.TIPLINE
    wiring.prepare_data(chosen)
    shift = Shift(
        vault=wiring.connect_vault(chosen),
        desk_key=wiring.load_desk_key(chosen),
        machine=triage.Machine(
            reader=training.CurrentReader(wiring.open_workshop(chosen)),
            shelf=wiring.open_shelf(chosen),
            templates=wiring.open_templates(chosen),
            default_region=chosen.agency,
            zone=ZoneInfo(chosen.time_zone),
        ),
        linker=wiring.open_archive_linker(chosen),
        batch=chosen.lease_batch,
        lease_lasts=timedelta(seconds=chosen.lease_seconds),
        tries_max=chosen.tries_max,
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: shift.stopping.set())
    try:
        shift.work()
    finally:
        shift.vault.close()


if __name__ == "__main__":
    main()
