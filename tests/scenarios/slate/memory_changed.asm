; SDM vol. 3, "EPT Translation Mechanism".

%include "scenario.inc"

scenario "a guest fills a page of its memory"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rw-

        expect  vmcall, rcx=0
        holds   DATA, qword=-1
        holds   DATA + PAGE_SIZE - 8, qword=-1
        finish

guest CODE

        mov     edi, DATA
        mov     ecx, PAGE_SIZE / 8
        mov     rax, -1
        rep stosq
        vmcall
