"""The rulebook as one HTML document to read, print and pass on. It has no scripts and fetches nothing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from html import escape

from services.rules.adapters.rule_files import book_kpis
from services.rules.domain.closed_lists import RuleStatus, Scope
from services.rules.domain.evidence.team_duties import open_duties, owed_in_words
from services.rules.domain.facts import EvidenceFact
from services.rules.domain.rulebook.conditions import in_words
from services.rules.domain.rulebook.measures import Measure
from services.rules.domain.rulebook.model import Example, Parameter, Rule, Rulebook
from services.rules.domain.rulebook.standards import Standard, StandardsEdition
from services.rules.domain.rulebook.wording import Number, day_in_words

LANES = {
    "safety": "Safety: a named person, at once",
    "escalation": "For a senior manager to weigh",
    "reappointment_risk": "Before reappointment: open matters, while there is time to address them",
    "support_need": "To discuss: an offer of support",
    "data_gap": "For the Team: evidence that is missing, or what it owes. Never about the person",
    "excellence": "Praise to pass on and to learn from",
}
ANSWERS = {
    "raised": "Raised",
    "clear": "Clear",
    "not_enough_evidence": "Not enough evidence",
    "watching": "Watching",
    "held_back": "Held back",
}
_STATUS = {
    RuleStatus.DRAFT: "A draft",
    RuleStatus.TRIAL: "On trial: nobody is told what it answers,",
    RuleStatus.LIVE: "In force",
    RuleStatus.RETIRED: "Retired",
}
_ASKED = {Scope.PERSON: "once for the person", Scope.STANDARD: "of each standard", Scope.INDICATOR: "of each indicator"}
NOTES = "Practice Notes"
ALL, NUMBERS, COUNTING = "Rules on all standards", "Numbers and their history", "How evidence is counted"
_STYLE = """
body{font:1rem/1.5 "Roboto",Arial,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#1a1a1a;background:#fff}
h1,h2,h3,h4{line-height:1.2}h2{border-top:3px solid #0065bd;padding-top:1rem;margin-top:3rem}h3{margin-top:2.5rem}
a{color:#0065bd}a:focus{outline:3px solid #002d54;background:#fdd522;color:#1a1a1a}
table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:left;font-weight:700;padding:.25rem 0}
th,td{text-align:left;vertical-align:top;border-bottom:1px solid #767676;padding:.4rem .6rem .4rem 0}
dt{font-weight:700;margin-top:.5rem}dd{margin:0}
blockquote{margin:1rem 0;padding-left:1rem;border-left:5px solid #767676}
@media print{body{max-width:none;font-size:10pt}nav{display:none}a{color:inherit;text-decoration:none}
h2,h3,h4,caption{break-after:avoid}tr,blockquote{break-inside:avoid}h2{break-before:page}}
"""


def book(rulebook: Rulebook, today: date) -> str:
    """Return the document as it stands on a day.

    It has the standards with their rules, each rule's numbers and examples, the Practice Notes, the KPIs, and every
    number with its history.
    """
    edition = rulebook.edition_on(today) or rulebook.editions[-1]
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en-GB"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>The rulebook</title><style>{_STYLE}</style></head><body>",
        *_opening(rulebook, edition, today),
        *_standards(rulebook, edition, today),
        *_of_no_single_standard(rulebook, today),
        *_notes(rulebook, today),
        *book_kpis.chapter(rulebook, today),
        *_numbers(rulebook),
        *_counting(rulebook),
        "</main></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _opening(rulebook: Rulebook, edition: StandardsEdition, today: date) -> Iterator[str]:
    yield "<header>"
    yield "<h1>The rulebook of the Performance Support and Monitoring Framework</h1>"
    yield f"<p>As it stands on {day_in_words(today)}. Content <code>{rulebook.content_hash[:12]}</code>.</p>"
    yield (
        "<p>A rule raises a concern, or praise, for a person to consider. Software decides nothing about anybody. "
        "If evidence is missing, a rule says so, and the Team is asked to find it.</p></header>"
    )
    yield '<nav aria-label="Contents"><ul>'
    yield from (f'<li><a href="#{s.standard_id}">{_titled(s)}</a></li>' for s in edition.standards)
    kpis = (("kpis", book_kpis.TITLE),) if rulebook.kpis else ()
    notes = (("notes", NOTES),) if rulebook.notes else ()
    for place, title in (("all", ALL), *notes, *kpis, ("numbers", NUMBERS), ("counting", COUNTING)):
        yield f'<li><a href="#{place}">{title}</a></li>'
    yield "</ul></nav><main>"
    since = day_in_words(edition.effective_from)
    yield f"<p>{escape(edition.title)}, in force from {since}. {escape(edition.legal_basis)}.</p>"


def _titled(standard: Standard) -> str:
    return escape(f"{standard.standard_id} {standard.title}")


def _standards(rulebook: Rulebook, edition: StandardsEdition, today: date) -> Iterator[str]:
    for standard in edition.standards:
        yield f'<h2 id="{standard.standard_id}">{_titled(standard)}</h2>'
        yield f"<blockquote><p>{escape(standard.text)}</p></blockquote><p>Source: {escape(standard.source)}.</p>"
        if edition.crosswalk is not None:
            before = ", ".join(edition.crosswalk.before(standard.standard_id)) or "nothing"
            yield f"<p>In the edition {edition.crosswalk.edition_before}: {before}.</p>"
        rows = [(i.indicator_id, i.title, i.basis) for i in standard.indicators]
        yield from _table(f"Indicators of {standard.standard_id}", ("Indicator", "What it shows", "Rests on"), rows)
        own = [rule for rule in rulebook.rules if rule.standards == (standard.standard_id,)]
        if not own:
            yield f'<p>No rule of its own. See <a href="#all">{ALL.lower()}</a>.</p>'
        for rule in own:
            yield from _rule(rulebook, rule, today)


def _of_no_single_standard(rulebook: Rulebook, today: date) -> Iterator[str]:
    """Yield the rules about several standards, or about standards of an edition that is not in force."""
    edition = rulebook.edition_on(today) or rulebook.editions[-1]
    single = {(standard.standard_id,) for standard in edition.standards}
    yield f'<h2 id="all">{ALL}</h2>'
    for rule in rulebook.rules:
        if rule.standards not in single:
            yield from _rule(rulebook, rule, today)


def _notes(rulebook: Rulebook, today: date) -> Iterator[str]:
    """Yield the Practice Notes, with the themes on which practice is unclear today."""
    if not rulebook.notes:
        return
    yield f'<h2 id="notes">{NOTES}</h2>'
    yield (
        "<p>A Practice Note clarifies practice where it is unclear. While one is being drafted, nothing adverse on its "
        "theme counts against anybody, except on safety. It waits until the note takes effect.</p>"
    )
    for note in rulebook.notes:
        stage = note.stage_on(today)
        stands = f"{stage} since {day_in_words(note.first_day(stage) or today)}" if stage else "not begun"
        facts = {
            "Name": f"<code>{note.note_id}</code>",
            "Stands": f"{stands}: practice is unclear" if note.is_unclear_on(today) else stands,
            "About": escape(", ".join(note.about)),
            "Why": escape(note.why),
            "Source": escape(note.source),
            "Owner": escape(note.owner),
        }
        yield f'<section aria-labelledby="note-{note.note_id}"><h3 id="note-{note.note_id}">{escape(note.title)}</h3>'
        yield f"<p>{escape(note.means)}.</p>"
        yield "<dl>" + "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in facts.items()) + "</dl>"
        rows = [(str(stage), day_in_words(day)) for stage, day in note.stages]
        yield from _table(f"Stages of {note.note_id}", ("Stage", "From"), rows)
        yield "</section>"


def _rule(rulebook: Rulebook, rule: Rule, today: date) -> Iterator[str]:
    yield f'<section aria-labelledby="{rule.rule_id}"><h3 id="{rule.rule_id}">{escape(rule.title)}</h3>'
    facts = _facts(rulebook, rule, today)
    yield "<dl>" + "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in facts.items()) + "</dl>"
    yield from _lines(rulebook, rule, today)
    rows = [(example.title, ANSWERS[example.answer], *_case(example)) for example in rule.examples]
    columns = ("It", "Answer", "Asked on", "Evidence of the example")
    yield from _table(f"Examples of {rule.rule_id}", columns, rows)
    yield "</section>"


def _facts(rulebook: Rulebook, rule: Rule, today: date) -> dict[str, str]:
    told = rule.routing.tell.replace("_", " ")
    within = _value(rulebook.parameters[rule.routing.within], today)
    facts = {
        "Name": f"<code>{rule.rule_id}</code>",
        "Source": escape(rule.source),
        "Standards": escape(", ".join(rule.standards)),
        "For": LANES[rule.lane],
        "Status": f"{_STATUS[rule.status]} {_days(rule)}, asked {_ASKED[rule.scope]}",
        "Told": f"the {told} within {within}",
        "When": _conditions(rulebook, rule),
    }
    if rule.unless:
        facts["Unless"] = "; ".join(escape(in_words(condition)) for condition in rule.unless)
    if rule.clears_as_written is not None:
        facts["Over when"] = escape(in_words(rule.clears_as_written))
    if rule.holds_for:
        facts["Holds for"] = f"{_value(rulebook.parameters[rule.holds_for], today)} before it is raised"
    if rule.note:
        facts["Rests on"] = f'the Practice Note <a href="#note-{rule.note}">{rule.note}</a>'
    facts["People read"] = escape(_sentence(rulebook, rule, today))
    return facts


def _days(rule: Rule) -> str:
    until = f" until {day_in_words(rule.in_force_until)}" if rule.in_force_until else ""
    return f"from {day_in_words(rule.in_force_from)}{until}"


def _sentence(rulebook: Rulebook, rule: Rule, today: date) -> str:
    """Return the sentence that people read, with today's numbers.

    What each concern fills in stands in brackets.
    """

    def filled(found: re.Match[str]) -> str:
        value = rulebook.parameters[found[1]].in_force(today) if found[1] in rulebook.parameters else None
        return format(Number(value.value if value else f"[{found[1].replace('_', ' ')}]"), found[2] or "")

    return re.sub(r"\{(\w+)(?::([^{}]+))?\}", filled, rule.because)


def _conditions(rulebook: Rulebook, rule: Rule) -> str:
    means = {name: rulebook.measures[name].means for name in rule.measures}
    spoken = "; ".join(f"{name}: {escape(text)}" for name, text in means.items())
    return f"{escape(in_words(rule.asked))}<br>{spoken}"


def _lines(rulebook: Rulebook, rule: Rule, today: date) -> Iterator[str]:
    rows = [
        (name, _value(rulebook.parameters[name], today), rulebook.parameters[name].means)
        for name in rulebook.parameters_of(rule)
    ]
    yield from _table(f"Numbers of {rule.rule_id}", ("Number", "Today", "Means"), rows, links="number-")


def _value(parameter: Parameter, today: date) -> str:
    found = parameter.in_force(today)
    return f"{found.value} {parameter.unit}" if found else "no value yet"


def _case(example: Example) -> tuple[str, str]:
    known = datetime.combine(example.on + timedelta(days=1), time(), UTC)
    owed = map(owed_in_words, open_duties(example.case_file.duties, known))
    items = "; ".join((*map(_item, example.case_file.evidence), *(f"the Team owes {duty}" for duty in owed))) or "none"
    return day_in_words(example.on), items


def _item(fact: EvidenceFact) -> str:
    speaks = ", ".join(f"{mapping.indicator} {mapping.polarity}" for mapping in fact.mappings)
    outcome = f", {fact.complaint_outcome}" if fact.complaint_outcome else ""
    words = f"{fact.kind} from {fact.source}, {day_in_words(fact.happened_on)}{outcome}"
    return f"{words} ({speaks})".replace("_", " ") if speaks else words.replace("_", " ")


def _numbers(rulebook: Rulebook) -> Iterator[str]:
    yield f'<h2 id="numbers">{NUMBERS}</h2>'
    yield "<p>What the Framework or the law sets is <em>given</em>. All else is <em>ours, not official</em>.</p>"
    for name, parameter in rulebook.parameters.items():
        yield f'<h3 id="number-{name}">{escape(parameter.means)}</h3>'
        yield f"<p><code>{name}</code>, from {parameter.scale[0]} to {parameter.scale[1]} {escape(parameter.unit)}. "
        yield f"Owner: {escape(parameter.owner)}. To be reviewed by {day_in_words(parameter.review_by)}.</p>"
        rows = [
            (day_in_words(v.from_on), f"{v.value} {parameter.unit}", v.why, v.whose, v.cites) for v in parameter.values
        ]
        yield from _table(f"Values of {name}", ("From", "Value", "Why", "Whose", "Source"), rows)


def _counting(rulebook: Rulebook) -> Iterator[str]:
    yield f'<h2 id="counting">{COUNTING}</h2>'
    yield "<p>Evidence counts only after the reply or the time to reply, and only as the Framework allows.</p>"
    rows = [(name, measure.means, *_measured(measure)) for name, measure in rulebook.measures.items()]
    yield from _table("Measures", ("Measure", "Means", "Counts", "Over", "Needs"), rows)


def _measured(measure: Measure) -> tuple[str, str, str]:
    over = measure.over or ("all time" if measure.of_items else "-")
    counts = ": ".join(filter(None, (measure.counts, ", ".join(sorted(measure.duties))))).replace("_", " ")
    return counts, over, measure.needs or "-"


def _table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]], links: str = "") -> Iterator[str]:
    yield f"<table><caption>{escape(caption)}</caption><thead><tr>"
    yield "".join(f'<th scope="col">{escape(column)}</th>' for column in columns) + "</tr></thead><tbody>"
    for first, *others in rows:
        named = f'<a href="#{links}{first}">{escape(first)}</a>' if links else escape(first)
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in others)
        yield f'<tr><th scope="row">{named}</th>{cells}</tr>'
    yield "</tbody></table>"
