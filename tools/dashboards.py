"""Write deploy/observability/dashboards: python -m tools.dashboards. This file declares every panel.

A panel is a title, a unit and queries with their legends. A test lets promtool parse every query, and compares the
committed files with the output of this program. The dashboards are for Grafana 11.6. Nobody has looked at them in
Grafana yet.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from grafana_foundation_sdk.builders.dashboard import CustomVariable, Dashboard, DatasourceVariable, Row
from grafana_foundation_sdk.builders.prometheus import Dataquery
from grafana_foundation_sdk.builders.timeseries import Panel as Timeseries
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import DataSourceRef

FOLDER = Path(__file__).parents[1] / "deploy" / "observability" / "dashboards"
SERVICES = ("psmf-evidence", "psmf-rules", "psmf-scheduling", "psmf-notifications")
PROMETHEUS = DataSourceRef(type_val="prometheus", uid="${prometheus}")
HEIGHT, WIDTH = 8, 12
Queries = Sequence[tuple[str, str]]


class Panel(NamedTuple):
    """A chart of lines over time. `queries` holds each query with the legend of its lines."""

    title: str
    unit: str
    about: str
    queries: Queries


class Board(NamedTuple):
    """A dashboard of rows of panels. With `by_service` the reader chooses one service, `$job` in the queries."""

    uid: str
    title: str
    rows: Sequence[tuple[str, Sequence[Panel]]]
    by_service: bool = False


def _rate(counter: str, matching: str = "") -> str:
    return f"rate({counter}{{{matching}}}[$__rate_interval])" if matching else f"rate({counter}[$__rate_interval])"


def _quantiles(histogram: str, matching: str = "", by: str = "") -> Queries:
    groups = f"le, {by}" if by else "le"
    legend = f" {{{{{by}}}}}" if by else ""
    return [
        (f"histogram_quantile({q}, sum by ({groups}) ({_rate(f'{histogram}_bucket', matching)}))", f"{name}{legend}")
        for q, name in ((0.5, "half within"), (0.99, "99 % within"))
    ]


def _objective(key: str, title: str, allowed: float) -> Panel:
    windows = [(f"psmf:{key}:bad:ratio_rate{window}", f"last {window}") for window in ("1h", "6h", "3d")]
    return Panel(
        title,
        "percentunit",
        "Share of events that do not meet the objective.",
        [*windows, (f"vector({allowed})", "allowed")],
    )


CALLS = "rpc_server_call_duration_seconds"
OF_JOB = 'job="$job"'
NOT_OK = f'{OF_JOB},rpc_response_status_code!="OK"'
ENDING = f'{OF_JOB},rpc_method!~".*/(ReadFeed|Watch.*)"'
LATE = Panel(
    "Work that waits",
    "s",
    "Age of the oldest evidence to evaluate and of the oldest message to send.",
    [("psmf_oldest_wait_age_seconds", "{{job}}")],
)
OVERVIEW = Board(
    "psmf-overview",
    "psmf: overview",
    [
        (
            "Objectives",
            [
                _objective("evidence_to_alert", "99 % of evidence visible in alerts within 30 s", 0.01),
                _objective("calls", "99.5 % of calls free of our faults", 0.005),
                _objective("handover", "99 % of messages handed over within 15 min", 0.01),
                Panel(
                    "Ledger: facts not accounted for",
                    "none",
                    "0, or the number of facts on their way. It may change for a minute.",
                    [
                        (
                            "sum(psmf_facts_accepted) - sum(psmf_facts_received) - sum(psmf_facts_dead)",
                            "not accounted for",
                        )
                    ],
                ),
            ],
        ),
        (
            "Services",
            [
                Panel(
                    "Firing alerts",
                    "none",
                    "By name.",
                    [('sum by (alertname) (ALERTS{alertstate="firing"})', "{{alertname}}")],
                ),
                Panel(
                    "Versions",
                    "none",
                    "Versions of the running services.",
                    [("psmf_build_info", "{{job}} {{version}}")],
                ),
            ],
        ),
    ],
)
PIPELINE = Board(
    "psmf-pipeline",
    "psmf: evidence → concern → alert → message",
    [
        (
            "On the way",
            [
                Panel(
                    "Evidence to alert",
                    "s",
                    "Time from recording evidence to the alert it caused.",
                    _quantiles("psmf_evidence_to_alert_duration_seconds"),
                ),
                Panel(
                    "Events not sent",
                    "s",
                    "Age of the oldest event in the outbox.",
                    [("psmf_outbox_oldest_unsent_age_seconds", "{{job}} to {{reader}}")],
                ),
                Panel(
                    "Events not applied",
                    "s",
                    "Age of the oldest event that has arrived.",
                    [("psmf_inbox_oldest_unprocessed_age_seconds", "{{job}} from {{source}}")],
                ),
                Panel(
                    "Events published",
                    "eventps",
                    "By service.",
                    [("deriv(psmf_outbox_position[$__rate_interval])", "{{job}}")],
                ),
                Panel("Database can be written", "none", "Should be 1.", [("psmf_storage_writable", "{{job}}")]),
                Panel(
                    "Write-ahead log",
                    "bytes",
                    "Beside a SQLite database. It stays below 256 MiB, but during a backup.",
                    [("psmf_storage_log_bytes", "{{job}}")],
                ),
                Panel("Dead letters", "none", "Should be 0.", [("psmf_dead_letters", "{{job}}")]),
                Panel(
                    "Connected",
                    "none",
                    "1, or 0 if a service receives no events from another.",
                    [("psmf_inbox_connected", "{{job}} from {{source}}")],
                ),
            ],
        ),
        (
            "To people",
            [
                LATE,
                Panel(
                    "Message to handover",
                    "s",
                    "Time from creating a message to handing it over or giving it up.",
                    _quantiles("psmf_notification_handover_duration_seconds"),
                ),
                Panel(
                    "Messages",
                    "none",
                    "Waiting, and given up.",
                    [("psmf_notifications_waiting", "waiting"), ("psmf_notifications_failed_total", "failed")],
                ),
                Panel(
                    "Open for people",
                    "none",
                    "Concerns and alerts that have not ended.",
                    [
                        ("psmf_concerns_open", "concerns"),
                        ("psmf_alerts_open", "alerts"),
                        ("psmf_alerts_unassigned", "unassigned"),
                    ],
                ),
            ],
        ),
    ],
)
RULES = Board(
    "psmf-rules",
    "psmf: rules",
    [
        (
            "Evaluation",
            [
                Panel(
                    "Evaluations",
                    "ops",
                    "Decision records kept.",
                    [("rate(psmf_evaluations_total[$__rate_interval])", "evaluations")],
                ),
                Panel(
                    "People waiting",
                    "none",
                    "People waiting to be evaluated.",
                    [("psmf_evaluations_waiting", "people"), ("psmf_evaluations_held", "held")],
                ),
                LATE,
                Panel(
                    "Facts",
                    "none",
                    "Facts evaluated, compared with facts received.",
                    [
                        ("psmf_facts_received", "received"),
                        ("psmf_facts_evaluated", "evaluated"),
                        ("psmf_facts_dead", "dead letters"),
                    ],
                ),
            ],
        ),
        (
            "Two engines",
            [
                Panel(
                    "Deferred",
                    "none",
                    "Evaluations deferred in an hour because the engines disagree or one does not answer. Should be 0.",
                    [
                        ("increase(psmf_engine_disagreements_total[1h])", "disagree"),
                        ("increase(psmf_engine_unavailable_total[1h])", "no answer"),
                    ],
                ),
                Panel(
                    "Children replaced",
                    "none",
                    "Replaced after a failure, in an hour.",
                    [("increase(psmf_engine_restarts_total[1h])", "children")],
                ),
                Panel(
                    "Rulebook in force", "none", "By the start of its hash.", [("psmf_rulebook_info", "{{rulebook}}")]
                ),
                Panel("Faults in refused rule files", "none", "Should be 0.", [("psmf_rulebook_faults", "faults")]),
                Panel(
                    "Stored rules not as signed",
                    "none",
                    "Should be 0. Above it, somebody may have changed the database.",
                    [("psmf_rulebook_untrusted", "faults")],
                ),
                Panel(
                    "Decisions evaluated again",
                    "none",
                    "In a day, by outcome. All should be identical.",
                    [("increase(psmf_replays_total[1d])", "{{outcome}}")],
                ),
            ],
        ),
    ],
)
SERVICE = Board(
    "psmf-service",
    "psmf: one service",
    [
        (
            "Calls",
            [
                Panel(
                    "Calls",
                    "reqps",
                    "By method.",
                    [(f"sum by (rpc_method) ({_rate(f'{CALLS}_count', OF_JOB)})", "{{rpc_method}}")],
                ),
                Panel(
                    "Refused and failed",
                    "reqps",
                    "By method and code.",
                    [
                        (
                            f"sum by (rpc_method, rpc_response_status_code) ({_rate(f'{CALLS}_count', NOT_OK)})",
                            "{{rpc_method}} {{rpc_response_status_code}}",
                        )
                    ],
                ),
                Panel("Time to answer", "s", "Without streams that stay open.", _quantiles(CALLS, ENDING)),
                Panel("99 % answered within", "s", "By method.", _quantiles(CALLS, ENDING, "rpc_method")[1:]),
            ],
        ),
        (
            "Process",
            [
                Panel(
                    "Processor",
                    "percentunit",
                    "Share of one.",
                    [(_rate("process_cpu_seconds_total", OF_JOB), "processor")],
                ),
                Panel("Memory", "bytes", "Resident.", [(f"process_resident_memory_bytes{{{OF_JOB}}}", "memory")]),
            ],
        ),
    ],
    by_service=True,
)
BOARDS = (OVERVIEW, PIPELINE, RULES, SERVICE)


def text_of(board: Board) -> str:
    """Return a dashboard as JSON for Grafana."""
    made = Dashboard(board.title).uid(board.uid).tags(["psmf"]).readonly().time("now-6h", "now").refresh("1m")
    made = made.with_variable(DatasourceVariable("prometheus").type("prometheus"))
    if board.by_service:
        made = made.with_variable(CustomVariable("job").label("service").values(",".join(SERVICES)))
    for title, panels in board.rows:
        made = made.with_row(Row(title))
        for panel in panels:
            made = made.with_panel(_built(panel))
    return JSONEncoder(sort_keys=True, indent=1).encode(made.build()) + "\n"


def _built(panel: Panel) -> Timeseries:
    built = Timeseries().title(panel.title).unit(panel.unit).description(panel.about)
    built = built.datasource(PROMETHEUS).height(HEIGHT).span(WIDTH).axis_soft_min(0)
    for place, (expression, legend) in enumerate(panel.queries):
        query = Dataquery().expr(expression).legend_format(legend).ref_id(chr(ord("A") + place)).datasource(PROMETHEUS)
        built = built.with_target(query)
    return built


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for board in BOARDS:
        (FOLDER / f"{board.uid}.json").write_text(text_of(board))
