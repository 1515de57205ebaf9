; An exception whose bit in the exception bitmap is 0 does not exit: the guest handles it.
; SDM vol. 3, "Exception Bitmap".

%include "scenario.inc"
%include "guest.inc"

%define TOP             STACK + PAGE_SIZE

scenario "an exception that does not exit goes through the guest's IDT"

        rule_in_part exception_bitmap_bits
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    EXCEPTION_BITMAP, clear=1 << 6

        expect  vmcall, rip=handler, rsp=TOP-40
        holds   TOP-40, qword=bad
        finish

guest CODE

        nop
bad:    ud2

handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_UD, handler
