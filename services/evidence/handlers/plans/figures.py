"""Figures about supports, over everybody (B16). They only read."""

from collections import defaultdict
from datetime import date

from services.calendar_days import months_later
from services.evidence.adapters.plan_files import PlanFile
from services.evidence.domain.plans.action import Action
from services.evidence.domain.plans.need import Need
from services.evidence.domain.plans.support import Support
from services.evidence.domain.standards import edition_in_force
from services.evidence.domain.support_figures import Figures, Helped, count_supports
from services.refusals import invalid

_MONTHS = 24
"""How far back figures go unless the caller says. Ours: a support and the evidence after it are often a year apart."""


def read_figures(first_on: date | None, last_on: date | None, files: PlanFile) -> tuple[tuple[date, date], Figures]:
    """Return the days that are covered, and the figures of supports that were spoken of on them.

    Raises:
        Refusal: DATE_OUT_OF_ORDER; NO_STANDARDS_EDITION while no edition of the standards is known.
    """
    last = last_on or files.actor.today
    first = first_on or months_later(last, -_MONTHS)
    if first > last:
        raise invalid(
            "DATE_OUT_OF_ORDER", "The first day is after the last. Swap them.", "from_date", latest=last.isoformat()
        )
    edition = edition_in_force(files.file.editions(), files.actor.today)
    found: dict[str, list[Support]] = defaultdict(list)
    for support in files.parts.supports((first, last)):
        found[support.safeguarder_id].append(support)
    people = (_helped(person, found[person], files) for person in sorted(found))
    return (first, last), count_supports(people, edition, files.actor.today)


def _helped(person: str, supports: list[Support], files: PlanFile) -> Helped:
    return Helped(
        supports,
        {need.need_id: need for need in files.parts.of(Need, person)},
        {action.action_id: action for action in files.parts.of(Action, person)},
        files.facts.concerns_of(person),
        files.records.of(person),
        files.file.of_person(person),
    )
