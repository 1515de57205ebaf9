"""A program of the user's as a platform: PROGRAM KERNEL MODULES 'COMMAND LINE'."""

import os

from .platform import Platform, join
from .processes import ISA_DEBUG_EXIT, how, launch


class Program(Platform):
    """Its output is the report."""

    NAME = "command"

    def __init__(self, program):
        self.program = program

    def start(self, boot, folder):
        modules = os.path.join(folder, join(boot.modules, folder))
        return launch([self.program, boot.kernel, modules, " ".join(boot.words)],
                      stdout=boot.serial)

    def ending(self, status, folder):
        if status in (0, *ISA_DEBUG_EXIT):
            return None
        return f"{os.path.basename(self.program)} ended, {how(status)}"

    def ended_as(self, status, folder):
        """Status 0 only says that the program ended well."""
        return ISA_DEBUG_EXIT.get(status)
