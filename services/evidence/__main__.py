"""Run the evidence service with `python -m services.evidence`. Add `migrate` to run only its migrations."""

from services.evidence.compose import HERE, OWN_TABLE, compose
from services.evidence.settings import Settings
from services.platform.process.program import main

if __name__ == "__main__":
    main("evidence", Settings, compose, HERE, OWN_TABLE)
