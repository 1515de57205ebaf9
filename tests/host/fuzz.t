#!/bin/sh
# fuzz.t -- no input from outside does harm: libFuzzer searches for one that does, for a limited
# time

. tests/host/tap.sh

# The assembled scenarios are what the fuzzers start from; an input that does harm stays in $BUILD.
survives() {
	mkdir "$scratch/$1"
	set -- "$1" -seed=1 -runs=200000 -max_total_time=20 -artifact_prefix="$BUILD/host/$1."
	[ ! -e "tests/host/$1.dict" ] || set -- "$@" "-dict=tests/host/$1.dict"
	program=$1
	shift
	timeout 100 "$BUILD/host/$program" "$@" "$scratch/$program" "$BUILD/scenarios"
}

for source in tests/host/fuzz_*.c; do
	name=$(basename "$source" .c)
	passes "$name finds no input that does harm" survives "$name"
done
plan
