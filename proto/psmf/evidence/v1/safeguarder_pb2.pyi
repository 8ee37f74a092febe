import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from psmf.evidence.v1 import recommendations_pb2 as _recommendations_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class EndReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    END_REASON_UNSPECIFIED: _ClassVar[EndReason]
    END_REASON_RESIGNED: _ClassVar[EndReason]
    END_REASON_TERM_ENDED: _ClassVar[EndReason]
    END_REASON_NOT_REAPPOINTED: _ClassVar[EndReason]
    END_REASON_REMOVED: _ClassVar[EndReason]
    END_REASON_DISQUALIFIED: _ClassVar[EndReason]
    END_REASON_DIED: _ClassVar[EndReason]
END_REASON_UNSPECIFIED: EndReason
END_REASON_RESIGNED: EndReason
END_REASON_TERM_ENDED: EndReason
END_REASON_NOT_REAPPOINTED: EndReason
END_REASON_REMOVED: EndReason
END_REASON_DISQUALIFIED: EndReason
END_REASON_DIED: EndReason

class Safeguarder(_message.Message):
    __slots__ = ("name", "display_name", "areas", "state", "terms", "demo", "create_time", "etag", "panel_number", "support_manager", "support_manager_name", "open_until_time")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Safeguarder.State]
        STATE_APPLICANT: _ClassVar[Safeguarder.State]
        STATE_APPOINTED: _ClassVar[Safeguarder.State]
        STATE_ENDED: _ClassVar[Safeguarder.State]
    STATE_UNSPECIFIED: Safeguarder.State
    STATE_APPLICANT: Safeguarder.State
    STATE_APPOINTED: Safeguarder.State
    STATE_ENDED: Safeguarder.State
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    AREAS_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    TERMS_FIELD_NUMBER: _ClassVar[int]
    DEMO_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    PANEL_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_MANAGER_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_MANAGER_NAME_FIELD_NUMBER: _ClassVar[int]
    OPEN_UNTIL_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    areas: _containers.RepeatedScalarFieldContainer[str]
    state: Safeguarder.State
    terms: _containers.RepeatedCompositeFieldContainer[Term]
    demo: bool
    create_time: _timestamp_pb2.Timestamp
    etag: str
    panel_number: str
    support_manager: str
    support_manager_name: str
    open_until_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., areas: _Optional[_Iterable[str]] = ..., state: _Optional[_Union[Safeguarder.State, str]] = ..., terms: _Optional[_Iterable[_Union[Term, _Mapping]]] = ..., demo: _Optional[bool] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., etag: _Optional[str] = ..., panel_number: _Optional[str] = ..., support_manager: _Optional[str] = ..., support_manager_name: _Optional[str] = ..., open_until_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Term(_message.Message):
    __slots__ = ("name", "start_date", "end_date", "legal_basis")
    NAME_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    LEGAL_BASIS_FIELD_NUMBER: _ClassVar[int]
    name: str
    start_date: _date_pb2.Date
    end_date: _date_pb2.Date
    legal_basis: LegalBasis
    def __init__(self, name: _Optional[str] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., legal_basis: _Optional[_Union[LegalBasis, _Mapping]] = ...) -> None: ...

class LegalBasis(_message.Message):
    __slots__ = ("instrument", "provision", "version")
    INSTRUMENT_FIELD_NUMBER: _ClassVar[int]
    PROVISION_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    instrument: str
    provision: str
    version: str
    def __init__(self, instrument: _Optional[str] = ..., provision: _Optional[str] = ..., version: _Optional[str] = ...) -> None: ...

class CreateSafeguarderRequest(_message.Message):
    __slots__ = ("safeguarder_id", "safeguarder", "request_id", "validate_only", "again")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    SAFEGUARDER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    AGAIN_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    safeguarder: Safeguarder
    request_id: str
    validate_only: bool
    again: bool
    def __init__(self, safeguarder_id: _Optional[str] = ..., safeguarder: _Optional[_Union[Safeguarder, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., again: _Optional[bool] = ...) -> None: ...

class GetSafeguarderRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListSafeguardersRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "area", "support_manager", "term_ends_before_date", "by_name")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_MANAGER_FIELD_NUMBER: _ClassVar[int]
    TERM_ENDS_BEFORE_DATE_FIELD_NUMBER: _ClassVar[int]
    BY_NAME_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    area: str
    support_manager: str
    term_ends_before_date: _date_pb2.Date
    by_name: bool
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., area: _Optional[str] = ..., support_manager: _Optional[str] = ..., term_ends_before_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., by_name: _Optional[bool] = ...) -> None: ...

