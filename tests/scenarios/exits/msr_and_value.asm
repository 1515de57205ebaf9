; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (RDMSR, WRMSR); vol. 2, "WRMSR--Write
; to Model Specific Register": ECX and EDX:EAX, whatever the upper halves of the registers hold.

%include "scenario.inc"
%include "kernel/msr.inc"

scenario "WRMSR exits with the number of its MSR in ECX and its value in EDX:EAX"

        rule_in_part msr_exits_without_bitmaps
        page    CODE, at=0x1000, access=r-x
        twist   set rcx, 0xffffffff00000000 | IA32_SYSENTER_EIP
        untwisted set rcx, 0xffffffff00000000 | IA32_SYSENTER_ESP
        set     rax, 0x1122334489abcdef
        set     rdx, 0x5566778801234567

        expect  wrmsr, msr=IA32_SYSENTER_EIP, value=0x0123456789abcdef, rip=write
        otherwise wrmsr, msr=IA32_SYSENTER_ESP, value=0x0123456789abcdef, rip=write
        finish

guest CODE

write:  wrmsr
