"""The tables of the desk's store, one module a stage."""

from tipline.store.models.audit import Event
from tipline.store.models.case import Case, CaseReport, CaseSubject, Gang, Subject
from tipline.store.models.casework import (
    CaseFact,
    CaseFlow,
    CaseHandover,
    CaseNote,
    CasePerson,
    CaseTask,
)
from tipline.store.models.disposal import Decision, Handling, Note, Skip
from tipline.store.models.evidence import CustodyEvent, Finding, Inspection
from tipline.store.models.feedback import Letter
from tipline.store.models.intake import Attachment, Report, Unreadable
from tipline.store.models.known import KnownEntry, KnownException, KnownList
from tipline.store.models.link import (
    Cluster,
    ClusterChange,
    ClusterMember,
    ClusterOwner,
    LinkRuling,
)
from tipline.store.models.measures import SubjectAction, SubjectDecision
from tipline.store.models.orders import Order, OrderAnswer, OrderFile, OrderItem, OrderLetter
from tipline.store.models.search import SavedSearch, SearchEntry, SearchHit
from tipline.store.models.staff import Agency, Officer
from tipline.store.models.templates import (
    TemplateBand,
    TemplateGroup,
    TemplateIdentifier,
    TemplateMember,
    TemplateSegment,
    TemplateWording,
)
from tipline.store.models.training import ModelUse, ModelVersion
from tipline.store.models.triage import (
    Assessment,
    Correction,
    Identifier,
    Mention,
    RoutingRule,
)
from tipline.store.models.work import Cursor, Job

__all__ = [
    "Agency",
    "Assessment",
    "Attachment",
    "Case",
    "CaseFact",
    "CaseFlow",
    "CaseHandover",
    "CaseNote",
    "CasePerson",
    "CaseReport",
    "CaseSubject",
    "CaseTask",
    "Cluster",
    "ClusterChange",
    "ClusterMember",
    "ClusterOwner",
    "Correction",
    "Cursor",
    "CustodyEvent",
    "Decision",
    "Event",
    "Finding",
    "Gang",
    "Handling",
    "Identifier",
    "Inspection",
    "Job",
    "KnownEntry",
    "KnownException",
    "KnownList",
    "Letter",
    "LinkRuling",
    "Mention",
    "ModelUse",
    "ModelVersion",
    "Note",
    "Officer",
    "Order",
    "OrderAnswer",
    "OrderFile",
    "OrderItem",
    "OrderLetter",
    "Report",
    "RoutingRule",
    "SavedSearch",
    "SearchEntry",
    "SearchHit",
    "Skip",
    "Subject",
    "SubjectAction",
    "SubjectDecision",
    "TemplateBand",
    "TemplateGroup",
    "TemplateIdentifier",
    "TemplateMember",
    "TemplateSegment",
    "TemplateWording",
    "Unreadable",
]
