import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from psmf.rules.v1 import rules_pb2 as _rules_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RulebookRevision(_message.Message):
    __slots__ = ("name", "author", "reason", "create_time", "state", "approvals", "effective_time", "files", "etag", "returns")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[RulebookRevision.State]
        STATE_DRAFT: _ClassVar[RulebookRevision.State]
        STATE_APPROVED: _ClassVar[RulebookRevision.State]
        STATE_SCHEDULED: _ClassVar[RulebookRevision.State]
        STATE_ACTIVE: _ClassVar[RulebookRevision.State]
        STATE_SUPERSEDED: _ClassVar[RulebookRevision.State]
        STATE_ROLLED_BACK: _ClassVar[RulebookRevision.State]
        STATE_SENT_BACK: _ClassVar[RulebookRevision.State]
    STATE_UNSPECIFIED: RulebookRevision.State
    STATE_DRAFT: RulebookRevision.State
    STATE_APPROVED: RulebookRevision.State
    STATE_SCHEDULED: RulebookRevision.State
    STATE_ACTIVE: RulebookRevision.State
    STATE_SUPERSEDED: RulebookRevision.State
    STATE_ROLLED_BACK: RulebookRevision.State
    STATE_SENT_BACK: RulebookRevision.State
    class FilesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    APPROVALS_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_TIME_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    RETURNS_FIELD_NUMBER: _ClassVar[int]
    name: str
    author: str
    reason: str
    create_time: _timestamp_pb2.Timestamp
    state: RulebookRevision.State
    approvals: _containers.RepeatedCompositeFieldContainer[RulebookApproval]
    effective_time: _timestamp_pb2.Timestamp
    files: _containers.ScalarMap[str, str]
    etag: str
    returns: _containers.RepeatedCompositeFieldContainer[RulebookReturn]
    def __init__(self, name: _Optional[str] = ..., author: _Optional[str] = ..., reason: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., state: _Optional[_Union[RulebookRevision.State, str]] = ..., approvals: _Optional[_Iterable[_Union[RulebookApproval, _Mapping]]] = ..., effective_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., files: _Optional[_Mapping[str, str]] = ..., etag: _Optional[str] = ..., returns: _Optional[_Iterable[_Union[RulebookReturn, _Mapping]]] = ...) -> None: ...

