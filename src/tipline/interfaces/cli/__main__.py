"""``python -m tipline.interfaces.cli`` is the same as ``tipline``."""

import sys

from tipline.interfaces.cli import main

sys.exit(main())
