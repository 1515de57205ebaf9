"""Command lines: read by argparse, refused in our words."""

import argparse

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
        options, unknown = self.parse_known_intermixed_args(arguments)
        if unknown:
            raise Mistake(self.refusal(unknown[0].split("=")[0]))
        return options

    def refusal(self, word):
        """Why an option is refused that there is not."""
        allowed = sorted(each for each in self._option_string_actions if each.startswith("--"))
        return f"there is no option {word}{proposal(word, allowed)}"

    def error(self, message):
        raise Mistake(message)
