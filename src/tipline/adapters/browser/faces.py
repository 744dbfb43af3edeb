"""How a tab is made to look like a visitor's device."""

from collections.abc import Iterator
from typing import Any

from tipline.domain.evidence.browser import Visit


def dress(visit: Visit, version: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the calls that make a tab look like the visit's profile."""
    profile, major = visit.profile, version.rpartition("/")[2].partition(".")[0]
    yield (
        "Emulation.setDeviceMetricsOverride",
        {
            "width": profile.width,
            "height": profile.height,
            "deviceScaleFactor": profile.scale,
            "mobile": profile.is_mobile,
        },
    )
    brands = [{"brand": name, "version": major} for name in ("Chromium", "Google Chrome")]
    yield (
        "Emulation.setUserAgentOverride",
        {
            "userAgent": profile.agent.format(major=major),
            "acceptLanguage": profile.languages,
            "platform": "Linux armv81" if profile.is_mobile else "Win32",
            "userAgentMetadata": {
                "brands": [*brands, {"brand": "Not.A/Brand", "version": "99"}],
                "platform": profile.platform,
                "platformVersion": "10.0.0",
                "architecture": "" if profile.is_mobile else "x86",
                "model": "K" if profile.is_mobile else "",
                "mobile": profile.is_mobile,
            },
        },
    )
    yield "Emulation.setTimezoneOverride", {"timezoneId": profile.time_zone}
    if profile.is_mobile:
        yield "Emulation.setTouchEmulationEnabled", {"enabled": True}
    if not visit.has_scripts:
        yield "Emulation.setScriptExecutionDisabled", {"value": True}
