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

class AlertReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ALERT_REASON_UNSPECIFIED: _ClassVar[AlertReason]
    ALERT_REASON_TAKEN_TO_SESSION: _ClassVar[AlertReason]
    ALERT_REASON_AWAITING_INFORMATION: _ClassVar[AlertReason]
    ALERT_REASON_PERSON_ON_LEAVE: _ClassVar[AlertReason]
    ALERT_REASON_CONCERN_CLOSED: _ClassVar[AlertReason]
    ALERT_REASON_CONCERN_DISMISSED: _ClassVar[AlertReason]
    ALERT_REASON_EXPLAINED: _ClassVar[AlertReason]
    ALERT_REASON_GAP_FILLED: _ClassVar[AlertReason]
    ALERT_REASON_PRAISE_ACKNOWLEDGED: _ClassVar[AlertReason]
ALERT_REASON_UNSPECIFIED: AlertReason
ALERT_REASON_TAKEN_TO_SESSION: AlertReason
ALERT_REASON_AWAITING_INFORMATION: AlertReason
ALERT_REASON_PERSON_ON_LEAVE: AlertReason
ALERT_REASON_CONCERN_CLOSED: AlertReason
ALERT_REASON_CONCERN_DISMISSED: AlertReason
ALERT_REASON_EXPLAINED: AlertReason
ALERT_REASON_GAP_FILLED: AlertReason
ALERT_REASON_PRAISE_ACKNOWLEDGED: AlertReason

