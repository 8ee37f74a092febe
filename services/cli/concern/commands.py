"""`psmf concern`: what happens to a concern, one command for each move that people make."""

from typing import Annotated

import typer

from services.cli.arguments import choose
from services.cli.command import DryRun, PageSize, PageToken, command, group
from services.cli.concern.moves import as_it_stood, day, find_concern, move, stands
from services.cli.terminal import Terminal
from services.client.words import LANES, london_time, safeguarder_name, safeguarder_of, short, spaced

app = group("concern")
CONCERN = Annotated[str, typer.Argument(help="The concern's id, or the first characters of it.")]
ON = Annotated[str, typer.Option("--on", help="The day, as 2026-12-03.")]
AS_OF = Annotated[str, typer.Option("--as-of", metavar="DAY", help="As at the end of this day, as 2026-12-31.")]
KNOWN_AT = Annotated[str, typer.Option(help="As kept by when, for example 2026-12-03T09:00.")]
DOCUMENT = Annotated[str, typer.Option(help="Id of the document.")]


@command(app, "list")
def list_concerns(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Option(help="Only concerns about this person.")] = "-",
    everything: Annotated[bool, typer.Option("--all", help="Also ended ones.")] = False,
    *,
    as_of: AS_OF = "",
    known_at: KNOWN_AT = "",
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List concerns, most urgent first, now or as they stood.

    psmf concern list
    psmf concern list --safeguarder sg-1a2b3c4d --all
    psmf concern list --safeguarder sg-1a2b3c4d --as-of 2026-12-03
    """
    from psmf.rules.v1 import rules_pb2 as pb

    from services.platform.calls.wire import to_word

    parent = safeguarder_name(safeguarder)
    request = pb.ListConcernsRequest(
        parent=parent, include_closed=everything, page_size=page_size, page_token=page_token
    )
    answer = terminal.call(terminal.client.concerns.ListConcerns, as_it_stood(request, as_of, known_at))
    if terminal.as_json:
        terminal.page(answer.concerns, answer.next_page_token)
        return
    rows = [
        (
            short(concern.name),
            LANES.get(to_word(pb.Lane, concern.lane), ""),
            safeguarder_of(concern.name),
            " ".join((concern.rule, concern.subject)).strip(),
            spaced(to_word(pb.Concern.State, concern.state)),
            concern.owner or "nobody yet",
        )
        for concern in answer.concerns
    ]
    terminal.columns(("Concern", "What for", "Safeguarder", "Rule", "State", "With"), rows)
    if answer.next_page_token:
        terminal.say(f"There are more: --page-token {answer.next_page_token}")
    elif rows:
        terminal.say(f"Next: psmf concern show {rows[0][0]}")


@command(app, "show")
def show_concern(terminal: Terminal, concern: CONCERN, as_of: AS_OF = "", known_at: KNOWN_AT = "") -> None:
    """Say where a concern stands, what was done about it, and what may come next; or how it stood.

    psmf concern show 1a2b3c4d
    psmf concern show 1a2b3c4d --as-of 2026-12-03
    """
    from psmf.rules.v1 import concern_moves_pb2 as moves
    from psmf.rules.v1 import rules_pb2 as pb

    from services.platform.calls.wire import to_word

    name = find_concern(terminal, concern).name
    request = as_it_stood(pb.GetConcernRequest(name=name), as_of, known_at)
    found = terminal.call(terminal.client.concerns.GetConcern, request)
    if terminal.as_json:
        terminal.data(found)
        return
    lane = LANES.get(to_word(pb.Lane, found.lane), "")
    terminal.text(f"{short(name)} · {lane} · {found.rule} {found.subject}".rstrip())
    terminal.text(found.explanation.because)
    terminal.text(f"Stands   {stands(found)}")
    for place, step in enumerate(found.steps):
        made, to_state = to_word(moves.ConcernMove, step.move), to_word(pb.Concern.State, step.to_state)
        word = f" ({spaced(step.word)})" if step.word else ""
        said = f"{london_time(step.move_time)}  {spaced(made)}{word} by {step.person}: {spaced(to_state)}"
        terminal.text(f"{'Done' if place == 0 else '':9}{said}")
    if as_of or known_at:
        return  # What may come next is a question about today.
    allowed = [to_word(moves.ConcernMove, number) for number in found.allowed_moves]
    terminal.text(f"Next     {', '.join(map(spaced, allowed)) or 'nothing for you'}")


@command(app, "acknowledge")
def acknowledge(
    terminal: Terminal,
    concern: CONCERN,
    next_date: Annotated[str, typer.Option(help="When it is looked at next, as 2026-12-03.")],
    owner: Annotated[str, typer.Option(help="Who takes it on; you, if not said.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Take a concern on, with the next date.

    psmf concern acknowledge 1a2b3c4d --next-date 2026-12-03
    """
    move(terminal, concern, "AcknowledgeConcern", dry_run, owner=owner, next_date=day(next_date, "--next-date"))


