#!/bin/sh
# known.t -- lists of known failures: what a line may say, for which versions it is true, and what
# the runner says of the versions below

. tests/host/tap.sh
. tests/host/machine.sh

two_tests() {
	cat <<'E_'
echo "1..2"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
echo "# start 2 - a/second"
echo "not ok 2 - a/second"
echo "# summary 1 passed, 1 failed, 0 skipped; 5 exits; 41 ms of the machine's clock"
E_
}
{ echo version; two_tests; } | machine

# --- What a line may say ---

# malformed LINE MESSAGE TEXT: a list with this text is refused for this line.
malformed() {
	printf '%s\n' "$3" >"$scratch/list"
	run_machine --known="$scratch/list" >"$scratch/out" 2>"$scratch/found"
	[ $? -eq 2 ] && [ ! -s "$scratch/out" ] || return 1
	echo "trapline run: $scratch/list:$1: $2" | diff - "$scratch/found"
}

# A claim, what is said of the last line, and this line behind `newest bochs 3.0` and a comment.
while IFS='@' read -r claim message line; do
	passes "$claim is refused by file and line" malformed 3 "$message" "newest bochs 3.0
# a proof
$line"
done <<'E_'
a line with too few fields@a line is `name | versions | reason | title of the SDM's section`@a/first | always | reason
a line with an empty field@a line is `name | versions | reason | title of the SDM's section`@a/first | | reason | section
a name that no test can have@'a?b' cannot be a test's name: letters, digits and _ . / + - make one@a?b | always | reason | section
a misspelt fifth field@the fifth field cannot be 'left oud'; did you mean left out? Allowed are left out, sometimes@a/first | always | reason | section | left oud
a test with except= that is left out@a test with except= is not left out@a/first except=one | always | it forgets | section | left out
a reason that would end early in a TAP line@'#' would end the reason early in a TAP line; write it in words@a/first | always | the #GP is lost | section
a misspelt product@'boch' cannot have versions; did you mean bochs? Allowed are bochs, linux, qemu, cpu, always@a/first | boch 2.7 | reason | section
a misspelt always@'alway' cannot have versions; did you mean always? Allowed are bochs, linux, qemu, cpu, always@a/first | alway | reason | section
a reason where versions belong@'the' cannot have versions; allowed are bochs, linux, qemu, cpu, always@a/first | the flag is lost | section | left out
a product without a version@'bochs ': behind bochs comes VERSION, VERSION to VERSION, < VERSION or >= VERSION@a/first | bochs | reason | section
another comparison@'bochs > 2.7': behind bochs comes VERSION, VERSION to VERSION, < VERSION or >= VERSION@a/first | bochs > 2.7 | reason | section
a version that is no number@'bochs 2.x': behind bochs comes VERSION, VERSION to VERSION, < VERSION or >= VERSION@a/first | bochs 2.x | reason | section
a comparison with two versions@'bochs < 2.7 to 3.0': behind bochs comes VERSION, VERSION to VERSION, < VERSION or >= VERSION@a/first | bochs < 2.7 to 3.0 | reason | section
a range that ends before it begins@'bochs 2.10 to 2.7' ends before it begins@a/first | bochs 2.10 to 2.7 | reason | section
two conditions of one product@'bochs 2.7, bochs 3.0' has two conditions of bochs; all have to hold together@a/first | bochs 2.7, bochs 3.0 | reason | section
a processor without a name@behind cpu come names of Bochs' processors with spaces between them, not ''@a/first | cpu | reason | section
a processor's name with a sign in it@behind cpu come names of Bochs' processors with spaces between them, not 'ice-lake'@a/first | cpu tigerlake ice-lake | reason | section
a range without an end of a product that was not checked@'linux >= 6.1' has no end, so `newest linux VERSION` has to say above which version the list was checked with@a/first | linux >= 6.1 | reason | section
a version that nobody checked@'bochs 3.1' tells of versions behind bochs 3.0, the newest that the list was checked with@a/first | bochs 3.1 | reason | section
a range to a version that nobody checked@'bochs 2.7 to 3.1' tells of versions behind bochs 3.0, the newest that the list was checked with@a/first | bochs 2.7 to 3.1 | reason | section
a range from a version that nobody checked@'bochs >= 3.1' tells of versions behind bochs 3.0, the newest that the list was checked with@a/first | bochs >= 3.1 | reason | section
a misspelt product that was checked@'boch' cannot have versions; did you mean bochs? Allowed are bochs, linux, qemu@newest boch 3.0
a checked version that is none@'three' is no version; a line is `newest linux VERSION`@newest linux three
a product that was checked twice@`newest bochs VERSION` stands once, before every test@newest bochs 3.0
E_
passes "a range without an end is refused where no comment is right above" malformed 4 \
	"'bochs >= 2.7' has no end, so a comment right above has to prove that it is still true" \
	"newest bochs 3.0
