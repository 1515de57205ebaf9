#!/usr/bin/python3
"""explained_dumps.py FOLDER -- whether trapline explain vmcs ends with an explanation or an error
in words, whatever a dump holds; FOLDER is where explain was built

Hypothesis changes dumps of KVM's, of Xen's and of Trapline's, and makes files of anything.  The
same examples are tried each time.  It runs on the system's own interpreter, which is the one that
the package of Hypothesis serves.
"""

import contextlib
import io
import os
import sys
import tempfile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))

from command import explain                                         # noqa: E402
from command.mistake import Mistake                                 # noqa: E402

OWN = b"""TAP version 13
# vmx IA32_VMX_BASIC 0x00d810000000002b revision 0x2b
1..1
#   vmcs, all fields that are not 0:
#   vmcs GUEST_CS_SELECTOR=0x8 HOST_CS_SELECTOR=0x8 VMCS_LINK_POINTER=0xffffffffffffffff
#   vmcs ENTRY_MSR_LOAD_COUNT=0x2 ENTRY_MSR_LOAD_ADDRESS=0x1000 EXIT_REASON=0x80000022
not ok 1 - entry/x
"""
PLAIN = b"guest_cr0 0x80000031\nGUEST_CR4 = 8192\nguest_rflags 2\n"
HOSTILE = [
    b"", b"\0", b"\xff" * 200, b"*** Guest State ***", b"*** Host State ***",
    b"*** Control State ***", b"CR0: actual=0x", b"CR0: actual=0x" + b"f" * 5000, b"RFLAGS=-1",
    b"CS: sel=0x10000, attr=0xfffff, limit=0xffffffff, base=0xffffffffffffffff",
    b"MSR guest autoload:", b"   0: msr=0xc0000080 value=0x0000000000000d01",
    b"EFER= 0x1 (effective)", b"VMCS 0, last attempted VM-entry on CPU 1", b"#   vmcs",
    b"#   vmcs, all fields that are not 0:",
    b"#   vmcs GUEST_CR0=", b"#   vmcs GUEST_CR0=0x1 GUEST_CR0=0x2", b"#   vmcs X=1",
    b"#   vmcs EXIT_MSR_LOAD_COUNT=0xffffffff", b"guest_cr0 " + b"9" * 5000, b"guest_cr0 08",
    b"guest_cr0 1_0", b"guest_cr0 zz", "guest_cr0 ١".encode(), b"a" * 100000, b"exit_reason 0x1ffffffff",
]
PLACE = st.integers(0, 100)
CHANGE = st.one_of(
    st.tuples(st.just("insert"), PLACE, st.sampled_from(HOSTILE)),
    st.tuples(st.just("replace"), PLACE, st.sampled_from(HOSTILE)),
    st.tuples(st.just("drop"), PLACE, st.none()),
    st.tuples(st.just("twice"), PLACE, st.none()),
    st.tuples(st.just("cut"), PLACE, st.none()),
    st.tuples(st.just("digit"), PLACE,
              st.tuples(PLACE, st.sampled_from(b"0123456789abcdefx= \n\0"))))


def changed(contents, changes):
    lines = contents.split(b"\n")
    for change, place, what in changes:
        at = place % len(lines) if lines else 0
        if change == "insert" or not lines:
            lines.insert(at, what if isinstance(what, bytes) else b"")
        elif change == "replace":
            lines[at] = what
        elif change == "drop":
            del lines[at]
        elif change == "twice":
            lines.insert(at, lines[at])
        elif change == "cut":
            del lines[at:]
        else:
            column = what[0] % (len(lines[at]) + 1)
            lines[at] = lines[at][:column] + bytes([what[1]]) + lines[at][column + 1:]
    return b"\n".join(lines)


def dumps():
    found = [OWN, PLAIN]
    for name in "kvm.txt", "xen.txt":
        with open(os.path.join(HERE, "vmcs", name), "rb") as file:
            found.append(file.read())
    return found


def check(folder, built, contents):
    path = os.path.join(folder, "dump")
    with open(path, "wb") as file:
        file.write(contents)
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            status = explain.main(["vmcs", path, f"--build={built}"])
    except Mistake as mistake:
        assert str(mistake).startswith(path) and "\n" not in str(mistake), (contents, mistake)
        assert not said.getvalue() and str(mistake).isascii(), (contents, mistake)
        return
    text = said.getvalue()
    assert status == 0 and " rules of VM entry " in text and "has to end with: " in text, contents


def trial(examples):
    return settings(max_examples=examples, derandomize=True, deadline=None, database=None,
                    suppress_health_check=list(HealthCheck))


def main(built):
    with tempfile.TemporaryDirectory() as folder:
        set_hypothesis_home_dir(folder)

        @trial(250)
        @given(st.sampled_from(dumps()), st.lists(CHANGE, min_size=1, max_size=4))
        def changed_ones(contents, changes):
            check(folder, built, changed(contents, changes))

        @trial(100)
        @given(st.one_of(st.binary(max_size=300), st.lists(st.one_of(
            st.sampled_from(HOSTILE), st.binary(max_size=40)), max_size=12).map(b"\n".join)))
        def anything(contents):
            check(folder, built, contents)

        for line in HOSTILE:
            check(folder, built, line)
            for contents in dumps():
                middle = contents.index(b"\n", len(contents) // 3) + 1
                check(folder, built, contents[:middle] + line + b"\n" + contents[middle:])
        changed_ones()
        anything()


if __name__ == "__main__":
    main(sys.argv[1])
