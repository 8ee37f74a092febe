"""`psmf rules copy`, `submit`, `revisions`, `approve`, `publish`, `rollback`: into force by two people."""

import uuid
from pathlib import Path
from typing import Annotated, Any

import typer

from services.cli.command import DryRun, PageSize, PageToken, command
from services.cli.failure import CommandError
from services.cli.rules.folder import rule_files
from services.cli.terminal import Terminal
from services.client.words import london_time, spaced

COLLECTION = "rulebookRevisions"
APPROVER = "policy-approver"
REVISION = Annotated[
    str, typer.Argument(metavar="REVISION", help="Its folder, its hash, or the hash's first characters.")
]
REASON = Annotated[str, typer.Option("--reason", help="Why, in a sentence.")]


def add_commands(app: typer.Typer) -> None:
    """Add the commands to the group."""
    for name, function in (
        ("copy", copy_rules),
        ("submit", submit_rules),
        ("revisions", list_revisions),
        ("approve", approve_rules),
        ("publish", publish_rules),
        ("rollback", roll_back_rules),
    ):
        command(app, name)(function)


def copy_rules(
    terminal: Terminal,
    folder: Annotated[Path, typer.Argument(help="Folder to make; it must not be there yet.")],
    revision: Annotated[str, typer.Option(help="Hash of another revision, or its first characters.")] = "",
) -> None:
    """Copy the rulebook in force to a folder of your own, to change it there; or a revision, to read it.

    psmf rules copy my-rules
    psmf rules copy to-approve --revision 7c1e09
    """
    from psmf.rules.v1 import revisions_pb2 as pb

    from services.rules.domain.rulebook.file_names import is_rule_file

    revisions = terminal.client.revisions
    name = _find(terminal, revision).name if revision else _in_force(terminal)
    found = terminal.call(revisions.GetRulebookRevision, pb.GetRulebookRevisionRequest(name=name))
    try:
        folder.mkdir(parents=True)
        for file, text in found.files.items():
            if is_rule_file(file):
                (folder / file).parent.mkdir(exist_ok=True)
                (folder / file).write_text(text, encoding="utf-8")
    except FileExistsError:
        raise CommandError("USAGE", f"{folder} is there already. Choose another name.") from None
    except OSError as problem:
        raise CommandError("USAGE", f"{folder} cannot be written: {problem.strerror}") from None
    said = f"Revision {_short(found.name)} is copied to {folder}: {len(found.files)} files."
    terminal.changed({"revision": found.name, "folder": str(folder)}, said, f"psmf rules check {folder}")


def submit_rules(
    terminal: Terminal,
    folder: Annotated[Path, typer.Argument(help="Folder of rule files.")],
    reason: REASON,
    dry_run: DryRun = False,
) -> None:
    """Submit a folder of rule files as a revision, for somebody else to approve.

    psmf rules submit my-rules --reason "Board minute 14" --as policy-editor
    """
    from psmf.rules.v1 import revisions_pb2 as pb

    request = pb.CreateRulebookRevisionRequest(
        files=rule_files(folder), reason=reason, request_id=str(uuid.uuid4()), validate_only=dry_run
    )
    answer = terminal.call(terminal.client.revisions.CreateRulebookRevision, request)
    said = f"Revision {_short(answer.name)} is {_state(answer)}."
    following = f'psmf rules approve {_short(answer.name)} --reason "…" --as {APPROVER}'
    terminal.changed(answer, f"Nothing was changed. {said}" if dry_run else said, following)


def list_revisions(terminal: Terminal, page_size: PageSize = 100, page_token: PageToken = "") -> None:
    """List revisions of the rulebook, newest first, with what is in force and what is scheduled.

    psmf rules revisions
    """
    from psmf.rules.v1 import revisions_pb2 as pb

    request = pb.ListRulebookRevisionsRequest(page_size=page_size, page_token=page_token)
    answer = terminal.call(terminal.client.revisions.ListRulebookRevisions, request)
    if terminal.as_json:
        terminal.page(answer.rulebook_revisions, answer.next_page_token)
        return
    rows = [
        (
            _short(one.name),
            _state(one),
            london_time(one.effective_time) if one.HasField("effective_time") else "",
            one.author,
            ", ".join(approval.approver for approval in one.approvals),
            one.reason,
        )
        for one in answer.rulebook_revisions
    ]
    terminal.columns(("Revision", "State", "From", "Author", "Approved by", "Why"), rows)
    if answer.next_page_token:
        terminal.say(f"There are more: --page-token {answer.next_page_token}")


