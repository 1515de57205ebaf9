#!/bin/sh
# random.t -- random cases: the same seed makes the same cases; a case in which the processor and
# the model disagree is found, reduced, and printed as a scenario that fails in the same way

. tests/host/tap.sh

quirks=walk_is_write_alone,guest_flags_not_refused,bit_12_of_large_page

# What some Bochs gets wrong of VM entry, as the runner would name it.
entry_rules=$(sed -n 's/^\(entry_[rfa][a-z]*\/[a-z0-9_]*\) |.*/\1/p
	s/^entry\/random except=\([^ ]*\) .*/\1/p' tests/known/bochs | paste -sd, -)

entry_aftermath=$(echo "$entry_rules" | tr , '\n' | grep '^entry_aftermath/' | paste -sd, -)

# reports FILE WORD...: runs these words on Bochs, and puts the report into the file.
reports() {
	report=$scratch/$1
	shift
	timeout 200 ./trapline run --platform=bochs --build="$BUILD" "$@" >"$report"
}

# says REGEX: a line of the last report matches.
says() {
	grep -E "$1" "$report" || { cat "$report"; return 1; }
}

# cut_out NAME: takes the scenario out of a report, with the command that docs/random.md gives.
cut_out() {
	sed -n 's/^#   | //p' "$scratch/$1" >"$scratch/$1.asm"
	[ -s "$scratch/$1.asm" ]
}

# mended FILE: prints the scenario with what the processor did, which stands in its comments, in the
# place of what the model says.
mended() {
	awk '
		/^; This processor/ { next }
		/^;       (expect|flags|holds)/ { sub(/^;/, " "); held = ""; print; next }
		held { print held; held = "" }
		/^        (expect|flags|holds)/ { held = $0; next }
		{ print }' "$1"
}

# --- Seeds and counts ---

same_again() {
	reports first run=ept/random seed=3 count=700 && reports second run=ept/random seed=3 count=700
	says '^# seed 3, 700 cases: ' && diff "$scratch/first" "$scratch/second"
}

other_seed() {
	reports other run=ept/random seed=4 count=700
	says '^# seed 4, 700 cases: ' && ! diff "$scratch/first" "$scratch/other" >/dev/null
}

other_count() {
	reports shorter run=ept/random seed=3 count=600
	says '^# seed 3, 600 cases: '
}

same_states_again() {
	reports first run=entry/random seed=3 count=600 && reports second run=entry/random seed=3 count=600
	says '^# seed 3, 600 cases$' && says '^ok 1 - entry/random' &&
		diff "$scratch/first" "$scratch/second"
}

other_states() {
	reports other run=entry/random seed=4 count=600
	says '^# seed 4, 600 cases$' && ! diff "$scratch/first" "$scratch/other" >/dev/null
}

tells_coverage() {
	report=$scratch/first
	says '^#  .* host_[a-z_]+ [0-9]+/[0-9]+ ' && says '^# never violated:$' &&
		says '^# of [0-9]+ rules [0-9]+ were violated, [0-9]+ of them alone, and [0-9]+ never$'
}

is_no_rule() {
	! reports unknown run=entry/random except=entry_rules/no_such count=1 &&
		says '^not ok 1 - entry/random # ERROR except= takes no entry_rules/no_such; it takes '
}

# entry/random and ept/random have except= in common.
both_take_it() {
	reports both run=entry/random,ept/random count=1 "except=$quirks,$entry_rules"
	says '^ok 1 - ept/random' && says '^ok 2 - entry/random'
}

refuses_count_0() {
	! reports zero run=entry/random count=0 && says '^not ok 1 - .* ERROR no such word: count=0; '
}

is_unknown() {
	! reports unknown run=ept/random except=bit_13 count=1 &&
		says '^not ok 1 - ept/random # ERROR except= takes no bit_13; it takes walk_is_write_alone '
}

# --- A disagreement becomes a scenario that a user can run ---

# finds NAME WORD...: the run fails, and its report holds a scenario.
finds() {
	name=$1
	shift
	! reports "$name" "$@" && says '^not ok 1 - ' && says ' case [0-9]+ of seed .*expected ' &&
		cut_out "$name"
}

# is_small NAME LINES: the scenario sets only what the disagreement needs, in so many lines at most.
is_small() {
	cat "$scratch/$1.asm"
	[ "$(grep -cE '^        (entry|set|vmcs|page) ' "$scratch/$1.asm")" -le "$2" ]
}

fails_as_printed() {
	! reports printed --scenario="$scratch/$1.asm" && says "^# .*/$1.asm:[0-9]+: .*, expected " &&
		says "^not ok 1 - $1\$"
}

passes_mended() {
	mended "$scratch/$1.asm" >"$scratch/mended_$1.asm"
	reports mended --scenario="$scratch/mended_$1.asm" && says "^ok 1 - mended_$1\$"
}

# found NAME LINES WORD...: the four tests of a disagreement that a run with these words must find.
found() {
	name=$1 lines=$2
	shift 2
	passes "$name: a disagreement is found and printed" finds "$name" "$@"
	passes "$name: the case is reduced to a few lines" is_small "$name" "$lines"
	passes "$name: the printed scenario fails" fails_as_printed "$name"
	passes "$name: the scenario passes if it expects what the processor did" \
		passes_mended "$name"
}

# --- Cases as scenarios: where the processor and the model agree, they pass ---

# prints_cases NAME WORD...: a run with these words prints cases, each into a file of its own.
prints_cases() {
	name=$1
	shift
	rm -f "$scratch"/case*
	reports "$name" "$@" && cut_out "$name" &&
		awk -v folder="$scratch" '
			/^; Case [0-9]+ of/ { file = folder "/case" $3 ".asm" }
			{ print >file }' "$scratch/$name.asm" && [ -e "$scratch/case39.asm" ]
}

# Cases with a page of 2 MiB are left out, because each would make a file of that size.
assemble_all() {
	for source in "$scratch"/case*[0-9].asm; do
		grep -qE '^ +times 0x[0-9a-f]{5,} db 0' "$source" && continue
		./trapline assemble "$source" "$scratch/one.bin" || return 1
		cat "$scratch/one.bin"
	done >"$scratch/modules"
}

all_pass() {
	reports all --memory=64 --module="$scratch/modules" log=failures && ! grep '^not ok' "$report" &&
		[ "$(grep -c '^ok .*case[0-9]*$' "$report")" -ge 15 ]
}

passes "the same seed makes the same run" same_again
passes "another seed makes another run" other_seed
passes "count= sets the number of cases" other_count
passes "an unknown quirk is an ERROR that names the known ones" is_unknown
passes "VM entry: the same seed makes the same run" same_states_again
passes "... another seed another one" other_states
passes "... and the report tells how often each rule was violated" tells_coverage
passes "an unknown rule is an ERROR" is_no_rule
passes "what one test is to go without does not disturb the other" both_take_it
passes "no cases at all are refused" refuses_count_0
found execute_only 9 run=mistake/execute_only except=$quirks
found write_protect 9 run=mistake/write_protect except=$quirks
found ept_flags 5 run=mistake/ept_flags except=$quirks
found quirk 12 run=ept/random except=
found entry_rule 3 run=mistake/entry_rule except="$entry_rules"
found entry_order 9 run=mistake/entry_order except="$entry_rules"
found entry_refusal 9 run=mistake/entry_refusal \
	except="$(echo "$entry_rules" | sed 's/entry_rules.hlt_with_event,//')"
found entry_known 9 run=entry/random count=3000 except="$entry_aftermath"
passes "print/ept_random prints each case as a scenario" \
	prints_cases accesses run=print/ept_random seed=5 count=40 except=$quirks
passes "the printed scenarios assemble" assemble_all
passes "the printed scenarios end as the model says" all_pass
passes "print/entry_random prints each case as a scenario" \
	prints_cases states run=print/entry_random seed=2 count=60 except="$entry_rules"
passes "the printed scenarios assemble" assemble_all
passes "the printed scenarios end as the model says" all_pass
plan
