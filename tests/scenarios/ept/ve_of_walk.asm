; A walk's access to the guest's tables becomes a #VE, too, not only an access to the page itself.
; Bits 11:9 of the qualification differ among processors, so they are not compared.
; SDM vol. 3, "Convertible EPT Violations"; "Virtualization-Exception Information".

%include "scenario.inc"
%include "guest.inc"

scenario "an EPT violation of a walk becomes a #VE that tells the entry and the linear address"

        needs   ept_violation_ve
        page    CODE, at=0x1000, access=r-x
        page    INFO, at=0x5000, access=---
        own_paging
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_ept_violation_ve
        vmcs    VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS, page=INFO

        expect  vmcall
        remap   PT, access=---
        invept
        skip

        expect  exception_or_nmi, vector=VECTOR_VE, rip=load
        holds   INFO,      dword=48
        holds   INFO + 4,  dword=0xffffffff
        holds   INFO + 8,  byte=0x81            ; a read by a walk, with a linear address
        holds   INFO + 16, qword=HIGH + 8
        holds   INFO + 24, qword=PT
        finish

guest CODE

        mov     rbx, HIGH
        vmcall
load:   mov     rax, [rbx + 8]
        vmcall

        map_high pte=0
