import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from psmf.rules.v1 import revisions_pb2 as _revisions_pb2
from psmf.rules.v1 import rules_pb2 as _rules_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Difference(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DIFFERENCE_UNSPECIFIED: _ClassVar[Difference]
    DIFFERENCE_NEWLY_RAISED: _ClassVar[Difference]
    DIFFERENCE_NO_LONGER_RAISED: _ClassVar[Difference]
    DIFFERENCE_EARLIER: _ClassVar[Difference]
    DIFFERENCE_LATER: _ClassVar[Difference]
    DIFFERENCE_LANE_CHANGED: _ClassVar[Difference]
    DIFFERENCE_LASTS_OTHERWISE: _ClassVar[Difference]

class ReplayOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REPLAY_OUTCOME_UNSPECIFIED: _ClassVar[ReplayOutcome]
    REPLAY_OUTCOME_IDENTICAL: _ClassVar[ReplayOutcome]
    REPLAY_OUTCOME_DIFFERENT: _ClassVar[ReplayOutcome]
    REPLAY_OUTCOME_RULEBOOK_MISSING: _ClassVar[ReplayOutcome]
    REPLAY_OUTCOME_UNREADABLE: _ClassVar[ReplayOutcome]
    REPLAY_OUTCOME_ENGINE_UNAVAILABLE: _ClassVar[ReplayOutcome]
DIFFERENCE_UNSPECIFIED: Difference
DIFFERENCE_NEWLY_RAISED: Difference
DIFFERENCE_NO_LONGER_RAISED: Difference
DIFFERENCE_EARLIER: Difference
DIFFERENCE_LATER: Difference
DIFFERENCE_LANE_CHANGED: Difference
DIFFERENCE_LASTS_OTHERWISE: Difference
REPLAY_OUTCOME_UNSPECIFIED: ReplayOutcome
REPLAY_OUTCOME_IDENTICAL: ReplayOutcome
REPLAY_OUTCOME_DIFFERENT: ReplayOutcome
REPLAY_OUTCOME_RULEBOOK_MISSING: ReplayOutcome
REPLAY_OUTCOME_UNREADABLE: ReplayOutcome
REPLAY_OUTCOME_ENGINE_UNAVAILABLE: ReplayOutcome

class SimulateRulebookRequest(_message.Message):
    __slots__ = ("files", "since_date", "until_date", "as_dated", "as_received", "request_id", "validate_only", "on_date", "change", "revision")
    class FilesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    FILES_FIELD_NUMBER: _ClassVar[int]
    SINCE_DATE_FIELD_NUMBER: _ClassVar[int]
    UNTIL_DATE_FIELD_NUMBER: _ClassVar[int]
    AS_DATED_FIELD_NUMBER: _ClassVar[int]
    AS_RECEIVED_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ON_DATE_FIELD_NUMBER: _ClassVar[int]
    CHANGE_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    files: _containers.ScalarMap[str, str]
    since_date: _date_pb2.Date
    until_date: _date_pb2.Date
    as_dated: bool
    as_received: bool
    request_id: str
    validate_only: bool
    on_date: _date_pb2.Date
    change: _revisions_pb2.ParameterChange
    revision: str
    def __init__(self, files: _Optional[_Mapping[str, str]] = ..., since_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., until_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., as_dated: _Optional[bool] = ..., as_received: _Optional[bool] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., on_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., change: _Optional[_Union[_revisions_pb2.ParameterChange, _Mapping]] = ..., revision: _Optional[str] = ...) -> None: ...

class TuneParameterRequest(_message.Message):
    __slots__ = ("parameter", "from_value", "to_value", "step", "since_date", "until_date", "as_received", "request_id", "validate_only")
    PARAMETER_FIELD_NUMBER: _ClassVar[int]
    FROM_VALUE_FIELD_NUMBER: _ClassVar[int]
    TO_VALUE_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    SINCE_DATE_FIELD_NUMBER: _ClassVar[int]
    UNTIL_DATE_FIELD_NUMBER: _ClassVar[int]
    AS_RECEIVED_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parameter: str
    from_value: int
    to_value: int
    step: int
    since_date: _date_pb2.Date
    until_date: _date_pb2.Date
    as_received: bool
    request_id: str
    validate_only: bool
    def __init__(self, parameter: _Optional[str] = ..., from_value: _Optional[int] = ..., to_value: _Optional[int] = ..., step: _Optional[int] = ..., since_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., until_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., as_received: _Optional[bool] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ReplayEvaluationsRequest(_message.Message):
    __slots__ = ("request_id", "validate_only")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    validate_only: bool
    def __init__(self, request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ReplayEvaluationRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetSimulationRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListSimulationsRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "revision", "kind", "mine")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    MINE_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    revision: str
    kind: Simulation.Kind
    mine: bool
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., revision: _Optional[str] = ..., kind: _Optional[_Union[Simulation.Kind, str]] = ..., mine: _Optional[bool] = ...) -> None: ...

class ListSimulationsResponse(_message.Message):
    __slots__ = ("simulations", "next_page_token")
    SIMULATIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    simulations: _containers.RepeatedCompositeFieldContainer[Simulation]
    next_page_token: str
    def __init__(self, simulations: _Optional[_Iterable[_Union[Simulation, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class CancelSimulationRequest(_message.Message):
    __slots__ = ("name", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class Simulation(_message.Message):
    __slots__ = ("name", "kind", "state", "create_time", "expire_time", "done", "total", "rulebook_hash", "candidate_hash", "since_date", "until_date", "as_received", "on_date", "problem", "person", "change", "what_if", "tuning", "replays")
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[Simulation.Kind]
        KIND_WHAT_IF: _ClassVar[Simulation.Kind]
        KIND_TUNING: _ClassVar[Simulation.Kind]
        KIND_REPLAY: _ClassVar[Simulation.Kind]
    KIND_UNSPECIFIED: Simulation.Kind
    KIND_WHAT_IF: Simulation.Kind
    KIND_TUNING: Simulation.Kind
    KIND_REPLAY: Simulation.Kind
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Simulation.State]
        STATE_QUEUED: _ClassVar[Simulation.State]
        STATE_RUNNING: _ClassVar[Simulation.State]
        STATE_DONE: _ClassVar[Simulation.State]
        STATE_FAILED: _ClassVar[Simulation.State]
        STATE_CANCELLED: _ClassVar[Simulation.State]
    STATE_UNSPECIFIED: Simulation.State
    STATE_QUEUED: Simulation.State
    STATE_RUNNING: Simulation.State
    STATE_DONE: Simulation.State
    STATE_FAILED: Simulation.State
    STATE_CANCELLED: Simulation.State
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    RULEBOOK_HASH_FIELD_NUMBER: _ClassVar[int]
    CANDIDATE_HASH_FIELD_NUMBER: _ClassVar[int]
    SINCE_DATE_FIELD_NUMBER: _ClassVar[int]
    UNTIL_DATE_FIELD_NUMBER: _ClassVar[int]
    AS_RECEIVED_FIELD_NUMBER: _ClassVar[int]
    ON_DATE_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    PERSON_FIELD_NUMBER: _ClassVar[int]
    CHANGE_FIELD_NUMBER: _ClassVar[int]
    WHAT_IF_FIELD_NUMBER: _ClassVar[int]
    TUNING_FIELD_NUMBER: _ClassVar[int]
    REPLAYS_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: Simulation.Kind
    state: Simulation.State
    create_time: _timestamp_pb2.Timestamp
    expire_time: _timestamp_pb2.Timestamp
    done: int
    total: int
    rulebook_hash: str
    candidate_hash: str
    since_date: _date_pb2.Date
    until_date: _date_pb2.Date
    as_received: bool
    on_date: _date_pb2.Date
    problem: str
    person: str
    change: _revisions_pb2.ParameterChange
    what_if: WhatIf
    tuning: Tuning
    replays: Replays
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[Simulation.Kind, str]] = ..., state: _Optional[_Union[Simulation.State, str]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., done: _Optional[int] = ..., total: _Optional[int] = ..., rulebook_hash: _Optional[str] = ..., candidate_hash: _Optional[str] = ..., since_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., until_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., as_received: _Optional[bool] = ..., on_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., problem: _Optional[str] = ..., person: _Optional[str] = ..., change: _Optional[_Union[_revisions_pb2.ParameterChange, _Mapping]] = ..., what_if: _Optional[_Union[WhatIf, _Mapping]] = ..., tuning: _Optional[_Union[Tuning, _Mapping]] = ..., replays: _Optional[_Union[Replays, _Mapping]] = ...) -> None: ...

class WhatIf(_message.Message):
    __slots__ = ("people", "people_changed", "newly_raised", "no_longer_raised", "earlier", "later", "lane_changed", "lasts_otherwise", "concerns", "changes", "people_near", "near", "load")
    PEOPLE_FIELD_NUMBER: _ClassVar[int]
    PEOPLE_CHANGED_FIELD_NUMBER: _ClassVar[int]
    NEWLY_RAISED_FIELD_NUMBER: _ClassVar[int]
    NO_LONGER_RAISED_FIELD_NUMBER: _ClassVar[int]
    EARLIER_FIELD_NUMBER: _ClassVar[int]
    LATER_FIELD_NUMBER: _ClassVar[int]
    LANE_CHANGED_FIELD_NUMBER: _ClassVar[int]
    LASTS_OTHERWISE_FIELD_NUMBER: _ClassVar[int]
    CONCERNS_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    PEOPLE_NEAR_FIELD_NUMBER: _ClassVar[int]
    NEAR_FIELD_NUMBER: _ClassVar[int]
    LOAD_FIELD_NUMBER: _ClassVar[int]
    people: int
    people_changed: int
    newly_raised: int
    no_longer_raised: int
    earlier: int
    later: int
    lane_changed: int
    lasts_otherwise: int
    concerns: _containers.RepeatedCompositeFieldContainer[ConcernChange]
    changes: _containers.RepeatedCompositeFieldContainer[RulebookChange]
    people_near: int
    near: _containers.RepeatedCompositeFieldContainer[NearLine]
    load: _containers.RepeatedCompositeFieldContainer[Load]
    def __init__(self, people: _Optional[int] = ..., people_changed: _Optional[int] = ..., newly_raised: _Optional[int] = ..., no_longer_raised: _Optional[int] = ..., earlier: _Optional[int] = ..., later: _Optional[int] = ..., lane_changed: _Optional[int] = ..., lasts_otherwise: _Optional[int] = ..., concerns: _Optional[_Iterable[_Union[ConcernChange, _Mapping]]] = ..., changes: _Optional[_Iterable[_Union[RulebookChange, _Mapping]]] = ..., people_near: _Optional[int] = ..., near: _Optional[_Iterable[_Union[NearLine, _Mapping]]] = ..., load: _Optional[_Iterable[_Union[Load, _Mapping]]] = ...) -> None: ...

class ConcernChange(_message.Message):
    __slots__ = ("safeguarder", "rule", "subject", "difference", "from_date", "before_lane", "after_lane", "before", "after", "reasons")
    SAFEGUARDER_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    DIFFERENCE_FIELD_NUMBER: _ClassVar[int]
    FROM_DATE_FIELD_NUMBER: _ClassVar[int]
    BEFORE_LANE_FIELD_NUMBER: _ClassVar[int]
    AFTER_LANE_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    safeguarder: str
    rule: str
    subject: str
    difference: Difference
    from_date: _date_pb2.Date
    before_lane: _rules_pb2.Lane
    after_lane: _rules_pb2.Lane
    before: _containers.RepeatedCompositeFieldContainer[Spell]
    after: _containers.RepeatedCompositeFieldContainer[Spell]
    reasons: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, safeguarder: _Optional[str] = ..., rule: _Optional[str] = ..., subject: _Optional[str] = ..., difference: _Optional[_Union[Difference, str]] = ..., from_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., before_lane: _Optional[_Union[_rules_pb2.Lane, str]] = ..., after_lane: _Optional[_Union[_rules_pb2.Lane, str]] = ..., before: _Optional[_Iterable[_Union[Spell, _Mapping]]] = ..., after: _Optional[_Iterable[_Union[Spell, _Mapping]]] = ..., reasons: _Optional[_Iterable[str]] = ...) -> None: ...

class Spell(_message.Message):
    __slots__ = ("began_date", "ended_date")
    BEGAN_DATE_FIELD_NUMBER: _ClassVar[int]
    ENDED_DATE_FIELD_NUMBER: _ClassVar[int]
    began_date: _date_pb2.Date
    ended_date: _date_pb2.Date
    def __init__(self, began_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., ended_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class RulebookChange(_message.Message):
    __slots__ = ("about", "name", "text", "rules", "concerns")
    ABOUT_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    CONCERNS_FIELD_NUMBER: _ClassVar[int]
    about: str
    name: str
    text: str
    rules: _containers.RepeatedScalarFieldContainer[str]
    concerns: int
    def __init__(self, about: _Optional[str] = ..., name: _Optional[str] = ..., text: _Optional[str] = ..., rules: _Optional[_Iterable[str]] = ..., concerns: _Optional[int] = ...) -> None: ...

class NearLine(_message.Message):
    __slots__ = ("safeguarder", "rule", "subject")
    SAFEGUARDER_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    safeguarder: str
    rule: str
    subject: str
    def __init__(self, safeguarder: _Optional[str] = ..., rule: _Optional[str] = ..., subject: _Optional[str] = ...) -> None: ...

class Load(_message.Message):
    __slots__ = ("support_manager", "week_date", "before", "after")
    SUPPORT_MANAGER_FIELD_NUMBER: _ClassVar[int]
    WEEK_DATE_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    support_manager: str
    week_date: _date_pb2.Date
    before: int
    after: int
    def __init__(self, support_manager: _Optional[str] = ..., week_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., before: _Optional[int] = ..., after: _Optional[int] = ...) -> None: ...

class Tuning(_message.Message):
    __slots__ = ("parameter", "unit", "current_value", "points", "tipping_values", "flat_zones", "rules")
    PARAMETER_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    CURRENT_VALUE_FIELD_NUMBER: _ClassVar[int]
    POINTS_FIELD_NUMBER: _ClassVar[int]
    TIPPING_VALUES_FIELD_NUMBER: _ClassVar[int]
    FLAT_ZONES_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    parameter: str
    unit: str
    current_value: int
    points: _containers.RepeatedCompositeFieldContainer[TuningPoint]
    tipping_values: _containers.RepeatedScalarFieldContainer[int]
    flat_zones: _containers.RepeatedCompositeFieldContainer[FlatZone]
    rules: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, parameter: _Optional[str] = ..., unit: _Optional[str] = ..., current_value: _Optional[int] = ..., points: _Optional[_Iterable[_Union[TuningPoint, _Mapping]]] = ..., tipping_values: _Optional[_Iterable[int]] = ..., flat_zones: _Optional[_Iterable[_Union[FlatZone, _Mapping]]] = ..., rules: _Optional[_Iterable[str]] = ...) -> None: ...

class TuningPoint(_message.Message):
    __slots__ = ("value", "people", "concerns")
    VALUE_FIELD_NUMBER: _ClassVar[int]
    PEOPLE_FIELD_NUMBER: _ClassVar[int]
    CONCERNS_FIELD_NUMBER: _ClassVar[int]
    value: int
    people: int
    concerns: int
    def __init__(self, value: _Optional[int] = ..., people: _Optional[int] = ..., concerns: _Optional[int] = ...) -> None: ...

class FlatZone(_message.Message):
    __slots__ = ("from_value", "to_value")
    FROM_VALUE_FIELD_NUMBER: _ClassVar[int]
    TO_VALUE_FIELD_NUMBER: _ClassVar[int]
    from_value: int
    to_value: int
    def __init__(self, from_value: _Optional[int] = ..., to_value: _Optional[int] = ...) -> None: ...

class Replay(_message.Message):
    __slots__ = ("name", "outcome", "record_hash", "replayed_hash", "differing_parts")
    NAME_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    RECORD_HASH_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_HASH_FIELD_NUMBER: _ClassVar[int]
    DIFFERING_PARTS_FIELD_NUMBER: _ClassVar[int]
    name: str
    outcome: ReplayOutcome
    record_hash: str
    replayed_hash: str
    differing_parts: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., outcome: _Optional[_Union[ReplayOutcome, str]] = ..., record_hash: _Optional[str] = ..., replayed_hash: _Optional[str] = ..., differing_parts: _Optional[_Iterable[str]] = ...) -> None: ...

class Replays(_message.Message):
    __slots__ = ("identical", "different", "rulebook_missing", "unreadable", "engine_unavailable", "not_identical")
    IDENTICAL_FIELD_NUMBER: _ClassVar[int]
    DIFFERENT_FIELD_NUMBER: _ClassVar[int]
    RULEBOOK_MISSING_FIELD_NUMBER: _ClassVar[int]
    UNREADABLE_FIELD_NUMBER: _ClassVar[int]
    ENGINE_UNAVAILABLE_FIELD_NUMBER: _ClassVar[int]
    NOT_IDENTICAL_FIELD_NUMBER: _ClassVar[int]
    identical: int
    different: int
    rulebook_missing: int
    unreadable: int
    engine_unavailable: int
    not_identical: _containers.RepeatedCompositeFieldContainer[Replay]
    def __init__(self, identical: _Optional[int] = ..., different: _Optional[int] = ..., rulebook_missing: _Optional[int] = ..., unreadable: _Optional[int] = ..., engine_unavailable: _Optional[int] = ..., not_identical: _Optional[_Iterable[_Union[Replay, _Mapping]]] = ...) -> None: ...
