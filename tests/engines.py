"""The second engine of the services that a test process runs. Starting one takes a third of a second of a core."""

import atexit
from functools import cache

from services.rules.adapters.engine.process import EngineChild


class _Shared(EngineChild):
    """An engine that outlives the service that uses it. It keeps nothing from one case to the next."""

    def close(self) -> None:
        """Leave it to the next service."""


@cache
def shared_engine() -> EngineChild:
    """Return the engine of this process. It ends with the process."""
    engine = _Shared()
    atexit.register(EngineChild.close, engine)
    return engine
