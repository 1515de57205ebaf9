/* apic_guest.c -- a guest whose local APIC is virtual */
#include "tests/suites/apic/apic_guest.h"
#include "kernel/local_apic.h"
#include "kernel/memory.h"
#include "tests/suites/guest/guest_code.h"
#include "tests/suites/guest/offered_controls.h"
#include "vmx/capabilities.h"

static void fill(u8 *page, u32 pattern)
{
	for (u32 offset = 0; offset < PAGE_SIZE; offset += 4)
		*apic_register(page, offset) = pattern | offset;
}

static void let_accesses_through(void)
{
	clear_bits(PRIMARY_CONTROLS, PRIMARY_cr8_load_exiting | PRIMARY_cr8_store_exiting);
	if (!capability_offered(CAPABILITY_msr_bitmaps))
		return;
	vmcs_write(MSR_BITMAPS, (u64)page_alloc());
	set_bits(PRIMARY_CONTROLS, PRIMARY_use_msr_bitmaps);
}

static bool controls_start(struct apic_guest *guest, u32 controls)
{
	u32 secondary = controls & ~(u32)USE_TPR_SHADOW;

	guest->virtual_page = page_alloc_dirty();
	guest->access_page = page_alloc_dirty();
	fill(guest->virtual_page, VIRTUAL_PATTERN(0));
	fill(guest->access_page, ACCESS_PATTERN(0));
	vm_map(&guest->vm, gpa(APIC_PAGE), ept_leaf(hpa_of(guest->access_page), RW, WB));
	if (!controls_set(PRIMARY, controls & USE_TPR_SHADOW ? PRIMARY_use_tpr_shadow : 0) ||
	    !controls_set(SECONDARY, secondary))
		return false;
	let_accesses_through();
	if (controls & USE_TPR_SHADOW) {
		vmcs_write(VIRTUAL_APIC_ADDRESS, (u64)guest->virtual_page);
		vmcs_write(TPR_THRESHOLD, 0);
	}
	if (secondary & SECONDARY_virtualize_apic_accesses)
		vmcs_write(APIC_ACCESS_ADDRESS, (u64)guest->access_page);
	return true;
}

bool apic_guest_start(struct apic_guest *guest, const u8 *code, size_t size, u32 controls)
{
	if (!guest_code_start(&guest->vm, code, size))
		return false;
	if (controls_start(guest, controls))
		return true;
	vm_end(&guest->vm);
	return false;
}

/* SDM vol. 3, "Virtualized APIC Registers": 32 vectors in each 16 bytes. */
static u32 *word_of(u8 *page, u32 offset, u8 vector)
{
	return apic_register(page, offset + vector / 32 * 16);
}

void apic_vector_set(u8 *page, u32 offset, u8 vector)
{
	*word_of(page, offset, vector) |= 1u << vector % 32;
}

bool apic_vector_is_set(u8 *page, u32 offset, u8 vector)
{
	return *word_of(page, offset, vector) >> vector % 32 & 1;
}

void apic_vectors_clear(u8 *page, u32 offset)
{
	for (unsigned vector = 0; vector < 256; vector += 32)
		*word_of(page, offset, (u8)vector) = 0;
}
