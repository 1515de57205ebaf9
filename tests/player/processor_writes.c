/* processor_writes.c -- memory that the processor writes at addresses that the VMCS holds */
#include "tests/player/processor_writes.h"
#include "vmx/capabilities.h"
#include "vmx/vmcs.h"

struct place {
	u32 field;                              /* that holds the address */
	u32 alignment;                          /* of the address, else VM entry refuses it */
	u64 start, size;
};

static const struct row {
	u16 field, controls;                    /* encodings */
	u32 control, size;
} rows[] = {
#define WRITTEN(field, word, control, bytes) { field, word##_CONTROLS, word##_##control, bytes },
#include "tests/player/written_by_processor.def"
#undef WRITTEN
};

/* The rows, and the MSRs that a VM exit stores, which need no control but a count. */
#define PLACES         (COUNT(rows) + 1)
#define MSR_ENTRY_SIZE 16

static bool row_counts(const struct row *row)
{
	if (row->controls == SECONDARY_CONTROLS &&
	    !(vmcs_read_or_0(PRIMARY_CONTROLS) & PRIMARY_activate_secondary_controls))
		return false;
	return vmcs_read_or_0(row->controls) & row->control;
}

static struct place place_of_msrs(void)
{
	return (struct place){
		.field = EXIT_MSR_STORE_ADDRESS,
		.alignment = MSR_ENTRY_SIZE,
		.start = vmcs_read_or_0(EXIT_MSR_STORE_ADDRESS),
		.size = vmcs_read_or_0(EXIT_MSR_STORE_COUNT) * MSR_ENTRY_SIZE,
	};
}

/* It has 0 bytes if nothing is written there. */
static struct place place_number(size_t which)
{
	const struct row *row = &rows[which];

	if (which == COUNT(rows))
		return place_of_msrs();
	return (struct place){
		.field = row->field,
		.alignment = row->size,
		.start = vmcs_read_or_0(row->field),
		.size = row_counts(row) ? row->size : 0,
	};
}

/* SDM vol. 3, "Checks on VMX Controls" */
static bool entry_refuses(const struct place *place)
{
	return place->start % place->alignment ||
	       (place->start + place->size - 1) >> vmx_capabilities.physical_width;
}

static bool place_is_confined(struct player *player, const struct place *place)
{
	gpa_t where;

	if (!place->size || entry_refuses(place) ||
	    guest_memory_find(&player->memory, hpa(place->start), place->size, &where))
		return true;
	player_at_fault(player, "%s is %#lx, where the processor would write: it is in no page of "
			"the scenario; page=NAME is allowed",
			vmcs_field_name(place->field), place->start);
	return false;
}

bool processor_writes_are_confined(struct player *player)
{
	for (size_t i = 0; i < PLACES; i++) {
		struct place place = place_number(i);

		if (!place_is_confined(player, &place))
			return false;
	}
	return true;
}

const char *processor_writes_to(hpa_t page)
{
	for (size_t i = 0; i < PLACES; i++) {
		struct place place = place_number(i);

		if (place.size && place.start < page.raw + PAGE_SIZE &&
		    page.raw < place.start + place.size)
			return vmcs_field_name(place.field);
	}
	return NULL;
}
