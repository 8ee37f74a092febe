"""Logs, traces and metrics. Nothing else in the suite knows OpenTelemetry."""
