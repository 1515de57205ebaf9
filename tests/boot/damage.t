#!/bin/sh
# damage.t -- a damaged module is reported as one ERROR with its reason, and all other tests run

. tests/host/tap.sh

# patch NAME OFFSET 'BYTES': makes NAME.bin, which is the good scenario with these bytes at that
# offset.  The bytes are octal escapes of printf.
patch() {
	cp "$scratch/good.bin" "$scratch/$1.bin"
	# shellcheck disable=SC2059 # the bytes are a format
	printf "$3" | dd of="$scratch/$1.bin" bs=1 seek="$2" conv=notrunc status=none
}

# makes_errors N MODULE...: if these modules stand between two good ones, the report has N tests
# with ERROR, and the good ones pass.
makes_errors() {
	expected=$1
	shift
	for module; do
		shift
		set -- "$@" "--module=$scratch/$module.bin"
	done
	timeout 100 ./trapline run --platform=bochs --build="$BUILD" --module="$scratch/first.bin" "$@" \
		--module="$scratch/last.bin" 'run=-*/*' log=quiet >"$scratch/report"
	status=$?
	cat "$scratch/report"
	[ $status -eq 1 ] &&
		grep -qx 'ok 1 - first' "$scratch/report" &&
		grep -qx "ok $((expected + 2)) - last" "$scratch/report" &&
		[ "$(grep -cE '^not ok [0-9]+ - .+ # ERROR .+' "$scratch/report")" -eq "$expected" ]
}

for name in first good last; do
	cp tests/scenarios/ept/write_to_read_only_page.asm "$scratch/$name.asm"
	./trapline assemble "$scratch/$name.asm" "$scratch/$name.bin"
done

# The offsets are those of struct script_header (tests/script/script.h).
patch magic            0  'scenario'
patch version          8  '\143\000'
patch mode             10 '\143\000'
patch size             12 '\377\377\377\377'
patch entry            16 '\000\000\000\000\000\000\000\200'
patch regions          24 '\377\377\377\177'
patch region_count     28 '\377\377\377\377'
patch steps            32 '\377\377\377\177'
patch step_count       36 '\000\000\000\000'
patch strings          40 '\377\377\377\377'
patch name             48 '\377\377\377\177'
patch needs            88 '\377\377\377\377\377\377\377\377'
head -c 60 "$scratch/good.bin" >"$scratch/cut_in_header.bin"
head -c -1 "$scratch/good.bin" >"$scratch/cut_at_end.bin"
echo 'no scenario at all' >"$scratch/text.bin"
: >"$scratch/empty.bin"
cat "$scratch/size.bin" "$scratch/text.bin" "$scratch/version.bin" >"$scratch/joined.bin"

passes "each of 16 damaged modules is one ERROR" \
	makes_errors 16 magic version mode size needs entry regions region_count steps step_count \
	strings name cut_in_header cut_at_end text empty
passes "each damaged scenario within a larger module is one ERROR" makes_errors 2 joined
plan
