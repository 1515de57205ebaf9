#!/bin/sh
# left_states.t -- states of the processor and of memory that a firmware or boot loader may leave

. tests/host/tap.sh

tests='run=machine/*,kernel/*,ept/write_to_read_only_page,ept/fetch_from_data_page'

# exits_with STATUS OPTION...: the run ends with this status.
exits_with() {
	expected=$1
	shift
	timeout 60 ./trapline run --timeout=20 "$@"
	[ $? -eq "$expected" ]
}

# leaves STATE...: makes a kernel that finds the machine in these states.
leaves() {
	tests/tools/firmware --build="$BUILD" "$scratch/$1" "$@"
}

# runs_in STATE: with a machine in that state the tests pass.
runs_in() {
	leaves "$1" && timeout 60 ./trapline run --platform=bochs --cpu=tigerlake --timeout=20 \
		--build="$scratch/$1" "$tests" log=failures
}

passes "the tests pass where the processor is as at reset" timeout 60 ./trapline run \
	--platform=bochs --cpu=tigerlake --build="$BUILD" "$tests" log=failures
passes "... where SMEP, SMAP, protection keys and other bits of CR4 are on" \
	runs_in supervisor_protection
passes "... where shadow stacks are on" runs_in shadow_stack
passes "... where EFLAGS has NT, AC and IOPL 3" runs_in flags
passes "... where breakpoints are set" runs_in debug_registers
passes "... where IA32_PAT and IA32_EFER have other values" runs_in msrs
passes "... where CR2, x87 and SSE were used" runs_in used_registers

# A test that is not the first one would find what is given back after the first.
starts_with() {
	timeout 60 ./trapline run --platform=bochs --timeout=20 --build="$scratch/used_registers" \
		--scenario="tests/scenarios/slate/$1.asm"
}
passes "... and the first guest finds no mark in CR2" starts_with cr2_of_a_new_guest
passes "... nor in x87 and SSE" starts_with x87_and_sse_of_a_new_guest
passes "... where paging is on, though both boot protocols forbid that" runs_in paging

plays_scenario() {
	leaves "$1" && timeout 60 ./trapline run --platform=bochs --timeout=20 \
		--build="$scratch/$1" --scenario=tests/scenarios/exits/cpuid.asm
}
passes "a scenario is played where the memory map begins above 4 GiB" \
	plays_scenario memory_above_4_gib

# The scenario's own module is then in no memory.
says_what_lacks() {
	! plays_scenario memory_only_above_4_gib >"$scratch/report"
	cat "$scratch/report"
	grep -qx '# Bail out! boot information: .*' "$scratch/report"
}
passes "... and a machine without memory below 4 GiB is refused in words" says_what_lacks

# bochs_with EDIT: from here on Bochs' configuration is edited so by sed, and $scratch/ending has the
# words in which Bochs says how it ended.
bochs=$(command -v bochs)
bochs_with() {
	mkdir -p "$scratch/bin"
	cat >"$scratch/bin/bochs" <<E_
#!/bin/sh
[ ! -e bochsrc ] || sed -i '$1' bochsrc
$bochs "\$@"
status=\$?
[ ! -e log ] || sed -n 's/.*>>PANIC<< //p' log >"$scratch/ending"
exit \$status
E_
	chmod +x "$scratch/bin/bochs"
	PATH=$scratch/bin:$PATH
}

# ended_by WORDS OPTION...: Bochs says in these words how a scenario's machine was ended.
ended_by() {
	words=$1
	shift
	timeout 60 ./trapline run --platform=bochs --timeout=20 "$@" \
		--scenario=tests/scenarios/exits/cpuid.asm
	cat "$scratch/ending"
	grep -qx "$words" "$scratch/ending"
}
bochs_with ''
passes "Bochs' machine is ended by its shutdown port" \
	ended_by 'Shutdown port: shutdown requested' --build="$BUILD"
leaves other_vendor
passes "a machine whose ACPI tables do not say so is ended by ACPI, and by no port of an emulator" \
	ended_by 'ACPI control: soft power off' --build="$scratch/other_vendor"
passes "QEMU is known by its ACPI tables where its processor does not say that it is virtual" \
	exits_with 77 --platform=tcg --cpu=max,-hypervisor --build="$BUILD" log=full

# These scenarios are played from pages that the other processor writes to.
scenarios_are_played() {
	timeout 60 ./trapline run --platform=bochs --timeout=20 \
		--scenario=tests/scenarios/ept/write_to_read_only_page.asm \
		--scenario=tests/scenarios/ept/accessed_flags_of_all_levels.asm "$@"
}
bochs_with 's/^cpu: /cpu: count=2, /'
passes "a machine of two processors runs as the firmware leaves it" \
	scenarios_are_played --build="$BUILD"
leaves other_processors
passes "a processor that the firmware left running is stopped before it does harm" \
	scenarios_are_played --build="$scratch/other_processors"

# gib_pages_are TYPE: pages of 1 GiB that cases made at random map have this type.
gib_pages_are() {
	timeout 60 ./trapline run --platform=bochs --timeout=20 --build="$BUILD" \
		run=print/ept_random count=50 log=full >"$scratch/report"
	grep ' page .*, level=pdpt' "$scratch/report" >"$scratch/pages"
	cat "$scratch/pages"
	[ -s "$scratch/pages" ] && ! grep -v "$1" "$scratch/pages"
}
bochs_with ''
passes "a page of 1 GiB that maps more than memory is of type UC" gib_pages_are ', type=0,'
bochs_with 's/^memory: .*/memory: guest=3072, host=512/'
passes "a page of 1 GiB maps nothing but memory where a GiB is memory alone" \
	gib_pages_are 'access=[-rwx]*, \(entry_bits=0x[0-9a-f]*, \)*level=pdpt$'

# starts_in STATE: on QEMU, which has no VMX, the kernel starts and refuses to run.
starts_in() {
	leaves "$1" &&
		exits_with 77 --platform=tcg --cpu=max --build="$scratch/$1" log=full
}
# No model of Bochs 2.7 has 5-level paging.
passes "the kernel starts where CR4.LA57 is on" starts_in la57
passes "... where SMEP, SMAP, protection keys and other bits of CR4 are on" \
	starts_in supervisor_protection
plan
