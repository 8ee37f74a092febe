"""The page for somebody who takes over as support manager, in words."""

from typing import Any

from services.cli.personal.shown import due_entry, standing_text
from services.cli.plan.shown import part_of_page, who
from services.cli.session.reading import Names
from services.client.lines import folded
from services.client.words import day_of, short


def handover_text(found: Any, names: Names, width: int) -> str:
    """Return a handover on one page: what is open from sessions, what the Team owes, and the Safeguarder's own view."""
    lines = [folded(f"Handover \u00b7 {who(names)} \u00b7 {day_of(found.standing, 'as_of_date')}", width)]
    lines += part_of_page("Left open", (_carried(each, names) for each in found.carried), "nothing", width)
    lines += part_of_page("The Team owes", (due_entry(each, names) for each in found.team_owes), "nothing", width)
    return "\n".join([*lines, "", standing_text(found.standing, names, width)])


def _carried(each: Any, names: Names) -> tuple[str, str]:
    """Return what a session left open, with its words. A section has no id: it has the title of its standard."""
    known = short(each.about) if "/" in each.about else ""
    what = names.items.get(each.about, "") or names.standards.get(each.about, "" if known else each.about)
    how = "disputed, and not answered yet" if each.disputed else "carried forward"
    said = f"{what}, {how}" if what else f"{how[0].upper()}{how[1:]}"
    words = f': "{" ".join(each.words.split())}"' if each.words else ""
    return known, f"{said} on {day_of(each, 'held_date')}{words}."
