; SDM vol. 3, "NMI-Window Exiting"; "Other Causes of VM Exits".

%include "scenario.inc"
%include "guest.inc"

%define BLOCKING_BY_NMI    8               ; of the interruptibility state

scenario "the NMI window is closed while virtual NMIs are blocked, and IRET opens it"

        rule    nmi_window_exits, nmi_window_conditions
        needs   virtual_nmis
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_virtual_nmis
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_nmi_window_exiting
        set     rsp, STACK
        twist   vmcs GUEST_INTERRUPTIBILITY_STATE, value=BLOCKING_BY_NMI

        expect  nmi_window, rip=behind, rax=1, GUEST_INTERRUPTIBILITY_STATE=0
        otherwise nmi_window, rip=CODE, rax=0
        finish

guest CODE

        mov     eax, 1
        iretq
behind: vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents STACK
        dq      behind, 8, RFLAGS_FIXED, STACK + PAGE_SIZE, 16
