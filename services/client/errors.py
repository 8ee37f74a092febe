"""The error for a call that could not be made."""


class ClientError(Exception):
    """A call that was not made, because the caller, the service or the record meant is unclear.

    `code` is the name of a gRPC status code, or USAGE where the caller must type something else. The message says what
    to do. `see` is the command that lists what there is, or empty.
    """

    def __init__(self, code: str, message: str, see: str = "") -> None:
        super().__init__(f"{message} See: {see}" if see else message)
        self.code = code
        self.see = see


class NoSuiteError(ClientError):
    """A folder without a running suite, or with one that is in the way."""

    def __init__(self, message: str) -> None:
        super().__init__("FAILED_PRECONDITION", message)
