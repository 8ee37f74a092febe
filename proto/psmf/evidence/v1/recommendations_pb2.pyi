import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from psmf.evidence.v1 import development_plans_pb2 as _development_plans_pb2
from psmf.evidence.v1 import readiness_pb2 as _readiness_pb2
from psmf.evidence.v1 import review_requests_pb2 as _review_requests_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Criterion(_message.Message):
    __slots__ = ("what", "answer", "names", "words")
    class What(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        WHAT_UNSPECIFIED: _ClassVar[Criterion.What]
        WHAT_CONDUCT: _ClassVar[Criterion.What]
        WHAT_APPOINTMENT_LETTER: _ClassVar[Criterion.What]
        WHAT_PRACTICE_STANDARDS: _ClassVar[Criterion.What]
        WHAT_REPLIES_AND_REVIEWS: _ClassVar[Criterion.What]
        WHAT_REAPPOINTMENT_TRAINING: _ClassVar[Criterion.What]
        WHAT_TAKING_PART: _ClassVar[Criterion.What]
        WHAT_NO_INFORMED_VIEW: _ClassVar[Criterion.What]
        WHAT_LEGITIMATE_REASON: _ClassVar[Criterion.What]
        WHAT_TIME_WILL_DO: _ClassVar[Criterion.What]
        WHAT_NOTICE_STOOD: _ClassVar[Criterion.What]
        WHAT_ACTION_REVIEWED: _ClassVar[Criterion.What]
        WHAT_SUPPORTS_COMPLETE: _ClassVar[Criterion.What]
        WHAT_MORE_THAN_ONE_SOURCE: _ClassVar[Criterion.What]
        WHAT_RAISED_IN_TIME: _ClassVar[Criterion.What]
        WHAT_NOT_FIT: _ClassVar[Criterion.What]
        WHAT_ESCALATED_OR_SAFETY: _ClassVar[Criterion.What]
        WHAT_COMMITMENT_SIGNED: _ClassVar[Criterion.What]
    WHAT_UNSPECIFIED: Criterion.What
    WHAT_CONDUCT: Criterion.What
    WHAT_APPOINTMENT_LETTER: Criterion.What
    WHAT_PRACTICE_STANDARDS: Criterion.What
    WHAT_REPLIES_AND_REVIEWS: Criterion.What
    WHAT_REAPPOINTMENT_TRAINING: Criterion.What
    WHAT_TAKING_PART: Criterion.What
    WHAT_NO_INFORMED_VIEW: Criterion.What
    WHAT_LEGITIMATE_REASON: Criterion.What
    WHAT_TIME_WILL_DO: Criterion.What
    WHAT_NOTICE_STOOD: Criterion.What
    WHAT_ACTION_REVIEWED: Criterion.What
    WHAT_SUPPORTS_COMPLETE: Criterion.What
    WHAT_MORE_THAN_ONE_SOURCE: Criterion.What
    WHAT_RAISED_IN_TIME: Criterion.What
    WHAT_NOT_FIT: Criterion.What
    WHAT_ESCALATED_OR_SAFETY: Criterion.What
    WHAT_COMMITMENT_SIGNED: Criterion.What
    class Answer(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ANSWER_UNSPECIFIED: _ClassVar[Criterion.Answer]
        ANSWER_YES: _ClassVar[Criterion.Answer]
        ANSWER_NO: _ClassVar[Criterion.Answer]
        ANSWER_NOT_APPLICABLE: _ClassVar[Criterion.Answer]
    ANSWER_UNSPECIFIED: Criterion.Answer
    ANSWER_YES: Criterion.Answer
    ANSWER_NO: Criterion.Answer
    ANSWER_NOT_APPLICABLE: Criterion.Answer
    WHAT_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    NAMES_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    what: Criterion.What
    answer: Criterion.Answer
    names: _containers.RepeatedScalarFieldContainer[str]
    words: str
    def __init__(self, what: _Optional[_Union[Criterion.What, str]] = ..., answer: _Optional[_Union[Criterion.Answer, str]] = ..., names: _Optional[_Iterable[str]] = ..., words: _Optional[str] = ...) -> None: ...

class Condition(_message.Message):
    __slots__ = ("words", "measure", "due_date", "support", "support_kind", "standard")
    WORDS_FIELD_NUMBER: _ClassVar[int]
    MEASURE_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_KIND_FIELD_NUMBER: _ClassVar[int]
    STANDARD_FIELD_NUMBER: _ClassVar[int]
    words: str
    measure: str
    due_date: _date_pb2.Date
    support: str
    support_kind: _development_plans_pb2.Support.Kind
    standard: str
    def __init__(self, words: _Optional[str] = ..., measure: _Optional[str] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., support: _Optional[str] = ..., support_kind: _Optional[_Union[_development_plans_pb2.Support.Kind, str]] = ..., standard: _Optional[str] = ...) -> None: ...

class MoreTime(_message.Message):
    __slots__ = ("until_date", "what", "where_from")
    UNTIL_DATE_FIELD_NUMBER: _ClassVar[int]
    WHAT_FIELD_NUMBER: _ClassVar[int]
    WHERE_FROM_FIELD_NUMBER: _ClassVar[int]
    until_date: _date_pb2.Date
    what: str
    where_from: str
    def __init__(self, until_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., what: _Optional[str] = ..., where_from: _Optional[str] = ...) -> None: ...

class RecommendationText(_message.Message):
    __slots__ = ("outcome", "criteria", "conditions", "more_time", "concerns")
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    CRITERIA_FIELD_NUMBER: _ClassVar[int]
    CONDITIONS_FIELD_NUMBER: _ClassVar[int]
    MORE_TIME_FIELD_NUMBER: _ClassVar[int]
    CONCERNS_FIELD_NUMBER: _ClassVar[int]
    outcome: Recommendation.Outcome
    criteria: _containers.RepeatedCompositeFieldContainer[Criterion]
    conditions: _containers.RepeatedCompositeFieldContainer[Condition]
    more_time: MoreTime
    concerns: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, outcome: _Optional[_Union[Recommendation.Outcome, str]] = ..., criteria: _Optional[_Iterable[_Union[Criterion, _Mapping]]] = ..., conditions: _Optional[_Iterable[_Union[Condition, _Mapping]]] = ..., more_time: _Optional[_Union[MoreTime, _Mapping]] = ..., concerns: _Optional[_Iterable[str]] = ...) -> None: ...

class Recommendation(_message.Message):
    __slots__ = ("name", "kind", "text", "state", "drafted_by", "checked_by", "approved_by", "submitted_by", "share_date", "representations_due_date", "nothing_more", "representations", "pack_hash", "withdrawn_because", "decided_as", "decision_reasons", "decide_time", "create_time", "etag", "criteria_needed", "open_reviews", "reviews", "criteria_version")
    class Purpose(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        PURPOSE_UNSPECIFIED: _ClassVar[Recommendation.Purpose]
        PURPOSE_APPOINTMENT: _ClassVar[Recommendation.Purpose]
        PURPOSE_CONTINUING: _ClassVar[Recommendation.Purpose]
        PURPOSE_REAPPOINTMENT: _ClassVar[Recommendation.Purpose]
        PURPOSE_SUSPENSION: _ClassVar[Recommendation.Purpose]
        PURPOSE_END_SUSPENSION: _ClassVar[Recommendation.Purpose]
        PURPOSE_REMOVAL: _ClassVar[Recommendation.Purpose]
    PURPOSE_UNSPECIFIED: Recommendation.Purpose
    PURPOSE_APPOINTMENT: Recommendation.Purpose
    PURPOSE_CONTINUING: Recommendation.Purpose
    PURPOSE_REAPPOINTMENT: Recommendation.Purpose
    PURPOSE_SUSPENSION: Recommendation.Purpose
    PURPOSE_END_SUSPENSION: Recommendation.Purpose
    PURPOSE_REMOVAL: Recommendation.Purpose
    class Outcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        OUTCOME_UNSPECIFIED: _ClassVar[Recommendation.Outcome]
        OUTCOME_RECOMMEND: _ClassVar[Recommendation.Outcome]
        OUTCOME_WITH_CONDITIONS: _ClassVar[Recommendation.Outcome]
        OUTCOME_MORE_TIME: _ClassVar[Recommendation.Outcome]
        OUTCOME_DO_NOT_RECOMMEND: _ClassVar[Recommendation.Outcome]
    OUTCOME_UNSPECIFIED: Recommendation.Outcome
    OUTCOME_RECOMMEND: Recommendation.Outcome
    OUTCOME_WITH_CONDITIONS: Recommendation.Outcome
    OUTCOME_MORE_TIME: Recommendation.Outcome
    OUTCOME_DO_NOT_RECOMMEND: Recommendation.Outcome
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Recommendation.State]
        STATE_DRAFTED: _ClassVar[Recommendation.State]
        STATE_CHECKED: _ClassVar[Recommendation.State]
        STATE_SHARED: _ClassVar[Recommendation.State]
        STATE_APPROVED: _ClassVar[Recommendation.State]
        STATE_SUBMITTED: _ClassVar[Recommendation.State]
        STATE_DECIDED: _ClassVar[Recommendation.State]
        STATE_WITHDRAWN: _ClassVar[Recommendation.State]
    STATE_UNSPECIFIED: Recommendation.State
    STATE_DRAFTED: Recommendation.State
    STATE_CHECKED: Recommendation.State
    STATE_SHARED: Recommendation.State
    STATE_APPROVED: Recommendation.State
    STATE_SUBMITTED: Recommendation.State
    STATE_DECIDED: Recommendation.State
    STATE_WITHDRAWN: Recommendation.State
    class Representation(_message.Message):
        __slots__ = ("words", "create_time", "answer", "answered_by", "after_submission")
        WORDS_FIELD_NUMBER: _ClassVar[int]
        CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
        ANSWER_FIELD_NUMBER: _ClassVar[int]
        ANSWERED_BY_FIELD_NUMBER: _ClassVar[int]
        AFTER_SUBMISSION_FIELD_NUMBER: _ClassVar[int]
        words: str
        create_time: _timestamp_pb2.Timestamp
        answer: str
        answered_by: str
        after_submission: bool
        def __init__(self, words: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answer: _Optional[str] = ..., answered_by: _Optional[str] = ..., after_submission: _Optional[bool] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    DRAFTED_BY_FIELD_NUMBER: _ClassVar[int]
    CHECKED_BY_FIELD_NUMBER: _ClassVar[int]
    APPROVED_BY_FIELD_NUMBER: _ClassVar[int]
    SUBMITTED_BY_FIELD_NUMBER: _ClassVar[int]
    SHARE_DATE_FIELD_NUMBER: _ClassVar[int]
    REPRESENTATIONS_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    NOTHING_MORE_FIELD_NUMBER: _ClassVar[int]
    REPRESENTATIONS_FIELD_NUMBER: _ClassVar[int]
    PACK_HASH_FIELD_NUMBER: _ClassVar[int]
    WITHDRAWN_BECAUSE_FIELD_NUMBER: _ClassVar[int]
    DECIDED_AS_FIELD_NUMBER: _ClassVar[int]
    DECISION_REASONS_FIELD_NUMBER: _ClassVar[int]
    DECIDE_TIME_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    CRITERIA_NEEDED_FIELD_NUMBER: _ClassVar[int]
    OPEN_REVIEWS_FIELD_NUMBER: _ClassVar[int]
    REVIEWS_FIELD_NUMBER: _ClassVar[int]
    CRITERIA_VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: Recommendation.Purpose
    text: RecommendationText
    state: Recommendation.State
    drafted_by: str
    checked_by: str
    approved_by: str
    submitted_by: str
    share_date: _date_pb2.Date
    representations_due_date: _date_pb2.Date
    nothing_more: bool
    representations: _containers.RepeatedCompositeFieldContainer[Recommendation.Representation]
    pack_hash: str
    withdrawn_because: str
    decided_as: Recommendation.Outcome
    decision_reasons: str
    decide_time: _timestamp_pb2.Timestamp
    create_time: _timestamp_pb2.Timestamp
    etag: str
    criteria_needed: _containers.RepeatedScalarFieldContainer[Criterion.What]
    open_reviews: _containers.RepeatedScalarFieldContainer[str]
    reviews: _containers.RepeatedCompositeFieldContainer[ConsideredReview]
    criteria_version: int
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[Recommendation.Purpose, str]] = ..., text: _Optional[_Union[RecommendationText, _Mapping]] = ..., state: _Optional[_Union[Recommendation.State, str]] = ..., drafted_by: _Optional[str] = ..., checked_by: _Optional[str] = ..., approved_by: _Optional[str] = ..., submitted_by: _Optional[str] = ..., share_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., representations_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., nothing_more: _Optional[bool] = ..., representations: _Optional[_Iterable[_Union[Recommendation.Representation, _Mapping]]] = ..., pack_hash: _Optional[str] = ..., withdrawn_because: _Optional[str] = ..., decided_as: _Optional[_Union[Recommendation.Outcome, str]] = ..., decision_reasons: _Optional[str] = ..., decide_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., etag: _Optional[str] = ..., criteria_needed: _Optional[_Iterable[_Union[Criterion.What, str]]] = ..., open_reviews: _Optional[_Iterable[str]] = ..., reviews: _Optional[_Iterable[_Union[ConsideredReview, _Mapping]]] = ..., criteria_version: _Optional[int] = ...) -> None: ...

