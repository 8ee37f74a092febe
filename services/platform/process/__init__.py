"""A service as a process: settings, start and stop, status, gauges, operator calls."""
