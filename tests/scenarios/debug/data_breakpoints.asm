; A data breakpoint is a trap: it comes behind the instruction.
; SDM vol. 3, table "Exit Qualification for Debug Exceptions"; "Data Breakpoint Exception
; Condition".

%include "scenario.inc"
%include "guest.inc"

scenario "a data breakpoint on writes exits behind a write, and one on accesses behind a read"

        rule    debug_exception_qualification
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rw-
        open_debug_registers

        expect  exception_or_nmi, vector=VECTOR_DB, rip=written, qualification=BREAKPOINT(1)
        otherwise exception_or_nmi, vector=VECTOR_DB, rip=was_read, qualification=BREAKPOINT(3)
        holds   DATA+4, dword=0x1234
        resume
        expect  exception_or_nmi, vector=VECTOR_DB, rip=was_read, qualification=BREAKPOINT(3)
        resume
        expect  vmcall, rax=DR6_FIXED
        finish

guest CODE

        mov     ebx, DATA
        breakpoint 1, DATA + 4, ON_WRITE(1) | OF_4_BYTES(1)
        mov     rcx, [rbx + 4]                  ; no write
        mov     dword [rbx + 8], 0              ; the next bytes
twist   mov     dword [rbx + 4], 0x1234
written:
        breakpoint 3, DATA + 7, ON_ACCESS(3)
        mov     rcx, [rbx]                      ; its last byte is the one
was_read:
        mov     rax, dr6
        vmcall
