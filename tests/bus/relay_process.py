"""A relay in its own process that a test can pause: `python -m tests.bus.relay_process DATABASE SOURCE SERVERS`."""

import sys
import threading

from services.platform.kafka.clients import KafkaConnection
from services.platform.kafka.relay import KafkaRelay
from services.platform.storage.database import Database
from tests.platform.small_service import now

if __name__ == "__main__":
    address, source, servers = sys.argv[1:]
    KafkaRelay(source, Database(address), KafkaConnection((servers,)), now).start()
    threading.Event().wait()
