"""`psmf rules copy`, `submit`, `revisions`, `approve`, `publish`, `rollback`: a rulebook in force by two people."""

import shutil
from pathlib import Path
from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields
from services.cli.command import DryRun, PageSize, PageToken
from services.cli.failure import CHECK_FAILED, CommandError, file_failures
from services.cli.rules.folder import rule_files
from services.cli.terminal import Terminal
from services.client.words import day_of, london_time, spaced, word_of

COLLECTION = "rulebookRevisions"
SHORT_HASH = 12
"""Characters of a revision's hash that are printed."""
APPROVER = "policy-approver"
REVISION = Annotated[
    str, typer.Argument(metavar="REVISION", help="Its folder, its hash, or the hash's first characters.")
]
REASON = Annotated[str, typer.Option("--reason", help="Why, in a sentence.")]


def copy_rules(
    terminal: Terminal,
    folder: Annotated[Path, typer.Argument(help="The folder to create. It must not exist yet.")],
    revision: Annotated[str, typer.Option(help="Hash of another revision, or its first characters.")] = "",
) -> None:
    """Copy the rulebook in force, or another revision, to a folder of your own.

    psmf rules copy my-rules
    psmf rules copy to-approve --revision 7c1e09
    """
    from psmf.rules.v1 import revisions_pb2 as pb

    from services.rules.adapters.rule_files.shape import SCHEMAS
    from services.rules.domain.rulebook.file_names import is_rule_file

    revisions = terminal.client.revisions
    name = terminal.find("revision", revision).name if revision else _in_force(terminal)
    found = terminal.call(revisions.GetRulebookRevision, pb.GetRulebookRevisionRequest(name=name))
    with file_failures(folder, "written"):
        folder.mkdir(parents=True)
        for file, text in found.files.items():
            # Names come from the service: only those a rulebook may have are written, so none leaves the folder.
            if is_rule_file(file):
                (folder / file).parent.mkdir(exist_ok=True)
                (folder / file).write_text(text, encoding="utf-8")
        shutil.copytree(SCHEMAS, folder / SCHEMAS.name)
    said = f"Revision {short(found.name)} is copied to {folder}: {len(found.files)} files."
    terminal.changed({"revision": found.name, "folder": str(folder)}, said, f"psmf rules check {folder}")


def new_rules(
    terminal: Terminal,
    folder: Annotated[Path, typer.Argument(help="The folder to create. It must not exist yet.")],
) -> None:
    """Copy the rulebook that this release ships to a folder of your own. No running service is needed.

    psmf rules new my-rules
    """
    from services.rules.adapters.rule_files.folder import SHIPPED

    with file_failures(folder, "written"):
        shutil.copytree(SHIPPED, folder)
    said = f"The shipped rulebook is copied to {folder}, with the schemas for your editor."
    terminal.changed({"folder": str(folder)}, said, f"psmf rules check {folder}")


def submit_rules(
    terminal: Terminal,
    folder: Annotated[Path, typer.Argument(help="Folder of rule files.")],
    reason: REASON,
    dry_run: DryRun = False,
) -> None:
    """Submit a folder of rule files as a revision, for another person to approve.

    psmf rules submit my-rules --reason "Board minute 14" --as policy-editor
    """
    from psmf.rules.v1 import revisions_pb2 as pb

    request = pb.CreateRulebookRevisionRequest(files=rule_files(folder), reason=reason, **change_fields(dry_run))
    answer = terminal.call(terminal.client.revisions.CreateRulebookRevision, request)
    terminal.changed(answer, f"Revision {short(answer.name)} is {state_of(answer)}.", dry_run=dry_run)
    if not terminal.as_json:
        approve = f'psmf rules approve {short(answer.name)} --reason "…" --as {APPROVER}'
        terminal.following(approve, by="a policy approver")


def list_revisions(terminal: Terminal, page_size: PageSize = 100, page_token: PageToken = "") -> None:
    """List the revisions of the rulebook, newest first, and which one is in force or scheduled.

    psmf rules revisions
    """
    from psmf.rules.v1 import revisions_pb2 as pb

    request = pb.ListRulebookRevisionsRequest(page_size=page_size, page_token=page_token)
    answer = terminal.call(terminal.client.revisions.ListRulebookRevisions, request)
    names = ("Revision", "State", "From", "Author", "Approved by", "Why")
    terminal.listing(answer.rulebook_revisions, answer.next_page_token, names, _row)


