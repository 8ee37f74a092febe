from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.type import date_pb2 as _date_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ConcernMove(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONCERN_MOVE_UNSPECIFIED: _ClassVar[ConcernMove]
    CONCERN_MOVE_ACKNOWLEDGE: _ClassVar[ConcernMove]
    CONCERN_MOVE_DISMISS: _ClassVar[ConcernMove]
    CONCERN_MOVE_CLOSE: _ClassVar[ConcernMove]
    CONCERN_MOVE_START_SUPPORT: _ClassVar[ConcernMove]
    CONCERN_MOVE_ANSWER_SUPPORT: _ClassVar[ConcernMove]
    CONCERN_MOVE_SERVE_NOTICE: _ClassVar[ConcernMove]
    CONCERN_MOVE_ACKNOWLEDGE_NOTICE: _ClassVar[ConcernMove]
    CONCERN_MOVE_REQUIRE_ACTION: _ClassVar[ConcernMove]
    CONCERN_MOVE_OPEN_REVIEW: _ClassVar[ConcernMove]
    CONCERN_MOVE_REVIEW_ACTIONS: _ClassVar[ConcernMove]
    CONCERN_MOVE_ESCALATE: _ClassVar[ConcernMove]
    CONCERN_MOVE_RECOMMEND: _ClassVar[ConcernMove]
    CONCERN_MOVE_HOLD: _ClassVar[ConcernMove]
    CONCERN_MOVE_RELEASE: _ClassVar[ConcernMove]
    CONCERN_MOVE_MERGE: _ClassVar[ConcernMove]
    CONCERN_MOVE_REOPEN: _ClassVar[ConcernMove]
    CONCERN_MOVE_RECORD_VIEW: _ClassVar[ConcernMove]
    CONCERN_MOVE_ACKNOWLEDGE_IN_SESSION: _ClassVar[ConcernMove]
    CONCERN_MOVE_INVITE_TO_SHARE: _ClassVar[ConcernMove]
    CONCERN_MOVE_ANSWER_INVITATION: _ClassVar[ConcernMove]
    CONCERN_MOVE_SNOOZE: _ClassVar[ConcernMove]
    CONCERN_MOVE_HAND_OVER: _ClassVar[ConcernMove]
    CONCERN_MOVE_SUPPORT_CHANGED: _ClassVar[ConcernMove]
    CONCERN_MOVE_APPROACH_CHANGED: _ClassVar[ConcernMove]

class SupportKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUPPORT_KIND_UNSPECIFIED: _ClassVar[SupportKind]
    SUPPORT_KIND_MODULE: _ClassVar[SupportKind]
    SUPPORT_KIND_MENTORING: _ClassVar[SupportKind]
    SUPPORT_KIND_INFORMATION: _ClassVar[SupportKind]
    SUPPORT_KIND_EXTRA_ONE_TO_ONE: _ClassVar[SupportKind]

class SupportAnswer(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUPPORT_ANSWER_UNSPECIFIED: _ClassVar[SupportAnswer]
    SUPPORT_ANSWER_ACCEPTED: _ClassVar[SupportAnswer]
    SUPPORT_ANSWER_DECLINED: _ClassVar[SupportAnswer]
    SUPPORT_ANSWER_UNAVAILABLE: _ClassVar[SupportAnswer]
    SUPPORT_ANSWER_NONE_GIVEN: _ClassVar[SupportAnswer]

class SupportGiven(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUPPORT_GIVEN_UNSPECIFIED: _ClassVar[SupportGiven]
    SUPPORT_GIVEN_DELIVERED: _ClassVar[SupportGiven]
    SUPPORT_GIVEN_NOT_DELIVERED: _ClassVar[SupportGiven]
    SUPPORT_GIVEN_UNAVAILABLE: _ClassVar[SupportGiven]

class RequiredAction(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REQUIRED_ACTION_UNSPECIFIED: _ClassVar[RequiredAction]
    REQUIRED_ACTION_COMPLETE_MODULE: _ClassVar[RequiredAction]
    REQUIRED_ACTION_ATTEND_TRAINING: _ClassVar[RequiredAction]
    REQUIRED_ACTION_ATTEND_SESSION: _ClassVar[RequiredAction]
    REQUIRED_ACTION_WORK_WITH_MENTOR: _ClassVar[RequiredAction]
    REQUIRED_ACTION_REPORTS_IN_TIME: _ClassVar[RequiredAction]
    REQUIRED_ACTION_REPORTS_TO_STANDARD: _ClassVar[RequiredAction]
    REQUIRED_ACTION_CHANGE_PRACTICE: _ClassVar[RequiredAction]

class ReviewOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REVIEW_OUTCOME_UNSPECIFIED: _ClassVar[ReviewOutcome]
    REVIEW_OUTCOME_MET: _ClassVar[ReviewOutcome]
    REVIEW_OUTCOME_PARTLY: _ClassVar[ReviewOutcome]
    REVIEW_OUTCOME_NOT_MET: _ClassVar[ReviewOutcome]

class SupportsStanding(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUPPORTS_STANDING_UNSPECIFIED: _ClassVar[SupportsStanding]
    SUPPORTS_STANDING_COMPLETE: _ClassVar[SupportsStanding]
    SUPPORTS_STANDING_DECLINED: _ClassVar[SupportsStanding]
    SUPPORTS_STANDING_STILL_RUNNING: _ClassVar[SupportsStanding]
    SUPPORTS_STANDING_TEAM_COULD_NOT: _ClassVar[SupportsStanding]

class RecommendationKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RECOMMENDATION_KIND_UNSPECIFIED: _ClassVar[RecommendationKind]
    RECOMMENDATION_KIND_RECOMMEND: _ClassVar[RecommendationKind]
    RECOMMENDATION_KIND_WITH_CONDITIONS: _ClassVar[RecommendationKind]
    RECOMMENDATION_KIND_MORE_TIME: _ClassVar[RecommendationKind]
    RECOMMENDATION_KIND_DO_NOT_RECOMMEND: _ClassVar[RecommendationKind]

class HoldReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HOLD_REASON_UNSPECIFIED: _ClassVar[HoldReason]
    HOLD_REASON_REVIEW_OPEN: _ClassVar[HoldReason]
    HOLD_REASON_PRACTICE_UNCLEAR: _ClassVar[HoldReason]
    HOLD_REASON_SUSPENDED: _ClassVar[HoldReason]

class SafeguarderView(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SAFEGUARDER_VIEW_UNSPECIFIED: _ClassVar[SafeguarderView]
    SAFEGUARDER_VIEW_GIVEN: _ClassVar[SafeguarderView]
    SAFEGUARDER_VIEW_NONE_GIVEN: _ClassVar[SafeguarderView]

class InvitationAnswer(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INVITATION_ANSWER_UNSPECIFIED: _ClassVar[InvitationAnswer]
    INVITATION_ANSWER_SHARED: _ClassVar[InvitationAnswer]
    INVITATION_ANSWER_DECLINED: _ClassVar[InvitationAnswer]
CONCERN_MOVE_UNSPECIFIED: ConcernMove
CONCERN_MOVE_ACKNOWLEDGE: ConcernMove
CONCERN_MOVE_DISMISS: ConcernMove
CONCERN_MOVE_CLOSE: ConcernMove
CONCERN_MOVE_START_SUPPORT: ConcernMove
CONCERN_MOVE_ANSWER_SUPPORT: ConcernMove
CONCERN_MOVE_SERVE_NOTICE: ConcernMove
CONCERN_MOVE_ACKNOWLEDGE_NOTICE: ConcernMove
CONCERN_MOVE_REQUIRE_ACTION: ConcernMove
CONCERN_MOVE_OPEN_REVIEW: ConcernMove
CONCERN_MOVE_REVIEW_ACTIONS: ConcernMove
CONCERN_MOVE_ESCALATE: ConcernMove
CONCERN_MOVE_RECOMMEND: ConcernMove
CONCERN_MOVE_HOLD: ConcernMove
CONCERN_MOVE_RELEASE: ConcernMove
CONCERN_MOVE_MERGE: ConcernMove
CONCERN_MOVE_REOPEN: ConcernMove
CONCERN_MOVE_RECORD_VIEW: ConcernMove
CONCERN_MOVE_ACKNOWLEDGE_IN_SESSION: ConcernMove
CONCERN_MOVE_INVITE_TO_SHARE: ConcernMove
CONCERN_MOVE_ANSWER_INVITATION: ConcernMove
CONCERN_MOVE_SNOOZE: ConcernMove
CONCERN_MOVE_HAND_OVER: ConcernMove
CONCERN_MOVE_SUPPORT_CHANGED: ConcernMove
CONCERN_MOVE_APPROACH_CHANGED: ConcernMove
SUPPORT_KIND_UNSPECIFIED: SupportKind
SUPPORT_KIND_MODULE: SupportKind
SUPPORT_KIND_MENTORING: SupportKind
SUPPORT_KIND_INFORMATION: SupportKind
SUPPORT_KIND_EXTRA_ONE_TO_ONE: SupportKind
SUPPORT_ANSWER_UNSPECIFIED: SupportAnswer
SUPPORT_ANSWER_ACCEPTED: SupportAnswer
SUPPORT_ANSWER_DECLINED: SupportAnswer
SUPPORT_ANSWER_UNAVAILABLE: SupportAnswer
SUPPORT_ANSWER_NONE_GIVEN: SupportAnswer
SUPPORT_GIVEN_UNSPECIFIED: SupportGiven
SUPPORT_GIVEN_DELIVERED: SupportGiven
SUPPORT_GIVEN_NOT_DELIVERED: SupportGiven
SUPPORT_GIVEN_UNAVAILABLE: SupportGiven
REQUIRED_ACTION_UNSPECIFIED: RequiredAction
REQUIRED_ACTION_COMPLETE_MODULE: RequiredAction
REQUIRED_ACTION_ATTEND_TRAINING: RequiredAction
REQUIRED_ACTION_ATTEND_SESSION: RequiredAction
REQUIRED_ACTION_WORK_WITH_MENTOR: RequiredAction
REQUIRED_ACTION_REPORTS_IN_TIME: RequiredAction
REQUIRED_ACTION_REPORTS_TO_STANDARD: RequiredAction
REQUIRED_ACTION_CHANGE_PRACTICE: RequiredAction
REVIEW_OUTCOME_UNSPECIFIED: ReviewOutcome
REVIEW_OUTCOME_MET: ReviewOutcome
REVIEW_OUTCOME_PARTLY: ReviewOutcome
REVIEW_OUTCOME_NOT_MET: ReviewOutcome
SUPPORTS_STANDING_UNSPECIFIED: SupportsStanding
SUPPORTS_STANDING_COMPLETE: SupportsStanding
SUPPORTS_STANDING_DECLINED: SupportsStanding
SUPPORTS_STANDING_STILL_RUNNING: SupportsStanding
SUPPORTS_STANDING_TEAM_COULD_NOT: SupportsStanding
RECOMMENDATION_KIND_UNSPECIFIED: RecommendationKind
RECOMMENDATION_KIND_RECOMMEND: RecommendationKind
RECOMMENDATION_KIND_WITH_CONDITIONS: RecommendationKind
RECOMMENDATION_KIND_MORE_TIME: RecommendationKind
RECOMMENDATION_KIND_DO_NOT_RECOMMEND: RecommendationKind
HOLD_REASON_UNSPECIFIED: HoldReason
HOLD_REASON_REVIEW_OPEN: HoldReason
HOLD_REASON_PRACTICE_UNCLEAR: HoldReason
HOLD_REASON_SUSPENDED: HoldReason
SAFEGUARDER_VIEW_UNSPECIFIED: SafeguarderView
SAFEGUARDER_VIEW_GIVEN: SafeguarderView
SAFEGUARDER_VIEW_NONE_GIVEN: SafeguarderView
INVITATION_ANSWER_UNSPECIFIED: InvitationAnswer
INVITATION_ANSWER_SHARED: InvitationAnswer
INVITATION_ANSWER_DECLINED: InvitationAnswer

class ConcernCourse(_message.Message):
    __slots__ = ("supports", "notice_date", "notice_acknowledge_date", "required_action", "due_date", "review_date", "review_outcome", "supports_standing", "recommendation", "pack_hash", "held_for", "view", "view_document", "merged_into", "reopened_on", "practice_note", "approach_change", "notice_stands_date", "notice_reported", "action", "action_review")
    SUPPORTS_FIELD_NUMBER: _ClassVar[int]
    NOTICE_DATE_FIELD_NUMBER: _ClassVar[int]
    NOTICE_ACKNOWLEDGE_DATE_FIELD_NUMBER: _ClassVar[int]
    REQUIRED_ACTION_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REVIEW_DATE_FIELD_NUMBER: _ClassVar[int]
    REVIEW_OUTCOME_FIELD_NUMBER: _ClassVar[int]
    SUPPORTS_STANDING_FIELD_NUMBER: _ClassVar[int]
    RECOMMENDATION_FIELD_NUMBER: _ClassVar[int]
    PACK_HASH_FIELD_NUMBER: _ClassVar[int]
    HELD_FOR_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    VIEW_DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    MERGED_INTO_FIELD_NUMBER: _ClassVar[int]
    REOPENED_ON_FIELD_NUMBER: _ClassVar[int]
    PRACTICE_NOTE_FIELD_NUMBER: _ClassVar[int]
    APPROACH_CHANGE_FIELD_NUMBER: _ClassVar[int]
    NOTICE_STANDS_DATE_FIELD_NUMBER: _ClassVar[int]
    NOTICE_REPORTED_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    ACTION_REVIEW_FIELD_NUMBER: _ClassVar[int]
    supports: _containers.RepeatedCompositeFieldContainer[OfferedSupport]
    notice_date: _date_pb2.Date
    notice_acknowledge_date: _date_pb2.Date
    required_action: RequiredAction
    due_date: _date_pb2.Date
    review_date: _date_pb2.Date
    review_outcome: ReviewOutcome
    supports_standing: SupportsStanding
    recommendation: RecommendationKind
    pack_hash: str
    held_for: _containers.RepeatedScalarFieldContainer[HoldReason]
    view: SafeguarderView
    view_document: str
    merged_into: str
    reopened_on: str
    practice_note: str
    approach_change: str
    notice_stands_date: _date_pb2.Date
    notice_reported: bool
    action: str
    action_review: str
    def __init__(self, supports: _Optional[_Iterable[_Union[OfferedSupport, _Mapping]]] = ..., notice_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., notice_acknowledge_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., required_action: _Optional[_Union[RequiredAction, str]] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., review_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., review_outcome: _Optional[_Union[ReviewOutcome, str]] = ..., supports_standing: _Optional[_Union[SupportsStanding, str]] = ..., recommendation: _Optional[_Union[RecommendationKind, str]] = ..., pack_hash: _Optional[str] = ..., held_for: _Optional[_Iterable[_Union[HoldReason, str]]] = ..., view: _Optional[_Union[SafeguarderView, str]] = ..., view_document: _Optional[str] = ..., merged_into: _Optional[str] = ..., reopened_on: _Optional[str] = ..., practice_note: _Optional[str] = ..., approach_change: _Optional[str] = ..., notice_stands_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., notice_reported: _Optional[bool] = ..., action: _Optional[str] = ..., action_review: _Optional[str] = ...) -> None: ...

class OfferedSupport(_message.Message):
    __slots__ = ("kind", "discussed_date", "answer", "answer_date", "support", "promised_date", "given")
    KIND_FIELD_NUMBER: _ClassVar[int]
    DISCUSSED_DATE_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    ANSWER_DATE_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_FIELD_NUMBER: _ClassVar[int]
    PROMISED_DATE_FIELD_NUMBER: _ClassVar[int]
    GIVEN_FIELD_NUMBER: _ClassVar[int]
    kind: SupportKind
    discussed_date: _date_pb2.Date
    answer: SupportAnswer
    answer_date: _date_pb2.Date
    support: str
    promised_date: _date_pb2.Date
    given: SupportGiven
    def __init__(self, kind: _Optional[_Union[SupportKind, str]] = ..., discussed_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., answer: _Optional[_Union[SupportAnswer, str]] = ..., answer_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., support: _Optional[str] = ..., promised_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., given: _Optional[_Union[SupportGiven, str]] = ...) -> None: ...

class StartConcernSupportRequest(_message.Message):
    __slots__ = ("name", "supports", "discussed_date", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SUPPORTS_FIELD_NUMBER: _ClassVar[int]
    DISCUSSED_DATE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    supports: _containers.RepeatedScalarFieldContainer[SupportKind]
    discussed_date: _date_pb2.Date
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., supports: _Optional[_Iterable[_Union[SupportKind, str]]] = ..., discussed_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class AnswerConcernSupportRequest(_message.Message):
    __slots__ = ("name", "support", "answer", "answer_date", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    ANSWER_DATE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    support: SupportKind
    answer: SupportAnswer
    answer_date: _date_pb2.Date
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., support: _Optional[_Union[SupportKind, str]] = ..., answer: _Optional[_Union[SupportAnswer, str]] = ..., answer_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class ServeConcernNoticeRequest(_message.Message):
    __slots__ = ("name", "document", "serve_date", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    SERVE_DATE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    document: str
    serve_date: _date_pb2.Date
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., document: _Optional[str] = ..., serve_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class AcknowledgeConcernNoticeRequest(_message.Message):
    __slots__ = ("name", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class RequireConcernActionRequest(_message.Message):
    __slots__ = ("name", "required_action", "due_date", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUIRED_ACTION_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    required_action: RequiredAction
    due_date: _date_pb2.Date
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., required_action: _Optional[_Union[RequiredAction, str]] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class ReviewConcernActionsRequest(_message.Message):
    __slots__ = ("name", "review_date", "outcome", "supports", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REVIEW_DATE_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    SUPPORTS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    review_date: _date_pb2.Date
    outcome: ReviewOutcome
    supports: SupportsStanding
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., review_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., outcome: _Optional[_Union[ReviewOutcome, str]] = ..., supports: _Optional[_Union[SupportsStanding, str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class EscalateConcernRequest(_message.Message):
    __slots__ = ("name", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class RecommendConcernRequest(_message.Message):
    __slots__ = ("name", "recommendation", "pack_hash", "share_date", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    RECOMMENDATION_FIELD_NUMBER: _ClassVar[int]
    PACK_HASH_FIELD_NUMBER: _ClassVar[int]
    SHARE_DATE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    recommendation: RecommendationKind
    pack_hash: str
    share_date: _date_pb2.Date
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., recommendation: _Optional[_Union[RecommendationKind, str]] = ..., pack_hash: _Optional[str] = ..., share_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class HoldConcernRequest(_message.Message):
    __slots__ = ("name", "reason", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    reason: HoldReason
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., reason: _Optional[_Union[HoldReason, str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class ReleaseConcernRequest(_message.Message):
    __slots__ = ("name", "reason", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    reason: HoldReason
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., reason: _Optional[_Union[HoldReason, str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class MergeConcernRequest(_message.Message):
    __slots__ = ("name", "into", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    INTO_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    into: str
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., into: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class ReopenConcernRequest(_message.Message):
    __slots__ = ("name", "evidence", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    evidence: str
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., evidence: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class RecordConcernViewRequest(_message.Message):
    __slots__ = ("name", "view", "document", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    view: SafeguarderView
    document: str
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., view: _Optional[_Union[SafeguarderView, str]] = ..., document: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class AcknowledgeConcernInSessionRequest(_message.Message):
    __slots__ = ("name", "session_date", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SESSION_DATE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    session_date: _date_pb2.Date
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., session_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class InviteToShareConcernRequest(_message.Message):
    __slots__ = ("name", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class AnswerConcernInvitationRequest(_message.Message):
    __slots__ = ("name", "answer", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    answer: InvitationAnswer
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., answer: _Optional[_Union[InvitationAnswer, str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...
