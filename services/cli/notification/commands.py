"""`psmf notification`: the messages that people were sent."""

from typing import Annotated, Any

import typer

from services.cli.command import PageSize, PageToken, command, group
from services.cli.page.beside import Beside
from services.cli.terminal import Terminal
from services.client.words import day_of, london_time, word_of

app = group("notification")


@command(app, "list")
def list_notifications(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Option(help="Only messages about this person.")] = "-",
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List the messages that were sent, or wait to be sent, newest first.

    psmf notification list --safeguarder sg-1a2b3c4d
    """
    from psmf.notifications.v1 import notifications_pb2 as pb

    request = pb.ListNotificationsRequest(
        parent=terminal.safeguarder(safeguarder), page_size=page_size, page_token=page_token
    )
    answer = terminal.call(terminal.client.notifications.ListNotifications, request)
    names = ("Made", "About", "To", "By", "State", "Sent", "Answer by", "Tries", "What", "Session")
    beside = Beside(terminal)
    terminal.listing(answer.notifications, answer.next_page_token, names, lambda one: _row(one, beside))


def _row(one: Any, beside: Beside) -> tuple[str, ...]:
    sent = london_time(one.send_time) if one.HasField("send_time") else "-"
    return (
        london_time(one.create_time),
        beside.who(one.name),
        one.recipient,
        one.channel,
        word_of(one, "state"),
        f"{sent}, perhaps twice" if one.possible_duplicate else sent,
        day_of(one, "answer_by_date"),
        str(one.tries),
        word_of(one, "subject"),
        day_of(one, "session_date"),
    )
