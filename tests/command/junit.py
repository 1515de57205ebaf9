"""Results as JUnit XML, which continuous integration reads.

A test case is called PLATFORM.GROUP and NAME, no two alike.  Known failures are skipped there, as
JUnit has no word for them.  A run that is not whole, or that was refused, has one test case more,
REPORT, so that no file looks better than its run.
"""

import errno
import os
import re
import shutil
import stat
import tempfile
import xml.etree.ElementTree as xml

FACT = r"^# (trapline|cpu|l0 \w+|vmx \w+) (0x\w+|.*)"       # of a capability MSR its value alone
REPORT = "the_report_is_whole"
OUTCOMES = {"failed": "failure", "error": "error", "known": "skipped", "skipped": "skipped"}


def prepare(path):
    """Makes sure that the file can be written, and that none is there but this run's.  Nothing else
    is put aside for it: a device, as /dev/stdout, or a link to one."""
    old = os.path.lexists(path) and os.lstat(path).st_mode
    if old and not stat.S_ISREG(old):
        raise OSError(errno.EEXIST, "it is there, and no regular file", path)
    open(unfinished(path), "wb").close()
    if old:
        os.unlink(path)


class Suite:
    """The file of one run.  It is there whole or not at all.  The test cases are written as they
    come, so that they need not be held in memory: beside the file, as its head counts them."""

    def __init__(self, path, platform):
        """Raises OSError if the file cannot be written."""
        prepare(path)
        self.path = path
        self.platform = platform
        self.cases = tempfile.TemporaryFile(dir=os.path.dirname(path) or ".")
        self.taken = set()
        self.counts = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
        self.seconds = 0

    def add(self, result):
        self.seconds += result.seconds
        self.write(case_of(self.platform, result, self.taken))

    def write(self, case):
        self.counts["tests"] += 1
        for plural, tag in ("failures", "failure"), ("errors", "error"), ("skipped", "skipped"):
            self.counts[plural] += case.find(tag) is not None
        xml.indent(case, level=1)
        try:
            self.cases.write(b"  " + xml.tostring(case).strip() + b"\n")
        except OSError as error:
            error.filename = self.path
            raise

    def finish(self, results, trouble):
        """`results`: what stands outside of the tests; `trouble`: why the report is not whole, None
        if it is."""
        if trouble or results.refusal:
            self.write(case_of_report(self.platform, results, trouble))
        head, tail = self.around(results)
        self.cases.seek(0)
        with self.cases, open(unfinished(self.path), "wb") as file:
            file.write(head)
            shutil.copyfileobj(self.cases, file)
            file.write(tail)
        os.replace(unfinished(self.path), self.path)

    def around(self, results):
        """What stands before and behind the test cases."""
        suite = xml.Element("testsuite", name=f"trapline on {self.platform}")
        properties = xml.SubElement(suite, "properties")
        for name, value in re.findall(FACT, "\n".join(results.fingerprint), re.MULTILINE):
            xml.SubElement(properties, "property", name=name, value=value)
        for missed in results.missed:
            xml.SubElement(properties, "property", name="missed check", value=missed)
        for plural, number in self.counts.items():
            suite.set(plural, str(number))
        suite.set("time", f"{self.seconds:.3f}")
        xml.indent(suite)
        head, tail, _ = xml.tostring(suite, "us-ascii", xml_declaration=True).rpartition(
            b"</testsuite>")
        return head, tail


def case_of(platform, result, taken):
    """The element for a test; `taken`: what other tests are called."""
    group, _, name = result.name.rpartition("/")
    classname = ".".join([platform, *filter(None, group.split("/"))])
    if (classname, name) in taken:
        name += f" ({result.number})"
    taken.add((classname, name))
    case = xml.Element("testcase", classname=classname, name=name, time=f"{result.seconds:.3f}")
    said = "\n".join(result.said)
    if result.outcome in ("failed", "error"):
        what = xml.SubElement(case, OUTCOMES[result.outcome], message=result.why(),
                              type=result.outcome)
        what.text = said
        return case
    if result.outcome in OUTCOMES:
        known = "known failure: " * (result.outcome == "known")
        xml.SubElement(case, OUTCOMES[result.outcome], message=known + result.reason)
    if said and result.outcome != "passed":
        xml.SubElement(case, "system-out").text = said
    return case


def case_of_report(platform, results, trouble):
    """The element for the report itself."""
    case = xml.Element("testcase", classname=platform, name=REPORT, time="0.000")
    if trouble:
        xml.SubElement(case, "error", message=trouble, type="error").text = "\n".join(results.said)
    else:
        xml.SubElement(case, "skipped", message=results.refusal)
    return case


def save(suite, path):
    xml.indent(suite)
    xml.ElementTree(suite).write(unfinished(path), encoding="us-ascii", xml_declaration=True)
    os.replace(unfinished(path), path)


def unfinished(path):
    return f"{path}.unfinished"
