"""Run the notifications service: `python -m services.notifications`."""

from services.notifications.compose import compose
from services.notifications.settings import Settings
from services.platform import telemetry
from services.platform.settings import read_settings

if __name__ == "__main__":
    settings = read_settings(Settings)
    telemetry.set_up("notifications", settings.metrics_listen)
    compose(settings).run()
