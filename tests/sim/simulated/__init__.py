"""The simulated world: bus, storage, post, clients, people and copies of services."""
