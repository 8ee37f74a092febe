"""Run the rules service: `python -m services.rules`."""

from services.platform import telemetry
from services.platform.settings import read_settings
from services.rules.compose import compose
from services.rules.settings import Settings

if __name__ == "__main__":
    settings = read_settings(Settings)
    telemetry.set_up("rules", settings.metrics_listen)
    compose(settings).run()
