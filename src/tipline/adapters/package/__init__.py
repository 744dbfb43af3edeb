"""Evidence packages: sealed as one zip archive that has exactly one spelling, and verified."""

from tipline.adapters.package.checking import Roots, check_package
from tipline.adapters.package.keys import find_keys
from tipline.adapters.package.sealing import Sealed, Sealing, seal_folder

__all__ = ["Roots", "Sealed", "Sealing", "check_package", "find_keys", "seal_folder"]
