#!/bin/sh
# twins.t -- scenarios whose files have the same name: each test gets its own name and its own
# verdict

. tests/host/tap.sh

mkdir -p "$scratch/a folder"
sed 's/gpa=DATA+8/gpa=DATA+16/' tests/scenarios/ept/write_to_read_only_page.asm \
	>"$scratch/a folder/fails.asm"
passing_scenario=tests/scenarios/ept/write_to_read_only_page.asm

# passing FILE..., failing FILE...: make these files in the scratch folder, scenarios that pass or
# fail.
passing() {
	for file; do
		mkdir -p "$scratch/${file%/*}"
		cp "$passing_scenario" "$scratch/$file"
	done
}
failing() {
	for file; do
		mkdir -p "$scratch/${file%/*}"
		cp "$scratch/a folder/fails.asm" "$scratch/$file"
	done
}

# gives FILE,... VERDICT...: a run of these scenarios prints these verdicts, in the order of the
# files.
gives() {
	files=$1
	shift
	printf '%s\n' "$@" >"$scratch/expected"
	set --
	IFS=,
	for file in $files; do
		set -- "$@" "--scenario=$file"
	done
	unset IFS
	trapline=$PWD/trapline build=$(realpath "$BUILD")
	(cd "$scratch" && timeout 100 "$trapline" run --platform=bochs --build="$build" log=quiet "$@") \
		>"$scratch/found" 2>&1
	cat "$scratch/found"
	grep -E '^(not )?ok ' "$scratch/found" | diff "$scratch/expected" -
}

passing one/01.asm three/01.asm b/one/01.asm scenarios/one/01.asm 'my one/01.asm' c/x.asm
failing two/01.asm a/one/01.asm my_one/01.asm d/x.asm

passes "two files with the same name are named with their folders" \
	gives one/01.asm,two/01.asm 'ok 1 - one/01' 'not ok 2 - two/01'
passes "... in the other order, too" \
	gives two/01.asm,one/01.asm 'not ok 1 - two/01' 'ok 2 - one/01'
passes "... three of them, too" gives three/01.asm,two/01.asm,one/01.asm \
	'ok 1 - three/01' 'not ok 2 - two/01' 'ok 3 - one/01'
passes "if the folders have the same name, too, the folders above are added" gives \
	a/one/01.asm,b/one/01.asm 'not ok 1 - a/one/01' 'ok 2 - b/one/01'
passes "if a file right under scenarios/ has such a name, the others get longer ones" gives \
	scenarios/one/01.asm,a/one/01.asm,two/01.asm \
	'ok 1 - one/01' 'not ok 2 - a/one/01' 'not ok 3 - two/01'
passes "a file whose name no other file has is named without its folder" gives \
	c/x.asm,one/01.asm,two/01.asm 'ok 1 - x' 'ok 2 - one/01' 'not ok 3 - two/01'
passes "spaces in the name of an added folder become underscores" gives \
	'my one/01.asm',two/01.asm 'ok 1 - my_one/01' 'not ok 2 - two/01'

passes "if the folders look the same in a name, the second file gets a number instead" gives \
	'my one/01.asm',my_one/01.asm 'ok 1 - 01' 'not ok 2 - 01_2'
passes "... also beside a third file with that name" gives \
	'my one/01.asm',my_one/01.asm,two/01.asm \
	'ok 1 - my_one/01' 'not ok 2 - my_one/01_2' 'not ok 3 - two/01'

(cd "$scratch" && "$OLDPWD/trapline" assemble one/01.asm one/01.bin)
passes "an assembled scenario keeps its name, and a source of that name gets its folder" gives \
	two/01.asm,one/01.bin 'not ok 1 - two/01' 'ok 2 - 01'
(cd "$scratch" && "$OLDPWD/trapline" assemble two/01.asm two/01.bin)
passes "the second of two assembled scenarios with one name is an ERROR" gives \
	one/01.bin,two/01.bin \
	'ok 1 - 01' 'not ok 2 - 01 # ERROR an earlier test has the same name'

echo nothing >"$scratch/one/bad.bin"
echo nothing >"$scratch/two/bad.asm"
sed 's/write_to_read_only_page/write to a read-only one/' \
	"$BUILD/scenarios/ept/write_to_read_only_page.bin" >"$scratch/three/bad.bin"
names_mistakes() {
	! gives one/bad.bin,two/bad.asm,three/bad.bin '' || return 1
	sed -n 's/^not ok \([123] - [^ ]*\) # ERROR .*/\1/p' "$scratch/found" | tr '\n' ' ' |
		grep -x '1 - one/bad 2 - two/bad 3 - three/bad '
}
passes "files that are no scenarios are named with their folders, too" names_mistakes
plan
