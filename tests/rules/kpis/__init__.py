"""KPI reports, asked through the service."""
