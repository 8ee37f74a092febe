import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from psmf.rules.v1 import concern_moves_pb2 as _concern_moves_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Lane(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LANE_UNSPECIFIED: _ClassVar[Lane]
    LANE_SUPPORT_NEED: _ClassVar[Lane]
    LANE_ESCALATION: _ClassVar[Lane]
    LANE_REAPPOINTMENT_RISK: _ClassVar[Lane]
    LANE_SAFETY: _ClassVar[Lane]
    LANE_EXCELLENCE: _ClassVar[Lane]
    LANE_DATA_GAP: _ClassVar[Lane]

class Answer(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ANSWER_UNSPECIFIED: _ClassVar[Answer]
    ANSWER_RAISED: _ClassVar[Answer]
    ANSWER_WATCHING: _ClassVar[Answer]
    ANSWER_CLEAR: _ClassVar[Answer]
    ANSWER_NOT_ENOUGH_EVIDENCE: _ClassVar[Answer]
    ANSWER_HELD_BACK: _ClassVar[Answer]

class ConcernReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONCERN_REASON_UNSPECIFIED: _ClassVar[ConcernReason]
    CONCERN_REASON_NO_LONGER_APPLIES: _ClassVar[ConcernReason]
    CONCERN_REASON_DISCUSSED: _ClassVar[ConcernReason]
    CONCERN_REASON_SUPPORT_GIVEN: _ClassVar[ConcernReason]
    CONCERN_REASON_EXPLAINED: _ClassVar[ConcernReason]
    CONCERN_REASON_RULE_NOT_FITTING: _ClassVar[ConcernReason]
    CONCERN_REASON_ACKNOWLEDGED_IN_SESSION: _ClassVar[ConcernReason]
    CONCERN_REASON_IMPROVED: _ClassVar[ConcernReason]
    CONCERN_REASON_DECIDED: _ClassVar[ConcernReason]
    CONCERN_REASON_GAP_FILLED: _ClassVar[ConcernReason]
    CONCERN_REASON_REVIEW_UPHELD: _ClassVar[ConcernReason]
LANE_UNSPECIFIED: Lane
LANE_SUPPORT_NEED: Lane
LANE_ESCALATION: Lane
LANE_REAPPOINTMENT_RISK: Lane
LANE_SAFETY: Lane
LANE_EXCELLENCE: Lane
LANE_DATA_GAP: Lane
ANSWER_UNSPECIFIED: Answer
ANSWER_RAISED: Answer
ANSWER_WATCHING: Answer
ANSWER_CLEAR: Answer
ANSWER_NOT_ENOUGH_EVIDENCE: Answer
ANSWER_HELD_BACK: Answer
CONCERN_REASON_UNSPECIFIED: ConcernReason
CONCERN_REASON_NO_LONGER_APPLIES: ConcernReason
CONCERN_REASON_DISCUSSED: ConcernReason
CONCERN_REASON_SUPPORT_GIVEN: ConcernReason
CONCERN_REASON_EXPLAINED: ConcernReason
CONCERN_REASON_RULE_NOT_FITTING: ConcernReason
CONCERN_REASON_ACKNOWLEDGED_IN_SESSION: ConcernReason
CONCERN_REASON_IMPROVED: ConcernReason
CONCERN_REASON_DECIDED: ConcernReason
CONCERN_REASON_GAP_FILLED: ConcernReason
CONCERN_REASON_REVIEW_UPHELD: ConcernReason

class StandardsEdition(_message.Message):
    __slots__ = ("name", "title", "effective_date", "legal_basis", "standards", "edition_before", "crosswalk")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_DATE_FIELD_NUMBER: _ClassVar[int]
    LEGAL_BASIS_FIELD_NUMBER: _ClassVar[int]
    STANDARDS_FIELD_NUMBER: _ClassVar[int]
    EDITION_BEFORE_FIELD_NUMBER: _ClassVar[int]
    CROSSWALK_FIELD_NUMBER: _ClassVar[int]
    name: str
    title: str
    effective_date: _date_pb2.Date
    legal_basis: str
    standards: _containers.RepeatedCompositeFieldContainer[Standard]
    edition_before: str
    crosswalk: _containers.RepeatedCompositeFieldContainer[Correspondence]
    def __init__(self, name: _Optional[str] = ..., title: _Optional[str] = ..., effective_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., legal_basis: _Optional[str] = ..., standards: _Optional[_Iterable[_Union[Standard, _Mapping]]] = ..., edition_before: _Optional[str] = ..., crosswalk: _Optional[_Iterable[_Union[Correspondence, _Mapping]]] = ...) -> None: ...

class Correspondence(_message.Message):
    __slots__ = ("before", "became")
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    BECAME_FIELD_NUMBER: _ClassVar[int]
    before: str
    became: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, before: _Optional[str] = ..., became: _Optional[_Iterable[str]] = ...) -> None: ...

class Standard(_message.Message):
    __slots__ = ("standard", "title", "text", "indicators")
    STANDARD_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    INDICATORS_FIELD_NUMBER: _ClassVar[int]
    standard: str
    title: str
    text: str
    indicators: _containers.RepeatedCompositeFieldContainer[Indicator]
    def __init__(self, standard: _Optional[str] = ..., title: _Optional[str] = ..., text: _Optional[str] = ..., indicators: _Optional[_Iterable[_Union[Indicator, _Mapping]]] = ...) -> None: ...

class Indicator(_message.Message):
    __slots__ = ("indicator", "title", "basis")
    INDICATOR_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    indicator: str
    title: str
    basis: str
    def __init__(self, indicator: _Optional[str] = ..., title: _Optional[str] = ..., basis: _Optional[str] = ...) -> None: ...

class GetStandardsEditionRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListStandardsEditionsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListStandardsEditionsResponse(_message.Message):
    __slots__ = ("standards_editions",)
    STANDARDS_EDITIONS_FIELD_NUMBER: _ClassVar[int]
    standards_editions: _containers.RepeatedCompositeFieldContainer[StandardsEdition]
    def __init__(self, standards_editions: _Optional[_Iterable[_Union[StandardsEdition, _Mapping]]] = ...) -> None: ...

class PracticeNote(_message.Message):
    __slots__ = ("name", "title", "means", "about", "stage", "stage_date", "effective_date", "acknowledge_date", "unclear", "why", "source")
    class Stage(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STAGE_UNSPECIFIED: _ClassVar[PracticeNote.Stage]
        STAGE_ACCEPTED: _ClassVar[PracticeNote.Stage]
        STAGE_CONSULTATION: _ClassVar[PracticeNote.Stage]
        STAGE_DECIDED: _ClassVar[PracticeNote.Stage]
        STAGE_PUBLISHED: _ClassVar[PracticeNote.Stage]
        STAGE_EFFECTIVE: _ClassVar[PracticeNote.Stage]
        STAGE_WITHDRAWN: _ClassVar[PracticeNote.Stage]
    STAGE_UNSPECIFIED: PracticeNote.Stage
    STAGE_ACCEPTED: PracticeNote.Stage
    STAGE_CONSULTATION: PracticeNote.Stage
    STAGE_DECIDED: PracticeNote.Stage
    STAGE_PUBLISHED: PracticeNote.Stage
    STAGE_EFFECTIVE: PracticeNote.Stage
    STAGE_WITHDRAWN: PracticeNote.Stage
    NAME_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    MEANS_FIELD_NUMBER: _ClassVar[int]
    ABOUT_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    STAGE_DATE_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_DATE_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGE_DATE_FIELD_NUMBER: _ClassVar[int]
    UNCLEAR_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    name: str
    title: str
    means: str
    about: _containers.RepeatedScalarFieldContainer[str]
    stage: PracticeNote.Stage
    stage_date: _date_pb2.Date
    effective_date: _date_pb2.Date
    acknowledge_date: _date_pb2.Date
    unclear: bool
    why: str
    source: str
    def __init__(self, name: _Optional[str] = ..., title: _Optional[str] = ..., means: _Optional[str] = ..., about: _Optional[_Iterable[str]] = ..., stage: _Optional[_Union[PracticeNote.Stage, str]] = ..., stage_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., effective_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., acknowledge_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., unclear: _Optional[bool] = ..., why: _Optional[str] = ..., source: _Optional[str] = ...) -> None: ...

class ListPracticeNotesRequest(_message.Message):
    __slots__ = ("as_of_date",)
    AS_OF_DATE_FIELD_NUMBER: _ClassVar[int]
    as_of_date: _date_pb2.Date
    def __init__(self, as_of_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class ListPracticeNotesResponse(_message.Message):
    __slots__ = ("practice_notes",)
    PRACTICE_NOTES_FIELD_NUMBER: _ClassVar[int]
    practice_notes: _containers.RepeatedCompositeFieldContainer[PracticeNote]
    def __init__(self, practice_notes: _Optional[_Iterable[_Union[PracticeNote, _Mapping]]] = ...) -> None: ...

class GetRulebookRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ReloadRulebookRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Rulebook(_message.Message):
    __slots__ = ("hash", "load_time", "rules", "refused", "waiting_hash")
    HASH_FIELD_NUMBER: _ClassVar[int]
    LOAD_TIME_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    REFUSED_FIELD_NUMBER: _ClassVar[int]
    WAITING_HASH_FIELD_NUMBER: _ClassVar[int]
    hash: str
    load_time: _timestamp_pb2.Timestamp
    rules: int
    refused: _containers.RepeatedScalarFieldContainer[str]
    waiting_hash: str
    def __init__(self, hash: _Optional[str] = ..., load_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., rules: _Optional[int] = ..., refused: _Optional[_Iterable[str]] = ..., waiting_hash: _Optional[str] = ...) -> None: ...

class ListRulesRequest(_message.Message):
    __slots__ = ("as_of_date", "full")
    AS_OF_DATE_FIELD_NUMBER: _ClassVar[int]
    FULL_FIELD_NUMBER: _ClassVar[int]
    as_of_date: _date_pb2.Date
    full: bool
    def __init__(self, as_of_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., full: _Optional[bool] = ...) -> None: ...

class ListRulesResponse(_message.Message):
    __slots__ = ("rules", "rulebook_hash")
    RULES_FIELD_NUMBER: _ClassVar[int]
    RULEBOOK_HASH_FIELD_NUMBER: _ClassVar[int]
    rules: _containers.RepeatedCompositeFieldContainer[Rule]
    rulebook_hash: str
    def __init__(self, rules: _Optional[_Iterable[_Union[Rule, _Mapping]]] = ..., rulebook_hash: _Optional[str] = ...) -> None: ...

class Rule(_message.Message):
    __slots__ = ("rule", "title", "lane", "standards", "source", "conditions", "lines", "practice_note", "examples", "times_raised", "raised_withheld")
    RULE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    LANE_FIELD_NUMBER: _ClassVar[int]
    STANDARDS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    CONDITIONS_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    PRACTICE_NOTE_FIELD_NUMBER: _ClassVar[int]
    EXAMPLES_FIELD_NUMBER: _ClassVar[int]
    TIMES_RAISED_FIELD_NUMBER: _ClassVar[int]
    RAISED_WITHHELD_FIELD_NUMBER: _ClassVar[int]
    rule: str
    title: str
    lane: Lane
    standards: _containers.RepeatedScalarFieldContainer[str]
    source: str
    conditions: _containers.RepeatedScalarFieldContainer[str]
    lines: _containers.RepeatedCompositeFieldContainer[Line]
    practice_note: str
    examples: _containers.RepeatedCompositeFieldContainer[RuleExample]
    times_raised: int
    raised_withheld: bool
    def __init__(self, rule: _Optional[str] = ..., title: _Optional[str] = ..., lane: _Optional[_Union[Lane, str]] = ..., standards: _Optional[_Iterable[str]] = ..., source: _Optional[str] = ..., conditions: _Optional[_Iterable[str]] = ..., lines: _Optional[_Iterable[_Union[Line, _Mapping]]] = ..., practice_note: _Optional[str] = ..., examples: _Optional[_Iterable[_Union[RuleExample, _Mapping]]] = ..., times_raised: _Optional[int] = ..., raised_withheld: _Optional[bool] = ...) -> None: ...

class RuleExample(_message.Message):
    __slots__ = ("title", "as_of_date", "answer", "evidence")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    AS_OF_DATE_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    title: str
    as_of_date: _date_pb2.Date
    answer: Answer
    evidence: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, title: _Optional[str] = ..., as_of_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., answer: _Optional[_Union[Answer, str]] = ..., evidence: _Optional[_Iterable[str]] = ...) -> None: ...

class Line(_message.Message):
    __slots__ = ("parameter", "value", "unit", "origin", "why", "from_date")
    PARAMETER_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    FROM_DATE_FIELD_NUMBER: _ClassVar[int]
    parameter: str
    value: int
    unit: str
    origin: str
    why: str
    from_date: _date_pb2.Date
    def __init__(self, parameter: _Optional[str] = ..., value: _Optional[int] = ..., unit: _Optional[str] = ..., origin: _Optional[str] = ..., why: _Optional[str] = ..., from_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class ListParametersRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListParametersResponse(_message.Message):
    __slots__ = ("parameters", "rulebook_hash")
    PARAMETERS_FIELD_NUMBER: _ClassVar[int]
    RULEBOOK_HASH_FIELD_NUMBER: _ClassVar[int]
    parameters: _containers.RepeatedCompositeFieldContainer[Parameter]
    rulebook_hash: str
    def __init__(self, parameters: _Optional[_Iterable[_Union[Parameter, _Mapping]]] = ..., rulebook_hash: _Optional[str] = ...) -> None: ...

class Parameter(_message.Message):
    __slots__ = ("parameter", "means", "unit", "least", "most", "values", "owner", "review_date", "read_by")
    PARAMETER_FIELD_NUMBER: _ClassVar[int]
    MEANS_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    LEAST_FIELD_NUMBER: _ClassVar[int]
    MOST_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    REVIEW_DATE_FIELD_NUMBER: _ClassVar[int]
    READ_BY_FIELD_NUMBER: _ClassVar[int]
    parameter: str
    means: str
    unit: str
    least: int
    most: int
    values: _containers.RepeatedCompositeFieldContainer[DatedValue]
    owner: str
    review_date: _date_pb2.Date
    read_by: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, parameter: _Optional[str] = ..., means: _Optional[str] = ..., unit: _Optional[str] = ..., least: _Optional[int] = ..., most: _Optional[int] = ..., values: _Optional[_Iterable[_Union[DatedValue, _Mapping]]] = ..., owner: _Optional[str] = ..., review_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., read_by: _Optional[_Iterable[str]] = ...) -> None: ...

class DatedValue(_message.Message):
    __slots__ = ("from_date", "value", "origin", "cites", "why")
    FROM_DATE_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    CITES_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    from_date: _date_pb2.Date
    value: int
    origin: str
    cites: str
    why: str
    def __init__(self, from_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., value: _Optional[int] = ..., origin: _Optional[str] = ..., cites: _Optional[str] = ..., why: _Optional[str] = ...) -> None: ...

class EvaluateSafeguarderRequest(_message.Message):
    __slots__ = ("name", "as_of_date", "known_at_time", "without_evidence", "with_items")
    NAME_FIELD_NUMBER: _ClassVar[int]
    AS_OF_DATE_FIELD_NUMBER: _ClassVar[int]
    KNOWN_AT_TIME_FIELD_NUMBER: _ClassVar[int]
    WITHOUT_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    WITH_ITEMS_FIELD_NUMBER: _ClassVar[int]
    name: str
    as_of_date: _date_pb2.Date
    known_at_time: _timestamp_pb2.Timestamp
    without_evidence: _containers.RepeatedScalarFieldContainer[str]
    with_items: _containers.RepeatedCompositeFieldContainer[HypotheticalItem]
    def __init__(self, name: _Optional[str] = ..., as_of_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., known_at_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., without_evidence: _Optional[_Iterable[str]] = ..., with_items: _Optional[_Iterable[_Union[HypotheticalItem, _Mapping]]] = ...) -> None: ...

class HypotheticalItem(_message.Message):
    __slots__ = ("kind", "source", "standard", "indicator", "polarity", "count")
    KIND_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    STANDARD_FIELD_NUMBER: _ClassVar[int]
    INDICATOR_FIELD_NUMBER: _ClassVar[int]
    POLARITY_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    kind: str
    source: str
    standard: str
    indicator: str
    polarity: str
    count: int
    def __init__(self, kind: _Optional[str] = ..., source: _Optional[str] = ..., standard: _Optional[str] = ..., indicator: _Optional[str] = ..., polarity: _Optional[str] = ..., count: _Optional[int] = ...) -> None: ...

class GetEvaluationRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class Evaluation(_message.Message):
    __slots__ = ("name", "as_of_date", "known_at_time", "rulebook_hash", "engines_agree", "answers", "record", "record_hash", "same_as")
    NAME_FIELD_NUMBER: _ClassVar[int]
    AS_OF_DATE_FIELD_NUMBER: _ClassVar[int]
    KNOWN_AT_TIME_FIELD_NUMBER: _ClassVar[int]
    RULEBOOK_HASH_FIELD_NUMBER: _ClassVar[int]
    ENGINES_AGREE_FIELD_NUMBER: _ClassVar[int]
    ANSWERS_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    RECORD_HASH_FIELD_NUMBER: _ClassVar[int]
    SAME_AS_FIELD_NUMBER: _ClassVar[int]
    name: str
    as_of_date: _date_pb2.Date
    known_at_time: _timestamp_pb2.Timestamp
    rulebook_hash: str
    engines_agree: bool
    answers: _containers.RepeatedCompositeFieldContainer[RuleAnswer]
    record: bytes
    record_hash: str
    same_as: str
    def __init__(self, name: _Optional[str] = ..., as_of_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., known_at_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., rulebook_hash: _Optional[str] = ..., engines_agree: _Optional[bool] = ..., answers: _Optional[_Iterable[_Union[RuleAnswer, _Mapping]]] = ..., record: _Optional[bytes] = ..., record_hash: _Optional[str] = ..., same_as: _Optional[str] = ...) -> None: ...

class RuleAnswer(_message.Message):
    __slots__ = ("rule", "subject", "lane", "answer", "explanation")
    RULE_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    LANE_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    EXPLANATION_FIELD_NUMBER: _ClassVar[int]
    rule: str
    subject: str
    lane: Lane
    answer: Answer
    explanation: Explanation
    def __init__(self, rule: _Optional[str] = ..., subject: _Optional[str] = ..., lane: _Optional[_Union[Lane, str]] = ..., answer: _Optional[_Union[Answer, str]] = ..., explanation: _Optional[_Union[Explanation, _Mapping]] = ...) -> None: ...

class Explanation(_message.Message):
    __slots__ = ("because", "comparisons", "counted", "not_counted", "praise", "clears_if", "source", "duties")
    BECAUSE_FIELD_NUMBER: _ClassVar[int]
    COMPARISONS_FIELD_NUMBER: _ClassVar[int]
    COUNTED_FIELD_NUMBER: _ClassVar[int]
    NOT_COUNTED_FIELD_NUMBER: _ClassVar[int]
    PRAISE_FIELD_NUMBER: _ClassVar[int]
    CLEARS_IF_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    DUTIES_FIELD_NUMBER: _ClassVar[int]
    because: str
    comparisons: _containers.RepeatedCompositeFieldContainer[Comparison]
    counted: _containers.RepeatedCompositeFieldContainer[CountedEvidence]
    not_counted: _containers.RepeatedCompositeFieldContainer[UncountedEvidence]
    praise: _containers.RepeatedCompositeFieldContainer[CountedEvidence]
    clears_if: ClearsIf
    source: str
    duties: _containers.RepeatedCompositeFieldContainer[OverdueDuty]
    def __init__(self, because: _Optional[str] = ..., comparisons: _Optional[_Iterable[_Union[Comparison, _Mapping]]] = ..., counted: _Optional[_Iterable[_Union[CountedEvidence, _Mapping]]] = ..., not_counted: _Optional[_Iterable[_Union[UncountedEvidence, _Mapping]]] = ..., praise: _Optional[_Iterable[_Union[CountedEvidence, _Mapping]]] = ..., clears_if: _Optional[_Union[ClearsIf, _Mapping]] = ..., source: _Optional[str] = ..., duties: _Optional[_Iterable[_Union[OverdueDuty, _Mapping]]] = ...) -> None: ...

class OverdueDuty(_message.Message):
    __slots__ = ("duty_id", "kind", "about", "due_date", "text")
    DUTY_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ABOUT_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    duty_id: str
    kind: str
    about: str
    due_date: _date_pb2.Date
    text: str
    def __init__(self, duty_id: _Optional[str] = ..., kind: _Optional[str] = ..., about: _Optional[str] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., text: _Optional[str] = ...) -> None: ...

class Comparison(_message.Message):
    __slots__ = ("text", "measure", "value", "line", "parameter", "margin")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    MEASURE_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    PARAMETER_FIELD_NUMBER: _ClassVar[int]
    MARGIN_FIELD_NUMBER: _ClassVar[int]
    text: str
    measure: str
    value: int
    line: int
    parameter: str
    margin: int
    def __init__(self, text: _Optional[str] = ..., measure: _Optional[str] = ..., value: _Optional[int] = ..., line: _Optional[int] = ..., parameter: _Optional[str] = ..., margin: _Optional[int] = ...) -> None: ...

class CountedEvidence(_message.Message):
    __slots__ = ("evidence_id", "happened_date", "kind", "text", "source", "role")
    class Role(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ROLE_UNSPECIFIED: _ClassVar[CountedEvidence.Role]
        ROLE_COUNTED: _ClassVar[CountedEvidence.Role]
        ROLE_SEEN: _ClassVar[CountedEvidence.Role]
        ROLE_PRAISE: _ClassVar[CountedEvidence.Role]
    ROLE_UNSPECIFIED: CountedEvidence.Role
    ROLE_COUNTED: CountedEvidence.Role
    ROLE_SEEN: CountedEvidence.Role
    ROLE_PRAISE: CountedEvidence.Role
    EVIDENCE_ID_FIELD_NUMBER: _ClassVar[int]
    HAPPENED_DATE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    evidence_id: str
    happened_date: _date_pb2.Date
    kind: str
    text: str
    source: str
    role: CountedEvidence.Role
    def __init__(self, evidence_id: _Optional[str] = ..., happened_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., kind: _Optional[str] = ..., text: _Optional[str] = ..., source: _Optional[str] = ..., role: _Optional[_Union[CountedEvidence.Role, str]] = ...) -> None: ...

class UncountedEvidence(_message.Message):
    __slots__ = ("evidence_id", "happened_date", "reason", "text", "kind", "source")
    EVIDENCE_ID_FIELD_NUMBER: _ClassVar[int]
    HAPPENED_DATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    evidence_id: str
    happened_date: _date_pb2.Date
    reason: str
    text: str
    kind: str
    source: str
    def __init__(self, evidence_id: _Optional[str] = ..., happened_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reason: _Optional[str] = ..., text: _Optional[str] = ..., kind: _Optional[str] = ..., source: _Optional[str] = ...) -> None: ...

class ClearsIf(_message.Message):
    __slots__ = ("text", "remove", "add", "done")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    REMOVE_FIELD_NUMBER: _ClassVar[int]
    ADD_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    text: str
    remove: _containers.RepeatedScalarFieldContainer[str]
    add: _containers.RepeatedCompositeFieldContainer[HypotheticalItem]
    done: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, text: _Optional[str] = ..., remove: _Optional[_Iterable[str]] = ..., add: _Optional[_Iterable[_Union[HypotheticalItem, _Mapping]]] = ..., done: _Optional[_Iterable[str]] = ...) -> None: ...

class Concern(_message.Message):
    __slots__ = ("name", "rule", "subject", "standards", "lane", "state", "closing_proposed", "explanation", "evaluation", "raise_time", "owner", "next_date", "reason", "rulebook_hash", "etag", "course", "steps", "allowed_moves", "quiet", "respond_by_date", "blocked_moves")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Concern.State]
        STATE_RAISED: _ClassVar[Concern.State]
        STATE_ACKNOWLEDGED: _ClassVar[Concern.State]
        STATE_CLOSED: _ClassVar[Concern.State]
        STATE_DISMISSED: _ClassVar[Concern.State]
        STATE_IN_SUPPORT: _ClassVar[Concern.State]
        STATE_REQUIRED_ACTION: _ClassVar[Concern.State]
        STATE_ACTION_REVIEW: _ClassVar[Concern.State]
        STATE_ESCALATED: _ClassVar[Concern.State]
        STATE_RECOMMENDATION: _ClassVar[Concern.State]
        STATE_HELD: _ClassVar[Concern.State]
        STATE_MERGED: _ClassVar[Concern.State]
        STATE_REOPENED: _ClassVar[Concern.State]
        STATE_ACKNOWLEDGED_IN_SESSION: _ClassVar[Concern.State]
        STATE_INVITED_TO_SHARE: _ClassVar[Concern.State]
        STATE_SHARED: _ClassVar[Concern.State]
        STATE_DECLINED: _ClassVar[Concern.State]
    STATE_UNSPECIFIED: Concern.State
    STATE_RAISED: Concern.State
    STATE_ACKNOWLEDGED: Concern.State
    STATE_CLOSED: Concern.State
    STATE_DISMISSED: Concern.State
    STATE_IN_SUPPORT: Concern.State
    STATE_REQUIRED_ACTION: Concern.State
    STATE_ACTION_REVIEW: Concern.State
    STATE_ESCALATED: Concern.State
    STATE_RECOMMENDATION: Concern.State
    STATE_HELD: Concern.State
    STATE_MERGED: Concern.State
    STATE_REOPENED: Concern.State
    STATE_ACKNOWLEDGED_IN_SESSION: Concern.State
    STATE_INVITED_TO_SHARE: Concern.State
    STATE_SHARED: Concern.State
    STATE_DECLINED: Concern.State
    NAME_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    STANDARDS_FIELD_NUMBER: _ClassVar[int]
    LANE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CLOSING_PROPOSED_FIELD_NUMBER: _ClassVar[int]
    EXPLANATION_FIELD_NUMBER: _ClassVar[int]
    EVALUATION_FIELD_NUMBER: _ClassVar[int]
    RAISE_TIME_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    NEXT_DATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    RULEBOOK_HASH_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    COURSE_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    ALLOWED_MOVES_FIELD_NUMBER: _ClassVar[int]
    QUIET_FIELD_NUMBER: _ClassVar[int]
    RESPOND_BY_DATE_FIELD_NUMBER: _ClassVar[int]
    BLOCKED_MOVES_FIELD_NUMBER: _ClassVar[int]
    name: str
    rule: str
    subject: str
    standards: _containers.RepeatedScalarFieldContainer[str]
    lane: Lane
    state: Concern.State
    closing_proposed: bool
    explanation: Explanation
    evaluation: str
    raise_time: _timestamp_pb2.Timestamp
    owner: str
    next_date: _date_pb2.Date
    reason: ConcernReason
    rulebook_hash: str
    etag: str
    course: _concern_moves_pb2.ConcernCourse
    steps: _containers.RepeatedCompositeFieldContainer[ConcernStep]
    allowed_moves: _containers.RepeatedScalarFieldContainer[_concern_moves_pb2.ConcernMove]
    quiet: bool
    respond_by_date: _date_pb2.Date
    blocked_moves: _containers.RepeatedCompositeFieldContainer[BlockedMove]
    def __init__(self, name: _Optional[str] = ..., rule: _Optional[str] = ..., subject: _Optional[str] = ..., standards: _Optional[_Iterable[str]] = ..., lane: _Optional[_Union[Lane, str]] = ..., state: _Optional[_Union[Concern.State, str]] = ..., closing_proposed: _Optional[bool] = ..., explanation: _Optional[_Union[Explanation, _Mapping]] = ..., evaluation: _Optional[str] = ..., raise_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., owner: _Optional[str] = ..., next_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reason: _Optional[_Union[ConcernReason, str]] = ..., rulebook_hash: _Optional[str] = ..., etag: _Optional[str] = ..., course: _Optional[_Union[_concern_moves_pb2.ConcernCourse, _Mapping]] = ..., steps: _Optional[_Iterable[_Union[ConcernStep, _Mapping]]] = ..., allowed_moves: _Optional[_Iterable[_Union[_concern_moves_pb2.ConcernMove, str]]] = ..., quiet: _Optional[bool] = ..., respond_by_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., blocked_moves: _Optional[_Iterable[_Union[BlockedMove, _Mapping]]] = ...) -> None: ...

class BlockedMove(_message.Message):
    __slots__ = ("move", "guard", "sentence")
    MOVE_FIELD_NUMBER: _ClassVar[int]
    GUARD_FIELD_NUMBER: _ClassVar[int]
    SENTENCE_FIELD_NUMBER: _ClassVar[int]
    move: _concern_moves_pb2.ConcernMove
    guard: str
    sentence: str
    def __init__(self, move: _Optional[_Union[_concern_moves_pb2.ConcernMove, str]] = ..., guard: _Optional[str] = ..., sentence: _Optional[str] = ...) -> None: ...

class ConcernStep(_message.Message):
    __slots__ = ("move", "person", "move_time", "from_state", "to_state", "word")
    MOVE_FIELD_NUMBER: _ClassVar[int]
    PERSON_FIELD_NUMBER: _ClassVar[int]
    MOVE_TIME_FIELD_NUMBER: _ClassVar[int]
    FROM_STATE_FIELD_NUMBER: _ClassVar[int]
    TO_STATE_FIELD_NUMBER: _ClassVar[int]
    WORD_FIELD_NUMBER: _ClassVar[int]
    move: _concern_moves_pb2.ConcernMove
    person: str
    move_time: _timestamp_pb2.Timestamp
    from_state: Concern.State
    to_state: Concern.State
    word: str
    def __init__(self, move: _Optional[_Union[_concern_moves_pb2.ConcernMove, str]] = ..., person: _Optional[str] = ..., move_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., from_state: _Optional[_Union[Concern.State, str]] = ..., to_state: _Optional[_Union[Concern.State, str]] = ..., word: _Optional[str] = ...) -> None: ...

class GetConcernRequest(_message.Message):
    __slots__ = ("name", "as_of_date", "known_at_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    AS_OF_DATE_FIELD_NUMBER: _ClassVar[int]
    KNOWN_AT_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    as_of_date: _date_pb2.Date
    known_at_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., as_of_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., known_at_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListConcernsRequest(_message.Message):
    __slots__ = ("parent", "lane", "include_closed", "page_size", "page_token", "as_of_date", "known_at_time", "mine", "states", "due_by_date")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    LANE_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_CLOSED_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    AS_OF_DATE_FIELD_NUMBER: _ClassVar[int]
    KNOWN_AT_TIME_FIELD_NUMBER: _ClassVar[int]
    MINE_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    DUE_BY_DATE_FIELD_NUMBER: _ClassVar[int]
    parent: str
    lane: Lane
    include_closed: bool
    page_size: int
    page_token: str
    as_of_date: _date_pb2.Date
    known_at_time: _timestamp_pb2.Timestamp
    mine: bool
    states: _containers.RepeatedScalarFieldContainer[Concern.State]
    due_by_date: _date_pb2.Date
    def __init__(self, parent: _Optional[str] = ..., lane: _Optional[_Union[Lane, str]] = ..., include_closed: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., as_of_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., known_at_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., mine: _Optional[bool] = ..., states: _Optional[_Iterable[_Union[Concern.State, str]]] = ..., due_by_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class ListConcernsResponse(_message.Message):
    __slots__ = ("concerns", "next_page_token")
    CONCERNS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    concerns: _containers.RepeatedCompositeFieldContainer[Concern]
    next_page_token: str
    def __init__(self, concerns: _Optional[_Iterable[_Union[Concern, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class AcknowledgeConcernRequest(_message.Message):
    __slots__ = ("name", "owner", "next_date", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    NEXT_DATE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    owner: str
    next_date: _date_pb2.Date
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., owner: _Optional[str] = ..., next_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class DismissConcernRequest(_message.Message):
    __slots__ = ("name", "reason", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    reason: ConcernReason
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., reason: _Optional[_Union[ConcernReason, str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class CloseConcernRequest(_message.Message):
    __slots__ = ("name", "reason", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    reason: ConcernReason
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., reason: _Optional[_Union[ConcernReason, str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class EvaluateEveryoneRequest(_message.Message):
    __slots__ = ("request_id", "validate_only")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    validate_only: bool
    def __init__(self, request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class EvaluateEveryoneResponse(_message.Message):
    __slots__ = ("waiting",)
    WAITING_FIELD_NUMBER: _ClassVar[int]
    waiting: int
    def __init__(self, waiting: _Optional[int] = ...) -> None: ...
