import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from psmf.evidence.v1 import complaint_stages_pb2 as _complaint_stages_pb2
from psmf.evidence.v1 import development_plans_pb2 as _development_plans_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class EvidenceKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EVIDENCE_KIND_UNSPECIFIED: _ClassVar[EvidenceKind]
    EVIDENCE_KIND_FEEDBACK: _ClassVar[EvidenceKind]
    EVIDENCE_KIND_COMPLAINT: _ClassVar[EvidenceKind]
    EVIDENCE_KIND_COMMENDATION: _ClassVar[EvidenceKind]
    EVIDENCE_KIND_REPORT_SAMPLE_REVIEW: _ClassVar[EvidenceKind]
    EVIDENCE_KIND_TRAINING_ASSESSMENT: _ClassVar[EvidenceKind]
    EVIDENCE_KIND_SELF_ASSESSMENT: _ClassVar[EvidenceKind]
    EVIDENCE_KIND_OBSERVATION: _ClassVar[EvidenceKind]
    EVIDENCE_KIND_SCRA_TIMELINESS: _ClassVar[EvidenceKind]
    EVIDENCE_KIND_ACTION_OUTCOME: _ClassVar[EvidenceKind]

class EvidenceSource(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EVIDENCE_SOURCE_UNSPECIFIED: _ClassVar[EvidenceSource]
    EVIDENCE_SOURCE_CHILD: _ClassVar[EvidenceSource]
    EVIDENCE_SOURCE_PARENT_OR_CARER: _ClassVar[EvidenceSource]
    EVIDENCE_SOURCE_RELEVANT_PERSON: _ClassVar[EvidenceSource]
    EVIDENCE_SOURCE_PANEL_MEMBER: _ClassVar[EvidenceSource]
    EVIDENCE_SOURCE_REPORTER: _ClassVar[EvidenceSource]
    EVIDENCE_SOURCE_LOCAL_AUTHORITY: _ClassVar[EvidenceSource]
    EVIDENCE_SOURCE_SHERIFF: _ClassVar[EvidenceSource]
    EVIDENCE_SOURCE_PANEL_TEAM: _ClassVar[EvidenceSource]
    EVIDENCE_SOURCE_TRAINING_PROVIDER: _ClassVar[EvidenceSource]
    EVIDENCE_SOURCE_SELF: _ClassVar[EvidenceSource]
    EVIDENCE_SOURCE_SCRA: _ClassVar[EvidenceSource]

class Aspect(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ASPECT_UNSPECIFIED: _ClassVar[Aspect]
    ASPECT_PRACTICE: _ClassVar[Aspect]
    ASPECT_CONDUCT: _ClassVar[Aspect]

class Setting(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SETTING_UNSPECIFIED: _ClassVar[Setting]
    SETTING_APPOINTMENT: _ClassVar[Setting]
    SETTING_PANEL: _ClassVar[Setting]

class EvidenceClass(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EVIDENCE_CLASS_UNSPECIFIED: _ClassVar[EvidenceClass]
    EVIDENCE_CLASS_STANDARD: _ClassVar[EvidenceClass]
    EVIDENCE_CLASS_DEVELOPMENTAL: _ClassVar[EvidenceClass]
    EVIDENCE_CLASS_EXPLORATORY: _ClassVar[EvidenceClass]
    EVIDENCE_CLASS_SAFETY: _ClassVar[EvidenceClass]
    EVIDENCE_CLASS_HELP_SEEKING: _ClassVar[EvidenceClass]
    EVIDENCE_CLASS_UNVERIFIED: _ClassVar[EvidenceClass]

class Polarity(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    POLARITY_UNSPECIFIED: _ClassVar[Polarity]
    POLARITY_PRAISE: _ClassVar[Polarity]
    POLARITY_NEUTRAL: _ClassVar[Polarity]
    POLARITY_CONCERN: _ClassVar[Polarity]

class ComplaintOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    COMPLAINT_OUTCOME_UNSPECIFIED: _ClassVar[ComplaintOutcome]
    COMPLAINT_OUTCOME_PENDING: _ClassVar[ComplaintOutcome]
    COMPLAINT_OUTCOME_UPHELD: _ClassVar[ComplaintOutcome]
    COMPLAINT_OUTCOME_PARTLY_UPHELD: _ClassVar[ComplaintOutcome]
    COMPLAINT_OUTCOME_NOT_UPHELD: _ClassVar[ComplaintOutcome]
    COMPLAINT_OUTCOME_RESOLVED: _ClassVar[ComplaintOutcome]
    COMPLAINT_OUTCOME_WITHDRAWN: _ClassVar[ComplaintOutcome]

class LineRating(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINE_RATING_UNSPECIFIED: _ClassVar[LineRating]
    LINE_RATING_BELOW: _ClassVar[LineRating]
    LINE_RATING_AT: _ClassVar[LineRating]
    LINE_RATING_ABOVE: _ClassVar[LineRating]

class YesNo(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    YES_NO_UNSPECIFIED: _ClassVar[YesNo]
    YES_NO_YES: _ClassVar[YesNo]
    YES_NO_NO: _ClassVar[YesNo]

class SupportsStanding(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUPPORTS_STANDING_UNSPECIFIED: _ClassVar[SupportsStanding]
    SUPPORTS_STANDING_COMPLETE: _ClassVar[SupportsStanding]
    SUPPORTS_STANDING_DECLINED: _ClassVar[SupportsStanding]
    SUPPORTS_STANDING_STILL_RUNNING: _ClassVar[SupportsStanding]
    SUPPORTS_STANDING_TEAM_COULD_NOT: _ClassVar[SupportsStanding]
    SUPPORTS_STANDING_NONE_OFFERED: _ClassVar[SupportsStanding]

class Delivery(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DELIVERY_UNSPECIFIED: _ClassVar[Delivery]
    DELIVERY_NEW: _ClassVar[Delivery]
    DELIVERY_RECORDED_BEFORE: _ClassVar[Delivery]
    DELIVERY_HELD_ALREADY: _ClassVar[Delivery]
    DELIVERY_CORRECTED: _ClassVar[Delivery]

class ItemState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ITEM_STATE_UNSPECIFIED: _ClassVar[ItemState]
    ITEM_STATE_CURRENT: _ClassVar[ItemState]
    ITEM_STATE_SUPERSEDED: _ClassVar[ItemState]
    ITEM_STATE_WITHDRAWN: _ClassVar[ItemState]
    ITEM_STATE_HELD: _ClassVar[ItemState]

class WhyNotCounted(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    WHY_NOT_COUNTED_UNSPECIFIED: _ClassVar[WhyNotCounted]
    WHY_NOT_COUNTED_HELD: _ClassVar[WhyNotCounted]
    WHY_NOT_COUNTED_SUPERSEDED: _ClassVar[WhyNotCounted]
    WHY_NOT_COUNTED_WITHDRAWN: _ClassVar[WhyNotCounted]
    WHY_NOT_COUNTED_HELP_SEEKING: _ClassVar[WhyNotCounted]
    WHY_NOT_COUNTED_DEVELOPMENTAL: _ClassVar[WhyNotCounted]
    WHY_NOT_COUNTED_UNVERIFIED: _ClassVar[WhyNotCounted]
    WHY_NOT_COUNTED_EXPLORATORY: _ClassVar[WhyNotCounted]
    WHY_NOT_COUNTED_COMPLAINT_PENDING: _ClassVar[WhyNotCounted]
    WHY_NOT_COUNTED_COMPLAINT_NOT_UPHELD: _ClassVar[WhyNotCounted]
    WHY_NOT_COUNTED_COMPLAINT_RESOLVED: _ClassVar[WhyNotCounted]
    WHY_NOT_COUNTED_COMPLAINT_WITHDRAWN: _ClassVar[WhyNotCounted]
    WHY_NOT_COUNTED_UNMAPPED: _ClassVar[WhyNotCounted]
    WHY_NOT_COUNTED_NOT_SHARED: _ClassVar[WhyNotCounted]
    WHY_NOT_COUNTED_REPLY_STANDS_STILL: _ClassVar[WhyNotCounted]

class WaitingFor(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    WAITING_FOR_UNSPECIFIED: _ClassVar[WaitingFor]
    WAITING_FOR_MAPPING: _ClassVar[WaitingFor]
    WAITING_FOR_SHARING: _ClassVar[WaitingFor]
    WAITING_FOR_OUTCOME: _ClassVar[WaitingFor]
    WAITING_FOR_ANYTHING: _ClassVar[WaitingFor]

class CorrectionReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CORRECTION_REASON_UNSPECIFIED: _ClassVar[CorrectionReason]
    CORRECTION_REASON_ENTERED_WRONGLY: _ClassVar[CorrectionReason]
    CORRECTION_REASON_SOURCE_CORRECTED: _ClassVar[CorrectionReason]
    CORRECTION_REASON_WRONG_PERSON: _ClassVar[CorrectionReason]
    CORRECTION_REASON_DUPLICATE: _ClassVar[CorrectionReason]
    CORRECTION_REASON_NOT_ADMISSIBLE: _ClassVar[CorrectionReason]
    CORRECTION_REASON_REVIEW_UPHELD: _ClassVar[CorrectionReason]
EVIDENCE_KIND_UNSPECIFIED: EvidenceKind
EVIDENCE_KIND_FEEDBACK: EvidenceKind
EVIDENCE_KIND_COMPLAINT: EvidenceKind
EVIDENCE_KIND_COMMENDATION: EvidenceKind
EVIDENCE_KIND_REPORT_SAMPLE_REVIEW: EvidenceKind
EVIDENCE_KIND_TRAINING_ASSESSMENT: EvidenceKind
EVIDENCE_KIND_SELF_ASSESSMENT: EvidenceKind
EVIDENCE_KIND_OBSERVATION: EvidenceKind
EVIDENCE_KIND_SCRA_TIMELINESS: EvidenceKind
EVIDENCE_KIND_ACTION_OUTCOME: EvidenceKind
EVIDENCE_SOURCE_UNSPECIFIED: EvidenceSource
EVIDENCE_SOURCE_CHILD: EvidenceSource
EVIDENCE_SOURCE_PARENT_OR_CARER: EvidenceSource
EVIDENCE_SOURCE_RELEVANT_PERSON: EvidenceSource
EVIDENCE_SOURCE_PANEL_MEMBER: EvidenceSource
EVIDENCE_SOURCE_REPORTER: EvidenceSource
EVIDENCE_SOURCE_LOCAL_AUTHORITY: EvidenceSource
EVIDENCE_SOURCE_SHERIFF: EvidenceSource
EVIDENCE_SOURCE_PANEL_TEAM: EvidenceSource
EVIDENCE_SOURCE_TRAINING_PROVIDER: EvidenceSource
EVIDENCE_SOURCE_SELF: EvidenceSource
EVIDENCE_SOURCE_SCRA: EvidenceSource
ASPECT_UNSPECIFIED: Aspect
ASPECT_PRACTICE: Aspect
ASPECT_CONDUCT: Aspect
SETTING_UNSPECIFIED: Setting
SETTING_APPOINTMENT: Setting
SETTING_PANEL: Setting
EVIDENCE_CLASS_UNSPECIFIED: EvidenceClass
EVIDENCE_CLASS_STANDARD: EvidenceClass
EVIDENCE_CLASS_DEVELOPMENTAL: EvidenceClass
EVIDENCE_CLASS_EXPLORATORY: EvidenceClass
EVIDENCE_CLASS_SAFETY: EvidenceClass
EVIDENCE_CLASS_HELP_SEEKING: EvidenceClass
EVIDENCE_CLASS_UNVERIFIED: EvidenceClass
POLARITY_UNSPECIFIED: Polarity
POLARITY_PRAISE: Polarity
POLARITY_NEUTRAL: Polarity
POLARITY_CONCERN: Polarity
COMPLAINT_OUTCOME_UNSPECIFIED: ComplaintOutcome
COMPLAINT_OUTCOME_PENDING: ComplaintOutcome
COMPLAINT_OUTCOME_UPHELD: ComplaintOutcome
COMPLAINT_OUTCOME_PARTLY_UPHELD: ComplaintOutcome
COMPLAINT_OUTCOME_NOT_UPHELD: ComplaintOutcome
COMPLAINT_OUTCOME_RESOLVED: ComplaintOutcome
COMPLAINT_OUTCOME_WITHDRAWN: ComplaintOutcome
LINE_RATING_UNSPECIFIED: LineRating
LINE_RATING_BELOW: LineRating
LINE_RATING_AT: LineRating
LINE_RATING_ABOVE: LineRating
YES_NO_UNSPECIFIED: YesNo
YES_NO_YES: YesNo
YES_NO_NO: YesNo
SUPPORTS_STANDING_UNSPECIFIED: SupportsStanding
SUPPORTS_STANDING_COMPLETE: SupportsStanding
SUPPORTS_STANDING_DECLINED: SupportsStanding
SUPPORTS_STANDING_STILL_RUNNING: SupportsStanding
SUPPORTS_STANDING_TEAM_COULD_NOT: SupportsStanding
SUPPORTS_STANDING_NONE_OFFERED: SupportsStanding
DELIVERY_UNSPECIFIED: Delivery
DELIVERY_NEW: Delivery
DELIVERY_RECORDED_BEFORE: Delivery
DELIVERY_HELD_ALREADY: Delivery
DELIVERY_CORRECTED: Delivery
ITEM_STATE_UNSPECIFIED: ItemState
ITEM_STATE_CURRENT: ItemState
ITEM_STATE_SUPERSEDED: ItemState
ITEM_STATE_WITHDRAWN: ItemState
ITEM_STATE_HELD: ItemState
WHY_NOT_COUNTED_UNSPECIFIED: WhyNotCounted
WHY_NOT_COUNTED_HELD: WhyNotCounted
WHY_NOT_COUNTED_SUPERSEDED: WhyNotCounted
WHY_NOT_COUNTED_WITHDRAWN: WhyNotCounted
WHY_NOT_COUNTED_HELP_SEEKING: WhyNotCounted
WHY_NOT_COUNTED_DEVELOPMENTAL: WhyNotCounted
WHY_NOT_COUNTED_UNVERIFIED: WhyNotCounted
WHY_NOT_COUNTED_EXPLORATORY: WhyNotCounted
WHY_NOT_COUNTED_COMPLAINT_PENDING: WhyNotCounted
WHY_NOT_COUNTED_COMPLAINT_NOT_UPHELD: WhyNotCounted
WHY_NOT_COUNTED_COMPLAINT_RESOLVED: WhyNotCounted
WHY_NOT_COUNTED_COMPLAINT_WITHDRAWN: WhyNotCounted
WHY_NOT_COUNTED_UNMAPPED: WhyNotCounted
WHY_NOT_COUNTED_NOT_SHARED: WhyNotCounted
WHY_NOT_COUNTED_REPLY_STANDS_STILL: WhyNotCounted
WAITING_FOR_UNSPECIFIED: WaitingFor
WAITING_FOR_MAPPING: WaitingFor
WAITING_FOR_SHARING: WaitingFor
WAITING_FOR_OUTCOME: WaitingFor
WAITING_FOR_ANYTHING: WaitingFor
CORRECTION_REASON_UNSPECIFIED: CorrectionReason
CORRECTION_REASON_ENTERED_WRONGLY: CorrectionReason
CORRECTION_REASON_SOURCE_CORRECTED: CorrectionReason
CORRECTION_REASON_WRONG_PERSON: CorrectionReason
CORRECTION_REASON_DUPLICATE: CorrectionReason
CORRECTION_REASON_NOT_ADMISSIBLE: CorrectionReason
CORRECTION_REASON_REVIEW_UPHELD: CorrectionReason

class EvidenceItem(_message.Message):
    __slots__ = ("name", "kind", "source", "aspect", "setting", "evidence_class", "happened_date", "received_date", "mappings", "summary", "case_reference", "report_review", "timeliness", "complaint_outcome", "shared_date", "reply_due_date", "reply", "countable_date", "state", "superseded_by", "create_time", "receipt", "etag", "delivery", "adverse_date", "sharing_reported", "sender", "held_for", "sender_body", "to_look_at", "action_outcome", "reply_stands_still", "reply_moved", "taken_out_because", "findings", "complaint_stages", "why_not_counted")
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    ASPECT_FIELD_NUMBER: _ClassVar[int]
    SETTING_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_CLASS_FIELD_NUMBER: _ClassVar[int]
    HAPPENED_DATE_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_DATE_FIELD_NUMBER: _ClassVar[int]
    MAPPINGS_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    CASE_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    REPORT_REVIEW_FIELD_NUMBER: _ClassVar[int]
    TIMELINESS_FIELD_NUMBER: _ClassVar[int]
    COMPLAINT_OUTCOME_FIELD_NUMBER: _ClassVar[int]
    SHARED_DATE_FIELD_NUMBER: _ClassVar[int]
    REPLY_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REPLY_FIELD_NUMBER: _ClassVar[int]
    COUNTABLE_DATE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    SUPERSEDED_BY_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_FIELD_NUMBER: _ClassVar[int]
    ADVERSE_DATE_FIELD_NUMBER: _ClassVar[int]
    SHARING_REPORTED_FIELD_NUMBER: _ClassVar[int]
    SENDER_FIELD_NUMBER: _ClassVar[int]
    HELD_FOR_FIELD_NUMBER: _ClassVar[int]
    SENDER_BODY_FIELD_NUMBER: _ClassVar[int]
    TO_LOOK_AT_FIELD_NUMBER: _ClassVar[int]
    ACTION_OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REPLY_STANDS_STILL_FIELD_NUMBER: _ClassVar[int]
    REPLY_MOVED_FIELD_NUMBER: _ClassVar[int]
    TAKEN_OUT_BECAUSE_FIELD_NUMBER: _ClassVar[int]
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    COMPLAINT_STAGES_FIELD_NUMBER: _ClassVar[int]
    WHY_NOT_COUNTED_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: EvidenceKind
    source: EvidenceSource
    aspect: Aspect
    setting: Setting
    evidence_class: EvidenceClass
    happened_date: _date_pb2.Date
    received_date: _date_pb2.Date
    mappings: _containers.RepeatedCompositeFieldContainer[Mapping]
    summary: str
    case_reference: str
    report_review: ReportReview
    timeliness: Timeliness
    complaint_outcome: ComplaintOutcome
    shared_date: _date_pb2.Date
    reply_due_date: _date_pb2.Date
    reply: Reply
    countable_date: _date_pb2.Date
    state: ItemState
    superseded_by: str
    create_time: _timestamp_pb2.Timestamp
    receipt: str
    etag: str
    delivery: Delivery
    adverse_date: _date_pb2.Date
    sharing_reported: bool
    sender: str
    held_for: _containers.RepeatedScalarFieldContainer[str]
    sender_body: str
    to_look_at: _containers.RepeatedScalarFieldContainer[str]
    action_outcome: ActionOutcome
    reply_stands_still: bool
    reply_moved: bool
    taken_out_because: CorrectionReason
    findings: _containers.RepeatedCompositeFieldContainer[Finding]
    complaint_stages: _complaint_stages_pb2.ComplaintStages
    why_not_counted: WhyNotCounted
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[EvidenceKind, str]] = ..., source: _Optional[_Union[EvidenceSource, str]] = ..., aspect: _Optional[_Union[Aspect, str]] = ..., setting: _Optional[_Union[Setting, str]] = ..., evidence_class: _Optional[_Union[EvidenceClass, str]] = ..., happened_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., received_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., mappings: _Optional[_Iterable[_Union[Mapping, _Mapping]]] = ..., summary: _Optional[str] = ..., case_reference: _Optional[str] = ..., report_review: _Optional[_Union[ReportReview, _Mapping]] = ..., timeliness: _Optional[_Union[Timeliness, _Mapping]] = ..., complaint_outcome: _Optional[_Union[ComplaintOutcome, str]] = ..., shared_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reply_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reply: _Optional[_Union[Reply, _Mapping]] = ..., countable_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., state: _Optional[_Union[ItemState, str]] = ..., superseded_by: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., receipt: _Optional[str] = ..., etag: _Optional[str] = ..., delivery: _Optional[_Union[Delivery, str]] = ..., adverse_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., sharing_reported: _Optional[bool] = ..., sender: _Optional[str] = ..., held_for: _Optional[_Iterable[str]] = ..., sender_body: _Optional[str] = ..., to_look_at: _Optional[_Iterable[str]] = ..., action_outcome: _Optional[_Union[ActionOutcome, _Mapping]] = ..., reply_stands_still: _Optional[bool] = ..., reply_moved: _Optional[bool] = ..., taken_out_because: _Optional[_Union[CorrectionReason, str]] = ..., findings: _Optional[_Iterable[_Union[Finding, _Mapping]]] = ..., complaint_stages: _Optional[_Union[_complaint_stages_pb2.ComplaintStages, _Mapping]] = ..., why_not_counted: _Optional[_Union[WhyNotCounted, str]] = ...) -> None: ...

class Finding(_message.Message):
    __slots__ = ("sign", "words")
    SIGN_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    sign: str
    words: str
    def __init__(self, sign: _Optional[str] = ..., words: _Optional[str] = ...) -> None: ...

class ActionOutcome(_message.Message):
    __slots__ = ("derived_from", "outcome", "purpose", "basis", "supports_standing")
    DERIVED_FROM_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    SUPPORTS_STANDING_FIELD_NUMBER: _ClassVar[int]
    derived_from: str
    outcome: _development_plans_pb2.Action.State
    purpose: _development_plans_pb2.Action.Purpose
    basis: _development_plans_pb2.Action.Basis
    supports_standing: SupportsStanding
    def __init__(self, derived_from: _Optional[str] = ..., outcome: _Optional[_Union[_development_plans_pb2.Action.State, str]] = ..., purpose: _Optional[_Union[_development_plans_pb2.Action.Purpose, str]] = ..., basis: _Optional[_Union[_development_plans_pb2.Action.Basis, str]] = ..., supports_standing: _Optional[_Union[SupportsStanding, str]] = ...) -> None: ...

class Mapping(_message.Message):
    __slots__ = ("standard", "indicator", "polarity")
    STANDARD_FIELD_NUMBER: _ClassVar[int]
    INDICATOR_FIELD_NUMBER: _ClassVar[int]
    POLARITY_FIELD_NUMBER: _ClassVar[int]
    standard: str
    indicator: str
    polarity: Polarity
    def __init__(self, standard: _Optional[str] = ..., indicator: _Optional[str] = ..., polarity: _Optional[_Union[Polarity, str]] = ...) -> None: ...

class ReportReview(_message.Message):
    __slots__ = ("on_time", "form", "clear", "reasoned", "justifiable", "child_views_recorded", "second_reader_agrees", "child_views_answer", "second_reader_answer", "report_due_date")
    ON_TIME_FIELD_NUMBER: _ClassVar[int]
    FORM_FIELD_NUMBER: _ClassVar[int]
    CLEAR_FIELD_NUMBER: _ClassVar[int]
    REASONED_FIELD_NUMBER: _ClassVar[int]
    JUSTIFIABLE_FIELD_NUMBER: _ClassVar[int]
    CHILD_VIEWS_RECORDED_FIELD_NUMBER: _ClassVar[int]
    SECOND_READER_AGREES_FIELD_NUMBER: _ClassVar[int]
    CHILD_VIEWS_ANSWER_FIELD_NUMBER: _ClassVar[int]
    SECOND_READER_ANSWER_FIELD_NUMBER: _ClassVar[int]
    REPORT_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    on_time: LineRating
    form: LineRating
    clear: LineRating
    reasoned: LineRating
    justifiable: LineRating
    child_views_recorded: bool
    second_reader_agrees: bool
    child_views_answer: YesNo
    second_reader_answer: YesNo
    report_due_date: _date_pb2.Date
    def __init__(self, on_time: _Optional[_Union[LineRating, str]] = ..., form: _Optional[_Union[LineRating, str]] = ..., clear: _Optional[_Union[LineRating, str]] = ..., reasoned: _Optional[_Union[LineRating, str]] = ..., justifiable: _Optional[_Union[LineRating, str]] = ..., child_views_recorded: _Optional[bool] = ..., second_reader_agrees: _Optional[bool] = ..., child_views_answer: _Optional[_Union[YesNo, str]] = ..., second_reader_answer: _Optional[_Union[YesNo, str]] = ..., report_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class Timeliness(_message.Message):
    __slots__ = ("due_date", "filed_date", "extension_agreed", "extension_answer")
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    FILED_DATE_FIELD_NUMBER: _ClassVar[int]
    EXTENSION_AGREED_FIELD_NUMBER: _ClassVar[int]
    EXTENSION_ANSWER_FIELD_NUMBER: _ClassVar[int]
    due_date: _date_pb2.Date
    filed_date: _date_pb2.Date
    extension_agreed: bool
    extension_answer: YesNo
    def __init__(self, due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., filed_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., extension_agreed: _Optional[bool] = ..., extension_answer: _Optional[_Union[YesNo, str]] = ...) -> None: ...

class Reply(_message.Message):
    __slots__ = ("text", "reply_date", "held")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    REPLY_DATE_FIELD_NUMBER: _ClassVar[int]
    HELD_FIELD_NUMBER: _ClassVar[int]
    text: str
    reply_date: _date_pb2.Date
    held: bool
    def __init__(self, text: _Optional[str] = ..., reply_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., held: _Optional[bool] = ...) -> None: ...

class CreateEvidenceItemRequest(_message.Message):
    __slots__ = ("parent", "evidence_item", "request_id", "validate_only", "history", "again")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_ITEM_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    HISTORY_FIELD_NUMBER: _ClassVar[int]
    AGAIN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    evidence_item: EvidenceItem
    request_id: str
    validate_only: bool
    history: bool
    again: bool
    def __init__(self, parent: _Optional[str] = ..., evidence_item: _Optional[_Union[EvidenceItem, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., history: _Optional[bool] = ..., again: _Optional[bool] = ...) -> None: ...

class BatchCreateEvidenceItemsRequest(_message.Message):
    __slots__ = ("requests", "request_id", "validate_only")
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    requests: _containers.RepeatedCompositeFieldContainer[CreateEvidenceItemRequest]
    request_id: str
    validate_only: bool
    def __init__(self, requests: _Optional[_Iterable[_Union[CreateEvidenceItemRequest, _Mapping]]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class BatchCreateEvidenceItemsResponse(_message.Message):
    __slots__ = ("evidence_items",)
    EVIDENCE_ITEMS_FIELD_NUMBER: _ClassVar[int]
    evidence_items: _containers.RepeatedCompositeFieldContainer[EvidenceItem]
    def __init__(self, evidence_items: _Optional[_Iterable[_Union[EvidenceItem, _Mapping]]] = ...) -> None: ...

class ImportEvidenceItemsRequest(_message.Message):
    __slots__ = ("rows", "validate_only")
    ROWS_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    rows: _containers.RepeatedCompositeFieldContainer[ImportRow]
    validate_only: bool
    def __init__(self, rows: _Optional[_Iterable[_Union[ImportRow, _Mapping]]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ImportRow(_message.Message):
    __slots__ = ("row", "request")
    ROW_FIELD_NUMBER: _ClassVar[int]
    REQUEST_FIELD_NUMBER: _ClassVar[int]
    row: int
    request: CreateEvidenceItemRequest
    def __init__(self, row: _Optional[int] = ..., request: _Optional[_Union[CreateEvidenceItemRequest, _Mapping]] = ...) -> None: ...

class ImportEvidenceItemsResponse(_message.Message):
    __slots__ = ("recorded", "refused", "results")
    RECORDED_FIELD_NUMBER: _ClassVar[int]
    REFUSED_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    recorded: int
    refused: int
    results: _containers.RepeatedCompositeFieldContainer[RowResult]
    def __init__(self, recorded: _Optional[int] = ..., refused: _Optional[int] = ..., results: _Optional[_Iterable[_Union[RowResult, _Mapping]]] = ...) -> None: ...

class RowResult(_message.Message):
    __slots__ = ("row", "evidence_item", "reason", "field", "message", "delivery")
    ROW_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_ITEM_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    FIELD_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_FIELD_NUMBER: _ClassVar[int]
    row: int
    evidence_item: str
    reason: str
    field: str
    message: str
    delivery: Delivery
    def __init__(self, row: _Optional[int] = ..., evidence_item: _Optional[str] = ..., reason: _Optional[str] = ..., field: _Optional[str] = ..., message: _Optional[str] = ..., delivery: _Optional[_Union[Delivery, str]] = ...) -> None: ...

class GetEvidenceItemRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class BatchGetEvidenceItemsRequest(_message.Message):
    __slots__ = ("parent", "names")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    NAMES_FIELD_NUMBER: _ClassVar[int]
    parent: str
    names: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, parent: _Optional[str] = ..., names: _Optional[_Iterable[str]] = ...) -> None: ...

class BatchGetEvidenceItemsResponse(_message.Message):
    __slots__ = ("evidence_items",)
    EVIDENCE_ITEMS_FIELD_NUMBER: _ClassVar[int]
    evidence_items: _containers.RepeatedCompositeFieldContainer[EvidenceItem]
    def __init__(self, evidence_items: _Optional[_Iterable[_Union[EvidenceItem, _Mapping]]] = ...) -> None: ...

class ListEvidenceItemsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token", "kind", "standard", "id_prefix", "waiting_for", "source", "polarity")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STANDARD_FIELD_NUMBER: _ClassVar[int]
    ID_PREFIX_FIELD_NUMBER: _ClassVar[int]
    WAITING_FOR_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    POLARITY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    kind: EvidenceKind
    standard: str
    id_prefix: str
    waiting_for: WaitingFor
    source: EvidenceSource
    polarity: Polarity
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., kind: _Optional[_Union[EvidenceKind, str]] = ..., standard: _Optional[str] = ..., id_prefix: _Optional[str] = ..., waiting_for: _Optional[_Union[WaitingFor, str]] = ..., source: _Optional[_Union[EvidenceSource, str]] = ..., polarity: _Optional[_Union[Polarity, str]] = ...) -> None: ...

class ListEvidenceItemsResponse(_message.Message):
    __slots__ = ("evidence_items", "next_page_token")
    EVIDENCE_ITEMS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    evidence_items: _containers.RepeatedCompositeFieldContainer[EvidenceItem]
    next_page_token: str
    def __init__(self, evidence_items: _Optional[_Iterable[_Union[EvidenceItem, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetRecordingChoicesRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class RecordingChoices(_message.Message):
    __slots__ = ("sources", "kinds", "may_read_against_standards")
    SOURCES_FIELD_NUMBER: _ClassVar[int]
    KINDS_FIELD_NUMBER: _ClassVar[int]
    MAY_READ_AGAINST_STANDARDS_FIELD_NUMBER: _ClassVar[int]
    sources: _containers.RepeatedScalarFieldContainer[EvidenceSource]
    kinds: _containers.RepeatedScalarFieldContainer[EvidenceKind]
    may_read_against_standards: bool
    def __init__(self, sources: _Optional[_Iterable[_Union[EvidenceSource, str]]] = ..., kinds: _Optional[_Iterable[_Union[EvidenceKind, str]]] = ..., may_read_against_standards: _Optional[bool] = ...) -> None: ...

class FindSimilarEvidenceItemsRequest(_message.Message):
    __slots__ = ("parent", "evidence_item")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_ITEM_FIELD_NUMBER: _ClassVar[int]
    parent: str
    evidence_item: EvidenceItem
    def __init__(self, parent: _Optional[str] = ..., evidence_item: _Optional[_Union[EvidenceItem, _Mapping]] = ...) -> None: ...

class FindSimilarEvidenceItemsResponse(_message.Message):
    __slots__ = ("similar",)
    SIMILAR_FIELD_NUMBER: _ClassVar[int]
    similar: _containers.RepeatedCompositeFieldContainer[SimilarEvidenceItem]
    def __init__(self, similar: _Optional[_Iterable[_Union[SimilarEvidenceItem, _Mapping]]] = ...) -> None: ...

class SimilarEvidenceItem(_message.Message):
    __slots__ = ("evidence_item", "likeness")
    class Likeness(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        LIKENESS_UNSPECIFIED: _ClassVar[SimilarEvidenceItem.Likeness]
        LIKENESS_SAME_WORDS: _ClassVar[SimilarEvidenceItem.Likeness]
        LIKENESS_SAME_CASE: _ClassVar[SimilarEvidenceItem.Likeness]
        LIKENESS_SAME_DAY: _ClassVar[SimilarEvidenceItem.Likeness]
        LIKENESS_NEAR_DAY: _ClassVar[SimilarEvidenceItem.Likeness]
    LIKENESS_UNSPECIFIED: SimilarEvidenceItem.Likeness
    LIKENESS_SAME_WORDS: SimilarEvidenceItem.Likeness
    LIKENESS_SAME_CASE: SimilarEvidenceItem.Likeness
    LIKENESS_SAME_DAY: SimilarEvidenceItem.Likeness
    LIKENESS_NEAR_DAY: SimilarEvidenceItem.Likeness
    EVIDENCE_ITEM_FIELD_NUMBER: _ClassVar[int]
    LIKENESS_FIELD_NUMBER: _ClassVar[int]
    evidence_item: EvidenceItem
    likeness: _containers.RepeatedScalarFieldContainer[SimilarEvidenceItem.Likeness]
    def __init__(self, evidence_item: _Optional[_Union[EvidenceItem, _Mapping]] = ..., likeness: _Optional[_Iterable[_Union[SimilarEvidenceItem.Likeness, str]]] = ...) -> None: ...

class MapEvidenceItemRequest(_message.Message):
    __slots__ = ("name", "mappings", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    MAPPINGS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    mappings: _containers.RepeatedCompositeFieldContainer[Mapping]
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., mappings: _Optional[_Iterable[_Union[Mapping, _Mapping]]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class ShareEvidenceItemRequest(_message.Message):
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

class AddReplyRequest(_message.Message):
    __slots__ = ("name", "text", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    text: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., text: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class DecideComplaintRequest(_message.Message):
    __slots__ = ("name", "outcome", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    outcome: ComplaintOutcome
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., outcome: _Optional[_Union[ComplaintOutcome, str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class CorrectEvidenceItemRequest(_message.Message):
    __slots__ = ("name", "evidence_item", "reason", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_ITEM_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    evidence_item: EvidenceItem
    reason: CorrectionReason
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., evidence_item: _Optional[_Union[EvidenceItem, _Mapping]] = ..., reason: _Optional[_Union[CorrectionReason, str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class WithdrawEvidenceItemRequest(_message.Message):
    __slots__ = ("name", "reason", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    reason: CorrectionReason
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., reason: _Optional[_Union[CorrectionReason, str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class GetReceiptRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class Receipt(_message.Message):
    __slots__ = ("name", "receive_time", "stage")
    class Stage(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STAGE_UNSPECIFIED: _ClassVar[Receipt.Stage]
        STAGE_RECEIVED: _ClassVar[Receipt.Stage]
        STAGE_CONSIDERED: _ClassVar[Receipt.Stage]
        STAGE_CLOSED: _ClassVar[Receipt.Stage]
    STAGE_UNSPECIFIED: Receipt.Stage
    STAGE_RECEIVED: Receipt.Stage
    STAGE_CONSIDERED: Receipt.Stage
    STAGE_CLOSED: Receipt.Stage
    NAME_FIELD_NUMBER: _ClassVar[int]
    RECEIVE_TIME_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    name: str
    receive_time: _timestamp_pb2.Timestamp
    stage: Receipt.Stage
    def __init__(self, name: _Optional[str] = ..., receive_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., stage: _Optional[_Union[Receipt.Stage, str]] = ...) -> None: ...

class ListHeldEvidenceItemsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListHeldEvidenceItemsResponse(_message.Message):
    __slots__ = ("evidence_items", "next_page_token")
    EVIDENCE_ITEMS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    evidence_items: _containers.RepeatedCompositeFieldContainer[EvidenceItem]
    next_page_token: str
    def __init__(self, evidence_items: _Optional[_Iterable[_Union[EvidenceItem, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ReleaseEvidenceItemRequest(_message.Message):
    __slots__ = ("name", "request_id", "validate_only", "strike")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    STRIKE_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    validate_only: bool
    strike: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., strike: _Optional[_Iterable[str]] = ...) -> None: ...
