"""What the user asks for and cannot be: every subcommand refuses it in the same words."""

import os
import shlex


class Mistake(Exception):
    """The command cannot be carried out; says why, and what is allowed."""


def readable(path, option=None):
    """The path, if a file is there that can be read."""
    try:
        with open(path, "rb"):
            return path
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Mistake(f"--{option}={path}: {why}" if option else f"{path}: {why}") from error


def built(folder, name):
    """The path of a file that make builds, if it is there."""
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        raise Mistake(f"there is no {path}; `make` builds it")
    return os.path.abspath(path)


def in_words(error):
    """An OSError, which has no name of a file if it is about one that is open."""
    return ": ".join(filter(None, [error.filename, error.strerror or str(error)]))


def missing(error):
    """A program that is looked for by its name alone is one of a package."""
    package = isinstance(error, FileNotFoundError) and os.sep not in (error.filename or os.sep)
    hint = "; `make deps` installs what running needs" if package else ""
    return Mistake(in_words(error) + hint)


def failed(error):
    return Mistake(f"'{shlex.join(error.cmd)}' failed")
