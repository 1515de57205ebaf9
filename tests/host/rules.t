#!/bin/sh
# rules.t -- docs/rules.md agrees with the tables of rules and the claims of the tests, each rule
# has a claim or says why not, and the language knows the rules of all tables

. tests/host/tap.sh

tool() {
	tests/tools/rules --build="$BUILD" "$@"
}
agrees() {
	tool >"$scratch/page" && diff docs/rules.md "$scratch/page"
}
passes "docs/rules.md is what tests/tools/rules makes of tables and claims" agrees
language_agrees() {
	tool --language | diff tests/language/rules.inc -
}
passes "tests/language/rules.inc has the rules of all tables" language_agrees

# The tool might overlook a row.
counts() {
	rows=$(cat tests/rules/*.def | grep -cE '^(RULE|NOT_YET|UNREACHABLE)\(')
	[ "$rows" -gt 300 ] && told=$(sed -n '/^## What VM entry does not check/,$p' docs/rules.md |
		grep -c '^| `') && echo "$rows rows, $told told" && [ "$told" -eq "$rows" ]
}
passes "the page tells of every row of tests/rules/" counts
sums_up() {
	said=$(head -1 docs/rules.md | tr -cd '0-9 ')
	# shellcheck disable=SC2086 # the numbers are words
	set -- $said
	[ "$1" -eq "$(grep -c '^| `' docs/rules.md)" ] && [ "$1" -eq $(($2 + $3 + $4 + $5)) ] &&
		[ "$4" -eq "$(grep -c '^| .*| not yet |$' docs/rules.md)" ] &&
		[ "$5" -eq "$(grep -c '^| .*| cannot be reached: ' docs/rules.md)" ]
}
passes "... and its first line counts them" sums_up
sums_up_entry() {
	said=$(head -1 docs/rules.md | tr -cd '0-9 ')
	# shellcheck disable=SC2086 # the numbers are words
	set -- $said
	[ "$6" -eq $(($7 + $8 + $9)) ] && [ "$8" -eq "$(grep -c '; no platform has ' docs/rules.md)" ]
}
passes "... and those that VM entry checks" sums_up_entry
names_are_short() {
	! sed -nE 's/^%define rule_([^ ]*) .*/\1/p' tests/language/rules.inc |
		grep -vE '^[a-z][a-z0-9_]{2,49}$'
}
passes "each rule has a name of small letters, digits and _, of 50 at most" names_are_short

# changed TABLE SED: a tree of tables, of which the sed script changes one.
changed() {
	rm -rf "$scratch/tree"
	mkdir "$scratch/tree"
	cp -r --parents tests/model/*.def tests/rules "$scratch/tree"
	[ ! -d tests/suites/entry ] || mkdir -p "$scratch/tree/tests/suites/entry"
	sed -i "$2" "$scratch/tree/tests/rules/$1"
	! diff -q "tests/rules/$1" "$scratch/tree/tests/rules/$1"
}
# is_refused MESSAGE TABLE SED
is_refused() {
	changed "$2" "$3" || return 1
	tool --root="$scratch/tree" >"$scratch/page" 2>"$scratch/errors"
	[ $? -eq 1 ] && [ ! -s "$scratch/page" ] && grep -qx "rules: $1" "$scratch/errors" && return
	cat "$scratch/errors"
	return 1
}
passes "a rule that no test claims is refused" is_refused \
	'no test claims vmx_instruction_flags' claims.def '/vmx_instruction_flags/d'
passes "... also if its row no longer says UNREACHABLE" is_refused \
	'no test claims sipi_exits' \
	exits.def 's/^UNREACHABLE(sipi_exits, \(.*\), "[^"]*")$/RULE(sipi_exits, \1)/'
passes "a claim for a rule that says NOT_YET is refused" is_refused \
	'vmxon_checks_the_address is claimed, and its row says NOT_YET' \
	instructions.def 's/^RULE(vmxon_checks_the_address,/NOT_YET(vmxon_checks_the_address,/'
# shellcheck disable=SC2016 # for sed
passes "... and one for a rule that cannot be reached" is_refused \
	'sipi_exits is claimed, and its row says UNREACHABLE' \
	claims.def '/^TABLE_COLUMNS/a CLAIM(sipi_exits, "vmx_flags/*")'
passes "a rule that cannot be reached, and does not say why, is refused" is_refused \
	'sipi_exits cannot be reached, and its row does not say why' \
	exits.def '/^UNREACHABLE(sipi_exits,/s/, "[^"]*")$/, "")/'
passes "a rule of VM entry that is claimed and out of reach is refused" is_refused \
	'vpid_0 is claimed, and its row says UNREACHABLE' \
	out_of_reach.def '/^TABLE_COLUMNS/a OUT_OF_REACH(vpid_0, "no VPID")'
passes "... and so is one that is none of its rules" is_refused \
	'cpuid_exits is out of reach, and no rule that VM entry checks' \
	out_of_reach.def '/^TABLE_COLUMNS/a OUT_OF_REACH(cpuid_exits, "no CPUID")'
passes "... also if no platform is said to offer it" is_refused \
	'cpuid_exits is not offered, and no rule that VM entry checks and reaches' \
	not_offered.def '/^TABLE_COLUMNS/a NOT_OFFERED(cpuid_exits, "CPUID")'
passes "a claim without a rule is refused" is_refused \
	'vmx_flags/. claims vmx_instruction_flag, which is no rule; did you mean .*flags?' \
	claims.def 's/^CLAIM(vmx_instruction_flags,/CLAIM(vmx_instruction_flag,/'
passes "a scenario's claim without a rule is refused" is_refused \
	'exits/cpuid claims cpuid_exits, which is no rule; did you mean .*?' \
	exits.def '/^RULE(cpuid_exits,/d'
passes "a claim of a test that there is not is refused" is_refused \
	'vmx_instruction_flags is claimed by vmx_flagz/., which is no test.*' \
	claims.def 's|"vmx_flags/|"vmx_flagz/|'
passes "two rules of one name are refused" is_refused \
	'two rules are called cpuid_exits' exits.def 's/^RULE(invd_exits,/RULE(cpuid_exits,/'
passes "... even in different tables" is_refused \
	'two rules are called cpuid_exits' saving.def 's/^UNREACHABLE(host_pdptes_loaded,/UNREACHABLE(cpuid_exits,/'
plan
