"""Empty the report side of the desk, for a rebuild from the vault and for nothing else."""

from django.db import connection

from tipline.store.guards import lifted_guards
from tipline.store.models import (
    Assessment,
    Attachment,
    Case,
    CaseReport,
    CaseSubject,
    Correction,
    Cursor,
    CustodyEvent,
    Decision,
    Event,
    Finding,
    Gang,
    Handling,
    Identifier,
    Inspection,
    Job,
    KnownEntry,
    KnownException,
    KnownList,
    Letter,
    Mention,
    ModelUse,
    ModelVersion,
    Note,
    Report,
    RoutingRule,
    Skip,
    Subject,
    TemplateBand,
    TemplateGroup,
    TemplateIdentifier,
    TemplateMember,
    TemplateSegment,
    TemplateWording,
    Unreadable,
)

# Rows that point to others go first. Officers and agencies stay.
_TABLES = (
    CustodyEvent,
    Finding,
    Inspection,
    CaseSubject,
    CaseReport,
    Case,
    Gang,
    Subject,
    KnownEntry,
    KnownException,
    KnownList,
    TemplateBand,
    TemplateIdentifier,
    TemplateMember,
    TemplateWording,
    TemplateSegment,
    TemplateGroup,
    Mention,
    Identifier,
    Assessment,
    Correction,
    ModelUse,
    ModelVersion,
    RoutingRule,
    Attachment,
    Decision,
    Note,
    Letter,
    Skip,
    Handling,
    Unreadable,
    Job,
    Cursor,
    Event,
    Report,
)


def wipe_reports() -> None:
    """Delete all rows that a rebuild writes anew, in the caller's transaction."""
    with lifted_guards(connection), connection.cursor() as cursor:
        for model in _TABLES:
            cursor.execute(f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608, SLF001 - our own tables
