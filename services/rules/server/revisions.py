"""RulebookRevisionService: how a rulebook comes into force, by two people."""

from collections.abc import Callable, Mapping
from typing import Any

from psmf.rules.v1 import revisions_pb2 as pb
from psmf.rules.v1 import revisions_pb2_grpc
from sqlalchemy import Connection

from services.platform.calls.commands import Commands, current_call
from services.platform.calls.pages import page_size, page_token, read_page_token
from services.platform.calls.wire import from_instant
from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.refusals import Refusal, conflict, invalid
from services.rules.adapters.approval_signing import ApprovalKey
from services.rules.adapters.rule_files.folder import RulebookRefused
from services.rules.adapters.store.revisions import SqlRevisions, order_of
from services.rules.domain.rulebook.changes import changes
from services.rules.domain.rulebook.model import Rulebook
from services.rules.domain.rulebook.revisions import Activation, Activations, Approval, Kind, Revision, may_be_loaded
from services.rules.handlers import change_rulebook as change
from services.rules.rulebook_in_force import RulebookInForce, files_refused, put_in_force
from services.rules.submission import SubmissionRefused, examine
from services.rules.wire import revisions as wire

MOST_SHOWN = 10
MOST_OF_A_FAULT = 200
"""A status travels in the trailers of a call, which take 8 kB."""


