"""Which checks of VM entry an L0 misses.

kvm_intel, loaded with warn_on_missed_cc=1 (since Linux 6.19), warns on the console where the
processor refuses a VM entry that KVM's own checks let pass.  The warning does not say why.  The
kernel, told so by its word `census`, says before it enters which rules the state violates:

    # case long64 cr3_target_count=0x5: cr3_target_count

A scenario says by its claims which rules it tests.
"""

import re

TOLD = "# missed check: "               # begins a line of the report
WORD = "census"                         # of the kernel command line
CASE = re.compile(r"# case (?P<state>[^:]+): (?P<rules>\w+(?:, \w+)*)")

# WARN_ON_ONCE(warn_on_missed_cc) in __nested_vmx_vmexit() of arch/x86/kvm/vmx/nested.c; since Linux
# 6.19 the place stands in front, before that the processor did.  A kernel may be built to give the
# condition as well; the other ones in that function are none of ours.
PLACE = re.compile(r"WARNING: .*\bvmx/nested\.c:\d+ .*\b_*nested_vmx_vmexit\+")
CONDITION = re.compile(r"\[([^\]]*)\] \S*vmx/nested\.c:")


def is_missed(said):
    """Whether that line of the console tells of a missed check."""
    condition = CONDITION.search(said)
    return bool(PLACE.match(said)) and (not condition or condition[1] == "warn_on_missed_cc")


class Census:
    def __init__(self, rules_of):
        """`rules_of` gives the rules that the test of a name claims."""
        self.rules_of = rules_of
        self.case = None                # that was announced last in the test that runs
        self.states = {}                # rules -> the first state in which they were missed

    def takes(self, text):
        """Takes a line of the report if it is for the census alone; whether it was."""
        found = CASE.fullmatch(text)
        self.case = found or self.case
        return bool(found)

    def new_test(self):
        self.case = None

    def hear(self, said, test):
        """A line of the console while the test of that name runs.  The missed rules in words, or
        None if the line tells of none."""
        if not is_missed(said):
            return None
        rules, state = self.missed(test)
        self.states.setdefault(rules, state)
        return f"{rules} ({state})"

    def missed(self, test):
        if self.case:
            return self.case["rules"], f"{test}: {self.case['state']}"
        return ", ".join(self.rules_of(test)) or "of a rule that is not known", test

    def lines(self):
        """What it all comes to."""
        if not self.states:
            return
        count = len(self.states)
        yield (f"census: {count} check{'s'[:count != 1]} of VM entry that the L0 misses and the "
               "processor makes:")
        for rules, state in sorted(self.states.items()):
            yield f"  {rules}: {state}"
