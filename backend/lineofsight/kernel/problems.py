"""What a user can act on: raised by actions, answered as ``problems`` of a mutation or as one line of a command."""


class Problem(Exception):  # noqa: N818
    """Something the user can act on. ``path``: into the input, outermost first."""

    code = "PROBLEM"

    def __init__(self, message: str, *, path: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.path = path


class NotFound(Problem):
    """The row does not exist, or is hidden from the viewer: the two answer alike."""

    code = "NOT_FOUND"

    def __init__(self, what: str, *, path: tuple[str, ...] = ()) -> None:
        super().__init__(f"There is no such {what}.", path=path)


class NotAllowed(Problem):
    """The viewer sees the row but may not do this to it."""

    code = "NOT_ALLOWED"


class InvalidField(Problem):
    """A value that cannot be taken."""

    code = "INVALID_FIELD"


class StaleVersion(Problem):
    """Someone else changed the row since the viewer read it."""

    code = "STALE_VERSION"

    def __init__(self, what: str, current: int) -> None:
        super().__init__(f"This {what} was changed by someone else in the meantime.", path=("version",))
        self.current = current


class WrongState(Problem):
    """The row is not in a state that allows this."""

    code = "WRONG_STATE"


class CycleRefused(Problem):
    """The edge would close a cycle; the message names it."""

    code = "CYCLE_REFUSED"


class Conflict(Problem):
    """It contradicts something that is already there."""

    code = "CONFLICT"


class TooManyAttempts(Problem):
    """Too many failed attempts; wait."""

    code = "TOO_MANY_ATTEMPTS"


class SignInRefused(Problem):
    """E-mail and password do not belong together; never says which is wrong."""

    code = "SIGN_IN_REFUSED"
