/* entry_nonregister_test.c -- the model's rules of VM entry about guest state that is in no
 * register, against the SDM (vol. 3, "Checks on Guest Non-Register State", "Checks on Guest
 * Page-Directory-Pointer-Table Entries")
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
#include "tests/model/entry_nonregister.def"
#undef CHECK
};

enum { ACTIVE_STATE, HLT_STATE, SHUTDOWN_STATE, SIPI_STATE };
enum { STI = 1, MOV_SS = 2, SMI = 4, BLOCKED_NMI = 8, ENCLAVE = 16 };

#define EXTERNAL_INTERRUPT    0x80000020
#define EXTERNAL_INTERRUPT_18 0x80000012
#define NMI                   0x80000202
#define DEBUG                 0x80000301
#define MACHINE               0x80000312
#define PROTECTION            0x80000b0d
#define SOFTWARE_INTERRUPT    0x80000401        /* of the vector of #DB */
#define MTF                   0x80000700

#define STATE(number) SET(guest_activity_state, number)
#define BLOCK(bits) SET(guest_interruptibility_state, bits)
#define INJECT(event) \
	SET(entry_interruption_information, event), SET(entry_instruction_length, 2)
#define IF ON(guest_rflags, BIT(9))
#define TF ON(guest_rflags, BIT(8))
#define BTF SET(guest_ia32_debugctl, BIT(1))
#define PENDING(bits) SET(guest_pending_debug_exceptions, bits)
#define FRED ON(guest_cr4, BIT(32))

#define WITHOUT_ACTIVITY(bit) OFFER(misc, 0x7004c1e7 & ~BIT(bit))

#define LINK_TO(address) SET(vmcs_link_pointer, address)
#define SHADOWING SECONDARY_WITH(vmcs_shadowing)
#define REVISION 4
#define CURRENT 0xc000

#define TABLE 0xa000
#define LEGAL_PDPTE (BITS(WORLD_WIDTH - 1, 9) | BITS(4, 3) | BIT(0))

