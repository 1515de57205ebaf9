#!/bin/sh
# explain.t -- how the report explains exits of which docs/ept.md has no example, and which exits it
# does not explain

. tests/host/tap.sh

# scenario NAME ACCESS [TABLES_ACCESS]: prints a scenario whose guest is one instruction, in a page
# with this EPT access.  With TABLES_ACCESS the guest has paging structures of its own, in a page
# with that access.  The scenario expects an EPT misconfiguration instead of the instruction.
scenario() {
	cat <<E_
%include "scenario.inc"
%define TABLE   0x23                    ; present, writable, accessed
%define MAPPED  0xe3                    ; and dirty, 2 MiB

scenario "$1"

        page    CODE,   at=0x1000,  access=$2
E_
	[ -z "$3" ] || cat <<E_
        page    TABLES, at=0x10000, access=$3, size=3 * PAGE_SIZE
        set     cr3, TABLES
E_
	cat <<E_
        expect  ept_misconfig
        finish

guest CODE

        vmcall
E_
	[ -z "$3" ] || cat <<E_
contents TABLES
        dq      TABLES + 0x1000 + TABLE
        times 511 dq 0
        dq      TABLES + 0x2000 + TABLE
        times 511 dq 0
        dq      0 + MAPPED
E_
}

assembled() {
	for name; do
		./trapline assemble "$scratch/$name.asm" "$scratch/one.bin" && cat "$scratch/one.bin"
	done
}

scenario code_is_illegal   -wx     >"$scratch/code_is_illegal.asm"
scenario tables_are_illegal r-x -w- >"$scratch/tables_are_illegal.asm"
scenario code_is_absent    ---     >"$scratch/code_is_absent.asm"
scenario tables_are_absent r-x --- >"$scratch/tables_are_absent.asm"
assembled code_is_illegal tables_are_illegal code_is_absent tables_are_absent >"$scratch/all.bin"

# boots WORD...: the two scenarios with misconfigurations pass; the other two fail.
boots() {
	timeout 100 ./trapline run --platform=bochs --build="$BUILD" --module="$scratch/all.bin" \
		run=code*,tables* "$@" >"$scratch/report" 2>&1
	[ $? -eq 1 ] && grep -q '^# summary 2 passed, 2 failed' "$scratch/report"
}

# says NAME LINE...: these lines explain the exits of the test, and no others.
says() {
	name=$1
	shift
	for line; do echo "#   $line"; done >"$scratch/expected"
	sed -n "/^# start .* - $name\$/,/^\(not \)\?ok /p" "$scratch/report" | grep '^#   ' |
		sed -E 's/hpa=0x[0-9a-f]+/hpa=H/; s/entry 0x[0-9a-f]+/entry E/' |
		diff "$scratch/expected" -
}

passes "two guests misconfigure EPT at their first instruction, and two violate it" \
	boots log=full
passes "a misconfiguration of the instruction's page is explained as the fetch" \
	says code_is_illegal \
	'ept PML4[0] rwx > PDPT[0] rwx > PD[0] rwx > PT[1] -wx wb hpa=H (entry E) <- illegal: write without read' \
	'an access, the fetch of the instruction, to a page whose PT entry is illegal: write without read'
passes "a misconfiguration of the page of the guest's tables is explained as the walk" \
	says tables_are_illegal \
	'ept PML4[0] rwx > PDPT[0] rwx > PD[0] rwx > PT[16] -w- wb hpa=H (entry E) <- illegal: write without read' \
	"an access of the guest's PML4 entry 0, on the way to the instruction, to a page whose PT entry is illegal: write without read"
passes "a walk through Trapline's own tables is not shown" says code_is_absent \
	'ept PML4[0] rwx > PDPT[0] rwx > PD[0] rwx > PT[1] --- <- not present' \
	'an instruction fetch, reached through guest-linear 0x1000, to a guest-physical address for which there is no PT entry'
passes "a walk through the guest's own tables is shown up to the entry that EPT refuses" \
	says tables_are_absent \
	'guest PML4[0] at TABLES(0x10000) <- EPT refuses read' \
	'ept PML4[0] rwx > PDPT[0] rwx > PD[0] rwx > PT[16] --- <- not present' \
	"a read of the guest's PML4 entry 0, on the way to guest-linear 0x1000, at a guest-physical address for which there is no PT entry"

passes "the verdicts are the same with log=failures" boots log=failures
passes "with log=failures the exits of a passed test are not explained" says code_is_illegal
passes "with log=failures the exits of a failed test are explained" \
	grep -q "^#   guest PML4\[0\] at TABLES(0x10000) <- EPT refuses read$" "$scratch/report"
passes "the verdicts are the same with log=quiet" boots log=quiet
passes "with log=quiet no exit is shown" \
	sh -c "! grep '^# *\(exit\|guest\|ept\|an\?\) ' $scratch/report"
plan
