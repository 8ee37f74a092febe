"""Production keeps a nightly backup and an archive of the write-ahead log, encrypted and elsewhere (A10, Q16)."""

from tests.deploy.manifests import of_kind


def test_production_archives_each_change_within_five_minutes() -> None:
    cluster = of_kind("production", "Cluster")["psmf-postgres"]["spec"]
    (plugin,) = cluster["plugins"]
    assert plugin["isWALArchiver"]
    assert plugin["parameters"]["barmanObjectName"] in of_kind("production", "ObjectStore")
    assert cluster["postgresql"]["parameters"]["archive_timeout"] == "5min"
    assert cluster["postgresql"]["synchronous"]["number"] == 1, "the patch leaves what was there"


def test_what_is_kept_is_encrypted_and_kept_for_a_month() -> None:
    (store,) = of_kind("production", "ObjectStore").values()
    kept = store["spec"]["configuration"]
    assert [kept[part]["encryption"] for part in ("wal", "data")] == ["AES256", "AES256"]
    assert store["spec"]["retentionPolicy"] == "35d"


def test_all_four_databases_are_backed_up_each_night_as_of_one_instant() -> None:
    (backup,) = of_kind("production", "ScheduledBackup").values()
    assert backup["spec"]["cluster"]["name"] == "psmf-postgres"
    assert backup["spec"]["schedule"].split()[2:] == ["2", "*", "*", "*"]
    assert backup["spec"]["pluginConfiguration"]["name"] == "barman-cloud.cloudnative-pg.io"
