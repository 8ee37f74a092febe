"""Names for what is in a Safeguarder's own view, as far as the caller may read them."""

from typing import Any

from services.cli.session.reading import Names, editions
from services.cli.terminal import Terminal
from services.client.words import safeguarder_of, spaced, word_of


def names_of(terminal: Terminal, standing: Any) -> Names:
    """Return the names for the person, the standards, the concerns and the actions of a standing.

    While rules do not answer, ids stand in the place of titles. The page itself does not need them.
    """
    import grpc

    from services.client.people import people_seen
    from services.client.why import titles_of
    from services.platform.calls.wire import from_date
    from services.platform.clock import SystemClock

    known = safeguarder_of(standing.name)
    items = {action.name: spaced(word_of(action, "kind")) for action in standing.actions}
    people = people_seen(terminal.client, terminal.person)
    try:
        on = from_date(standing, "as_of_date") or SystemClock().today()
        titles, concerns = titles_of(editions(terminal), on), _concerns(terminal, standing)
    except grpc.RpcError:
        titles, concerns = {}, {}
    return Names(people.get(known, known), known, titles, {**items, **concerns})


def _concerns(terminal: Terminal, standing: Any) -> dict[str, str]:
    """Return what each concern of a standing is about, by its name."""
    from services.cli.page.beside import Beside

    beside, found = Beside(terminal, f"safeguarders/{safeguarder_of(standing.name)}"), {}
    for name in {concern for each in standing.standards for concern in each.concerns}:
        concern = beside.concern(name)
        if concern is not None:
            found[name] = beside.what(concern.rule, concern.subject)
    return found
