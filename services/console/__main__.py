"""Run the console: `python -m services.console`. It has no database, so there is nothing to migrate."""

from services.console.compose import compose
from services.console.settings import Settings
from services.console.telemetry import LOG_FIELDS
from services.platform.process.program import main_without_database

if __name__ == "__main__":
    main_without_database("console", Settings, compose, LOG_FIELDS)
