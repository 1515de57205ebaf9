#!/bin/sh
# docs.t -- what the documents name exists, docs/ept.md quotes what scenarios really report, and
# each lab fails until it is solved, and passes then

. tests/host/tap.sh

# code_of FILE...: prints the code in documents: text between backticks, and lines of fenced blocks.
code_of() {
	awk '
		FNR == 1 { fenced = 0 }
		/^```/ { fenced = !fenced; next }
		fenced { print; next }
		{ count = split($0, parts, "`"); for (i = 2; i <= count; i += 2) print parts[i] }' "$@"
}

code_of README.md docs/*.md labs/*.md >"$scratch/code"

# Prints its standard input, and fails if there is any.
must_be_empty() {
	! grep .
}

# --- What the documents name exists ---

files_are_there() {
	grep -ohE '\b(docs|drivers|ept|iso|kernel|labs|tests|vmx)/[A-Za-z0-9_./]+\.[a-z]+\b' \
		"$scratch/code" | sort -u >"$scratch/files"
	grep -q '^tests/scenarios/ept/.*asm$' "$scratch/files" || echo "no scenario is named"
	while read -r file; do
		case $file in
		*/x.asm) ;;                                     # x stands for any name
		*) [ -e "$file" ] || echo "there is no $file" ;;
		esac
	done <"$scratch/files" | must_be_empty
}

# The tests that docs/kvm-unit-tests.md names, most of them by a pattern of `run=`.
# shellcheck disable=SC2016 # for grep
tests_beside_kvm_unit_tests() {
	sed -n "/^| /p" docs/kvm-unit-tests.md | grep -oE '`[a-z0-9_]+/[^` ]+`' | tr -d '`' | sort -u
}

tests_beside_kvm_unit_tests_are_there() {
	./trapline list >"$scratch/tests"
	tests_beside_kvm_unit_tests | while read -r pattern; do
		expression=$(echo "$pattern" | sed 's/\*/.*/g')
		grep -qxE "$expression" "$scratch/tests" || echo "there is no test $pattern"
	done | must_be_empty
}

each_has_a_test_or_a_reason() {
	awk -F ' [|] ' '/^[|] `/ {
		rows++
		if (seen[$1]++ || $2 == "" || $3 !~ /^(`|none: )/)
			print "a row is wrong: " $0
	}
	END { if (rows != 107) print rows " rows, not 107" }' docs/kvm-unit-tests.md | must_be_empty
}

# The folders that a document's drawings name: words like kernel/ that begin a line of a fenced
# block, several of them where they share a line.
drawn_in() {
	awk '
		/^```/ { drawing = !drawing; next }
		drawing {
			for (i = 1; i <= NF && $i ~ /^[a-z]+\/$/; i++)
				print substr($i, 1, length($i) - 1)
		}' "$1" | sort -u
}

# Those at the top of the tree, and the rooms of tests/.
folders_of_the_tree() {
	git ls-files | awk -F / 'NF > 1 && !/^\./ { print $1 } /^tests\// && NF > 2 { print $2 }' |
		sort -u
}

# layout_is_drawn DOCUMENT REGEX: the document draws all folders, except those whose name matches.
# docs/design.md draws only floors and rooms.
layout_is_drawn() {
	folders_of_the_tree | grep -vxE "$2" >"$scratch/folders"
	drawn_in "$1" | diff "$scratch/folders" -
}

scenarios_are_there() {
	grep -ohE '^(# start 1 - )?(entry|ept|exits|guests|paging|root)/[a-z0-9_]+$' "$scratch/code" |
		sed 's/.* //' | sort -u >"$scratch/scenarios"
	[ -s "$scratch/scenarios" ] || echo "no scenario is named"
	while read -r scenario; do
		case $scenario in
		*/x) ;;
		*) [ -e "tests/scenarios/$scenario.asm" ] || [ -d "$scenario" ] ||
			grep -qF "TEST(\"$scenario\"" tests/suites/*/*.c ||
			echo "there is no scenario $scenario" ;;
		esac
	done <"$scratch/scenarios" | must_be_empty
}

links_lead_somewhere() {
	for document in README.md docs/*.md labs/*.md; do
		grep -oE '\]\([^)]+\)' "$document" | sed 's/^](//; s/)$//; s/#.*//' |
			while read -r target; do
				case $target in
				'' | http*) ;;
				*) [ -e "$(dirname "$document")/$target" ] ||
					echo "$document links to $target" ;;
				esac
			done
	done | must_be_empty
}

