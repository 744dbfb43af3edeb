"""Check a whole vault: one changed byte anywhere is found and named.

The tree is computed again from the rows, every tile and checkpoint is held against it, every row
against its digest. No private key is needed; with the desk's key every record is opened too.
"""

from tipline.vault.fsck.faults import Fault
from tipline.vault.fsck.vaults import Progress, Target, check_vault

__all__ = ["Fault", "Progress", "Target", "check_vault"]