# a proof of something else

a/first | bochs >= 2.7 | reason | section"
passes "a test listed twice for the same version is refused" malformed 2 \
	"'a/first' stands in the list twice for the same version: bochs < 3.0, bochs 2.7 to 2.8" \
	"a/first | bochs < 3.0 | reason | section
a/first | bochs 2.7 to 2.8 | other reason | section"
passes "... also where only one line names a processor" malformed 2 \
	"'a/first' stands in the list twice for the same version: bochs 2.7, cpu tigerlake, always" \
	"a/first | bochs 2.7, cpu tigerlake | reason | section
a/first | always | other reason | section"

# --- For which versions a line is true ---

# holds CONDITIONS BELOW: 1 or 0; BELOW is Python's.
cat >"$scratch/holds" <<'E_'
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, "tests")
from command.versions import read_when

for line in sys.stdin.read().splitlines():
    answer, when, *below = line.split("|")
    below = dict(each.split(" ", 1) for each in below)
    if read_when(when).holds(below) != (answer == "true"):
        sys.exit(f"'{when}' is not {answer} for {below}")
E_
holds() {
	python3 "$scratch/holds"
}
passes "versions compare part by part, as numbers" holds <<'E_'
true|bochs < 2.10|bochs 2.7
false|bochs < 2.7|bochs 2.10
true|bochs >= 2.7|bochs 2.10
false|bochs >= 2.10|bochs 2.7
false|bochs < 3.0|bochs 3.0
false|bochs < 3.0|bochs 3
true|bochs 3|bochs 3.0
true|bochs >= 3.0|bochs 3
E_
passes "a version stands for all its releases, whatever a distribution calls them" holds <<'E_'
true|linux 6.1|linux 6.1.192
true|linux 6.1|linux 6.1.0-56-cloud-amd64
false|linux 6.1|linux 6.12.118
true|linux 6.1 to 6.11|linux 6.11.9
false|linux 6.1 to 6.11|linux 6.12.0
false|linux 6.1 to 6.11|linux 5.10.3
false|linux < 6.12|linux 6.12.1
true|linux < 6.12.5|linux 6.12.4
false|linux 6.12.5|linux 6.12.50
true|linux >= 6.1|linux 7.3.4+deb13-cloud-amd64
E_
passes "all conditions of a line have to hold, and a version that is not known is none" holds <<'E_'
true|bochs 2.7, linux 6.1|bochs 2.7|linux 6.1.0
false|bochs 2.7, linux 6.1|bochs 3.0|linux 6.1.0
false|bochs 2.7, linux 6.1|bochs 2.7
true|bochs 2.7, cpu tigerlake arrow_lake|bochs 2.7|cpu arrow_lake
false|bochs 2.7, cpu tigerlake arrow_lake|bochs 2.7|cpu corei7_icelake_u
true|always|bochs 2.7
true|always
E_

# --- What the runner says of the versions below ---

