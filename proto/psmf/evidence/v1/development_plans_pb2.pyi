import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from psmf.evidence.v1 import approach_changes_pb2 as _approach_changes_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Raiser(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RAISER_UNSPECIFIED: _ClassVar[Raiser]
    RAISER_SAFEGUARDER: _ClassVar[Raiser]
    RAISER_SUPPORT_MANAGER: _ClassVar[Raiser]
    RAISER_PANEL_TEAM: _ClassVar[Raiser]
RAISER_UNSPECIFIED: Raiser
RAISER_SAFEGUARDER: Raiser
RAISER_SUPPORT_MANAGER: Raiser
RAISER_PANEL_TEAM: Raiser

class DevelopmentPlan(_message.Message):
    __slots__ = ("name", "strengths", "needs", "actions", "supports", "views", "approach_changes", "term", "no_strength_because", "not_final_because", "missing", "in_force", "awaited", "is_in_force", "shown", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    STRENGTHS_FIELD_NUMBER: _ClassVar[int]
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    SUPPORTS_FIELD_NUMBER: _ClassVar[int]
    VIEWS_FIELD_NUMBER: _ClassVar[int]
    APPROACH_CHANGES_FIELD_NUMBER: _ClassVar[int]
    TERM_FIELD_NUMBER: _ClassVar[int]
    NO_STRENGTH_BECAUSE_FIELD_NUMBER: _ClassVar[int]
    NOT_FINAL_BECAUSE_FIELD_NUMBER: _ClassVar[int]
    MISSING_FIELD_NUMBER: _ClassVar[int]
    IN_FORCE_FIELD_NUMBER: _ClassVar[int]
    AWAITED_FIELD_NUMBER: _ClassVar[int]
    IS_IN_FORCE_FIELD_NUMBER: _ClassVar[int]
    SHOWN_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    strengths: _containers.RepeatedCompositeFieldContainer[Strength]
    needs: _containers.RepeatedCompositeFieldContainer[Need]
    actions: _containers.RepeatedCompositeFieldContainer[Action]
    supports: _containers.RepeatedCompositeFieldContainer[Support]
    views: _containers.RepeatedCompositeFieldContainer[View]
    approach_changes: _containers.RepeatedCompositeFieldContainer[_approach_changes_pb2.ApproachChange]
    term: int
    no_strength_because: str
    not_final_because: str
    missing: _containers.RepeatedScalarFieldContainer[str]
    in_force: PlanVersion
    awaited: PlanVersion
    is_in_force: bool
    shown: PlanVersion
    etag: str
    def __init__(self, name: _Optional[str] = ..., strengths: _Optional[_Iterable[_Union[Strength, _Mapping]]] = ..., needs: _Optional[_Iterable[_Union[Need, _Mapping]]] = ..., actions: _Optional[_Iterable[_Union[Action, _Mapping]]] = ..., supports: _Optional[_Iterable[_Union[Support, _Mapping]]] = ..., views: _Optional[_Iterable[_Union[View, _Mapping]]] = ..., approach_changes: _Optional[_Iterable[_Union[_approach_changes_pb2.ApproachChange, _Mapping]]] = ..., term: _Optional[int] = ..., no_strength_because: _Optional[str] = ..., not_final_because: _Optional[str] = ..., missing: _Optional[_Iterable[str]] = ..., in_force: _Optional[_Union[PlanVersion, _Mapping]] = ..., awaited: _Optional[_Union[PlanVersion, _Mapping]] = ..., is_in_force: _Optional[bool] = ..., shown: _Optional[_Union[PlanVersion, _Mapping]] = ..., etag: _Optional[str] = ...) -> None: ...

class PlanVersion(_message.Message):
    __slots__ = ("name", "number", "term", "state", "entries", "hash", "support_manager_confirm_time", "support_manager", "safeguarder_confirm_time", "answer_due_date", "in_force_time", "no_answer")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[PlanVersion.State]
        STATE_AWAITED: _ClassVar[PlanVersion.State]
        STATE_IN_FORCE: _ClassVar[PlanVersion.State]
        STATE_OVERTAKEN: _ClassVar[PlanVersion.State]
        STATE_REPLACED: _ClassVar[PlanVersion.State]
        STATE_CLOSED: _ClassVar[PlanVersion.State]
    STATE_UNSPECIFIED: PlanVersion.State
    STATE_AWAITED: PlanVersion.State
    STATE_IN_FORCE: PlanVersion.State
    STATE_OVERTAKEN: PlanVersion.State
    STATE_REPLACED: PlanVersion.State
    STATE_CLOSED: PlanVersion.State
    NAME_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    TERM_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    HASH_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_MANAGER_CONFIRM_TIME_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_MANAGER_FIELD_NUMBER: _ClassVar[int]
    SAFEGUARDER_CONFIRM_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    IN_FORCE_TIME_FIELD_NUMBER: _ClassVar[int]
    NO_ANSWER_FIELD_NUMBER: _ClassVar[int]
    name: str
    number: int
    term: int
    state: PlanVersion.State
    entries: _containers.RepeatedCompositeFieldContainer[PlanEntry]
    hash: str
    support_manager_confirm_time: _timestamp_pb2.Timestamp
    support_manager: str
    safeguarder_confirm_time: _timestamp_pb2.Timestamp
    answer_due_date: _date_pb2.Date
    in_force_time: _timestamp_pb2.Timestamp
    no_answer: bool
    def __init__(self, name: _Optional[str] = ..., number: _Optional[int] = ..., term: _Optional[int] = ..., state: _Optional[_Union[PlanVersion.State, str]] = ..., entries: _Optional[_Iterable[_Union[PlanEntry, _Mapping]]] = ..., hash: _Optional[str] = ..., support_manager_confirm_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., support_manager: _Optional[str] = ..., safeguarder_confirm_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answer_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., in_force_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., no_answer: _Optional[bool] = ...) -> None: ...

class PlanEntry(_message.Message):
    __slots__ = ("name", "version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: int
    def __init__(self, name: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class Strength(_message.Message):
    __slots__ = ("name", "standard", "words", "evidence", "raised_by", "create_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    STANDARD_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    RAISED_BY_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    standard: str
    words: str
    evidence: _containers.RepeatedScalarFieldContainer[str]
    raised_by: Raiser
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., standard: _Optional[str] = ..., words: _Optional[str] = ..., evidence: _Optional[_Iterable[str]] = ..., raised_by: _Optional[_Union[Raiser, str]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Need(_message.Message):
    __slots__ = ("name", "standard", "words", "evidence", "concern", "raised_by", "state", "because", "create_time", "etag", "carried_because")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Need.State]
        STATE_IDENTIFIED: _ClassVar[Need.State]
        STATE_PLANNED: _ClassVar[Need.State]
        STATE_MET: _ClassVar[Need.State]
        STATE_NO_ACTION: _ClassVar[Need.State]
    STATE_UNSPECIFIED: Need.State
    STATE_IDENTIFIED: Need.State
    STATE_PLANNED: Need.State
    STATE_MET: Need.State
    STATE_NO_ACTION: Need.State
    NAME_FIELD_NUMBER: _ClassVar[int]
    STANDARD_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    CONCERN_FIELD_NUMBER: _ClassVar[int]
    RAISED_BY_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    BECAUSE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    CARRIED_BECAUSE_FIELD_NUMBER: _ClassVar[int]
    name: str
    standard: str
    words: str
    evidence: _containers.RepeatedScalarFieldContainer[str]
    concern: str
    raised_by: Raiser
    state: Need.State
    because: str
    create_time: _timestamp_pb2.Timestamp
    etag: str
    carried_because: str
    def __init__(self, name: _Optional[str] = ..., standard: _Optional[str] = ..., words: _Optional[str] = ..., evidence: _Optional[_Iterable[str]] = ..., concern: _Optional[str] = ..., raised_by: _Optional[_Union[Raiser, str]] = ..., state: _Optional[_Union[Need.State, str]] = ..., because: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., etag: _Optional[str] = ..., carried_because: _Optional[str] = ...) -> None: ...

class Action(_message.Message):
    __slots__ = ("name", "kind", "purpose", "standard", "indicator", "aim", "measure", "owner", "needs", "concern", "due_days", "due_date", "stands_still", "basis", "proposed_by", "support_manager_words", "safeguarder_words", "asked_date", "too_short_because", "state", "completion_words", "completion_evidence", "outcome_words", "replaced_by", "create_time", "answer_due_date", "etag", "answer", "outcome_evidence", "open_date", "reported")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Action.State]
        STATE_PROPOSED: _ClassVar[Action.State]
        STATE_OPEN: _ClassVar[Action.State]
        STATE_COMPLETION_OFFERED: _ClassVar[Action.State]
        STATE_MET: _ClassVar[Action.State]
        STATE_PARTLY_MET: _ClassVar[Action.State]
        STATE_NOT_MET: _ClassVar[Action.State]
        STATE_NOT_POSSIBLE: _ClassVar[Action.State]
        STATE_REPLACED: _ClassVar[Action.State]
        STATE_WITHDRAWN: _ClassVar[Action.State]
    STATE_UNSPECIFIED: Action.State
    STATE_PROPOSED: Action.State
    STATE_OPEN: Action.State
    STATE_COMPLETION_OFFERED: Action.State
    STATE_MET: Action.State
    STATE_PARTLY_MET: Action.State
    STATE_NOT_MET: Action.State
    STATE_NOT_POSSIBLE: Action.State
    STATE_REPLACED: Action.State
    STATE_WITHDRAWN: Action.State
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[Action.Kind]
        KIND_COMPLETE_MODULE: _ClassVar[Action.Kind]
        KIND_ATTEND_TRAINING: _ClassVar[Action.Kind]
        KIND_ATTEND_SESSION: _ClassVar[Action.Kind]
        KIND_WORK_WITH_MENTOR: _ClassVar[Action.Kind]
        KIND_REPORTS_IN_TIME: _ClassVar[Action.Kind]
        KIND_REPORTS_TO_STANDARD: _ClassVar[Action.Kind]
        KIND_CHANGE_PRACTICE: _ClassVar[Action.Kind]
        KIND_MAINTAIN_PRACTICE: _ClassVar[Action.Kind]
        KIND_REFLECT: _ClassVar[Action.Kind]
    KIND_UNSPECIFIED: Action.Kind
    KIND_COMPLETE_MODULE: Action.Kind
    KIND_ATTEND_TRAINING: Action.Kind
    KIND_ATTEND_SESSION: Action.Kind
    KIND_WORK_WITH_MENTOR: Action.Kind
    KIND_REPORTS_IN_TIME: Action.Kind
    KIND_REPORTS_TO_STANDARD: Action.Kind
    KIND_CHANGE_PRACTICE: Action.Kind
    KIND_MAINTAIN_PRACTICE: Action.Kind
    KIND_REFLECT: Action.Kind
    class Purpose(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        PURPOSE_UNSPECIFIED: _ClassVar[Action.Purpose]
        PURPOSE_IMPROVE: _ClassVar[Action.Purpose]
        PURPOSE_MAINTAIN: _ClassVar[Action.Purpose]
    PURPOSE_UNSPECIFIED: Action.Purpose
    PURPOSE_IMPROVE: Action.Purpose
    PURPOSE_MAINTAIN: Action.Purpose
    class Owner(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        OWNER_UNSPECIFIED: _ClassVar[Action.Owner]
        OWNER_SAFEGUARDER: _ClassVar[Action.Owner]
        OWNER_SUPPORT_MANAGER: _ClassVar[Action.Owner]
        OWNER_PANEL_TEAM: _ClassVar[Action.Owner]
    OWNER_UNSPECIFIED: Action.Owner
    OWNER_SAFEGUARDER: Action.Owner
    OWNER_SUPPORT_MANAGER: Action.Owner
    OWNER_PANEL_TEAM: Action.Owner
    class Basis(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        BASIS_UNSPECIFIED: _ClassVar[Action.Basis]
        BASIS_AGREED: _ClassVar[Action.Basis]
        BASIS_PARTLY: _ClassVar[Action.Basis]
        BASIS_SET: _ClassVar[Action.Basis]
    BASIS_UNSPECIFIED: Action.Basis
    BASIS_AGREED: Action.Basis
    BASIS_PARTLY: Action.Basis
    BASIS_SET: Action.Basis
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    STANDARD_FIELD_NUMBER: _ClassVar[int]
    INDICATOR_FIELD_NUMBER: _ClassVar[int]
    AIM_FIELD_NUMBER: _ClassVar[int]
    MEASURE_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    CONCERN_FIELD_NUMBER: _ClassVar[int]
    DUE_DAYS_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    STANDS_STILL_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    PROPOSED_BY_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_MANAGER_WORDS_FIELD_NUMBER: _ClassVar[int]
    SAFEGUARDER_WORDS_FIELD_NUMBER: _ClassVar[int]
    ASKED_DATE_FIELD_NUMBER: _ClassVar[int]
    TOO_SHORT_BECAUSE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    COMPLETION_WORDS_FIELD_NUMBER: _ClassVar[int]
    COMPLETION_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_WORDS_FIELD_NUMBER: _ClassVar[int]
    REPLACED_BY_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    OPEN_DATE_FIELD_NUMBER: _ClassVar[int]
    REPORTED_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: Action.Kind
    purpose: Action.Purpose
    standard: str
    indicator: str
    aim: str
    measure: str
    owner: Action.Owner
    needs: _containers.RepeatedScalarFieldContainer[str]
    concern: str
    due_days: _containers.RepeatedCompositeFieldContainer[DueDay]
    due_date: _date_pb2.Date
    stands_still: bool
    basis: Action.Basis
    proposed_by: Raiser
    support_manager_words: str
    safeguarder_words: str
    asked_date: _date_pb2.Date
    too_short_because: str
    state: Action.State
    completion_words: str
    completion_evidence: _containers.RepeatedScalarFieldContainer[str]
    outcome_words: str
    replaced_by: str
    create_time: _timestamp_pb2.Timestamp
    answer_due_date: _date_pb2.Date
    etag: str
    answer: AnswerActionRequest.Answer
    outcome_evidence: str
    open_date: _date_pb2.Date
    reported: bool
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[Action.Kind, str]] = ..., purpose: _Optional[_Union[Action.Purpose, str]] = ..., standard: _Optional[str] = ..., indicator: _Optional[str] = ..., aim: _Optional[str] = ..., measure: _Optional[str] = ..., owner: _Optional[_Union[Action.Owner, str]] = ..., needs: _Optional[_Iterable[str]] = ..., concern: _Optional[str] = ..., due_days: _Optional[_Iterable[_Union[DueDay, _Mapping]]] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., stands_still: _Optional[bool] = ..., basis: _Optional[_Union[Action.Basis, str]] = ..., proposed_by: _Optional[_Union[Raiser, str]] = ..., support_manager_words: _Optional[str] = ..., safeguarder_words: _Optional[str] = ..., asked_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., too_short_because: _Optional[str] = ..., state: _Optional[_Union[Action.State, str]] = ..., completion_words: _Optional[str] = ..., completion_evidence: _Optional[_Iterable[str]] = ..., outcome_words: _Optional[str] = ..., replaced_by: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answer_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., etag: _Optional[str] = ..., answer: _Optional[_Union[AnswerActionRequest.Answer, str]] = ..., outcome_evidence: _Optional[str] = ..., open_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reported: _Optional[bool] = ...) -> None: ...

class DueDay(_message.Message):
    __slots__ = ("date", "set_date", "set_by", "reason", "words")
    class Reason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        REASON_UNSPECIFIED: _ClassVar[DueDay.Reason]
        REASON_FIRST: _ClassVar[DueDay.Reason]
        REASON_EXTENDED: _ClassVar[DueDay.Reason]
    REASON_UNSPECIFIED: DueDay.Reason
    REASON_FIRST: DueDay.Reason
    REASON_EXTENDED: DueDay.Reason
    DATE_FIELD_NUMBER: _ClassVar[int]
    SET_DATE_FIELD_NUMBER: _ClassVar[int]
    SET_BY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    date: _date_pb2.Date
    set_date: _date_pb2.Date
    set_by: str
    reason: DueDay.Reason
    words: str
    def __init__(self, date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., set_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., set_by: _Optional[str] = ..., reason: _Optional[_Union[DueDay.Reason, str]] = ..., words: _Optional[str] = ...) -> None: ...

class ActionReview(_message.Message):
    __slots__ = ("name", "actions", "held_date", "session", "follows", "support_manager_words", "safeguarder_words", "entered_by", "held_by", "correction_reason", "version", "create_time", "update_time", "etag")
    class Follows(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        FOLLOWS_UNSPECIFIED: _ClassVar[ActionReview.Follows]
        FOLLOWS_EXTEND: _ClassVar[ActionReview.Follows]
        FOLLOWS_CHANGE: _ClassVar[ActionReview.Follows]
        FOLLOWS_ADD_SUPPORT: _ClassVar[ActionReview.Follows]
        FOLLOWS_CLOSE: _ClassVar[ActionReview.Follows]
        FOLLOWS_CHANGE_APPROACH: _ClassVar[ActionReview.Follows]
    FOLLOWS_UNSPECIFIED: ActionReview.Follows
    FOLLOWS_EXTEND: ActionReview.Follows
    FOLLOWS_CHANGE: ActionReview.Follows
    FOLLOWS_ADD_SUPPORT: ActionReview.Follows
    FOLLOWS_CLOSE: ActionReview.Follows
    FOLLOWS_CHANGE_APPROACH: ActionReview.Follows
    class SupportsStanding(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        SUPPORTS_STANDING_UNSPECIFIED: _ClassVar[ActionReview.SupportsStanding]
        SUPPORTS_STANDING_COMPLETE: _ClassVar[ActionReview.SupportsStanding]
        SUPPORTS_STANDING_DECLINED: _ClassVar[ActionReview.SupportsStanding]
        SUPPORTS_STANDING_STILL_RUNNING: _ClassVar[ActionReview.SupportsStanding]
        SUPPORTS_STANDING_TEAM_COULD_NOT: _ClassVar[ActionReview.SupportsStanding]
        SUPPORTS_STANDING_NONE_OFFERED: _ClassVar[ActionReview.SupportsStanding]
    SUPPORTS_STANDING_UNSPECIFIED: ActionReview.SupportsStanding
    SUPPORTS_STANDING_COMPLETE: ActionReview.SupportsStanding
    SUPPORTS_STANDING_DECLINED: ActionReview.SupportsStanding
    SUPPORTS_STANDING_STILL_RUNNING: ActionReview.SupportsStanding
    SUPPORTS_STANDING_TEAM_COULD_NOT: ActionReview.SupportsStanding
    SUPPORTS_STANDING_NONE_OFFERED: ActionReview.SupportsStanding
    class ReviewedAction(_message.Message):
        __slots__ = ("action", "outcome", "extended_date", "due_date", "supports", "etag")
        ACTION_FIELD_NUMBER: _ClassVar[int]
        OUTCOME_FIELD_NUMBER: _ClassVar[int]
        EXTENDED_DATE_FIELD_NUMBER: _ClassVar[int]
        DUE_DATE_FIELD_NUMBER: _ClassVar[int]
        SUPPORTS_FIELD_NUMBER: _ClassVar[int]
        ETAG_FIELD_NUMBER: _ClassVar[int]
        action: str
        outcome: Action.State
        extended_date: _date_pb2.Date
        due_date: _date_pb2.Date
        supports: ActionReview.SupportsStanding
        etag: str
        def __init__(self, action: _Optional[str] = ..., outcome: _Optional[_Union[Action.State, str]] = ..., extended_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., supports: _Optional[_Union[ActionReview.SupportsStanding, str]] = ..., etag: _Optional[str] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    HELD_DATE_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    FOLLOWS_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_MANAGER_WORDS_FIELD_NUMBER: _ClassVar[int]
    SAFEGUARDER_WORDS_FIELD_NUMBER: _ClassVar[int]
    ENTERED_BY_FIELD_NUMBER: _ClassVar[int]
    HELD_BY_FIELD_NUMBER: _ClassVar[int]
    CORRECTION_REASON_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    actions: _containers.RepeatedCompositeFieldContainer[ActionReview.ReviewedAction]
    held_date: _date_pb2.Date
    session: str
    follows: _containers.RepeatedScalarFieldContainer[ActionReview.Follows]
    support_manager_words: str
    safeguarder_words: str
    entered_by: str
    held_by: str
    correction_reason: str
    version: int
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    etag: str
    def __init__(self, name: _Optional[str] = ..., actions: _Optional[_Iterable[_Union[ActionReview.ReviewedAction, _Mapping]]] = ..., held_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., session: _Optional[str] = ..., follows: _Optional[_Iterable[_Union[ActionReview.Follows, str]]] = ..., support_manager_words: _Optional[str] = ..., safeguarder_words: _Optional[str] = ..., entered_by: _Optional[str] = ..., held_by: _Optional[str] = ..., correction_reason: _Optional[str] = ..., version: _Optional[int] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., etag: _Optional[str] = ...) -> None: ...

class Support(_message.Message):
    __slots__ = ("name", "kind", "supported", "words", "discussed_date", "offered_by", "state", "answer_words", "answer_entered_by", "answer_due_date", "promised_date", "late", "delivered_date", "because", "received", "received_words", "create_time", "etag", "received_due_date", "reported")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Support.State]
        STATE_OFFERED: _ClassVar[Support.State]
        STATE_ACCEPTED: _ClassVar[Support.State]
        STATE_DECLINED: _ClassVar[Support.State]
        STATE_NONE_GIVEN: _ClassVar[Support.State]
        STATE_UNAVAILABLE: _ClassVar[Support.State]
        STATE_NOT_DELIVERED: _ClassVar[Support.State]
        STATE_DELIVERED: _ClassVar[Support.State]
    STATE_UNSPECIFIED: Support.State
    STATE_OFFERED: Support.State
    STATE_ACCEPTED: Support.State
    STATE_DECLINED: Support.State
    STATE_NONE_GIVEN: Support.State
    STATE_UNAVAILABLE: Support.State
    STATE_NOT_DELIVERED: Support.State
    STATE_DELIVERED: Support.State
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[Support.Kind]
        KIND_MODULE: _ClassVar[Support.Kind]
        KIND_MENTORING: _ClassVar[Support.Kind]
        KIND_INFORMATION: _ClassVar[Support.Kind]
        KIND_EXTRA_ONE_TO_ONE: _ClassVar[Support.Kind]
    KIND_UNSPECIFIED: Support.Kind
    KIND_MODULE: Support.Kind
    KIND_MENTORING: Support.Kind
    KIND_INFORMATION: Support.Kind
    KIND_EXTRA_ONE_TO_ONE: Support.Kind
    class Received(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        RECEIVED_UNSPECIFIED: _ClassVar[Support.Received]
        RECEIVED_YES: _ClassVar[Support.Received]
        RECEIVED_NO: _ClassVar[Support.Received]
    RECEIVED_UNSPECIFIED: Support.Received
    RECEIVED_YES: Support.Received
    RECEIVED_NO: Support.Received
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SUPPORTED_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    DISCUSSED_DATE_FIELD_NUMBER: _ClassVar[int]
    OFFERED_BY_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ANSWER_WORDS_FIELD_NUMBER: _ClassVar[int]
    ANSWER_ENTERED_BY_FIELD_NUMBER: _ClassVar[int]
    ANSWER_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    PROMISED_DATE_FIELD_NUMBER: _ClassVar[int]
    LATE_FIELD_NUMBER: _ClassVar[int]
    DELIVERED_DATE_FIELD_NUMBER: _ClassVar[int]
    BECAUSE_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_WORDS_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REPORTED_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: Support.Kind
    supported: _containers.RepeatedScalarFieldContainer[str]
    words: str
    discussed_date: _date_pb2.Date
    offered_by: str
    state: Support.State
    answer_words: str
    answer_entered_by: str
    answer_due_date: _date_pb2.Date
    promised_date: _date_pb2.Date
    late: bool
    delivered_date: _date_pb2.Date
    because: str
    received: Support.Received
    received_words: str
    create_time: _timestamp_pb2.Timestamp
    etag: str
    received_due_date: _date_pb2.Date
    reported: bool
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[Support.Kind, str]] = ..., supported: _Optional[_Iterable[str]] = ..., words: _Optional[str] = ..., discussed_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., offered_by: _Optional[str] = ..., state: _Optional[_Union[Support.State, str]] = ..., answer_words: _Optional[str] = ..., answer_entered_by: _Optional[str] = ..., answer_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., promised_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., late: _Optional[bool] = ..., delivered_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., because: _Optional[str] = ..., received: _Optional[_Union[Support.Received, str]] = ..., received_words: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., etag: _Optional[str] = ..., received_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reported: _Optional[bool] = ...) -> None: ...

class View(_message.Message):
    __slots__ = ("name", "concern", "state", "words", "given_date", "entered_by", "asked_by", "asked_date", "answer_due_date", "create_time", "etag")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[View.State]
        STATE_ASKED: _ClassVar[View.State]
        STATE_GIVEN: _ClassVar[View.State]
        STATE_NONE_GIVEN: _ClassVar[View.State]
        STATE_ENDED: _ClassVar[View.State]
    STATE_UNSPECIFIED: View.State
    STATE_ASKED: View.State
    STATE_GIVEN: View.State
    STATE_NONE_GIVEN: View.State
    STATE_ENDED: View.State
    NAME_FIELD_NUMBER: _ClassVar[int]
    CONCERN_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    GIVEN_DATE_FIELD_NUMBER: _ClassVar[int]
    ENTERED_BY_FIELD_NUMBER: _ClassVar[int]
    ASKED_BY_FIELD_NUMBER: _ClassVar[int]
    ASKED_DATE_FIELD_NUMBER: _ClassVar[int]
    ANSWER_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    concern: str
    state: View.State
    words: str
    given_date: _date_pb2.Date
    entered_by: str
    asked_by: str
    asked_date: _date_pb2.Date
    answer_due_date: _date_pb2.Date
    create_time: _timestamp_pb2.Timestamp
    etag: str
    def __init__(self, name: _Optional[str] = ..., concern: _Optional[str] = ..., state: _Optional[_Union[View.State, str]] = ..., words: _Optional[str] = ..., given_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., entered_by: _Optional[str] = ..., asked_by: _Optional[str] = ..., asked_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., answer_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., etag: _Optional[str] = ...) -> None: ...

class GetDevelopmentPlanRequest(_message.Message):
    __slots__ = ("name", "version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: int
    def __init__(self, name: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class UpdateDevelopmentPlanRequest(_message.Message):
    __slots__ = ("name", "no_strength_because", "not_final_because", "carried", "request_id", "validate_only")
    class CarriedNeed(_message.Message):
        __slots__ = ("need", "because")
        NEED_FIELD_NUMBER: _ClassVar[int]
        BECAUSE_FIELD_NUMBER: _ClassVar[int]
        need: str
        because: str
        def __init__(self, need: _Optional[str] = ..., because: _Optional[str] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    NO_STRENGTH_BECAUSE_FIELD_NUMBER: _ClassVar[int]
    NOT_FINAL_BECAUSE_FIELD_NUMBER: _ClassVar[int]
    CARRIED_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    no_strength_because: str
    not_final_because: str
    carried: _containers.RepeatedCompositeFieldContainer[UpdateDevelopmentPlanRequest.CarriedNeed]
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., no_strength_because: _Optional[str] = ..., not_final_because: _Optional[str] = ..., carried: _Optional[_Iterable[_Union[UpdateDevelopmentPlanRequest.CarriedNeed, _Mapping]]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ConfirmDevelopmentPlanRequest(_message.Message):
    __slots__ = ("name", "etag", "without_answer", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    WITHOUT_ANSWER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    without_answer: bool
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., without_answer: _Optional[bool] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ListPlanHistoryRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class ListPlanHistoryResponse(_message.Message):
    __slots__ = ("versions",)
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    versions: _containers.RepeatedCompositeFieldContainer[PlanVersion]
    def __init__(self, versions: _Optional[_Iterable[_Union[PlanVersion, _Mapping]]] = ...) -> None: ...

class CreateStrengthRequest(_message.Message):
    __slots__ = ("parent", "standard", "words", "evidence", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    STANDARD_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    standard: str
    words: str
    evidence: _containers.RepeatedScalarFieldContainer[str]
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., standard: _Optional[str] = ..., words: _Optional[str] = ..., evidence: _Optional[_Iterable[str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class CreateNeedRequest(_message.Message):
    __slots__ = ("parent", "standard", "words", "evidence", "concern", "request_id", "validate_only", "again")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    STANDARD_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    CONCERN_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    AGAIN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    standard: str
    words: str
    evidence: _containers.RepeatedScalarFieldContainer[str]
    concern: str
    request_id: str
    validate_only: bool
    again: bool
    def __init__(self, parent: _Optional[str] = ..., standard: _Optional[str] = ..., words: _Optional[str] = ..., evidence: _Optional[_Iterable[str]] = ..., concern: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., again: _Optional[bool] = ...) -> None: ...

class CloseNeedRequest(_message.Message):
    __slots__ = ("name", "met", "because", "etag", "request_id", "validate_only", "outcome")
    NAME_FIELD_NUMBER: _ClassVar[int]
    MET_FIELD_NUMBER: _ClassVar[int]
    BECAUSE_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    name: str
    met: bool
    because: str
    etag: str
    request_id: str
    validate_only: bool
    outcome: Need.State
    def __init__(self, name: _Optional[str] = ..., met: _Optional[bool] = ..., because: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., outcome: _Optional[_Union[Need.State, str]] = ...) -> None: ...

class CreateActionRequest(_message.Message):
    __slots__ = ("parent", "kind", "purpose", "standard", "indicator", "aim", "measure", "owner", "needs", "concern", "due_date", "too_short_because", "replaces", "request_id", "validate_only", "reported_open_date", "reported_basis", "support_manager_words", "safeguarder_words", "again")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    STANDARD_FIELD_NUMBER: _ClassVar[int]
    INDICATOR_FIELD_NUMBER: _ClassVar[int]
    AIM_FIELD_NUMBER: _ClassVar[int]
    MEASURE_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    CONCERN_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    TOO_SHORT_BECAUSE_FIELD_NUMBER: _ClassVar[int]
    REPLACES_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REPORTED_OPEN_DATE_FIELD_NUMBER: _ClassVar[int]
    REPORTED_BASIS_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_MANAGER_WORDS_FIELD_NUMBER: _ClassVar[int]
    SAFEGUARDER_WORDS_FIELD_NUMBER: _ClassVar[int]
    AGAIN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    kind: Action.Kind
    purpose: Action.Purpose
    standard: str
    indicator: str
    aim: str
    measure: str
    owner: Action.Owner
    needs: _containers.RepeatedScalarFieldContainer[str]
    concern: str
    due_date: _date_pb2.Date
    too_short_because: str
    replaces: str
    request_id: str
    validate_only: bool
    reported_open_date: _date_pb2.Date
    reported_basis: Action.Basis
    support_manager_words: str
    safeguarder_words: str
    again: bool
    def __init__(self, parent: _Optional[str] = ..., kind: _Optional[_Union[Action.Kind, str]] = ..., purpose: _Optional[_Union[Action.Purpose, str]] = ..., standard: _Optional[str] = ..., indicator: _Optional[str] = ..., aim: _Optional[str] = ..., measure: _Optional[str] = ..., owner: _Optional[_Union[Action.Owner, str]] = ..., needs: _Optional[_Iterable[str]] = ..., concern: _Optional[str] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., too_short_because: _Optional[str] = ..., replaces: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., reported_open_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reported_basis: _Optional[_Union[Action.Basis, str]] = ..., support_manager_words: _Optional[str] = ..., safeguarder_words: _Optional[str] = ..., again: _Optional[bool] = ...) -> None: ...

class AnswerActionRequest(_message.Message):
    __slots__ = ("name", "answer", "words", "etag", "request_id", "validate_only")
    class Answer(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ANSWER_UNSPECIFIED: _ClassVar[AnswerActionRequest.Answer]
        ANSWER_AGREED: _ClassVar[AnswerActionRequest.Answer]
        ANSWER_PARTLY: _ClassVar[AnswerActionRequest.Answer]
        ANSWER_NOT_AGREED: _ClassVar[AnswerActionRequest.Answer]
    ANSWER_UNSPECIFIED: AnswerActionRequest.Answer
    ANSWER_AGREED: AnswerActionRequest.Answer
    ANSWER_PARTLY: AnswerActionRequest.Answer
    ANSWER_NOT_AGREED: AnswerActionRequest.Answer
    NAME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    answer: AnswerActionRequest.Answer
    words: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., answer: _Optional[_Union[AnswerActionRequest.Answer, str]] = ..., words: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class SetActionRequest(_message.Message):
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

class ChangeActionDateRequest(_message.Message):
    __slots__ = ("name", "due_date", "words", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    due_date: _date_pb2.Date
    words: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., words: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class OfferCompletionRequest(_message.Message):
    __slots__ = ("name", "words", "evidence", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    words: str
    evidence: _containers.RepeatedScalarFieldContainer[str]
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., words: _Optional[str] = ..., evidence: _Optional[_Iterable[str]] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class CloseActionRequest(_message.Message):
    __slots__ = ("name", "outcome", "words", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    outcome: Action.State
    words: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., outcome: _Optional[_Union[Action.State, str]] = ..., words: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class HoldActionReviewRequest(_message.Message):
    __slots__ = ("parent", "actions", "held_date", "session", "follows", "words", "safeguarder_words", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    HELD_DATE_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    FOLLOWS_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    SAFEGUARDER_WORDS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    actions: _containers.RepeatedCompositeFieldContainer[ActionReview.ReviewedAction]
    held_date: _date_pb2.Date
    session: str
    follows: _containers.RepeatedScalarFieldContainer[ActionReview.Follows]
    words: str
    safeguarder_words: str
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., actions: _Optional[_Iterable[_Union[ActionReview.ReviewedAction, _Mapping]]] = ..., held_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., session: _Optional[str] = ..., follows: _Optional[_Iterable[_Union[ActionReview.Follows, str]]] = ..., words: _Optional[str] = ..., safeguarder_words: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class CorrectActionReviewRequest(_message.Message):
    __slots__ = ("name", "actions", "held_date", "session", "follows", "words", "safeguarder_words", "because", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    HELD_DATE_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    FOLLOWS_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    SAFEGUARDER_WORDS_FIELD_NUMBER: _ClassVar[int]
    BECAUSE_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    actions: _containers.RepeatedCompositeFieldContainer[ActionReview.ReviewedAction]
    held_date: _date_pb2.Date
    session: str
    follows: _containers.RepeatedScalarFieldContainer[ActionReview.Follows]
    words: str
    safeguarder_words: str
    because: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., actions: _Optional[_Iterable[_Union[ActionReview.ReviewedAction, _Mapping]]] = ..., held_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., session: _Optional[str] = ..., follows: _Optional[_Iterable[_Union[ActionReview.Follows, str]]] = ..., words: _Optional[str] = ..., safeguarder_words: _Optional[str] = ..., because: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class AnswerActionReviewRequest(_message.Message):
    __slots__ = ("name", "words", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    words: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., words: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class GetActionReviewRequest(_message.Message):
    __slots__ = ("name", "version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: int
    def __init__(self, name: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class ListActionReviewsRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class ListActionReviewsResponse(_message.Message):
    __slots__ = ("action_reviews",)
    ACTION_REVIEWS_FIELD_NUMBER: _ClassVar[int]
    action_reviews: _containers.RepeatedCompositeFieldContainer[ActionReview]
    def __init__(self, action_reviews: _Optional[_Iterable[_Union[ActionReview, _Mapping]]] = ...) -> None: ...

class OfferSupportRequest(_message.Message):
    __slots__ = ("parent", "kind", "supported", "words", "discussed_date", "promised_date", "request_id", "validate_only", "reported_answer_date", "reported_answer", "answer_words", "again")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SUPPORTED_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    DISCUSSED_DATE_FIELD_NUMBER: _ClassVar[int]
    PROMISED_DATE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REPORTED_ANSWER_DATE_FIELD_NUMBER: _ClassVar[int]
    REPORTED_ANSWER_FIELD_NUMBER: _ClassVar[int]
    ANSWER_WORDS_FIELD_NUMBER: _ClassVar[int]
    AGAIN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    kind: Support.Kind
    supported: _containers.RepeatedScalarFieldContainer[str]
    words: str
    discussed_date: _date_pb2.Date
    promised_date: _date_pb2.Date
    request_id: str
    validate_only: bool
    reported_answer_date: _date_pb2.Date
    reported_answer: AnswerSupportRequest.Answer
    answer_words: str
    again: bool
    def __init__(self, parent: _Optional[str] = ..., kind: _Optional[_Union[Support.Kind, str]] = ..., supported: _Optional[_Iterable[str]] = ..., words: _Optional[str] = ..., discussed_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., promised_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., reported_answer_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reported_answer: _Optional[_Union[AnswerSupportRequest.Answer, str]] = ..., answer_words: _Optional[str] = ..., again: _Optional[bool] = ...) -> None: ...

class AnswerSupportRequest(_message.Message):
    __slots__ = ("name", "answer", "words", "etag", "request_id", "validate_only")
    class Answer(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ANSWER_UNSPECIFIED: _ClassVar[AnswerSupportRequest.Answer]
        ANSWER_ACCEPTED: _ClassVar[AnswerSupportRequest.Answer]
        ANSWER_DECLINED: _ClassVar[AnswerSupportRequest.Answer]
        ANSWER_NONE_GIVEN: _ClassVar[AnswerSupportRequest.Answer]
    ANSWER_UNSPECIFIED: AnswerSupportRequest.Answer
    ANSWER_ACCEPTED: AnswerSupportRequest.Answer
    ANSWER_DECLINED: AnswerSupportRequest.Answer
    ANSWER_NONE_GIVEN: AnswerSupportRequest.Answer
    NAME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    answer: AnswerSupportRequest.Answer
    words: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., answer: _Optional[_Union[AnswerSupportRequest.Answer, str]] = ..., words: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class PromiseSupportRequest(_message.Message):
    __slots__ = ("name", "promised_date", "because", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PROMISED_DATE_FIELD_NUMBER: _ClassVar[int]
    BECAUSE_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    promised_date: _date_pb2.Date
    because: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., promised_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., because: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class RecordSupportRequest(_message.Message):
    __slots__ = ("name", "outcome", "delivered_date", "because", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    DELIVERED_DATE_FIELD_NUMBER: _ClassVar[int]
    BECAUSE_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    outcome: Support.State
    delivered_date: _date_pb2.Date
    because: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., outcome: _Optional[_Union[Support.State, str]] = ..., delivered_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., because: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ConfirmSupportRequest(_message.Message):
    __slots__ = ("name", "received", "words", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    received: Support.Received
    words: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., received: _Optional[_Union[Support.Received, str]] = ..., words: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class AskForViewRequest(_message.Message):
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

class GiveViewRequest(_message.Message):
    __slots__ = ("name", "given", "words", "etag", "request_id", "validate_only")
    class Given(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        GIVEN_UNSPECIFIED: _ClassVar[GiveViewRequest.Given]
        GIVEN_WORDS: _ClassVar[GiveViewRequest.Given]
        GIVEN_NONE: _ClassVar[GiveViewRequest.Given]
    GIVEN_UNSPECIFIED: GiveViewRequest.Given
    GIVEN_WORDS: GiveViewRequest.Given
    GIVEN_NONE: GiveViewRequest.Given
    NAME_FIELD_NUMBER: _ClassVar[int]
    GIVEN_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    given: GiveViewRequest.Given
    words: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., given: _Optional[_Union[GiveViewRequest.Given, str]] = ..., words: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class GetSupportFiguresRequest(_message.Message):
    __slots__ = ("from_date", "to_date")
    FROM_DATE_FIELD_NUMBER: _ClassVar[int]
    TO_DATE_FIELD_NUMBER: _ClassVar[int]
    from_date: _date_pb2.Date
    to_date: _date_pb2.Date
    def __init__(self, from_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., to_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class SupportFigures(_message.Message):
    __slots__ = ("from_date", "to_date", "rows")
    class Row(_message.Message):
        __slots__ = ("standard", "kind", "offered", "declined", "given", "owed", "next_view_met", "next_view_developing", "next_view_concern", "no_view", "next_item_praise", "next_item_neutral", "next_item_concern", "no_item")
        STANDARD_FIELD_NUMBER: _ClassVar[int]
        KIND_FIELD_NUMBER: _ClassVar[int]
        OFFERED_FIELD_NUMBER: _ClassVar[int]
        DECLINED_FIELD_NUMBER: _ClassVar[int]
        GIVEN_FIELD_NUMBER: _ClassVar[int]
        OWED_FIELD_NUMBER: _ClassVar[int]
        NEXT_VIEW_MET_FIELD_NUMBER: _ClassVar[int]
        NEXT_VIEW_DEVELOPING_FIELD_NUMBER: _ClassVar[int]
        NEXT_VIEW_CONCERN_FIELD_NUMBER: _ClassVar[int]
        NO_VIEW_FIELD_NUMBER: _ClassVar[int]
        NEXT_ITEM_PRAISE_FIELD_NUMBER: _ClassVar[int]
        NEXT_ITEM_NEUTRAL_FIELD_NUMBER: _ClassVar[int]
        NEXT_ITEM_CONCERN_FIELD_NUMBER: _ClassVar[int]
        NO_ITEM_FIELD_NUMBER: _ClassVar[int]
        standard: str
        kind: Support.Kind
        offered: int
        declined: int
        given: int
        owed: int
        next_view_met: int
        next_view_developing: int
        next_view_concern: int
        no_view: int
        next_item_praise: int
        next_item_neutral: int
        next_item_concern: int
        no_item: int
        def __init__(self, standard: _Optional[str] = ..., kind: _Optional[_Union[Support.Kind, str]] = ..., offered: _Optional[int] = ..., declined: _Optional[int] = ..., given: _Optional[int] = ..., owed: _Optional[int] = ..., next_view_met: _Optional[int] = ..., next_view_developing: _Optional[int] = ..., next_view_concern: _Optional[int] = ..., no_view: _Optional[int] = ..., next_item_praise: _Optional[int] = ..., next_item_neutral: _Optional[int] = ..., next_item_concern: _Optional[int] = ..., no_item: _Optional[int] = ...) -> None: ...
    FROM_DATE_FIELD_NUMBER: _ClassVar[int]
    TO_DATE_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    from_date: _date_pb2.Date
    to_date: _date_pb2.Date
    rows: _containers.RepeatedCompositeFieldContainer[SupportFigures.Row]
    def __init__(self, from_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., to_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., rows: _Optional[_Iterable[_Union[SupportFigures.Row, _Mapping]]] = ...) -> None: ...
