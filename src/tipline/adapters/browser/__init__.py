"""Chromium by its DevTools protocol, as an unprivileged user and with its sandbox on."""

from tipline.adapters.browser.chromium import Chromium

__all__ = ["Chromium"]
