; stacks.asm -- the kernel's stacks, one piece of memory below which no page is mapped

section .stacks nobits alloc noexec write align=4096

global stack_guard, stack_start, stack_end
global double_fault_stack_end, nmi_stack_end, machine_check_stack_end, stacks_end

stack_guard:
        resb    4096
stack_start:
        resb    8 * 4096
stack_end:
        resb    2 * 4096
double_fault_stack_end:
        resb    2 * 4096
nmi_stack_end:
        resb    2 * 4096
machine_check_stack_end:
stacks_end:
