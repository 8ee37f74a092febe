"""Who the people behind opaque ids are."""
