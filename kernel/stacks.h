/* stacks.h -- where the kernel's stacks lie (stacks.asm) */
#ifndef STACKS_H
#define STACKS_H

#include "kernel/types.h"

extern u8 stack_guard[PAGE_SIZE];               /* never mapped */
extern u8 stack_start[], stack_end[];
extern u8 double_fault_stack_end[], nmi_stack_end[], machine_check_stack_end[];
extern u8 stacks_end[];

#endif
