"""Run the evidence service: `python -m services.evidence`; with `migrate` behind it, its migrations alone."""

from pathlib import Path

from services.evidence.compose import compose
from services.evidence.settings import Settings
from services.platform.process.program import main

if __name__ == "__main__":
    main("evidence", Settings, compose, Path(__file__).parent)
