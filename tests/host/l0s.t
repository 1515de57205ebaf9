#!/bin/sh
# l0s.t -- docs/l0s.md agrees with the lists of known failures, and these with the tests there are

. tests/host/tap.sh

agrees() {
	tests/tools/l0s --build="$BUILD" >"$scratch/page" && diff docs/l0s.md "$scratch/page"
}
passes "docs/l0s.md is what tests/tools/l0s makes of the lists" agrees

# The page must tell all that a list does, of each entry.
tells_all() {
	grep -hv '^#\|^newest\|^$' tests/known/* | while IFS='|' read -r name _ reason section _; do
		for text in "${name%% *}" "$reason" "$section"; do
			text=$(echo "$text" | sed 's/^ *//; s/ *$//')
			grep -qF -- "$text" "$scratch/words" || echo "not told: $text"
		done
	done >"$scratch/missing"
	! grep . "$scratch/missing"
}
tr '\n' ' ' <docs/l0s.md >"$scratch/words"
passes "... with every test, reason and section" tells_all

# changed SED: a copy of the lists, of which the sed script changes one.
changed() {
	rm -rf "$scratch/known"
	cp -r tests/known "$scratch/known"
	sed -i "$1" "$scratch/known/bochs"
	! diff -q tests/known/bochs "$scratch/known/bochs"
}
is_noticed() {
	changed "$1" && tests/tools/l0s --build="$BUILD" --known="$scratch/known" >"$scratch/page" &&
		! diff docs/l0s.md "$scratch/page"
}
passes "another version in a list is noticed" is_noticed 's/^\(vmlaunch.shadow_vmcs | \)bochs >= 2.7/\1bochs 2.7/'
passes "... and so is another proof" is_noticed 's/^# VMLAUNCH()/# VMRESUME()/'
renamed() {
	changed 's/^vmlaunch.shadow_vmcs/vmlaunch\/shadow_vmcz/' || return 1
	tests/tools/l0s --build="$BUILD" --known="$scratch/known" >"$scratch/page" 2>"$scratch/errors"
	[ $? -eq 1 ] && grep -x "l0s: 'vmlaunch/shadow_vmcz' is no test; did you mean vmlaunch/shadow_vmcs?" "$scratch/errors"
}
passes "a name in a list that no test has is refused" renamed

# A processor's name that is misspelt would let its line never be true.
processors_are_told() {
	grep -hoE 'cpu [a-z0-9_ ]+ \|' tests/known/* | tr ' ' '\n' | grep _ | sort -u >"$scratch/models"
	[ -s "$scratch/models" ] && while read -r model; do
		grep -q "\`$model\`" docs/platforms.md || echo "docs/platforms.md does not tell of $model"
	done <"$scratch/models" >"$scratch/missing"
	! grep . "$scratch/missing"
}
passes "every processor that a list names is one that docs/platforms.md tells of" processors_are_told
plan