mkdir "$scratch/bin"
# fake_bochs VERSION: a Bochs of this version, which reports what the machine says.
fake_bochs() {
	{
		echo '#!/bin/sh'
		echo "version='$1'"
		cat <<'E_'
if [ "$1" = --help ]; then
	echo "  Bochs x86 Emulator $version"
	echo corei7_skylake_x
	echo tigerlake
	exit
fi
exec >"$(sed -n 's,^com1:.*dev=\(/dev/fd/[0-9]*\)$,\1,p' bochsrc)"
echo "TAP version 13"
E_
		two_tests
		echo 'echo "Shutdown port: shutdown requested" >log'
	} >"$scratch/bin/bochs"
	chmod +x "$scratch/bin/bochs"
}

# on_bochs VERSION STATUS [OPTION...]: the run on a Bochs of this version ends with the status, and
# reports what stands on standard input.
on_bochs() {
	fake_bochs "$1"
	status=$2
	shift 2
	cat >"$scratch/expected"
	PATH="$scratch/bin:$PATH" timeout 20 ./trapline run --build="$scratch" --platform=bochs --iso \
		--known="$scratch/list" "$@" >"$scratch/found" 2>"$scratch/errors"
	found=$?
	cat "$scratch/errors"
	diff -u "$scratch/expected" "$scratch/found" || return 1
	[ $found -eq "$status" ] || { echo "status $found, expected $status"; return 1; }
}

cat >"$scratch/list" <<'E_'
newest bochs 2.10

# where the flag gets lost
a/second | bochs >= 2.9 | the flag is lost | EPT Violations
a/second | bochs 2.7 | another flag is lost | EPT Violations
E_
passes "the report begins with the versions below, and an entry for them applies" \
	on_bochs 2.10 0 <<'E_'
TAP version 13
# l0 bochs 2.10
# l0 cpu corei7_skylake_x
1..2
# start 1 - a/first
ok 1 - a/first
# start 2 - a/second
# known: the flag is lost (SDM, "EPT Violations")
not ok 2 - a/second # TODO the flag is lost
# summary: 5 exits; 41 ms of the machine's clock
# in all: 1 passed, 0 failed, 1 known to fail, 0 skipped; 1 boot
E_
passes "... and another one for another version" on_bochs 2.7 0 --cpu=tigerlake <<'E_'
TAP version 13
# l0 bochs 2.7
# l0 cpu tigerlake
1..2
# start 1 - a/first
ok 1 - a/first
# start 2 - a/second
# known: another flag is lost (SDM, "EPT Violations")
not ok 2 - a/second # TODO another flag is lost
# summary: 5 exits; 41 ms of the machine's clock
# in all: 1 passed, 0 failed, 1 known to fail, 0 skipped; 1 boot
E_
passes "where no entry is for the version, the test fails" on_bochs 2.8 1 <<'E_'
TAP version 13
# l0 bochs 2.8
# l0 cpu corei7_skylake_x
1..2
# start 1 - a/first
ok 1 - a/first
# start 2 - a/second
not ok 2 - a/second
# summary 1 passed, 1 failed, 0 skipped; 5 exits; 41 ms of the machine's clock
E_
passes "a version that is newer than any the list knows is said to be" on_bochs 2.11 0 <<'E_'
TAP version 13
# l0 bochs 2.11
# l0 cpu corei7_skylake_x
# bochs 2.11 is newer than 2.10, the newest that the list 'list' was checked with
1..2
# start 1 - a/first
ok 1 - a/first
# start 2 - a/second
# known: the flag is lost (SDM, "EPT Violations")
not ok 2 - a/second # TODO the flag is lost
# summary: 5 exits; 41 ms of the machine's clock
# in all: 1 passed, 0 failed, 1 known to fail, 0 skipped; 1 boot
E_
passes "a Bochs that does not tell its version is said not to, and has no known failures" \
	on_bochs built-by-hand 1 <<'E_'