class RevisionServer(revisions_pb2_grpc.RulebookRevisionServiceServicer):
    """Revisions of the rulebook."""

    def __init__(
        self,
        database: Database,
        commands: Commands,
        clock: Clock,
        in_force: RulebookInForce,
        approval_key: ApprovalKey,
    ) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock
        self._in_force = in_force
        self._approval_key = approval_key

    def CreateRulebookRevision(self, request: pb.CreateRulebookRevisionRequest, context: Any) -> pb.RulebookRevision:
        """Keep rule files as a revision."""
        files, reason = wire.files(request), wire.needed_reason(request.reason)
        try:
            rulebook = examine(files)
        except SubmissionRefused as refused:
            raise _faulty(refused.lines) from None
        revision = Revision(rulebook.content_hash, current_call.get().principal.person, reason, self._clock.now())

        def work(connection: Connection) -> pb.RulebookRevision:
            revisions = SqlRevisions(connection)
            return wire.revision_message(change.submit(revision, files, revisions), revisions.plan())

        return self._commands.run(request, pb.RulebookRevision, work)

    def GetRulebookRevision(self, request: pb.GetRulebookRevisionRequest, context: Any) -> pb.RulebookRevision:
        """One revision, with its files."""
        content_hash = wire.content_hash(request.name)
        with self._database.read() as connection:
            revisions = SqlRevisions(connection)
            found = change.find_revision(content_hash, revisions)
            return wire.revision_message(found, revisions.plan(), revisions.files(content_hash))

    def ListRulebookRevisions(
        self, request: pb.ListRulebookRevisionsRequest, context: Any
    ) -> pb.ListRulebookRevisionsResponse:
        """A page of revisions, newest first."""
        person = current_call.get().principal.person
        most, last = page_size(request.page_size), read_page_token(request.page_token, person)
        after = (int(last[0]), str(last[1])) if last else None
        with self._database.read() as connection:
            revisions = SqlRevisions(connection)
            found, plan = revisions.page(after, most + 1), revisions.plan()
        token = page_token(order_of(found[most - 1]), person) if len(found) > most else ""
        messages = [wire.revision_message(revision, plan) for revision in found[:most]]
        return pb.ListRulebookRevisionsResponse(rulebook_revisions=messages, next_page_token=token)

    def CompareRulebookRevisions(
        self, request: pb.CompareRulebookRevisionsRequest, context: Any
    ) -> pb.CompareRulebookRevisionsResponse:
        """What one revision says otherwise than another."""
        other = getattr(request, "with")
        after = self._stored(wire.content_hash(request.name))
        before = self._stored(wire.content_hash(other, "with")) if other else self._in_force.current
        found = [wire.change_message(one) for one in changes(before, after)]
        answer: dict[str, Any] = {"with": f"{wire.COLLECTION}/{before.content_hash}", "changes": found}
        return pb.CompareRulebookRevisionsResponse(**answer)

    def ApproveRulebookRevision(self, request: pb.ApproveRulebookRevisionRequest, context: Any) -> pb.RulebookRevision:
        """Approve a revision that somebody else submitted."""
        content_hash = wire.content_hash(request.name)
        approval = Approval(
            current_call.get().principal.person,
            wire.needed_reason(request.reason),
            self._clock.now(),
            wire.report_hash(request.whatif_report_hash, "whatif_report_hash"),
            wire.report_hash(request.cover_report_hash, "cover_report_hash"),
        )

        def work(connection: Connection) -> pb.RulebookRevision:
            revisions = SqlRevisions(connection)
            approved = change.approve(content_hash, request.etag, approval, self._approval_key.sign, revisions)
            return wire.revision_message(approved, revisions.plan())

        return self._commands.run(request, pb.RulebookRevision, work)

    def ActivateRulebookRevision(
        self, request: pb.ActivateRulebookRevisionRequest, context: Any
    ) -> pb.RulebookRevision:
        """Put an approved revision in force, now or from an instant."""
        now = self._clock.now()
        at = from_instant(request.effective_time, "effective_time") if request.HasField("effective_time") else now
        content_hash, reason = wire.content_hash(request.name), wire.optional_reason(request.reason)
        rulebook = self._stored(content_hash)
        person = current_call.get().principal.person
        wanted = Activation(0, content_hash, Kind.ACTIVATION, person, reason, at)

        def decide(revisions: SqlRevisions) -> tuple[Activation, Rulebook]:
            return change.activate(wanted, request.etag, self._approval_key.vouches_for, revisions, now), rulebook

        return self._put(request, decide)

    def RollbackRulebook(self, request: pb.RollbackRulebookRequest, context: Any) -> pb.RulebookRevision:
        """Put the revision before back in force."""
        now, reason = self._clock.now(), wire.needed_reason(request.reason)
        person = current_call.get().principal.person
        with self._database.read() as connection:
            way = SqlRevisions(connection).plan().way_back
        before = {content_hash: self._stored(content_hash) for content_hash in way[-2:-1]}

        def decide(revisions: SqlRevisions) -> tuple[Activation, Rulebook]:
            plan = revisions.plan()
            activation = change.roll_back(person, reason, request.etag, self._may_be(plan), revisions, now)
            if activation.content_hash not in before:
                raise conflict("PLAN_CHANGED", "Another rulebook came into force just now. Look again.")
            return activation, before[activation.content_hash]

        return self._put(request, decide)

    def GetRulebookPlan(self, request: pb.GetRulebookPlanRequest, context: Any) -> pb.RulebookPlan:
        """What is in force, and what follows."""
        with self._database.read() as connection:
            return wire.plan_message(SqlRevisions(connection).plan())

    def _put(self, request: Any, decide: Callable[[SqlRevisions], tuple[Activation, Rulebook]]) -> pb.RulebookRevision:
        def work(connection: Connection) -> pb.RulebookRevision:
            revisions = SqlRevisions(connection)
            before = revisions.plan()
            activation, rulebook = decide(revisions)
            if activation.in_force_at is not None:
                put_in_force(connection, before, activation, rulebook)
            return wire.revision_message(change.find_revision(activation.content_hash, revisions), revisions.plan())

        answer = self._commands.run(request, pb.RulebookRevision, work)
        self._in_force.catch_up()
        return answer

    def _may_be(self, plan: Activations) -> Callable[[Revision], bool]:
        def may_be(revision: Revision) -> bool:
            was = next(activation for activation in plan.past if activation.content_hash == revision.content_hash)
            vouched = self._approval_key.vouches_for(revision)
            return may_be_loaded(plan, was, vouched, self._in_force.needs_approval)

        return may_be

    def _stored(self, content_hash: str) -> Rulebook:
        with self._database.read() as connection:
            change.find_revision(content_hash, SqlRevisions(connection))
        try:
            return self._in_force.stored(content_hash)
        except RulebookRefused as refused:
            raise files_refused(refused) from None


def _faulty(lines: tuple[str, ...]) -> Refusal:
    shown: Mapping[str, str] = {
        f"fault_{number:02}": line[:MOST_OF_A_FAULT] for number, line in enumerate(lines[:MOST_SHOWN], 1)
    }
    return invalid(
        "RULEBOOK_FAULTY",
        f"The rule files have {len(lines)} faults. Nothing was kept. See: psmf rules check, psmf rules test",
        "files",
        faults=str(len(lines)),
        **shown,
    )
