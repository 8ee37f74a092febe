"""Logs, traces and metrics. No other code uses the SDK of OpenTelemetry."""
