/* entry_guest_test.c -- the model's rules of VM entry about the guest's registers but for segments,
 * against the SDM (vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs", "Checks
 * on Guest Descriptor-Table Registers", "Checks on Guest RIP, RFLAGS, and SSP")
 * links: tests/model/vm_entry.c tests/model/entry_rules.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/host/entry_lines.h"

static const u16 rules[] = {
#define CHECK(stage, name, ...) ENTRY_RULE_##name,
#include "tests/model/entry_guest.def"
#undef CHECK
};

#define LOWEST_NOT_CANONICAL  0x0000800000000000
#define HIGHEST_NOT_CANONICAL 0xffff7fffffffffff
#define HIGHEST_BELOW         0x00007fffffffffff
#define LOWEST_ABOVE          0xffff800000000000

#define CANONICAL(rule, field, ...) \
	WRONG(rule, LONG, SET(field, LOWEST_NOT_CANONICAL), __VA_ARGS__), \
	WRONG(rule, LONG, SET(field, HIGHEST_NOT_CANONICAL), __VA_ARGS__), \
	WRONG(rule, LONG, SET(field, BIT(63)), __VA_ARGS__), \
	RIGHT(rule, LONG, SET(field, HIGHEST_BELOW), __VA_ARGS__), \
	RIGHT(rule, LONG, SET(field, LOWEST_ABOVE), __VA_ARGS__)

/* The same, of an address in bits 63:12 of a register. */
#define CANONICAL_PAGE(rule, field, ...) \
	WRONG(rule, LONG, SET(field, LOWEST_NOT_CANONICAL), __VA_ARGS__), \
	WRONG(rule, LONG, SET(field, HIGHEST_NOT_CANONICAL & ~0xffful), __VA_ARGS__), \
	RIGHT(rule, LONG, SET(field, HIGHEST_BELOW & ~0xffful), __VA_ARGS__), \
	RIGHT(rule, LONG, SET(field, LOWEST_ABOVE), __VA_ARGS__)

/* A value with a reserved bit, the one with all others, and the first where nothing is loaded. */
#define RESERVED(rule, field, wrong, right, load) \
	WRONG(rule, LONG, SET(field, wrong), ENTRY_WITH(load)), \
	RIGHT(rule, LONG, SET(field, right), ENTRY_WITH(load)), \
	RIGHT(rule, LONG, SET(field, wrong), ENTRY_WITHOUT(load))

