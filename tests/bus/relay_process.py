"""A relay in its own process that a test can pause: `python -m tests.bus.relay_process DATABASE SOURCE SERVERS`."""

import sys
import threading

from services.platform.database import Database
from services.platform.kafka_clients import KafkaConnection
from services.platform.kafka_relay import KafkaRelay
from tests.platform.small_service import now

if __name__ == "__main__":
    address, source, servers = sys.argv[1:]
    KafkaRelay(source, Database(address), KafkaConnection((servers,)), now).start()
    threading.Event().wait()
