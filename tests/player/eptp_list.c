/* eptp_list.c -- the list of EPTPs from which VMFUNC takes the guest's next one */
#include "tests/player/eptp_list.h"
#include "kernel/memory.h"
#include "tests/player/address_text.h"
#include "tests/player/guest_entry.h"
#include "tests/player/processor_writes.h"
#include "vmx/capabilities.h"
#include "vmx/vmcs.h"

#define EPTP_SWITCHING BIT(0)                   /* of the VM-function controls */
#define ENTRIES        512

/* What lets a guest, or a page walk for it, write to a page, or to parts of it. */
#define WRITES (EPT_WRITE | EPT_SUB_PAGES | EPT_PAGING_WRITE)

static bool list_counts(u64 address)
{
	return vmcs_read(SECONDARY_CONTROLS) & SECONDARY_enable_vm_functions &&
	       vmcs_read_or_0(VM_FUNCTION_CONTROLS) & EPTP_SWITCHING &&
	       address % PAGE_SIZE == 0 && !(address >> vmx_capabilities.physical_width);
}

static bool no_view_writes(struct player *player, gpa_t list, const char *name)
{
	enum ept_level level = guest_memory_level(&player->memory, list.raw);

	for (u32 i = 0; i < player->views.count; i++)
		if (*guest_entry_find(&player->views.view[i], list, level) & WRITES) {
			player_at_fault(player, "%s holds EPTPs, and the guest could write others "
					"there in view %u; access=r-- or --- is allowed", name, i);
			return false;
		}
	return true;
}

static bool no_field_writes(struct player *player, hpa_t list, const char *name)
{
	const char *field = processor_writes_to(list);

	if (field)
		player_at_fault(player, "%s holds EPTPs, and the processor would write there, as "
				"%s says; another page is allowed", name, field);
	return !field;
}

static bool entries_are_confined(struct player *player, const u64 *list, gpa_t where)
{
	char text[96];

	for (unsigned i = 0; i < ENTRIES; i++) {
		if (guest_view_confines(&player->views, list[i]))
			continue;
		address_text(text, sizeof(text), player->script, where.raw + i * sizeof(u64));
		player_at_fault(player, "%s holds the EPTP %#lx, of no view; the word eptp is "
				"allowed, and what VMFUNC refuses", text, list[i]);
		return false;
	}
	return true;
}

bool eptp_list_is_confined(struct player *player)
{
	hpa_t list = hpa(vmcs_read_or_0(EPTP_LIST_ADDRESS));
	char name[96];
	gpa_t where;

	if (!list_counts(list.raw))
		return true;
	if (!guest_memory_find(&player->memory, list, PAGE_SIZE, &where)) {
		player_at_fault(player, "EPTP_LIST_ADDRESS is %#lx, in no page of the scenario; "
				"page=NAME is allowed", list.raw);
		return false;
	}
	address_text(name, sizeof(name), player->script, where.raw);
	return no_view_writes(player, where, name) && no_field_writes(player, list, name) &&
	       entries_are_confined(player, at_hpa(list), where);
}
