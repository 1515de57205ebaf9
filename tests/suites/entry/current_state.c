/* current_state.c -- what an entry into the current VMCS would look at */
#include "tests/suites/entry/current_state.h"
#include "kernel/cpu.h"
#include "kernel/memory.h"
#include "kernel/string.h"
#include "tests/suites/entry/fields.h"
#include "vmx/instructions.h"

#define APIC_BASE_X2APIC BIT(10)

/* Reading anything but usable memory might do something; and no pointer leads to the first page. */
static bool read_memory(__attribute__((unused)) const void *context, u64 address, void *to,
			size_t size)
{
	static u64 usable_page = ~0ul;          /* the last: lists are read entry by entry */
	u64 page = address & ~(PAGE_SIZE - 1ul);

	if (page != usable_page || address + size > page + PAGE_SIZE) {
		if (address < PAGE_SIZE || !memory_is_usable(hpa(address), size))
			return false;
		usable_page = memory_is_usable(hpa(page), PAGE_SIZE) ? page : ~0ul;
	}
	memcpy(to, at_hpa(hpa(address)), size);
	return true;
}

void entry_read_fields(u64 fields[ENTRY_FIELDS])
{
	for (enum entry_field field = 0; field < ENTRY_FIELDS; field++)
		if (entry_field_exists(field))
			fields[field] = vmcs_read(entry_field_encoding(field));
}

struct entry_state entry_state_here(const struct entry_processor *processor)
{
	struct entry_state state = {
		.processor = processor, .read = read_memory,
		.x2apic = msr_read(IA32_APIC_BASE) & APIC_BASE_X2APIC,
	};
	hpa_t vmcs = hpa(0);

	vmptrst(&vmcs);
	state.current_vmcs = vmcs.raw;
	entry_read_fields(state.fields);
	return state;
}
