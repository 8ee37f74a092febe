import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ListTimelineEntriesRequest(_message.Message):
    __slots__ = ("parent", "page_size", "after_place", "standard", "source", "kind", "polarity")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    AFTER_PLACE_FIELD_NUMBER: _ClassVar[int]
    STANDARD_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    POLARITY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    after_place: str
    standard: str
    source: str
    kind: str
    polarity: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., after_place: _Optional[str] = ..., standard: _Optional[str] = ..., source: _Optional[str] = ..., kind: _Optional[str] = ..., polarity: _Optional[str] = ...) -> None: ...

class ListTimelineEntriesResponse(_message.Message):
    __slots__ = ("entries", "next_place")
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PLACE_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[TimelineEntry]
    next_place: str
    def __init__(self, entries: _Optional[_Iterable[_Union[TimelineEntry, _Mapping]]] = ..., next_place: _Optional[str] = ...) -> None: ...

class TimelineEntry(_message.Message):
    __slots__ = ("name", "what", "kind", "event_date", "record_time", "person", "standards", "source", "polarities", "word", "sentence", "corrects", "corrected_by", "place")
    class What(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        WHAT_UNSPECIFIED: _ClassVar[TimelineEntry.What]
        WHAT_ITEM_RECORDED: _ClassVar[TimelineEntry.What]
        WHAT_ITEM_READ: _ClassVar[TimelineEntry.What]
        WHAT_ITEM_SHARED: _ClassVar[TimelineEntry.What]
        WHAT_ITEM_REPLIED: _ClassVar[TimelineEntry.What]
        WHAT_COMPLAINT_DECIDED: _ClassVar[TimelineEntry.What]
        WHAT_ITEM_CORRECTED: _ClassVar[TimelineEntry.What]
        WHAT_ITEM_WITHDRAWN: _ClassVar[TimelineEntry.What]
        WHAT_COMPLAINT_MOVED: _ClassVar[TimelineEntry.What]
        WHAT_DECISION_RECORDED: _ClassVar[TimelineEntry.What]
        WHAT_DECISION_CORRECTED: _ClassVar[TimelineEntry.What]
        WHAT_AWAY: _ClassVar[TimelineEntry.What]
        WHAT_SUSPENSION_LIFTED: _ClassVar[TimelineEntry.What]
        WHAT_RECORD_SHARED: _ClassVar[TimelineEntry.What]
        WHAT_RECORD_ANSWERED: _ClassVar[TimelineEntry.What]
        WHAT_RECORD_CLOSED: _ClassVar[TimelineEntry.What]
        WHAT_RECORD_CORRECTED: _ClassVar[TimelineEntry.What]
        WHAT_PLAN_IN_FORCE: _ClassVar[TimelineEntry.What]
        WHAT_ACTIONS_REVIEWED: _ClassVar[TimelineEntry.What]
        WHAT_ACTION_REVIEW_CORRECTED: _ClassVar[TimelineEntry.What]
        WHAT_REVIEW_ASKED: _ClassVar[TimelineEntry.What]
        WHAT_REVIEW_ENDED: _ClassVar[TimelineEntry.What]
        WHAT_REPORT_SAMPLED: _ClassVar[TimelineEntry.What]
        WHAT_RECOMMENDATION_SHARED: _ClassVar[TimelineEntry.What]
        WHAT_RECOMMENDATION_DECIDED: _ClassVar[TimelineEntry.What]
        WHAT_MATTER_RAISED: _ClassVar[TimelineEntry.What]
        WHAT_MATTER_MOVED: _ClassVar[TimelineEntry.What]
        WHAT_RULE_SET_ASIDE: _ClassVar[TimelineEntry.What]
        WHAT_RULE_BACK: _ClassVar[TimelineEntry.What]
        WHAT_SESSION_PROPOSED: _ClassVar[TimelineEntry.What]
        WHAT_SESSION_CONFIRMED: _ClassVar[TimelineEntry.What]
        WHAT_SESSION_HELD: _ClassVar[TimelineEntry.What]
        WHAT_SESSION_NOT_HELD: _ClassVar[TimelineEntry.What]
        WHAT_SESSION_MOVED: _ClassVar[TimelineEntry.What]
        WHAT_SESSION_CANCELLED: _ClassVar[TimelineEntry.What]
        WHAT_TRAINING_ATTENDED: _ClassVar[TimelineEntry.What]
        WHAT_MANAGER_ALLOCATED: _ClassVar[TimelineEntry.What]
        WHAT_DELEGATED: _ClassVar[TimelineEntry.What]
        WHAT_MESSAGE_SENT: _ClassVar[TimelineEntry.What]
    WHAT_UNSPECIFIED: TimelineEntry.What
    WHAT_ITEM_RECORDED: TimelineEntry.What
    WHAT_ITEM_READ: TimelineEntry.What
    WHAT_ITEM_SHARED: TimelineEntry.What
    WHAT_ITEM_REPLIED: TimelineEntry.What
    WHAT_COMPLAINT_DECIDED: TimelineEntry.What
    WHAT_ITEM_CORRECTED: TimelineEntry.What
    WHAT_ITEM_WITHDRAWN: TimelineEntry.What
    WHAT_COMPLAINT_MOVED: TimelineEntry.What
    WHAT_DECISION_RECORDED: TimelineEntry.What
    WHAT_DECISION_CORRECTED: TimelineEntry.What
    WHAT_AWAY: TimelineEntry.What
    WHAT_SUSPENSION_LIFTED: TimelineEntry.What
    WHAT_RECORD_SHARED: TimelineEntry.What
    WHAT_RECORD_ANSWERED: TimelineEntry.What
    WHAT_RECORD_CLOSED: TimelineEntry.What
    WHAT_RECORD_CORRECTED: TimelineEntry.What
    WHAT_PLAN_IN_FORCE: TimelineEntry.What
    WHAT_ACTIONS_REVIEWED: TimelineEntry.What
    WHAT_ACTION_REVIEW_CORRECTED: TimelineEntry.What
    WHAT_REVIEW_ASKED: TimelineEntry.What
    WHAT_REVIEW_ENDED: TimelineEntry.What
    WHAT_REPORT_SAMPLED: TimelineEntry.What
    WHAT_RECOMMENDATION_SHARED: TimelineEntry.What
    WHAT_RECOMMENDATION_DECIDED: TimelineEntry.What
    WHAT_MATTER_RAISED: TimelineEntry.What
    WHAT_MATTER_MOVED: TimelineEntry.What
    WHAT_RULE_SET_ASIDE: TimelineEntry.What
    WHAT_RULE_BACK: TimelineEntry.What
    WHAT_SESSION_PROPOSED: TimelineEntry.What
    WHAT_SESSION_CONFIRMED: TimelineEntry.What
    WHAT_SESSION_HELD: TimelineEntry.What
    WHAT_SESSION_NOT_HELD: TimelineEntry.What
    WHAT_SESSION_MOVED: TimelineEntry.What
    WHAT_SESSION_CANCELLED: TimelineEntry.What
    WHAT_TRAINING_ATTENDED: TimelineEntry.What
    WHAT_MANAGER_ALLOCATED: TimelineEntry.What
    WHAT_DELEGATED: TimelineEntry.What
    WHAT_MESSAGE_SENT: TimelineEntry.What
    NAME_FIELD_NUMBER: _ClassVar[int]
    WHAT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    EVENT_DATE_FIELD_NUMBER: _ClassVar[int]
    RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
    PERSON_FIELD_NUMBER: _ClassVar[int]
    STANDARDS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    POLARITIES_FIELD_NUMBER: _ClassVar[int]
    WORD_FIELD_NUMBER: _ClassVar[int]
    SENTENCE_FIELD_NUMBER: _ClassVar[int]
    CORRECTS_FIELD_NUMBER: _ClassVar[int]
    CORRECTED_BY_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    name: str
    what: TimelineEntry.What
    kind: str
    event_date: _date_pb2.Date
    record_time: _timestamp_pb2.Timestamp
    person: str
    standards: _containers.RepeatedScalarFieldContainer[str]
    source: str
    polarities: _containers.RepeatedScalarFieldContainer[str]
    word: str
    sentence: str
    corrects: str
    corrected_by: str
    place: str
    def __init__(self, name: _Optional[str] = ..., what: _Optional[_Union[TimelineEntry.What, str]] = ..., kind: _Optional[str] = ..., event_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., person: _Optional[str] = ..., standards: _Optional[_Iterable[str]] = ..., source: _Optional[str] = ..., polarities: _Optional[_Iterable[str]] = ..., word: _Optional[str] = ..., sentence: _Optional[str] = ..., corrects: _Optional[str] = ..., corrected_by: _Optional[str] = ..., place: _Optional[str] = ...) -> None: ...
