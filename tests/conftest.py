"""What every test shares: property tests are never judged by the clock."""

from hypothesis import settings

settings.register_profile("tipline", deadline=None)
settings.load_profile("tipline")
