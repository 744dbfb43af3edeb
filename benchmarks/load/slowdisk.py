"""Make flushes slower for the processes that are measured, both sides alike.

A disk that answers a flush from a cache does thousands a second; a networked or a rotating one some
hundreds. With a pause after every flush the one machine shows what the other would.
"""

import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("slowdisk.c")


def slow_flushes(directory: Path, *, milliseconds: float) -> dict[str, str]:
    """Environment in which every flush takes so much longer; nothing for 0. Needs a C compiler."""
    if not milliseconds:
        return {}
    made = directory / "slowdisk.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", made, SOURCE, "-ldl"], check=True)
    return {"LD_PRELOAD": str(made), "SLOW_FLUSH_US": str(round(milliseconds * 1000))}
