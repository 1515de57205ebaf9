#!/bin/sh
# exit_lines.t -- the report's line of an exit says in words what the exit tells, and with what the
# operands of its instruction held

. tests/host/tap.sh

cat >"$scratch/told.asm" <<'E_'
%include "scenario.inc"
%include "kernel/bits.inc"

scenario "instructions with operands of all kinds"

        needs   descriptor_table
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rw-
        vmcs    GUEST_GS_BASE, value=0x100000
        vmcs    CR0_GUEST_HOST_MASK, set=CR0_TS
        vmcs    CR0_READ_SHADOW, clear=0xe
        set     rsp, 0x3000
        set     r9, 0x681e
        set     r12, 0x10

        expect  vmread
        skip
        expect  vmwrite
        skip
        expect  vmread
        skip
        expect  gdtr_idtr_access
        skip
        expect  ldtr_tr_access
        skip
        expect  io_instruction
        skip
        expect  cr_access
        skip
        expect  cr_access
        skip
        expect  mov_dr
        skip
        expect  wrmsr
        skip
        expect  cpuid
        skip
        expect  exception_or_nmi
        finish

guest CODE
        vmread  [gs:rsp + r12 * 2 - 8], r9
        vmwrite r9, r12
        vmread  rax, r12
        sgdt    [r12d + 0x20]
        str     r9d
        mov     edx, 0x80
        mov     esi, 0x1234
        gs rep outsb
        mov     word [DATA], 9
        lmsw    [DATA]
        mov     cr3, r12
        mov     dr7, r9
        mov     ecx, 0xc0000080
        mov     edx, 1
        wrmsr
        mov     eax, 7
        cpuid
        int3
E_

timeout 100 ./trapline run --platform=bochs --build="$BUILD" --scenario="$scratch/told.asm" \
	log=full >"$scratch/report" 2>&1

# tells NUMBER TEXT: the line of this exit has the text between its reason and RIP.
tells() {
	grep "^# exit $1 " "$scratch/report" | tee "$scratch/line"
	grep -qxF "# exit $1 $2" <<-EOF
		$(sed 's/ rip=[^ ]*$//' "$scratch/line")
	EOF
}

passes "VMREAD of memory is told with its operands, their linear address and the field" tells 1 \
	'vmread vmread [gs:rsp+r12*2-0x8], r9 gla=0x103018 field=GUEST_RIP(0x681e)'
passes "VMWRITE of a register is told with the field and the value" tells 2 \
	'vmwrite vmwrite r9, r12 field=GUEST_RIP(0x681e) value=0x10'
passes "a field that does not exist is told by its number" tells 3 \
	'vmread vmread rax, r12 field=0x10'
passes "SGDT is told with its operand of 32 bits" tells 4 \
	'gdtr_idtr_access sgdt [r12d+0x20] gla=0x30'
passes "STR is told with its register" tells 5 'ldtr_tr_access str r9'
passes "REP OUTSB is told with its string" tells 6 \
	'io_instruction port=0x80 size=1 direction=out string rep outs [gs:rsi] gla=0x101234'
passes "LMSW of memory is told with its source and its operand" tells 7 \
	'cr_access lmsw 0x9 of memory gla=0x2000'
passes "MOV to CR3 is told with its value" tells 8 'cr_access mov cr3, r12 value=0x10'
passes "MOV to DR7 is told with its value" tells 9 'mov_dr mov dr7, r9 value=0x681e'
passes "WRMSR is told with the name of the MSR and the value" tells 10 \
	'wrmsr msr=IA32_EFER(0xc0000080) value=0x100000000'
passes "CPUID is told with its leaf" tells 11 'cpuid leaf=0x7 subleaf=0xc0000080'
passes "INT3 is told as what it is" tells 12 \
	'exception_or_nmi vector=3 #BP, a software exception'

wrong='base=rbx, segment=fs, displacement=8, operand=rax, field=GUEST_RSP'
sed "s/expect  vmread\$/expect  vmread, $wrong/" "$scratch/told.asm" >"$scratch/wrong_operands.asm"
sed 's/expect  wrmsr/expect  wrmsr, msr=0x1b/' "$scratch/told.asm" >"$scratch/wrong_msr.asm"
timeout 100 ./trapline run --platform=bochs --build="$BUILD" \
	--scenario="$scratch/wrong_operands.asm" --scenario="$scratch/wrong_msr.asm" \
	>"$scratch/report" 2>&1
says() {
	grep 'expected' "$scratch/report"
	grep -qF -- ": $1" "$scratch/report"
}
passes "a register that is another one is told by its name" says 'base is rsp, expected rbx'
passes "so is a segment" says 'segment is gs, expected fs'
passes "a displacement is told as a number" says 'displacement is 0xfffffffffffffff8, expected 0x8'
passes "an operand that is in memory is no register" says 'operand is none, expected rax'
passes "a field is told by its name" says \
	'field is GUEST_RIP(0x681e), expected GUEST_RSP(0x681c)'
passes "an MSR is told by its name" says \
	'msr is IA32_EFER(0xc0000080), expected IA32_APIC_BASE(0x1b)'

timeout 100 ./trapline run --platform=bochs --build="$BUILD" \
	run=entry/msr_list_refused_behind_others >"$scratch/report" 2>&1
refused_msr_is_told() {
	cat "$scratch/report"
	grep -qE '^# exit 1 msr_loading msr_entry=0x[0-9a-f]+ msr=.* value=[0-9a-fx]+ ' \
		"$scratch/report"
}
passes "an entry of the MSR list that was refused is told with what it holds" refused_msr_is_told
plan
