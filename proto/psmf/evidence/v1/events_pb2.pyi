import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from psmf.evidence.v1 import approach_changes_pb2 as _approach_changes_pb2
from psmf.evidence.v1 import complaint_stages_pb2 as _complaint_stages_pb2
from psmf.evidence.v1 import decisions_pb2 as _decisions_pb2
from psmf.evidence.v1 import development_plans_pb2 as _development_plans_pb2
from psmf.evidence.v1 import evidence_pb2 as _evidence_pb2
from psmf.evidence.v1 import overlays_pb2 as _overlays_pb2
from psmf.evidence.v1 import recommendations_pb2 as _recommendations_pb2
from psmf.evidence.v1 import report_samples_pb2 as _report_samples_pb2
from psmf.evidence.v1 import review_requests_pb2 as _review_requests_pb2
from psmf.evidence.v1 import safeguarder_pb2 as _safeguarder_pb2
from psmf.evidence.v1 import session_records_pb2 as _session_records_pb2
from psmf.evidence.v1 import times_away_pb2 as _times_away_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SafeguarderAppointed(_message.Message):
    __slots__ = ("safeguarder_id", "term", "start_date", "end_date", "appointed_date", "areas", "demo")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    TERM_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    APPOINTED_DATE_FIELD_NUMBER: _ClassVar[int]
    AREAS_FIELD_NUMBER: _ClassVar[int]
    DEMO_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    term: int
    start_date: _date_pb2.Date
    end_date: _date_pb2.Date
    appointed_date: _date_pb2.Date
    areas: _containers.RepeatedScalarFieldContainer[str]
    demo: bool
    def __init__(self, safeguarder_id: _Optional[str] = ..., term: _Optional[int] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., appointed_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., areas: _Optional[_Iterable[str]] = ..., demo: _Optional[bool] = ...) -> None: ...

class SafeguarderEnded(_message.Message):
    __slots__ = ("safeguarder_id", "end_date", "reason")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    end_date: _date_pb2.Date
    reason: _safeguarder_pb2.EndReason
    def __init__(self, safeguarder_id: _Optional[str] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reason: _Optional[_Union[_safeguarder_pb2.EndReason, str]] = ...) -> None: ...

