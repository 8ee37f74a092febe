"""What was typed into the forms of the steps of a complaint."""

from collections.abc import Iterator, Mapping

from services.console.forms.answers import MISSING, day_in

STEPS = ("stage", "extend", "wrong-step")
"""The forms: what has happened, more time for the answer, and a step that is recorded wrongly."""
RECORDED = ("settled", "answered", "stage_2", "acknowledged", "stage_2_answered", "ombudsman_told")
"""What a form records. More time has a form of its own, and so has the outcome."""
CORRECTED = (*RECORDED, "extended", "decided")
REASONS = ("information_awaited", "somebody_away", "more_to_look_into", "agreed")
CORRECTIONS = ("another_day", "taken_back")


def read(step: str, form: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what was answered, by field, and what is wrong with it. What fits the complaint the service says."""
    said, faults = {}, {}
    for name, answer, fault in _answers(step, form):
        if fault:
            faults[name] = fault
        elif answer:
            said[name] = answer
    return said, faults


def _answers(step: str, form: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    if step == "extend":
        yield _day(form, "until")
        yield _chosen(form, "reason", REASONS)
    elif step == "stage":
        yield _chosen(form, "step", RECORDED)
        yield _day(form, "on")
    else:
        yield _chosen(form, "step", CORRECTED)
        yield _chosen(form, "correction", CORRECTIONS)
        # A step that didn't happen has no day.
        if form.get("correction") != "taken_back":
            yield _day(form, "on")


def _chosen(form: Mapping[str, str], name: str, among: tuple[str, ...]) -> tuple[str, str, str]:
    given = form.get(name, "")
    return (name, given, "") if given in among else (name, "", MISSING)


def _day(form: Mapping[str, str], name: str) -> tuple[str, str, str]:
    day = day_in(form, name).read
    return (name, "", day) if isinstance(day, str) else (name, day.isoformat(), "")
