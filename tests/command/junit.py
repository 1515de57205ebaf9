"""Results as JUnit XML, which continuous integration reads.

A test case is called PLATFORM.GROUP and NAME, no two alike.  Known failures are skipped there, as
JUnit has no word for them.  A run that is not whole, or that was refused, has one test case more,
REPORT, so that no file looks better than its run.
"""

import errno
import os
import re
import stat
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


def write(path, platform, results, trouble):
    """`trouble`: why the report is not whole, None if it is.  The file is there whole or not at
    all."""
    suite = xml.Element("testsuite", name=f"trapline on {platform}")
    properties = xml.SubElement(suite, "properties")
    for name, value in re.findall(FACT, "\n".join(results.fingerprint), re.MULTILINE):
        xml.SubElement(properties, "property", name=name, value=value)
    taken = set()
    for result in results.all:
        add_case(suite, platform, result, taken)
    if trouble or results.refusal:
        add_report(suite, platform, results, trouble)
    count(suite)
    suite.set("time", f"{sum(result.seconds for result in results.all):.3f}")
    save(suite, path)


def add_case(suite, platform, result, taken):
    group, _, name = result.name.rpartition("/")
    classname = ".".join([platform, *filter(None, group.split("/"))])
    if (classname, name) in taken:
        name += f" ({result.number})"
    taken.add((classname, name))
    case = xml.SubElement(suite, "testcase", classname=classname, name=name,
                          time=f"{result.seconds:.3f}")
    said = "\n".join(result.said)
    if result.outcome in ("failed", "error"):
        what = xml.SubElement(case, OUTCOMES[result.outcome], message=result.why(),
                              type=result.outcome)
        what.text = said
        return
    if result.outcome in OUTCOMES:
        known = "known failure: " * (result.outcome == "known")
        xml.SubElement(case, OUTCOMES[result.outcome], message=known + result.reason)
    if said and result.outcome != "passed":
        xml.SubElement(case, "system-out").text = said


def add_report(suite, platform, results, trouble):
    case = xml.SubElement(suite, "testcase", classname=platform, name=REPORT, time="0.000")
    if trouble:
        xml.SubElement(case, "error", message=trouble, type="error").text = "\n".join(results.said)
    else:
        xml.SubElement(case, "skipped", message=results.refusal)


def count(suite):
    cases = suite.findall("testcase")
    suite.set("tests", str(len(cases)))
    for plural, tag in ("failures", "failure"), ("errors", "error"), ("skipped", "skipped"):
        suite.set(plural, str(sum(case.find(tag) is not None for case in cases)))


def save(suite, path):
    xml.indent(suite)
    xml.ElementTree(suite).write(unfinished(path), encoding="us-ascii", xml_declaration=True)
    os.replace(unfinished(path), path)


def unfinished(path):
    return f"{path}.unfinished"
