"""The differences between two rulebooks, in the words of the people who own rules."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from services.rules.domain.rulebook.conditions import All, AnyOf, Condition, in_words
from services.rules.domain.rulebook.kpi import Kpi, KpiExample, Part
from services.rules.domain.rulebook.measures import Measure, Where
from services.rules.domain.rulebook.model import Parameter, ParameterValue, Routing, Rule, Rulebook
from services.rules.domain.rulebook.practice_notes import PracticeNote
from services.rules.domain.rulebook.standards import Standard, StandardsEdition
from services.rules.domain.rulebook.wording import day_in_words

Named = TypeVar("Named")


@dataclass(frozen=True, slots=True)
class Change:
    """One part of a rulebook that was added, removed or changed. `read_by` are the rules and KPIs that read it."""

    about: str
    name: str
    change: str
    words: tuple[str, ...]
    read_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """The value of a parameter from a day on, in both rulebooks. None where it has no value yet."""

    from_on: date
    before: int | None
    after: int | None
    why: str
    origin: str
    cites: str


def changes(before: Rulebook, after: Rulebook) -> tuple[Change, ...]:
    """Return all differences: editions, notes, parameters, measures, rules and KPIs, each in order of name."""
    books = (before, after)
    editions = [{edition.edition_id: edition for edition in book.editions} for book in books]
    rules = [{rule.rule_id: rule for rule in book.rules} for book in books]
    kpis = [{kpi.kpi_id: kpi for kpi in book.kpis} for book in books]
    notes = [{note.note_id: note for note in book.notes} for book in books]
    return (
        *_differences("edition", editions[0], editions[1], _edition_words),
        *_differences("note", notes[0], notes[1], _note_words),
        *_read_by(before, after, _differences("parameter", before.parameters, after.parameters, _parameter_words)),
        *_read_by(before, after, _differences("measure", before.measures, after.measures, _measure_words)),
        *_differences("rule", rules[0], rules[1], _rule_words),
        *_differences("kpi", kpis[0], kpis[1], _kpi_words),
    )


def history(before: Parameter | None, after: Parameter | None) -> tuple[HistoryLine, ...]:
    """Return each dated value of a parameter in both rulebooks, with the newer reason where both give one."""
    both = [{value.from_on: value for value in parameter.values} if parameter else {} for parameter in (before, after)]
    lines = []
    for day in sorted({*both[0], *both[1]}):
        told = both[1].get(day) or both[0][day]
        values = [parameter.in_force(day) if parameter else None for parameter in (before, after)]
        old, new = (value.value if value else None for value in values)
        lines.append(HistoryLine(day, old, new, told.why, told.origin, told.cites))
    return tuple(lines)


def _differences(
    about: str, before: Mapping[str, Named], after: Mapping[str, Named], words: Callable[[Named, Named], Iterator[str]]
) -> Iterator[Change]:
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old is not None and new is not None:
            if old != new:
                yield Change(about, name, "changed", tuple(words(old, new)) or ("the order of its parts",))
        else:
            yield Change(about, name, "removed" if new is None else "added", tuple(_whole(old or new)))


def _read_by(before: Rulebook, after: Rulebook, found: Iterable[Change]) -> Iterator[Change]:
    reading: dict[str, set[str]] = {}
    for book in (before, after):
        for rule in book.rules:
            for name in (*book.parameters_of(rule), *rule.measures):
                reading.setdefault(name, set()).add(rule.rule_id)
        for kpi in book.kpis:
            for name in kpi.parameters:
                reading.setdefault(name, set()).add(kpi.kpi_id)
    for change in found:
        rules = tuple(sorted(reading.get(change.name, ())))
        yield Change(change.about, change.name, change.change, change.words, rules)


def _whole(part: object) -> Iterator[str]:
    """Yield what a part says that is new or gone."""
    if isinstance(part, Rule):
        yield part.title
        yield f"when {in_words(part.asked)}"
        yield from (f"unless {in_words(condition)}" for condition in part.unless)
        yield f"because: {part.because}"
    elif isinstance(part, Parameter):
        yield part.means
        yield from (_value_words(value, part.unit) for value in part.values)
    elif isinstance(part, Measure):
        yield part.means
    elif isinstance(part, Kpi):
        yield f"{part.title} ({part.source})"
        yield f"looks at: {part.register}"
        yield f"counts: {_part_words(part.counts)}"
        yield from (f"leaves out: {_part_words(left_out)}" for left_out in part.left_out)
    elif isinstance(part, StandardsEdition):
        yield f"{part.title}, in force from {day_in_words(part.effective_from)} ({part.legal_basis})"
    elif isinstance(part, PracticeNote):
        yield f"{part.title}, about {', '.join(part.about)}: {_stages(part)}"
        yield f"why: {part.why}"


def _value_words(value: ParameterValue, unit: str) -> str:
    return f"{value.value} {unit} from {day_in_words(value.from_on)} ({value.why}; {value.cites}; {value.whose})"


def _turned(name: str, old: object, new: object) -> Iterator[str]:
    if old != new:
        yield f"{name}: {_said(old)} → {_said(new)}"


def _said(value: object) -> str:
    if value is None or value in ((), frozenset()):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, tuple | frozenset):
        return ", ".join(map(str, value if isinstance(value, tuple) else sorted(value)))
    return str(value)


def _parameter_words(old: Parameter, new: Parameter) -> Iterator[str]:
    dated = [{value.from_on: value for value in parameter.values} for parameter in (old, new)]
    for day in sorted({*dated[0], *dated[1]}):
        yield from _dated_words(old, new, dated[0].get(day), dated[1].get(day))
    for name in ("means", "unit", "owner", "review_by"):
        yield from _turned(name, getattr(old, name), getattr(new, name))
    yield from _turned("scale", f"{old.scale[0]} to {old.scale[1]}", f"{new.scale[0]} to {new.scale[1]}")


def _dated_words(
    old: Parameter, new: Parameter, was: ParameterValue | None, now: ParameterValue | None
) -> Iterator[str]:
    if was is None and now is not None:
        held = old.in_force(now.from_on)
        yield f"{held.value if held else 'none'} → {_value_words(now, new.unit)}"
    elif now is None and was is not None:
        left = new.in_force(was.from_on)
        kept = f"{left.value} stays" if left else "no value is left"
        yield f"{was.value} {old.unit} from {day_in_words(was.from_on)} is taken back: {kept}"
    elif was is not None and now is not None and was != now:
        if was.value != now.value:
            yield f"{was.value} → {_value_words(now, new.unit)}: changed in place, also for days before today"
        for name in ("why", "cites", "origin"):
            yield from _turned(f"{name} of {day_in_words(now.from_on)}", getattr(was, name), getattr(now, name))


def _measure_words(old: Measure, new: Measure) -> Iterator[str]:
    plain = ("means", "counts", "kinds", "standard", "about_subject", "polarity", "over", "needs", "lanes", "duties")
    for name in plain:
        yield from _turned(name, getattr(old, name), getattr(new, name))
    yield from _parts("where", [_where(where) for where in old.where], [_where(where) for where in new.where])
    among = [[f"{title} ({_said(kinds)})" for title, kinds in measure.among] for measure in (old, new)]
    yield from _parts("among", among[0], among[1])


def _where(where: Where) -> str:
    words = " or ".join(_said(word) if not isinstance(word, bool) else str(word).lower() for word in where.one_of)
    return f"{where.detail} {where.comparator} {where.parameter}" if where.comparator else f"{where.detail} is {words}"


def _parts(name: str, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    yield from (f"{name}: no longer {part}" for part in old if part not in new)
    yield from (f"{name}: now also {part}" for part in new if part not in old)


def _rule_words(old: Rule, new: Rule) -> Iterator[str]:
    yield from _condition_words("when", old.asked, new.asked)
    yield from _parts("unless", [in_words(c) for c in old.unless], [in_words(c) for c in new.unless])
    yield from _condition_words("clears when", old.clears_as_written, new.clears_as_written)
    dates = ("in_force_from", "in_force_until")
    for name in ("title", "source", "standards", "lane", "status", *dates, "scope", "holds_for", "note"):
        yield from _turned(name.replace("_", " "), getattr(old, name), getattr(new, name))
    yield from _routing_words(old.routing, new.routing)
    yield from _turned("because", f'"{old.because}"', f'"{new.because}"')
    yield from _example_words(old, new)


def _condition_words(name: str, old: Condition | None, new: Condition | None) -> Iterator[str]:
    if old == new:
        return
    joins = (All, AnyOf)
    # Only two conditions of the same join can be told apart part by part. Others are shown whole.
    if not isinstance(old, joins) or not isinstance(new, joins) or type(old) is not type(new):
        yield from _turned(name, old and in_words(old), new and in_words(new))
        return
    joined = " (all of them)" if isinstance(old, All) else " (any of them)"
    parts = [[in_words(part) for part in condition.parts] for condition in (old, new)]
    gone, added = ([part for part in parts[a] if part not in parts[1 - a]] for a in (0, 1))
    if len(gone) == len(added) == 1:
        yield f"{name}: {gone[0]} → {added[0]}"
    else:
        yield from _parts(f"{name}{joined}", *parts)


def _routing_words(old: Routing, new: Routing) -> Iterator[str]:
    for name in ("tell", "within", "agenda", "quiet_if_escalated", "session_within"):
        yield from _turned(name.replace("_", " "), getattr(old, name), getattr(new, name))


def _example_words(old: Rule, new: Rule) -> Iterator[str]:
    both = [{example.title: example for example in rule.examples} for rule in (old, new)]
    for title in sorted({*both[0], *both[1]}):
        was, now = both[0].get(title), both[1].get(title)
        if was is None or now is None:
            yield f"example {'removed' if now is None else 'added'}: it {title}"
        elif was.answer != now.answer:
            yield f"example changed: it {title}: {was.answer} → {now.answer}"
        elif was != now:
            yield f"example changed: it {title}"


def _kpi_words(old: Kpi, new: Kpi) -> Iterator[str]:
    yield from _turned("counts", _part_words(old.counts), _part_words(new.counts))
    for name in ("left_out", "beside"):
        both = [[_part_words(part) for part in getattr(kpi, name)] for kpi in (old, new)]
        yield from _parts(name.replace("_", " "), both[0], both[1])
    yield from _turned("other reading", _reading_words(old), _reading_words(new))
    for name in ("title", "whose", "source", "each", "register", "period", "target", "owes", "withhold_below", "note"):
        yield from _turned(name.replace("_", " "), getattr(old, name), getattr(new, name))
    yield from _titled_words(old.examples, new.examples)


def _reading_words(kpi: Kpi) -> str:
    reading = kpi.other_reading
    return f"{reading.title} (with {', '.join(reading.includes)})" if reading else ""


def _part_words(part: Part) -> str:
    return f"{part.title} ({' and '.join(map(str, part.conditions))})"


def _titled_words(old: Sequence[KpiExample], new: Sequence[KpiExample]) -> Iterator[str]:
    both = [{example.title: example for example in examples} for examples in (old, new)]
    for title in sorted({*both[0], *both[1]}):
        was, now = both[0].get(title), both[1].get(title)
        if was != now:
            verb = "removed" if now is None else "added" if was is None else "changed"
            yield f"example {verb}: it {title}"


def _note_words(old: PracticeNote, new: PracticeNote) -> Iterator[str]:
    yield from _turned("stages", _stages(old), _stages(new))
    for name in ("about", "acknowledged_by", "title", "means", "why", "source", "owner"):
        yield from _turned(name.replace("_", " "), getattr(old, name), getattr(new, name))


def _stages(note: PracticeNote) -> str:
    return ", ".join(f"{stage} from {day_in_words(day)}" for stage, day in note.stages)


def _edition_words(old: StandardsEdition, new: StandardsEdition) -> Iterator[str]:
    for name in ("title", "published_on", "effective_from", "legal_basis"):
        yield from _turned(name.replace("_", " "), getattr(old, name), getattr(new, name))
    walks = [_crosswalk(edition) for edition in (old, new)]
    yield from _parts("crosswalk", walks[0], walks[1])
    both = [{standard.standard_id: standard for standard in edition.standards} for edition in (old, new)]
    yield from _parts("standards", [*both[0]], [*both[1]])
    for standard_id in [name for name in both[0] if name in both[1]]:
        yield from _standard_words(both[0][standard_id], both[1][standard_id])


def _crosswalk(edition: StandardsEdition) -> list[str]:
    became = edition.crosswalk.became if edition.crosswalk else {}
    return [f"{old} became {_said(new)}" for old, new in became.items()]


def _standard_words(old: Standard, new: Standard) -> Iterator[str]:
    for name in ("title", "text", "source"):
        yield from _turned(f"{old.standard_id} {name}", getattr(old, name), getattr(new, name))
    indicators = [[f"{i.indicator_id} {i.title} ({i.basis})" for i in s.indicators] for s in (old, new)]
    yield from _parts(f"{old.standard_id} indicators", indicators[0], indicators[1])
