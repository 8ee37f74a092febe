import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from psmf.rules.v1 import concern_moves_pb2 as _concern_moves_pb2
from psmf.rules.v1 import rules_pb2 as _rules_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class StandardsEditionPublished(_message.Message):
    __slots__ = ("edition", "effective_date", "standards", "crosswalk")
    EDITION_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_DATE_FIELD_NUMBER: _ClassVar[int]
    STANDARDS_FIELD_NUMBER: _ClassVar[int]
    CROSSWALK_FIELD_NUMBER: _ClassVar[int]
    edition: str
    effective_date: _date_pb2.Date
    standards: _containers.RepeatedCompositeFieldContainer[StandardIndicators]
    crosswalk: _containers.RepeatedCompositeFieldContainer[StandardBecame]
    def __init__(self, edition: _Optional[str] = ..., effective_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., standards: _Optional[_Iterable[_Union[StandardIndicators, _Mapping]]] = ..., crosswalk: _Optional[_Iterable[_Union[StandardBecame, _Mapping]]] = ...) -> None: ...

class StandardsEditionWithdrawn(_message.Message):
    __slots__ = ("edition",)
    EDITION_FIELD_NUMBER: _ClassVar[int]
    edition: str
    def __init__(self, edition: _Optional[str] = ...) -> None: ...

class StandardBecame(_message.Message):
    __slots__ = ("before", "became")
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    BECAME_FIELD_NUMBER: _ClassVar[int]
    before: str
    became: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, before: _Optional[str] = ..., became: _Optional[_Iterable[str]] = ...) -> None: ...

class StandardIndicators(_message.Message):
    __slots__ = ("standard", "indicators")
    STANDARD_FIELD_NUMBER: _ClassVar[int]
    INDICATORS_FIELD_NUMBER: _ClassVar[int]
    standard: str
    indicators: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, standard: _Optional[str] = ..., indicators: _Optional[_Iterable[str]] = ...) -> None: ...

class ConcernRaised(_message.Message):
    __slots__ = ("concern", "quiet")
    CONCERN_FIELD_NUMBER: _ClassVar[int]
    QUIET_FIELD_NUMBER: _ClassVar[int]
    concern: ConcernFact
    quiet: bool
    def __init__(self, concern: _Optional[_Union[ConcernFact, _Mapping]] = ..., quiet: _Optional[bool] = ...) -> None: ...

class ConcernUpdated(_message.Message):
    __slots__ = ("concern", "quiet")
    CONCERN_FIELD_NUMBER: _ClassVar[int]
    QUIET_FIELD_NUMBER: _ClassVar[int]
    concern: ConcernFact
    quiet: bool
    def __init__(self, concern: _Optional[_Union[ConcernFact, _Mapping]] = ..., quiet: _Optional[bool] = ...) -> None: ...

class ConcernClosingProposed(_message.Message):
    __slots__ = ("concern",)
    CONCERN_FIELD_NUMBER: _ClassVar[int]
    concern: ConcernFact
    def __init__(self, concern: _Optional[_Union[ConcernFact, _Mapping]] = ...) -> None: ...

class ConcernAcknowledged(_message.Message):
    __slots__ = ("concern", "owner", "next_date", "confirms")
    CONCERN_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    NEXT_DATE_FIELD_NUMBER: _ClassVar[int]
    CONFIRMS_FIELD_NUMBER: _ClassVar[int]
    concern: ConcernFact
    owner: str
    next_date: _date_pb2.Date
    confirms: bool
    def __init__(self, concern: _Optional[_Union[ConcernFact, _Mapping]] = ..., owner: _Optional[str] = ..., next_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., confirms: _Optional[bool] = ...) -> None: ...

class ConcernDismissed(_message.Message):
    __slots__ = ("concern", "reason")
    CONCERN_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    concern: ConcernFact
    reason: _rules_pb2.ConcernReason
    def __init__(self, concern: _Optional[_Union[ConcernFact, _Mapping]] = ..., reason: _Optional[_Union[_rules_pb2.ConcernReason, str]] = ...) -> None: ...

