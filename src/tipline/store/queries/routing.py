"""Who handles what: rules and agencies, as the routing of ``domain/triage`` asks for them."""

from tipline.domain.triage.routing import Agencies, Rule
from tipline.store.models import Agency, RoutingRule


def list_rules() -> list[Rule]:
    """Give all rules."""
    rows = RoutingRule.objects.values_list("offence", "region", "agency_id")
    return [Rule(*row) for row in rows]


def list_agency_regions() -> Agencies:
    """Give (code, region) of each agency."""
    return list(Agency.objects.order_by("code").values_list("code", "region"))
