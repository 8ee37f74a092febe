"""Run the scheduling service with `python -m services.scheduling`. Add `migrate` to run only its migrations."""

from services.platform.process.program import main
from services.scheduling.compose import HERE, OWN_TABLE, compose
from services.scheduling.settings import Settings

if __name__ == "__main__":
    main("scheduling", Settings, compose, HERE, OWN_TABLE)
