"""Run the notifications service: `python -m services.notifications`; with `migrate` behind it, its migrations alone."""

from pathlib import Path

from services.notifications.compose import compose
from services.notifications.settings import Settings
from services.platform.process.program import main

if __name__ == "__main__":
    main("notifications", Settings, compose, Path(__file__).parent)