targets_are_there() {
	grep -E '^make( |$)' "$scratch/code" | sed 's/#.*//' | tr ' ' '\n' |
		grep -E '^[a-z][a-z_/-]*$' | grep -vx make | sort -u >"$scratch/targets"
	grep -qx run "$scratch/targets" || echo "no document names the target run"
	while read -r target; do
		grep -qE "^$target:" GNUmakefile || make -n BUILD=build "$target" >/dev/null 2>&1 ||
			echo "make has no $target"
	done <"$scratch/targets" | must_be_empty
}

# The words that the kernel's parser knows are those that the table of docs/report.md lists.
words_are_those_of_the_kernel() {
	sed -nE 's/.*word_is\((key|word), "([a-z]+)"\).*/\2/p' tests/report/options.c | sort -u \
		>"$scratch/parsed"
	sed -n '/^## Kernel command line/,/^## How/p' docs/report.md | grep '^| `' | cut -d'|' -f2 |
		grep -oE '`[a-z]+' | tr -d '`' | sort -u | diff "$scratch/parsed" -
}

# Looks at words in a kernel's command line, and at those after `trapline run`.
words_are_taken() {
	grep -E 'command line:|-append|multiboot2 /|trapline run ' "$scratch/code" |
		grep -oE '(^|[ '\''])[a-z]+=[^ '\'']*' | tr -d " '" | cut -d= -f1 | sort -u |
		grep -vxFf "$scratch/parsed" | sed 's/^/the kernel takes no /' | must_be_empty
}

passes "every file that a document names is there" files_are_there
passes "README.md draws every folder and room, and no other" layout_is_drawn README.md none
passes "docs/design.md draws every floor and room, and no other" \
	layout_is_drawn docs/design.md 'docs|iso|labs'
passes "every scenario that a document names is there" scenarios_are_there
passes "docs/kvm-unit-tests.md names tests that there are" tests_beside_kvm_unit_tests_are_there
passes "... and for each of the 107 tests there some, or a reason" each_has_a_test_or_a_reason
passes "every link of a document leads somewhere" links_lead_somewhere
passes "every make target that a document names is there" targets_are_there
passes "docs/report.md lists the words that the kernel takes" words_are_those_of_the_kernel
passes "kernel command lines in the documents have only these words" words_are_taken

# --- docs/ept.md quotes real reports ---

# One boot, on a processor that has sub-page permissions, runs all of these: the scenarios that
# docs/ept.md quotes, the copies that its sed commands make, each lab X, and its solution as
# solved_X.
copies() {
	grep "^\$ sed '" docs/ept.md | while read -r _ command; do
		name=${command##*>}
		(eval "${command% >*}") >"$scratch/$name" && echo "$scratch/$name"
	done
}

quoted_scenarios() {
	sed -nE 's/^# start 1 - ((ept|guests|paging)\/.*)/tests\/scenarios\/\1.asm/p' docs/ept.md | sort -u
}

solved() {
	for solution in labs/solutions/*.asm; do
		cp "$solution" "$scratch/solved_${solution##*/}"
		echo "$scratch/solved_${solution##*/}"
	done
}

{ quoted_scenarios; copies; ls labs/*.asm; solved; } >"$scratch/sources"

boots() {
	names=$(sed -E 's|^.*/scenarios/||; t end; s|.*/||; :end; s|\.asm$||' "$scratch/sources" |
		paste -sd,)
	while read -r source; do
		./trapline assemble "$source" "$scratch/one.bin" && cat "$scratch/one.bin"
	done <"$scratch/sources" >"$scratch/all.bin"
	timeout 300 ./trapline run --platform=bochs --cpu=corei7_icelake_u --build="$BUILD" --module="$BUILD/suites.bin" \
		--module="$scratch/all.bin" log=full \
		"run=ept_matrix/permissions_at_one_level,$names" >"$scratch/report" 2>&1
	grep "^1\.\.$(($(wc -l <"$scratch/sources") + 1))\$" "$scratch/report" &&
		grep '^# in all: .* 1 boot$\|^# summary' "$scratch/report"
}

# masked [FILE...]: replaces what differs from run to run: test numbers, host-physical addresses and
# folders.
masked() {
	sed -E -e 's/^(# start|ok|not ok) [0-9]+ -/\1 N -/' -e "s|$scratch/||g" \
		-e 's/hpa=0x[0-9a-f]+/hpa=H/' -e 's/\(entry 0x[0-9a-f]{13}/(entry H/' "$@"
}

