#!/bin/sh
# progress.t -- long work shows progress: in a pipe a whole line at least every five seconds, in a
# terminal one line that is overwritten; standard output does not change

. tests/host/tap.sh
. tests/host/machine.sh
unset TRAPLINE_PROGRESS

# begin NAME 'COMMAND LINE': starts the command; its output goes to NAME.out and NAME.err.  All slow
# commands run at the same time.
begin() {
	timeout 60 sh -c "$2" >"$scratch/$1.out" 2>"$scratch/$1.err" &
}

# begin_in_terminal NAME 'COMMAND LINE': the same in a terminal; all that it shows goes to NAME.out.
begin_in_terminal() {
	begin "$1" "script -qec '$2' /dev/null </dev/null"
}

# slow_machine NAME: makes a machine of the script on standard input, and $command, which runs it.
slow_machine() {
	machine
	mv "$scratch/machine" "$scratch/$1"
	command="./trapline run --build=$scratch --platform=command:$scratch/$1"
}

# program NAME: makes a program of the script on standard input.
program() {
	{ echo '#!/bin/sh'; cat; } >"$scratch/programs/$1"
	chmod +x "$scratch/programs/$1"
}

# --- What runs ---

slow_machine quick <<'E_'
version
echo "1..1"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
echo "# summary 1 passed, 0 failed, 0 skipped"
E_
begin quick "$command"

slow_machine silent_at_first <<'E_'
sleep 6
version
echo "1..1"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
echo "# summary 1 passed, 0 failed, 0 skipped"
E_
begin silent_at_first "$command"

slow_machine slow_test <<'E_'
version
echo "1..2"
echo "# start 1 - a/first"
echo "ok 1 - a/first"
echo "# start 2 - a/second"
sleep 6
echo "ok 2 - a/second"
echo "# summary 2 passed, 0 failed, 0 skipped"
E_
begin slow_test "$command"
begin_in_terminal slow_test_in_terminal "$command"

slow_machine talks <<'E_'
version
echo "1..6"
for n in 1 2 3 4 5 6; do
	echo "# start $n - a/test_$n"
	sleep 1
	echo "ok $n - a/test_$n"
done
echo "# summary 6 passed, 0 failed, 0 skipped"
E_
begin talks "$command"
begin talks_into_one "$command 2>&1"

mkdir "$scratch/programs" "$scratch/assembled"
with_programs="PATH=$scratch/programs:\$PATH"

# An apt that cannot fetch the Linux of kvm-in-bochs.
program apt-cache <<'E_'
echo linux-image-6.9-small
E_
program apt-get <<'E_'
sleep 6
echo 'E: there is no network' >&2
exit 100
E_
begin linux "$with_programs ./trapline run --build=$scratch --platform=kvm-in-bochs"

program nasm <<'E_'
case $* in *second*) sleep 6 ;; esac
E_
touch "$scratch/first.asm" "$scratch/second.asm"
assemble="./trapline assemble --into=$scratch/assembled $scratch/first.asm $scratch/second.asm"
begin assemble "$with_programs $assemble"
begin_in_terminal assemble_in_terminal "$with_programs $assemble"

# A make that compiles, and then assembles.
program builder <<E_
for file in a b c; do
	echo "# compiling \$file.c"
	sleep 0.5
done
$with_programs $assemble
E_
begin build "MAKE=$scratch/programs/builder tests/tools/build $scratch/folder all"
begin_in_terminal build_in_terminal \
	"MAKE=$scratch/programs/builder tests/tools/build $scratch/other_folder all"
begin_in_terminal silent_build \
	"MAKEFLAGS=s MAKE=$scratch/programs/builder tests/tools/build $scratch/third_folder all"

wait

# --- What was printed ---

# says NAME: standard error has each line of standard input at least once, and no other line.
says() {
	sort -u "$scratch/$1.err" >"$scratch/found"
	sort | diff - "$scratch/found"
}