class Alert(_message.Message):
    __slots__ = ("name", "concern", "rule", "subject", "lane", "state", "recipient", "owner", "next_date", "respond_by_date", "open_time", "updates", "reason", "silenced_by", "closing_proposed", "etag", "quiet", "held_date", "ask_date")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Alert.State]
        STATE_OPEN: _ClassVar[Alert.State]
        STATE_ACKNOWLEDGED: _ClassVar[Alert.State]
        STATE_SNOOZED: _ClassVar[Alert.State]
        STATE_RESOLVED: _ClassVar[Alert.State]
        STATE_SILENCED: _ClassVar[Alert.State]
    STATE_UNSPECIFIED: Alert.State
    STATE_OPEN: Alert.State
    STATE_ACKNOWLEDGED: Alert.State
    STATE_SNOOZED: Alert.State
    STATE_RESOLVED: Alert.State
    STATE_SILENCED: Alert.State
    NAME_FIELD_NUMBER: _ClassVar[int]
    CONCERN_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    LANE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    NEXT_DATE_FIELD_NUMBER: _ClassVar[int]
    RESPOND_BY_DATE_FIELD_NUMBER: _ClassVar[int]
    OPEN_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATES_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    SILENCED_BY_FIELD_NUMBER: _ClassVar[int]
    CLOSING_PROPOSED_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    QUIET_FIELD_NUMBER: _ClassVar[int]
    HELD_DATE_FIELD_NUMBER: _ClassVar[int]
    ASK_DATE_FIELD_NUMBER: _ClassVar[int]
    name: str
    concern: str
    rule: str
    subject: str
    lane: str
    state: Alert.State
    recipient: str
    owner: str
    next_date: _date_pb2.Date
    respond_by_date: _date_pb2.Date
    open_time: _timestamp_pb2.Timestamp
    updates: int
    reason: AlertReason
    silenced_by: str
    closing_proposed: bool
    etag: str
    quiet: bool
    held_date: _date_pb2.Date
    ask_date: _date_pb2.Date
    def __init__(self, name: _Optional[str] = ..., concern: _Optional[str] = ..., rule: _Optional[str] = ..., subject: _Optional[str] = ..., lane: _Optional[str] = ..., state: _Optional[_Union[Alert.State, str]] = ..., recipient: _Optional[str] = ..., owner: _Optional[str] = ..., next_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., respond_by_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., open_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., updates: _Optional[int] = ..., reason: _Optional[_Union[AlertReason, str]] = ..., silenced_by: _Optional[str] = ..., closing_proposed: _Optional[bool] = ..., etag: _Optional[str] = ..., quiet: _Optional[bool] = ..., held_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., ask_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class GetAlertRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListAlertsRequest(_message.Message):
    __slots__ = ("parent", "recipient", "include_ended", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_ENDED_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    recipient: str
    include_ended: bool
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., recipient: _Optional[str] = ..., include_ended: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAlertsResponse(_message.Message):
    __slots__ = ("alerts", "next_page_token")
    ALERTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    alerts: _containers.RepeatedCompositeFieldContainer[Alert]
    next_page_token: str
    def __init__(self, alerts: _Optional[_Iterable[_Union[Alert, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class WatchAlertsRequest(_message.Message):
    __slots__ = ("parent", "resume_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    resume_token: str
    def __init__(self, parent: _Optional[str] = ..., resume_token: _Optional[str] = ...) -> None: ...

class WatchAlertsResponse(_message.Message):
    __slots__ = ("alert", "resume_token")
    ALERT_FIELD_NUMBER: _ClassVar[int]
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    alert: Alert
    resume_token: str
    def __init__(self, alert: _Optional[_Union[Alert, _Mapping]] = ..., resume_token: _Optional[str] = ...) -> None: ...

class AcknowledgeAlertRequest(_message.Message):
    __slots__ = ("name", "owner", "next_date", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    NEXT_DATE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    owner: str
    next_date: _date_pb2.Date
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., owner: _Optional[str] = ..., next_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class SnoozeAlertRequest(_message.Message):
    __slots__ = ("name", "until_date", "reason", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    UNTIL_DATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    until_date: _date_pb2.Date
    reason: AlertReason
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., until_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reason: _Optional[_Union[AlertReason, str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class ResolveAlertRequest(_message.Message):
    __slots__ = ("name", "outcome", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    outcome: AlertReason
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., outcome: _Optional[_Union[AlertReason, str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class ListNotificationsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListNotificationsResponse(_message.Message):
    __slots__ = ("notifications", "next_page_token")
    NOTIFICATIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    notifications: _containers.RepeatedCompositeFieldContainer[Notification]
    next_page_token: str
    def __init__(self, notifications: _Optional[_Iterable[_Union[Notification, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class Notification(_message.Message):
    __slots__ = ("name", "recipient", "channel", "state", "tries", "create_time", "send_time", "possible_duplicate", "answer_by_date", "subject", "session_date", "review_date")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Notification.State]
        STATE_INTENDED: _ClassVar[Notification.State]
        STATE_CLAIMED: _ClassVar[Notification.State]
        STATE_SENT: _ClassVar[Notification.State]
        STATE_FAILED: _ClassVar[Notification.State]
    STATE_UNSPECIFIED: Notification.State
    STATE_INTENDED: Notification.State
    STATE_CLAIMED: Notification.State
    STATE_SENT: Notification.State
    STATE_FAILED: Notification.State
    class Subject(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        SUBJECT_UNSPECIFIED: _ClassVar[Notification.Subject]
        SUBJECT_SESSION_PAPERS: _ClassVar[Notification.Subject]
        SUBJECT_RECORD_TO_ANSWER: _ClassVar[Notification.Subject]
        SUBJECT_RECORD_DISPUTED: _ClassVar[Notification.Subject]
        SUBJECT_RECORD_CONFIRMED: _ClassVar[Notification.Subject]
        SUBJECT_RECORD_CLOSED: _ClassVar[Notification.Subject]
        SUBJECT_SUPPORT_TO_ANSWER: _ClassVar[Notification.Subject]
        SUBJECT_SUPPORT_ANSWERED: _ClassVar[Notification.Subject]
        SUBJECT_SUPPORT_ANSWER_ENTERED: _ClassVar[Notification.Subject]
        SUBJECT_SUPPORT_RECEIVED: _ClassVar[Notification.Subject]
        SUBJECT_SUPPORT_NOT_GIVEN: _ClassVar[Notification.Subject]
        SUBJECT_SUPPORT_NOT_RECEIVED: _ClassVar[Notification.Subject]
        SUBJECT_SUPPORT_DUE: _ClassVar[Notification.Subject]
        SUBJECT_ACTION_TO_ANSWER: _ClassVar[Notification.Subject]
        SUBJECT_ACTION_ANSWERED: _ClassVar[Notification.Subject]
        SUBJECT_ACTION_SET: _ClassVar[Notification.Subject]
        SUBJECT_ACTION_DUE: _ClassVar[Notification.Subject]
        SUBJECT_ACTION_DONE: _ClassVar[Notification.Subject]
        SUBJECT_ACTION_ENDED: _ClassVar[Notification.Subject]
        SUBJECT_ACTION_REVIEW_DUE: _ClassVar[Notification.Subject]
        SUBJECT_RECORD_DUE: _ClassVar[Notification.Subject]
        SUBJECT_CALL_DUE: _ClassVar[Notification.Subject]
        SUBJECT_ACTION_MOVED: _ClassVar[Notification.Subject]
        SUBJECT_LATE_ITEM_OFFERED: _ClassVar[Notification.Subject]
        SUBJECT_PLAN_TO_CONFIRM: _ClassVar[Notification.Subject]
        SUBJECT_PLAN_IN_FORCE: _ClassVar[Notification.Subject]
        SUBJECT_PLAN_DUE: _ClassVar[Notification.Subject]
        SUBJECT_VIEW_TO_GIVE: _ClassVar[Notification.Subject]
        SUBJECT_VIEW_GIVEN: _ClassVar[Notification.Subject]
        SUBJECT_VIEW_ENTERED: _ClassVar[Notification.Subject]
        SUBJECT_ACTION_REVIEW_OPENED: _ClassVar[Notification.Subject]
        SUBJECT_ACTION_REVIEW_HELD: _ClassVar[Notification.Subject]
        SUBJECT_ACTION_REVIEW_ANSWERED: _ClassVar[Notification.Subject]
        SUBJECT_APPROACH_TO_READ: _ClassVar[Notification.Subject]
        SUBJECT_APPROACH_READ: _ClassVar[Notification.Subject]
        SUBJECT_APPROACH_ENDED: _ClassVar[Notification.Subject]
        SUBJECT_READINESS_OPEN: _ClassVar[Notification.Subject]
        SUBJECT_RECOMMENDATION_TO_ANSWER: _ClassVar[Notification.Subject]
        SUBJECT_RECOMMENDATION_ANSWERED: _ClassVar[Notification.Subject]
        SUBJECT_RECOMMENDATION_DUE: _ClassVar[Notification.Subject]
        SUBJECT_RECOMMENDATION_SUBMITTED: _ClassVar[Notification.Subject]
        SUBJECT_RECOMMENDATION_WITHDRAWN: _ClassVar[Notification.Subject]
        SUBJECT_RECOMMENDATION_DECIDED: _ClassVar[Notification.Subject]
        SUBJECT_DECISION_DUE: _ClassVar[Notification.Subject]
        SUBJECT_REPLY_STANDS_STILL: _ClassVar[Notification.Subject]
        SUBJECT_REPLY_MOVED: _ClassVar[Notification.Subject]
        SUBJECT_ALLOCATION_DUE: _ClassVar[Notification.Subject]
        SUBJECT_REVIEW_OPENED: _ClassVar[Notification.Subject]
        SUBJECT_REVIEW_NOT_ACCEPTED: _ClassVar[Notification.Subject]
        SUBJECT_REVIEW_DECIDED: _ClassVar[Notification.Subject]
        SUBJECT_REVIEW_WITHDRAWN: _ClassVar[Notification.Subject]
        SUBJECT_REVIEW_TO_ASSIGN: _ClassVar[Notification.Subject]
        SUBJECT_REVIEW_TO_DECIDE: _ClassVar[Notification.Subject]
        SUBJECT_SUSPENSION_IN_FORCE: _ClassVar[Notification.Subject]
        SUBJECT_SUSPENSION_OVER: _ClassVar[Notification.Subject]
        SUBJECT_SUSPENSION_TO_REVIEW: _ClassVar[Notification.Subject]
        SUBJECT_REVIEW_MOVED_UP: _ClassVar[Notification.Subject]
        SUBJECT_LEAVE_TO_ANSWER: _ClassVar[Notification.Subject]
        SUBJECT_LEAVE_ANSWERED: _ClassVar[Notification.Subject]
        SUBJECT_SAMPLE_TO_DRAW: _ClassVar[Notification.Subject]
        SUBJECT_REPORT_TO_OBTAIN: _ClassVar[Notification.Subject]
        SUBJECT_REPORT_TO_READ: _ClassVar[Notification.Subject]
        SUBJECT_READINGS_TO_RECONCILE: _ClassVar[Notification.Subject]
        SUBJECT_READING_TO_SHARE: _ClassVar[Notification.Subject]
        SUBJECT_CORRECTION_TO_CONFIRM: _ClassVar[Notification.Subject]
        SUBJECT_DECISION_CORRECTED: _ClassVar[Notification.Subject]
        SUBJECT_SAFETY_SAID: _ClassVar[Notification.Subject]
        SUBJECT_COMPLAINT_DUE: _ClassVar[Notification.Subject]
        SUBJECT_FILE_OPENED: _ClassVar[Notification.Subject]
        SUBJECT_ACCESS_TO_REVIEW: _ClassVar[Notification.Subject]
        SUBJECT_ACCESS_REVIEWED: _ClassVar[Notification.Subject]
    SUBJECT_UNSPECIFIED: Notification.Subject
    SUBJECT_SESSION_PAPERS: Notification.Subject
    SUBJECT_RECORD_TO_ANSWER: Notification.Subject
    SUBJECT_RECORD_DISPUTED: Notification.Subject
    SUBJECT_RECORD_CONFIRMED: Notification.Subject
    SUBJECT_RECORD_CLOSED: Notification.Subject
    SUBJECT_SUPPORT_TO_ANSWER: Notification.Subject
    SUBJECT_SUPPORT_ANSWERED: Notification.Subject
    SUBJECT_SUPPORT_ANSWER_ENTERED: Notification.Subject
    SUBJECT_SUPPORT_RECEIVED: Notification.Subject
    SUBJECT_SUPPORT_NOT_GIVEN: Notification.Subject
    SUBJECT_SUPPORT_NOT_RECEIVED: Notification.Subject
    SUBJECT_SUPPORT_DUE: Notification.Subject
    SUBJECT_ACTION_TO_ANSWER: Notification.Subject
    SUBJECT_ACTION_ANSWERED: Notification.Subject
    SUBJECT_ACTION_SET: Notification.Subject
    SUBJECT_ACTION_DUE: Notification.Subject
    SUBJECT_ACTION_DONE: Notification.Subject
    SUBJECT_ACTION_ENDED: Notification.Subject
    SUBJECT_ACTION_REVIEW_DUE: Notification.Subject
    SUBJECT_RECORD_DUE: Notification.Subject
    SUBJECT_CALL_DUE: Notification.Subject
    SUBJECT_ACTION_MOVED: Notification.Subject
    SUBJECT_LATE_ITEM_OFFERED: Notification.Subject
    SUBJECT_PLAN_TO_CONFIRM: Notification.Subject
    SUBJECT_PLAN_IN_FORCE: Notification.Subject
    SUBJECT_PLAN_DUE: Notification.Subject
    SUBJECT_VIEW_TO_GIVE: Notification.Subject
    SUBJECT_VIEW_GIVEN: Notification.Subject
    SUBJECT_VIEW_ENTERED: Notification.Subject
    SUBJECT_ACTION_REVIEW_OPENED: Notification.Subject
    SUBJECT_ACTION_REVIEW_HELD: Notification.Subject
    SUBJECT_ACTION_REVIEW_ANSWERED: Notification.Subject
    SUBJECT_APPROACH_TO_READ: Notification.Subject
    SUBJECT_APPROACH_READ: Notification.Subject
    SUBJECT_APPROACH_ENDED: Notification.Subject
    SUBJECT_READINESS_OPEN: Notification.Subject
    SUBJECT_RECOMMENDATION_TO_ANSWER: Notification.Subject
    SUBJECT_RECOMMENDATION_ANSWERED: Notification.Subject
    SUBJECT_RECOMMENDATION_DUE: Notification.Subject
    SUBJECT_RECOMMENDATION_SUBMITTED: Notification.Subject
    SUBJECT_RECOMMENDATION_WITHDRAWN: Notification.Subject
    SUBJECT_RECOMMENDATION_DECIDED: Notification.Subject
    SUBJECT_DECISION_DUE: Notification.Subject
    SUBJECT_REPLY_STANDS_STILL: Notification.Subject
    SUBJECT_REPLY_MOVED: Notification.Subject
    SUBJECT_ALLOCATION_DUE: Notification.Subject
    SUBJECT_REVIEW_OPENED: Notification.Subject
    SUBJECT_REVIEW_NOT_ACCEPTED: Notification.Subject
    SUBJECT_REVIEW_DECIDED: Notification.Subject
    SUBJECT_REVIEW_WITHDRAWN: Notification.Subject
    SUBJECT_REVIEW_TO_ASSIGN: Notification.Subject
    SUBJECT_REVIEW_TO_DECIDE: Notification.Subject
    SUBJECT_SUSPENSION_IN_FORCE: Notification.Subject
    SUBJECT_SUSPENSION_OVER: Notification.Subject
    SUBJECT_SUSPENSION_TO_REVIEW: Notification.Subject
    SUBJECT_REVIEW_MOVED_UP: Notification.Subject
    SUBJECT_LEAVE_TO_ANSWER: Notification.Subject
    SUBJECT_LEAVE_ANSWERED: Notification.Subject
    SUBJECT_SAMPLE_TO_DRAW: Notification.Subject
    SUBJECT_REPORT_TO_OBTAIN: Notification.Subject
    SUBJECT_REPORT_TO_READ: Notification.Subject
    SUBJECT_READINGS_TO_RECONCILE: Notification.Subject
    SUBJECT_READING_TO_SHARE: Notification.Subject
    SUBJECT_CORRECTION_TO_CONFIRM: Notification.Subject
    SUBJECT_DECISION_CORRECTED: Notification.Subject
    SUBJECT_SAFETY_SAID: Notification.Subject
    SUBJECT_COMPLAINT_DUE: Notification.Subject
    SUBJECT_FILE_OPENED: Notification.Subject
    SUBJECT_ACCESS_TO_REVIEW: Notification.Subject
    SUBJECT_ACCESS_REVIEWED: Notification.Subject
    NAME_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    TRIES_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    SEND_TIME_FIELD_NUMBER: _ClassVar[int]
    POSSIBLE_DUPLICATE_FIELD_NUMBER: _ClassVar[int]
    ANSWER_BY_DATE_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    SESSION_DATE_FIELD_NUMBER: _ClassVar[int]
    REVIEW_DATE_FIELD_NUMBER: _ClassVar[int]
    name: str
    recipient: str
    channel: str
    state: Notification.State
    tries: int
    create_time: _timestamp_pb2.Timestamp
    send_time: _timestamp_pb2.Timestamp
    possible_duplicate: bool
    answer_by_date: _date_pb2.Date
    subject: Notification.Subject
    session_date: _date_pb2.Date
    review_date: _date_pb2.Date
    def __init__(self, name: _Optional[str] = ..., recipient: _Optional[str] = ..., channel: _Optional[str] = ..., state: _Optional[_Union[Notification.State, str]] = ..., tries: _Optional[int] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., send_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., possible_duplicate: _Optional[bool] = ..., answer_by_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., subject: _Optional[_Union[Notification.Subject, str]] = ..., session_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., review_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...
