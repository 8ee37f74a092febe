import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from psmf.evidence.v1 import evidence_pb2 as _evidence_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
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

class SampleRound(_message.Message):
    __slots__ = ("name", "seed", "algorithm", "since_date", "until_date", "begun_by", "create_time", "standings", "not_drawn")
    class Standing(_message.Message):
        __slots__ = ("state", "samples")
        STATE_FIELD_NUMBER: _ClassVar[int]
        SAMPLES_FIELD_NUMBER: _ClassVar[int]
        state: ReportSample.State
        samples: int
        def __init__(self, state: _Optional[_Union[ReportSample.State, str]] = ..., samples: _Optional[int] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    ALGORITHM_FIELD_NUMBER: _ClassVar[int]
    SINCE_DATE_FIELD_NUMBER: _ClassVar[int]
    UNTIL_DATE_FIELD_NUMBER: _ClassVar[int]
    BEGUN_BY_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    STANDINGS_FIELD_NUMBER: _ClassVar[int]
    NOT_DRAWN_FIELD_NUMBER: _ClassVar[int]
    name: str
    seed: str
    algorithm: int
    since_date: _date_pb2.Date
    until_date: _date_pb2.Date
    begun_by: str
    create_time: _timestamp_pb2.Timestamp
    standings: _containers.RepeatedCompositeFieldContainer[SampleRound.Standing]
    not_drawn: int
    def __init__(self, name: _Optional[str] = ..., seed: _Optional[str] = ..., algorithm: _Optional[int] = ..., since_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., until_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., begun_by: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., standings: _Optional[_Iterable[_Union[SampleRound.Standing, _Mapping]]] = ..., not_drawn: _Optional[int] = ...) -> None: ...

class ReportSample(_message.Message):
    __slots__ = ("name", "round", "state", "report", "drawn_from", "passed", "reason", "second_wanted", "reader", "second_reader", "readings", "agreed", "evidence_item", "read_date", "create_time", "etag", "second_by_seed", "wait_ended_by")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[ReportSample.State]
        STATE_DUE: _ClassVar[ReportSample.State]
        STATE_SELECTED: _ClassVar[ReportSample.State]
        STATE_OBTAINED: _ClassVar[ReportSample.State]
        STATE_NOT_AVAILABLE: _ClassVar[ReportSample.State]
        STATE_ASSIGNED: _ClassVar[ReportSample.State]
        STATE_READ: _ClassVar[ReportSample.State]
        STATE_SECOND_READ: _ClassVar[ReportSample.State]
        STATE_RECONCILED: _ClassVar[ReportSample.State]
    STATE_UNSPECIFIED: ReportSample.State
    STATE_DUE: ReportSample.State
    STATE_SELECTED: ReportSample.State
    STATE_OBTAINED: ReportSample.State
    STATE_NOT_AVAILABLE: ReportSample.State
    STATE_ASSIGNED: ReportSample.State
    STATE_READ: ReportSample.State
    STATE_SECOND_READ: ReportSample.State
    STATE_RECONCILED: ReportSample.State
    class Step(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STEP_UNSPECIFIED: _ClassVar[ReportSample.Step]
        STEP_OBTAIN_REPORT: _ClassVar[ReportSample.Step]
        STEP_READ_REPORT: _ClassVar[ReportSample.Step]
        STEP_SECOND_READING: _ClassVar[ReportSample.Step]
        STEP_RECONCILE_READINGS: _ClassVar[ReportSample.Step]
        STEP_SHARE_READING: _ClassVar[ReportSample.Step]
    STEP_UNSPECIFIED: ReportSample.Step
    STEP_OBTAIN_REPORT: ReportSample.Step
    STEP_READ_REPORT: ReportSample.Step
    STEP_SECOND_READING: ReportSample.Step
    STEP_RECONCILE_READINGS: ReportSample.Step
    STEP_SHARE_READING: ReportSample.Step
    class Report(_message.Message):
        __slots__ = ("case_reference", "due_date", "filed_date")
        CASE_REFERENCE_FIELD_NUMBER: _ClassVar[int]
        DUE_DATE_FIELD_NUMBER: _ClassVar[int]
        FILED_DATE_FIELD_NUMBER: _ClassVar[int]
        case_reference: str
        due_date: _date_pb2.Date
        filed_date: _date_pb2.Date
        def __init__(self, case_reference: _Optional[str] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., filed_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...
    class Reading(_message.Message):
        __slots__ = ("reader", "rating", "words", "create_time")
        READER_FIELD_NUMBER: _ClassVar[int]
        RATING_FIELD_NUMBER: _ClassVar[int]
        WORDS_FIELD_NUMBER: _ClassVar[int]
        CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
        reader: str
        rating: Rating
        words: str
        create_time: _timestamp_pb2.Timestamp
        def __init__(self, reader: _Optional[str] = ..., rating: _Optional[_Union[Rating, _Mapping]] = ..., words: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
    class Agreed(_message.Message):
        __slots__ = ("rating", "words", "proposed_by", "agreed_by", "stands")
        RATING_FIELD_NUMBER: _ClassVar[int]
        WORDS_FIELD_NUMBER: _ClassVar[int]
        PROPOSED_BY_FIELD_NUMBER: _ClassVar[int]
        AGREED_BY_FIELD_NUMBER: _ClassVar[int]
        STANDS_FIELD_NUMBER: _ClassVar[int]
        rating: Rating
        words: str
        proposed_by: str
        agreed_by: str
        stands: bool
        def __init__(self, rating: _Optional[_Union[Rating, _Mapping]] = ..., words: _Optional[str] = ..., proposed_by: _Optional[str] = ..., agreed_by: _Optional[str] = ..., stands: _Optional[bool] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REPORT_FIELD_NUMBER: _ClassVar[int]
    DRAWN_FROM_FIELD_NUMBER: _ClassVar[int]
    PASSED_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    SECOND_WANTED_FIELD_NUMBER: _ClassVar[int]
    READER_FIELD_NUMBER: _ClassVar[int]
    SECOND_READER_FIELD_NUMBER: _ClassVar[int]
    READINGS_FIELD_NUMBER: _ClassVar[int]
    AGREED_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_ITEM_FIELD_NUMBER: _ClassVar[int]
    READ_DATE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    SECOND_BY_SEED_FIELD_NUMBER: _ClassVar[int]
    WAIT_ENDED_BY_FIELD_NUMBER: _ClassVar[int]
    name: str
    round: str
    state: ReportSample.State
    report: ReportSample.Report
    drawn_from: _containers.RepeatedCompositeFieldContainer[ReportSample.Report]
    passed: int
    reason: NoReportReason
    second_wanted: bool
    reader: str
    second_reader: str
    readings: _containers.RepeatedCompositeFieldContainer[ReportSample.Reading]
    agreed: ReportSample.Agreed
    evidence_item: str
    read_date: _date_pb2.Date
    create_time: _timestamp_pb2.Timestamp
    etag: str
    second_by_seed: bool
    wait_ended_by: str
    def __init__(self, name: _Optional[str] = ..., round: _Optional[str] = ..., state: _Optional[_Union[ReportSample.State, str]] = ..., report: _Optional[_Union[ReportSample.Report, _Mapping]] = ..., drawn_from: _Optional[_Iterable[_Union[ReportSample.Report, _Mapping]]] = ..., passed: _Optional[int] = ..., reason: _Optional[_Union[NoReportReason, str]] = ..., second_wanted: _Optional[bool] = ..., reader: _Optional[str] = ..., second_reader: _Optional[str] = ..., readings: _Optional[_Iterable[_Union[ReportSample.Reading, _Mapping]]] = ..., agreed: _Optional[_Union[ReportSample.Agreed, _Mapping]] = ..., evidence_item: _Optional[str] = ..., read_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., etag: _Optional[str] = ..., second_by_seed: _Optional[bool] = ..., wait_ended_by: _Optional[str] = ...) -> None: ...

class Rating(_message.Message):
    __slots__ = ("on_time", "form", "clear", "reasoned", "justifiable", "child_views")
    ON_TIME_FIELD_NUMBER: _ClassVar[int]
    FORM_FIELD_NUMBER: _ClassVar[int]
    CLEAR_FIELD_NUMBER: _ClassVar[int]
    REASONED_FIELD_NUMBER: _ClassVar[int]
    JUSTIFIABLE_FIELD_NUMBER: _ClassVar[int]
    CHILD_VIEWS_FIELD_NUMBER: _ClassVar[int]
    on_time: _evidence_pb2.LineRating
    form: _evidence_pb2.LineRating
    clear: _evidence_pb2.LineRating
    reasoned: _evidence_pb2.LineRating
    justifiable: _evidence_pb2.LineRating
    child_views: _evidence_pb2.YesNo
    def __init__(self, on_time: _Optional[_Union[_evidence_pb2.LineRating, str]] = ..., form: _Optional[_Union[_evidence_pb2.LineRating, str]] = ..., clear: _Optional[_Union[_evidence_pb2.LineRating, str]] = ..., reasoned: _Optional[_Union[_evidence_pb2.LineRating, str]] = ..., justifiable: _Optional[_Union[_evidence_pb2.LineRating, str]] = ..., child_views: _Optional[_Union[_evidence_pb2.YesNo, str]] = ...) -> None: ...

class Agreement(_message.Message):
    __slots__ = ("lines", "least_pairs")
    class Line(_message.Message):
        __slots__ = ("line", "pairs", "same", "not_read", "enough", "kappa")
        LINE_FIELD_NUMBER: _ClassVar[int]
        PAIRS_FIELD_NUMBER: _ClassVar[int]
        SAME_FIELD_NUMBER: _ClassVar[int]
        NOT_READ_FIELD_NUMBER: _ClassVar[int]
        ENOUGH_FIELD_NUMBER: _ClassVar[int]
        KAPPA_FIELD_NUMBER: _ClassVar[int]
        line: str
        pairs: int
        same: int
        not_read: int
        enough: bool
        kappa: Agreement.Kappa
        def __init__(self, line: _Optional[str] = ..., pairs: _Optional[int] = ..., same: _Optional[int] = ..., not_read: _Optional[int] = ..., enough: _Optional[bool] = ..., kappa: _Optional[_Union[Agreement.Kappa, _Mapping]] = ...) -> None: ...
    class Kappa(_message.Message):
        __slots__ = ("value", "low", "high")
        VALUE_FIELD_NUMBER: _ClassVar[int]
        LOW_FIELD_NUMBER: _ClassVar[int]
        HIGH_FIELD_NUMBER: _ClassVar[int]
        value: float
        low: float
        high: float
        def __init__(self, value: _Optional[float] = ..., low: _Optional[float] = ..., high: _Optional[float] = ...) -> None: ...
    LINES_FIELD_NUMBER: _ClassVar[int]
    LEAST_PAIRS_FIELD_NUMBER: _ClassVar[int]
    lines: _containers.RepeatedCompositeFieldContainer[Agreement.Line]
    least_pairs: int
    def __init__(self, lines: _Optional[_Iterable[_Union[Agreement.Line, _Mapping]]] = ..., least_pairs: _Optional[int] = ...) -> None: ...

class CreateSampleRoundRequest(_message.Message):
    __slots__ = ("request_id", "validate_only")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    validate_only: bool
    def __init__(self, request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class GetSampleRoundRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class DrawSamplesRequest(_message.Message):
    __slots__ = ("name", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class DrawSamplesResponse(_message.Message):
    __slots__ = ("selected", "without_reports", "remaining")
    SELECTED_FIELD_NUMBER: _ClassVar[int]
    WITHOUT_REPORTS_FIELD_NUMBER: _ClassVar[int]
    REMAINING_FIELD_NUMBER: _ClassVar[int]
    selected: int
    without_reports: int
    remaining: int
    def __init__(self, selected: _Optional[int] = ..., without_reports: _Optional[int] = ..., remaining: _Optional[int] = ...) -> None: ...

class GetReportSampleRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListReportSamplesRequest(_message.Message):
    __slots__ = ("parent", "round", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    round: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., round: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListReportSamplesResponse(_message.Message):
    __slots__ = ("report_samples", "next_page_token")
    REPORT_SAMPLES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    report_samples: _containers.RepeatedCompositeFieldContainer[ReportSample]
    next_page_token: str
    def __init__(self, report_samples: _Optional[_Iterable[_Union[ReportSample, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class RecordObtainedRequest(_message.Message):
    __slots__ = ("name", "reason", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    reason: NoReportReason
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., reason: _Optional[_Union[NoReportReason, str]] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class AssignReadingRequest(_message.Message):
    __slots__ = ("name", "reader", "second", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    READER_FIELD_NUMBER: _ClassVar[int]
    SECOND_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    reader: str
    second: bool
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., reader: _Optional[str] = ..., second: _Optional[bool] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class RecordReadingRequest(_message.Message):
    __slots__ = ("name", "rating", "words", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    RATING_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    rating: Rating
    words: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., rating: _Optional[_Union[Rating, _Mapping]] = ..., words: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ReconcileReadingsRequest(_message.Message):
    __slots__ = ("name", "rating", "words", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    RATING_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    rating: Rating
    words: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., rating: _Optional[_Union[Rating, _Mapping]] = ..., words: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class EndReadingWaitRequest(_message.Message):
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

class GetAgreementRequest(_message.Message):
    __slots__ = ("round",)
    ROUND_FIELD_NUMBER: _ClassVar[int]
    round: str
    def __init__(self, round: _Optional[str] = ...) -> None: ...
