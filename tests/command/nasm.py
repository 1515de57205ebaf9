"""nasm as it is called for everything here.

.nasm-warnings says what it warns of, and which of these warnings are always errors.  With
`STRICT` every warning is an error.
"""

from .platform import ROOT

NASM = ["nasm", f"-@{ROOT}/.nasm-warnings"]
STRICT = "-Werror"