TAP version 13
# l0 bochs unknown
# l0 cpu corei7_skylake_x
# nobody could tell which bochs this is: what the list 'list' says of its versions is not expected
1..2
# start 1 - a/first
ok 1 - a/first
# start 2 - a/second
not ok 2 - a/second
# summary 1 passed, 1 failed, 0 skipped; 5 exits; 41 ms of the machine's clock
E_

in_junit() {
	fake_bochs 2.10
	PATH="$scratch/bin:$PATH" timeout 20 ./trapline run --build="$scratch" --platform=bochs --iso \
		--known="$scratch/list" --junit="$scratch/junit.xml" >/dev/null 2>&1
	grep '<property name="l0 bochs" value="2.10" />' "$scratch/junit.xml" &&
		grep '<property name="l0 cpu" value="corei7_skylake_x" />' "$scratch/junit.xml"
}
passes "JUnit has the versions as properties" in_junit

cat >"$scratch/bin/qemu-system-x86_64" <<'E_'
#!/bin/sh
[ "$1" != --version ] || { echo "QEMU emulator version 10.0.13 (Debian 1:10.0+ds)"; exit; }
echo "TAP version 13"
echo "1..0 # SKIP no VMX"
exit 155
E_
chmod +x "$scratch/bin/qemu-system-x86_64"
on_qemu() {
	PATH="$scratch/bin:$PATH" timeout 20 ./trapline run --build="$scratch" --platform=tcg run=x \
		>"$scratch/found"
	[ $? -eq 77 ] && grep -x '# l0 qemu 10\.0\.13' "$scratch/found"
}
passes "QEMU is asked for its version as well" on_qemu

# --- A known failure that passes ---

cat >"$scratch/list" <<'E_'
a/first | always | once upon a time | EPT Violations
a/second | always | the flag is lost | EPT Violations
E_
tells "--strict fails a run in which a known failure passes, and names it" 1 \
	--known="$scratch/list" --strict <<'E_'
TAP version 13
1..2
# start 1 - a/first
# known failure passes: a/first (listed because: once upon a time)
ok 1 - a/first
# start 2 - a/second
# known: the flag is lost (SDM, "EPT Violations")
not ok 2 - a/second # TODO the flag is lost
# summary: 5 exits; 41 ms of the machine's clock
# --strict: known failures pass: a/first
# in all: 1 passed, 0 failed, 1 known to fail, 0 skipped; 1 boot
E_
strict_in_junit() {
	run_machine --known="$scratch/list" --strict --junit="$scratch/junit.xml" >/dev/null
	[ $? -eq 1 ] && tests/host/junit_reader.py "$scratch/junit.xml" |
		grep "^command the_report_is_whole error 'known failures pass: a/first'"
}
passes "... and JUnit has an error" strict_in_junit
by_make() {
	make --no-print-directory run BUILD="$BUILD" PLATFORM="command:$scratch/machine" \
		KNOWN="$scratch/list" STRICT="$1" >"$scratch/found" 2>&1
	status=$?
	grep -c '^# --strict: known failures pass: a/first$' "$scratch/found" | grep -x "$2" &&
		[ $status -eq $(($2 * 2)) ]
}
passes "... which make run STRICT=1 asks for" by_make 1 1
passes "... and STRICT=0 does not" by_make 0 0

sed 's/^a.first .*/& | sometimes/' "$scratch/list" >"$scratch/some" && mv "$scratch/some" "$scratch/list"
tells "a test that fails sometimes may pass, in a strict run as well" 0 \
	--known="$scratch/list" --strict <<'E_'
TAP version 13
1..2
# start 1 - a/first
ok 1 - a/first
# start 2 - a/second
# known: the flag is lost (SDM, "EPT Violations")
not ok 2 - a/second # TODO the flag is lost
# summary: 5 exits; 41 ms of the machine's clock
# in all: 1 passed, 0 failed, 1 known to fail, 0 skipped; 1 boot
E_

plan
