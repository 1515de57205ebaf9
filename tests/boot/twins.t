#!/bin/sh
# twins.t -- scenarios whose files are called alike: each has a name of its own, and its own verdict

. tests/host/tap.sh

mkdir -p "$scratch/a folder"
sed 's/gpa=DATA+8/gpa=DATA+16/' tests/scenarios/ept/write_to_read_only_page.asm \
	>"$scratch/a folder/fails.asm"
passes_here=tests/scenarios/ept/write_to_read_only_page.asm

# passing FILE..., failing FILE...: scenarios in the scratch folder
passing() {
	for file; do
		mkdir -p "$scratch/${file%/*}"
		cp "$passes_here" "$scratch/$file"
	done
}
failing() {
	for file; do
		mkdir -p "$scratch/${file%/*}"
		cp "$scratch/a folder/fails.asm" "$scratch/$file"
	done
}

# gives FILE,... VERDICT...: those of the files, in their order
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

passes "two files of one name are told apart by their folders" \
	gives one/01.asm,two/01.asm 'ok 1 - one/01' 'not ok 2 - two/01'
passes "... in the other order, too" \
	gives two/01.asm,one/01.asm 'not ok 1 - two/01' 'ok 2 - one/01'
passes "... three of them, too" gives three/01.asm,two/01.asm,one/01.asm \
	'ok 1 - three/01' 'not ok 2 - two/01' 'ok 3 - one/01'
passes "where the folders are called alike, the ones above tell them apart" gives \
	a/one/01.asm,b/one/01.asm 'not ok 1 - a/one/01' 'ok 2 - b/one/01'
passes "a file that is called so anyway keeps its name from those that would be" gives \
	scenarios/one/01.asm,a/one/01.asm,two/01.asm \
	'ok 1 - one/01' 'not ok 2 - a/one/01' 'not ok 3 - two/01'
passes "a file that is called like no other keeps its name" gives \
	c/x.asm,one/01.asm,two/01.asm 'ok 1 - x' 'ok 2 - one/01' 'not ok 3 - two/01'
passes "folders with spaces tell them apart, too" gives \
	'my one/01.asm',two/01.asm 'ok 1 - my_one/01' 'not ok 2 - two/01'

passes "where a name could not tell their folders apart, the second one has a number" gives \
	'my one/01.asm',my_one/01.asm 'ok 1 - 01' 'not ok 2 - 01_2'
passes "... also where others are called alike" gives \
	'my one/01.asm',my_one/01.asm,two/01.asm \
	'ok 1 - my_one/01' 'not ok 2 - my_one/01_2' 'not ok 3 - two/01'

(cd "$scratch" && "$OLDPWD/trapline" assemble one/01.asm one/01.bin)
passes "an assembled scenario keeps its name, and a source gets another" gives \
	two/01.asm,one/01.bin 'not ok 1 - two/01' 'ok 2 - 01'
(cd "$scratch" && "$OLDPWD/trapline" assemble two/01.asm two/01.bin)
passes "two assembled scenarios of one name are one test, and one in error" gives \
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
passes "files that are no scenarios are told apart, too" names_mistakes
plan
