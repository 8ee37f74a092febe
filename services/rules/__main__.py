"""Run the rules service: `python -m services.rules`; with `migrate` behind it, its migrations alone."""

from pathlib import Path

from services.platform.process.program import main
from services.rules.compose import compose
from services.rules.settings import Settings
from services.rules.telemetry import LOG_FIELDS

if __name__ == "__main__":
    main("rules", Settings, compose, Path(__file__).parent, LOG_FIELDS)
