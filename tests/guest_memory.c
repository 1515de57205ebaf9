#include "tests/guest_memory.h"
#include "kernel/memory.h"
#include "kernel/string.h"
#include "tests/test.h"
#include "vmx/capabilities.h"

static bool is_addressable(const struct script *script, const struct script_region *region)
{
	u8 width = vmx_capabilities.physical_width;

	if (region->gpa + region->size <= BIT(width))
		return true;
	error("page %s ends at %#lx, beyond this processor's physical width of %u bits",
	      script_text(script, region->name), region->gpa + region->size, width);
	return false;
}

static u64 pages_of(u64 bytes)
{
	return (bytes + PAGE_SIZE - 1) / PAGE_SIZE;
}

static void region_map(const struct guest_memory *memory, const struct vm *vm, u32 which,
		       enum permission access, unsigned type, u64 entry_bits)
{
	const struct script_region *region = &memory->script->regions[which];

	for (u64 offset = 0; offset < region->size; offset += PAGE_SIZE) {
		hpa_t page = hpa_of(memory->regions[which] + offset);

		vm_map(vm, gpa(region->gpa + offset), ept_leaf(page, access, type) | entry_bits);
	}
}

/* What the author sets in an EPT entry must not move the page to memory that is not the guest's. */
static bool entry_bits_are_no_address(u64 entry_bits)
{
	u8 width = vmx_capabilities.physical_width;

	if (!(entry_bits & BITS(width - 1, 12)))
		return true;
	skip("needs EPT entry bits %#lx beyond the physical width (CPUID.80000008H:EAX[7:0]), "
	     "which is %u here", entry_bits & BITS(width - 1, 12), width);
	return false;
}

static bool region_start(struct guest_memory *memory, const struct vm *vm, u32 which)
{
	const struct script *script = memory->script;
	const struct script_region *region = &script->regions[which];

	if (!is_addressable(script, region) || !entry_bits_are_no_address(region->entry_bits))
		return false;
	memory->regions[which] = pages_alloc(pages_of(region->size));
	if (!memory->regions[which]) {
		error("page %s needs %lu KiB, more than is free", script_text(script, region->name),
		      region->size / 1024);
		return false;
	}
	memcpy(memory->regions[which], (const u8 *)script->header + region->contents,
	       region->contents_end - region->contents);
	region_map(memory, vm, which, region->access & RWX, region->memory_type,
		   region->entry_bits);
	return true;
}

bool guest_memory_start(struct guest_memory *memory, const struct vm *vm,
			const struct script *script)
{
	u32 count = script->header->region_count;

	memory->script = script;
	memory->regions = pages_alloc(pages_of(count * sizeof(u8 *)));
	if (!memory->regions) {
		error("no memory is free for %u pages", count);
		return false;
	}
	for (u32 i = 0; i < count; i++)
		if (!region_start(memory, vm, i))
			return false;
	return true;
}

void guest_memory_remap(const struct guest_memory *memory, const struct vm *vm,
			const struct script_step *step)
{
	const struct script *script = memory->script;
	unsigned type = step->what >> 8;
	u32 which = 0;

	if (!entry_bits_are_no_address(step->second))
		return;
	while (script->regions[which].gpa != step->value)
		which++;
	if (type == SCRIPT_KEEP_TYPE)
		type = *ept_find(&vm->ept, gpa(step->value), EPT_PT) >> 3 & 7;
	region_map(memory, vm, which, step->what & RWX, type, step->second);
}

u8 *guest_memory_at(const struct guest_memory *memory, u64 address, u64 size)
{
	const struct script *script = memory->script;

	for (u32 i = 0; i < script->header->region_count; i++) {
		u64 offset = address - script->regions[i].gpa;

		if (offset < script->regions[i].size && size <= script->regions[i].size - offset)
			return memory->regions[i] + offset;
	}
	return NULL;
}
