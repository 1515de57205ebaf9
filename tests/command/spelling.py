"""The nearest right word for one that is not.

As a program, for make: spelling.py WORD ALLOWED... prints what to say behind a refusal of the word.
"""

import difflib
import sys


def nearest(word, allowed):
    """The allowed word that this one was most likely meant to be, None if none resembles it."""
    by_small_letters = {each.lower(): each for each in allowed}
    found = difflib.get_close_matches(word.lower(), by_small_letters, n=1)
    return by_small_letters[found[0]] if found else None


def proposal(word, allowed):
    """What to say behind a refusal of the word: what was probably meant, and what is allowed."""
    meant = nearest(word, allowed)
    every = ", ".join(allowed)
    return f"; did you mean {meant}? Allowed are {every}" if meant else f"; allowed are {every}"


if __name__ == "__main__":
    print(proposal(sys.argv[1], sys.argv[2:]))