def approve_rules(
    terminal: Terminal,
    revision: REVISION,
    reason: REASON,
    whatif: Annotated[Path | None, typer.Option(help="The what-if report that you read.")] = None,
    cover: Annotated[Path | None, typer.Option(help="The cover report that you read.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Approve a revision that another person submitted. The reports are recorded by their hash.

    psmf rules approve my-rules --reason "Read and tried" --as policy-approver
    psmf rules approve 7c1e09 --reason "Board minute 14" --whatif whatif.txt --as policy-approver
    """
    from psmf.rules.v1 import revisions_pb2 as pb

    found = find_revision(terminal, revision)
    request = pb.ApproveRulebookRevisionRequest(
        name=found.name,
        reason=reason,
        whatif_report_hash=_hash_of(whatif),
        cover_report_hash=_hash_of(cover),
        etag=found.etag,
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.revisions.ApproveRulebookRevision, request)
    said = f"Revision {short(answer.name)} is {state_of(answer)}."
    following = f"psmf rules publish {short(answer.name)}"
    terminal.changed(answer, said, following, dry_run=dry_run)


def publish_rules(
    terminal: Terminal,
    revision: REVISION,
    effective: Annotated[
        str,
        typer.Option("--from", metavar="INSTANT", help="From when, for example 2027-04-01T00:00+01:00. Default: now."),
    ] = "",
    reason: Annotated[str, typer.Option("--reason", help="Why, if there is more to say than in the approval.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Bring an approved revision into force, now or from a given time. It replaces a revision that is scheduled.

    psmf rules publish 7c1e09 --as policy-approver
    psmf rules publish 7c1e09 --from 2027-04-01T00:00+01:00 --as policy-approver
    """
    from psmf.rules.v1 import revisions_pb2 as pb

    found = find_revision(terminal, revision)
    request = pb.ActivateRulebookRevisionRequest(
        name=found.name, reason=reason, etag=found.etag, **change_fields(dry_run)
    )
    if effective:
        request.effective_time.CopyFrom(_instant(effective))
    answer = terminal.call(terminal.client.revisions.ActivateRulebookRevision, request)
    said = f"Revision {short(answer.name)} is {state_of(answer)} from {london_time(answer.effective_time)}."
    terminal.changed(answer, said, "psmf rules revisions", dry_run=dry_run)


def roll_back_rules(terminal: Terminal, reason: REASON, dry_run: DryRun = False) -> None:
    """Bring the previous revision back into force now. A scheduled revision is cancelled.

    psmf rules rollback --reason "Too many raised" --as policy-approver
    """
    from psmf.rules.v1 import revisions_pb2 as pb

    plan = terminal.call(terminal.client.revisions.GetRulebookPlan, pb.GetRulebookPlanRequest())
    request = pb.RollbackRulebookRequest(reason=reason, etag=plan.etag, **change_fields(dry_run))
    answer = terminal.call(terminal.client.revisions.RollbackRulebook, request)
    said = f"Revision {short(answer.name)} is in force again."
    terminal.changed(answer, said, "psmf rules revisions", dry_run=dry_run)


def verify_rules(terminal: Terminal) -> int:
    """Look whether everything that puts rules in force is as it was signed. Ends with 1 if something is not.

    psmf rules verify --as policy-approver
    """
    from psmf.rules.v1 import revisions_pb2 as pb

    call = terminal.client.revisions.VerifyRulebookActivations
    found = terminal.call(call, pb.VerifyRulebookActivationsRequest())
    if terminal.as_json:
        terminal.data(found)
    else:
        _tell_look(terminal, found)
    return CHECK_FAILED if found.faults else 0


def _tell_look(terminal: Terminal, found: Any) -> None:
    for fault in found.faults:
        terminal.text(f"NOT AS SIGNED  {fault}")
    if found.HasField("in_force"):
        now = found.in_force
        since, how = london_time(now.in_force_time), spaced(word_of(now, "kind"))
        terminal.text(f"In force: revision {short(now.revision)} since {since} ({how}, by {now.person}).")
        terminal.text(f"Approved by {', '.join(found.approvers)}." if found.approvers else "It needed no approval.")
    if not found.signed:
        terminal.say("Nothing is signed here: the service has no approval key. It takes only what came with a release.")
    elif not found.faults:
        terminal.say(f"{found.activations:,} activations are as they were signed.")
        terminal.say(f"The last is {found.end_hash[:SHORT_HASH]}. Note both: the number never falls.")


def dates_ahead(terminal: Terminal) -> None:
    """Show what the dates in the rulebook in force change after today, although nobody publishes anything.

    psmf rules ahead
    """
    from psmf.rules.v1 import revisions_pb2 as pb

    plan = terminal.call(terminal.client.revisions.GetRulebookPlan, pb.GetRulebookPlanRequest())
    if terminal.as_json:
        terminal.data(plan)
        return
    if not plan.dated_changes:
        terminal.say("No date in the rulebook in force lies ahead.")
    for dated in plan.dated_changes:
        terminal.text(day_of(dated, "date"))
        tell_changes(terminal, dated.changes, "  ")
    if plan.dated_changes:
        terminal.say("A concern that only such a date raises is quiet.")
        terminal.following("psmf rules whatif --on DATE", when="to see whom it touches")


def compare_revisions(
    terminal: Terminal,
    revision: REVISION,
    other: Annotated[
        str, typer.Option("--with", metavar="REVISION", help="The older one. Default: the one in force.")
    ] = "",
) -> None:
    """Show what differs between two revisions. Two folders of rule files are compared by `rules diff`.

    psmf rules compare 7c1e09
    psmf rules compare 7c1e09 --with 0320490a
    """
    from psmf.rules.v1 import revisions_pb2 as pb

    request = pb.CompareRulebookRevisionsRequest(name=find_revision(terminal, revision).name)
    if other:
        setattr(request, "with", find_revision(terminal, other).name)
    found = terminal.call(terminal.client.revisions.CompareRulebookRevisions, request)
    if terminal.as_json:
        terminal.data(found)
        return
    terminal.text(f"{short(request.name)} compared with {short(getattr(found, 'with'))}")
    if not found.changes:
        terminal.say("Nothing differs.")
    tell_changes(terminal, found.changes)


def state_of_rulebook(terminal: Terminal) -> None:
    """Show the rulebook in force, since when it is loaded, and whether newer files were refused or wait for approval.

    psmf rules state
    """
    from psmf.rules.v1 import rules_pb2 as pb

    _tell_loaded(terminal, terminal.call(terminal.client.rulebook.GetRulebook, pb.GetRulebookRequest()))


def reload_rules(terminal: Terminal) -> None:
    """Have the service read its folder of rule files again, without waiting until it looks.

    psmf rules reload --as policy-editor
    """
    from psmf.rules.v1 import rules_pb2 as pb

    _tell_loaded(terminal, terminal.call(terminal.client.rulebook.ReloadRulebook, pb.ReloadRulebookRequest()))


def evaluate_everyone(terminal: Terminal, dry_run: DryRun = False) -> None:
    """Have everybody evaluated, without waiting for the daily run.

    psmf rules evaluate
    """
    from psmf.rules.v1 import rules_pb2 as pb

    request = pb.EvaluateEveryoneRequest(**change_fields(dry_run))
    answer = terminal.call(terminal.client.concerns.EvaluateEveryone, request)
    terminal.changed(answer, f"{answer.waiting:,} people wait to be evaluated.", "psmf ops status", dry_run=dry_run)


def _tell_loaded(terminal: Terminal, loaded: Any) -> None:
    if terminal.as_json:
        terminal.data(loaded)
        return
    terminal.text(f"Rulebook {loaded.hash[:SHORT_HASH]}, {loaded.rules} rules, since {london_time(loaded.load_time)}.")
    for fault in loaded.refused:
        terminal.text(f"The newest files were refused: {fault}")
    if loaded.waiting_hash:
        terminal.text(f"Revision {loaded.waiting_hash[:SHORT_HASH]} waits for approval.")


def tell_changes(terminal: Terminal, changes: Any, indent: str = "") -> None:
    """Print what differs between two rulebooks, in words."""
    for change in changes:
        read_by = f", read by {', '.join(change.read_by)}" if change.read_by else ""
        terminal.text(f"{indent}{change.part}: {change.about} {change.change}{read_by}")
        for words in change.words:
            terminal.text(f"{indent}  {words}")


def find_revision(terminal: Terminal, text: str) -> Any:
    """Return the revision that `text` names: a folder with the same rules, a hash, or the start of one.

    Raises:
        ClientError: NOT_FOUND; USAGE when several begin with it.
    """
    return terminal.find("revision", _content_hash(Path(text)) if Path(text).is_dir() else text)


def _content_hash(folder: Path) -> str:
    """Return the hash that names a folder's revision, so that people approve exactly the files they have read.

    Raises:
        CommandError: INVALID_ARGUMENT with the faults of a broken rulebook.
    """
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

    with file_failures(report, "read"):
        return hashlib.sha256(report.read_bytes()).hexdigest()


def _instant(text: str) -> Any:
    from datetime import datetime

    from services.platform.calls.wire import to_instant

    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise CommandError("USAGE", "--from needs a time with its time zone, for example 2027-04-01T00:00+01:00")
    return to_instant(instant)


def short(name: str) -> str:
    """Return the first characters of the hash in a revision's name."""
    return name.removeprefix(f"{COLLECTION}/")[:SHORT_HASH]


def state_of(revision: Any) -> str:
    """Return the state of a revision in words."""
    return spaced(word_of(revision, "state"))


def _row(revision: Any) -> tuple[str, ...]:
    return (
        short(revision.name),
        state_of(revision),
        london_time(revision.effective_time) if revision.HasField("effective_time") else "",
        revision.author,
        ", ".join(approval.approver for approval in revision.approvals),
        revision.reason,
    )
