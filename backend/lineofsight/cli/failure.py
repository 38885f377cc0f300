"""What a failed command says: one line a user can act on."""

import os
import re
import traceback


class CommandFailed(Exception):
    """A command cannot do what it was asked; the message is the line shown."""


class WrongUse(CommandFailed):
    """Arguments that do not go together: exit status 2."""


_PLAIN = {"DatabaseError", "OperationalError", "DBConnectionError"}
"""Errors of packages not imported here whose text is already the line to show."""
_WITH_PASSWORD = re.compile(r"(\w+://[^\s:/@]*):[^\s@/]*@")


def describe(error: BaseException) -> str:
    """One line for any error: what is known is said plainly, the unforeseen names its kind and place."""
    return _WITH_PASSWORD.sub(r"\1:***@", " ".join(_text(error).split()))


def _text(error: BaseException) -> str:
    from lineofsight.settings import SettingError

    if isinstance(error, CommandFailed | SettingError) or type(error).__name__ in _PLAIN:
        return str(error)
    message = getattr(error, "message", None)  # kernel.problems.Problem and its kinds
    if isinstance(message, str) and hasattr(error, "code"):
        return message
    if isinstance(error, OSError) and error.filename is not None:
        return f"{os.fsdecode(error.filename)}: {error.strerror or type(error).__name__}"
    if isinstance(error, OSError) and str(error):
        return str(error)
    if isinstance(error, MemoryError):
        return "out of memory"
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({os.path.basename(frames[-1].filename)}:{frames[-1].lineno})" if frames else ""
    return f"unexpected {type(error).__name__}: {error}{place}"
