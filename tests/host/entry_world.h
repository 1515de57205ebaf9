/* entry_world.h -- a processor, and a legal state of VM entry for it, for the tests of the model's
 * rules; included by a single .c file a program */
#ifndef ENTRY_WORLD_H
#define ENTRY_WORLD_H

#include <string.h>

#include "tests/model/bits.h"
#include "tests/model/vm_entry.h"
#include "tests/model/entry_state_terms.h"

#define WORLD_WIDTH  46                         /* of a physical address, bits */
#define WORLD_PAGES  16                         /* of memory, from address 0 */

/* Controls that must be 1 (SDM vol. 3, appendix "VMX Controls"; as the TRUE MSRs have them), and
 * all that have a name. */
enum { PIN_BASED_1 = 0x16, PRIMARY_1 = 0x04006172, EXIT_1 = 0x36dfb, ENTRY_1 = 0x11fb };

enum world_word { PIN_BASED_WORD, PRIMARY_WORD, SECONDARY_WORD, TERTIARY_WORD, EXIT_WORD,
		  SECONDARY_EXIT_WORD, ENTRY_WORD };

/* The named controls of a word. */
static inline u64 world_controls(enum world_word word)
{
	static const struct { u8 word, bit; } controls[] = {
#define ENTRY_CONTROL(of_word, of_bit, name) { of_word##_WORD, of_bit },
#include "tests/model/entry_control_bits.def"
#undef ENTRY_CONTROL
	};
	u64 bits = 0;

	for (unsigned i = 0; i < COUNT(controls); i++)
		if (controls[i].word == word)
			bits |= BIT(controls[i].bit);
	return bits;
}

static inline u64 world_capability(enum world_word word, u64 must_be_1)
{
	return (world_controls(word) | must_be_1) << 32 | must_be_1;
}

#define WORLD_CR4 (BITS(11, 0) | BITS(14, 13) | BITS(18, 16) | BITS(25, 20) | BIT(32))
/* Walks of 4 levels, uncacheable and write-back tables, accessed and dirty flags, supervisor
 * shadow stacks, all of INVEPT and INVVPID, HLAT prefixes of 1. */
#define WORLD_EPT_VPID (BIT(0) | BIT(6) | BIT(8) | BIT(14) | BITS(17, 16) | BITS(23, 20) \
			| BITS(26, 25) | BIT(32) | BITS(43, 40) | BIT(48))

/* A processor that offers every control. */
static inline struct entry_processor world_processor(void)
{
	return (struct entry_processor){
		.basic = BIT(55) | 6ul << 50 | PAGE_SIZE << 32 | 4,
		.pin_based = world_capability(PIN_BASED_WORD, PIN_BASED_1),
		.primary = world_capability(PRIMARY_WORD, PRIMARY_1),
		.secondary = world_capability(SECONDARY_WORD, 0),
		.tertiary = world_controls(TERTIARY_WORD),
		.exit = world_capability(EXIT_WORD, EXIT_1),
		.secondary_exit = world_controls(SECONDARY_EXIT_WORD),
		.entry = world_capability(ENTRY_WORD, ENTRY_1),
		.misc = 0x7004c1e7,
		.cr0_fixed0 = 0x80000021, .cr0_fixed1 = 0xffffffff,
		.cr4_fixed0 = BIT(13), .cr4_fixed1 = WORLD_CR4,
		.ept_vpid = WORLD_EPT_VPID, .vm_functions = BIT(0),
		.physical_width = WORLD_WIDTH, .linear_width = 48,
		.sgx = true, .rtm = true,
		.msr_bits = {
			.debugctl = 0xdfc3, .perf_global_ctrl = 0x7000000ff, .efer = 0xd01,
			.bndcfgs = ~0xffcul, .rtit_ctl = 0xffff0f3fff, .s_cet = ~BITS(9, 6),
			.lbr_ctl = 0x7f000f, .spec_ctrl = 7,
		},
	};
}

#define WORLD_ON(word, name) BIT(ENTRY_##word##_##name)
#define WORLD_FIELD(name) [ENTRY_FIELD_##name]

/* A 64-bit host, and a 64-bit guest below EPT, each with a data segment of 4 GBytes; the addresses
 * of all structures are legal, of those too that are not in use. */