class ConcernClosed(_message.Message):
    __slots__ = ("concern", "reason")
    CONCERN_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    concern: ConcernFact
    reason: _rules_pb2.ConcernReason
    def __init__(self, concern: _Optional[_Union[ConcernFact, _Mapping]] = ..., reason: _Optional[_Union[_rules_pb2.ConcernReason, str]] = ...) -> None: ...

class ConcernMoved(_message.Message):
    __slots__ = ("concern", "move", "from_state", "to_state", "word", "due_date", "merged_into", "recommendation", "recommended_by", "words")
    CONCERN_FIELD_NUMBER: _ClassVar[int]
    MOVE_FIELD_NUMBER: _ClassVar[int]
    FROM_STATE_FIELD_NUMBER: _ClassVar[int]
    TO_STATE_FIELD_NUMBER: _ClassVar[int]
    WORD_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    MERGED_INTO_FIELD_NUMBER: _ClassVar[int]
    RECOMMENDATION_FIELD_NUMBER: _ClassVar[int]
    RECOMMENDED_BY_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    concern: ConcernFact
    move: _concern_moves_pb2.ConcernMove
    from_state: _rules_pb2.Concern.State
    to_state: _rules_pb2.Concern.State
    word: str
    due_date: _date_pb2.Date
    merged_into: str
    recommendation: _concern_moves_pb2.RecommendationKind
    recommended_by: str
    words: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, concern: _Optional[_Union[ConcernFact, _Mapping]] = ..., move: _Optional[_Union[_concern_moves_pb2.ConcernMove, str]] = ..., from_state: _Optional[_Union[_rules_pb2.Concern.State, str]] = ..., to_state: _Optional[_Union[_rules_pb2.Concern.State, str]] = ..., word: _Optional[str] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., merged_into: _Optional[str] = ..., recommendation: _Optional[_Union[_concern_moves_pb2.RecommendationKind, str]] = ..., recommended_by: _Optional[str] = ..., words: _Optional[_Iterable[str]] = ...) -> None: ...

class RulebookActivated(_message.Message):
    __slots__ = ("rulebook_hash", "previous_hash", "in_force_time")
    RULEBOOK_HASH_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_HASH_FIELD_NUMBER: _ClassVar[int]
    IN_FORCE_TIME_FIELD_NUMBER: _ClassVar[int]
    rulebook_hash: str
    previous_hash: str
    in_force_time: _timestamp_pb2.Timestamp
    def __init__(self, rulebook_hash: _Optional[str] = ..., previous_hash: _Optional[str] = ..., in_force_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RulebookDateReached(_message.Message):
    __slots__ = ("rulebook_hash", "date", "ahead", "parts")
    RULEBOOK_HASH_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    AHEAD_FIELD_NUMBER: _ClassVar[int]
    PARTS_FIELD_NUMBER: _ClassVar[int]
    rulebook_hash: str
    date: _date_pb2.Date
    ahead: bool
    parts: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, rulebook_hash: _Optional[str] = ..., date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., ahead: _Optional[bool] = ..., parts: _Optional[_Iterable[str]] = ...) -> None: ...

class EvaluationHeld(_message.Message):
    __slots__ = ("safeguarder_id", "reason", "evaluation_id")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    EVALUATION_ID_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    reason: str
    evaluation_id: str
    def __init__(self, safeguarder_id: _Optional[str] = ..., reason: _Optional[str] = ..., evaluation_id: _Optional[str] = ...) -> None: ...

class RuleOverrideChanged(_message.Message):
    __slots__ = ("safeguarder_id", "override_id", "version", "author", "start_date", "end_date", "ended")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    OVERRIDE_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    ENDED_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    override_id: str
    version: int
    author: str
    start_date: _date_pb2.Date
    end_date: _date_pb2.Date
    ended: bool
    def __init__(self, safeguarder_id: _Optional[str] = ..., override_id: _Optional[str] = ..., version: _Optional[int] = ..., author: _Optional[str] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., ended: _Optional[bool] = ...) -> None: ...

