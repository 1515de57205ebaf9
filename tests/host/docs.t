#!/bin/sh
# docs.t -- the documents name what there is, docs/ept.md quotes what scenarios really report, and
# labs are unsolved, but can be solved

. tests/host/tap.sh

# What stands in the documents' code: inline between backticks, and lines of fenced blocks.
code_of() {
	awk '
		FNR == 1 { fenced = 0 }
		/^```/ { fenced = !fenced; next }
		fenced { print; next }
		{ count = split($0, parts, "`"); for (i = 2; i <= count; i += 2) print parts[i] }' "$@"
}

code_of README.md docs/*.md labs/*.md >"$scratch/code"

# Passes what comes in on, and fails if anything did.
nothing() {
	! grep .
}

# --- What is named is there ---

files_are_there() {
	grep -ohE '\b(docs|drivers|ept|iso|kernel|labs|tests|vmx)/[A-Za-z0-9_./]+\.[a-z]+\b' \
		"$scratch/code" | sort -u >"$scratch/files"
	grep -q '^tests/scenarios/ept/.*asm$' "$scratch/files" || echo "no scenario is named"
	while read -r file; do
		case $file in
		*/x.asm) ;;                                     # "any"
		*) [ -e "$file" ] || echo "there is no $file" ;;
		esac
	done <"$scratch/files" | nothing
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

# design.md draws floors and rooms, not what else stands at the top.
layout_is_drawn() {
	folders_of_the_tree | grep -vxE "$2" >"$scratch/folders"
	drawn_in "$1" | diff "$scratch/folders" -
}

scenarios_are_there() {
	grep -ohE '^(# start 1 - )?(entry|ept|exits|guests|paging)/[a-z0-9_]+$' "$scratch/code" |
		sed 's/.* //' | sort -u >"$scratch/scenarios"
	[ -s "$scratch/scenarios" ] || echo "no scenario is named"
	while read -r scenario; do
		case $scenario in
		*/x) ;;
		*) [ -e "tests/scenarios/$scenario.asm" ] || [ -d "$scenario" ] ||
			grep -qF "TEST(\"$scenario\"" tests/suites/*/*.c ||
			echo "there is no scenario $scenario" ;;
		esac
	done <"$scratch/scenarios" | nothing
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
	done | nothing
}

targets_are_there() {
	grep -E '^make( |$)' "$scratch/code" | sed 's/#.*//' | tr ' ' '\n' |
		grep -E '^[a-z][a-z_/-]*$' | grep -vx make | sort -u >"$scratch/targets"
	grep -qx run "$scratch/targets" || echo "not even run is named"
	while read -r target; do
		grep -qE "^$target:" GNUmakefile || make -n BUILD=build "$target" >/dev/null 2>&1 ||
			echo "make has no $target"
	done <"$scratch/targets" | nothing
}

# What the kernel's parser compares with, and what the table of docs/report.md lists.
words_are_those_of_the_kernel() {
	sed -nE 's/.*word_is\((key|word), "([a-z]+)"\).*/\2/p' tests/report/options.c | sort -u \
		>"$scratch/parsed"
	sed -n '/^## Kernel command line/,/^## How/p' docs/report.md | grep '^| `' | cut -d'|' -f2 |
		grep -oE '`[a-z]+' | tr -d '`' | sort -u | diff "$scratch/parsed" -
}

# In a kernel's command line, or behind `trapline run`.
words_are_taken() {
	grep -E 'command line:|-append|multiboot2 /|trapline run ' "$scratch/code" |
		grep -oE '(^|[ '\''])[a-z]+=[^ '\'']*' | tr -d " '" | cut -d= -f1 | sort -u |
		grep -vxFf "$scratch/parsed" | sed 's/^/the kernel takes no /' | nothing
}

passes "every file that a document names is there" files_are_there
passes "README.md draws every folder and room, and no other" layout_is_drawn README.md none
passes "docs/design.md draws every floor and room, and no other" \
	layout_is_drawn docs/design.md 'docs|iso|labs'
