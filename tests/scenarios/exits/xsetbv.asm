; XSETBV exits whatever value it would write.  Without CR4.OSXSAVE it is an invalid opcode instead.
; SDM vol. 3, "Instructions That Cause VM Exits Unconditionally"; "Relative Priority of Faults and
; VM Exits".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "XSETBV always exits once the guest has CR4.OSXSAVE"

        rule    xsetbv_exits
        rule_in_part faults_before_exits
        needs   xsave
        page    CODE, at=0x1000, access=r-x

        expect  exception_or_nmi, vector=6, rip=write
        twist   vmcs GUEST_CR4, set=CR4_OSXSAVE
        resume

        expect  xsetbv, rip=write, length=3, qualification=0, rcx=0x55, rax=3, rdx=0
        otherwise exception_or_nmi, vector=6, rip=write
        skip

        expect  vmcall
        finish

guest CODE

        mov     ecx, 0x55
        mov     eax, 3
        xor     edx, edx
write:  xsetbv
        vmcall
