from google.type import date_pb2 as _date_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ReportRuleTrialsRequest(_message.Message):
    __slots__ = ("rule",)
    RULE_FIELD_NUMBER: _ClassVar[int]
    rule: str
    def __init__(self, rule: _Optional[str] = ...) -> None: ...

class ReportRuleTrialsResponse(_message.Message):
    __slots__ = ("rule_trials", "rulebook_hash")
    RULE_TRIALS_FIELD_NUMBER: _ClassVar[int]
    RULEBOOK_HASH_FIELD_NUMBER: _ClassVar[int]
    rule_trials: _containers.RepeatedCompositeFieldContainer[RuleTrial]
    rulebook_hash: str
    def __init__(self, rule_trials: _Optional[_Iterable[_Union[RuleTrial, _Mapping]]] = ..., rulebook_hash: _Optional[str] = ...) -> None: ...

class RuleTrial(_message.Message):
    __slots__ = ("rule", "title", "start_date", "people", "people_raised", "first_raise_date", "last_raise_date", "raised", "not_raised", "still_raised")
    RULE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    PEOPLE_FIELD_NUMBER: _ClassVar[int]
    PEOPLE_RAISED_FIELD_NUMBER: _ClassVar[int]
    FIRST_RAISE_DATE_FIELD_NUMBER: _ClassVar[int]
    LAST_RAISE_DATE_FIELD_NUMBER: _ClassVar[int]
    RAISED_FIELD_NUMBER: _ClassVar[int]
    NOT_RAISED_FIELD_NUMBER: _ClassVar[int]
    STILL_RAISED_FIELD_NUMBER: _ClassVar[int]
    rule: str
    title: str
    start_date: _date_pb2.Date
    people: int
    people_raised: int
    first_raise_date: _date_pb2.Date
    last_raise_date: _date_pb2.Date
    raised: TrialDecisions
    not_raised: TrialDecisions
    still_raised: int
    def __init__(self, rule: _Optional[str] = ..., title: _Optional[str] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., people: _Optional[int] = ..., people_raised: _Optional[int] = ..., first_raise_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., last_raise_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., raised: _Optional[_Union[TrialDecisions, _Mapping]] = ..., not_raised: _Optional[_Union[TrialDecisions, _Mapping]] = ..., still_raised: _Optional[int] = ...) -> None: ...

class TrialDecisions(_message.Message):
    __slots__ = ("matters", "taken_on", "set_aside", "dismissed", "undecided", "no_concern")
    MATTERS_FIELD_NUMBER: _ClassVar[int]
    TAKEN_ON_FIELD_NUMBER: _ClassVar[int]
    SET_ASIDE_FIELD_NUMBER: _ClassVar[int]
    DISMISSED_FIELD_NUMBER: _ClassVar[int]
    UNDECIDED_FIELD_NUMBER: _ClassVar[int]
    NO_CONCERN_FIELD_NUMBER: _ClassVar[int]
    matters: int
    taken_on: int
    set_aside: int
    dismissed: int
    undecided: int
    no_concern: int
    def __init__(self, matters: _Optional[int] = ..., taken_on: _Optional[int] = ..., set_aside: _Optional[int] = ..., dismissed: _Optional[int] = ..., undecided: _Optional[int] = ..., no_concern: _Optional[int] = ...) -> None: ...