# shows NAME TEXT...: the terminal shows each text at the beginning of a line that was cleared.
shows() {
	name=$1
	shift
	for text; do
		printf '\r\033[K%s' "$text" >"$scratch/pattern"
		grep -qF -f "$scratch/pattern" "$scratch/$name.out" || { cat -v "$scratch/$name.out"; return 1; }
	done
}

# has_lines COUNT NAME: standard output has so many lines.
has_lines() {
	[ "$(wc -l <"$scratch/$2.out")" -eq "$1" ]
}

passes "a command that is not slow shows no progress" [ ! -s "$scratch/quick.err" ]
passes "before the first output of a machine the progress says that it starts" \
	says silent_at_first <<'E_'
the machine starts
E_
passes "the progress shows the number and the name of a slow test" says slow_test <<'E_'
[2/2] a/second
E_
is_whole() {
	diff - "$scratch/slow_test.out"
}
passes "... and the report does not change" is_whole <<'E_'
TAP version 13
1..2
# start 1 - a/first
ok 1 - a/first
# start 2 - a/second
ok 2 - a/second
# summary 2 passed, 0 failed, 0 skipped
E_
makes_room() {
	shows slow_test_in_terminal '[2/2] a/second' 'ok 2 - a/second' && has_lines 7 slow_test_in_terminal
}
passes "in a terminal progress is one line, which is cleared before report lines" makes_room

speaks_beside() {
	grep -x '\[[1-6]/6\] a/test_[1-6]' "$scratch/talks.err" && ! grep '^\[' "$scratch/talks_into_one.out"
}
passes "a report in the same pipe makes progress needless, a report elsewhere does not" \
	speaks_beside

passes "making the Linux of kvm-in-bochs shows progress, and why it fails" says linux <<E_
E: there is no network
[1] downloading linux-image-6.9-small
trapline run: 'apt-get -qq -o APT::Sandbox::User=root download linux-image-6.9-small' failed
E_

passes "assembling shows how many scenarios are done" says assemble <<'E_'
[1/2] scenarios
E_
passes "... in a terminal as well" shows assemble_in_terminal '[1/2] scenarios'

passes "building shows what it does now" says build <<'E_'
[1/2] scenarios
E_
one_after_another() {
	shows build_in_terminal '[1] compiling a.c' '[2] compiling b.c' '[3] compiling c.c' '[1/2] scenarios' &&
		has_lines 0 build_in_terminal
}
passes "... in a terminal at once, on one line" one_after_another
passes "... and with make -s nothing" [ ! -s "$scratch/silent_build.out" ]
nothing_else() {
	has_lines 0 assemble && has_lines 0 build
}
passes "neither assembling nor building prints to standard output" nothing_else
cat >"$scratch/late" <<'E_'
# The clock has looked, and wants to speak; before it may, something is said on standard output.
import io, sys, threading
from command import progress

class Terminal(io.StringIO):
    def isatty(self):
        return True

class Late:
    """A lock that the clock gets only after the main thread has had it."""
    def __init__(self):
        self.lock, self.wanted, self.heard = threading.Lock(), threading.Event(), threading.Event()
    def __enter__(self):
        if threading.current_thread() is not threading.main_thread():
            self.wanted.set()
            self.heard.wait(5)
        self.lock.acquire()
    def __exit__(self, *_):
        self.lock.release()

sys.stderr = Terminal()
progress.PATIENCE = 0.2
with progress.Progress("work", 2) as shown:
    shown.beside, shown.lock = True, Late()
    shown.lock.wanted.wait(5)
    shown.heard()
    shown.lock.heard.set()
    shown.ended.wait(0.1)
    said = sys.stderr.getvalue()
sys.exit(f"said behind heard(): {said!r}" if said else 0)
E_
passes "a clock that is late puts no line of its own before what is said on standard output" \
	env PYTHONPATH=tests timeout 20 python3 -B "$scratch/late"
plan
