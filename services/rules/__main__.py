"""Run the rules service: `python -m services.rules`. With the argument `migrate`, run only its migrations.

With `sign-activations`, sign everything that puts rules in force as it stands, because an operator answers for it.
With `compact-records`, keep the decision records of releases before smaller.
"""

import sys

from services.platform.process.program import main
from services.rules.compose import HERE, OWN_TABLE, compact_records, compose, sign_activations
from services.rules.settings import Settings
from services.rules.telemetry import LOG_FIELDS

if __name__ == "__main__":
    if work := {"sign-activations": sign_activations, "compact-records": compact_records}.get(" ".join(sys.argv[1:])):
        work()
    else:
        main("rules", Settings, compose, HERE, OWN_TABLE, LOG_FIELDS)
