"""Say the domain's faults in the caller's language."""

from collections.abc import Mapping

from django.utils.translation import gettext, override

from tipline.domain.intake.faults import Fault
from tipline.domain.words import Param


def word_fault(fault: Fault, language: str) -> str:
    """Say what is wrong with one field."""
    return word(fault.message, fault.params, language)


def word(message: str, params: Mapping[str, Param], language: str) -> str:
    """Translate ``message`` and fill in ``params``."""
    with override(language):
        return gettext(message) % params
