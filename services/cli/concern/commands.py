"""`psmf concern`: list and show concerns. The moves that people make are a table in `moves.py`."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from services.cli.arguments import choose, typed_date
from services.cli.command import PageSize, PageToken, command, group
from services.cli.concern.moves import CONCERN, MOVES, register
from services.cli.concern.nobodys import register as register_nobodys
from services.cli.concern.notices import register as register_notices
from services.cli.concern.reviews import register as register_reviews
from services.cli.concern.state import as_it_was, stands
from services.cli.concern.views import register as register_views
from services.cli.page.beside import Beside, by_when
from services.cli.terminal import Terminal
from services.client.words import LANES, day_of, london_time, short, spaced, word_of

app = group("concern")
AS_OF = Annotated[str, typer.Option("--as-of", metavar="DAY", help="As it was at the end of this day, as 2026-12-31.")]
KNOWN_AT = Annotated[str, typer.Option(help="As it was known at this instant, for example 2026-12-03T09:00.")]


@command(app, "list")
def list_concerns(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Option(help="Only concerns about this person: a name or an id.")] = "-",
    everything: Annotated[bool, typer.Option("--all", help="Include concerns that have ended.")] = False,
    *,
    mine: Annotated[
        bool, typer.Option("--mine", help="Only what waits for you: yours, and what nobody has taken on yet.")
    ] = False,
    state: Annotated[
        list[str] | None, typer.Option(help="Only in this state, for example action-review. Repeat it for several.")
    ] = None,
    due_by: Annotated[
        str, typer.Option(metavar="DAY", help="Only what is due by this day: its next date, or when to respond.")
    ] = "",
    as_of: AS_OF = "",
    known_at: KNOWN_AT = "",
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List concerns, most urgent first, now or as they were.

    psmf concern list
    psmf concern list --safeguarder sg-1a2b3c4d --all
    psmf concern list --mine --due-by 2026-12-04
    psmf concern list --safeguarder sg-1a2b3c4d --as-of 2026-12-03
    """
    from psmf.rules.v1 import rules_pb2 as pb

    parent = terminal.safeguarder(safeguarder)
    request = pb.ListConcernsRequest(
        parent=parent,
        include_closed=everything,
        mine=mine,
        states=[choose(pb.Concern.State, word, "--state") for word in state or []],
        due_by_date=typed_date(due_by, "--due-by") if due_by else None,
        page_size=page_size,
        page_token=page_token,
    )
    answer = terminal.call(terminal.client.concerns.ListConcerns, as_it_was(request, as_of, known_at))
    beside = Beside(terminal, parent)
    day = day_of if as_of or known_at else by_when  # a view of the past has no time left
    entries = answer.concerns
    terminal.entries(entries, answer.next_page_token, lambda concern: _entry(concern, beside, day), "psmf concern show")


def _entry(concern: Any, beside: Beside, day: Callable[[Any, str], str]) -> tuple[str, ...]:
    """Return the id of a concern and its lines: about whom, what, why, and where it stands."""
    ended = _has_ended(concern)
    say = day_of if ended else day
    field = "next_date" if concern.owner or not concern.HasField("respond_by_date") else "respond_by_date"
    title = "Next date" if field == "next_date" else "Respond by"
    next_date = f" · {title} {say(concern, field)}" if concern.HasField(field) and not ended else ""
    return (
        short(concern.name),
        f"{LANES.get(word_of(concern, 'lane'), '')} · {beside.who(concern.name)}",
        beside.what(concern.rule, concern.subject),
        concern.explanation.because,
        f"{stands(concern, say)}{next_date}",
    )


def _has_ended(concern: Any) -> bool:
    return word_of(concern, "state") in ("closed", "dismissed", "merged")


@command(app, "show")
def show_concern(terminal: Terminal, concern: CONCERN, as_of: AS_OF = "", known_at: KNOWN_AT = "") -> None:
    """Show a concern: its state, what people did, and what may come next; or how it was.

    psmf concern show 1a2b3c4d
    psmf concern show 1a2b3c4d --as-of 2026-12-03
    """
    from psmf.rules.v1 import concern_moves_pb2 as moves
    from psmf.rules.v1 import rules_pb2 as pb

    from services.platform.calls.wire import to_word

    name = terminal.find("concern", concern).name
    request = as_it_was(pb.GetConcernRequest(name=name), as_of, known_at)
    found = terminal.call(terminal.client.concerns.GetConcern, request)
    if terminal.as_json:
        terminal.data(found)
        return
    lane = LANES.get(to_word(pb.Lane, found.lane), "")
    beside = Beside(terminal, name.rpartition("/concerns/")[0])
    terminal.text(f"{short(name)} · {lane} · {beside.who(name)}")
    terminal.text(beside.what(found.rule, found.subject))
    terminal.text(found.explanation.because)
    terminal.text(f"{'Stands':9}{stands(found)}")
    for place, step in enumerate(found.steps):
        made, to_state = to_word(moves.ConcernMove, step.move), to_word(pb.Concern.State, step.to_state)
        word = f" ({spaced(step.word)})" if step.word else ""
        said = f"{london_time(step.move_time)}  {spaced(made)}{word} by {step.person}: {spaced(to_state)}"
        terminal.text(f"{'Done' if place == 0 else '':9}{said}")
    if as_of or known_at:
        return  # A view of the past has no next moves.
    allowed = [to_word(moves.ConcernMove, number) for number in found.allowed_moves]
    terminal.text(f"{'Next':9}{', '.join(map(spaced, allowed)) or 'nothing for you'}")
    for place, blocked in enumerate(found.blocked_moves):
        move = spaced(to_word(moves.ConcernMove, blocked.move))
        terminal.text(f"{'Not yet' if place == 0 else '':9}{move}: {blocked.sentence}")
    if not _has_ended(found) and found.lane != pb.LANE_DATA_GAP:
        terminal.following(f"psmf concern view {short(name)} WORDS", found, when="to give the Safeguarder's view")


for _move in MOVES:
    register(app, _move)
register_notices(app)
register_reviews(app)
register_views(app)
register_nobodys(app)