class ListSafeguardersResponse(_message.Message):
    __slots__ = ("safeguarders", "next_page_token", "total_size")
    SAFEGUARDERS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOTAL_SIZE_FIELD_NUMBER: _ClassVar[int]
    safeguarders: _containers.RepeatedCompositeFieldContainer[Safeguarder]
    next_page_token: str
    total_size: int
    def __init__(self, safeguarders: _Optional[_Iterable[_Union[Safeguarder, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., total_size: _Optional[int] = ...) -> None: ...

class BatchGetSafeguardersRequest(_message.Message):
    __slots__ = ("names",)
    NAMES_FIELD_NUMBER: _ClassVar[int]
    names: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, names: _Optional[_Iterable[str]] = ...) -> None: ...

class BatchGetSafeguardersResponse(_message.Message):
    __slots__ = ("safeguarders",)
    SAFEGUARDERS_FIELD_NUMBER: _ClassVar[int]
    safeguarders: _containers.RepeatedCompositeFieldContainer[Safeguarder]
    def __init__(self, safeguarders: _Optional[_Iterable[_Union[Safeguarder, _Mapping]]] = ...) -> None: ...

class SearchSafeguardersRequest(_message.Message):
    __slots__ = ("query",)
    QUERY_FIELD_NUMBER: _ClassVar[int]
    query: str
    def __init__(self, query: _Optional[str] = ...) -> None: ...

class SearchSafeguardersResponse(_message.Message):
    __slots__ = ("found", "total")
    FOUND_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    found: _containers.RepeatedCompositeFieldContainer[FoundSafeguarder]
    total: int
    def __init__(self, found: _Optional[_Iterable[_Union[FoundSafeguarder, _Mapping]]] = ..., total: _Optional[int] = ...) -> None: ...

class FoundSafeguarder(_message.Message):
    __slots__ = ("match", "safeguarder")
    class Match(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        MATCH_UNSPECIFIED: _ClassVar[FoundSafeguarder.Match]
        MATCH_EXACT: _ClassVar[FoundSafeguarder.Match]
        MATCH_ID_BEGINS: _ClassVar[FoundSafeguarder.Match]
        MATCH_NAME_BEGINS: _ClassVar[FoundSafeguarder.Match]
        MATCH_NEAR: _ClassVar[FoundSafeguarder.Match]
    MATCH_UNSPECIFIED: FoundSafeguarder.Match
    MATCH_EXACT: FoundSafeguarder.Match
    MATCH_ID_BEGINS: FoundSafeguarder.Match
    MATCH_NAME_BEGINS: FoundSafeguarder.Match
    MATCH_NEAR: FoundSafeguarder.Match
    MATCH_FIELD_NUMBER: _ClassVar[int]
    SAFEGUARDER_FIELD_NUMBER: _ClassVar[int]
    match: FoundSafeguarder.Match
    safeguarder: Safeguarder
    def __init__(self, match: _Optional[_Union[FoundSafeguarder.Match, str]] = ..., safeguarder: _Optional[_Union[Safeguarder, _Mapping]] = ...) -> None: ...

class SetPanelNumberRequest(_message.Message):
    __slots__ = ("name", "panel_number", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PANEL_NUMBER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    panel_number: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., panel_number: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class LookUpSafeguarderRequest(_message.Message):
    __slots__ = ("panel_number",)
    PANEL_NUMBER_FIELD_NUMBER: _ClassVar[int]
    panel_number: str
    def __init__(self, panel_number: _Optional[str] = ...) -> None: ...

class LookUpSafeguarderResponse(_message.Message):
    __slots__ = ("safeguarder",)
    SAFEGUARDER_FIELD_NUMBER: _ClassVar[int]
    safeguarder: str
    def __init__(self, safeguarder: _Optional[str] = ...) -> None: ...

class RecordMinisterialDecisionRequest(_message.Message):
    __slots__ = ("name", "kind", "effective_date", "term_months", "legal_basis", "recommended_by", "end_reason", "request_id", "validate_only", "recommendation", "pack_hash", "decided_as", "reasons")
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[RecordMinisterialDecisionRequest.Kind]
        KIND_APPOINTED: _ClassVar[RecordMinisterialDecisionRequest.Kind]
        KIND_REAPPOINTED: _ClassVar[RecordMinisterialDecisionRequest.Kind]
        KIND_ENDED: _ClassVar[RecordMinisterialDecisionRequest.Kind]
        KIND_CONTINUING: _ClassVar[RecordMinisterialDecisionRequest.Kind]
    KIND_UNSPECIFIED: RecordMinisterialDecisionRequest.Kind
    KIND_APPOINTED: RecordMinisterialDecisionRequest.Kind
    KIND_REAPPOINTED: RecordMinisterialDecisionRequest.Kind
    KIND_ENDED: RecordMinisterialDecisionRequest.Kind
    KIND_CONTINUING: RecordMinisterialDecisionRequest.Kind
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_DATE_FIELD_NUMBER: _ClassVar[int]
    TERM_MONTHS_FIELD_NUMBER: _ClassVar[int]
    LEGAL_BASIS_FIELD_NUMBER: _ClassVar[int]
    RECOMMENDED_BY_FIELD_NUMBER: _ClassVar[int]
    END_REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    RECOMMENDATION_FIELD_NUMBER: _ClassVar[int]
    PACK_HASH_FIELD_NUMBER: _ClassVar[int]
    DECIDED_AS_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: RecordMinisterialDecisionRequest.Kind
    effective_date: _date_pb2.Date
    term_months: int
    legal_basis: LegalBasis
    recommended_by: str
    end_reason: EndReason
    request_id: str
    validate_only: bool
    recommendation: str
    pack_hash: str
    decided_as: _recommendations_pb2.Recommendation.Outcome
    reasons: str
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[RecordMinisterialDecisionRequest.Kind, str]] = ..., effective_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., term_months: _Optional[int] = ..., legal_basis: _Optional[_Union[LegalBasis, _Mapping]] = ..., recommended_by: _Optional[str] = ..., end_reason: _Optional[_Union[EndReason, str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., recommendation: _Optional[str] = ..., pack_hash: _Optional[str] = ..., decided_as: _Optional[_Union[_recommendations_pb2.Recommendation.Outcome, str]] = ..., reasons: _Optional[str] = ...) -> None: ...
