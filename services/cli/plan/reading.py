"""What the commands about a development plan read: the plan, one thing in it, and names for what they show."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, NamedTuple

import typer

from services.cli.arguments import change_fields
from services.cli.failure import CommandError
from services.cli.session.reading import Names, editions
from services.cli.terminal import Terminal
from services.client.words import EVERYBODY, safeguarder_of, short

IN_A_PLAN = Annotated[
    str,
    typer.Argument(
        metavar="PERSON/ID", help="The start of its id, after the person. A Safeguarder may leave out PERSON/."
    ),
]
WHOSE = Annotated[str, typer.Argument(metavar="PERSON", help="The Safeguarder's name or id. - is yourself.")]
EVIDENCE = Annotated[
    list[str],
    typer.Option(metavar="ITEM", help="An item of evidence that shows it, by the start of its id. Repeatable."),
]
AGAIN = Annotated[
    bool,
    typer.Option("--again", help="It is another one than what is in the plan of the same kind or in the same words."),
]
COLLECTIONS = {"need": "needs", "action": "actions", "support": "supports", "approach": "approachChanges"}
"""Collections of names by the kind of thing that a person names."""
_FIELDS = {"approach": "approach_changes"}
"""Fields of a plan, where they are not called as the collection is."""


def entry_fields(dry_run: bool, again: bool) -> dict[str, Any]:
    """Return the fields of every request that enters something. `again`: as typed."""
    return {"again": again, **change_fields(dry_run)}


class Found(NamedTuple):
    """One thing in a plan, as somebody named it."""

    plan: Any
    record: Any
    typed: str
    """How the same person names it again."""


def plan_of(terminal: Terminal, safeguarder: str, version: int = 0) -> Any:
    """Return the development plan of `safeguarders/{s}`, or a version of it; for `safeguarders/-` the caller's.

    Raises:
        CommandError: USAGE if somebody who has no plan of their own names nobody.
    """
    import grpc
    from psmf.evidence.v1 import development_plans_pb2 as pb

    request = pb.GetDevelopmentPlanRequest(name=f"{safeguarder}/developmentPlan", version=version)
    try:
        return terminal.call(terminal.client.plans.GetDevelopmentPlan, request)
    except grpc.RpcError as error:
        names_nobody = (grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.INVALID_ARGUMENT)
        if safeguarder == EVERYBODY and error.code() in names_nobody:
            raise CommandError("USAGE", "Name the Safeguarder. Only Safeguarders may leave that out.") from None
        raise


def find_in_plan(terminal: Terminal, kind: str, text: str) -> Found:
    """Return what a text names in a plan. It is looked up in one person's plan: no list has all.

    Raises:
        CommandError: USAGE without a person, unless it is the caller's own.
        ClientError: as `the_one`, and for a person who is not found.
    """
    person, begins = parted(text, COLLECTIONS[kind])
    plan = plan_named_by(terminal, text, person)
    name = named_in(plan, kind, begins)
    record = next(each for each in _all(plan, kind) if each.name == name)
    typed = f"{safeguarder_of(name)}/{short(name)}" if person else short(name)
    return Found(plan, record, typed)


def named_in(plan: Any, kind: str, begins: str) -> str:
    """Return the name of the one thing of its kind in a plan whose id begins so.

    Raises:
        ClientError: NOT_FOUND; USAGE when several begin with it.
    """
    from services.client.find import the_one

    by_id = {each.name.rpartition("/")[2]: str(each.name) for each in _all(plan, kind)}
    return by_id[the_one(kind, begins, by_id, f"psmf plan show {safeguarder_of(plan.name)}")]


def plan_named_by(terminal: Terminal, text: str, person: str) -> Any:
    """Return the plan of a person, or without one the caller's own. `text`: as it was typed, for the failure.

    Raises:
        CommandError: USAGE without a person, unless it is the caller's own.
        ClientError: for a person who is not found.
    """
    return plan_of(terminal, terminal.safeguarder(person) if person else _oneself(terminal, text))


def _all(plan: Any, kind: str) -> Iterable[Any]:
    return getattr(plan, _FIELDS.get(kind, COLLECTIONS[kind]))  # type: ignore[no-any-return]


def parted(text: str, collection: str) -> tuple[str, str]:
    """Return the person and the start of the id in `PERSON/ID`, a full name, or an id alone."""
    if text.startswith("safeguarders/"):
        return safeguarder_of(text), text.rpartition("/")[2]
    person, _, begins = text.rpartition("/")
    return ("" if person == collection else person.removesuffix(f"/{collection}")), begins


def person_or_oneself(terminal: Terminal, text: str, collection: str) -> tuple[str, str]:
    """Return `safeguarders/{s}` and the start of the id in `PERSON/ID`; without a person the caller's own record.

    Raises:
        CommandError: USAGE without a person, unless it is the caller's own.
        ClientError: for a person who is not found.
    """
    person, begins = parted(text, collection)
    return (terminal.safeguarder(person) if person else _oneself(terminal, text)), begins


def _oneself(terminal: Terminal, text: str) -> str:
    """Return the caller's own record, where nobody is named.

    Raises:
        CommandError: USAGE for staff. To look through many people's plans for one id would open them all.
    """
    from services.client.people import people_seen

    seen = list(people_seen(terminal.client, terminal.person))
    if len(seen) != 1:
        raise CommandError("USAGE", f"{text!r} names no person. Write PERSON/{text or 'ID'}.")
    return f"safeguarders/{seen[0]}"


def is_the_safeguarder(terminal: Terminal, name: str) -> bool:
    """Return whether the caller is the person whose plan a record is in: nobody else may say what they received."""
    from services.cli.doors.hints import may_run

    return may_run(terminal, terminal.person, "support received", name)


def items_named(terminal: Terminal, texts: Iterable[str]) -> list[str]:
    """Return the names of items of evidence by the starts of their ids."""
    return [terminal.name_of("item", text) for text in texts]


def names_in_plan(terminal: Terminal, plan: Any) -> Names:
    """Return the names for what is in a plan, as far as the caller may read them."""
    from services.cli.page.beside import Beside
    from services.client.people import people_seen
    from services.client.why import titles_of
    from services.platform.clock import SystemClock

    known = safeguarder_of(plan.name)
    beside = Beside(terminal, f"safeguarders/{known}")
    items = {each.name: said for each, said in _said_of_each(plan)}
    for name in dict.fromkeys(_concerns_in(plan)):
        concern = beside.concern(name)
        items[name] = beside.what(concern.rule, concern.subject) if concern is not None else "concern"
    people = people_seen(terminal.client, terminal.person)
    return Names(people.get(known, known), known, titles_of(editions(terminal), SystemClock().today()), items)


def _said_of_each(plan: Any) -> Iterator[tuple[Any, str]]:
    from services.client.words import spaced, word_of

    for need in plan.needs:
        yield need, f"need: {_first_line(need.words)}"
    for action in plan.actions:
        yield action, f"action: {_first_line(action.aim)}"
    for support in plan.supports:
        yield support, f"support: {spaced(word_of(support, 'kind'))}"


def _first_line(words: str) -> str:
    return next((line.strip() for line in words.splitlines() if line.strip()), "")


def _concerns_in(plan: Any) -> Iterator[str]:
    yield from (each.concern for each in (*plan.needs, *plan.actions, *plan.views) if each.concern)
    yield from (name for change in plan.approach_changes for name in change.concerns)
    yield from (name for support in plan.supports for name in support.supported if "/concerns/" in name)


def duties_of(terminal: Terminal, safeguarder: str) -> Any:
    """Return the open duties in a person's record; None if scheduling does not tell.

    A page without them still shows the plan, and says that they are missing.
    """
    import grpc
    from psmf.scheduling.v1 import duties_pb2 as pb

    request = pb.ListDutiesRequest(parent=safeguarder)
    try:
        return list(terminal.pages(terminal.client.duties.ListDuties, request, "duties"))
    except grpc.RpcError:
        return None


def person_typed(text: str) -> str:
    """Return how a person is named again in a command, after a space; empty for oneself."""
    import shlex

    return "" if text in ("", "-", EVERYBODY) else f" {shlex.quote(text)}"
