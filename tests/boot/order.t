#!/bin/sh
# order.t -- every test of the suite has the same verdict in whatever order the tests are played, and
# the words order=, times=, from= and to= play them as they say

. tests/host/tap.sh

# --- What the words play, by the kernel's word list, which needs no VMX ---

# names WORD...: prints the names of some tests in the order in which they would be played.
names() {
	timeout 100 ./trapline run --platform=tcg --build="$BUILD" list 'run=exits/*,kernel/*' "$@" \
		2>/dev/null | sed -n 's/^# \([a-z]*\/[^ ]*\)$/\1/p'
}

names >"$scratch/plan"
names order=random seed=1 >"$scratch/random"
same_tests() {
	[ "$(wc -l <"$1")" -gt 50 ] && ! diff "$scratch/plan" "$1" >/dev/null &&
		sort "$1" | diff "$scratch/sorted" -
}
sort "$scratch/plan" >"$scratch/sorted"
reversed() {
	names order=reverse | tac | diff "$scratch/plan" -
}
same_again() {
	names order=random seed=1 | diff "$scratch/random" -
}
other_seed() {
	names order=random seed=2 >"$scratch/other"
	same_tests "$scratch/other" && ! diff "$scratch/random" "$scratch/other" >/dev/null
}
by_globs() {
	names order=given >"$scratch/given"
	same_tests "$scratch/given" &&
		{ grep '^exits/' "$scratch/plan"; grep '^kernel/' "$scratch/plan"; } |
			diff - "$scratch/given"
}
twice() {
	names times=2 >"$scratch/twice"
	{ cat "$scratch/plan"; sed 's/$/@2/' "$scratch/plan"; } | diff - "$scratch/twice"
}
passes "order=reverse plays the last test first" reversed
passes "order=random plays the same tests in another order" same_tests "$scratch/random"
passes "... the same one with the same seed" same_again
passes "... and another one with another seed" other_seed
passes "order=given plays first what the first glob picks" by_globs
passes "times=2 plays everything again behind the plan, under names of its own" twice

# --- What a run of them reports ---

# reports WORD...: the verdicts of three tests on Bochs, and the run's status.
reports() {
	timeout 100 ./trapline run --platform=bochs --build="$BUILD" log=failures \
		run=exits/hlt,fault/triple_fault,exits/cpuid "$@" >"$scratch/report"
	echo "status $?" >>"$scratch/report"
	grep -E '^(ok|not ok|status) ' "$scratch/report" | diff - "$scratch/expected" ||
		{ cat "$scratch/report"; false; }
}
cat >"$scratch/expected" <<'E_'
not ok 2 - fault/triple_fault@2
ok 3 - exits/cpuid
ok 4 - exits/cpuid@2
not ok 5 - fault/triple_fault
status 1
E_
passes "a run from one number to another goes on in its order when its machine has died" \
	reports order=random seed=9 times=2 from=2 to=5
cat >"$scratch/expected" <<'E_'
status 77
E_
passes "nothing runs where to= is before from=" reports from=3 to=2

# Two modules hold the same scenario.
same_at_fault() {
	set -- --module="$BUILD/scenarios/exits/cpuid.bin" --module="$BUILD/scenarios/exits/hlt.bin" \
		--module="$BUILD/scenarios/exits/cpuid.bin" run=exits/* log=quiet "$@"
	timeout 100 ./trapline run --platform=bochs --build="$BUILD" "$@" >"$scratch/report"
	grep -E '^(ok|not ok) ' "$scratch/report" | diff "$scratch/expected" -
}
cat >"$scratch/expected" <<'E_'
not ok 1 - exits/cpuid # ERROR an earlier test has the same name
ok 2 - exits/hlt
ok 3 - exits/cpuid
E_
passes "of two tests of one name the later one of the plan is at fault, in whatever order" \
	same_at_fault order=reverse
is_whole() {
	! grep 'contradicts itself' "$scratch/report"
}
passes "... and the runner takes the report for a whole one" is_whole

# --- The suite ---

# plays NAME WORD...: the whole suite on Bochs; its report is $scratch/NAME.
plays() {
	report=$scratch/$1
	shift
	timeout 300 ./trapline run --platform=bochs --build="$BUILD" log=failures "$@" \
		>"$report" 2>"$scratch/errors"
	grep '^# summary\|^# boot .* summary' "$report"
}

# agrees NAME WORD...: the suite has the same verdicts with these words as in the order of the plan.
agrees() {
	plays "$@" || { cat "$scratch/$1"; return 1; }
	differs=0
	./trapline compare --verdicts "$scratch/in_plan" "$scratch/$1" || differs=1
	shift
	[ $differs -eq 0 ] || echo "'./trapline run --platform=bochs --bisect-order $*' tells why"
	return $differs
}

# The run that plays each test twice begins with one in the order of the plan.
agrees_twice() {
	plays twice times=2 && sed '/^# start .*@2$/,$d' "$scratch/twice" >"$scratch/in_plan" &&
		[ "$(grep -cE '^(not )?ok ' "$scratch/in_plan")" -gt 500 ] &&
		./trapline compare --verdicts "$scratch/in_plan" "$scratch/twice"
}
passes "each test has the same verdict when it is played again in one boot" agrees_twice
passes "... in reverse" agrees reverse order=reverse
for seed in 1 2 3; do
	passes "... at random, seed $seed" agrees "random_$seed" order=random seed=$seed
done
plan
