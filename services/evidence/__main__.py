"""Run the evidence service: `python -m services.evidence`."""

from services.evidence.compose import compose
from services.evidence.settings import Settings
from services.platform import telemetry
from services.platform.settings import read_settings

if __name__ == "__main__":
    settings = read_settings(Settings)
    telemetry.set_up("evidence", settings.metrics_listen)
    compose(settings).run()
