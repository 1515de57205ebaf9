"""nasm as it is called for everything here: what it warns of says .nasm-warnings."""

from .platform import ROOT

NASM = ["nasm", f"-@{ROOT}/.nasm-warnings", "-Werror"]
