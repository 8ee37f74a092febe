"""Run the rules service: `python -m services.rules`. With the argument `migrate`, run only its migrations."""

from services.platform.process.program import main
from services.rules.compose import HERE, OWN_TABLE, compose
from services.rules.settings import Settings
from services.rules.telemetry import LOG_FIELDS

if __name__ == "__main__":
    main("rules", Settings, compose, HERE, OWN_TABLE, LOG_FIELDS)