class ConsideredReview(_message.Message):
    __slots__ = ("name", "state", "decision")
    NAME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    name: str
    state: _review_requests_pb2.ReviewRequest.State
    decision: _review_requests_pb2.ReviewRequest.Decision
    def __init__(self, name: _Optional[str] = ..., state: _Optional[_Union[_review_requests_pb2.ReviewRequest.State, str]] = ..., decision: _Optional[_Union[_review_requests_pb2.ReviewRequest.Decision, str]] = ...) -> None: ...

class RecommendationPackEntry(_message.Message):
    __slots__ = ("section", "name", "version", "relied_on", "happened_date")
    class Section(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        SECTION_UNSPECIFIED: _ClassVar[RecommendationPackEntry.Section]
        SECTION_EVIDENCE: _ClassVar[RecommendationPackEntry.Section]
        SECTION_SESSION_RECORD: _ClassVar[RecommendationPackEntry.Section]
        SECTION_STRENGTH: _ClassVar[RecommendationPackEntry.Section]
        SECTION_NEED: _ClassVar[RecommendationPackEntry.Section]
        SECTION_ACTION: _ClassVar[RecommendationPackEntry.Section]
        SECTION_SUPPORT: _ClassVar[RecommendationPackEntry.Section]
        SECTION_ACTION_REVIEW: _ClassVar[RecommendationPackEntry.Section]
        SECTION_APPROACH_CHANGE: _ClassVar[RecommendationPackEntry.Section]
        SECTION_VIEW: _ClassVar[RecommendationPackEntry.Section]
    SECTION_UNSPECIFIED: RecommendationPackEntry.Section
    SECTION_EVIDENCE: RecommendationPackEntry.Section
    SECTION_SESSION_RECORD: RecommendationPackEntry.Section
    SECTION_STRENGTH: RecommendationPackEntry.Section
    SECTION_NEED: RecommendationPackEntry.Section
    SECTION_ACTION: RecommendationPackEntry.Section
    SECTION_SUPPORT: RecommendationPackEntry.Section
    SECTION_ACTION_REVIEW: RecommendationPackEntry.Section
    SECTION_APPROACH_CHANGE: RecommendationPackEntry.Section
    SECTION_VIEW: RecommendationPackEntry.Section
    SECTION_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    RELIED_ON_FIELD_NUMBER: _ClassVar[int]
    HAPPENED_DATE_FIELD_NUMBER: _ClassVar[int]
    section: RecommendationPackEntry.Section
    name: str
    version: int
    relied_on: bool
    happened_date: _date_pb2.Date
    def __init__(self, section: _Optional[_Union[RecommendationPackEntry.Section, str]] = ..., name: _Optional[str] = ..., version: _Optional[int] = ..., relied_on: _Optional[bool] = ..., happened_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class RecommendationPack(_message.Message):
    __slots__ = ("recommendation", "entries", "hash", "freeze_time", "lines")
    RECOMMENDATION_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    HASH_FIELD_NUMBER: _ClassVar[int]
    FREEZE_TIME_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    recommendation: Recommendation
    entries: _containers.RepeatedCompositeFieldContainer[RecommendationPackEntry]
    hash: str
    freeze_time: _timestamp_pb2.Timestamp
    lines: _containers.RepeatedCompositeFieldContainer[_readiness_pb2.ReadinessLine]
    def __init__(self, recommendation: _Optional[_Union[Recommendation, _Mapping]] = ..., entries: _Optional[_Iterable[_Union[RecommendationPackEntry, _Mapping]]] = ..., hash: _Optional[str] = ..., freeze_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lines: _Optional[_Iterable[_Union[_readiness_pb2.ReadinessLine, _Mapping]]] = ...) -> None: ...

class Readiness(_message.Message):
    __slots__ = ("safeguarder", "term_end_date", "open_date", "open", "lines", "recommendations")
    SAFEGUARDER_FIELD_NUMBER: _ClassVar[int]
    TERM_END_DATE_FIELD_NUMBER: _ClassVar[int]
    OPEN_DATE_FIELD_NUMBER: _ClassVar[int]
    OPEN_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    RECOMMENDATIONS_FIELD_NUMBER: _ClassVar[int]
    safeguarder: str
    term_end_date: _date_pb2.Date
    open_date: _date_pb2.Date
    open: bool
    lines: _containers.RepeatedCompositeFieldContainer[_readiness_pb2.ReadinessLine]
    recommendations: _containers.RepeatedCompositeFieldContainer[Recommendation]
    def __init__(self, safeguarder: _Optional[str] = ..., term_end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., open_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., open: _Optional[bool] = ..., lines: _Optional[_Iterable[_Union[_readiness_pb2.ReadinessLine, _Mapping]]] = ..., recommendations: _Optional[_Iterable[_Union[Recommendation, _Mapping]]] = ...) -> None: ...

class GetReadinessRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class CreateRecommendationRequest(_message.Message):
    __slots__ = ("parent", "kind", "text", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    kind: Recommendation.Purpose
    text: RecommendationText
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., kind: _Optional[_Union[Recommendation.Purpose, str]] = ..., text: _Optional[_Union[RecommendationText, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class UpdateRecommendationRequest(_message.Message):
    __slots__ = ("name", "text", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    text: RecommendationText
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., text: _Optional[_Union[RecommendationText, _Mapping]] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class CheckRecommendationRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ShareRecommendationRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class AddRepresentationRequest(_message.Message):
    __slots__ = ("name", "words", "nothing_more", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    NOTHING_MORE_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    words: str
    nothing_more: bool
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., words: _Optional[str] = ..., nothing_more: _Optional[bool] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ApproveRecommendationRequest(_message.Message):
    __slots__ = ("name", "answers", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ANSWERS_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    answers: _containers.RepeatedScalarFieldContainer[str]
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., answers: _Optional[_Iterable[str]] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class SubmitRecommendationRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id", "validate_only", "with_open_reviews")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    WITH_OPEN_REVIEWS_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    validate_only: bool
    with_open_reviews: bool
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., with_open_reviews: _Optional[bool] = ...) -> None: ...

class WithdrawRecommendationRequest(_message.Message):
    __slots__ = ("name", "because", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    BECAUSE_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    because: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., because: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class GetRecommendationPackRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...
