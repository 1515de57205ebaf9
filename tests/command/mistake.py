"""What the user asks for and cannot be: tests/run and tests/debug refuse it in the same words."""

import os
import re
import shlex


class Mistake(Exception):
    """The command cannot be carried out; says why, and what is allowed."""


def readable(option, path):
    """The path, if a file is there that can be read."""
    try:
        with open(path, "rb"):
            return path
    except OSError as error:
        raise Mistake(f"--{option}={path}: {error.strerror}") from error


def kernel_words(words):
    """The words, if a command line can be made of them."""
    for word in words:
        if not re.fullmatch(r"[!-~]+", word) or re.search(r"['\"\\]", word):
            raise Mistake(f"'{word}' cannot be a word for the kernel: no spaces, quotes or \\")
    return words


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