# Prints each line of a test's report behind the test's name: NAME|LINE.
lines_by_test() {
	awk '
		/^# start N - / { name = $5 }
		/^```/          { name = "" }
		name && $0 != "..." { print name "|" $0 }
		/^(not )?ok N - / { name = "" }'
}

# is_reported NAME: each quoted line stands in the test's report, and in the same order.
is_reported() {
	awk -v name="$1" '
		BEGIN { count = found = 0 }
		index($0, name "|") != 1 { next }
		FILENAME == ARGV[1] { quoted[count++] = $0; next }
		$0 == quoted[found] { found++ }
		END {
			if (count && found == count)
				exit 0
			print count ? "not reported, or not in this place: " quoted[found] : "nothing is quoted"
			exit 1
		}' "$scratch/quoted" "$scratch/reported"
}

passes "one boot runs all quoted scenarios, all labs and all solutions" boots
masked docs/ept.md | lines_by_test >"$scratch/quoted"
masked "$scratch/report" | lines_by_test >"$scratch/reported"
cut -d'|' -f1 "$scratch/quoted" | sort -u >"$scratch/names"
while read -r name <&3; do
	passes "$name reports what docs/ept.md quotes" is_reported "$name"
done 3<"$scratch/names"

# Each line of a nasm block must stand in the scenario that the document named last before the
# block.
code_is_the_scenarios() {
	awk '
		!fenced && match($0, /`(ept|paging)\/[a-z0-9_]+`/) {
			rest = $0
			while (match(rest, /`(ept|paging)\/[a-z0-9_]+`/)) {
				name = substr(rest, RSTART + 1, RLENGTH - 2)
				rest = substr(rest, RSTART + RLENGTH)
			}
		}
		/^```/ { fenced = fenced ? "" : $0; next }
		fenced == "```nasm" && NF && $0 != "..." { print name "|" $0 }' docs/ept.md \
		>"$scratch/excerpts"
	[ -s "$scratch/excerpts" ] || { echo "there is no code"; return 1; }
	while IFS= read -r line; do
		grep -qxF -- "${line#*|}" "tests/scenarios/${line%%|*}.asm" || echo "not there: $line"
	done <"$scratch/excerpts" | must_be_empty
}

lists_claims_of_matrix() {
	sed -nE -e 's/^(PATHS|BITS|PAIRS|TABLES)_TEST\(([a-z0-9_]+).*/\2/p' \
		-e 's/^BITS_BY_MODE\(([a-z0-9_]+).*/\1_by_mode/p' \
		tests/suites/ept/*.c | sort >"$scratch/claims"
	[ -s "$scratch/claims" ] || { echo "there are no claims"; return 1; }
	sed -n '/^| `ept_matrix/,/^$/p' docs/ept.md | sed 1,2d | cut -d'|' -f2 |
		grep -oE '[a-z0-9_]+' | sort | diff "$scratch/claims" -
}

# No scenario reports these texts, so the document quotes them from unit tests.  There a text may be
# several C strings in a row, which are joined first.
is_in_unit_test() {
	cat tests/host/ept_test.c tests/host/guest_walk_test.c | tr -d '\n' |
		sed -E 's/"[[:space:]]+"//g' >"$scratch/unit_test"
	sed -n '/^## User mode/,/^## /p' docs/ept.md |
		awk '
			/^```/ { fenced = fenced ? "" : $0; next }
			fenced == "```"' >"$scratch/mode_based"
	[ -s "$scratch/mode_based" ] || { echo "nothing is quoted"; return 1; }
	while read -r line; do
		grep -qF "\"$line\"" "$scratch/unit_test" || echo "not there: $line"
	done <"$scratch/mode_based" | must_be_empty
}

passes "docs/ept.md lists the claims of the matrix" lists_claims_of_matrix
passes "code in docs/ept.md is that of the scenario named before it" code_is_the_scenarios
passes "mode-based execute control is explained as docs/ept.md quotes" is_in_unit_test

# --- Labs ---

fails_unsolved() {
	grep -q "^not ok N - $1\$" "$scratch/verdicts" &&
		grep -q "^$1|# labs/$1.asm:[0-9]*: .*expected" "$scratch/reported"
}

is_solved() {
	grep -q "^ok N - solved_$1\$" "$scratch/verdicts"
}

# The solution may change only the gap: title, guest and contents must be the same.
is_the_same_guest() {
	for file in "labs/$1.asm" "labs/solutions/$1.asm"; do
		sed -n '/^scenario/p; /^guest/,$p' "$file" >"$scratch/guest.$(dirname "$file" | tr / _)"
	done
	diff "$scratch/guest.labs" "$scratch/guest.labs_solutions"
}

masked "$scratch/report" | grep -E '^(not )?ok N - ' >"$scratch/verdicts"
for lab in labs/*.asm; do
	lab=$(basename "$lab" .asm)
	passes "lab $lab fails before it is solved" fails_unsolved "$lab"
	passes "the solution of lab $lab passes" is_solved "$lab"
	passes "the solution of lab $lab has the lab's guest" is_the_same_guest "$lab"
done
plan
