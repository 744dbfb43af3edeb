"""What ``tipline evaluate`` can measure: one file each, and a line in ``EVALUATIONS``."""

from collections.abc import Callable, Mapping

from tipline.interfaces.cli.evaluations import extract, offences

# Name, and what answers the exit status for the given files; is_told shows each text that is wrong.
EVALUATIONS: Mapping[str, Callable[..., int]] = {
    "extract": extract.evaluate,
    "offences": offences.evaluate,
}
