#!/bin/sh
# language.t -- the loader takes what scenarios assemble to, and each mistake is explained with its
# line

. tests/host/tap.sh

dump=$BUILD/host/script_dump

# complaints FILE: prints the assembler's errors or, if there are none, those of the loader.
complaints() {
	(./trapline assemble "$1" "$scratch/it.bin" && "$dump" -q "$scratch/it.bin") 2>&1 |
		sed "s|^$scratch/it.bin: ||"
}

is_explained() {
	complaints "tests/mistakes/$1.asm" >"$scratch/complaints"
	diff -u "tests/mistakes/$1.txt" "$scratch/complaints"
}

is_seen_as() {
	./trapline assemble "$1" "$scratch/it.bin" && "$dump" "$scratch/it.bin" >"$scratch/seen" &&
		diff -u "$2" "$scratch/seen"
}

# is_seen_as_twin SOURCE DUMP: the same without its twist.
is_seen_as_twin() {
	./trapline assemble --untwisted "$1" "$scratch/it.bin" &&
		"$dump" "$scratch/it.bin" >"$scratch/seen" && diff -u "$2" "$scratch/seen"
}

all_are_taken() {
	find tests/scenarios -name '*.asm' | sed "s|^tests/\\(.*\\)asm|$BUILD/\\1bin|" >"$scratch/built"
	[ -s "$scratch/built" ] && xargs "$dump" -q <"$scratch/built"
}

explained_all_have_mistakes() {
	for explanation in tests/mistakes/*.txt; do
		[ -e "${explanation%.txt}.asm" ] || echo "$explanation explains nothing"
		[ -s "$explanation" ] || echo "$explanation is empty"
	done >"$scratch/lonely"
	! grep . "$scratch/lonely"
}

passes "the loader takes every scenario" all_are_taken
passes "every word of the language is laid out as the loader expects" \
	is_seen_as tests/host/dumps/every_word.asm tests/host/dumps/every_word.txt
passes "every instruction of a scenario without a guest is, too" is_seen_as \
	tests/host/dumps/every_root_instruction.asm tests/host/dumps/every_root_instruction.txt
passes "... and every word for what an exit tells" \
	is_seen_as tests/host/dumps/exit_words.asm tests/host/dumps/exit_words.txt
for scenario in ept/write_to_read_only_page guests/paging_32_bit; do
	passes "$scenario is laid out as the loader expects" \
		is_seen_as "tests/scenarios/$scenario.asm" "tests/host/dumps/$(basename "$scenario").txt"
done
passes "a scenario with a twist is laid out as any other" \
	is_seen_as tests/host/dumps/twin.asm tests/host/dumps/twin.txt
passes "... and its twin has no twist, and ends with the exit that comes otherwise" \
	is_seen_as_twin tests/host/dumps/twin.asm tests/host/dumps/twin.untwisted.txt
for mistake in tests/mistakes/*.asm; do
	name=$(basename "$mistake" .asm)
	passes "the mistake $name is explained" is_explained "$name"
done
passes "every explanation belongs to a mistake" explained_all_have_mistakes
plan
