"""What a draw is made of: every parameter of the generator in one table."""

from dataclasses import dataclass, replace
from typing import Self

DAY = 86_400  # seconds


@dataclass(frozen=True, kw_only=True)
class Kind:
    """How one kind of identifier is used."""

    name: str
    mention: float  # share of reports that name one
    slots: int  # that a gang uses side by side
    lifetime: int  # epochs until a slot's identifier is replaced
    is_lent: bool = False  # phone, card, wechat: pass from gang to gang


KINDS: tuple[Kind, ...] = (
    Kind(name="phone", mention=0.50, slots=2, lifetime=2, is_lent=True),
    Kind(name="bank_card", mention=0.28, slots=2, lifetime=3, is_lent=True),
    Kind(name="wechat", mention=0.35, slots=2, lifetime=3, is_lent=True),
    Kind(name="qq", mention=0.22, slots=1, lifetime=4),
    Kind(name="domain", mention=0.50, slots=2, lifetime=1),
    Kind(name="ip", mention=0.40, slots=1, lifetime=2),
    Kind(name="certificate", mention=0.20, slots=1, lifetime=3),
    Kind(name="template", mention=0.70, slots=1, lifetime=6),
)
NUMBER: dict[str, int] = {kind.name: number for number, kind in enumerate(KINDS)}


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Parameters of a draw. Shares are of all reports where nothing else is said."""

    reports: int
    # gangs
    in_gangs: float = 0.65
    size_slope: float = 1.15  # Pareto, from 2
    size_cap: float = 0.004  # largest gang, as a share of all reports
    epoch_median: float = 25.0  # reports of an epoch: lognormal, cut to 5..5000
    epoch_spread: float = 1.2
    hard_rotators: float = 0.10  # gangs that change everything together
    hard_epochs: int = 3  # ... after so many epochs, half of them keeping their template
    # time
    days: int = 730  # that the archive spans
    epoch_days: float = 7.0  # of an epoch: lognormal; long gangs work faster so as to fit
    epoch_days_spread: float = 0.8
    delay_days: float = 2.0  # until the victim reports: lognormal
    delay_spread: float = 1.0
    # honest noise
    popular: float = 0.25  # reports that name a platform's domain or a hotline
    popular_ids: int = 300
    popular_slope: float = 1.25
    popular_allowed: float = 0.60  # of them on the allow-list
    signature: float = 0.05  # reports by bulk reporters that carry the reporter's phone
    signature_ids: int = 20
    platform: float = 0.08  # reports sent by a platform, each naming its domain
    platform_ids: int = 5
    own_number: float = 0.03  # reports with the victim's own number, one number in about three
    own_number_soon: float = 0.5  # of them within one month
    shared_ip: float = 0.40  # gangs on shared hosting, one address for 500 reports
    shared_certificate: float = 0.50  # gangs behind a CDN, of 30 certificates
    shared_kit: float = 0.30  # gangs with a bought template, one for 2000 reports, Zipf 1.3
    hijacked: float = 0.03  # a gang's domain that is a hijacked legitimate site
    hijacked_named: float = 0.002  # reports that name such a site with no wrong meant
    typo: float = 0.02  # mentions with a typing or reading error
    twice: float = 0.03  # reports that a reporter sends a second time
    retired: float = 0.005  # reports by innocents who got a gang's old number
    # gangs that touch
    lent: float = 0.01  # identifiers of a slot that belong to another gang: phone, card, wechat
    mixed: float = 0.005  # reports that also name two identifiers of another gang
    # malice
    brigades: float = 0.003  # reports of crowds sent against an innocent party
    brigade_size: int = 100
    brigade_smears: float = 0.3  # of them also name an identifier of a gang
    flood: int = 0  # reports filed to weld two of the largest gangs
    flood_days: float = 3.0
    flood_ids: int = 2  # of each of the two gangs, in each such report

    def without_noise(self) -> Self:
        """The same gangs with nothing in the way but rotation."""
        none = (
            "popular signature platform own_number shared_ip shared_certificate shared_kit "
            "hijacked hijacked_named typo retired lent mixed brigades flood"
        )
        return replace(self, **{name: type(getattr(self, name))(0) for name in none.split()})

    def with_hub_noise(self, times: float) -> Self:
        """The same draw with ``times`` as many shared hosts, platforms, kits and popular names."""
        hubs = ("popular", "signature", "platform", "shared_ip", "shared_certificate", "shared_kit")
        return replace(self, **{name: min(0.95, getattr(self, name) * times) for name in hubs})
