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

class KpiVerdict(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    KPI_VERDICT_UNSPECIFIED: _ClassVar[KpiVerdict]
    KPI_VERDICT_MET: _ClassVar[KpiVerdict]
    KPI_VERDICT_NOT_MET: _ClassVar[KpiVerdict]
    KPI_VERDICT_NO_TARGET: _ClassVar[KpiVerdict]
    KPI_VERDICT_NOTHING_DUE: _ClassVar[KpiVerdict]

class KpiResult(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    KPI_RESULT_UNSPECIFIED: _ClassVar[KpiResult]
    KPI_RESULT_COUNTED: _ClassVar[KpiResult]
    KPI_RESULT_SHORT: _ClassVar[KpiResult]
    KPI_RESULT_LEFT_OUT: _ClassVar[KpiResult]

class KpiFinding(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    KPI_FINDING_UNSPECIFIED: _ClassVar[KpiFinding]
    KPI_FINDING_NO_DIFFERENCE: _ClassVar[KpiFinding]
    KPI_FINDING_LOOK: _ClassVar[KpiFinding]
    KPI_FINDING_NOT_ENOUGH_DATA: _ClassVar[KpiFinding]
KPI_VERDICT_UNSPECIFIED: KpiVerdict
KPI_VERDICT_MET: KpiVerdict
KPI_VERDICT_NOT_MET: KpiVerdict
KPI_VERDICT_NO_TARGET: KpiVerdict
KPI_VERDICT_NOTHING_DUE: KpiVerdict
KPI_RESULT_UNSPECIFIED: KpiResult
KPI_RESULT_COUNTED: KpiResult
KPI_RESULT_SHORT: KpiResult
KPI_RESULT_LEFT_OUT: KpiResult
KPI_FINDING_UNSPECIFIED: KpiFinding
KPI_FINDING_NO_DIFFERENCE: KpiFinding
KPI_FINDING_LOOK: KpiFinding
KPI_FINDING_NOT_ENOUGH_DATA: KpiFinding

class KpiReport(_message.Message):
    __slots__ = ("name", "as_of_date", "known_time", "rulebook_hash", "figures", "ledger_sha256", "sha256", "freeze_time", "content")
    NAME_FIELD_NUMBER: _ClassVar[int]
    AS_OF_DATE_FIELD_NUMBER: _ClassVar[int]
    KNOWN_TIME_FIELD_NUMBER: _ClassVar[int]
    RULEBOOK_HASH_FIELD_NUMBER: _ClassVar[int]
    FIGURES_FIELD_NUMBER: _ClassVar[int]
    LEDGER_SHA256_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    FREEZE_TIME_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    name: str
    as_of_date: _date_pb2.Date
    known_time: _timestamp_pb2.Timestamp
    rulebook_hash: str
    figures: _containers.RepeatedCompositeFieldContainer[KpiFigure]
    ledger_sha256: str
    sha256: str
    freeze_time: _timestamp_pb2.Timestamp
    content: bytes
    def __init__(self, name: _Optional[str] = ..., as_of_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., known_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., rulebook_hash: _Optional[str] = ..., figures: _Optional[_Iterable[_Union[KpiFigure, _Mapping]]] = ..., ledger_sha256: _Optional[str] = ..., sha256: _Optional[str] = ..., freeze_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., content: _Optional[bytes] = ...) -> None: ...

class KpiFigure(_message.Message):
    __slots__ = ("kpi", "title", "whose", "source", "note", "start_date", "end_date", "register", "numerator", "shortfall", "denominator", "left_out", "beside", "target_percent", "target_reason", "tenths_of_percent", "verdict", "other_reading", "smallest_group")
    KPI_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    WHOSE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    REGISTER_FIELD_NUMBER: _ClassVar[int]
    NUMERATOR_FIELD_NUMBER: _ClassVar[int]
    SHORTFALL_FIELD_NUMBER: _ClassVar[int]
    DENOMINATOR_FIELD_NUMBER: _ClassVar[int]
    LEFT_OUT_FIELD_NUMBER: _ClassVar[int]
    BESIDE_FIELD_NUMBER: _ClassVar[int]
    TARGET_PERCENT_FIELD_NUMBER: _ClassVar[int]
    TARGET_REASON_FIELD_NUMBER: _ClassVar[int]
    TENTHS_OF_PERCENT_FIELD_NUMBER: _ClassVar[int]
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    OTHER_READING_FIELD_NUMBER: _ClassVar[int]
    SMALLEST_GROUP_FIELD_NUMBER: _ClassVar[int]
    kpi: str
    title: str
    whose: str
    source: str
    note: str
    start_date: _date_pb2.Date
    end_date: _date_pb2.Date
    register: KpiCount
    numerator: KpiCount
    shortfall: KpiCount
    denominator: KpiCount
    left_out: _containers.RepeatedCompositeFieldContainer[KpiCount]
    beside: _containers.RepeatedCompositeFieldContainer[KpiCount]
    target_percent: int
    target_reason: str
    tenths_of_percent: int
    verdict: KpiVerdict
    other_reading: KpiShare
    smallest_group: int
    def __init__(self, kpi: _Optional[str] = ..., title: _Optional[str] = ..., whose: _Optional[str] = ..., source: _Optional[str] = ..., note: _Optional[str] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., register: _Optional[_Union[KpiCount, _Mapping]] = ..., numerator: _Optional[_Union[KpiCount, _Mapping]] = ..., shortfall: _Optional[_Union[KpiCount, _Mapping]] = ..., denominator: _Optional[_Union[KpiCount, _Mapping]] = ..., left_out: _Optional[_Iterable[_Union[KpiCount, _Mapping]]] = ..., beside: _Optional[_Iterable[_Union[KpiCount, _Mapping]]] = ..., target_percent: _Optional[int] = ..., target_reason: _Optional[str] = ..., tenths_of_percent: _Optional[int] = ..., verdict: _Optional[_Union[KpiVerdict, str]] = ..., other_reading: _Optional[_Union[KpiShare, _Mapping]] = ..., smallest_group: _Optional[int] = ...) -> None: ...

class KpiShare(_message.Message):
    __slots__ = ("title", "numerator", "denominator", "tenths_of_percent")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    NUMERATOR_FIELD_NUMBER: _ClassVar[int]
    DENOMINATOR_FIELD_NUMBER: _ClassVar[int]
    TENTHS_OF_PERCENT_FIELD_NUMBER: _ClassVar[int]
    title: str
    numerator: int
    denominator: int
    tenths_of_percent: int
    def __init__(self, title: _Optional[str] = ..., numerator: _Optional[int] = ..., denominator: _Optional[int] = ..., tenths_of_percent: _Optional[int] = ...) -> None: ...

class KpiCount(_message.Message):
    __slots__ = ("title", "units", "withheld")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    WITHHELD_FIELD_NUMBER: _ClassVar[int]
    title: str
    units: int
    withheld: bool
    def __init__(self, title: _Optional[str] = ..., units: _Optional[int] = ..., withheld: _Optional[bool] = ...) -> None: ...

class GetKpiReportRequest(_message.Message):
    __slots__ = ("name", "as_of_date", "known_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    AS_OF_DATE_FIELD_NUMBER: _ClassVar[int]
    KNOWN_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    as_of_date: _date_pb2.Date
    known_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., as_of_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., known_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListKpiReportsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListKpiReportsResponse(_message.Message):
    __slots__ = ("kpi_reports", "next_page_token")
    KPI_REPORTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    kpi_reports: _containers.RepeatedCompositeFieldContainer[KpiReport]
    next_page_token: str
    def __init__(self, kpi_reports: _Optional[_Iterable[_Union[KpiReport, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class FreezeKpiReportRequest(_message.Message):
    __slots__ = ("name", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class GetKpiSeriesRequest(_message.Message):
    __slots__ = ("parent", "as_of_date", "known_time")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    AS_OF_DATE_FIELD_NUMBER: _ClassVar[int]
    KNOWN_TIME_FIELD_NUMBER: _ClassVar[int]
    parent: str
    as_of_date: _date_pb2.Date
    known_time: _timestamp_pb2.Timestamp
    def __init__(self, parent: _Optional[str] = ..., as_of_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., known_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class KpiSeries(_message.Message):
    __slots__ = ("kpi", "known_time", "points")
    KPI_FIELD_NUMBER: _ClassVar[int]
    KNOWN_TIME_FIELD_NUMBER: _ClassVar[int]
    POINTS_FIELD_NUMBER: _ClassVar[int]
    kpi: str
    known_time: _timestamp_pb2.Timestamp
    points: _containers.RepeatedCompositeFieldContainer[KpiSeriesPoint]
    def __init__(self, kpi: _Optional[str] = ..., known_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., points: _Optional[_Iterable[_Union[KpiSeriesPoint, _Mapping]]] = ...) -> None: ...

class KpiSeriesPoint(_message.Message):
    __slots__ = ("report", "as_of_date", "figure", "freeze_time", "frozen_figure")
    REPORT_FIELD_NUMBER: _ClassVar[int]
    AS_OF_DATE_FIELD_NUMBER: _ClassVar[int]
    FIGURE_FIELD_NUMBER: _ClassVar[int]
    FREEZE_TIME_FIELD_NUMBER: _ClassVar[int]
    FROZEN_FIGURE_FIELD_NUMBER: _ClassVar[int]
    report: str
    as_of_date: _date_pb2.Date
    figure: KpiFigure
    freeze_time: _timestamp_pb2.Timestamp
    frozen_figure: KpiFigure
    def __init__(self, report: _Optional[str] = ..., as_of_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., figure: _Optional[_Union[KpiFigure, _Mapping]] = ..., freeze_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., frozen_figure: _Optional[_Union[KpiFigure, _Mapping]] = ...) -> None: ...

class ListKpiContributorsRequest(_message.Message):
    __slots__ = ("parent", "as_of_date", "known_time", "result", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    AS_OF_DATE_FIELD_NUMBER: _ClassVar[int]
    KNOWN_TIME_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    as_of_date: _date_pb2.Date
    known_time: _timestamp_pb2.Timestamp
    result: KpiResult
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., as_of_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., known_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., result: _Optional[_Union[KpiResult, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListKpiContributorsResponse(_message.Message):
    __slots__ = ("contributors", "next_page_token", "total_size", "known_time", "title")
    CONTRIBUTORS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOTAL_SIZE_FIELD_NUMBER: _ClassVar[int]
    KNOWN_TIME_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    contributors: _containers.RepeatedCompositeFieldContainer[KpiContributor]
    next_page_token: str
    total_size: int
    known_time: _timestamp_pb2.Timestamp
    title: str
    def __init__(self, contributors: _Optional[_Iterable[_Union[KpiContributor, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., total_size: _Optional[int] = ..., known_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., title: _Optional[str] = ...) -> None: ...

class KpiContributor(_message.Message):
    __slots__ = ("unit_id", "safeguarder", "date", "result", "reason", "beside")
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    SAFEGUARDER_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    BESIDE_FIELD_NUMBER: _ClassVar[int]
    unit_id: str
    safeguarder: str
    date: _date_pb2.Date
    result: KpiResult
    reason: str
    beside: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, unit_id: _Optional[str] = ..., safeguarder: _Optional[str] = ..., date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., result: _Optional[_Union[KpiResult, str]] = ..., reason: _Optional[str] = ..., beside: _Optional[_Iterable[str]] = ...) -> None: ...

class CompareKpiRegionsRequest(_message.Message):
    __slots__ = ("parent", "as_of_date", "known_time")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    AS_OF_DATE_FIELD_NUMBER: _ClassVar[int]
    KNOWN_TIME_FIELD_NUMBER: _ClassVar[int]
    parent: str
    as_of_date: _date_pb2.Date
    known_time: _timestamp_pb2.Timestamp
    def __init__(self, parent: _Optional[str] = ..., as_of_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., known_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class KpiComparison(_message.Message):
    __slots__ = ("kpi", "title", "as_of_date", "regions", "withheld")
    KPI_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    AS_OF_DATE_FIELD_NUMBER: _ClassVar[int]
    REGIONS_FIELD_NUMBER: _ClassVar[int]
    WITHHELD_FIELD_NUMBER: _ClassVar[int]
    kpi: str
    title: str
    as_of_date: _date_pb2.Date
    regions: _containers.RepeatedCompositeFieldContainer[KpiRegion]
    withheld: bool
    def __init__(self, kpi: _Optional[str] = ..., title: _Optional[str] = ..., as_of_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., regions: _Optional[_Iterable[_Union[KpiRegion, _Mapping]]] = ..., withheld: _Optional[bool] = ...) -> None: ...

class KpiRegion(_message.Message):
    __slots__ = ("region", "people", "counted", "from_tenths_of_percent", "to_tenths_of_percent", "finding")
    REGION_FIELD_NUMBER: _ClassVar[int]
    PEOPLE_FIELD_NUMBER: _ClassVar[int]
    COUNTED_FIELD_NUMBER: _ClassVar[int]
    FROM_TENTHS_OF_PERCENT_FIELD_NUMBER: _ClassVar[int]
    TO_TENTHS_OF_PERCENT_FIELD_NUMBER: _ClassVar[int]
    FINDING_FIELD_NUMBER: _ClassVar[int]
    region: str
    people: int
    counted: int
    from_tenths_of_percent: int
    to_tenths_of_percent: int
    finding: KpiFinding
    def __init__(self, region: _Optional[str] = ..., people: _Optional[int] = ..., counted: _Optional[int] = ..., from_tenths_of_percent: _Optional[int] = ..., to_tenths_of_percent: _Optional[int] = ..., finding: _Optional[_Union[KpiFinding, str]] = ...) -> None: ...
