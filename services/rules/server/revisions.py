"""RulebookRevisionService: two people put a rulebook in force."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from psmf.rules.v1 import revisions_pb2 as pb
from psmf.rules.v1 import revisions_pb2_grpc
from sqlalchemy import Connection

from services.platform.calls.commands import Commands, current_call
from services.platform.calls.identity import Directory
from services.platform.calls.pages import page_size, page_token, read_page_token
from services.platform.calls.wire import from_instant
from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.rules.adapters.rule_files.folder import RulebookRefused
from services.rules.adapters.store.facts import SqlFacts
from services.rules.adapters.store.revisions import SqlRevisions, order_of
from services.rules.domain.rulebook.changes import changes
from services.rules.domain.rulebook.dated import dated_changes
from services.rules.domain.rulebook.model import Rulebook
from services.rules.domain.rulebook.revisions import Activation, Approval, Kind, Return, Revision
from services.rules.handlers import revisions as handler
from services.rules.rulebook_in_force import RulebookInForce, files_refused
from services.rules.submission import number as changing
from services.rules.submission.files import examine, report
from services.rules.wire import revisions as wire

APPROVER = "policy_approver"
"""The role that may send back what somebody else submitted."""


class RevisionServer(revisions_pb2_grpc.RulebookRevisionServiceServicer):
    """Revisions of the rulebook."""

    def __init__(
        self,
        database: Database,
        commands: Commands,
        clock: Clock,
        in_force: RulebookInForce,
        directory: Directory,
        numbers: changing.ChangedNumbers,
    ) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock
        self._in_force = in_force
        self._approval_key = in_force.approval_key
        self._directory = directory
        self._numbers = numbers

    @property
    def _year(self) -> int:
        return self._clock.today().year

    def CreateRulebookRevision(self, request: pb.CreateRulebookRevisionRequest, context: Any) -> pb.RulebookRevision:
        """Store rule files as a revision."""
        files, reason = wire.files(request), wire.needed_reason(request.reason, self._year)
        # Outside the transaction: loading the files and running their examples takes seconds, and commits would wait.
        rulebook = examine(files)
        revision = Revision(rulebook.content_hash, _caller(), reason, self._clock.now())

        def work(connection: Connection) -> pb.RulebookRevision:
            revisions = SqlRevisions(connection)
            return wire.revision_message(handler.submit(revision, files, revisions), revisions.activations())

        return self._commands.run(request, pb.RulebookRevision, work)

    def ChangeParameter(self, request: pb.ChangeParameterRequest, context: Any) -> pb.ChangeParameterResponse:
        """Store a revision that changes one number of the rulebook in force. The service writes its files."""
        now, before = self._clock.now(), self._in_force.current
        change, wanted = wire.parameter_change(request.change, self._year), wire.wanted_examples(request, self._year)
        # Outside the transaction, as for files that are submitted.
        prepared = self._numbers.prepared(before.content_hash, change, self._clock.today())
        files = dict(changing.with_guards(prepared.files, wanted, prepared.suggested))
        rulebook = examine(files) if wanted else prepared.rulebook
        revision = Revision(rulebook.content_hash, _caller(), change.value.why, now)

        def work(connection: Connection) -> pb.ChangeParameterResponse:
            revisions = SqlRevisions(connection)
            stored = handler.submit(revision, files, revisions)
            return pb.ChangeParameterResponse(
                rulebook_revision=wire.revision_message(stored, revisions.activations()),
                changes=wire.changes_message(changes(before, rulebook)),
                suggested=map(wire.suggestion_message, prepared.suggested if request.validate_only else ()),
            )

        return self._commands.run(request, pb.ChangeParameterResponse, work)

    def CheckRulebookRevision(
        self, request: pb.CheckRulebookRevisionRequest, context: Any
    ) -> pb.CheckRulebookRevisionResponse:
        """Return what the examples of a revision show today."""
        content_hash = wire.content_hash(request.name)
        with self._database.read() as connection:
            handler.find_revision(content_hash, SqlRevisions(connection))
        try:
            found = report(self._files(content_hash), self._clock.today())
        except RulebookRefused as refused:
            raise files_refused(refused) from None
        return wire.report_message(found, changing.added_examples(self._in_force.current, found.rulebook))

    def SendBackRulebookRevision(
        self, request: pb.SendBackRulebookRevisionRequest, context: Any
    ) -> pb.RulebookRevision:
        """Send a draft back to its author, or take back one's own."""
        content_hash, caller = wire.content_hash(request.name), current_call.get().principal
        reason = wire.needed_reason(request.reason, self._year)
        returned, is_approver = Return(caller.person, reason, self._clock.now()), caller.role == APPROVER

        def work(connection: Connection) -> pb.RulebookRevision:
            revisions = SqlRevisions(connection)
            sent_back = handler.send_back(content_hash, request.etag, returned, is_approver, revisions)
            return wire.revision_message(sent_back, revisions.activations())

        return self._commands.run(request, pb.RulebookRevision, work)

    def GetRulebookRevision(self, request: pb.GetRulebookRevisionRequest, context: Any) -> pb.RulebookRevision:
        """Return one revision with its files."""
        content_hash = wire.content_hash(request.name)
        with self._database.read() as connection:
            revisions = SqlRevisions(connection)
            found = handler.find_revision(content_hash, revisions)
            activations = revisions.activations()
        return wire.revision_message(found, activations, self._files(content_hash))

    def ListRulebookRevisions(
        self, request: pb.ListRulebookRevisionsRequest, context: Any
    ) -> pb.ListRulebookRevisionsResponse:
        """Return a page of revisions, newest first."""
        most, last = page_size(request.page_size), read_page_token(request.page_token, _caller())
        after = (int(last[0]), str(last[1])) if last else None
        with self._database.read() as connection:
            revisions = SqlRevisions(connection)
            found, activations = revisions.page(after, most + 1), revisions.activations()
        token = page_token(order_of(found[most - 1]), _caller()) if len(found) > most else ""
        messages = [wire.revision_message(revision, activations) for revision in found[:most]]
        return pb.ListRulebookRevisionsResponse(rulebook_revisions=messages, next_page_token=token)

    def CompareRulebookRevisions(
        self, request: pb.CompareRulebookRevisionsRequest, context: Any
    ) -> pb.CompareRulebookRevisionsResponse:
        """Return the differences between two revisions in words. The other is the rulebook in force by default."""
        other = getattr(request, "with")
        after = self._load(wire.content_hash(request.name))
        before = self._load(wire.content_hash(other, "with")) if other else self._in_force.current
        return wire.comparison_message(before.content_hash, changes(before, after))

    def ApproveRulebookRevision(self, request: pb.ApproveRulebookRevisionRequest, context: Any) -> pb.RulebookRevision:
        """Approve a revision that somebody else submitted."""
        content_hash = wire.content_hash(request.name)
        approval = Approval(
            _caller(),
            wire.needed_reason(request.reason, self._year),
            self._clock.now(),
            wire.report_hash(request.whatif_report_hash, "whatif_report_hash"),
            wire.report_hash(request.cover_report_hash, "cover_report_hash"),
        )

        def work(connection: Connection) -> pb.RulebookRevision:
            revisions = SqlRevisions(connection)
            are_one = self._directory.are_one_person
            approved = handler.approve(content_hash, request.etag, approval, self._approval_key, revisions, are_one)
            return wire.revision_message(approved, revisions.activations())

        return self._commands.run(request, pb.RulebookRevision, work)

    def ActivateRulebookRevision(
        self, request: pb.ActivateRulebookRevisionRequest, context: Any
    ) -> pb.RulebookRevision:
        """Put an approved revision in force, now or from an instant."""
        now = self._clock.now()
        at = from_instant(request.effective_time, "effective_time") if request.HasField("effective_time") else now
        content_hash, reason = wire.content_hash(request.name), wire.optional_reason(request.reason, self._year)
        rulebook = self._load(content_hash)
        wanted = Activation(0, content_hash, Kind.ACTIVATION, _caller(), reason, at)

        def activate(in_transaction: handler.ActivationContext) -> Activation:
            return handler.activate(wanted, request.etag, rulebook, in_transaction)

        return self._put_in_force(request, now, activate)

    def RollbackRulebook(self, request: pb.RollbackRulebookRequest, context: Any) -> pb.RulebookRevision:
        """Put the previous revision back in force."""
        now, person, reason = self._clock.now(), _caller(), wire.needed_reason(request.reason, self._year)
        with self._database.read() as connection:
            way_back = SqlRevisions(connection).activations().way_back
        loaded = {content_hash: self._load(content_hash) for content_hash in way_back[-2:-1]}
        needs_approval = self._in_force.needs_approval

        def roll_back(in_transaction: handler.ActivationContext) -> Activation:
            return handler.roll_back(person, reason, request.etag, loaded, needs_approval, in_transaction)

        return self._put_in_force(request, now, roll_back)

    def VerifyRulebookActivations(
        self, request: pb.VerifyRulebookActivationsRequest, context: Any
    ) -> pb.VerifyRulebookActivationsResponse:
        """Look whether everything that puts rules in force is as it was signed."""
        with self._database.read() as connection:
            found, revisions = self._in_force.chain(connection).look(), SqlRevisions(connection)
            # What was changed may be no activation at all, so nothing is said of it.
            in_force = None if found.faults else revisions.activations().in_force
            revision = revisions.find(in_force.content_hash) if in_force else None
        return wire.look_message(found, in_force, revision)

    def GetRulebookPlan(self, request: pb.GetRulebookPlanRequest, context: Any) -> pb.RulebookPlan:
        """Return what is in force, what is scheduled, what was in force, and what dates of the rulebook change."""
        coming = dated_changes(self._in_force.current, self._clock.today(), date.max)
        with self._database.read() as connection:
            return wire.plan_message(SqlRevisions(connection).activations(), coming)

    def _put_in_force(
        self, request: Any, now: datetime, decide: Callable[[handler.ActivationContext], Activation]
    ) -> pb.RulebookRevision:
        def work(connection: Connection) -> pb.RulebookRevision:
            revisions = SqlRevisions(connection)
            chain = self._in_force.chain(connection)
            in_transaction = handler.ActivationContext(revisions, SqlFacts(connection), chain, self._approval_key, now)
            activation = decide(in_transaction)
            revision = handler.find_revision(activation.content_hash, revisions)
            return wire.revision_message(revision, revisions.activations())

        answer = self._commands.run(request, pb.RulebookRevision, work)
        # The caller's next call sees the new rulebook. Without this, it would only after the evaluator's next turn.
        self._in_force.catch_up()
        return answer

    def _files(self, content_hash: str) -> Mapping[str, str]:
        """Return the stored files of a revision. What somebody reads before approving is what the hash names."""
        try:
            return self._in_force.files(content_hash)
        except RulebookRefused as refused:
            raise files_refused(refused) from None

    def _load(self, content_hash: str) -> Rulebook:
        """Load a stored revision, outside any transaction that writes: commits would wait for it."""
        with self._database.read() as connection:
            handler.find_revision(content_hash, SqlRevisions(connection))
        try:
            return self._in_force.stored(content_hash)
        except RulebookRefused as refused:
            raise files_refused(refused) from None


def _caller() -> str:
    return current_call.get().principal.person
