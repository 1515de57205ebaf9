/* base_memory.h -- the memory of a VM whose entry is tested, and where its VMCS leads to
 *
 * The guest has a page of code, a descriptor table that leads every event to the same handler, and
 * a stack.  Whatever the VMCS has an address for is a page of its own.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include "vmx/vm.h"

/* Guest-physical, and guest-linear; within reach of real-address mode. */
#define BASE_CODE     0x1000ul                  /* VMCALL */
#define BASE_HANDLER  0x1100ul                  /* of every vector: VMCALL */
#define BASE_IDT      0x2000ul
#define BASE_GDT      0x3000ul
#define BASE_TSS      0x3800ul
#define BASE_STACK    0x4800ul
#define BASE_STACK_0  0x4f00ul                  /* in the TSS, for privilege level 0 */
#define BASE_GDT_SIZE 0x20
#define BASE_TSS_SIZE 0x68

/* Lists of MSRs for VM entry, in pages of their own; those but the first have an illegal entry. */
enum { BASE_MSR_LISTS_OF_ENTRY = 12 };
#define BASE_LIST_ENTRIES 3

/* One that is legal, and one for each of the four entries in which it has a reserved bit. */
#define BASE_PDPTS 5

/* Of a list of MSRs (SDM vol. 3, table "Format of an MSR Entry"). */
struct msr_entry { u32 index, reserved; u64 value; };

struct base_memory {
	u8 *idt, *gdt;                          /* the pages of BASE_IDT and BASE_GDT */
	u8 *stack;                              /* that of BASE_STACK */
	hpa_t entry_lists[BASE_MSR_LISTS_OF_ENTRY];
	unsigned entry_list_count;
	hpa_t exit_load_list, exit_store_list;
	hpa_t link;                             /* a VMCS; a shadow VMCS where those are in use */
	hpa_t other_link;                       /* the other way round */
	hpa_t wrong_link;                       /* a page without a revision identifier */
	hpa_t pdpts[BASE_PDPTS];                /* the first is legal and leads to no page */
	hpa_t page;                             /* zeros, for whatever needs an address */
};

/* Makes the pages and maps those of the guest. */
void base_memory_make(struct base_memory *memory, const struct vm *vm, enum guest_mode mode,
		      bool shadow);

#endif