#define FRED_ADDRESS(name, bit, border) \
	RESERVED(name##_reserved_bits, guest_ia32_##name, BIT(bit), border, load_fred), \
	WRONG(name##_reserved_bits, LONG, SET(guest_ia32_##name, BIT(2)), ENTRY_WITH(load_fred)), \
	WRONG(name##_not_canonical, LONG, SET(guest_ia32_##name, LOWEST_NOT_CANONICAL), \
	      ENTRY_WITH(load_fred)), \
	RIGHT(name##_not_canonical, LONG, SET(guest_ia32_##name, LOWEST_ABOVE), \
	      ENTRY_WITH(load_fred)), \
	RIGHT(name##_not_canonical, LONG, SET(guest_ia32_##name, LOWEST_NOT_CANONICAL))

#define DESCRIPTOR_TABLE(r) \
	CANONICAL(r##_base_not_canonical, guest_##r##_base), \
	WRONG(r##_limit_31_16, LONG, SET(guest_##r##_limit, 0x10000)), \
	WRONG(r##_limit_31_16, LONG, SET(guest_##r##_limit, BIT(31))), \
	RIGHT(r##_limit_31_16, LONG, SET(guest_##r##_limit, 0xffff))

#define WORLD_CR4_LAM (WORLD_CR4 | BIT(28))
#define USABLE_RFLAGS (BITS(21, 0) & ~(BIT(15) | BIT(5) | BIT(3)) & ~BIT(17))
#define EXTERNAL_INTERRUPT 0x80000020
#define NMI 0x80000202

static const struct line lines[] = {
	WRONG(cr0_bits_fixed_to_1, LONG, SET(guest_cr0, 0x80010013)),
	WRONG(cr0_bits_fixed_to_1, FLAT, OFF(guest_cr0, BIT(31))),
	WRONG(cr0_bits_fixed_to_1, REAL, SET(guest_cr0, 0x10)),
	RIGHT(cr0_bits_fixed_to_1, UNRESTRICTED_FLAT),
	RIGHT(cr0_bits_fixed_to_1, REAL),
	RIGHT(cr0_bits_fixed_to_1, LONG, OFFER(cr0_fixed0, 0xe0000021)),
	WRONG(cr0_bits_fixed_to_0, LONG, ON(guest_cr0, BIT(32))),
	WRONG(cr0_bits_fixed_to_0, LONG, ON(guest_cr0, BIT(63))),
	RIGHT(cr0_bits_fixed_to_0, LONG, SET(guest_cr0, 0xffffffff)),
	RIGHT(cr0_bits_fixed_to_0, LONG, OFFER(cr0_fixed1, 0x9fffffff),
	      ON(guest_cr0, BITS(30, 29))),
	RIGHT(cr0_bits_fixed_to_0, UNRESTRICTED_FLAT, ON(guest_cr0, BIT(31)),
	      OFFER(cr0_fixed0, 0x21), OFFER(cr0_fixed1, 0x7fffffff), SET(host_cr0, 0x10033)),
	WRONG(cr0_paging_without_protection, UNRESTRICTED_FLAT, SET(guest_cr0, 0x80000020)),
	RIGHT(cr0_paging_without_protection, UNRESTRICTED_FLAT, SET(guest_cr0, 0x80000021)),
	WRONG(cr4_bits_fixed_to_1, LONG, SET(guest_cr4, CR4_PAE)),
	RIGHT(cr4_bits_fixed_to_1, LONG),
	WRONG(cr4_bits_fixed_to_0, LONG, ON(guest_cr4, BIT(12))),
	WRONG(cr4_bits_fixed_to_0, LONG, ON(guest_cr4, BIT(63))),
	RIGHT(cr4_bits_fixed_to_0, LONG, SET(guest_cr4, WORLD_CR4)),
	WRONG(cr4_cet_without_write_protection, LONG, ON(guest_cr4, BIT(23)),
	      OFF(guest_cr0, CR0_WP)),
	RIGHT(cr4_cet_without_write_protection, LONG, ON(guest_cr4, BIT(23))),
	RIGHT(cr4_cet_without_write_protection, LONG, OFF(guest_cr0, CR0_WP)),
	WRONG(ia_32e_mode_without_paging, LONG, SECONDARY_WITH(unrestricted_guest),
	      OFF(guest_cr0, BIT(31))),
	RIGHT(ia_32e_mode_without_paging, LONG, SECONDARY_WITH(unrestricted_guest)),
	RIGHT(ia_32e_mode_without_paging, UNRESTRICTED_FLAT),
	WRONG(ia_32e_mode_without_pae, LONG, OFF(guest_cr4, CR4_PAE)),
	RIGHT(ia_32e_mode_without_pae, FLAT),
	WRONG(cr4_pcide_outside_ia_32e_mode, FLAT, ON(guest_cr4, BIT(17))),
	WRONG(cr4_pcide_outside_ia_32e_mode, PAE, ON(guest_cr4, BIT(17))),
	RIGHT(cr4_pcide_outside_ia_32e_mode, LONG, ON(guest_cr4, BIT(17))),
	WRONG(cr4_fred_outside_ia_32e_mode, FLAT, ON(guest_cr4, BIT(32)),
	      ON(guest_cs_access_rights, BIT(13))),
	RIGHT(cr4_fred_outside_ia_32e_mode, LONG, ON(guest_cr4, BIT(32))),
	WRONG(cr3_reserved_bits, LONG, ON(guest_cr3, BIT(WORLD_WIDTH))),
	WRONG(cr3_reserved_bits, FLAT, ON(guest_cr3, BIT(52))),
	WRONG(cr3_reserved_bits, LONG, ON(guest_cr3, BIT(61))),
	WRONG(cr3_reserved_bits, LONG, ON(guest_cr3, BIT(62))),
	WRONG(cr3_reserved_bits, LONG, ON(guest_cr3, BIT(63)),
	      OFFER(cr4_fixed1, WORLD_CR4_LAM)),
	WRONG(cr3_reserved_bits, LONG, ON(guest_cr3, BIT(60)),
	      OFFER(cr4_fixed1, WORLD_CR4_LAM)),
	RIGHT(cr3_reserved_bits, LONG, SET(guest_cr3, BITS(WORLD_WIDTH - 1, 0))),
	RIGHT(cr3_reserved_bits, LONG, ON(guest_cr3, BITS(62, 61)),
	      OFFER(cr4_fixed1, WORLD_CR4_LAM)),

	RESERVED(dr7_bits_63_32, guest_dr7, BIT(32), 0xffffffff, load_debug_controls),
	WRONG(dr7_bits_63_32, LONG, SET(guest_dr7, BIT(63))),
	RESERVED(debugctl_reserved_bits, guest_ia32_debugctl, BIT(2), 0xdfc3, load_debug_controls),
	WRONG(debugctl_reserved_bits, LONG, SET(guest_ia32_debugctl, BIT(63))),
	CANONICAL(sysenter_esp_not_canonical, guest_ia32_sysenter_esp),
	CANONICAL(sysenter_eip_not_canonical, guest_ia32_sysenter_eip),
	RESERVED(perf_global_ctrl_reserved_bits, guest_ia32_perf_global_ctrl, BIT(8), 0x7000000ff,
		 load_perf_global_ctrl),
	WRONG(perf_global_ctrl_reserved_bits, LONG, SET(guest_ia32_perf_global_ctrl, BIT(35)),
	      ENTRY_WITH(load_perf_global_ctrl)),
	RESERVED(pat_reserved_type, guest_ia32_pat, 2, 0x0706050401000606, load_pat),
	WRONG(pat_reserved_type, LONG, SET(guest_ia32_pat, 3)),
	WRONG(pat_reserved_type, LONG, SET(guest_ia32_pat, 0x0800000000000000)),
	WRONG(pat_reserved_type, LONG, SET(guest_ia32_pat, BIT(63))),
	RESERVED(efer_reserved_bits, guest_ia32_efer, 0xd03, 0xd01, load_efer),
	WRONG(efer_reserved_bits, LONG, SET(guest_ia32_efer, BIT(63) | 0xd01)),
	WRONG(efer_lma_differs_from_mode, LONG, SET(guest_ia32_efer, 0x801)),
	WRONG(efer_lma_differs_from_mode, FLAT, SET(guest_ia32_efer, 0xd01)),
	RIGHT(efer_lma_differs_from_mode, LONG, SET(guest_ia32_efer, 0x801),
	      ENTRY_WITHOUT(load_efer)),
	WRONG(efer_lme_differs_from_lma, LONG, SET(guest_ia32_efer, 0xc01)),
	WRONG(efer_lme_differs_from_lma, FLAT, SET(guest_ia32_efer, 0x901)),
	RIGHT(efer_lme_differs_from_lma, UNRESTRICTED_FLAT, SET(guest_ia32_efer, 0x901)),
	RIGHT(efer_lme_differs_from_lma, LONG, SET(guest_ia32_efer, 0xc01),
	      ENTRY_WITHOUT(load_efer)),
	RESERVED(bndcfgs_reserved_bits, guest_ia32_bndcfgs, BIT(2), 3, load_bndcfgs),
	WRONG(bndcfgs_reserved_bits, LONG, SET(guest_ia32_bndcfgs, BIT(11)),
	      ENTRY_WITH(load_bndcfgs)),
	CANONICAL_PAGE(bndcfgs_not_canonical, guest_ia32_bndcfgs, ENTRY_WITH(load_bndcfgs)),
	RIGHT(bndcfgs_not_canonical, LONG, SET(guest_ia32_bndcfgs, BIT(63))),
	RESERVED(rtit_ctl_reserved_bits, guest_ia32_rtit_ctl, BIT(14), 0xffff0f3fff, load_rtit_ctl),
	RESERVED(s_cet_reserved_bits, guest_ia32_s_cet, BIT(6), 0x43f, load_cet_state),
	WRONG(s_cet_reserved_bits, LONG, SET(guest_ia32_s_cet, BIT(9)), ENTRY_WITH(load_cet_state)),
	RESERVED(s_cet_suppresses_and_waits, guest_ia32_s_cet, BITS(11, 10), BIT(11),
		 load_cet_state),
	CANONICAL_PAGE(s_cet_not_canonical, guest_ia32_s_cet, ENTRY_WITH(load_cet_state)),
	RIGHT(s_cet_not_canonical, LONG, SET(guest_ia32_s_cet, BIT(63))),
	CANONICAL(interrupt_ssp_table_not_canonical, guest_ia32_interrupt_ssp_table_addr,
		  ENTRY_WITH(load_cet_state)),
	RIGHT(interrupt_ssp_table_not_canonical, LONG,
	      SET(guest_ia32_interrupt_ssp_table_addr, BIT(63))),
	RESERVED(uinv_bits_15_8, guest_uinv, 0x100, 0xff, load_uinv),
	WRONG(uinv_bits_15_8, LONG, SET(guest_uinv, 0x8000), ENTRY_WITH(load_uinv)),
	RESERVED(lbr_ctl_reserved_bits, guest_ia32_lbr_ctl, BIT(4), 0x7f000f, load_lbr_ctl),
	RESERVED(pkrs_bits_63_32, guest_ia32_pkrs, BIT(32), 0xffffffff, load_pkrs),
	RESERVED(spec_ctrl_reserved_bits, guest_ia32_spec_ctrl, BIT(3), 7, load_spec_ctrl),

	FRED_ADDRESS(fred_config, 5, 0x7cb),
	WRONG(fred_config_reserved_bits, LONG, SET(guest_ia32_fred_config, BIT(4)),
	      ENTRY_WITH(load_fred)),
	WRONG(fred_config_reserved_bits, LONG, SET(guest_ia32_fred_config, BIT(11)),
	      ENTRY_WITH(load_fred)),
	FRED_ADDRESS(fred_rsp1, 5, 0x40),
	FRED_ADDRESS(fred_rsp2, 5, 0x40),
	FRED_ADDRESS(fred_rsp3, 5, 0x40),
	FRED_ADDRESS(fred_ssp1, 0, 8),
	FRED_ADDRESS(fred_ssp2, 0, 8),
	FRED_ADDRESS(fred_ssp3, 0, 8),

	DESCRIPTOR_TABLE(gdtr),
	DESCRIPTOR_TABLE(idtr),

	WRONG(rip_63_32_outside_64_bit_mode, FLAT, SET(guest_rip, BIT(32))),
	WRONG(rip_63_32_outside_64_bit_mode, COMPATIBILITY, SET(guest_rip, BIT(63))),
	WRONG(rip_63_32_outside_64_bit_mode, FLAT, SET(guest_rip, BIT(32)),
	      ON(guest_cs_access_rights, BIT(13))),
	RIGHT(rip_63_32_outside_64_bit_mode, FLAT, SET(guest_rip, 0xffffffff)),
	RIGHT(rip_63_32_outside_64_bit_mode, COMPATIBILITY, SET(guest_rip, 0xffffffff)),
	RIGHT(rip_63_32_outside_64_bit_mode, LONG, SET(guest_rip, BIT(32))),
	WRONG(rip_beyond_linear_width, LONG, SET(guest_rip, BIT(48))),
	WRONG(rip_beyond_linear_width, LONG, SET(guest_rip, BIT(63))),
	WRONG(rip_beyond_linear_width, LONG, SET(guest_rip, BITS(63, 49))),
	WRONG(rip_beyond_linear_width, LONG, SET(guest_rip, BITS(62, 0))),
	RIGHT(rip_beyond_linear_width, LONG, SET(guest_rip, BIT(47))),
	RIGHT(rip_beyond_linear_width, LONG, SET(guest_rip, BITS(47, 0))),
	RIGHT(rip_beyond_linear_width, LONG, SET(guest_rip, BITS(63, 48))),
	WRONG(rflags_bits_that_must_be_0, LONG, ON(guest_rflags, BIT(3))),
	WRONG(rflags_bits_that_must_be_0, LONG, ON(guest_rflags, BIT(5))),
	WRONG(rflags_bits_that_must_be_0, LONG, ON(guest_rflags, BIT(15))),
	WRONG(rflags_bits_that_must_be_0, LONG, ON(guest_rflags, BIT(22))),
	WRONG(rflags_bits_that_must_be_0, LONG, ON(guest_rflags, BIT(32))),
	WRONG(rflags_bits_that_must_be_0, LONG, ON(guest_rflags, BIT(63))),
	RIGHT(rflags_bits_that_must_be_0, LONG, SET(guest_rflags, USABLE_RFLAGS)),
	WRONG(rflags_without_bit_1, LONG, SET(guest_rflags, 0)),
	RIGHT(rflags_without_bit_1, LONG, SET(guest_rflags, 2)),
	WRONG(rflags_vm_in_ia_32e_mode, VIRTUAL, ENTRY_WITH(ia_32e_mode_guest),
	      ON(guest_cr4, CR4_PAE), SET(guest_ia32_efer, 0xd01)),
	RIGHT(rflags_vm_in_ia_32e_mode, VIRTUAL),
	WRONG(rflags_vm_without_protection, VIRTUAL, SECONDARY_WITH(unrestricted_guest),
	      SET(guest_cr0, 0x32)),
	RIGHT(rflags_vm_without_protection, VIRTUAL, SECONDARY_WITH(unrestricted_guest),
	      SET(guest_cr0, 0x33)),
	RIGHT(rflags_vm_without_protection, REAL),
	WRONG(external_interrupt_without_if, LONG,
	      SET(entry_interruption_information, EXTERNAL_INTERRUPT)),
	RIGHT(external_interrupt_without_if, LONG, ON(guest_rflags, BIT(9)),
	      SET(entry_interruption_information, EXTERNAL_INTERRUPT)),
	RIGHT(external_interrupt_without_if, LONG,
	      SET(entry_interruption_information, EXTERNAL_INTERRUPT & ~BIT(31))),
	RIGHT(external_interrupt_without_if, LONG, SET(entry_interruption_information, NMI)),
	WRONG(iopl_at_dpl_3_with_fred, USER, ON(guest_cr4, BIT(32)), ON(guest_rflags, BIT(12))),
	WRONG(iopl_at_dpl_3_with_fred, USER, ON(guest_cr4, BIT(32)), ON(guest_rflags, BIT(13))),
	RIGHT(iopl_at_dpl_3_with_fred, USER, ON(guest_cr4, BIT(32))),
	RIGHT(iopl_at_dpl_3_with_fred, USER, ON(guest_cr4, BIT(32)), ON(guest_rflags, BIT(14))),
	RIGHT(iopl_at_dpl_3_with_fred, USER, ON(guest_rflags, BITS(13, 12))),
	RIGHT(iopl_at_dpl_3_with_fred, LONG, ON(guest_cr4, BIT(32)),
	      ON(guest_rflags, BITS(13, 12))),
	RESERVED(ssp_bits_1_0, guest_ssp, 1, 4, load_cet_state),
	RESERVED(ssp_bits_1_0, guest_ssp, 2, HIGHEST_BELOW & ~3ul, load_cet_state),
	RESERVED(ssp_beyond_linear_width, guest_ssp, BIT(48), BIT(47), load_cet_state),
	RESERVED(ssp_beyond_linear_width, guest_ssp, BIT(63), BITS(63, 48), load_cet_state),
	RIGHT(ssp_beyond_linear_width, FLAT, SET(guest_ssp, BIT(32)), ENTRY_WITH(load_cet_state)),
};

LINE_TESTS
