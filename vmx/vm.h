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

/* All general registers but RSP, which is in the VMCS. */
struct registers {
#define REGISTER(name) u64 name;
#include "vmx/registers.def"
#undef REGISTER
};

/* A VM must not be moved after vm_start(): HOST_RSP in its VMCS is its address. */
struct vm {
	struct registers registers;             /* this and the next two for vmx/vm.asm */
	u64 host_stack;                         /* RSP inside vm_enter(), while the guest runs */
	u8 entries;                             /* VM entries: none, one, or 2 for more than one */
	struct ept ept;
	hpa_t vmcs;
	struct exit exit;                       /* the last one */
	u64 refused_rflags;                     /* behind an entry that ended in VMfail */
};
_Static_assert(offsetof(struct vm, host_stack) == sizeof(struct registers), "registers.inc");
_Static_assert(offsetof(struct vm, entries) == sizeof(struct registers) + 8, "registers.inc");

/* Makes the VM's VMCS current and sets it up for the mode, with RIP at entry.  Null if all is well,
 * else the name of the control or feature that this processor lacks.  Needs VMX operation. */
const char *vm_start(struct vm *vm, enum guest_mode mode, u64 entry);

/* VMCLEAR, after which the VM's memory may be used for something else; there is no current VMCS
 * then.  Harmless for a VM that vm_start() refused or that has ended. */
void vm_end(struct vm *vm);

/* vmx/vm.asm */
void vm_enter(struct vm *vm);

/* Enters the guest; vm->exit then tells why it stopped, or why it never ran. */
static inline void vm_run(struct vm *vm)
{
	watchdog_arm();
	vm_enter(vm);
}

/* Maps a page; the leaf is made by ept_leaf() with any further bits. */
void vm_map(const struct vm *vm, gpa_t page, u64 leaf);

/* Lets the current VMCS use the EPT that the EPTP leads to.  INVEPT follows, as its tables may
 * stand where those of an earlier VM did, whose translations may be cached (SDM vol. 3,
 * "Guidelines for Use of the INVEPT Instruction"). */
void vm_use_eptp(u64 eptp);

/* Gives the VM's EPT a fifth level; false if IA32_VMX_EPT_VPID_CAP does not offer it. */
bool vm_use_5_levels(struct vm *vm);

/* INVEPT of all contexts, or of the current VMCS's EPTP if that alone is offered; false if neither
 * is. */
bool vm_invept(void);

/* What is legal in this processor's EPT entries. */
struct ept_rules vm_ept_rules(void);

/* How the guest translates linear addresses, and its guest-physical memory, from the current
 * VMCS. */
struct guest_paging vm_guest_paging(void);
struct guest_physical vm_guest_physical(const struct vm *vm);

/* The guest's RIP, from the current VMCS. */
u64 vm_rip(void);

/* Moves the guest's RIP past the instruction that caused the last exit; only for exits that tell
 * the length of the instruction. */
static inline void vm_skip_instruction(void)
{
	vmcs_write(GUEST_RIP, vmcs_read(GUEST_RIP) + vmcs_read(EXIT_INSTRUCTION_LENGTH));
}

#endif