passes "every scenario that a document names is there" scenarios_are_there
passes "every link of a document leads somewhere" links_lead_somewhere
passes "every make target that a document names is there" targets_are_there
passes "docs/report.md lists the words that the kernel takes" words_are_those_of_the_kernel
passes "kernel command lines in the documents are made of such words" words_are_taken

# --- What is quoted was reported ---

# One boot of all, on a processor that has sub-page permissions: the scenarios that docs/ept.md
# quotes, the copies that its sed lines make, each lab, and each solution as solved_X.
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

# Without what differs from run to run: numbers of tests, host-physical addresses, folders.
masked() {
	sed -E -e 's/^(# start|ok|not ok) [0-9]+ -/\1 N -/' -e "s|$scratch/||g" \
		-e 's/hpa=0x[0-9a-f]+/hpa=H/' -e 's/\(entry 0x[0-9a-f]{13}/(entry H/' "$@"
}

# Each line that is quoted of a test, with the test's name: NAME|LINE.
lines_by_test() {
	awk '
		/^# start N - / { name = $5 }
		/^```/          { name = "" }
		name && $0 != "..." { print name "|" $0 }
		/^(not )?ok N - / { name = "" }'
}

# The quotation must be a subsequence of the report: in the same order, nothing that is not there.
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

passes "all that is quoted boots" boots
masked docs/ept.md | lines_by_test >"$scratch/quoted"
masked "$scratch/report" | lines_by_test >"$scratch/reported"
cut -d'|' -f1 "$scratch/quoted" | sort -u >"$scratch/names"
while read -r name <&3; do
	passes "$name reports what docs/ept.md quotes" is_reported "$name"
done 3<"$scratch/names"

# Each line of a nasm block, in the scenario that was named last before it.
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
	done <"$scratch/excerpts" | nothing
}

lists_claims_of_matrix() {
	sed -nE 's/^(BITS_TEST\(|TABLES_TEST\(|TEST\("ept_matrix\/)([a-z0-9_]+).*/\2/p' \
		tests/suites/ept/*.c | sort >"$scratch/claims"
	[ -s "$scratch/claims" ] || { echo "there are no claims"; return 1; }
	sed -n '/^| `ept_matrix/,/^$/p' docs/ept.md | sed 1,2d | cut -d'|' -f2 |
		grep -oE '[a-z0-9_]+' | sort | diff "$scratch/claims" -
}

# Texts of the report that stand in no scenario's: in the unit test they are strings in pieces.
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
	done <"$scratch/mode_based" | nothing
}

passes "docs/ept.md lists the claims of the matrix" lists_claims_of_matrix
passes "code in docs/ept.md is that of the scenario named before it" code_is_the_scenarios
passes "mode-based execute is told as docs/ept.md quotes" is_in_unit_test

# --- Labs ---

fails_unsolved() {
	grep -q "^not ok N - $1\$" "$scratch/verdicts" &&
		grep -q "^$1|# labs/$1.asm:[0-9]*: .*expected" "$scratch/reported"
}

is_solved() {
	grep -q "^ok N - solved_$1\$" "$scratch/verdicts"
}

# All but the gap: title, guest and contents.
is_the_same_guest() {
	for file in "labs/$1.asm" "labs/solutions/$1.asm"; do
		sed -n '/^scenario/p; /^guest/,$p' "$file" >"$scratch/guest.$(dirname "$file" | tr / _)"
	done
	diff "$scratch/guest.labs" "$scratch/guest.labs_solutions"
}

masked "$scratch/report" | grep -E '^(not )?ok N - ' >"$scratch/verdicts"
for lab in labs/*.asm; do
	lab=$(basename "$lab" .asm)
	passes "lab $lab fails as long as it is not solved" fails_unsolved "$lab"
	passes "the solution of lab $lab passes" is_solved "$lab"
	passes "the solution of lab $lab has the lab's guest" is_the_same_guest "$lab"
done
plan
