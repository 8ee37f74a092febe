import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class NoReportReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NO_REPORT_REASON_UNSPECIFIED: _ClassVar[NoReportReason]
    NO_REPORT_REASON_NO_APPOINTMENT: _ClassVar[NoReportReason]
    NO_REPORT_REASON_NO_REPORT_DUE: _ClassVar[NoReportReason]
    NO_REPORT_REASON_NOT_PROVIDED: _ClassVar[NoReportReason]
NO_REPORT_REASON_UNSPECIFIED: NoReportReason
NO_REPORT_REASON_NO_APPOINTMENT: NoReportReason
NO_REPORT_REASON_NO_REPORT_DUE: NoReportReason
NO_REPORT_REASON_NOT_PROVIDED: NoReportReason

class ReportsNotAvailable(_message.Message):
    __slots__ = ("safeguarder", "date", "reports", "reason", "record_time")
    SAFEGUARDER_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    REPORTS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
    safeguarder: str
    date: _date_pb2.Date
    reports: int
    reason: NoReportReason
    record_time: _timestamp_pb2.Timestamp
    def __init__(self, safeguarder: _Optional[str] = ..., date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reports: _Optional[int] = ..., reason: _Optional[_Union[NoReportReason, str]] = ..., record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RecordReportsNotAvailableRequest(_message.Message):
    __slots__ = ("parent", "date", "reports", "reason", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    REPORTS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    date: _date_pb2.Date
    reports: int
    reason: NoReportReason
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reports: _Optional[int] = ..., reason: _Optional[_Union[NoReportReason, str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...