class RulebookReturn(_message.Message):
    __slots__ = ("person", "reason", "return_time", "answered_by", "answer", "answer_time")
    PERSON_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    RETURN_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_BY_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    ANSWER_TIME_FIELD_NUMBER: _ClassVar[int]
    person: str
    reason: str
    return_time: _timestamp_pb2.Timestamp
    answered_by: str
    answer: str
    answer_time: _timestamp_pb2.Timestamp
    def __init__(self, person: _Optional[str] = ..., reason: _Optional[str] = ..., return_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answered_by: _Optional[str] = ..., answer: _Optional[str] = ..., answer_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ParameterChange(_message.Message):
    __slots__ = ("parameter", "from_date", "value", "why", "cites", "origin")
    PARAMETER_FIELD_NUMBER: _ClassVar[int]
    FROM_DATE_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    CITES_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    parameter: str
    from_date: _date_pb2.Date
    value: int
    why: str
    cites: str
    origin: str
    def __init__(self, parameter: _Optional[str] = ..., from_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., value: _Optional[int] = ..., why: _Optional[str] = ..., cites: _Optional[str] = ..., origin: _Optional[str] = ...) -> None: ...

class RulebookApproval(_message.Message):
    __slots__ = ("approver", "reason", "approve_time", "whatif_report_hash", "cover_report_hash", "signature")
    APPROVER_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    APPROVE_TIME_FIELD_NUMBER: _ClassVar[int]
    WHATIF_REPORT_HASH_FIELD_NUMBER: _ClassVar[int]
    COVER_REPORT_HASH_FIELD_NUMBER: _ClassVar[int]
    SIGNATURE_FIELD_NUMBER: _ClassVar[int]
    approver: str
    reason: str
    approve_time: _timestamp_pb2.Timestamp
    whatif_report_hash: str
    cover_report_hash: str
    signature: str
    def __init__(self, approver: _Optional[str] = ..., reason: _Optional[str] = ..., approve_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., whatif_report_hash: _Optional[str] = ..., cover_report_hash: _Optional[str] = ..., signature: _Optional[str] = ...) -> None: ...

class RulebookActivation(_message.Message):
    __slots__ = ("revision", "kind", "person", "reason", "effective_time", "in_force_time", "refused")
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[RulebookActivation.Kind]
        KIND_RELEASE: _ClassVar[RulebookActivation.Kind]
        KIND_RELOAD: _ClassVar[RulebookActivation.Kind]
        KIND_ACTIVATION: _ClassVar[RulebookActivation.Kind]
        KIND_ROLLBACK: _ClassVar[RulebookActivation.Kind]
    KIND_UNSPECIFIED: RulebookActivation.Kind
    KIND_RELEASE: RulebookActivation.Kind
    KIND_RELOAD: RulebookActivation.Kind
    KIND_ACTIVATION: RulebookActivation.Kind
    KIND_ROLLBACK: RulebookActivation.Kind
    REVISION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    PERSON_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_TIME_FIELD_NUMBER: _ClassVar[int]
    IN_FORCE_TIME_FIELD_NUMBER: _ClassVar[int]
    REFUSED_FIELD_NUMBER: _ClassVar[int]
    revision: str
    kind: RulebookActivation.Kind
    person: str
    reason: str
    effective_time: _timestamp_pb2.Timestamp
    in_force_time: _timestamp_pb2.Timestamp
    refused: str
    def __init__(self, revision: _Optional[str] = ..., kind: _Optional[_Union[RulebookActivation.Kind, str]] = ..., person: _Optional[str] = ..., reason: _Optional[str] = ..., effective_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., in_force_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., refused: _Optional[str] = ...) -> None: ...

class RulebookPlan(_message.Message):
    __slots__ = ("in_force", "scheduled", "earlier", "etag", "dated_changes")
    IN_FORCE_FIELD_NUMBER: _ClassVar[int]
    SCHEDULED_FIELD_NUMBER: _ClassVar[int]
    EARLIER_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    DATED_CHANGES_FIELD_NUMBER: _ClassVar[int]
    in_force: RulebookActivation
    scheduled: RulebookActivation
    earlier: _containers.RepeatedCompositeFieldContainer[RulebookActivation]
    etag: str
    dated_changes: _containers.RepeatedCompositeFieldContainer[DatedChange]
    def __init__(self, in_force: _Optional[_Union[RulebookActivation, _Mapping]] = ..., scheduled: _Optional[_Union[RulebookActivation, _Mapping]] = ..., earlier: _Optional[_Iterable[_Union[RulebookActivation, _Mapping]]] = ..., etag: _Optional[str] = ..., dated_changes: _Optional[_Iterable[_Union[DatedChange, _Mapping]]] = ...) -> None: ...

class DatedChange(_message.Message):
    __slots__ = ("date", "changes")
    DATE_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    date: _date_pb2.Date
    changes: _containers.RepeatedCompositeFieldContainer[RevisionChange]
    def __init__(self, date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., changes: _Optional[_Iterable[_Union[RevisionChange, _Mapping]]] = ...) -> None: ...

class CreateRulebookRevisionRequest(_message.Message):
    __slots__ = ("files", "reason", "request_id", "validate_only")
    class FilesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    FILES_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    files: _containers.ScalarMap[str, str]
    reason: str
    request_id: str
    validate_only: bool
    def __init__(self, files: _Optional[_Mapping[str, str]] = ..., reason: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ChangeParameterRequest(_message.Message):
    __slots__ = ("change", "examples", "request_id", "validate_only")
    CHANGE_FIELD_NUMBER: _ClassVar[int]
    EXAMPLES_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    change: ParameterChange
    examples: _containers.RepeatedCompositeFieldContainer[GuardingExample]
    request_id: str
    validate_only: bool
    def __init__(self, change: _Optional[_Union[ParameterChange, _Mapping]] = ..., examples: _Optional[_Iterable[_Union[GuardingExample, _Mapping]]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class GuardingExample(_message.Message):
    __slots__ = ("key", "title")
    KEY_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    key: str
    title: str
    def __init__(self, key: _Optional[str] = ..., title: _Optional[str] = ...) -> None: ...

class ChangeParameterResponse(_message.Message):
    __slots__ = ("rulebook_revision", "changes", "suggested")
    RULEBOOK_REVISION_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    SUGGESTED_FIELD_NUMBER: _ClassVar[int]
    rulebook_revision: RulebookRevision
    changes: _containers.RepeatedCompositeFieldContainer[RevisionChange]
    suggested: _containers.RepeatedCompositeFieldContainer[SuggestedExample]
    def __init__(self, rulebook_revision: _Optional[_Union[RulebookRevision, _Mapping]] = ..., changes: _Optional[_Iterable[_Union[RevisionChange, _Mapping]]] = ..., suggested: _Optional[_Iterable[_Union[SuggestedExample, _Mapping]]] = ...) -> None: ...

class SuggestedExample(_message.Message):
    __slots__ = ("key", "rule", "example")
    KEY_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    EXAMPLE_FIELD_NUMBER: _ClassVar[int]
    key: str
    rule: str
    example: _rules_pb2.RuleExample
    def __init__(self, key: _Optional[str] = ..., rule: _Optional[str] = ..., example: _Optional[_Union[_rules_pb2.RuleExample, _Mapping]] = ...) -> None: ...

class CheckRulebookRevisionRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class CheckRulebookRevisionResponse(_message.Message):
    __slots__ = ("examples", "failed", "added", "untested", "warnings")
    EXAMPLES_FIELD_NUMBER: _ClassVar[int]
    FAILED_FIELD_NUMBER: _ClassVar[int]
    ADDED_FIELD_NUMBER: _ClassVar[int]
    UNTESTED_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    examples: int
    failed: _containers.RepeatedScalarFieldContainer[str]
    added: _containers.RepeatedCompositeFieldContainer[SuggestedExample]
    untested: _containers.RepeatedScalarFieldContainer[str]
    warnings: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, examples: _Optional[int] = ..., failed: _Optional[_Iterable[str]] = ..., added: _Optional[_Iterable[_Union[SuggestedExample, _Mapping]]] = ..., untested: _Optional[_Iterable[str]] = ..., warnings: _Optional[_Iterable[str]] = ...) -> None: ...

class SendBackRulebookRevisionRequest(_message.Message):
    __slots__ = ("name", "reason", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    reason: str
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., reason: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class GetRulebookRevisionRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListRulebookRevisionsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListRulebookRevisionsResponse(_message.Message):
    __slots__ = ("rulebook_revisions", "next_page_token")
    RULEBOOK_REVISIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    rulebook_revisions: _containers.RepeatedCompositeFieldContainer[RulebookRevision]
    next_page_token: str
    def __init__(self, rulebook_revisions: _Optional[_Iterable[_Union[RulebookRevision, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class CompareRulebookRevisionsRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    WITH_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ..., **kwargs) -> None: ...

class CompareRulebookRevisionsResponse(_message.Message):
    __slots__ = ("changes",)
    WITH_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    changes: _containers.RepeatedCompositeFieldContainer[RevisionChange]
    def __init__(self, changes: _Optional[_Iterable[_Union[RevisionChange, _Mapping]]] = ..., **kwargs) -> None: ...

class RevisionChange(_message.Message):
    __slots__ = ("about", "part", "change", "words", "read_by")
    ABOUT_FIELD_NUMBER: _ClassVar[int]
    PART_FIELD_NUMBER: _ClassVar[int]
    CHANGE_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    READ_BY_FIELD_NUMBER: _ClassVar[int]
    about: str
    part: str
    change: str
    words: _containers.RepeatedScalarFieldContainer[str]
    read_by: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, about: _Optional[str] = ..., part: _Optional[str] = ..., change: _Optional[str] = ..., words: _Optional[_Iterable[str]] = ..., read_by: _Optional[_Iterable[str]] = ...) -> None: ...

class ApproveRulebookRevisionRequest(_message.Message):
    __slots__ = ("name", "reason", "whatif_report_hash", "cover_report_hash", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    WHATIF_REPORT_HASH_FIELD_NUMBER: _ClassVar[int]
    COVER_REPORT_HASH_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    reason: str
    whatif_report_hash: str
    cover_report_hash: str
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., reason: _Optional[str] = ..., whatif_report_hash: _Optional[str] = ..., cover_report_hash: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class ActivateRulebookRevisionRequest(_message.Message):
    __slots__ = ("name", "effective_time", "reason", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_TIME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    effective_time: _timestamp_pb2.Timestamp
    reason: str
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., effective_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reason: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class RollbackRulebookRequest(_message.Message):
    __slots__ = ("reason", "request_id", "validate_only", "etag")
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    reason: str
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, reason: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class GetRulebookPlanRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class VerifyRulebookActivationsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class VerifyRulebookActivationsResponse(_message.Message):
    __slots__ = ("faults", "signed", "activations", "end_hash", "in_force", "approvers")
    FAULTS_FIELD_NUMBER: _ClassVar[int]
    SIGNED_FIELD_NUMBER: _ClassVar[int]
    ACTIVATIONS_FIELD_NUMBER: _ClassVar[int]
    END_HASH_FIELD_NUMBER: _ClassVar[int]
    IN_FORCE_FIELD_NUMBER: _ClassVar[int]
    APPROVERS_FIELD_NUMBER: _ClassVar[int]
    faults: _containers.RepeatedScalarFieldContainer[str]
    signed: bool
    activations: int
    end_hash: str
    in_force: RulebookActivation
    approvers: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, faults: _Optional[_Iterable[str]] = ..., signed: _Optional[bool] = ..., activations: _Optional[int] = ..., end_hash: _Optional[str] = ..., in_force: _Optional[_Union[RulebookActivation, _Mapping]] = ..., approvers: _Optional[_Iterable[str]] = ...) -> None: ...
