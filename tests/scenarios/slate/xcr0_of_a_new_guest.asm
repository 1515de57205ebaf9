; XSETBV always exits, so that no guest can change XCR0.
; SDM vol. 3, "Processor State After Reset"; "Instructions That Cause VM Exits Unconditionally".

%include "scenario.inc"
%include "guest.inc"

scenario "a guest starts with XCR0 as after a reset"

        needs   xsave
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_CR4, set=CR4_OSXSAVE

        expect  vmcall, rax=1, rdx=0
        finish

guest CODE

        xgetbv                                  ; RCX is 0
        vmcall
