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

class Delegation(_message.Message):
    __slots__ = ("name", "delegate", "support_manager", "from_date", "to_date", "reason", "state", "created_by", "create_time", "ended_by", "end_time")
    class Reason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        REASON_UNSPECIFIED: _ClassVar[Delegation.Reason]
        REASON_ABSENCE: _ClassVar[Delegation.Reason]
        REASON_WORKLOAD: _ClassVar[Delegation.Reason]
        REASON_HANDOVER: _ClassVar[Delegation.Reason]
    REASON_UNSPECIFIED: Delegation.Reason
    REASON_ABSENCE: Delegation.Reason
    REASON_WORKLOAD: Delegation.Reason
    REASON_HANDOVER: Delegation.Reason
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Delegation.State]
        STATE_TO_COME: _ClassVar[Delegation.State]
        STATE_IN_FORCE: _ClassVar[Delegation.State]
        STATE_OVER: _ClassVar[Delegation.State]
        STATE_ENDED: _ClassVar[Delegation.State]
    STATE_UNSPECIFIED: Delegation.State
    STATE_TO_COME: Delegation.State
    STATE_IN_FORCE: Delegation.State
    STATE_OVER: Delegation.State
    STATE_ENDED: Delegation.State
    NAME_FIELD_NUMBER: _ClassVar[int]
    DELEGATE_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_MANAGER_FIELD_NUMBER: _ClassVar[int]
    FROM_DATE_FIELD_NUMBER: _ClassVar[int]
    TO_DATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CREATED_BY_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ENDED_BY_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    delegate: str
    support_manager: str
    from_date: _date_pb2.Date
    to_date: _date_pb2.Date
    reason: Delegation.Reason
    state: Delegation.State
    created_by: str
    create_time: _timestamp_pb2.Timestamp
    ended_by: str
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., delegate: _Optional[str] = ..., support_manager: _Optional[str] = ..., from_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., to_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reason: _Optional[_Union[Delegation.Reason, str]] = ..., state: _Optional[_Union[Delegation.State, str]] = ..., created_by: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ended_by: _Optional[str] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CreateDelegationRequest(_message.Message):
    __slots__ = ("parent", "delegate", "from_date", "to_date", "reason", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    DELEGATE_FIELD_NUMBER: _ClassVar[int]
    FROM_DATE_FIELD_NUMBER: _ClassVar[int]
    TO_DATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    delegate: str
    from_date: _date_pb2.Date
    to_date: _date_pb2.Date
    reason: Delegation.Reason
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., delegate: _Optional[str] = ..., from_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., to_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reason: _Optional[_Union[Delegation.Reason, str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class EndDelegationRequest(_message.Message):
    __slots__ = ("name", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ListDelegationsRequest(_message.Message):
    __slots__ = ("parent", "include_ended", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_ENDED_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    include_ended: bool
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., include_ended: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListDelegationsResponse(_message.Message):
    __slots__ = ("delegations", "next_page_token")
    DELEGATIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    delegations: _containers.RepeatedCompositeFieldContainer[Delegation]
    next_page_token: str
    def __init__(self, delegations: _Optional[_Iterable[_Union[Delegation, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class PersonLink(_message.Message):
    __slots__ = ("name", "person", "kind", "state", "declared_by", "declare_time", "ended_by", "end_time", "end_reason")
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[PersonLink.Kind]
        KIND_FAMILY: _ClassVar[PersonLink.Kind]
        KIND_PERSONAL: _ClassVar[PersonLink.Kind]
        KIND_WORK: _ClassVar[PersonLink.Kind]
        KIND_FINANCIAL: _ClassVar[PersonLink.Kind]
        KIND_OTHER: _ClassVar[PersonLink.Kind]
    KIND_UNSPECIFIED: PersonLink.Kind
    KIND_FAMILY: PersonLink.Kind
    KIND_PERSONAL: PersonLink.Kind
    KIND_WORK: PersonLink.Kind
    KIND_FINANCIAL: PersonLink.Kind
    KIND_OTHER: PersonLink.Kind
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[PersonLink.State]
        STATE_IN_FORCE: _ClassVar[PersonLink.State]
        STATE_ENDED: _ClassVar[PersonLink.State]
    STATE_UNSPECIFIED: PersonLink.State
    STATE_IN_FORCE: PersonLink.State
    STATE_ENDED: PersonLink.State
    class EndReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        END_REASON_UNSPECIFIED: _ClassVar[PersonLink.EndReason]
        END_REASON_OVER: _ClassVar[PersonLink.EndReason]
        END_REASON_MISTAKE: _ClassVar[PersonLink.EndReason]
    END_REASON_UNSPECIFIED: PersonLink.EndReason
    END_REASON_OVER: PersonLink.EndReason
    END_REASON_MISTAKE: PersonLink.EndReason
    NAME_FIELD_NUMBER: _ClassVar[int]
    PERSON_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    DECLARED_BY_FIELD_NUMBER: _ClassVar[int]
    DECLARE_TIME_FIELD_NUMBER: _ClassVar[int]
    ENDED_BY_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    END_REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    person: str
    kind: PersonLink.Kind
    state: PersonLink.State
    declared_by: str
    declare_time: _timestamp_pb2.Timestamp
    ended_by: str
    end_time: _timestamp_pb2.Timestamp
    end_reason: PersonLink.EndReason
    def __init__(self, name: _Optional[str] = ..., person: _Optional[str] = ..., kind: _Optional[_Union[PersonLink.Kind, str]] = ..., state: _Optional[_Union[PersonLink.State, str]] = ..., declared_by: _Optional[str] = ..., declare_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ended_by: _Optional[str] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_reason: _Optional[_Union[PersonLink.EndReason, str]] = ...) -> None: ...

class DeclareLinkRequest(_message.Message):
    __slots__ = ("parent", "person", "kind", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PERSON_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    person: str
    kind: PersonLink.Kind
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., person: _Optional[str] = ..., kind: _Optional[_Union[PersonLink.Kind, str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class EndLinkRequest(_message.Message):
    __slots__ = ("name", "reason", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    reason: PersonLink.EndReason
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., reason: _Optional[_Union[PersonLink.EndReason, str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ListLinksRequest(_message.Message):
    __slots__ = ("parent", "include_ended", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_ENDED_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    include_ended: bool
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., include_ended: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListLinksResponse(_message.Message):
    __slots__ = ("links", "next_page_token")
    LINKS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    links: _containers.RepeatedCompositeFieldContainer[PersonLink]
    next_page_token: str
    def __init__(self, links: _Optional[_Iterable[_Union[PersonLink, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
