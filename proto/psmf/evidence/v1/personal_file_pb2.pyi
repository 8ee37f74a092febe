import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from psmf.evidence.v1 import development_plans_pb2 as _development_plans_pb2
from psmf.evidence.v1 import evidence_pb2 as _evidence_pb2
from psmf.evidence.v1 import session_records_pb2 as _session_records_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetMyStandingRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class MyStanding(_message.Message):
    __slots__ = ("name", "as_of_date", "since_date", "edition", "standards", "actions", "due", "support_manager", "sources", "more_is_open")
    NAME_FIELD_NUMBER: _ClassVar[int]
    AS_OF_DATE_FIELD_NUMBER: _ClassVar[int]
    SINCE_DATE_FIELD_NUMBER: _ClassVar[int]
    EDITION_FIELD_NUMBER: _ClassVar[int]
    STANDARDS_FIELD_NUMBER: _ClassVar[int]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    DUE_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_MANAGER_FIELD_NUMBER: _ClassVar[int]
    SOURCES_FIELD_NUMBER: _ClassVar[int]
    MORE_IS_OPEN_FIELD_NUMBER: _ClassVar[int]
    name: str
    as_of_date: _date_pb2.Date
    since_date: _date_pb2.Date
    edition: str
    standards: _containers.RepeatedCompositeFieldContainer[StandardStanding]
    actions: _containers.RepeatedCompositeFieldContainer[_development_plans_pb2.Action]
    due: _containers.RepeatedCompositeFieldContainer[Due]
    support_manager: str
    sources: _containers.RepeatedCompositeFieldContainer[StandingSource]
    more_is_open: bool
    def __init__(self, name: _Optional[str] = ..., as_of_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., since_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., edition: _Optional[str] = ..., standards: _Optional[_Iterable[_Union[StandardStanding, _Mapping]]] = ..., actions: _Optional[_Iterable[_Union[_development_plans_pb2.Action, _Mapping]]] = ..., due: _Optional[_Iterable[_Union[Due, _Mapping]]] = ..., support_manager: _Optional[str] = ..., sources: _Optional[_Iterable[_Union[StandingSource, _Mapping]]] = ..., more_is_open: _Optional[bool] = ...) -> None: ...

class StandardStanding(_message.Message):
    __slots__ = ("standard", "word", "under_review", "items", "concerns", "actions", "ways", "last_view")
    class Word(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        WORD_UNSPECIFIED: _ClassVar[StandardStanding.Word]
        WORD_MET: _ClassVar[StandardStanding.Word]
        WORD_DEVELOPING: _ClassVar[StandardStanding.Word]
        WORD_CONCERN: _ClassVar[StandardStanding.Word]
        WORD_NOT_ENOUGH_EVIDENCE: _ClassVar[StandardStanding.Word]
    WORD_UNSPECIFIED: StandardStanding.Word
    WORD_MET: StandardStanding.Word
    WORD_DEVELOPING: StandardStanding.Word
    WORD_CONCERN: StandardStanding.Word
    WORD_NOT_ENOUGH_EVIDENCE: StandardStanding.Word
    STANDARD_FIELD_NUMBER: _ClassVar[int]
    WORD_FIELD_NUMBER: _ClassVar[int]
    UNDER_REVIEW_FIELD_NUMBER: _ClassVar[int]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    CONCERNS_FIELD_NUMBER: _ClassVar[int]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    WAYS_FIELD_NUMBER: _ClassVar[int]
    LAST_VIEW_FIELD_NUMBER: _ClassVar[int]
    standard: str
    word: StandardStanding.Word
    under_review: bool
    items: _containers.RepeatedCompositeFieldContainer[StandingItem]
    concerns: _containers.RepeatedScalarFieldContainer[str]
    actions: _containers.RepeatedScalarFieldContainer[str]
    ways: _containers.RepeatedCompositeFieldContainer[WayToShow]
    last_view: LastView
    def __init__(self, standard: _Optional[str] = ..., word: _Optional[_Union[StandardStanding.Word, str]] = ..., under_review: _Optional[bool] = ..., items: _Optional[_Iterable[_Union[StandingItem, _Mapping]]] = ..., concerns: _Optional[_Iterable[str]] = ..., actions: _Optional[_Iterable[str]] = ..., ways: _Optional[_Iterable[_Union[WayToShow, _Mapping]]] = ..., last_view: _Optional[_Union[LastView, _Mapping]] = ...) -> None: ...

class StandingItem(_message.Message):
    __slots__ = ("name", "kind", "received_date", "polarities", "counts", "reply_due_date")
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_DATE_FIELD_NUMBER: _ClassVar[int]
    POLARITIES_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    REPLY_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: _evidence_pb2.EvidenceKind
    received_date: _date_pb2.Date
    polarities: _containers.RepeatedScalarFieldContainer[_evidence_pb2.Polarity]
    counts: bool
    reply_due_date: _date_pb2.Date
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[_evidence_pb2.EvidenceKind, str]] = ..., received_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., polarities: _Optional[_Iterable[_Union[_evidence_pb2.Polarity, str]]] = ..., counts: _Optional[bool] = ..., reply_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class WayToShow(_message.Message):
    __slots__ = ("way", "words")
    WAY_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    way: str
    words: str
    def __init__(self, way: _Optional[str] = ..., words: _Optional[str] = ...) -> None: ...

