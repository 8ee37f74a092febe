"""Examples in the form of a rule file, for a person to review and paste."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.rules.adapters.rule_files.examples import APPOINTED_ON, TERM_ENDS_ON
from services.rules.adapters.rule_files.folder import Places
from services.rules.domain.closed_lists import Answer, Aspect, EvidenceClass, Setting
from services.rules.domain.facts import NOT_SAID, EvidenceFact, TeamDuty
from services.rules.domain.rulebook.model import Example
from services.rules.domain.workbench.coverage import Suggestion

VERBS = {
    Answer.RAISED: "raises",
    Answer.CLEAR: "stays clear",
    Answer.NOT_ENOUGH_EVIDENCE: "says nothing",
    Answer.WATCHING: "watches",
    Answer.HELD_BACK: "is held back",
}


def suggestion_yaml(suggestion: Suggestion, places: Places) -> str:
    """Return a suggested example, below the changes it would notice. Its title is for the reviewer to improve."""
    notices = sorted(suggestion.notices, key=lambda mutant: (mutant.part, mutant.changed))
    file = places.of(suggestion.rule_id).split(":", maxsplit=1)[0]
    comments = [f"# {suggestion.rule_id}, in {file}. Nothing notices yet:"]
    comments += [f"#   {places.of(mutant.part, mutant.place)}  {mutant.changed}" for mutant in notices]
    title = f"{VERBS[Answer(suggestion.example.answer)]}, unlike with {notices[0].changed}"
    return "\n".join([*comments, example_yaml(replace(suggestion.example, title=title))])


def example_yaml(example: Example) -> str:
    """Return the lines of one entry of `examples`, indented as in a rule."""
    lines = [f"- it: {quoted(example.title)}", *_given(example), f"  as_of: {example.on}"]
    if example.subject:
        lines.append(f"  subject: {example.subject}")
    lines.append(f"  then: {example.answer}")
    if example.says:
        lines.append(f"  says: {quoted(example.says)}")
    return "\n".join(f"    {line}" for line in lines)


def _given(example: Example) -> Iterator[str]:
    person, opened = example.case_file.person, [*example.case_file.open_concerns.values()]
    days = {
        "appointed_on": person.appointed_on if person.appointed_on != APPOINTED_ON else None,
        "term_ends_on": person.term_ends_on if person.term_ends_on != TERM_ENDS_ON else None,
        "open_since": opened[0] if opened else None,
    }
    said = [f"{name}: {day}" for name, day in days.items() if day]
    evidence, duties = example.case_file.evidence, list(_duties(example.case_file.duties))
    if not evidence and not duties:
        yield f"  given: {{{', '.join([*said, 'evidence: []'])}}}"
        return
    yield "  given:"
    yield from (f"    {line}" for line in said)
    if duties:
        yield "    duties:"
        yield from (f"      - {{{duty}}}" for duty in duties)
    if not evidence:
        yield "    evidence: []"
        return
    yield "    evidence:"
    yield from (f"      - {{{', '.join(_item(fact))}}}" for fact in sorted(evidence, key=lambda f: f.happened_on))


def _duties(versions: Sequence[TeamDuty]) -> Iterator[str]:
    """Yield each duty of the Team as it is owed, with the day on which it was done."""
    done = {duty.duty_id: duty.recorded_at.date() for duty in versions if not duty.is_open}
    for duty in versions:
        if duty.is_open:
            until = f", done_on: {done[duty.duty_id]}" if duty.duty_id in done else ""
            yield f"kind: {duty.kind}, due_on: {duty.due_on}{until}"


def _item(fact: EvidenceFact) -> Iterator[str]:
    yield f"kind: {fact.kind}"
    yield f"source: {fact.source}"
    yield f"happened_on: {fact.happened_on}"
    if fact.countable_from is not None and fact.countable_from != fact.happened_on:
        yield f"countable_on: {fact.countable_from}"
    if fact.evidence_class is not EvidenceClass.STANDARD:
        yield f"class: {fact.evidence_class}"
    if fact.aspect is not Aspect.PRACTICE:
        yield f"aspect: {fact.aspect}"
    if fact.setting is not Setting.APPOINTMENT:
        yield f"setting: {fact.setting}"
    if fact.mappings:
        yield f"speaks: {{{', '.join(f'{m.indicator}: {m.polarity}' for m in fact.mappings)}}}"
    if fact.complaint_outcome is not None:
        yield f"complaint_outcome: {fact.complaint_outcome}"
    for name, value in fact.details.items():
        yield f"{name}: {str(value).lower() if isinstance(value, bool) else value}"
    yield from (f"{name}: {NOT_SAID}" for name in fact.blank)


def quoted(text: str) -> str:
    """Return text in quotes, which every version of YAML reads as text."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
