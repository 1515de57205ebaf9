; A scenario that has a twin; tests/host/language.t compares what the loader sees of both.

%include "scenario.inc"

scenario "a twin"

        rule    cpuid_exits
        page    CODE, at=0x1000, access=r-x
        twist   set rsp, 0x4000
        untwisted set rsp, 0x3000
        vmcs    GUEST_IDTR_LIMIT, value=0

        repeat  2
        expect  cpuid, rip=ask
        twist   set rax, 5
        skip
        end_repeat

        expect  ept_violation, access=read, view=0, GUEST_CR3=0
        otherwise vmcall, rip=last, rcx=0x3000, view=0, GUEST_CR3=0|0xfff?
        resume

        expect  vmcall
        finish

guest CODE

ask:    cpuid
        cpuid
        mov     rcx, rsp
        twist mov [rcx + 8], rcx
        untwisted dd 0x00401f0f
last:   vmcall
