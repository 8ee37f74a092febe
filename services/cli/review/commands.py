"""`psmf review`: ask for a review, read requests, and take one back."""

from typing import Annotated

import typer

from services.cli.arguments import WordsFile, change_fields, choose, text_or_file, typed_date, words_of
from services.cli.command import DryRun, PersonOrOneself, command, group
from services.cli.page.width import output_width
from services.cli.plan.reading import is_the_safeguarder
from services.cli.review import deciding
from services.cli.review.reading import REQUEST, find_request, requests_of, target_named
from services.cli.review.shown import about, request_text, stands, why_not
from services.cli.terminal import Terminal
from services.client.words import day_of, safeguarder_of, short, word_of

app = group("review")
_TARGET = Annotated[
    str,
    typer.Argument(
        metavar="TARGET",
        help="item:ID, concern:ID, record:SESSION, need:PERSON/ID, action:PERSON/ID, action-review:PERSON/ID, "
        "support:PERSON/ID, view:CONCERN, approach:PERSON/ID, recommendation:PERSON/ID, absence:SESSION, "
        "training:PERSON/ID or override:ID.",
    ),
]
_GROUNDS = Annotated[
    list[str],
    typer.Option(
        help="fact-wrong, evidence-left-out, process, standard-misread, out-of-proportion or other. Repeatable."
    ),
]


@command(app, "ask")
def ask_for_review(
    terminal: Terminal,
    target: _TARGET,
    words: Annotated[str, typer.Argument(help="Why, in words that both sides read.")] = "",
    *,
    ground: _GROUNDS,
    asks_for: Annotated[str, typer.Option(metavar="WORDS", help="What you ask for. @FILE reads a file.")] = "",
    made_on: Annotated[
        str, typer.Option(metavar="DAY", help="For the Team: the day of a request that came earlier, by letter.")
    ] = "",
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Ask that somebody outside the chain looks at something. Dates that depend on it stand still from then on.

    psmf review ask item:49b6794c "I was not in that hearing." --ground fact-wrong
    """
    from psmf.evidence.v1 import review_requests_pb2 as pb

    said, name = words_of(words, words_file), target_named(terminal, target)
    request = pb.CreateReviewRequestRequest(
        parent=f"safeguarders/{safeguarder_of(name)}",
        target=name,
        grounds=[choose(pb.ReviewRequest.Ground, word, "--ground") for word in ground],
        words=said,
        asks_for=text_or_file(asks_for),
        **({"made_date": typed_date(made_on, "--made-on")} if made_on else {}),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.reviews.CreateReviewRequest, request)
    since = day_of(answer, "made_date")
    kept = f"A review of {about(answer)} is asked for. Dates that depend on it stand still from {since}."
    typed = short(answer.name)
    if not is_the_safeguarder(terminal, answer.name):
        typed = f"{safeguarder_of(answer.name)}/{typed}"
    terminal.changed(answer, kept, f"psmf review show {typed}", dry_run=dry_run)


@command(app, "list")
def list_requests(terminal: Terminal, safeguarder: PersonOrOneself = "-") -> None:
    """List the review requests of a Safeguarder: those that are open first. Both sides see the same page.

    Without a name, staff see the open requests of everybody whom they may see, the oldest first.

    psmf review list sg-1a2b3c4d
    """
    found = requests_of(terminal, terminal.safeguarder(safeguarder))
    # Ids of several people are told apart by the person before them.
    by_name = not all(is_the_safeguarder(terminal, one.name) for one in found)
    terminal.listing(
        found,
        "",
        ("Request", "About", "Made", "Stands", "Reviewer"),
        lambda one: (
            f"{safeguarder_of(one.name)}/{short(one.name)}" if by_name else short(one.name),
            about(one),
            day_of(one, "made_date"),
            stands(one),
            one.reviewer or "-",
        ),
        "psmf review show",
    )


@command(app, "show")
def show_request(terminal: Terminal, request: REQUEST) -> None:
    """Show a review request: what was asked and why, who decides it, and what was decided.

    psmf review show sg-1a2b3c4d/5d20aa11
    """
    from psmf.evidence.v1 import review_requests_pb2 as pb

    found = find_request(terminal, request)
    shown = terminal.call(terminal.client.reviews.GetReviewRequest, pb.GetReviewRequestRequest(name=found.record.name))
    if terminal.as_json:
        terminal.data(shown)
        return
    terminal.text(request_text(shown, output_width()))
    state = word_of(shown, "state")
    if state == "submitted":
        terminal.following(f"psmf review accept {found.typed}", shown)
    elif state == "accepted":
        terminal.following(f"psmf review reviewers {found.typed}", shown)
    elif state == "assigned":
        terminal.following(f'psmf review decide {found.typed} upheld "why"', shown)


@command(app, "reviewers")
def list_reviewers(terminal: Terminal, request: REQUEST) -> None:
    """List who could decide a review request, and why others cannot.

    psmf review reviewers sg-1a2b3c4d/5d20aa11
    """
    from psmf.evidence.v1 import reviewers_pb2 as pb

    found = find_request(terminal, request)
    answer = terminal.call(terminal.client.reviews.ListReviewers, pb.ListReviewersRequest(name=found.record.name))
    names = ("Person", "Level", "Outside the chain")
    terminal.listing(answer.reviewers, "", names, lambda one: (one.person, str(one.level), why_not(one)))
    outside = next((one.person for one in answer.reviewers if not one.bars), "")
    if outside and not terminal.as_json:
        terminal.following(f"psmf review assign {found.typed} {outside}", found.record)


@command(app, "withdraw")
def withdraw_request(terminal: Terminal, request: REQUEST, dry_run: DryRun = False) -> None:
    """Take your review request back. Days that stood still are given back.

    psmf review withdraw 5d20aa11
    """
    from psmf.evidence.v1 import review_requests_pb2 as pb

    found = find_request(terminal, request)
    sent = pb.WithdrawReviewRequestRequest(name=found.record.name, etag=found.record.etag, **change_fields(dry_run))
    answer = terminal.call(terminal.client.reviews.WithdrawReviewRequest, sent)
    terminal.changed(answer, "The request is taken back.", f"psmf review show {found.typed}", dry_run=dry_run)


deciding.register(app)
