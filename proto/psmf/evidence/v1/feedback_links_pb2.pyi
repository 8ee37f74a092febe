import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from psmf.evidence.v1 import feedback_stage_pb2 as _feedback_stage_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class FeedbackGiver(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FEEDBACK_GIVER_UNSPECIFIED: _ClassVar[FeedbackGiver]
    FEEDBACK_GIVER_CHILD: _ClassVar[FeedbackGiver]
    FEEDBACK_GIVER_ADULT: _ClassVar[FeedbackGiver]
    FEEDBACK_GIVER_AGENCY: _ClassVar[FeedbackGiver]

class FeedbackConsent(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FEEDBACK_CONSENT_UNSPECIFIED: _ClassVar[FeedbackConsent]
    FEEDBACK_CONSENT_YES: _ClassVar[FeedbackConsent]
    FEEDBACK_CONSENT_KIND_ONLY: _ClassVar[FeedbackConsent]
    FEEDBACK_CONSENT_ASK_FIRST: _ClassVar[FeedbackConsent]
FEEDBACK_GIVER_UNSPECIFIED: FeedbackGiver
FEEDBACK_GIVER_CHILD: FeedbackGiver
FEEDBACK_GIVER_ADULT: FeedbackGiver
FEEDBACK_GIVER_AGENCY: FeedbackGiver
FEEDBACK_CONSENT_UNSPECIFIED: FeedbackConsent
FEEDBACK_CONSENT_YES: FeedbackConsent
FEEDBACK_CONSENT_KIND_ONLY: FeedbackConsent
FEEDBACK_CONSENT_ASK_FIRST: FeedbackConsent

class FeedbackLink(_message.Message):
    __slots__ = ("name", "safeguarder", "giver", "happened_date", "case_reference", "state", "made_by", "create_time", "expire_time", "send_time", "evidence_item", "hints", "consent", "contact", "contact_until_date", "token")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[FeedbackLink.State]
        STATE_OPEN: _ClassVar[FeedbackLink.State]
        STATE_SENT: _ClassVar[FeedbackLink.State]
        STATE_REVOKED: _ClassVar[FeedbackLink.State]
        STATE_EXPIRED: _ClassVar[FeedbackLink.State]
    STATE_UNSPECIFIED: FeedbackLink.State
    STATE_OPEN: FeedbackLink.State
    STATE_SENT: FeedbackLink.State
    STATE_REVOKED: FeedbackLink.State
    STATE_EXPIRED: FeedbackLink.State
    NAME_FIELD_NUMBER: _ClassVar[int]
    SAFEGUARDER_FIELD_NUMBER: _ClassVar[int]
    GIVER_FIELD_NUMBER: _ClassVar[int]
    HAPPENED_DATE_FIELD_NUMBER: _ClassVar[int]
    CASE_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    MADE_BY_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    SEND_TIME_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_ITEM_FIELD_NUMBER: _ClassVar[int]
    HINTS_FIELD_NUMBER: _ClassVar[int]
    CONSENT_FIELD_NUMBER: _ClassVar[int]
    CONTACT_FIELD_NUMBER: _ClassVar[int]
    CONTACT_UNTIL_DATE_FIELD_NUMBER: _ClassVar[int]
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    name: str
    safeguarder: str
    giver: FeedbackGiver
    happened_date: _date_pb2.Date
    case_reference: str
    state: FeedbackLink.State
    made_by: str
    create_time: _timestamp_pb2.Timestamp
    expire_time: _timestamp_pb2.Timestamp
    send_time: _timestamp_pb2.Timestamp
    evidence_item: str
    hints: _containers.RepeatedScalarFieldContainer[str]
    consent: FeedbackConsent
    contact: str
    contact_until_date: _date_pb2.Date
    token: str
    def __init__(self, name: _Optional[str] = ..., safeguarder: _Optional[str] = ..., giver: _Optional[_Union[FeedbackGiver, str]] = ..., happened_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., case_reference: _Optional[str] = ..., state: _Optional[_Union[FeedbackLink.State, str]] = ..., made_by: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., send_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., evidence_item: _Optional[str] = ..., hints: _Optional[_Iterable[str]] = ..., consent: _Optional[_Union[FeedbackConsent, str]] = ..., contact: _Optional[str] = ..., contact_until_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., token: _Optional[str] = ...) -> None: ...

class CreateFeedbackLinkRequest(_message.Message):
    __slots__ = ("parent", "giver", "happened_date", "case_reference", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    GIVER_FIELD_NUMBER: _ClassVar[int]
    HAPPENED_DATE_FIELD_NUMBER: _ClassVar[int]
    CASE_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    giver: FeedbackGiver
    happened_date: _date_pb2.Date
    case_reference: str
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., giver: _Optional[_Union[FeedbackGiver, str]] = ..., happened_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., case_reference: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ListFeedbackLinksRequest(_message.Message):
    __slots__ = ("safeguarder", "state", "page_size", "page_token")
    SAFEGUARDER_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    safeguarder: str
    state: FeedbackLink.State
    page_size: int
    page_token: str
    def __init__(self, safeguarder: _Optional[str] = ..., state: _Optional[_Union[FeedbackLink.State, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListFeedbackLinksResponse(_message.Message):
    __slots__ = ("feedback_links", "next_page_token")
    FEEDBACK_LINKS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    feedback_links: _containers.RepeatedCompositeFieldContainer[FeedbackLink]
    next_page_token: str
    def __init__(self, feedback_links: _Optional[_Iterable[_Union[FeedbackLink, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class RevokeFeedbackLinkRequest(_message.Message):
    __slots__ = ("name", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ExchangeFeedbackLinkRequest(_message.Message):
    __slots__ = ("token", "session", "request_id", "validate_only")
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    token: str
    session: str
    request_id: str
    validate_only: bool
    def __init__(self, token: _Optional[str] = ..., session: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class FeedbackSession(_message.Message):
    __slots__ = ("giver", "expire_time")
    GIVER_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    giver: FeedbackGiver
    expire_time: _timestamp_pb2.Timestamp
    def __init__(self, giver: _Optional[_Union[FeedbackGiver, str]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class FeedbackAnswer(_message.Message):
    __slots__ = ("question", "choice", "text")
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    CHOICE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    question: str
    choice: str
    text: str
    def __init__(self, question: _Optional[str] = ..., choice: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class SendFeedbackRequest(_message.Message):
    __slots__ = ("session", "answers", "consent", "contact", "request_id", "validate_only")
    SESSION_FIELD_NUMBER: _ClassVar[int]
    ANSWERS_FIELD_NUMBER: _ClassVar[int]
    CONSENT_FIELD_NUMBER: _ClassVar[int]
    CONTACT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    session: str
    answers: _containers.RepeatedCompositeFieldContainer[FeedbackAnswer]
    consent: FeedbackConsent
    contact: str
    request_id: str
    validate_only: bool
    def __init__(self, session: _Optional[str] = ..., answers: _Optional[_Iterable[_Union[FeedbackAnswer, _Mapping]]] = ..., consent: _Optional[_Union[FeedbackConsent, str]] = ..., contact: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class FeedbackReceipt(_message.Message):
    __slots__ = ("code", "sent_before", "send_time")
    CODE_FIELD_NUMBER: _ClassVar[int]
    SENT_BEFORE_FIELD_NUMBER: _ClassVar[int]
    SEND_TIME_FIELD_NUMBER: _ClassVar[int]
    code: str
    sent_before: bool
    send_time: _timestamp_pb2.Timestamp
    def __init__(self, code: _Optional[str] = ..., sent_before: _Optional[bool] = ..., send_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class GetFeedbackStageRequest(_message.Message):
    __slots__ = ("code",)
    CODE_FIELD_NUMBER: _ClassVar[int]
    code: str
    def __init__(self, code: _Optional[str] = ...) -> None: ...