@command(app, "support")
def offer_support(
    terminal: Terminal,
    concern: CONCERN,
    support: Annotated[list[str], typer.Option(help="module, mentoring, information or extra-one-to-one; repeat it.")],
    on: ON,
    dry_run: DryRun = False,
) -> None:
    """Discussed on a day, and support offered.

    psmf concern support 1a2b3c4d --support module --support mentoring --on 2026-12-03
    """
    from psmf.rules.v1 import concern_moves_pb2 as moves

    kinds = [choose(moves.SupportKind, word, "--support") for word in support]
    move(terminal, concern, "StartConcernSupport", dry_run, supports=kinds, discussed_date=day(on))


@command(app, "answer-support")
def answer_support(
    terminal: Terminal,
    concern: CONCERN,
    support: Annotated[str, typer.Option(help="Which.")],
    answer: Annotated[str, typer.Option(help="accepted, declined or unavailable.")],
    on: ON,
    dry_run: DryRun = False,
) -> None:
    """Record the answer to a support.

    psmf concern answer-support 1a2b3c4d --support module --answer accepted --on 2026-12-03
    """
    from psmf.rules.v1 import concern_moves_pb2 as moves

    kind, said = choose(moves.SupportKind, support, "--support"), choose(moves.SupportAnswer, answer, "--answer")
    move(terminal, concern, "AnswerConcernSupport", dry_run, support=kind, answer=said, answer_date=day(on))


@command(app, "serve-notice")
def serve_notice(terminal: Terminal, concern: CONCERN, document: DOCUMENT, on: ON, dry_run: DryRun = False) -> None:
    """Serve notice that the approach changes from support to required action.

    psmf concern serve-notice 1a2b3c4d --document notice-7 --on 2026-12-03
    """
    move(terminal, concern, "ServeConcernNotice", dry_run, document=document, serve_date=day(on))


@command(app, "acknowledge-notice")
def acknowledge_notice(terminal: Terminal, concern: CONCERN, dry_run: DryRun = False) -> None:
    """Acknowledge that notice, as the Safeguarder.

    psmf concern acknowledge-notice 1a2b3c4d --as safeguarder-one
    """
    move(terminal, concern, "AcknowledgeConcernNotice", dry_run)


@command(app, "require")
def require_action(
    terminal: Terminal,
    concern: CONCERN,
    action: Annotated[str, typer.Option(help="For example complete-module, reports-in-time.")],
    due: Annotated[str, typer.Option(help="By when, as 2027-02-01.")],
    dry_run: DryRun = False,
) -> None:
    """Require an action by a date.

    psmf concern require 1a2b3c4d --action complete-module --due 2027-02-01
    """
    from psmf.rules.v1 import concern_moves_pb2 as moves

    what = choose(moves.RequiredAction, action, "--action")
    move(terminal, concern, "RequireConcernAction", dry_run, required_action=what, due_date=day(due, "--due"))


@command(app, "review")
def review_actions(
    terminal: Terminal,
    concern: CONCERN,
    outcome: Annotated[str, typer.Option(help="met, partly or not-met.")],
    supports: Annotated[str, typer.Option(help="complete, declined, still-running or team-could-not.")],
    on: ON,
    dry_run: DryRun = False,
) -> None:
    """Record a review of actions.

    psmf concern review 1a2b3c4d --outcome partly --supports complete --on 2027-02-03
    """
    from psmf.rules.v1 import concern_moves_pb2 as moves

    found = choose(moves.ReviewOutcome, outcome, "--outcome")
    stood = choose(moves.SupportsStanding, supports, "--supports")
    move(terminal, concern, "ReviewConcernActions", dry_run, outcome=found, supports=stood, review_date=day(on))


@command(app, "escalate")
def escalate(terminal: Terminal, concern: CONCERN, dry_run: DryRun = False) -> None:
    """Take a concern to the Team, as a senior manager.

    psmf concern escalate 1a2b3c4d --as senior-manager-east
    """
    move(terminal, concern, "EscalateConcern", dry_run)


@command(app, "recommend")
def recommend(
    terminal: Terminal,
    concern: CONCERN,
    recommendation: Annotated[str, typer.Option(help="recommend, with-conditions, more-time or do-not-recommend.")],
    pack_hash: Annotated[str, typer.Option(help="sha256 of the pack that the Safeguarder was given.")],
    on: ON,
    dry_run: DryRun = False,
) -> None:
    """Record the Team's recommendation; the pack was shared on a day.

    psmf concern recommend 1a2b3c4d --recommendation more-time --pack-hash 9f86d0… --on 2027-03-01
    """
    from psmf.rules.v1 import concern_moves_pb2 as moves

    kind = choose(moves.RecommendationKind, recommendation, "--recommendation")
    move(terminal, concern, "RecommendConcern", dry_run, recommendation=kind, pack_hash=pack_hash, share_date=day(on))