def approve_rules(
    terminal: Terminal,
    revision: REVISION,
    reason: REASON,
    whatif: Annotated[Path | None, typer.Option(help="The what-if report you had before you.")] = None,
    cover: Annotated[Path | None, typer.Option(help="The cover report you had before you.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Approve a revision that somebody else submitted. Reports are kept by their hash.

    psmf rules approve my-rules --reason "Read and tried" --as policy-approver
    psmf rules approve 7c1e09 --reason "Board minute 14" --whatif whatif.txt --as policy-approver
    """
    from psmf.rules.v1 import revisions_pb2 as pb

    found = _find(terminal, revision)
    request = pb.ApproveRulebookRevisionRequest(
        name=found.name,
        reason=reason,
        whatif_report_hash=_hash_of(whatif),
        cover_report_hash=_hash_of(cover),
        request_id=str(uuid.uuid4()),
        validate_only=dry_run,
        etag=found.etag,
    )
    answer = terminal.call(terminal.client.revisions.ApproveRulebookRevision, request)
    said = f"Revision {_short(answer.name)} is {_state(answer)}."
    following = f"psmf rules publish {_short(answer.name)} --as {APPROVER}"
    terminal.changed(answer, f"Nothing was changed. {said}" if dry_run else said, following)


def publish_rules(
    terminal: Terminal,
    revision: REVISION,
    effective: Annotated[
        str,
        typer.Option(
            "--from", metavar="INSTANT", help="From when, for example 2027-04-01T00:00+01:00; now, if not said."
        ),
    ] = "",
    reason: Annotated[
        str, typer.Option("--reason", help="Why, where there is more to say than the approval says.")
    ] = "",
    dry_run: DryRun = False,
) -> None:
    """Put an approved revision in force, now or from an instant. It takes the place of what was scheduled.

    psmf rules publish 7c1e09 --as policy-approver
    psmf rules publish 7c1e09 --from 2027-04-01T00:00+01:00 --as policy-approver
    """
    from psmf.rules.v1 import revisions_pb2 as pb

    found = _find(terminal, revision)
    request = pb.ActivateRulebookRevisionRequest(
        name=found.name, reason=reason, request_id=str(uuid.uuid4()), validate_only=dry_run, etag=found.etag
    )
    if effective:
        request.effective_time.CopyFrom(_instant(effective))
    answer = terminal.call(terminal.client.revisions.ActivateRulebookRevision, request)
    said = f"Revision {_short(answer.name)} is {_state(answer)} from {london_time(answer.effective_time)}."
    terminal.changed(answer, f"Nothing was changed. {said}" if dry_run else said, "psmf rules revisions")


def roll_back_rules(terminal: Terminal, reason: REASON, dry_run: DryRun = False) -> None:
    """Put the revision that was in force before back in force, now. What was scheduled is taken back.

    psmf rules rollback --reason "Too many raised" --as policy-approver
    """
    from psmf.rules.v1 import revisions_pb2 as pb

    plan = terminal.call(terminal.client.revisions.GetRulebookPlan, pb.GetRulebookPlanRequest())
    request = pb.RollbackRulebookRequest(
        reason=reason, request_id=str(uuid.uuid4()), validate_only=dry_run, etag=plan.etag
    )
    answer = terminal.call(terminal.client.revisions.RollbackRulebook, request)
    said = f"Revision {_short(answer.name)} is in force again."
    terminal.changed(answer, f"Nothing was changed. {said}" if dry_run else said, "psmf rules revisions")


def _find(terminal: Terminal, text: str) -> Any:
    """The revision a person means by a folder that holds the same, a hash, or the beginning of one.

    Raises:
        CommandError: NOT_FOUND; USAGE when several begin so.
    """
    from psmf.rules.v1 import revisions_pb2 as pb

    wanted = _content_hash(Path(text)) if Path(text).is_dir() else text.removeprefix(f"{COLLECTION}/")
    method, request = terminal.client.revisions.ListRulebookRevisions, pb.ListRulebookRevisionsRequest(page_size=500)
    pages = terminal.client.pages(terminal.person, method, request, "rulebook_revisions")
    found = [one for one in pages if wanted and one.name.removeprefix(f"{COLLECTION}/").startswith(wanted)]
    if not found:
        raise CommandError("NOT_FOUND", f"There is no revision {text!r}. See: psmf rules revisions")
    if len(found) > 1:
        several = ", ".join(_short(one.name) for one in found[:5])
        raise CommandError("USAGE", f"Several revisions begin with {text!r}: {several}. Type more of the hash.")
    return found[0]


def _content_hash(folder: Path) -> str:
    """What a folder's revision is called. What is not submitted has none: whoever approves, approves what they read."""
    from services.rules.adapters.rule_files.folder import RulebookRefused, load_rulebook

    try:
        return load_rulebook(folder).content_hash
    except RulebookRefused as refused:
        raise CommandError("INVALID_ARGUMENT", str(refused)) from None


def _in_force(terminal: Terminal) -> str:
    from psmf.rules.v1 import revisions_pb2 as pb

    plan = terminal.call(terminal.client.revisions.GetRulebookPlan, pb.GetRulebookPlanRequest())
    return str(plan.in_force.revision)


def _hash_of(report: Path | None) -> str:
    if report is None:
        return ""
    import hashlib

    try:
        return hashlib.sha256(report.read_bytes()).hexdigest()
    except OSError as problem:
        raise CommandError("USAGE", f"{report} cannot be read: {problem.strerror}") from None


def _instant(text: str) -> Any:
    from datetime import datetime

    from services.platform.calls.wire import to_instant

    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise CommandError("USAGE", "--from is an instant with its time zone, for example 2027-04-01T00:00+01:00")
    return to_instant(instant)


def _short(name: str) -> str:
    return name.removeprefix(f"{COLLECTION}/")[:12]


def _state(revision: Any) -> str:
    from psmf.rules.v1 import revisions_pb2 as pb

    from services.platform.calls.wire import to_word

    return spaced(to_word(pb.RulebookRevision.State, revision.state))
