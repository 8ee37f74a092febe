import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from psmf.evidence.v1 import development_plans_pb2 as _development_plans_pb2
from psmf.evidence.v1 import evidence_pb2 as _evidence_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SessionPack(_message.Message):
    __slots__ = ("name", "state", "start_time", "freeze_time", "entries", "own_items", "hash", "items_not_shared", "number", "late_items", "plan_change", "named")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[SessionPack.State]
        STATE_GROWING: _ClassVar[SessionPack.State]
        STATE_FROZEN: _ClassVar[SessionPack.State]
        STATE_USED: _ClassVar[SessionPack.State]
        STATE_VOID: _ClassVar[SessionPack.State]
    STATE_UNSPECIFIED: SessionPack.State
    STATE_GROWING: SessionPack.State
    STATE_FROZEN: SessionPack.State
    STATE_USED: SessionPack.State
    STATE_VOID: SessionPack.State
    class Named(_message.Message):
        __slots__ = ("evidence_items", "development_plan")
        EVIDENCE_ITEMS_FIELD_NUMBER: _ClassVar[int]
        DEVELOPMENT_PLAN_FIELD_NUMBER: _ClassVar[int]
        evidence_items: _containers.RepeatedCompositeFieldContainer[_evidence_pb2.EvidenceItem]
        development_plan: _development_plans_pb2.DevelopmentPlan
        def __init__(self, evidence_items: _Optional[_Iterable[_Union[_evidence_pb2.EvidenceItem, _Mapping]]] = ..., development_plan: _Optional[_Union[_development_plans_pb2.DevelopmentPlan, _Mapping]] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    FREEZE_TIME_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    OWN_ITEMS_FIELD_NUMBER: _ClassVar[int]
    HASH_FIELD_NUMBER: _ClassVar[int]
    ITEMS_NOT_SHARED_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    LATE_ITEMS_FIELD_NUMBER: _ClassVar[int]
    PLAN_CHANGE_FIELD_NUMBER: _ClassVar[int]
    NAMED_FIELD_NUMBER: _ClassVar[int]
    name: str
    state: SessionPack.State
    start_time: _timestamp_pb2.Timestamp
    freeze_time: _timestamp_pb2.Timestamp
    entries: _containers.RepeatedCompositeFieldContainer[PackEntry]
    own_items: _containers.RepeatedCompositeFieldContainer[OwnItem]
    hash: str
    items_not_shared: int
    number: int
    late_items: _containers.RepeatedCompositeFieldContainer[LateItem]
    plan_change: PlanChange
    named: SessionPack.Named
    def __init__(self, name: _Optional[str] = ..., state: _Optional[_Union[SessionPack.State, str]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., freeze_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., entries: _Optional[_Iterable[_Union[PackEntry, _Mapping]]] = ..., own_items: _Optional[_Iterable[_Union[OwnItem, _Mapping]]] = ..., hash: _Optional[str] = ..., items_not_shared: _Optional[int] = ..., number: _Optional[int] = ..., late_items: _Optional[_Iterable[_Union[LateItem, _Mapping]]] = ..., plan_change: _Optional[_Union[PlanChange, _Mapping]] = ..., named: _Optional[_Union[SessionPack.Named, _Mapping]] = ...) -> None: ...

class PlanChange(_message.Message):
    __slots__ = ("since_date", "version_before", "version", "added", "changed", "removed")
    SINCE_DATE_FIELD_NUMBER: _ClassVar[int]
    VERSION_BEFORE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    ADDED_FIELD_NUMBER: _ClassVar[int]
    CHANGED_FIELD_NUMBER: _ClassVar[int]
    REMOVED_FIELD_NUMBER: _ClassVar[int]
    since_date: _date_pb2.Date
    version_before: int
    version: int
    added: _containers.RepeatedScalarFieldContainer[str]
    changed: _containers.RepeatedScalarFieldContainer[str]
    removed: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, since_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., version_before: _Optional[int] = ..., version: _Optional[int] = ..., added: _Optional[_Iterable[str]] = ..., changed: _Optional[_Iterable[str]] = ..., removed: _Optional[_Iterable[str]] = ...) -> None: ...

class PackEntry(_message.Message):
    __slots__ = ("section", "name", "version", "standards", "since_date", "reply_due_date", "kind", "due_date", "progress", "reply_stands_still")
    class Section(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        SECTION_UNSPECIFIED: _ClassVar[PackEntry.Section]
        SECTION_PRAISE: _ClassVar[PackEntry.Section]
        SECTION_NEW_EVIDENCE: _ClassVar[PackEntry.Section]
        SECTION_CONCERN: _ClassVar[PackEntry.Section]
        SECTION_NO_EVIDENCE: _ClassVar[PackEntry.Section]
        SECTION_CARRIED: _ClassVar[PackEntry.Section]
        SECTION_OPEN_ACTION: _ClassVar[PackEntry.Section]
        SECTION_SUPPORT_OWED: _ClassVar[PackEntry.Section]
        SECTION_SUPPORT_OFFERED: _ClassVar[PackEntry.Section]
        SECTION_ENDED_ACTION: _ClassVar[PackEntry.Section]
    SECTION_UNSPECIFIED: PackEntry.Section
    SECTION_PRAISE: PackEntry.Section
    SECTION_NEW_EVIDENCE: PackEntry.Section
    SECTION_CONCERN: PackEntry.Section
    SECTION_NO_EVIDENCE: PackEntry.Section
    SECTION_CARRIED: PackEntry.Section
    SECTION_OPEN_ACTION: PackEntry.Section
    SECTION_SUPPORT_OWED: PackEntry.Section
    SECTION_SUPPORT_OFFERED: PackEntry.Section
    SECTION_ENDED_ACTION: PackEntry.Section
    SECTION_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    STANDARDS_FIELD_NUMBER: _ClassVar[int]
    SINCE_DATE_FIELD_NUMBER: _ClassVar[int]
    REPLY_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    REPLY_STANDS_STILL_FIELD_NUMBER: _ClassVar[int]
    section: PackEntry.Section
    name: str
    version: int
    standards: _containers.RepeatedScalarFieldContainer[str]
    since_date: _date_pb2.Date
    reply_due_date: _date_pb2.Date
    kind: str
    due_date: _date_pb2.Date
    progress: ActionProgress
    reply_stands_still: bool
    def __init__(self, section: _Optional[_Union[PackEntry.Section, str]] = ..., name: _Optional[str] = ..., version: _Optional[int] = ..., standards: _Optional[_Iterable[str]] = ..., since_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reply_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., kind: _Optional[str] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., progress: _Optional[_Union[ActionProgress, _Mapping]] = ..., reply_stands_still: _Optional[bool] = ...) -> None: ...

class ActionProgress(_message.Message):
    __slots__ = ("since_date", "state", "state_before", "due_date_before", "supports_given")
    SINCE_DATE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    STATE_BEFORE_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_BEFORE_FIELD_NUMBER: _ClassVar[int]
    SUPPORTS_GIVEN_FIELD_NUMBER: _ClassVar[int]
    since_date: _date_pb2.Date
    state: _development_plans_pb2.Action.State
    state_before: _development_plans_pb2.Action.State
    due_date_before: _date_pb2.Date
    supports_given: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, since_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., state: _Optional[_Union[_development_plans_pb2.Action.State, str]] = ..., state_before: _Optional[_Union[_development_plans_pb2.Action.State, str]] = ..., due_date_before: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., supports_given: _Optional[_Iterable[str]] = ...) -> None: ...

class OwnItem(_message.Message):
    __slots__ = ("name", "words", "add_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    ADD_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    words: str
    add_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., words: _Optional[str] = ..., add_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class LateItem(_message.Message):
    __slots__ = ("entry", "state", "offer_time", "offered_by", "admit_time", "changed")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[LateItem.State]
        STATE_OFFERED: _ClassVar[LateItem.State]
        STATE_ADMITTED: _ClassVar[LateItem.State]
    STATE_UNSPECIFIED: LateItem.State
    STATE_OFFERED: LateItem.State
    STATE_ADMITTED: LateItem.State
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    OFFER_TIME_FIELD_NUMBER: _ClassVar[int]
    OFFERED_BY_FIELD_NUMBER: _ClassVar[int]
    ADMIT_TIME_FIELD_NUMBER: _ClassVar[int]
    CHANGED_FIELD_NUMBER: _ClassVar[int]
    entry: PackEntry
    state: LateItem.State
    offer_time: _timestamp_pb2.Timestamp
    offered_by: str
    admit_time: _timestamp_pb2.Timestamp
    changed: bool
    def __init__(self, entry: _Optional[_Union[PackEntry, _Mapping]] = ..., state: _Optional[_Union[LateItem.State, str]] = ..., offer_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., offered_by: _Optional[str] = ..., admit_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., changed: _Optional[bool] = ...) -> None: ...

class SessionRecord(_message.Message):
    __slots__ = ("name", "edition", "state", "ending", "pack_hash", "held_date", "mode", "content", "answer", "author", "correction_reason", "share_time", "answer_due_date", "response_due_date", "close_time", "withdrawal_asked_by", "withdrawal_reason", "etag", "for_whom")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[SessionRecord.State]
        STATE_DRAFTED: _ClassVar[SessionRecord.State]
        STATE_SHARED: _ClassVar[SessionRecord.State]
        STATE_DISPUTED: _ClassVar[SessionRecord.State]
        STATE_CLOSED: _ClassVar[SessionRecord.State]
        STATE_WITHDRAWN: _ClassVar[SessionRecord.State]
    STATE_UNSPECIFIED: SessionRecord.State
    STATE_DRAFTED: SessionRecord.State
    STATE_SHARED: SessionRecord.State
    STATE_DISPUTED: SessionRecord.State
    STATE_CLOSED: SessionRecord.State
    STATE_WITHDRAWN: SessionRecord.State
    class Ending(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ENDING_UNSPECIFIED: _ClassVar[SessionRecord.Ending]
        ENDING_CONFIRMED: _ClassVar[SessionRecord.Ending]
        ENDING_DISPUTED: _ClassVar[SessionRecord.Ending]
        ENDING_NO_ANSWER: _ClassVar[SessionRecord.Ending]
    ENDING_UNSPECIFIED: SessionRecord.Ending
    ENDING_CONFIRMED: SessionRecord.Ending
    ENDING_DISPUTED: SessionRecord.Ending
    ENDING_NO_ANSWER: SessionRecord.Ending
    NAME_FIELD_NUMBER: _ClassVar[int]
    EDITION_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ENDING_FIELD_NUMBER: _ClassVar[int]
    PACK_HASH_FIELD_NUMBER: _ClassVar[int]
    HELD_DATE_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_FIELD_NUMBER: _ClassVar[int]
    CORRECTION_REASON_FIELD_NUMBER: _ClassVar[int]
    SHARE_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    RESPONSE_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    CLOSE_TIME_FIELD_NUMBER: _ClassVar[int]
    WITHDRAWAL_ASKED_BY_FIELD_NUMBER: _ClassVar[int]
    WITHDRAWAL_REASON_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    FOR_WHOM_FIELD_NUMBER: _ClassVar[int]
    name: str
    edition: int
    state: SessionRecord.State
    ending: SessionRecord.Ending
    pack_hash: str
    held_date: _date_pb2.Date
    mode: str
    content: RecordContent
    answer: RecordAnswer
    author: str
    correction_reason: str
    share_time: _timestamp_pb2.Timestamp
    answer_due_date: _date_pb2.Date
    response_due_date: _date_pb2.Date
    close_time: _timestamp_pb2.Timestamp
    withdrawal_asked_by: str
    withdrawal_reason: str
    etag: str
    for_whom: str
    def __init__(self, name: _Optional[str] = ..., edition: _Optional[int] = ..., state: _Optional[_Union[SessionRecord.State, str]] = ..., ending: _Optional[_Union[SessionRecord.Ending, str]] = ..., pack_hash: _Optional[str] = ..., held_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., mode: _Optional[str] = ..., content: _Optional[_Union[RecordContent, _Mapping]] = ..., answer: _Optional[_Union[RecordAnswer, _Mapping]] = ..., author: _Optional[str] = ..., correction_reason: _Optional[str] = ..., share_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answer_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., response_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., close_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., withdrawal_asked_by: _Optional[str] = ..., withdrawal_reason: _Optional[str] = ..., etag: _Optional[str] = ..., for_whom: _Optional[str] = ...) -> None: ...

class RecordContent(_message.Message):
    __slots__ = ("views", "outcomes", "child_interest", "actions", "supports")
    VIEWS_FIELD_NUMBER: _ClassVar[int]
    OUTCOMES_FIELD_NUMBER: _ClassVar[int]
    CHILD_INTEREST_FIELD_NUMBER: _ClassVar[int]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    SUPPORTS_FIELD_NUMBER: _ClassVar[int]
    views: _containers.RepeatedCompositeFieldContainer[StandardView]
    outcomes: _containers.RepeatedCompositeFieldContainer[AgendaOutcome]
    child_interest: str
    actions: _containers.RepeatedScalarFieldContainer[str]
    supports: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, views: _Optional[_Iterable[_Union[StandardView, _Mapping]]] = ..., outcomes: _Optional[_Iterable[_Union[AgendaOutcome, _Mapping]]] = ..., child_interest: _Optional[str] = ..., actions: _Optional[_Iterable[str]] = ..., supports: _Optional[_Iterable[str]] = ...) -> None: ...

class StandardView(_message.Message):
    __slots__ = ("standard", "word", "basis", "words")
    class Word(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        WORD_UNSPECIFIED: _ClassVar[StandardView.Word]
        WORD_MET: _ClassVar[StandardView.Word]
        WORD_DEVELOPING: _ClassVar[StandardView.Word]
        WORD_CONCERN: _ClassVar[StandardView.Word]
        WORD_NOT_ENOUGH_EVIDENCE: _ClassVar[StandardView.Word]
        WORD_NO_NEW_EVIDENCE: _ClassVar[StandardView.Word]
    WORD_UNSPECIFIED: StandardView.Word
    WORD_MET: StandardView.Word
    WORD_DEVELOPING: StandardView.Word
    WORD_CONCERN: StandardView.Word
    WORD_NOT_ENOUGH_EVIDENCE: StandardView.Word
    WORD_NO_NEW_EVIDENCE: StandardView.Word
    STANDARD_FIELD_NUMBER: _ClassVar[int]
    WORD_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    standard: str
    word: StandardView.Word
    basis: _containers.RepeatedScalarFieldContainer[str]
    words: str
    def __init__(self, standard: _Optional[str] = ..., word: _Optional[_Union[StandardView.Word, str]] = ..., basis: _Optional[_Iterable[str]] = ..., words: _Optional[str] = ...) -> None: ...

class AgendaOutcome(_message.Message):
    __slots__ = ("item", "word", "words", "action")
    class Word(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        WORD_UNSPECIFIED: _ClassVar[AgendaOutcome.Word]
        WORD_ACKNOWLEDGED: _ClassVar[AgendaOutcome.Word]
        WORD_SETTLED: _ClassVar[AgendaOutcome.Word]
        WORD_NO_ACTION: _ClassVar[AgendaOutcome.Word]
        WORD_CARRIED_FORWARD: _ClassVar[AgendaOutcome.Word]
        WORD_ACTION: _ClassVar[AgendaOutcome.Word]
    WORD_UNSPECIFIED: AgendaOutcome.Word
    WORD_ACKNOWLEDGED: AgendaOutcome.Word
    WORD_SETTLED: AgendaOutcome.Word
    WORD_NO_ACTION: AgendaOutcome.Word
    WORD_CARRIED_FORWARD: AgendaOutcome.Word
    WORD_ACTION: AgendaOutcome.Word
    ITEM_FIELD_NUMBER: _ClassVar[int]
    WORD_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    item: str
    word: AgendaOutcome.Word
    words: str
    action: str
    def __init__(self, item: _Optional[str] = ..., word: _Optional[_Union[AgendaOutcome.Word, str]] = ..., words: _Optional[str] = ..., action: _Optional[str] = ...) -> None: ...

class RecordAnswer(_message.Message):
    __slots__ = ("confirmed", "answer_time", "disputes")
    CONFIRMED_FIELD_NUMBER: _ClassVar[int]
    ANSWER_TIME_FIELD_NUMBER: _ClassVar[int]
    DISPUTES_FIELD_NUMBER: _ClassVar[int]
    confirmed: bool
    answer_time: _timestamp_pb2.Timestamp
    disputes: _containers.RepeatedCompositeFieldContainer[Dispute]
    def __init__(self, confirmed: _Optional[bool] = ..., answer_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., disputes: _Optional[_Iterable[_Union[Dispute, _Mapping]]] = ...) -> None: ...

class Dispute(_message.Message):
    __slots__ = ("section", "words", "response")
    SECTION_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    RESPONSE_FIELD_NUMBER: _ClassVar[int]
    section: str
    words: str
    response: str
    def __init__(self, section: _Optional[str] = ..., words: _Optional[str] = ..., response: _Optional[str] = ...) -> None: ...

class GetSessionPackRequest(_message.Message):
    __slots__ = ("name", "with_named")
    NAME_FIELD_NUMBER: _ClassVar[int]
    WITH_NAMED_FIELD_NUMBER: _ClassVar[int]
    name: str
    with_named: bool
    def __init__(self, name: _Optional[str] = ..., with_named: _Optional[bool] = ...) -> None: ...

class AddOwnItemRequest(_message.Message):
    __slots__ = ("parent", "words", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    words: str
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., words: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class OfferLateItemRequest(_message.Message):
    __slots__ = ("parent", "item", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    item: str
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., item: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class AdmitLateItemRequest(_message.Message):
    __slots__ = ("parent", "item", "version", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    item: str
    version: int
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., item: _Optional[str] = ..., version: _Optional[int] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class GetSessionRecordRequest(_message.Message):
    __slots__ = ("name", "edition")
    NAME_FIELD_NUMBER: _ClassVar[int]
    EDITION_FIELD_NUMBER: _ClassVar[int]
    name: str
    edition: int
    def __init__(self, name: _Optional[str] = ..., edition: _Optional[int] = ...) -> None: ...

class ListSessionRecordsRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class ListSessionRecordsResponse(_message.Message):
    __slots__ = ("session_records",)
    SESSION_RECORDS_FIELD_NUMBER: _ClassVar[int]
    session_records: _containers.RepeatedCompositeFieldContainer[SessionRecord]
    def __init__(self, session_records: _Optional[_Iterable[_Union[SessionRecord, _Mapping]]] = ...) -> None: ...

class CreateSessionRecordRequest(_message.Message):
    __slots__ = ("parent", "content", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    content: RecordContent
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., content: _Optional[_Union[RecordContent, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class UpdateSessionRecordRequest(_message.Message):
    __slots__ = ("name", "content", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    content: RecordContent
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., content: _Optional[_Union[RecordContent, _Mapping]] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ShareSessionRecordRequest(_message.Message):
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

class AnswerSessionRecordRequest(_message.Message):
    __slots__ = ("name", "edition", "disputes", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    EDITION_FIELD_NUMBER: _ClassVar[int]
    DISPUTES_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    edition: int
    disputes: _containers.RepeatedCompositeFieldContainer[Dispute]
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., edition: _Optional[int] = ..., disputes: _Optional[_Iterable[_Union[Dispute, _Mapping]]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class CloseSessionRecordRequest(_message.Message):
    __slots__ = ("name", "responses", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    RESPONSES_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    responses: _containers.RepeatedCompositeFieldContainer[DisputeResponse]
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., responses: _Optional[_Iterable[_Union[DisputeResponse, _Mapping]]] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class DisputeResponse(_message.Message):
    __slots__ = ("section", "words")
    SECTION_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    section: str
    words: str
    def __init__(self, section: _Optional[str] = ..., words: _Optional[str] = ...) -> None: ...

class CorrectSessionRecordRequest(_message.Message):
    __slots__ = ("name", "content", "reason", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    content: RecordContent
    reason: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., content: _Optional[_Union[RecordContent, _Mapping]] = ..., reason: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class WithdrawSessionRecordRequest(_message.Message):
    __slots__ = ("name", "reason", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    reason: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., reason: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...