@command(app, "hold")
def hold(
    terminal: Terminal,
    concern: CONCERN,
    reason: Annotated[str, typer.Option(help="review-open, practice-unclear or suspended.")],
    dry_run: DryRun = False,
) -> None:
    """Hold a concern: nothing moves.

    psmf concern hold 1a2b3c4d --reason review-open
    """
    from psmf.rules.v1 import concern_moves_pb2 as moves

    move(terminal, concern, "HoldConcern", dry_run, reason=choose(moves.HoldReason, reason, "--reason"))


@command(app, "release")
def release(
    terminal: Terminal,
    concern: CONCERN,
    reason: Annotated[str, typer.Option(help="Which of the reasons it is held for.")],
    dry_run: DryRun = False,
) -> None:
    """Say that a reason to hold a concern is settled.

    psmf concern release 1a2b3c4d --reason review-open
    """
    from psmf.rules.v1 import concern_moves_pb2 as moves

    move(terminal, concern, "ReleaseConcern", dry_run, reason=choose(moves.HoldReason, reason, "--reason"))


@command(app, "merge")
def merge(
    terminal: Terminal,
    concern: CONCERN,
    into: Annotated[str, typer.Option(help="The concern it goes on as part of.")],
    dry_run: DryRun = False,
) -> None:
    """Merge a concern into another about the same person.

    psmf concern merge 1a2b3c4d --into 5e6f7a8b
    """
    move(terminal, concern, "MergeConcern", dry_run, into=find_concern(terminal, into).name)


@command(app, "reopen")
def reopen(
    terminal: Terminal,
    concern: CONCERN,
    evidence: Annotated[str, typer.Option(help="Id of the new item of evidence.")],
    dry_run: DryRun = False,
) -> None:
    """Open a closed concern again, on new evidence.

    psmf concern reopen 1a2b3c4d --evidence 77aa88bb
    """
    move(terminal, concern, "ReopenConcern", dry_run, evidence=evidence.rpartition("/")[2])


@command(app, "view")
def record_view(
    terminal: Terminal,
    concern: CONCERN,
    view: Annotated[str, typer.Option(help="given or none-given.")],
    document: DOCUMENT = "",
    dry_run: DryRun = False,
) -> None:
    """Record that the Safeguarder gave a view, or was asked and gave none.

    psmf concern view 1a2b3c4d --view given --document reply-3
    """
    from psmf.rules.v1 import concern_moves_pb2 as moves

    said = choose(moves.SafeguarderView, view, "--view")
    move(terminal, concern, "RecordConcernView", dry_run, view=said, document=document)


@command(app, "in-session")
def acknowledge_in_session(terminal: Terminal, concern: CONCERN, on: ON, dry_run: DryRun = False) -> None:
    """Praise was acknowledged at a session.

    psmf concern in-session 1a2b3c4d --on 2026-12-03
    """
    move(terminal, concern, "AcknowledgeConcernInSession", dry_run, session_date=day(on))


@command(app, "invite")
def invite_to_share(terminal: Terminal, concern: CONCERN, dry_run: DryRun = False) -> None:
    """Ask the Safeguarder to share good practice.

    psmf concern invite 1a2b3c4d
    """
    move(terminal, concern, "InviteToShareConcern", dry_run)


@command(app, "answer-invitation")
def answer_invitation(
    terminal: Terminal,
    concern: CONCERN,
    answer: Annotated[str, typer.Option(help="shared or declined.")],
    dry_run: DryRun = False,
) -> None:
    """Record whether the Safeguarder shares it.

    psmf concern answer-invitation 1a2b3c4d --answer shared
    """
    from psmf.rules.v1 import concern_moves_pb2 as moves

    move(
        terminal,
        concern,
        "AnswerConcernInvitation",
        dry_run,
        answer=choose(moves.InvitationAnswer, answer, "--answer"),
    )


@command(app, "dismiss")
def dismiss(
    terminal: Terminal,
    concern: CONCERN,
    reason: Annotated[str, typer.Option(help="explained or rule-not-fitting.")],
    dry_run: DryRun = False,
) -> None:
    """Find that there is nothing to a concern.

    psmf concern dismiss 1a2b3c4d --reason explained
    """
    from psmf.rules.v1 import rules_pb2 as pb

    move(terminal, concern, "DismissConcern", dry_run, reason=choose(pb.ConcernReason, reason, "--reason"))


@command(app, "close")
def close(
    terminal: Terminal,
    concern: CONCERN,
    reason: Annotated[str, typer.Option(help="For example improved, discussed, support-given.")],
    dry_run: DryRun = False,
) -> None:
    """Close a concern.

    psmf concern close 1a2b3c4d --reason improved
    """
    from psmf.rules.v1 import rules_pb2 as pb

    move(terminal, concern, "CloseConcern", dry_run, reason=choose(pb.ConcernReason, reason, "--reason"))
