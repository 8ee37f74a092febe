"""Examples in the form of a rule file, for a person to review and paste."""

from collections.abc import Iterator
from dataclasses import replace

from services.rules.adapters.rule_files.folder import Places
from services.rules.adapters.rule_files.rules import APPOINTED_ON, TERM_ENDS_ON
from services.rules.domain.closed_lists import Answer, Aspect, EvidenceClass, Setting
from services.rules.domain.facts import NOT_SAID, EvidenceFact
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
    lines = [f"- it: {_text(example.title)}", *_given(example), f"  as_of: {example.on}"]
    if example.subject:
        lines.append(f"  subject: {example.subject}")
    lines.append(f"  then: {example.answer}")
    if example.says:
        lines.append(f"  says: {_text(example.says)}")
    return "\n".join(f"    {line}" for line in lines)


def _given(example: Example) -> Iterator[str]:
    person, opened = example.case_file.person, [*example.case_file.open_concerns.values()]
    days = {
        "appointed_on": person.appointed_on if person.appointed_on != APPOINTED_ON else None,
        "term_ends_on": person.term_ends_on if person.term_ends_on != TERM_ENDS_ON else None,
        "open_since": opened[0] if opened else None,
    }
    said = [f"{name}: {day}" for name, day in days.items() if day]
    evidence = example.case_file.evidence
    if not evidence:
        yield f"  given: {{{', '.join([*said, 'evidence: []'])}}}"
        return
    yield "  given:"
    yield from (f"    {line}" for line in said)
    yield "    evidence:"
    yield from (f"      - {{{', '.join(_item(fact))}}}" for fact in sorted(evidence, key=lambda f: f.happened_on))


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


def _text(text: str) -> str:
    """Return text in quotes, which every version of YAML reads as text."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
