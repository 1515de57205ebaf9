/* vm.h -- one virtual machine: its VMCS, its EPT, its registers
 *
 * A VM starts with nothing mapped but the guest paging structures of its mode, and with every way
 * to the outside (ports, MSRs, interrupts, control and debug registers) set to exit.
 */
#ifndef VM_H
#define VM_H

#include "ept/table.h"
#include "ept/walk.h"
#include "vmx/exit.h"
#include "vmx/guest_walk.h"
#include "vmx/mode.h"
#include "vmx/vmcs.h"
#include "vmx/watchdog.h"

/* All but RSP, which is in the VMCS. */
struct registers {
#define REGISTER(name) u64 name;
#include "vmx/registers.def"
#undef REGISTER
};

/* It stays where it was started: HOST_RSP in its VMCS leads to it. */
struct vm {
	struct registers registers;             /* this and the next two for vmx/enter.asm */
	u64 host_stack;                         /* RSP of the vm_enter() that is on its way */
	bool launched;
	struct ept ept;
	hpa_t vmcs;
	struct exit exit;                       /* the last one */
};
_Static_assert(offsetof(struct vm, host_stack) == sizeof(struct registers), "registers.inc");
_Static_assert(offsetof(struct vm, launched) == sizeof(struct registers) + 8, "registers.inc");

/* Makes the VM's VMCS current and sets it up for the mode, with RIP at entry.  Null if all is well,
 * else the name of the control or feature that this processor lacks.  Needs VMX operation. */
const char *vm_start(struct vm *vm, enum guest_mode mode, u64 entry);

/* VMCLEAR, after which the VM's memory may be used for something else; there is no current VMCS
 * then.  Harmless for a VM that vm_start() refused or that has ended. */
void vm_end(struct vm *vm);

/* vmx/enter.asm */
void vm_enter(struct vm *vm);

/* Enters the guest; vm->exit then tells why it stopped, or why it never ran. */
static inline void vm_run(struct vm *vm)
{
	watchdog_arm();
	vm_enter(vm);
}

/* Maps a page; the leaf is made by ept_leaf() with any further bits. */
void vm_map(const struct vm *vm, gpa_t page, u64 leaf);

/* Its EPT has five levels from here on.  False if IA32_VMX_EPT_VPID_CAP offers four alone. */
bool vm_use_5_levels(struct vm *vm);

/* INVEPT of all contexts, or of one where that is all there is; false if neither is offered. */
bool vm_invept(void);

/* What is legal in this processor's EPT entries. */
struct ept_rules vm_ept_rules(void);

/* What decides over the guest's own translations, from the current VMCS; its memory. */
struct guest_paging vm_guest_paging(void);
struct guest_physical vm_guest_physical(const struct vm *vm);

/* Where the guest is: "linear" for the report, from the current VMCS. */
u64 vm_rip(void);

/* Past the instruction that caused the last exit: for those exits that tell its length. */
static inline void vm_skip_instruction(void)
{
	vmcs_write(GUEST_RIP, vmcs_read(GUEST_RIP) + vmcs_read(EXIT_INSTRUCTION_LENGTH));
}

#endif
