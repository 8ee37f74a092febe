"""Run the notifications service with `python -m services.notifications`. Add `migrate` to run only its migrations."""

from services.notifications.compose import HERE, OWN_TABLE, compose
from services.notifications.settings import Settings
from services.platform.process.program import main

if __name__ == "__main__":
    main("notifications", Settings, compose, HERE, OWN_TABLE)
