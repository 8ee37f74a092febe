"""A Safeguarder's own view of their file, as people read it."""

from collections.abc import Sequence
from datetime import date

from psmf.evidence.v1 import evidence_pb2
from psmf.evidence.v1 import personal_file_pb2 as pb
from psmf.evidence.v1 import session_records_pb2 as sessions_pb

from services.evidence.domain.personal_file.dues import IF_NOTHING, Due, DueKind
from services.evidence.domain.personal_file.handover import Handover
from services.evidence.domain.personal_file.own_standing import LastView, OnStandard, SeenItem
from services.evidence.domain.personal_file.page import OwnList, OwnStanding
from services.evidence.domain.personal_file.sources import Source
from services.evidence.domain.personal_file.ways import Way, ways_for
from services.evidence.domain.sessions.pack import concern_name, item_name
from services.evidence.wire.plans.messages import action_message
from services.platform.calls.wire import from_word, name_parts, to_date, to_instant
from services.refusals import invalid

_STANDING, _HANDOVER = "/standing", "/handover"
_PACKAGE = "psmf.evidence.v1."
METHODS = {
    kind: f"{_PACKAGE}{method}"
    for kind, method in {
        DueKind.REPLY: "EvidenceService/AddReply",
        DueKind.ANSWER_RECORD: "SessionRecordService/AnswerSessionRecord",
        DueKind.ANSWER_ACTION: "DevelopmentPlanService/AnswerAction",
        DueKind.ANSWER_SUPPORT: "DevelopmentPlanService/AnswerSupport",
        DueKind.SAY_RECEIVED: "DevelopmentPlanService/ConfirmSupport",
        DueKind.GIVE_VIEW: "DevelopmentPlanService/GiveView",
        DueKind.CONFIRM_PLAN: "DevelopmentPlanService/ConfirmDevelopmentPlan",
        DueKind.ADMIT_LATE_ITEM: "SessionRecordService/AdmitLateItem",
        DueKind.ACKNOWLEDGE_APPROACH: "DevelopmentPlanService/AcknowledgeApproach",
        DueKind.REPRESENTATIONS: "RecommendationService/AddRepresentation",
        DueKind.ACTION: "DevelopmentPlanService/OfferCompletion",
    }.items()
}
"""The method with which a Safeguarder does what waits for them."""


def standing_person(name: str) -> str:
    """Return the Safeguarder's id in the name of a standing. Refuse INVALID for another form, or for everybody."""
    return _person_of_page(name, _STANDING)


def handover_person(name: str) -> str:
    """Return the Safeguarder's id in the name of a handover. Refuse INVALID for another form, or for everybody."""
    return _person_of_page(name, _HANDOVER)


def _person_of_page(name: str, ending: str) -> str:
    return _one_person(name, "name", ending)


def waiting_person(parent: str) -> str:
    """Return the Safeguarder's id in a parent. Refuse INVALID for another form, or for everybody."""
    return _one_person(parent, "parent")


def _one_person(name: str, field: str, ending: str = "") -> str:
    (safeguarder_id,) = name_parts(name, "safeguarders", field=field, ending=ending)
    if safeguarder_id == "-":
        raise invalid("NAME_NOT_VALID", "Name one Safeguarder: this page is one person's.", field)
    return safeguarder_id


def standing_message(own: OwnStanding) -> pb.MyStanding:
    """Return the message of where a person's practice stands."""
    person = f"safeguarders/{own.safeguarder_id}"
    return pb.MyStanding(
        name=f"{person}/standing",
        as_of_date=to_date(own.today),
        since_date=to_date(own.since_on),
        edition=own.edition,
        standards=[_standard_message(each, own.safeguarder_id, own.ways) for each in own.standards],
        actions=[action_message(timed) for timed in own.actions],
        due=[_due_message(due, own.today) for due in own.dues],
        support_manager=own.support_manager,
        sources=[_source_message(source) for source in own.sources],
        more_is_open=own.more_is_open,
    )


def handover_message(found: Handover) -> pb.Handover:
    """Return the message of what somebody who takes over needs."""
    standing = found.standing
    person = f"safeguarders/{standing.safeguarder_id}"
    return pb.Handover(
        name=f"{person}{_HANDOVER}",
        standing=standing_message(standing),
        carried=[
            pb.CarriedOver(
                about=each.about,
                record=f"{person}/supportSessions/{each.session_id}/record",
                held_date=to_date(each.held_on),
                disputed=each.disputed,
                words=each.words,
            )
            for each in found.carried
        ],
        team_owes=[_due_message(due, standing.today) for due in found.team_owes],
    )


def waiting_message(own: OwnList) -> pb.ListWaitingForMeResponse:
    """Return the message of what waits for a person."""
    waiting = [
        pb.Waiting(due=_due_message(due, own.today), if_nothing=IF_NOTHING[due.kind], method=METHODS[due.kind])
        for due in own.waiting
    ]
    return pb.ListWaitingForMeResponse(waiting=waiting, sources=[_source_message(each) for each in own.sources])


def _standard_message(on: OnStandard, safeguarder_id: str, ways: Sequence[Way]) -> pb.StandardStanding:
    person = f"safeguarders/{safeguarder_id}"
    return pb.StandardStanding(
        standard=on.standard,
        word=from_word(pb.StandardStanding.Word, on.word),
        under_review=on.under_review,
        items=[_item_message(seen) for seen in on.items],
        concerns=[concern_name(safeguarder_id, concern_id) for concern_id in on.concerns],
        actions=[f"{person}/actions/{action_id}" for action_id in on.actions],
        ways=[pb.WayToShow(way=each.way, words=each.words) for each in ways_for(on.standard, ways)],
        last_view=_view_message(on.last_view, person) if on.last_view else None,
    )


def _item_message(seen: SeenItem) -> pb.StandingItem:
    content = seen.item.content
    return pb.StandingItem(
        name=item_name(seen.item),
        kind=from_word(evidence_pb2.EvidenceKind, content.kind),
        received_date=to_date(content.received_on),
        polarities=[from_word(evidence_pb2.Polarity, polarity) for polarity in seen.polarities],
        counts=seen.counts,
        reply_due_date=to_date(seen.reply_due_on),
    )


def _view_message(view: LastView, person: str) -> pb.LastView:
    return pb.LastView(
        word=from_word(sessions_pb.StandardView.Word, view.word),
        held_date=to_date(view.held_on),
        record=f"{person}/supportSessions/{view.session_id}/record",
        disputed=view.disputed,
    )


def _due_message(due: Due, today: date) -> pb.Due:
    return pb.Due(
        kind=from_word(pb.Due.Kind, due.kind),
        owed_by=from_word(pb.Due.OwedBy, due.owed_by),
        about=due.about,
        due_date=to_date(due.due_on),
        stands_still=due.stands_still,
        passed=due.has_passed(today),
    )


def _source_message(source: Source) -> pb.StandingSource:
    return pb.StandingSource(
        service=source.service,
        state=from_word(pb.StandingSource.State, source.state),
        known_time=to_instant(source.known_at) if source.known_at else None,
    )
