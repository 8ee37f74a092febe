"""A session that was held, and what its record needs."""

from datetime import timedelta
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import session_records_pb2 as pb
from psmf.scheduling.v1 import scheduling_pb2 as schedule

from services.platform.calls.wire import to_instant
from tests.between.together import Together
from tests.builders import a_request_id

OUTCOME, SECTION = pb.AgendaOutcome, pb.PackEntry


def content_of(
    pack: pb.SessionPack, outcome: Any = OUTCOME.WORD_NO_ACTION, last: str = "", interest: str = "Each child was met."
) -> pb.RecordContent:
    """Return what the record of a session needs, with one outcome for every concern. `last`: the one to name last."""

    def names(section: Any) -> list[str]:
        return [entry.name for entry in pack.entries if entry.section == section]

    concerns = sorted(names(SECTION.SECTION_CONCERN), key=lambda name: (name == last, name))
    outcomes = [pb.AgendaOutcome(item=name, word=OUTCOME.WORD_ACKNOWLEDGED) for name in names(SECTION.SECTION_PRAISE)]
    outcomes += [pb.AgendaOutcome(item=name, word=outcome, words="Spoken of.") for name in concerns]
    standards = sorted({standard for entry in pack.entries for standard in entry.standards})
    views = [pb.StandardView(standard=standard, word=pb.StandardView.WORD_MET) for standard in standards]
    return pb.RecordContent(views=views, outcomes=outcomes, child_interest=interest)


def attend(running: Together, session: str, word: Any = schedule.ATTENDANCE_ATTENDED) -> None:
    """Record how the Safeguarder took part in a session."""
    request = schedule.RecordSupportSessionAttendanceRequest(
        name=session, team_present=True, attendance=word, mode=schedule.MODE_ONLINE, request_id=a_request_id()
    )
    running.sessions.RecordSupportSessionAttendance(request, **running.as_("panel-team"))


def give_reasons(running: Together, safeguarder_id: str, support_manager: str) -> plans.DevelopmentPlan:
    """Have the support manager say why the plan is not final and has no strength. Records can then be shared."""
    request = plans.UpdateDevelopmentPlanRequest(
        name=f"safeguarders/{safeguarder_id}/developmentPlan",
        not_final_because="We meet again in January.",
        no_strength_because="We speak of it first.",
        request_id=a_request_id(),
    )
    found: plans.DevelopmentPlan = running.plans.UpdateDevelopmentPlan(request, **running.as_(support_manager))
    return found


def confirm_plan(running: Together, safeguarder_id: str, person: str, **fields: Any) -> plans.DevelopmentPlan:
    """Have a side read the plan and confirm it."""
    name, caller = f"safeguarders/{safeguarder_id}/developmentPlan", running.as_(person)
    read = running.plans.GetDevelopmentPlan(plans.GetDevelopmentPlanRequest(name=name), **caller)
    request = plans.ConfirmDevelopmentPlanRequest(name=name, etag=read.etag, request_id=a_request_id(), **fields)
    found: plans.DevelopmentPlan = running.plans.ConfirmDevelopmentPlan(request, **caller)
    return found


def a_shared_record(running: Together, safeguarder_id: str, support_manager: str) -> pb.SessionRecord:
    """Hold a session of somebody in an hour, and share its record."""
    listed = schedule.ListSupportSessionsRequest(parent=f"safeguarders/{safeguarder_id}")
    session = running.sessions.ListSupportSessions(listed, **running.as_("panel-team")).support_sessions[0]
    moved = schedule.RescheduleSupportSessionRequest(
        name=session.name,
        start_time=to_instant(running.clock.now() + timedelta(hours=1)),
        asked_by="team",
        reason="urgent",
    )
    manager = running.as_(support_manager)
    name = running.sessions.RescheduleSupportSession(moved, **manager).name
    running.pass_time(timedelta(hours=2))
    attend(running, name)
    running.settle()
    manager = running.as_(support_manager)  # an hour later the first token is no longer valid
    records = running.session_records
    pack = records.GetSessionPack(pb.GetSessionPackRequest(name=f"{name}/pack"), **manager)
    drafted = records.CreateSessionRecord(
        pb.CreateSessionRecordRequest(parent=name, content=content_of(pack)), **manager
    )
    give_reasons(running, safeguarder_id, support_manager)
    shared: pb.SessionRecord = records.ShareSessionRecord(
        pb.ShareSessionRecordRequest(name=drafted.name, etag=drafted.etag), **manager
    )
    return shared
