"""The lines of a report that say what the L0 is, `# l0 ...` for each version, and what it offers:
`# cpu ...`, then of each capability MSR

    # vmx NAME VALUE meaning, meaning,
    #     more of it
    #   label: item, item,
    #     more of it
"""

import re

L0 = re.compile(r"# l0 (.*)")
MSR = re.compile(r"# (cpu|vmx (?P<name>\w+)) (?P<text>.*)")
LABEL = re.compile(r"#   (\w[\w ]*): (.*)")
MORE = re.compile(r"#     (.*)")


class Msr:
    def __init__(self, text):
        self.lines = [text]             # value and meaning
        self.sections = []              # (label, the lines of its items)

    def more(self, text):
        """A line that goes on with the one before."""
        lines = self.sections[-1][1] if self.sections else self.lines
        lines.append(text)

    def section(self, label, text):
        """A line that begins a list of items."""
        self.sections.append((label, [text]))

    def text(self):
        return " ".join(self.lines)

    def exists(self):
        return self.text() != "does not exist"

    def value(self):
        return self.text().split(" ")[0] if self.exists() else self.text()

    def meaning(self):
        """What the value says besides its bits."""
        return self.text().removeprefix(self.value()).strip().split(", ")

    def items(self):
        """The label that each item stands under."""
        return {item: label for label, lines in self.sections
                for item in " ".join(lines).split(", ") if item != "none"}


def below(lines):
    """The versions below."""
    return [found[1] for found in map(L0.fullmatch, lines) if found]


def capabilities(lines):
    """The MSRs by name; the processor as one called cpu."""
    msrs = {}
    last = None
    for line in lines:
        msr, label, more = MSR.fullmatch(line), LABEL.fullmatch(line), MORE.fullmatch(line)
        if msr:
            last = msrs[msr["name"] or "cpu"] = Msr(msr["text"])
        elif last and label:
            last.section(*label.groups())
        elif last and more:
            last.more(more[1])
    return msrs
