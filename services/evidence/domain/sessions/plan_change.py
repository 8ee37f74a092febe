"""What another version of the development plan changed since the papers before (R107).

Both versions are those in force at the instants of the two papers. Versions never change, so papers that are made late
say the same.
"""

from dataclasses import dataclass
from datetime import date

from services.evidence.domain.plans.contents import Difference


@dataclass(frozen=True, slots=True)
class PlanChange:
    """Two versions of a plan, and what differs between them. `version_before`: 0 if none was in force then."""

    since_on: date
    version_before: int
    version: int
    difference: Difference
