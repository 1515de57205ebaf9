; SDM vol. 3, "Loading Guest RIP, RSP, RFLAGS, and SSP"; "Saving RIP, RSP, RFLAGS, and SSP".  INCSSP
; of 2 removes two entries of 8 bytes from the shadow stack.

%include "scenario.inc"
%include "guest.inc"

%define SHADOW_STACK    PRESENT | ACCESSED | DIRTY      ; of the supervisor: not writable, and dirty
%define SHADOW_STACKS_ENABLED 1                         ; of IA32_S_CET

scenario "VM entry loads SSP, and a VM exit saves it as the guest has changed it"

        rule    cet_state
        needs   cet, shadow_stacks, load_cet
        page    CODE,   at=0x1000,  access=r-x
        page    SHADOW, at=0x20000, access=rw-
        own_paging
        set     rax, 2
        vmcs    ENTRY_CONTROLS, set=VM_ENTRY_load_cet_state
        vmcs    GUEST_CR0, set=CR0_WP
        vmcs    GUEST_CR4, set=CR4_CET
        vmcs    GUEST_IA32_S_CET, value=SHADOW_STACKS_ENABLED
        vmcs    GUEST_SSP, value=HIGH + 0x100

        expect  vmcall, rip=there, rcx=HIGH+0x110, GUEST_SSP=HIGH+0x110
        otherwise vmcall, rip=there, rcx=HIGH+0x100, GUEST_SSP=HIGH+0x100
        finish

guest CODE

        twist   incsspq rax
        rdsspq  rcx
there:  vmcall

        map_high pte=SHADOW + (SHADOW_STACK)
