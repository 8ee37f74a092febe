"""Run the scheduling service: `python -m services.scheduling`."""

from services.platform import telemetry
from services.platform.settings import read_settings
from services.scheduling.compose import compose
from services.scheduling.settings import Settings

if __name__ == "__main__":
    settings = read_settings(Settings)
    telemetry.set_up("scheduling", settings.metrics_listen)
    compose(settings).run()
