#!/usr/bin/env python3
"""junit_reader.py FILE -- prints what a reader of JUnit XML sees in the file, a line a test case

Ends with status 1 if the file is no JUnit XML: if it is not well-formed, an element stands in a
wrong place, a count differs from the test cases, or two test cases have the same name.
"""

import sys
import xml.etree.ElementTree as xml

COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}
ALLOWED = {
    "testsuite": {"properties", "testcase"}, "properties": {"property"}, "property": set(),
    "testcase": {"failure", "error", "skipped", "system-out"},
    "failure": set(), "error": set(), "skipped": set(), "system-out": set(),
}


def main(path):
    suite = xml.parse(path).getroot()
    check(suite.tag == "testsuite", f"the root is {suite.tag}")
    belongs(suite)
    cases = suite.findall("testcase")
    counts = {plural: len(suite.findall(f"testcase/{tag}")) for plural, tag in COUNTED.items()}
    for plural, number in {"tests": len(cases), **counts}.items():
        check(int(suite.get(plural)) == number, f"{plural} is {suite.get(plural)}, not {number}")
    print(f"suite '{suite.get('name')}': {len(cases)} tests, {counts['failures']} failures, "
          f"{counts['errors']} errors, {counts['skipped']} skipped")
    for fact in suite.iter("property"):
        print(f"property '{fact.get('name')}' is '{fact.get('value')}'")
    names = [f"{case.attrib['classname']} {case.attrib['name']}" for case in cases]
    check(len(set(names)) == len(names), "two test cases have the same name")
    for name, case in zip(names, cases):
        show(name, case)


def belongs(element):
    for child in element:
        check(child.tag in ALLOWED[element.tag], f"{child.tag} in a {element.tag}")
        belongs(child)


def show(name, case):
    check(float(case.attrib["time"]) >= 0, f"{name} took {case.attrib['time']}")
    verdicts = [child for child in case if child.tag != "system-out"]
    check(len(verdicts) <= 1, f"{name} has {len(verdicts)} verdicts")
    print(name, *(f"{verdict.tag} '{verdict.attrib['message']}'" for verdict in verdicts))
    for line in "\n".join(child.text or "" for child in case).split("\n"):
        if line:
            print(f"\t{line}")


def check(holds, otherwise):
    if not holds:
        sys.exit(f"junit_reader.py: {otherwise}")


if __name__ == "__main__":
    main(sys.argv[1])
