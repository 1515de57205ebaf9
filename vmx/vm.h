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
#include "vmx/mode.h"

/* All but RSP, which is in the VMCS. */
struct registers {
#define REGISTER(name) u64 name;
#include "vmx/registers.def"
#undef REGISTER
};

struct vm {
	struct registers registers;
	struct ept ept;
	hpa_t vmcs;
	bool launched;
	struct exit exit;                       /* the last one */
};

/* Makes the VM's VMCS current and sets it up for the mode, with RIP at entry.  Null if all is well,
 * else the name of the control or feature that this processor lacks.  Needs VMX operation. */
const char *vm_start(struct vm *vm, enum guest_mode mode, u64 entry);

/* VMCLEAR, after which the VM's memory may be used for something else; there is no current VMCS
 * then.  Harmless for a VM that vm_start() refused or that has ended. */
void vm_end(struct vm *vm);

/* Enters the guest; vm->exit then tells why it stopped, or why it never ran. */
void vm_run(struct vm *vm);

/* Maps a page; the leaf is made by ept_leaf() with any further bits. */
void vm_map(const struct vm *vm, gpa_t page, u64 leaf);

/* INVEPT of all contexts, or of one where that is all there is; false if neither is offered. */
bool vm_invept(void);

/* What is legal in this processor's EPT entries. */
struct ept_rules vm_ept_rules(void);

/* Where the guest is: "linear" for the report, from the current VMCS. */
u64 vm_rip(void);

#endif