#define PDPTE(i) \
	WRONG(pdpte##i##_reserved_bits, PAE, SET(guest_pdpte##i, 1 | BIT(1))), \
	WRONG(pdpte##i##_reserved_bits, PAE, SET(guest_pdpte##i, 1 | BIT(2))), \
	WRONG(pdpte##i##_reserved_bits, PAE, SET(guest_pdpte##i, 1 | BIT(5))), \
	WRONG(pdpte##i##_reserved_bits, PAE, SET(guest_pdpte##i, 1 | BIT(8))), \
	WRONG(pdpte##i##_reserved_bits, PAE, SET(guest_pdpte##i, 1 | BIT(WORLD_WIDTH))), \
	WRONG(pdpte##i##_reserved_bits, PAE, SET(guest_pdpte##i, 1 | BIT(63))), \
	RIGHT(pdpte##i##_reserved_bits, PAE, SET(guest_pdpte##i, LEGAL_PDPTE)), \
	RIGHT(pdpte##i##_reserved_bits, PAE, SET(guest_pdpte##i, ~BIT(0))), \
	RIGHT(pdpte##i##_reserved_bits, LONG, SET(guest_pdpte##i, ~0ul)), \
	RIGHT(pdpte##i##_reserved_bits, FLAT, SET(guest_pdpte##i, ~0ul)), \
	RIGHT(pdpte##i##_reserved_bits, UNRESTRICTED_FLAT, SET(guest_pdpte##i, ~0ul), \
	      ON(guest_cr4, CR4_PAE)), \
	RIGHT(pdpte##i##_reserved_bits, PAE_WITHOUT_EPT, SET(guest_pdpte##i, ~0ul)), \
	WRONG(pdpte##i##_in_memory_reserved_bits, PAE_WITHOUT_EPT, STORE(TABLE + (i) * 8, 3)), \
	WRONG(pdpte##i##_in_memory_reserved_bits, PAE_WITHOUT_EPT, \
	      STORE(TABLE + (i) * 8, 1 | BIT(63))), \
	WRONG(pdpte##i##_in_memory_reserved_bits, PAE_WITHOUT_EPT, SET(guest_cr3, TABLE + 0x3f), \
	      STORE(TABLE + 0x20 + (i) * 8, 3)), \
	WRONG(pdpte##i##_in_memory_reserved_bits, PAE_WITHOUT_EPT, \
	      SET(guest_cr3, BIT(32) | TABLE), STORE(TABLE + (i) * 8, 3)), \
	RIGHT(pdpte##i##_in_memory_reserved_bits, PAE_WITHOUT_EPT, SET(guest_cr3, TABLE + 0x3f), \
	      STORE(TABLE + (i) * 8, 3)), \
	RIGHT(pdpte##i##_in_memory_reserved_bits, PAE_WITHOUT_EPT, \
	      STORE(TABLE + (i) * 8, LEGAL_PDPTE)), \
	RIGHT(pdpte##i##_in_memory_reserved_bits, PAE_WITHOUT_EPT, \
	      STORE(TABLE + (i) * 8, ~BIT(0))), \
	RIGHT(pdpte##i##_in_memory_reserved_bits, PAE, STORE(TABLE + (i) * 8, ~0ul)), \
	RIGHT(pdpte##i##_in_memory_reserved_bits, LONG, STORE(TABLE + (i) * 8, ~0ul), \
	      SECONDARY_WITHOUT(enable_ept)), \
	RIGHT(pdpte##i##_in_memory_reserved_bits, FLAT, STORE(TABLE + (i) * 8, ~0ul), \
	      SECONDARY_WITHOUT(enable_ept))

static const struct line lines[] = {
	WRONG(activity_state_undefined, LONG, STATE(4)),
	WRONG(activity_state_undefined, LONG, STATE(BIT(31))),
	RIGHT(activity_state_undefined, LONG, STATE(SIPI_STATE)),
	WRONG(activity_state_not_offered, LONG, STATE(HLT_STATE), WITHOUT_ACTIVITY(6)),
	WRONG(activity_state_not_offered, LONG, STATE(SHUTDOWN_STATE), WITHOUT_ACTIVITY(7)),
	WRONG(activity_state_not_offered, LONG, STATE(SIPI_STATE), WITHOUT_ACTIVITY(8)),
	RIGHT(activity_state_not_offered, LONG, STATE(HLT_STATE), OFFER(misc, BIT(6))),
	RIGHT(activity_state_not_offered, LONG, STATE(SHUTDOWN_STATE), OFFER(misc, BIT(7))),
	RIGHT(activity_state_not_offered, LONG, STATE(SIPI_STATE), OFFER(misc, BIT(8))),
	RIGHT(activity_state_not_offered, LONG, OFFER(misc, 0)),
	WRONG(hlt_with_dpl, USER, STATE(HLT_STATE)),
	RIGHT(hlt_with_dpl, LONG, STATE(HLT_STATE)),
	RIGHT(hlt_with_dpl, USER, STATE(SHUTDOWN_STATE)),
	RIGHT(hlt_with_dpl, USER, STATE(SIPI_STATE)),
	WRONG(inactive_with_blocking_by_sti, LONG, STATE(HLT_STATE), BLOCK(STI), IF),
	WRONG(inactive_with_blocking_by_sti, LONG, STATE(SHUTDOWN_STATE), BLOCK(STI), IF),
	RIGHT(inactive_with_blocking_by_sti, LONG, BLOCK(STI), IF),
	RIGHT(inactive_with_blocking_by_sti, LONG, STATE(HLT_STATE), BLOCK(BLOCKED_NMI)),
	WRONG(inactive_with_blocking_by_mov_ss, LONG, STATE(HLT_STATE), BLOCK(MOV_SS)),
	WRONG(inactive_with_blocking_by_mov_ss, LONG, STATE(SIPI_STATE), BLOCK(MOV_SS)),
	RIGHT(inactive_with_blocking_by_mov_ss, LONG, BLOCK(MOV_SS)),
	WRONG(hlt_with_event, LONG, STATE(HLT_STATE), INJECT(PROTECTION)),
	WRONG(hlt_with_event, LONG, STATE(HLT_STATE), INJECT(SOFTWARE_INTERRUPT)),
	RIGHT(hlt_with_event, LONG, STATE(HLT_STATE), INJECT(PROTECTION & ~BIT(31))),
	RIGHT(hlt_with_event, LONG, STATE(HLT_STATE), INJECT(EXTERNAL_INTERRUPT), IF),
	RIGHT(hlt_with_event, LONG, STATE(HLT_STATE), INJECT(NMI)),
	RIGHT(hlt_with_event, LONG, STATE(HLT_STATE), INJECT(DEBUG)),
	RIGHT(hlt_with_event, LONG, STATE(HLT_STATE), INJECT(MACHINE)),
	RIGHT(hlt_with_event, LONG, STATE(HLT_STATE), INJECT(MTF)),
	RIGHT(hlt_with_event, LONG, INJECT(PROTECTION)),
	WRONG(shutdown_with_event, LONG, STATE(SHUTDOWN_STATE), INJECT(EXTERNAL_INTERRUPT), IF),
	WRONG(shutdown_with_event, LONG, STATE(SHUTDOWN_STATE), INJECT(EXTERNAL_INTERRUPT_18), IF),
	WRONG(shutdown_with_event, LONG, STATE(SHUTDOWN_STATE), INJECT(DEBUG)),
	WRONG(shutdown_with_event, LONG, STATE(SHUTDOWN_STATE), INJECT(MTF)),
	RIGHT(shutdown_with_event, LONG, STATE(SHUTDOWN_STATE), INJECT(DEBUG & ~BIT(31))),
	RIGHT(shutdown_with_event, LONG, STATE(SHUTDOWN_STATE), INJECT(NMI)),
	RIGHT(shutdown_with_event, LONG, STATE(SHUTDOWN_STATE), INJECT(MACHINE)),
	WRONG(wait_for_sipi_with_event, LONG, STATE(SIPI_STATE), INJECT(NMI)),
	WRONG(wait_for_sipi_with_event, LONG, STATE(SIPI_STATE), INJECT(MACHINE)),
	WRONG(wait_for_sipi_with_event, LONG, STATE(SIPI_STATE), INJECT(EXTERNAL_INTERRUPT), IF),
	RIGHT(wait_for_sipi_with_event, LONG, STATE(SIPI_STATE), INJECT(NMI & ~BIT(31))),

	WRONG(interruptibility_bits_31_5, LONG, BLOCK(BIT(5))),
	WRONG(interruptibility_bits_31_5, LONG, BLOCK(BIT(31))),
	RIGHT(interruptibility_bits_31_5, LONG, BLOCK(ENCLAVE | BLOCKED_NMI)),
	WRONG(blocking_by_sti_and_mov_ss, LONG, BLOCK(STI | MOV_SS), IF),
	RIGHT(blocking_by_sti_and_mov_ss, LONG, BLOCK(STI), IF),
	RIGHT(blocking_by_sti_and_mov_ss, LONG, BLOCK(MOV_SS), IF),
	WRONG(blocking_by_sti_without_if, LONG, BLOCK(STI)),
	RIGHT(blocking_by_sti_without_if, LONG, BLOCK(STI), IF),
	RIGHT(blocking_by_sti_without_if, LONG, BLOCK(MOV_SS)),
	WRONG(blocking_by_sti_at_dpl_3_with_fred, USER, BLOCK(STI), IF, FRED),
	RIGHT(blocking_by_sti_at_dpl_3_with_fred, USER, BLOCK(STI), IF),
	RIGHT(blocking_by_sti_at_dpl_3_with_fred, LONG, BLOCK(STI), IF, FRED),
	RIGHT(blocking_by_sti_at_dpl_3_with_fred, USER, BLOCK(MOV_SS), FRED),
	WRONG(external_interrupt_with_blocking_by_sti, LONG, BLOCK(STI), IF,
	      INJECT(EXTERNAL_INTERRUPT)),
	RIGHT(external_interrupt_with_blocking_by_sti, LONG, BLOCK(STI), IF, INJECT(PROTECTION)),
	RIGHT(external_interrupt_with_blocking_by_sti, LONG, BLOCK(STI), IF,
	      INJECT(EXTERNAL_INTERRUPT & ~BIT(31))),
	RIGHT(external_interrupt_with_blocking_by_sti, LONG, BLOCK(BLOCKED_NMI), IF,
	      INJECT(EXTERNAL_INTERRUPT)),
	WRONG(external_interrupt_with_blocking_by_mov_ss, LONG, BLOCK(MOV_SS), IF,
	      INJECT(EXTERNAL_INTERRUPT)),
	RIGHT(external_interrupt_with_blocking_by_mov_ss, LONG, BLOCK(MOV_SS), IF,
	      INJECT(PROTECTION)),
	WRONG(nmi_with_blocking_by_mov_ss, LONG, BLOCK(MOV_SS), INJECT(NMI)),
	RIGHT(nmi_with_blocking_by_mov_ss, LONG, BLOCK(STI), IF, INJECT(NMI)),
	RIGHT(nmi_with_blocking_by_mov_ss, LONG, BLOCK(MOV_SS), INJECT(MACHINE)),
	WRONG(nmi_with_virtual_nmi_blocking, LONG, BLOCK(BLOCKED_NMI), INJECT(NMI),
	      PIN_BASED_WITH(virtual_nmis), PIN_BASED_WITH(nmi_exiting)),
	RIGHT(nmi_with_virtual_nmi_blocking, LONG, BLOCK(BLOCKED_NMI), INJECT(NMI),
	      PIN_BASED_WITH(nmi_exiting)),
	RIGHT(nmi_with_virtual_nmi_blocking, LONG, INJECT(NMI), PIN_BASED_WITH(virtual_nmis),
	      PIN_BASED_WITH(nmi_exiting)),
	WRONG(blocking_by_smi_outside_smm, LONG, BLOCK(SMI)),
	RIGHT(blocking_by_smi_outside_smm, LONG, BLOCK(BLOCKED_NMI)),
	WRONG(interrupted_enclave_with_blocking_by_mov_ss, LONG, BLOCK(ENCLAVE | MOV_SS)),
	RIGHT(interrupted_enclave_with_blocking_by_mov_ss, LONG, BLOCK(ENCLAVE | STI), IF),
	WRONG(interrupted_enclave_without_sgx, LONG, BLOCK(ENCLAVE), OFFER(sgx, false)),
	RIGHT(interrupted_enclave_without_sgx, LONG, BLOCK(ENCLAVE)),
	RIGHT(interrupted_enclave_without_sgx, LONG, OFFER(sgx, false)),

	WRONG(pending_debug_reserved_bits, LONG, PENDING(BIT(4))),
	WRONG(pending_debug_reserved_bits, LONG, PENDING(BIT(11))),
	WRONG(pending_debug_reserved_bits, LONG, PENDING(BIT(13))),
	WRONG(pending_debug_reserved_bits, LONG, PENDING(BIT(15))),
	WRONG(pending_debug_reserved_bits, LONG, PENDING(BIT(17))),
	WRONG(pending_debug_reserved_bits, LONG, PENDING(BIT(63))),
	WRONG(pending_debug_reserved_bits, LONG, PENDING(BIT(10)),
	      OFFER(msr_bits.debugctl, 0xdfc7)),
	RIGHT(pending_debug_reserved_bits, LONG, PENDING(BIT(11)),
	      OFFER(msr_bits.debugctl, 0xdfc7)),
	RIGHT(pending_debug_reserved_bits, LONG, PENDING(BIT(14) | BIT(12) | BITS(3, 0))),
	WRONG(pending_debug_without_single_step, LONG, BLOCK(STI), IF, TF),
	WRONG(pending_debug_without_single_step, LONG, BLOCK(MOV_SS), TF, PENDING(BIT(12))),
	WRONG(pending_debug_without_single_step, LONG, STATE(HLT_STATE), TF),
	RIGHT(pending_debug_without_single_step, LONG, BLOCK(STI), IF, TF, PENDING(BIT(14))),
	RIGHT(pending_debug_without_single_step, LONG, BLOCK(STI), IF, TF, BTF),
	RIGHT(pending_debug_without_single_step, LONG, BLOCK(BLOCKED_NMI), IF, TF),
	RIGHT(pending_debug_without_single_step, LONG, STATE(SHUTDOWN_STATE), TF),
	WRONG(pending_debug_with_single_step, LONG, BLOCK(STI), IF, PENDING(BIT(14))),
	WRONG(pending_debug_with_single_step, LONG, BLOCK(MOV_SS), PENDING(BIT(14))),
	WRONG(pending_debug_with_single_step, LONG, STATE(HLT_STATE), PENDING(BIT(14))),
	WRONG(pending_debug_with_single_step, LONG, BLOCK(MOV_SS), TF, BTF, PENDING(BIT(14))),
	RIGHT(pending_debug_with_single_step, LONG, BLOCK(MOV_SS), TF, PENDING(BIT(14))),
	RIGHT(pending_debug_with_single_step, LONG, STATE(HLT_STATE), PENDING(BIT(12) | 1)),
	RIGHT(pending_debug_with_single_step, LONG, PENDING(BIT(14))),
	WRONG(pending_rtm_with_other_bits, LONG, PENDING(BIT(16) | BIT(12) | BIT(0))),
	WRONG(pending_rtm_with_other_bits, LONG, PENDING(BIT(16) | BIT(12) | BIT(3))),
	WRONG(pending_rtm_with_other_bits, LONG, PENDING(BIT(16) | BIT(12) | BIT(14))),
	WRONG(pending_rtm_with_other_bits, LONG, PENDING(BIT(16) | BIT(12) | BIT(11)),
	      OFFER(msr_bits.debugctl, 0xdfc7)),
	RIGHT(pending_rtm_with_other_bits, LONG, PENDING(BIT(16) | BIT(12))),
	WRONG(pending_rtm_without_bit_12, LONG, PENDING(BIT(16))),
	RIGHT(pending_rtm_without_bit_12, LONG, PENDING(BIT(16) | BIT(12))),
	WRONG(pending_rtm_not_offered, LONG, PENDING(BIT(16) | BIT(12)), OFFER(rtm, false)),
	RIGHT(pending_rtm_not_offered, LONG, PENDING(BIT(12)), OFFER(rtm, false)),
	WRONG(pending_rtm_with_blocking_by_mov_ss, LONG, PENDING(BIT(16) | BIT(12)), BLOCK(MOV_SS)),
	RIGHT(pending_rtm_with_blocking_by_mov_ss, LONG, PENDING(BIT(16) | BIT(12)), BLOCK(STI),
	      IF),

	WRONG(link_pointer_misaligned, LONG, LINK_TO(0xd001)),
	WRONG(link_pointer_misaligned, LONG, LINK_TO(0xd800)),
	RIGHT(link_pointer_misaligned, LONG, LINK_TO(0xd000), STORE(0xd000, REVISION)),
	RIGHT(link_pointer_misaligned, LONG),
	WRONG(link_pointer_beyond_physical_width, LONG, LINK_TO(BIT(WORLD_WIDTH))),
	WRONG(link_pointer_beyond_physical_width, LONG, LINK_TO(~0xffful)),
	RIGHT(link_pointer_beyond_physical_width, LONG, LINK_TO(BIT(WORLD_WIDTH - 1))),
	WRONG(link_pointer_to_other_revision, LONG, LINK_TO(0xd000), STORE(0xd000, REVISION + 1)),
	WRONG(link_pointer_to_other_revision, LONG, LINK_TO(0xd000)),
	WRONG(link_pointer_to_other_revision, LONG, LINK_TO(0xd000), SHADOWING,
	      STORE(0xd000, BIT(31))),
	WRONG(link_pointer_to_other_revision, LONG, LINK_TO(0xd000), STORE(0xd000, REVISION),
	      OFFER(basic, REVISION + 1)),
	RIGHT(link_pointer_to_other_revision, LONG, LINK_TO(0xd000), STORE(0xd000, REVISION + 1),
	      OFFER(basic, REVISION + 1)),
	RIGHT(link_pointer_to_other_revision, LONG, LINK_TO(0xd000), SHADOWING,
	      STORE(0xd000, BIT(31) | REVISION)),
	WRONG(link_pointer_to_other_shadow_indicator, LONG, LINK_TO(0xd000),
	      STORE(0xd000, BIT(31) | REVISION)),
	WRONG(link_pointer_to_other_shadow_indicator, LONG, LINK_TO(0xd000), SHADOWING,
	      STORE(0xd000, REVISION)),
	RIGHT(link_pointer_to_other_shadow_indicator, LONG, LINK_TO(0xd000),
	      STORE(0xd000, REVISION)),
	RIGHT(link_pointer_to_other_shadow_indicator, LONG, SHADOWING),
	WRONG(link_pointer_to_current_vmcs, LONG, LINK_TO(CURRENT), STORE(CURRENT, REVISION)),
	RIGHT(link_pointer_to_current_vmcs, LONG, LINK_TO(0xd000), STORE(0xd000, REVISION)),

	PDPTE(0),
	PDPTE(1),
	PDPTE(2),
	PDPTE(3),
};

LINE_TESTS
