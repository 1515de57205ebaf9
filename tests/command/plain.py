"""Bytes as the report spells them: printable ASCII; any other byte is \\xNN."""

import os
import re


SPELT = {byte: f"\\x{byte:02x}" for byte in range(256) if not ord(" ") <= byte <= ord("~")}


def plain(line):
    """A line of bytes, without the carriage return that may end it."""
    return line.removesuffix(b"\r").decode("latin-1").translate(SPELT)


def plain_text(text):
    """The same of text, whatever its characters are in a file."""
    return plain(os.fsencode(text))


def read_back(text):
    """The name of a file that the report spells so."""
    return os.fsdecode(re.sub(rb"\\x([0-9a-f]{2})", lambda byte: bytes([int(byte[1], 16)]),
                              os.fsencode(text)))