class SafeguarderLeaving(_message.Message):
    __slots__ = ("safeguarder_id", "last_date")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    LAST_DATE_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    last_date: _date_pb2.Date
    def __init__(self, safeguarder_id: _Optional[str] = ..., last_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class SafeguarderCorrectionChanged(_message.Message):
    __slots__ = ("safeguarder_id", "decision_id", "correction", "state", "entered_by", "change_time", "terms", "ended_date", "appointed_date", "areas", "demo")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    DECISION_ID_FIELD_NUMBER: _ClassVar[int]
    CORRECTION_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ENTERED_BY_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    TERMS_FIELD_NUMBER: _ClassVar[int]
    ENDED_DATE_FIELD_NUMBER: _ClassVar[int]
    APPOINTED_DATE_FIELD_NUMBER: _ClassVar[int]
    AREAS_FIELD_NUMBER: _ClassVar[int]
    DEMO_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    decision_id: str
    correction: int
    state: _decisions_pb2.DecisionCorrection.State
    entered_by: str
    change_time: _timestamp_pb2.Timestamp
    terms: _containers.RepeatedCompositeFieldContainer[MembershipTerm]
    ended_date: _date_pb2.Date
    appointed_date: _date_pb2.Date
    areas: _containers.RepeatedScalarFieldContainer[str]
    demo: bool
    def __init__(self, safeguarder_id: _Optional[str] = ..., decision_id: _Optional[str] = ..., correction: _Optional[int] = ..., state: _Optional[_Union[_decisions_pb2.DecisionCorrection.State, str]] = ..., entered_by: _Optional[str] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., terms: _Optional[_Iterable[_Union[MembershipTerm, _Mapping]]] = ..., ended_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., appointed_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., areas: _Optional[_Iterable[str]] = ..., demo: _Optional[bool] = ...) -> None: ...

class MembershipTerm(_message.Message):
    __slots__ = ("term", "start_date", "end_date")
    TERM_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    term: int
    start_date: _date_pb2.Date
    end_date: _date_pb2.Date
    def __init__(self, term: _Optional[int] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class SafeguarderReportsNotAvailable(_message.Message):
    __slots__ = ("safeguarder_id", "date", "reports", "reason")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    REPORTS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    date: _date_pb2.Date
    reports: int
    reason: _report_samples_pb2.NoReportReason
    def __init__(self, safeguarder_id: _Optional[str] = ..., date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reports: _Optional[int] = ..., reason: _Optional[_Union[_report_samples_pb2.NoReportReason, str]] = ...) -> None: ...

class SafeguarderTimeAwayRecorded(_message.Message):
    __slots__ = ("safeguarder_id", "time_away_id", "version", "kind", "start_date", "end_date", "cancelled", "not_counted")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    TIME_AWAY_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_FIELD_NUMBER: _ClassVar[int]
    NOT_COUNTED_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    time_away_id: str
    version: int
    kind: _times_away_pb2.TimeAwayKind
    start_date: _date_pb2.Date
    end_date: _date_pb2.Date
    cancelled: bool
    not_counted: _containers.RepeatedCompositeFieldContainer[DaysNotCounted]
    def __init__(self, safeguarder_id: _Optional[str] = ..., time_away_id: _Optional[str] = ..., version: _Optional[int] = ..., kind: _Optional[_Union[_times_away_pb2.TimeAwayKind, str]] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., cancelled: _Optional[bool] = ..., not_counted: _Optional[_Iterable[_Union[DaysNotCounted, _Mapping]]] = ...) -> None: ...

class OverlayChanged(_message.Message):
    __slots__ = ("safeguarder_id", "overlay_id", "version", "kind", "state", "effects", "start_date", "review_date", "reviewed_date", "create_time", "change_time", "answer_due_date")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    OVERLAY_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    EFFECTS_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    REVIEW_DATE_FIELD_NUMBER: _ClassVar[int]
    REVIEWED_DATE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    overlay_id: str
    version: int
    kind: _overlays_pb2.Overlay.Kind
    state: _overlays_pb2.Overlay.State
    effects: _containers.RepeatedScalarFieldContainer[_overlays_pb2.Overlay.Effect]
    start_date: _date_pb2.Date
    review_date: _date_pb2.Date
    reviewed_date: _date_pb2.Date
    create_time: _timestamp_pb2.Timestamp
    change_time: _timestamp_pb2.Timestamp
    answer_due_date: _date_pb2.Date
    def __init__(self, safeguarder_id: _Optional[str] = ..., overlay_id: _Optional[str] = ..., version: _Optional[int] = ..., kind: _Optional[_Union[_overlays_pb2.Overlay.Kind, str]] = ..., state: _Optional[_Union[_overlays_pb2.Overlay.State, str]] = ..., effects: _Optional[_Iterable[_Union[_overlays_pb2.Overlay.Effect, str]]] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., review_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reviewed_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answer_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class DaysNotCounted(_message.Message):
    __slots__ = ("start_date", "end_date")
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    start_date: _date_pb2.Date
    end_date: _date_pb2.Date
    def __init__(self, start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class EvidenceItemRecorded(_message.Message):
    __slots__ = ("fact",)
    FACT_FIELD_NUMBER: _ClassVar[int]
    fact: EvidenceFact
    def __init__(self, fact: _Optional[_Union[EvidenceFact, _Mapping]] = ...) -> None: ...

class EvidenceItemMapped(_message.Message):
    __slots__ = ("fact",)
    FACT_FIELD_NUMBER: _ClassVar[int]
    fact: EvidenceFact
    def __init__(self, fact: _Optional[_Union[EvidenceFact, _Mapping]] = ...) -> None: ...

class EvidenceReplyTimeMoved(_message.Message):
    __slots__ = ("fact",)
    FACT_FIELD_NUMBER: _ClassVar[int]
    fact: EvidenceFact
    def __init__(self, fact: _Optional[_Union[EvidenceFact, _Mapping]] = ...) -> None: ...

class EvidenceItemShared(_message.Message):
    __slots__ = ("fact",)
    FACT_FIELD_NUMBER: _ClassVar[int]
    fact: EvidenceFact
    def __init__(self, fact: _Optional[_Union[EvidenceFact, _Mapping]] = ...) -> None: ...

class EvidenceReplyReceived(_message.Message):
    __slots__ = ("fact",)
    FACT_FIELD_NUMBER: _ClassVar[int]
    fact: EvidenceFact
    def __init__(self, fact: _Optional[_Union[EvidenceFact, _Mapping]] = ...) -> None: ...

class ComplaintDecided(_message.Message):
    __slots__ = ("fact",)
    FACT_FIELD_NUMBER: _ClassVar[int]
    fact: EvidenceFact
    def __init__(self, fact: _Optional[_Union[EvidenceFact, _Mapping]] = ...) -> None: ...

class ComplaintStageMoved(_message.Message):
    __slots__ = ("fact",)
    FACT_FIELD_NUMBER: _ClassVar[int]
    fact: EvidenceFact
    def __init__(self, fact: _Optional[_Union[EvidenceFact, _Mapping]] = ...) -> None: ...

class EvidenceItemSuperseded(_message.Message):
    __slots__ = ("fact",)
    FACT_FIELD_NUMBER: _ClassVar[int]
    fact: EvidenceFact
    def __init__(self, fact: _Optional[_Union[EvidenceFact, _Mapping]] = ...) -> None: ...

class EvidenceItemIdentified(_message.Message):
    __slots__ = ("fact",)
    FACT_FIELD_NUMBER: _ClassVar[int]
    fact: EvidenceFact
    def __init__(self, fact: _Optional[_Union[EvidenceFact, _Mapping]] = ...) -> None: ...

class EvidenceItemWithdrawn(_message.Message):
    __slots__ = ("fact",)
    FACT_FIELD_NUMBER: _ClassVar[int]
    fact: EvidenceFact
    def __init__(self, fact: _Optional[_Union[EvidenceFact, _Mapping]] = ...) -> None: ...

class WordsHeld(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class SafetySaid(_message.Message):
    __slots__ = ("feedback_link_id",)
    FEEDBACK_LINK_ID_FIELD_NUMBER: _ClassVar[int]
    feedback_link_id: str
    def __init__(self, feedback_link_id: _Optional[str] = ...) -> None: ...

class SessionPackChanged(_message.Message):
    __slots__ = ("safeguarder_id", "session_id", "version", "state", "freeze_time", "start_time", "hash")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    FREEZE_TIME_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    HASH_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    session_id: str
    version: int
    state: _session_records_pb2.SessionPack.State
    freeze_time: _timestamp_pb2.Timestamp
    start_time: _timestamp_pb2.Timestamp
    hash: str
    def __init__(self, safeguarder_id: _Optional[str] = ..., session_id: _Optional[str] = ..., version: _Optional[int] = ..., state: _Optional[_Union[_session_records_pb2.SessionPack.State, str]] = ..., freeze_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., hash: _Optional[str] = ...) -> None: ...

class SessionLateItemsChanged(_message.Message):
    __slots__ = ("safeguarder_id", "session_id", "version", "offered", "waiting", "session_date", "change_time")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    OFFERED_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    SESSION_DATE_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    session_id: str
    version: int
    offered: int
    waiting: int
    session_date: _date_pb2.Date
    change_time: _timestamp_pb2.Timestamp
    def __init__(self, safeguarder_id: _Optional[str] = ..., session_id: _Optional[str] = ..., version: _Optional[int] = ..., offered: _Optional[int] = ..., waiting: _Optional[int] = ..., session_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SessionRecordChanged(_message.Message):
    __slots__ = ("safeguarder_id", "session_id", "version", "edition", "state", "ending", "held_date", "answer_due_date", "response_due_date", "outcomes", "change_time")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    EDITION_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ENDING_FIELD_NUMBER: _ClassVar[int]
    HELD_DATE_FIELD_NUMBER: _ClassVar[int]
    ANSWER_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    RESPONSE_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    OUTCOMES_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    session_id: str
    version: int
    edition: int
    state: _session_records_pb2.SessionRecord.State
    ending: _session_records_pb2.SessionRecord.Ending
    held_date: _date_pb2.Date
    answer_due_date: _date_pb2.Date
    response_due_date: _date_pb2.Date
    outcomes: _containers.RepeatedCompositeFieldContainer[AgendaOutcomeFact]
    change_time: _timestamp_pb2.Timestamp
    def __init__(self, safeguarder_id: _Optional[str] = ..., session_id: _Optional[str] = ..., version: _Optional[int] = ..., edition: _Optional[int] = ..., state: _Optional[_Union[_session_records_pb2.SessionRecord.State, str]] = ..., ending: _Optional[_Union[_session_records_pb2.SessionRecord.Ending, str]] = ..., held_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., answer_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., response_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., outcomes: _Optional[_Iterable[_Union[AgendaOutcomeFact, _Mapping]]] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AgendaOutcomeFact(_message.Message):
    __slots__ = ("concern_id", "word", "disputed")
    CONCERN_ID_FIELD_NUMBER: _ClassVar[int]
    WORD_FIELD_NUMBER: _ClassVar[int]
    DISPUTED_FIELD_NUMBER: _ClassVar[int]
    concern_id: str
    word: _session_records_pb2.AgendaOutcome.Word
    disputed: bool
    def __init__(self, concern_id: _Optional[str] = ..., word: _Optional[_Union[_session_records_pb2.AgendaOutcome.Word, str]] = ..., disputed: _Optional[bool] = ...) -> None: ...

class EvidenceFact(_message.Message):
    __slots__ = ("evidence_id", "safeguarder_id", "version", "record_time", "kind", "source", "aspect", "setting", "evidence_class", "happened_date", "received_date", "shared_date", "reply_due_date", "replied_date", "countable_date", "complaint_outcome", "state", "mappings", "report_review", "timeliness", "history", "judged_id", "adverse_date", "sharing_reported", "sender_id", "action_outcome", "reply_stands_still", "reply_moved", "no_second_reader", "complaint_limits")
    EVIDENCE_ID_FIELD_NUMBER: _ClassVar[int]
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    ASPECT_FIELD_NUMBER: _ClassVar[int]
    SETTING_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_CLASS_FIELD_NUMBER: _ClassVar[int]
    HAPPENED_DATE_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_DATE_FIELD_NUMBER: _ClassVar[int]
    SHARED_DATE_FIELD_NUMBER: _ClassVar[int]
    REPLY_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REPLIED_DATE_FIELD_NUMBER: _ClassVar[int]
    COUNTABLE_DATE_FIELD_NUMBER: _ClassVar[int]
    COMPLAINT_OUTCOME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    MAPPINGS_FIELD_NUMBER: _ClassVar[int]
    REPORT_REVIEW_FIELD_NUMBER: _ClassVar[int]
    TIMELINESS_FIELD_NUMBER: _ClassVar[int]
    HISTORY_FIELD_NUMBER: _ClassVar[int]
    JUDGED_ID_FIELD_NUMBER: _ClassVar[int]
    ADVERSE_DATE_FIELD_NUMBER: _ClassVar[int]
    SHARING_REPORTED_FIELD_NUMBER: _ClassVar[int]
    SENDER_ID_FIELD_NUMBER: _ClassVar[int]
    ACTION_OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REPLY_STANDS_STILL_FIELD_NUMBER: _ClassVar[int]
    REPLY_MOVED_FIELD_NUMBER: _ClassVar[int]
    NO_SECOND_READER_FIELD_NUMBER: _ClassVar[int]
    COMPLAINT_LIMITS_FIELD_NUMBER: _ClassVar[int]
    evidence_id: str
    safeguarder_id: str
    version: int
    record_time: _timestamp_pb2.Timestamp
    kind: _evidence_pb2.EvidenceKind
    source: _evidence_pb2.EvidenceSource
    aspect: _evidence_pb2.Aspect
    setting: _evidence_pb2.Setting
    evidence_class: _evidence_pb2.EvidenceClass
    happened_date: _date_pb2.Date
    received_date: _date_pb2.Date
    shared_date: _date_pb2.Date
    reply_due_date: _date_pb2.Date
    replied_date: _date_pb2.Date
    countable_date: _date_pb2.Date
    complaint_outcome: _evidence_pb2.ComplaintOutcome
    state: _evidence_pb2.ItemState
    mappings: _containers.RepeatedCompositeFieldContainer[_evidence_pb2.Mapping]
    report_review: _evidence_pb2.ReportReview
    timeliness: _evidence_pb2.Timeliness
    history: bool
    judged_id: str
    adverse_date: _date_pb2.Date
    sharing_reported: bool
    sender_id: str
    action_outcome: _evidence_pb2.ActionOutcome
    reply_stands_still: bool
    reply_moved: bool
    no_second_reader: bool
    complaint_limits: _containers.RepeatedCompositeFieldContainer[_complaint_stages_pb2.ComplaintLimit]
    def __init__(self, evidence_id: _Optional[str] = ..., safeguarder_id: _Optional[str] = ..., version: _Optional[int] = ..., record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., kind: _Optional[_Union[_evidence_pb2.EvidenceKind, str]] = ..., source: _Optional[_Union[_evidence_pb2.EvidenceSource, str]] = ..., aspect: _Optional[_Union[_evidence_pb2.Aspect, str]] = ..., setting: _Optional[_Union[_evidence_pb2.Setting, str]] = ..., evidence_class: _Optional[_Union[_evidence_pb2.EvidenceClass, str]] = ..., happened_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., received_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., shared_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reply_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., replied_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., countable_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., complaint_outcome: _Optional[_Union[_evidence_pb2.ComplaintOutcome, str]] = ..., state: _Optional[_Union[_evidence_pb2.ItemState, str]] = ..., mappings: _Optional[_Iterable[_Union[_evidence_pb2.Mapping, _Mapping]]] = ..., report_review: _Optional[_Union[_evidence_pb2.ReportReview, _Mapping]] = ..., timeliness: _Optional[_Union[_evidence_pb2.Timeliness, _Mapping]] = ..., history: _Optional[bool] = ..., judged_id: _Optional[str] = ..., adverse_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., sharing_reported: _Optional[bool] = ..., sender_id: _Optional[str] = ..., action_outcome: _Optional[_Union[_evidence_pb2.ActionOutcome, _Mapping]] = ..., reply_stands_still: _Optional[bool] = ..., reply_moved: _Optional[bool] = ..., no_second_reader: _Optional[bool] = ..., complaint_limits: _Optional[_Iterable[_Union[_complaint_stages_pb2.ComplaintLimit, _Mapping]]] = ...) -> None: ...

class DevelopmentPlanChanged(_message.Message):
    __slots__ = ("safeguarder_id", "term", "version", "plan_version", "state", "awaited", "answer_due_date", "no_answer", "final", "reason_given", "change_time", "confirmed_by")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    TERM_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    PLAN_VERSION_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    AWAITED_FIELD_NUMBER: _ClassVar[int]
    ANSWER_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    NO_ANSWER_FIELD_NUMBER: _ClassVar[int]
    FINAL_FIELD_NUMBER: _ClassVar[int]
    REASON_GIVEN_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    CONFIRMED_BY_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    term: int
    version: int
    plan_version: int
    state: _development_plans_pb2.PlanVersion.State
    awaited: _development_plans_pb2.Raiser
    answer_due_date: _date_pb2.Date
    no_answer: bool
    final: bool
    reason_given: bool
    change_time: _timestamp_pb2.Timestamp
    confirmed_by: _development_plans_pb2.Raiser
    def __init__(self, safeguarder_id: _Optional[str] = ..., term: _Optional[int] = ..., version: _Optional[int] = ..., plan_version: _Optional[int] = ..., state: _Optional[_Union[_development_plans_pb2.PlanVersion.State, str]] = ..., awaited: _Optional[_Union[_development_plans_pb2.Raiser, str]] = ..., answer_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., no_answer: _Optional[bool] = ..., final: _Optional[bool] = ..., reason_given: _Optional[bool] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., confirmed_by: _Optional[_Union[_development_plans_pb2.Raiser, str]] = ...) -> None: ...

class ActionChanged(_message.Message):
    __slots__ = ("safeguarder_id", "action_id", "version", "state", "kind", "purpose", "standard", "indicator", "concern_id", "need_ids", "owner", "basis", "proposed_by", "open_date", "due_date", "answer_due_date", "change_time", "answer", "due_days", "moved_while_open", "reported", "replaces_id")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    ACTION_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    STANDARD_FIELD_NUMBER: _ClassVar[int]
    INDICATOR_FIELD_NUMBER: _ClassVar[int]
    CONCERN_ID_FIELD_NUMBER: _ClassVar[int]
    NEED_IDS_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    PROPOSED_BY_FIELD_NUMBER: _ClassVar[int]
    OPEN_DATE_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    ANSWER_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    DUE_DAYS_FIELD_NUMBER: _ClassVar[int]
    MOVED_WHILE_OPEN_FIELD_NUMBER: _ClassVar[int]
    REPORTED_FIELD_NUMBER: _ClassVar[int]
    REPLACES_ID_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    action_id: str
    version: int
    state: _development_plans_pb2.Action.State
    kind: _development_plans_pb2.Action.Kind
    purpose: _development_plans_pb2.Action.Purpose
    standard: str
    indicator: str
    concern_id: str
    need_ids: _containers.RepeatedScalarFieldContainer[str]
    owner: _development_plans_pb2.Action.Owner
    basis: _development_plans_pb2.Action.Basis
    proposed_by: _development_plans_pb2.Raiser
    open_date: _date_pb2.Date
    due_date: _date_pb2.Date
    answer_due_date: _date_pb2.Date
    change_time: _timestamp_pb2.Timestamp
    answer: _development_plans_pb2.AnswerActionRequest.Answer
    due_days: _containers.RepeatedCompositeFieldContainer[ActionDay]
    moved_while_open: bool
    reported: bool
    replaces_id: str
    def __init__(self, safeguarder_id: _Optional[str] = ..., action_id: _Optional[str] = ..., version: _Optional[int] = ..., state: _Optional[_Union[_development_plans_pb2.Action.State, str]] = ..., kind: _Optional[_Union[_development_plans_pb2.Action.Kind, str]] = ..., purpose: _Optional[_Union[_development_plans_pb2.Action.Purpose, str]] = ..., standard: _Optional[str] = ..., indicator: _Optional[str] = ..., concern_id: _Optional[str] = ..., need_ids: _Optional[_Iterable[str]] = ..., owner: _Optional[_Union[_development_plans_pb2.Action.Owner, str]] = ..., basis: _Optional[_Union[_development_plans_pb2.Action.Basis, str]] = ..., proposed_by: _Optional[_Union[_development_plans_pb2.Raiser, str]] = ..., open_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., answer_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answer: _Optional[_Union[_development_plans_pb2.AnswerActionRequest.Answer, str]] = ..., due_days: _Optional[_Iterable[_Union[ActionDay, _Mapping]]] = ..., moved_while_open: _Optional[bool] = ..., reported: _Optional[bool] = ..., replaces_id: _Optional[str] = ...) -> None: ...

class ActionDay(_message.Message):
    __slots__ = ("date", "set_date")
    DATE_FIELD_NUMBER: _ClassVar[int]
    SET_DATE_FIELD_NUMBER: _ClassVar[int]
    date: _date_pb2.Date
    set_date: _date_pb2.Date
    def __init__(self, date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., set_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class SupportChanged(_message.Message):
    __slots__ = ("safeguarder_id", "support_id", "version", "state", "kind", "concern_ids", "action_ids", "need_ids", "discussed_date", "answer_due_date", "first_promised_date", "promised_date", "delivered_date", "unavailable_date", "received", "change_time", "answer_entered", "received_due_date", "answer", "answer_date", "given_since_date", "reported")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    CONCERN_IDS_FIELD_NUMBER: _ClassVar[int]
    ACTION_IDS_FIELD_NUMBER: _ClassVar[int]
    NEED_IDS_FIELD_NUMBER: _ClassVar[int]
    DISCUSSED_DATE_FIELD_NUMBER: _ClassVar[int]
    ANSWER_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    FIRST_PROMISED_DATE_FIELD_NUMBER: _ClassVar[int]
    PROMISED_DATE_FIELD_NUMBER: _ClassVar[int]
    DELIVERED_DATE_FIELD_NUMBER: _ClassVar[int]
    UNAVAILABLE_DATE_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_ENTERED_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    ANSWER_DATE_FIELD_NUMBER: _ClassVar[int]
    GIVEN_SINCE_DATE_FIELD_NUMBER: _ClassVar[int]
    REPORTED_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    support_id: str
    version: int
    state: _development_plans_pb2.Support.State
    kind: _development_plans_pb2.Support.Kind
    concern_ids: _containers.RepeatedScalarFieldContainer[str]
    action_ids: _containers.RepeatedScalarFieldContainer[str]
    need_ids: _containers.RepeatedScalarFieldContainer[str]
    discussed_date: _date_pb2.Date
    answer_due_date: _date_pb2.Date
    first_promised_date: _date_pb2.Date
    promised_date: _date_pb2.Date
    delivered_date: _date_pb2.Date
    unavailable_date: _date_pb2.Date
    received: _development_plans_pb2.Support.Received
    change_time: _timestamp_pb2.Timestamp
    answer_entered: bool
    received_due_date: _date_pb2.Date
    answer: _development_plans_pb2.AnswerSupportRequest.Answer
    answer_date: _date_pb2.Date
    given_since_date: _date_pb2.Date
    reported: bool
    def __init__(self, safeguarder_id: _Optional[str] = ..., support_id: _Optional[str] = ..., version: _Optional[int] = ..., state: _Optional[_Union[_development_plans_pb2.Support.State, str]] = ..., kind: _Optional[_Union[_development_plans_pb2.Support.Kind, str]] = ..., concern_ids: _Optional[_Iterable[str]] = ..., action_ids: _Optional[_Iterable[str]] = ..., need_ids: _Optional[_Iterable[str]] = ..., discussed_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., answer_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., first_promised_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., promised_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., delivered_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., unavailable_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., received: _Optional[_Union[_development_plans_pb2.Support.Received, str]] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answer_entered: _Optional[bool] = ..., received_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., answer: _Optional[_Union[_development_plans_pb2.AnswerSupportRequest.Answer, str]] = ..., answer_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., given_since_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reported: _Optional[bool] = ...) -> None: ...

class ActionReviewHeld(_message.Message):
    __slots__ = ("safeguarder_id", "review_id", "version", "actions", "held_date", "session_id", "follows", "changed_by", "change_time")
    class ReviewedAction(_message.Message):
        __slots__ = ("action_id", "concern_ids", "outcome", "extended_date", "due_date", "supports")
        ACTION_ID_FIELD_NUMBER: _ClassVar[int]
        CONCERN_IDS_FIELD_NUMBER: _ClassVar[int]
        OUTCOME_FIELD_NUMBER: _ClassVar[int]
        EXTENDED_DATE_FIELD_NUMBER: _ClassVar[int]
        DUE_DATE_FIELD_NUMBER: _ClassVar[int]
        SUPPORTS_FIELD_NUMBER: _ClassVar[int]
        action_id: str
        concern_ids: _containers.RepeatedScalarFieldContainer[str]
        outcome: _development_plans_pb2.Action.State
        extended_date: _date_pb2.Date
        due_date: _date_pb2.Date
        supports: _development_plans_pb2.ActionReview.SupportsStanding
        def __init__(self, action_id: _Optional[str] = ..., concern_ids: _Optional[_Iterable[str]] = ..., outcome: _Optional[_Union[_development_plans_pb2.Action.State, str]] = ..., extended_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., supports: _Optional[_Union[_development_plans_pb2.ActionReview.SupportsStanding, str]] = ...) -> None: ...
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    REVIEW_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    HELD_DATE_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    FOLLOWS_FIELD_NUMBER: _ClassVar[int]
    CHANGED_BY_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    review_id: str
    version: int
    actions: _containers.RepeatedCompositeFieldContainer[ActionReviewHeld.ReviewedAction]
    held_date: _date_pb2.Date
    session_id: str
    follows: _containers.RepeatedScalarFieldContainer[_development_plans_pb2.ActionReview.Follows]
    changed_by: _development_plans_pb2.Raiser
    change_time: _timestamp_pb2.Timestamp
    def __init__(self, safeguarder_id: _Optional[str] = ..., review_id: _Optional[str] = ..., version: _Optional[int] = ..., actions: _Optional[_Iterable[_Union[ActionReviewHeld.ReviewedAction, _Mapping]]] = ..., held_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., session_id: _Optional[str] = ..., follows: _Optional[_Iterable[_Union[_development_plans_pb2.ActionReview.Follows, str]]] = ..., changed_by: _Optional[_Union[_development_plans_pb2.Raiser, str]] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ViewChanged(_message.Message):
    __slots__ = ("safeguarder_id", "concern_id", "version", "state", "given_date", "entered", "asked_date", "answer_due_date", "change_time", "taken_back")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    CONCERN_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    GIVEN_DATE_FIELD_NUMBER: _ClassVar[int]
    ENTERED_FIELD_NUMBER: _ClassVar[int]
    ASKED_DATE_FIELD_NUMBER: _ClassVar[int]
    ANSWER_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    TAKEN_BACK_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    concern_id: str
    version: int
    state: _development_plans_pb2.View.State
    given_date: _date_pb2.Date
    entered: bool
    asked_date: _date_pb2.Date
    answer_due_date: _date_pb2.Date
    change_time: _timestamp_pb2.Timestamp
    taken_back: bool
    def __init__(self, safeguarder_id: _Optional[str] = ..., concern_id: _Optional[str] = ..., version: _Optional[int] = ..., state: _Optional[_Union[_development_plans_pb2.View.State, str]] = ..., given_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., entered: _Optional[bool] = ..., asked_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., answer_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., taken_back: _Optional[bool] = ...) -> None: ...

class ApproachChanged(_message.Message):
    __slots__ = ("safeguarder_id", "change_id", "version", "concern_ids", "to_approach", "state", "create_time", "serve_date", "acknowledge_date", "acknowledge_due_date", "stands_from_date", "reported", "actions", "end_time", "change_time")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    CHANGE_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    CONCERN_IDS_FIELD_NUMBER: _ClassVar[int]
    TO_APPROACH_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    SERVE_DATE_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGE_DATE_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGE_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    STANDS_FROM_DATE_FIELD_NUMBER: _ClassVar[int]
    REPORTED_FIELD_NUMBER: _ClassVar[int]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    change_id: str
    version: int
    concern_ids: _containers.RepeatedScalarFieldContainer[str]
    to_approach: _approach_changes_pb2.ApproachChange.Approach
    state: _approach_changes_pb2.ApproachChange.State
    create_time: _timestamp_pb2.Timestamp
    serve_date: _date_pb2.Date
    acknowledge_date: _date_pb2.Date
    acknowledge_due_date: _date_pb2.Date
    stands_from_date: _date_pb2.Date
    reported: bool
    actions: _containers.RepeatedCompositeFieldContainer[RequiredPlanAction]
    end_time: _timestamp_pb2.Timestamp
    change_time: _timestamp_pb2.Timestamp
    def __init__(self, safeguarder_id: _Optional[str] = ..., change_id: _Optional[str] = ..., version: _Optional[int] = ..., concern_ids: _Optional[_Iterable[str]] = ..., to_approach: _Optional[_Union[_approach_changes_pb2.ApproachChange.Approach, str]] = ..., state: _Optional[_Union[_approach_changes_pb2.ApproachChange.State, str]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., serve_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., acknowledge_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., acknowledge_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., stands_from_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reported: _Optional[bool] = ..., actions: _Optional[_Iterable[_Union[RequiredPlanAction, _Mapping]]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RequiredPlanAction(_message.Message):
    __slots__ = ("action_id", "kind", "state", "open_date", "due_date", "stands_still")
    ACTION_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    OPEN_DATE_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    STANDS_STILL_FIELD_NUMBER: _ClassVar[int]
    action_id: str
    kind: _development_plans_pb2.Action.Kind
    state: _development_plans_pb2.Action.State
    open_date: _date_pb2.Date
    due_date: _date_pb2.Date
    stands_still: bool
    def __init__(self, action_id: _Optional[str] = ..., kind: _Optional[_Union[_development_plans_pb2.Action.Kind, str]] = ..., state: _Optional[_Union[_development_plans_pb2.Action.State, str]] = ..., open_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., stands_still: _Optional[bool] = ...) -> None: ...

class ReviewRequestChanged(_message.Message):
    __slots__ = ("safeguarder_id", "review_id", "version", "target_kind", "target_id", "state", "decision", "made_date", "evidence_ids", "concern_ids", "create_time", "assign_due_date", "reviewer", "assign_date", "decide_due_date", "end_date", "change_time", "entered", "assigner", "moved_up", "reviewer_before")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    REVIEW_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    TARGET_KIND_FIELD_NUMBER: _ClassVar[int]
    TARGET_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    MADE_DATE_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_IDS_FIELD_NUMBER: _ClassVar[int]
    CONCERN_IDS_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ASSIGN_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REVIEWER_FIELD_NUMBER: _ClassVar[int]
    ASSIGN_DATE_FIELD_NUMBER: _ClassVar[int]
    DECIDE_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    ENTERED_FIELD_NUMBER: _ClassVar[int]
    ASSIGNER_FIELD_NUMBER: _ClassVar[int]
    MOVED_UP_FIELD_NUMBER: _ClassVar[int]
    REVIEWER_BEFORE_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    review_id: str
    version: int
    target_kind: _review_requests_pb2.ReviewRequest.TargetKind
    target_id: str
    state: _review_requests_pb2.ReviewRequest.State
    decision: _review_requests_pb2.ReviewRequest.Decision
    made_date: _date_pb2.Date
    evidence_ids: _containers.RepeatedScalarFieldContainer[str]
    concern_ids: _containers.RepeatedScalarFieldContainer[str]
    create_time: _timestamp_pb2.Timestamp
    assign_due_date: _date_pb2.Date
    reviewer: str
    assign_date: _date_pb2.Date
    decide_due_date: _date_pb2.Date
    end_date: _date_pb2.Date
    change_time: _timestamp_pb2.Timestamp
    entered: bool
    assigner: str
    moved_up: int
    reviewer_before: str
    def __init__(self, safeguarder_id: _Optional[str] = ..., review_id: _Optional[str] = ..., version: _Optional[int] = ..., target_kind: _Optional[_Union[_review_requests_pb2.ReviewRequest.TargetKind, str]] = ..., target_id: _Optional[str] = ..., state: _Optional[_Union[_review_requests_pb2.ReviewRequest.State, str]] = ..., decision: _Optional[_Union[_review_requests_pb2.ReviewRequest.Decision, str]] = ..., made_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., evidence_ids: _Optional[_Iterable[str]] = ..., concern_ids: _Optional[_Iterable[str]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., assign_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reviewer: _Optional[str] = ..., assign_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., decide_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., entered: _Optional[bool] = ..., assigner: _Optional[str] = ..., moved_up: _Optional[int] = ..., reviewer_before: _Optional[str] = ...) -> None: ...

class RecommendationChanged(_message.Message):
    __slots__ = ("safeguarder_id", "recommendation_id", "version", "kind", "outcome", "state", "concern_ids", "drafted_by", "approved_by", "pack_hash", "share_date", "representations_due_date", "representations", "nothing_more", "decided_as", "change_time")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    RECOMMENDATION_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CONCERN_IDS_FIELD_NUMBER: _ClassVar[int]
    DRAFTED_BY_FIELD_NUMBER: _ClassVar[int]
    APPROVED_BY_FIELD_NUMBER: _ClassVar[int]
    PACK_HASH_FIELD_NUMBER: _ClassVar[int]
    SHARE_DATE_FIELD_NUMBER: _ClassVar[int]
    REPRESENTATIONS_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REPRESENTATIONS_FIELD_NUMBER: _ClassVar[int]
    NOTHING_MORE_FIELD_NUMBER: _ClassVar[int]
    DECIDED_AS_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    recommendation_id: str
    version: int
    kind: _recommendations_pb2.Recommendation.Purpose
    outcome: _recommendations_pb2.Recommendation.Outcome
    state: _recommendations_pb2.Recommendation.State
    concern_ids: _containers.RepeatedScalarFieldContainer[str]
    drafted_by: str
    approved_by: str
    pack_hash: str
    share_date: _date_pb2.Date
    representations_due_date: _date_pb2.Date
    representations: int
    nothing_more: bool
    decided_as: _recommendations_pb2.Recommendation.Outcome
    change_time: _timestamp_pb2.Timestamp
    def __init__(self, safeguarder_id: _Optional[str] = ..., recommendation_id: _Optional[str] = ..., version: _Optional[int] = ..., kind: _Optional[_Union[_recommendations_pb2.Recommendation.Purpose, str]] = ..., outcome: _Optional[_Union[_recommendations_pb2.Recommendation.Outcome, str]] = ..., state: _Optional[_Union[_recommendations_pb2.Recommendation.State, str]] = ..., concern_ids: _Optional[_Iterable[str]] = ..., drafted_by: _Optional[str] = ..., approved_by: _Optional[str] = ..., pack_hash: _Optional[str] = ..., share_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., representations_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., representations: _Optional[int] = ..., nothing_more: _Optional[bool] = ..., decided_as: _Optional[_Union[_recommendations_pb2.Recommendation.Outcome, str]] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ReportSampleChanged(_message.Message):
    __slots__ = ("safeguarder_id", "sample_id", "version", "round_id", "round_start_date", "state", "report_id", "reason", "read_date", "second_wanted", "evidence_id", "change_time", "awaited", "wait_ended")
    class Awaited(_message.Message):
        __slots__ = ("step", "person", "since_date", "due_date")
        STEP_FIELD_NUMBER: _ClassVar[int]
        PERSON_FIELD_NUMBER: _ClassVar[int]
        SINCE_DATE_FIELD_NUMBER: _ClassVar[int]
        DUE_DATE_FIELD_NUMBER: _ClassVar[int]
        step: _report_samples_pb2.ReportSample.Step
        person: str
        since_date: _date_pb2.Date
        due_date: _date_pb2.Date
        def __init__(self, step: _Optional[_Union[_report_samples_pb2.ReportSample.Step, str]] = ..., person: _Optional[str] = ..., since_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    SAMPLE_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    ROUND_ID_FIELD_NUMBER: _ClassVar[int]
    ROUND_START_DATE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REPORT_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    READ_DATE_FIELD_NUMBER: _ClassVar[int]
    SECOND_WANTED_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_ID_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    AWAITED_FIELD_NUMBER: _ClassVar[int]
    WAIT_ENDED_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    sample_id: str
    version: int
    round_id: str
    round_start_date: _date_pb2.Date
    state: _report_samples_pb2.ReportSample.State
    report_id: str
    reason: _report_samples_pb2.NoReportReason
    read_date: _date_pb2.Date
    second_wanted: bool
    evidence_id: str
    change_time: _timestamp_pb2.Timestamp
    awaited: _containers.RepeatedCompositeFieldContainer[ReportSampleChanged.Awaited]
    wait_ended: bool
    def __init__(self, safeguarder_id: _Optional[str] = ..., sample_id: _Optional[str] = ..., version: _Optional[int] = ..., round_id: _Optional[str] = ..., round_start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., state: _Optional[_Union[_report_samples_pb2.ReportSample.State, str]] = ..., report_id: _Optional[str] = ..., reason: _Optional[_Union[_report_samples_pb2.NoReportReason, str]] = ..., read_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., second_wanted: _Optional[bool] = ..., evidence_id: _Optional[str] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., awaited: _Optional[_Iterable[_Union[ReportSampleChanged.Awaited, _Mapping]]] = ..., wait_ended: _Optional[bool] = ...) -> None: ...
