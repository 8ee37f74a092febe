"""The whole suite of services as processes, on the journeys of the Framework."""
