"""Run the scheduling service: `python -m services.scheduling`; with `migrate` behind it, its migrations alone."""

from pathlib import Path

from services.platform.process.program import main
from services.scheduling.compose import compose
from services.scheduling.settings import Settings

if __name__ == "__main__":
    main("scheduling", Settings, compose, Path(__file__).parent)
