"""Bytes as the report spells them: printable ASCII; any other byte is \\xNN."""

import os
import re


def plain(line):
    """A line of bytes, without the carriage return that may end it."""
    return re.sub(rb"[^ -~]", lambda byte: b"\\x%02x" % byte[0][0],
                  line.removesuffix(b"\r")).decode("ascii")


def plain_text(text):
    """The same of text, whatever its characters are in a file."""
    return plain(os.fsencode(text))


def read_back(text):
    """The name of a file that the report spells so."""
    return os.fsdecode(re.sub(rb"\\x([0-9a-f]{2})", lambda byte: bytes([int(byte[1], 16)]),
                              os.fsencode(text)))