static const u64 world_fields[ENTRY_FIELDS] = {
	WORLD_FIELD(pin_based_controls) = PIN_BASED_1,
	WORLD_FIELD(primary_controls) =
		PRIMARY_1 | WORLD_ON(PRIMARY, use_io_bitmaps) | WORLD_ON(PRIMARY, use_msr_bitmaps)
		| WORLD_ON(PRIMARY, activate_secondary_controls),
	WORLD_FIELD(secondary_controls) =
		WORLD_ON(SECONDARY, enable_ept) | WORLD_ON(SECONDARY, enable_vpid),
	WORLD_FIELD(exit_controls) =
		EXIT_1 | WORLD_ON(EXIT, host_address_space_size) | WORLD_ON(EXIT, load_pat)
		| WORLD_ON(EXIT, load_efer) | WORLD_ON(EXIT, load_perf_global_ctrl),
	WORLD_FIELD(entry_controls) =
		ENTRY_1 | WORLD_ON(ENTRY, ia_32e_mode_guest) | WORLD_ON(ENTRY, load_efer)
		| WORLD_ON(ENTRY, load_pat) | WORLD_ON(ENTRY, load_debug_controls),
	WORLD_FIELD(virtual_processor_identifier) = 1,
	WORLD_FIELD(io_bitmap_a) = 0x1000, WORLD_FIELD(io_bitmap_b) = 0x2000,
	WORLD_FIELD(msr_bitmaps) = 0x3000,
	WORLD_FIELD(virtual_apic_address) = 0x4000, WORLD_FIELD(apic_access_address) = 0x5000,
	WORLD_FIELD(ept_pointer) = 0x6000 | 3 << 3 | 6,
	WORLD_FIELD(pml_address) = 0x7000,
	WORLD_FIELD(tsc_multiplier) = BIT(48),
	WORLD_FIELD(vmcs_link_pointer) = ~0ul,

	WORLD_FIELD(host_cr0) = 0x80010033, WORLD_FIELD(host_cr3) = 0x8000,
	WORLD_FIELD(host_cr4) = BIT(13) | CR4_PAE,
	WORLD_FIELD(host_ia32_efer) = 0xd01, WORLD_FIELD(host_ia32_pat) = 0x0007040600070406,
	WORLD_FIELD(host_cs_selector) = 0x08, WORLD_FIELD(host_ss_selector) = 0x10,
	WORLD_FIELD(host_tr_selector) = 0x18,
	WORLD_FIELD(host_rip) = 0x100000, WORLD_FIELD(host_rsp) = 0x9000,

	WORLD_FIELD(guest_cr0) = 0x80010033, WORLD_FIELD(guest_cr3) = 0xa000,
	WORLD_FIELD(guest_cr4) = BIT(13) | CR4_PAE, WORLD_FIELD(guest_dr7) = 0x400,
	WORLD_FIELD(guest_ia32_efer) = 0xd01, WORLD_FIELD(guest_ia32_pat) = 0x0007040600070406,
	WORLD_FIELD(guest_rip) = 0x200000, WORLD_FIELD(guest_rsp) = 0xb000,
	WORLD_FIELD(guest_rflags) = 2,
	WORLD_FIELD(guest_cs_selector) = 0x08, WORLD_FIELD(guest_cs_access_rights) = 0xa09b,
	WORLD_FIELD(guest_cs_limit) = 0xffffffff,
	WORLD_FIELD(guest_ss_selector) = 0x10, WORLD_FIELD(guest_ss_access_rights) = 0xc093,
	WORLD_FIELD(guest_ss_limit) = 0xffffffff,
	WORLD_FIELD(guest_ds_selector) = 0x10, WORLD_FIELD(guest_ds_access_rights) = 0xc093,
	WORLD_FIELD(guest_ds_limit) = 0xffffffff,
	WORLD_FIELD(guest_es_selector) = 0x10, WORLD_FIELD(guest_es_access_rights) = 0xc093,
	WORLD_FIELD(guest_es_limit) = 0xffffffff,
	WORLD_FIELD(guest_fs_selector) = 0x10, WORLD_FIELD(guest_fs_access_rights) = 0xc093,
	WORLD_FIELD(guest_fs_limit) = 0xffffffff,
	WORLD_FIELD(guest_gs_selector) = 0x10, WORLD_FIELD(guest_gs_access_rights) = 0xc093,
	WORLD_FIELD(guest_gs_limit) = 0xffffffff,
	WORLD_FIELD(guest_ldtr_access_rights) = 0x10000,
	WORLD_FIELD(guest_tr_selector) = 0x18, WORLD_FIELD(guest_tr_access_rights) = 0x8b,
	WORLD_FIELD(guest_tr_limit) = 0x67,
	WORLD_FIELD(guest_gdtr_limit) = 0x27, WORLD_FIELD(guest_idtr_limit) = 0xfff,
};

/* For the tests. */
static struct entry_processor processor;
static struct entry_state world;
static u8 world_memory[WORLD_PAGES * PAGE_SIZE];

static inline bool world_read(const void *memory, u64 address, void *to, size_t size)
{
	if (address >= sizeof(world_memory) || size > sizeof(world_memory) - address)
		return false;
	memcpy(to, (const u8 *)memory + address, size);
	return true;
}

/* The legal state, with memory of zeros. */
static inline void make_world(void)
{
	processor = world_processor();
	memset(world_memory, 0, sizeof(world_memory));
	world = (struct entry_state){
		.current_vmcs = 0xc000, .processor = &processor,
		.read = world_read, .memory = world_memory,
	};
	memcpy(world.fields, world_fields, sizeof(world.fields));
}

#endif
