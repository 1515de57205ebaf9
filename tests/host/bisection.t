#!/bin/sh
# bisection.t -- trapline run --bisect-order finds the test behind which another one has another
# verdict

. tests/host/tap.sh
. tests/host/machine.sh

# rule COMMAND: makes machines that play t/a to t/f in the order that the words say.  In each test
# the command may set `verdict`; $name is the test's name, and `behind t/a` is true once this machine
# has played t/a.
rule() {
	machine <<E_
value() { echo " \$words" | sed -n "s/.* \$1=\([^ ]*\).*/\1/p"; }
behind() { case "\$played " in *" \$1 "*) ;; *) false; esac; }
names='t/a t/b t/c t/d t/e t/f'
run=\$(value run | tr ',' ' ')
names=\${run:-\$names}
if told times=2; then
	for name in \$names; do
		names="\$names \$name@2"
	done
fi
if told order=reverse; then
	reversed=
	for name in \$names; do
		reversed="\$name \$reversed"
	done
	names=\$reversed
fi
from=\$(value from) to=\$(value to)
version
echo "1..\$(echo "\$names" | wc -w)"
number=0 passed=0 failed=0 played=
for name in \$names; do
	number=\$((number + 1))
	[ \$number -ge "\${from:-1}" ] && [ \$number -le "\${to:-99}" ] || continue
	echo "# start \$number - \$name"
	verdict=ok
	$1
	echo "\$verdict \$number - \$name"
	if [ "\$verdict" = ok ]; then passed=\$((passed + 1)); else failed=\$((failed + 1)); fi
	played="\$played \$name"
done
echo "# summary \$passed passed, \$failed failed, 0 skipped"
[ \$failed -eq 0 ] || exit 3
E_
}

# fails NAME CONDITION: prints the command of a rule: the test fails under the condition.
fails() {
	echo "if [ \$name = $1 ] && { $2; }; then verdict='not ok'; fi"
}

# finds "claim" STATUS [option...]: what the bisection finds must be what stands on standard input.
same_findings() {
	status=$1
	shift
	cat >"$scratch/expected"
	run_machine --timeout=2 --known=/dev/null --bisect-order "$@" >"$scratch/all" \
		2>"$scratch/errors"
	found=$?
	cat "$scratch/errors"
	grep -v '^# from ' "$scratch/all" >"$scratch/found"
	diff -u "$scratch/expected" "$scratch/found" || return 1
	[ $found -eq "$status" ] || { echo "status $found, expected $status"; return 1; }
}

finds() {
	claim=$1
	shift
	passes "$claim" same_findings "$@"
}

rule "$(fails t/b true)"
finds "a test that fails in every order is no finding" 0 <<'E_'
# order=plan times=1: 6 verdicts
# order=reverse: 6 verdicts
# verdicts that depend on the order: 0
E_

rule "$(fails t/b 'behind t/e')"
finds "a test that fails behind another one is found with it" 1 <<'E_'
# order=plan times=1: 6 verdicts
# order=reverse: 6 verdicts
differs | t/b | passed | failed
pair | t/b | failed | t/e | passed | run=t/e,t/b order=given
# verdicts that depend on the order: 1
E_

says_it_again() {
	run_machine --known=/dev/null log=quiet run=t/e,t/b order=given >"$scratch/found"
	[ $? -eq 1 ] && grep -x 'ok 1 - t/e' "$scratch/found" && grep -x 'not ok 2 - t/b' "$scratch/found"
}
passes "... and the words that show it do so" says_it_again
tells_steps() {
	grep -x '# from 3 to 5: not' "$scratch/all" && grep -x '# from 2 to 5: as there' "$scratch/all"
}
passes "... and each step on the way is told" tells_steps

rule "$(fails t/d '! behind t/b')"
finds "a test that passes only behind another one is found in the order of the plan" 1 <<'E_'
# order=plan times=1: 6 verdicts
# order=reverse: 6 verdicts
differs | t/d | passed | failed
pair | t/d | passed | t/b | failed | run=t/b,t/d order=given
# verdicts that depend on the order: 1
E_