class ConcernStands(_message.Message):
    __slots__ = ("concern",)
    CONCERN_FIELD_NUMBER: _ClassVar[int]
    concern: ConcernFact
    def __init__(self, concern: _Optional[_Union[ConcernFact, _Mapping]] = ...) -> None: ...

class ConcernFact(_message.Message):
    __slots__ = ("concern_id", "safeguarder_id", "rule", "subject", "standards", "lane", "window_start_date", "tell", "respond_within_working_days", "session_within_working_days", "quiet_if_escalated", "evaluation_id", "rulebook_hash", "as_of_date", "evidence_record_time", "state", "owner", "next_date", "moved_by", "alert_act_time", "evidence_ids", "left_change_ids")
    CONCERN_ID_FIELD_NUMBER: _ClassVar[int]
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    STANDARDS_FIELD_NUMBER: _ClassVar[int]
    LANE_FIELD_NUMBER: _ClassVar[int]
    WINDOW_START_DATE_FIELD_NUMBER: _ClassVar[int]
    TELL_FIELD_NUMBER: _ClassVar[int]
    RESPOND_WITHIN_WORKING_DAYS_FIELD_NUMBER: _ClassVar[int]
    SESSION_WITHIN_WORKING_DAYS_FIELD_NUMBER: _ClassVar[int]
    QUIET_IF_ESCALATED_FIELD_NUMBER: _ClassVar[int]
    EVALUATION_ID_FIELD_NUMBER: _ClassVar[int]
    RULEBOOK_HASH_FIELD_NUMBER: _ClassVar[int]
    AS_OF_DATE_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    NEXT_DATE_FIELD_NUMBER: _ClassVar[int]
    MOVED_BY_FIELD_NUMBER: _ClassVar[int]
    ALERT_ACT_TIME_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_IDS_FIELD_NUMBER: _ClassVar[int]
    LEFT_CHANGE_IDS_FIELD_NUMBER: _ClassVar[int]
    concern_id: str
    safeguarder_id: str
    rule: str
    subject: str
    standards: _containers.RepeatedScalarFieldContainer[str]
    lane: _rules_pb2.Lane
    window_start_date: _date_pb2.Date
    tell: str
    respond_within_working_days: int
    session_within_working_days: int
    quiet_if_escalated: bool
    evaluation_id: str
    rulebook_hash: str
    as_of_date: _date_pb2.Date
    evidence_record_time: _timestamp_pb2.Timestamp
    state: _rules_pb2.Concern.State
    owner: str
    next_date: _date_pb2.Date
    moved_by: str
    alert_act_time: _timestamp_pb2.Timestamp
    evidence_ids: _containers.RepeatedScalarFieldContainer[str]
    left_change_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, concern_id: _Optional[str] = ..., safeguarder_id: _Optional[str] = ..., rule: _Optional[str] = ..., subject: _Optional[str] = ..., standards: _Optional[_Iterable[str]] = ..., lane: _Optional[_Union[_rules_pb2.Lane, str]] = ..., window_start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., tell: _Optional[str] = ..., respond_within_working_days: _Optional[int] = ..., session_within_working_days: _Optional[int] = ..., quiet_if_escalated: _Optional[bool] = ..., evaluation_id: _Optional[str] = ..., rulebook_hash: _Optional[str] = ..., as_of_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., evidence_record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., state: _Optional[_Union[_rules_pb2.Concern.State, str]] = ..., owner: _Optional[str] = ..., next_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., moved_by: _Optional[str] = ..., alert_act_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., evidence_ids: _Optional[_Iterable[str]] = ..., left_change_ids: _Optional[_Iterable[str]] = ...) -> None: ...
