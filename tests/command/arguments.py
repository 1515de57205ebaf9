"""Command lines: read by argparse, refused in our words."""

import argparse
from itertools import takewhile

from .mistake import Mistake
from .spelling import proposal


class Parser(argparse.ArgumentParser):
    """Of one subcommand.  Its help is the subcommand's docstring and an example."""

    def __init__(self, name, description, example):
        super().__init__(prog=f"trapline {name}", description=description,
                         epilog=f"example:\n  {example}", allow_abbrev=False,
                         formatter_class=argparse.RawDescriptionHelpFormatter)

    def read(self, arguments):
        """The options, with positional words before, between and behind them.  Raises Mistake."""
        words = [word if word.startswith("--") else as_path(word) for word in arguments]
        self.refuse_unknown(words)
        options, others = self.parse_known_intermixed_args(words)
        if others:
            raise Mistake(f"'{others[0]}' is one word too many; `{self.prog} --help` tells which "
                          "it takes")
        return options

    def refuse_unknown(self, words):
        """Before argparse misses what the misspelt option would have been for; and an empty value,
        as a script passes on where its own variable is not set."""
        known = self._option_string_actions
        for word in takewhile(lambda word: word != "--", words):
            option, equals, value = word.partition("=")
            if option in known and equals and not value:
                raise Mistake(f"{option}= has no value; give one, or leave the option out")
            if len(option) > 1 and option.startswith("-") and option not in known:
                allowed = sorted(each for each in known if each.startswith("--"))
                raise Mistake(f"there is no option {option}{proposal(option, allowed)}")

    def error(self, message):
        raise Mistake(message)


def one_of(what, allowed):
    """A type for argparse: one of the allowed words; what is none is refused as no such `what`."""
    def read(word):
        if word not in allowed:
            raise Mistake(f"there is no {what} '{word}'{proposal(word, allowed)}")
        return word
    return read


def as_path(word):
    """A file's name, which would be an option where it begins with -."""
    return f"./{word}" if word.startswith("-") and word.endswith((".asm", ".bin")) else word
