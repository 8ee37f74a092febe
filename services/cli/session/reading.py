"""What the commands about papers and records read: the record, the papers, and names for what is in them."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, NamedTuple

import typer

from services.cli.terminal import Terminal
from services.client.words import day_of, safeguarder_of, short, spaced, word_of
from services.rules.domain.rulebook.wording import in_words

SESSION = Annotated[str, typer.Argument(help="The session's id, or its first characters.")]


class Names(NamedTuple):
    """The names that people use for what papers and a record name by id."""

    person: str
    """The Safeguarder's name, or the id where the caller may not read the register."""
    known: str
    """The Safeguarder's id."""
    standards: Mapping[str, str]
    """Titles by the id of a standard: `S2 Relationships`."""
    items: Mapping[str, str]
    """What an entry of the papers or an own item is about, by its name."""


_KINDS = {"/concerns/": "concern", "/evidenceItems/": "evidence"}
_MOVED = {
    ("completion_offered", "open"): "open again",
    **{(before, "completion_offered"): "said to be done" for before in ("", "proposed", "open")},
}
"""How an open action moved, in words, from one state to another."""
_OF_THE_PLAN = {"/actions/": "action", "/supports/": "support"}


def session_named(terminal: Terminal, session: str) -> str:
    """Return `safeguarders/{s}/supportSessions/{x}` of the session that a text names, as `Terminal.find` does."""
    return terminal.name_of("session", session)


def record_of(terminal: Terminal, session: str, edition: int = 0) -> Any:
    """Return the record of a session by the session's name: as it stands, or one text of it."""
    from psmf.evidence.v1 import session_records_pb2 as pb

    request = pb.GetSessionRecordRequest(name=f"{session}/record", edition=edition)
    return terminal.call(terminal.client.session_records.GetSessionRecord, request)


def papers_of(terminal: Terminal, session: str) -> Any:
    """Return the papers of a session by the session's name."""
    from psmf.evidence.v1 import session_records_pb2 as pb

    request = pb.GetSessionPackRequest(name=f"{session}/pack")
    return terminal.call(terminal.client.session_records.GetSessionPack, request)


def editions(terminal: Terminal) -> Any:
    """Return the editions of the Practice Standards, oldest first."""
    from psmf.rules.v1 import rules_pb2

    request = rules_pb2.ListStandardsEditionsRequest()
    return terminal.call(terminal.client.standards.ListStandardsEditions, request).standards_editions


def standards_on(found: Any, day: date) -> dict[str, str]:
    """Return the titles of the standards of the edition in force on a day, by id and in order."""
    from services.platform.calls.wire import from_date

    in_force = [edition for edition in found if (from_date(edition, "effective_date") or date.min) <= day]
    standards = in_force[-1].standards if in_force else ()
    return {each.standard: f"{each.standard} {each.title}" for each in standards}


def names_in(terminal: Terminal, papers: Any, plan: Any = None) -> Names:
    """Return the names for what is in the papers, as far as the caller may read them.

    `plan`: the person's plan, where it was read already. It then has names for everything in it.
    """
    from services.cli.page.beside import Beside
    from services.client.people import people_seen
    from services.client.why import titles_of
    from services.platform.clock import SystemClock

    known = safeguarder_of(papers.name)
    titles = titles_of(editions(terminal), SystemClock().today())
    beside = Beside(terminal, f"safeguarders/{known}")
    items = {item.name: f'"{item.words}"' for item in papers.own_items}
    if plan is None and (papers.HasField("plan_change") or any("/actions/" in one.name for one in papers.entries)):
        plan = plan_beside(terminal, papers)
    # An aim never changes, so today's plan says what an action in the papers is to bring.
    aims = {action.name: f": {' '.join(action.aim.split())}" for action in plan.actions} if plan else {}
    for entry in (*papers.entries, *(late.entry for late in papers.late_items)):
        about, progress = _about(entry, titles, beside) + aims.get(entry.name, ""), _progress(entry)
        items.setdefault(entry.name, f"{about.rstrip('.')}. {progress}" if progress else about)
    for each in (*plan.actions, *plan.supports) if plan else ():
        items.setdefault(each.name, spaced(word_of(each, "kind")) + aims.get(each.name, ""))
    for each in (*plan.strengths, *plan.needs) if plan and papers.HasField("plan_change") else ():
        what = "need" if "/needs/" in each.name else "strength"
        items.setdefault(
            each.name, f"{what}, {titles.get(each.standard, each.standard)}: {' '.join(each.words.split())}"
        )
    people = people_seen(terminal.client, terminal.person)
    return Names(people.get(known, known), known, titles, items)


def plan_beside(terminal: Terminal, papers: Any) -> Any:
    """Return the development plan of the person whose papers these are."""
    from psmf.evidence.v1 import development_plans_pb2 as pb

    request = pb.GetDevelopmentPlanRequest(name=f"safeguarders/{safeguarder_of(papers.name)}/developmentPlan")
    return terminal.call(terminal.client.plans.GetDevelopmentPlan, request)


def _about(entry: Any, titles: Mapping[str, str], beside: Any) -> str:
    """Return what an entry of the papers is about, in words."""
    standards = [titles.get(standard, standard) for standard in entry.standards]
    of_the_plan = next((kind for part, kind in _OF_THE_PLAN.items() if part in entry.name), "")
    if of_the_plan and word_of(entry, "section") == "carried":
        return f"{of_the_plan}, from the session of {day_of(entry, 'since_date')}"
    if "/actions/" in entry.name:
        if word_of(entry, "section") == "ended_action":
            ended = spaced(word_of(entry.progress, "state"))
            return ", ".join([spaced(entry.kind), *standards, f"{ended} on {day_of(entry, 'since_date')}"])
        since = f"open since {day_of(entry, 'since_date')}"
        return ", ".join([spaced(entry.kind), *standards, since, f"due {day_of(entry, 'due_date')}"])
    if "/supports/" in entry.name:
        by = "answer" if word_of(entry, "section") == "support_offered" else "promised"
        return f"{spaced(entry.kind)}, {by} by {day_of(entry, 'due_date')}"
    days = [day_of(entry, "since_date")] if entry.HasField("since_date") else []
    if "/" not in entry.name:
        section = titles.get(entry.name, spaced(entry.name))
        return f"{section}, disputed at the session of {days[0]}" if days else section
    concern = beside.concern(entry.name) if "/concerns/" in entry.name else None
    if concern is not None:
        return f"{beside.what(concern.rule, concern.subject)}. {concern.explanation.because}"
    kind = next((kind for part, kind in _KINDS.items() if part in entry.name), "item")
    return ", ".join([in_words(entry.kind) or kind, *days, *standards])


def _progress(entry: Any) -> str:
    """Return what changed on an open action since the papers before, in words; empty where there are none."""
    if not entry.HasField("progress") or word_of(entry, "section") == "ended_action":
        return ""
    progress, said = entry.progress, []
    if progress.state != progress.state_before:
        said.append(_MOVED.get((word_of(progress, "state_before"), word_of(progress, "state")), "opened"))
    if progress.HasField("due_date_before"):
        said.append(f"its day moved from {day_of(progress, 'due_date_before')}")
    if progress.supports_given:
        said.append(f"given: {', '.join(map(short, progress.supports_given))}")
    return f"Since {day_of(progress, 'since_date')}: {', '.join(said) or 'nothing changed'}"


def reference(name: str) -> str:
    """Return how people type a name in the papers: the first characters of an id, or the whole of anything else."""
    return short(name) if "/" in name else name
