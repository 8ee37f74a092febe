"""RecordTimeAway: record a leave or a suspension, or correct one (R90)."""

from dataclasses import replace

from services.evidence.domain.time_away import TimeAway, check_not_on_file, check_time_away, correct
from services.evidence.ports import Register, TimesAway
from services.refusals import not_found


def record_time_away(
    away: TimeAway, corrects: str, records_decisions: bool, people: Register, times_away: TimesAway
) -> TimeAway:
    """Record a time away and return it. `corrects`: the id of the one that it corrects; empty for a new one.

    Raises:
        Refusal: NOT_FOUND for an unknown person or time away. Otherwise as `check_time_away`, `correct`
            and `check_not_on_file` say.
    """
    entry = people.find(away.safeguarder_id)
    if entry is None:
        raise not_found("SAFEGUARDER_NOT_FOUND", "No Safeguarder with this id is on the register.", "parent")
    check_time_away(away, entry, records_decisions=records_decisions)
    recorded, known = away, times_away.of(away.safeguarder_id)
    if corrects:
        before = next((each for each in known if each.time_away_id == corrects), None)
        if before is None:
            raise not_found("TIME_AWAY_NOT_FOUND", "This person has no such time away.", "time_away_id")
        recorded = correct(before, replace(away, time_away_id=corrects))
    check_not_on_file(recorded, known)
    times_away.record(recorded)
    return recorded