class LastView(_message.Message):
    __slots__ = ("word", "held_date", "record", "disputed")
    WORD_FIELD_NUMBER: _ClassVar[int]
    HELD_DATE_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    DISPUTED_FIELD_NUMBER: _ClassVar[int]
    word: _session_records_pb2.StandardView.Word
    held_date: _date_pb2.Date
    record: str
    disputed: bool
    def __init__(self, word: _Optional[_Union[_session_records_pb2.StandardView.Word, str]] = ..., held_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., record: _Optional[str] = ..., disputed: _Optional[bool] = ...) -> None: ...

class StandingSource(_message.Message):
    __slots__ = ("service", "state", "known_time")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[StandingSource.State]
        STATE_KNOWN: _ClassVar[StandingSource.State]
        STATE_NEVER_TOLD: _ClassVar[StandingSource.State]
        STATE_WAITS: _ClassVar[StandingSource.State]
    STATE_UNSPECIFIED: StandingSource.State
    STATE_KNOWN: StandingSource.State
    STATE_NEVER_TOLD: StandingSource.State
    STATE_WAITS: StandingSource.State
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    KNOWN_TIME_FIELD_NUMBER: _ClassVar[int]
    service: str
    state: StandingSource.State
    known_time: _timestamp_pb2.Timestamp
    def __init__(self, service: _Optional[str] = ..., state: _Optional[_Union[StandingSource.State, str]] = ..., known_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Due(_message.Message):
    __slots__ = ("kind", "owed_by", "about", "due_date", "stands_still", "passed")
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[Due.Kind]
        KIND_REPLY: _ClassVar[Due.Kind]
        KIND_ANSWER_RECORD: _ClassVar[Due.Kind]
        KIND_ANSWER_ACTION: _ClassVar[Due.Kind]
        KIND_ANSWER_SUPPORT: _ClassVar[Due.Kind]
        KIND_SAY_RECEIVED: _ClassVar[Due.Kind]
        KIND_GIVE_VIEW: _ClassVar[Due.Kind]
        KIND_CONFIRM_PLAN: _ClassVar[Due.Kind]
        KIND_ADMIT_LATE_ITEM: _ClassVar[Due.Kind]
        KIND_ACTION: _ClassVar[Due.Kind]
        KIND_LOOK_AT_COMPLETION: _ClassVar[Due.Kind]
        KIND_REVIEW_ACTION: _ClassVar[Due.Kind]
        KIND_DELIVER_SUPPORT: _ClassVar[Due.Kind]
        KIND_SHARE_RECORD: _ClassVar[Due.Kind]
        KIND_RESPOND_TO_DISPUTE: _ClassVar[Due.Kind]
        KIND_FINALISE_PLAN: _ClassVar[Due.Kind]
        KIND_ACKNOWLEDGE_APPROACH: _ClassVar[Due.Kind]
        KIND_REPRESENTATIONS: _ClassVar[Due.Kind]
    KIND_UNSPECIFIED: Due.Kind
    KIND_REPLY: Due.Kind
    KIND_ANSWER_RECORD: Due.Kind
    KIND_ANSWER_ACTION: Due.Kind
    KIND_ANSWER_SUPPORT: Due.Kind
    KIND_SAY_RECEIVED: Due.Kind
    KIND_GIVE_VIEW: Due.Kind
    KIND_CONFIRM_PLAN: Due.Kind
    KIND_ADMIT_LATE_ITEM: Due.Kind
    KIND_ACTION: Due.Kind
    KIND_LOOK_AT_COMPLETION: Due.Kind
    KIND_REVIEW_ACTION: Due.Kind
    KIND_DELIVER_SUPPORT: Due.Kind
    KIND_SHARE_RECORD: Due.Kind
    KIND_RESPOND_TO_DISPUTE: Due.Kind
    KIND_FINALISE_PLAN: Due.Kind
    KIND_ACKNOWLEDGE_APPROACH: Due.Kind
    KIND_REPRESENTATIONS: Due.Kind
    class OwedBy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        OWED_BY_UNSPECIFIED: _ClassVar[Due.OwedBy]
        OWED_BY_SAFEGUARDER: _ClassVar[Due.OwedBy]
        OWED_BY_SUPPORT_MANAGER: _ClassVar[Due.OwedBy]
        OWED_BY_PANEL_TEAM: _ClassVar[Due.OwedBy]
    OWED_BY_UNSPECIFIED: Due.OwedBy
    OWED_BY_SAFEGUARDER: Due.OwedBy
    OWED_BY_SUPPORT_MANAGER: Due.OwedBy
    OWED_BY_PANEL_TEAM: Due.OwedBy
    KIND_FIELD_NUMBER: _ClassVar[int]
    OWED_BY_FIELD_NUMBER: _ClassVar[int]
    ABOUT_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    STANDS_STILL_FIELD_NUMBER: _ClassVar[int]
    PASSED_FIELD_NUMBER: _ClassVar[int]
    kind: Due.Kind
    owed_by: Due.OwedBy
    about: str
    due_date: _date_pb2.Date
    stands_still: bool
    passed: bool
    def __init__(self, kind: _Optional[_Union[Due.Kind, str]] = ..., owed_by: _Optional[_Union[Due.OwedBy, str]] = ..., about: _Optional[str] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., stands_still: _Optional[bool] = ..., passed: _Optional[bool] = ...) -> None: ...

class ListWaitingForMeRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class ListWaitingForMeResponse(_message.Message):
    __slots__ = ("waiting", "sources")
    WAITING_FIELD_NUMBER: _ClassVar[int]
    SOURCES_FIELD_NUMBER: _ClassVar[int]
    waiting: _containers.RepeatedCompositeFieldContainer[Waiting]
    sources: _containers.RepeatedCompositeFieldContainer[StandingSource]
    def __init__(self, waiting: _Optional[_Iterable[_Union[Waiting, _Mapping]]] = ..., sources: _Optional[_Iterable[_Union[StandingSource, _Mapping]]] = ...) -> None: ...

class Waiting(_message.Message):
    __slots__ = ("due", "if_nothing", "method")
    DUE_FIELD_NUMBER: _ClassVar[int]
    IF_NOTHING_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    due: Due
    if_nothing: str
    method: str
    def __init__(self, due: _Optional[_Union[Due, _Mapping]] = ..., if_nothing: _Optional[str] = ..., method: _Optional[str] = ...) -> None: ...

class GetHandoverRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class Handover(_message.Message):
    __slots__ = ("name", "standing", "carried", "team_owes")
    NAME_FIELD_NUMBER: _ClassVar[int]
    STANDING_FIELD_NUMBER: _ClassVar[int]
    CARRIED_FIELD_NUMBER: _ClassVar[int]
    TEAM_OWES_FIELD_NUMBER: _ClassVar[int]
    name: str
    standing: MyStanding
    carried: _containers.RepeatedCompositeFieldContainer[CarriedOver]
    team_owes: _containers.RepeatedCompositeFieldContainer[Due]
    def __init__(self, name: _Optional[str] = ..., standing: _Optional[_Union[MyStanding, _Mapping]] = ..., carried: _Optional[_Iterable[_Union[CarriedOver, _Mapping]]] = ..., team_owes: _Optional[_Iterable[_Union[Due, _Mapping]]] = ...) -> None: ...

class CarriedOver(_message.Message):
    __slots__ = ("about", "record", "held_date", "disputed", "words")
    ABOUT_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    HELD_DATE_FIELD_NUMBER: _ClassVar[int]
    DISPUTED_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    about: str
    record: str
    held_date: _date_pb2.Date
    disputed: bool
    words: str
    def __init__(self, about: _Optional[str] = ..., record: _Optional[str] = ..., held_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., disputed: _Optional[bool] = ..., words: _Optional[str] = ...) -> None: ...
