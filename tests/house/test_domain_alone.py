"""The domain stands alone: it imports with Django, databases and the network's doors blocked."""

import subprocess
import sys

_PROGRAM = """
import importlib, pkgutil, sys

BLOCKED = {"django", "sqlite3", "apsw", "psycopg", "granian", "polars", "asyncio"}

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in BLOCKED or name.startswith("tipline.") and not name.startswith(
            "tipline.domain"
        ):
            raise ImportError(f"{name} is not for the domain")

sys.meta_path.insert(0, Blocker())
import tipline.domain

names = [each.name for each in pkgutil.walk_packages(tipline.domain.__path__, "tipline.domain.")]
for name in names:
    importlib.import_module(name)
print(len(names))
"""


def test_the_domain_imports_with_everything_else_blocked() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _PROGRAM], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 30
