"""Recorded decisions of Ministers in words."""

from typing import Any

from services.client.lines import labelled
from services.client.words import day_of, london_time, spaced, word_of


def shown(decision: Any, width: int) -> str:
    """Return a decision with what was recorded at first and every correction."""
    rows = [("", record_says(decision, "record"))]
    rows.append(("Recorded", f"{london_time(decision.record_time)}, by {decision.recorded_by}."))
    if decision.recommendation:
        rows.append(("Follows", decision.recommendation))
    if decision.criteria_version:
        rows.append(("Criteria", f"version {decision.criteria_version} of the list."))
    if decision.record != decision.first_record:
        rows.append(("At first", record_says(decision, "first_record")))
    rows += [("Correction", _of_correction(each)) for each in decision.corrections]
    number = decision.name.rpartition("/")[2]
    return "\n".join(labelled(name or f"Decision {number}", said, width) for name, said in rows)


def says(correction: Any) -> str:
    """Return what a correction says of the decision."""
    return record_says(correction, "record")


def record_says(message: Any, field: str) -> str:
    """Return a record in words."""
    if not message.HasField(field):
        return "There was no such decision."
    record = getattr(message, field)
    parts = [f"{spaced(word_of(record, 'kind')).capitalize()}, {day_of(record, 'effective_date')}"]
    if record.term_months:
        parts.append(f"for {record.term_months} months")
    if record.end_reason:
        parts.append(spaced(word_of(record, "end_reason")))
    if record.decided_as:
        parts.append(f"decided as: {spaced(word_of(record, 'decided_as'))}")
    basis = record.legal_basis
    rests_on = f"({basis.instrument} {basis.provision}, {basis.version})"
    return f"{', '.join(parts)} {rests_on}.{record.reasons and f' {record.reasons}'}"


def _of_correction(correction: Any) -> str:
    entered = f"{london_time(correction.enter_time)}, by {correction.entered_by}: {says(correction)}"
    return f"{entered} Because: {correction.because} {_stands(correction)}"


def _stands(correction: Any) -> str:
    stands = word_of(correction, "state")
    if stands == "waiting":
        return "It waits for a second person, and changes nothing yet."
    done = "Confirmed" if stands == "confirmed" else "Taken back"
    because = correction.withdrawn_because and f" Because: {correction.withdrawn_because}"
    return f"{done} {london_time(correction.answer_time)}, by {correction.answered_by}.{because}"
