"""`psmf recommendation`: draft, check, share, answer, approve and submit a recommendation, and read its pack."""

from pathlib import Path
from typing import Annotated, Any

import typer

from services.cli.arguments import WordsFile, change_fields, choose, text_in, words_of
from services.cli.command import DryRun, PersonOrOneself, command, group
from services.cli.failure import CommandError
from services.cli.page.width import output_width
from services.cli.plan.reading import WHOSE, person_typed
from services.cli.recommendation.files import read_text, template
from services.cli.recommendation.reading import RECOMMENDATION, Found, find_recommendation, readiness_of
from services.cli.recommendation.shown import pack_text, readiness_text, stands, what_it_says
from services.cli.terminal import Terminal
from services.client.words import day_of, safeguarder_of, short

app = group("recommendation")
_FILE = Annotated[
    Path | None, typer.Option("--file", help="The file with the text, as `psmf recommendation revise` prints it.")
]
_KIND = Annotated[
    str, typer.Option(help="appointment, continuing, reappointment, suspension, end-suspension or removal.")
]


@command(app, "readiness")
def show_readiness(terminal: Terminal, safeguarder: PersonOrOneself = "-") -> None:
    """Show what is ready for a reappointment and what is not, from a year before the term ends.

    psmf recommendation readiness sg-1a2b3c4d
    """
    name = terminal.safeguarder(safeguarder)
    readiness = readiness_of(terminal, name)
    if terminal.as_json:
        terminal.data(readiness)
        return
    terminal.text(readiness_text(readiness, _who(terminal, readiness.safeguarder), output_width()))
    if readiness.recommendations:
        newest = short(readiness.recommendations[0].name)
        typed = f"{safeguarder_of(readiness.safeguarder)}/{newest}" if person_typed(safeguarder) else newest
        terminal.following(f"psmf recommendation show {typed}", readiness.recommendations[0])


@command(app, "draft")
def draft(
    terminal: Terminal,
    safeguarder: WHOSE,
    *,
    kind: _KIND,
    outcome: Annotated[str, typer.Option(help="recommend, with-conditions, more-time or do-not-recommend.")] = "",
    file: _FILE = None,
    dry_run: DryRun = False,
) -> None:
    """Draft a recommendation, from a file or with its outcome alone. Nobody but the Team sees it yet.

    psmf recommendation draft sg-1a2b3c4d --kind reappointment --outcome with-conditions
    """
    from psmf.evidence.v1 import recommendations_pb2 as pb

    if bool(outcome) == bool(file):
        raise CommandError("USAGE", "Name the outcome with --outcome, or a file that holds the text with --file.")
    parent = terminal.safeguarder(safeguarder)
    if file:
        text = read_text(terminal, text_in(file), str(file), parent)
    else:
        text = pb.RecommendationText(outcome=choose(pb.Recommendation.Outcome, outcome, "--outcome"))
    request = pb.CreateRecommendationRequest(
        parent=parent, kind=choose(pb.Recommendation.Purpose, kind, "--kind"), text=text, **change_fields(dry_run)
    )
    answer = terminal.call(terminal.client.recommendations.CreateRecommendation, request)
    typed = f"{safeguarder_of(answer.name)}/{short(answer.name)}"
    following = f"psmf recommendation check {typed}" if file else f"psmf recommendation revise {typed} > text.yaml"
    terminal.changed(answer, f"Recommendation {typed} is drafted. {what_it_says(answer)}", following, dry_run=dry_run)


@command(app, "revise")
def revise(terminal: Terminal, recommendation: RECOMMENDATION, file: _FILE = None, dry_run: DryRun = False) -> None:
    """Draft a recommendation again from a file. Without a file, print the text to fill in.

    psmf recommendation revise sg-1a2b3c4d/77aa88bb > text.yaml

    psmf recommendation revise sg-1a2b3c4d/77aa88bb --file text.yaml
    """
    from psmf.evidence.v1 import recommendations_pb2 as pb

    found = find_recommendation(terminal, recommendation)
    if file is None:
        terminal.exact(template(found.record, f"psmf recommendation revise {found.typed} --file FILE"))
        return
    text = read_text(terminal, text_in(file), str(file), _person(found))
    request = pb.UpdateRecommendationRequest(text=text, **_named(found, dry_run))
    answer = terminal.call(terminal.client.recommendations.UpdateRecommendation, request)
    said = f"It is drafted again. {what_it_says(answer)}"
    terminal.changed(answer, said, f"psmf recommendation check {found.typed}", dry_run=dry_run)


@command(app, "check")
def check(terminal: Terminal, recommendation: RECOMMENDATION, dry_run: DryRun = False) -> None:
    """Check a draft against its criteria. Every criterion that is open is named at once.

    psmf recommendation check sg-1a2b3c4d/77aa88bb
    """
    from psmf.evidence.v1 import recommendations_pb2 as pb

    found = find_recommendation(terminal, recommendation)
    request = pb.CheckRecommendationRequest(**_named(found, dry_run))
    answer = terminal.call(terminal.client.recommendations.CheckRecommendation, request)
    said = "It meets its criteria."
    terminal.changed(answer, said, f"psmf recommendation share {found.typed}", dry_run=dry_run)


