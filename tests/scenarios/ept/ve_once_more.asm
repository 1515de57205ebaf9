; When the guest has read the information, it sets the busy word to 0.  The next violation is then a
; #VE as the first one was.
; SDM vol. 3, "Virtualization Exceptions"; "Convertible EPT Violations".

%include "scenario.inc"
%include "guest.inc"

scenario "a second #VE follows once the guest has cleared the busy word"

        needs   ept_violation_ve
        page    CODE,   at=0x1000, access=r-x
        page    INFO,   at=0x5000, access=rw-
        page    FIRST,  at=0x6000, access=---
        page    SECOND, at=0x7000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_ept_violation_ve
        vmcs    VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS, page=INFO

        expect  exception_or_nmi, vector=VECTOR_VE, rip=first
        holds   INFO + 24, qword=FIRST
        resume  at=clear
        expect  exception_or_nmi, vector=VECTOR_VE, rip=second
        holds   INFO + 24, qword=SECOND
        finish

guest CODE

first:  mov     rax, [FIRST]
clear:  mov     dword [INFO + 4], 0
second: mov     rax, [SECOND]
        vmcall
