"""Settings for Kafka's address and for the files that identify a service to Kafka."""

from pathlib import Path

import pytest

from services.platform.kafka.clients import KafkaConnection
from services.platform.process.settings import ServiceSettings


def test_the_settings_name_the_files_and_an_empty_name_is_none() -> None:
    given = {"listen": "127.0.0.1:0", "database": "sqlite:///x", "keys_file": "k", "people_file": "p"}
    given |= {"service_key_file": "s", "transport": "kafka", "kafka_servers": "one:9093, two:9093"}
    plain = ServiceSettings(**given, kafka_ca_file="", kafka_certificate_file="", kafka_key_file="")  # type: ignore[arg-type]
    assert plain.kafka == KafkaConnection(("one:9093", "two:9093"))
    files = {"kafka_ca_file": "ca", "kafka_certificate_file": "crt", "kafka_key_file": "key"}
    named = ServiceSettings(**given, **files)  # type: ignore[arg-type]
    assert named.kafka == KafkaConnection(("one:9093", "two:9093"), Path("ca"), Path("crt"), Path("key"))
    with pytest.raises(ValueError, match="neither"):
        ServiceSettings(**given, kafka_key_file="key")  # type: ignore[arg-type]