@command(app, "share")
def share(terminal: Terminal, recommendation: RECOMMENDATION, dry_run: DryRun = False) -> None:
    """Share a recommendation with the person. This freezes the pack and starts their time to answer.

    psmf recommendation share sg-1a2b3c4d/77aa88bb
    """
    from psmf.evidence.v1 import recommendations_pb2 as pb

    found = find_recommendation(terminal, recommendation)
    request = pb.ShareRecommendationRequest(**_named(found, dry_run))
    answer = terminal.call(terminal.client.recommendations.ShareRecommendation, request)
    until = day_of(answer, "representations_due_date")
    terminal.changed(answer, f"The person is told. They can say what they think until {until}.", dry_run=dry_run)
    if not dry_run and not terminal.as_json:
        terminal.following(f"psmf recommendation show {short(answer.name)}", answer, by="the Safeguarder")


@command(app, "answer")
def answer_recommendation(
    terminal: Terminal,
    recommendation: RECOMMENDATION,
    words: Annotated[str, typer.Argument(help="What you think of it, in your words.")] = "",
    *,
    nothing_more: Annotated[
        bool, typer.Option("--nothing-more", help="You have nothing more to say. That ends your time.")
    ] = False,
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Say what you think of a recommendation about you, or that you have nothing more to say.

    psmf recommendation answer 77aa88bb "I asked for a mentor in May." --nothing-more
    """
    from psmf.evidence.v1 import recommendations_pb2 as pb

    said = words_of(words, words_file, needed=not nothing_more)
    found = find_recommendation(terminal, recommendation)
    request = pb.AddRepresentationRequest(words=said, nothing_more=nothing_more, **_named(found, dry_run))
    answer = terminal.call(terminal.client.recommendations.AddRepresentation, request)
    kept = "Your words are kept." if said else "It is kept."
    following = f"psmf recommendation show {found.typed}"
    terminal.changed(answer, f"{kept} {stands(answer)}", following, dry_run=dry_run)


@command(app, "approve")
def approve(
    terminal: Terminal,
    recommendation: RECOMMENDATION,
    answer: Annotated[
        list[str], typer.Option(metavar="WORDS", help="An answer to each thing the person said, in order. Repeatable.")
    ] = [],  # noqa: B006
    dry_run: DryRun = False,
) -> None:
    """Approve a recommendation as the second person, with an answer to everything the person said.

    psmf recommendation approve sg-1a2b3c4d/77aa88bb --answer "A mentor is promised by May." --as senior-manager-1
    """
    from psmf.evidence.v1 import recommendations_pb2 as pb

    found = find_recommendation(terminal, recommendation)
    request = pb.ApproveRecommendationRequest(**_named(found, dry_run), answers=answer)
    after = terminal.call(terminal.client.recommendations.ApproveRecommendation, request)
    terminal.changed(after, stands(after), f"psmf recommendation submit {found.typed}", dry_run=dry_run)


@command(app, "submit")
def submit(
    terminal: Terminal,
    recommendation: RECOMMENDATION,
    *,
    with_open_reviews: Annotated[
        bool, typer.Option("--with-open-reviews", help="Do not wait for a review of what it rests on. It says which.")
    ] = False,
    dry_run: DryRun = False,
) -> None:
    """Submit a recommendation to Scottish Ministers. They decide. It waits for a review of what it rests on.

    psmf recommendation submit sg-1a2b3c4d/77aa88bb
    """
    from psmf.evidence.v1 import recommendations_pb2 as pb

    found = find_recommendation(terminal, recommendation)
    request = pb.SubmitRecommendationRequest(**_named(found, dry_run), with_open_reviews=with_open_reviews)
    answer = terminal.call(terminal.client.recommendations.SubmitRecommendation, request)
    terminal.changed(answer, stands(answer), f"psmf recommendation show {found.typed}", dry_run=dry_run)


@command(app, "withdraw")
def withdraw(
    terminal: Terminal,
    recommendation: RECOMMENDATION,
    because: Annotated[str, typer.Argument(help="Why, in words that the person reads if it was shared.")] = "",
    *,
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Take back a recommendation that is not submitted yet.

    psmf recommendation withdraw sg-1a2b3c4d/77aa88bb "The review comes first."
    """
    said = words_of(because, words_file)
    from psmf.evidence.v1 import recommendations_pb2 as pb

    found = find_recommendation(terminal, recommendation)
    request = pb.WithdrawRecommendationRequest(**_named(found, dry_run), because=said)
    answer = terminal.call(terminal.client.recommendations.WithdrawRecommendation, request)
    terminal.changed(answer, stands(answer), f"psmf recommendation show {found.typed}", dry_run=dry_run)


@command(app, "show")
def show(terminal: Terminal, recommendation: RECOMMENDATION) -> None:
    """Show a recommendation with its criteria, its pack, and what the person said of it.

    psmf recommendation show sg-1a2b3c4d/77aa88bb
    """
    found = find_recommendation(terminal, recommendation)
    if terminal.as_json:
        terminal.data(found.pack)
        return
    terminal.text(pack_text(found.pack, _who(terminal, _person(found)), output_width()))
    if found.record.HasField("representations_due_date"):
        following = f'psmf recommendation answer {found.typed} "in your words"'
        terminal.following(following, found.record, when="if you want to say something")


def _named(found: Found, dry_run: bool) -> dict[str, Any]:
    return {"name": found.record.name, "etag": found.record.etag, **change_fields(dry_run)}


def _person(found: Found) -> str:
    return f"safeguarders/{safeguarder_of(found.record.name)}"


def _who(terminal: Terminal, name: str) -> str:
    """Return the name of a person, as far as the caller may read it."""
    from services.client.people import people_seen

    known = safeguarder_of(name)
    return people_seen(terminal.client, terminal.person).get(known, known)
