"""Becomes the browser: gives up root, ties its life to the parent's, and puts the pipe in place.

Run by path, with no package and no site behind it: launch.py UID GID IN OUT COMMAND... (UID 0: the
user stays). Chromium reads its orders from descriptor 3 and answers on 4.
"""

import ctypes
import os
import resource
import signal
import sys

_PARENT_DEATH = 1  # prctl's PR_SET_PDEATHSIG
_FILE_BYTES = 1 << 30


def main() -> None:
    """Give up what is not needed, then run the command."""
    uid, gid, into, out = map(int, sys.argv[1:5])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_BYTES, _FILE_BYTES))
    if uid:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGKILL)
    spare = [os.dup(each) for each in (into, out)]
    while min(spare) < 5:
        spare = [os.dup(each) for each in spare]
    os.dup2(spare[0], 3)
    os.dup2(spare[1], 4)
    os.execvp(sys.argv[5], sys.argv[5:])  # noqa: S606 - that is what it is for


if __name__ == "__main__":
    main()
