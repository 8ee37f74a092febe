"""The audit logs of all services."""