rule "$(fails t/a 'behind t/c && behind t/d'); $(fails t/b 'behind t/f')"
finds "where it takes several tests, the fewest in a row are told" 1 <<'E_'
# order=plan times=1: 6 verdicts
# order=reverse: 6 verdicts
differs | t/a | passed | failed
window | t/a | failed | 3 tests from t/d on | passed | order=reverse from=3 to=6
differs | t/b | passed | failed
pair | t/b | failed | t/f | passed | run=t/f,t/b order=given
# verdicts that depend on the order: 2
E_

rule "$(fails t/a 'behind t/e'); $(fails t/b 'behind t/e')"
finds "a test that is to blame for several is found with each of them" 1 <<'E_'
# order=plan times=1: 6 verdicts
# order=reverse: 6 verdicts
differs | t/a | passed | failed
pair | t/a | failed | t/e | passed | run=t/e,t/a order=given
differs | t/b | passed | failed
pair | t/b | failed | t/e | passed | run=t/e,t/b order=given
# verdicts that depend on the order: 2
E_
only_once() {
	grep '^# from ' "$scratch/all" && ! grep '^# from .* to 5:' "$scratch/all"
}
passes "... by one search" only_once

rule "$(fails t/b@2 'behind t/b')"
finds "a test that fails when it is played again is found" 1 times=2 <<'E_'
# order=plan times=1: 6 verdicts
# times=2: 12 verdicts
differs | t/b@2 | passed | failed
pair | t/b@2 | failed | t/b | passed | run=t/b times=2
# verdicts that depend on the order: 1
E_

# shellcheck disable=SC2016 # it is the machine that expands it
rule "$(fails t/b 'told order=reverse && [ -z "$from" ]')"
finds "what a second run in the same order does not show is told to be unsteady" 1 <<'E_'
# order=plan times=1: 6 verdicts
# order=reverse: 6 verdicts
differs | t/b | passed | failed
unsteady | t/b | failed |  | passed | order=reverse from=1 to=5
# verdicts that depend on the order: 1
E_

rule "[ \$name != t/b ] || ! behind t/e || exec sleep 9"
finds "a machine that hangs behind another test is a finding as well" 1 <<'E_'
# order=plan times=1: 6 verdicts
# order=reverse: 6 verdicts
differs | t/b | passed | failed
pair | t/b | failed | t/e | passed | run=t/e,t/b order=given
# verdicts that depend on the order: 1
E_

cat >"$scratch/list" <<'E_'
# where it comes and goes
t/b | always | it comes and goes | Order | sometimes
E_
rule "$(fails t/b 'behind t/e')"
by_chance() {
	run_machine --known="$scratch/list" --bisect-order >"$scratch/found" 2>&1 &&
		tail -1 "$scratch/found" | grep -x '# verdicts that depend on the order: 0'
}
passes "a failure that comes and goes by a list is no finding" by_chance

# --- What ends it early ---

rule "[ \$name != t/f ] || sleep 2"
gives_up() {
	run_machine --limit=3 --bisect-order >"$scratch/found" 2>&1
	[ $? -eq 1 ] && tail -1 "$scratch/found" |
		grep '^# given up: the limit of 3 seconds for the whole run is over$'
}
passes "--limit= ends it" gives_up

machine <<'E_'
version
echo "1..0 # SKIP no VMX"
E_
finds "where nothing can run the status says so" 77 <<'E_'
# order=plan times=1: 0 verdicts
E_
machine <<'E_'
exec sleep 9
E_
finds "... and where no machine answers" 124 <<'E_'
# order=plan times=1: 0 verdicts
# no answer: the machine never started a report
E_

# refuses MESSAGE OPTION...: nothing runs, and only this is said.
refuses() {
	message=$1
	shift
	run_machine --bisect-order "$@" >"$scratch/found" 2>&1
	[ $? -eq 2 ] && echo "trapline run: $message" | diff - "$scratch/found"
}
for word in list bench from=2 to=3; do
	passes "$word is refused" refuses \
		"--bisect-order chooses what runs by itself; it takes no $word" "$word"
done
passes "the order of the plan alone is refused" refuses "--bisect-order compares an order with \
order=plan; give another one: order=reverse, order=random, order=given, or times=2" order=plan
passes "--junit= is refused" refuses \
	"--bisect-order makes no report, so there is nothing for --junit" --junit="$scratch/junit.xml"
passes "--iso is refused" refuses \
	"--iso boots the ISO, which takes no words, scenarios or modules: --bisect-order" --iso
plan
