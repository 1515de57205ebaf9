/* host.c -- the registers that a VM exit loads from the host-state area */
#include "tests/suites/entry/host.h"
#include "kernel/control_registers.h"
#include "kernel/cpu.h"
#include "kernel/descriptors.h"
#include "kernel/flags.h"
#include "kernel/visible_registers.h"
#include "tests/player/host_state.h"

#define VALUE(name) (state->fields[ENTRY_FIELD_host_##name])

/* --- Values ----------------------------------------------------------------------------------- */

/* SDM vol. 3, "Loading Host Control Registers, Debug Registers, MSRs", "Loading Host Segment and
 * Descriptor-Table Registers" and "Loading Host RIP, RSP, RFLAGS, and SSP". */
#define DR7_OF_HOST   0x400u
#define LIMIT_OF_HOST 0xffffu

/* What no exit leaves.  The limit goes beyond the GDT, to the end of the IDT. */
#define DR7_DISTURBED   0x700u                  /* with LE and GE, which do nothing by now */
#define LIMIT_DISTURBED 0xfffu
#define MSR_DISTURBED   0x54321000ul

/* What neither entry nor exit changes. */
#define CR2_KEPT 0x123456789000ul
#define DR6_KEPT 0xffff4ff5ul                   /* breakpoints 0 and 2, and a single step */

/* Bits that do nothing for the kernel. */
#define CR0_DISTURBANCE CR0_AM
#define CR4_DISTURBANCE CR4_TSD

/* MSRs that every exit loads, and their fields. */
#define FOR_EACH_MSR(use)                                                                          \
	use(IA32_SYSENTER_CS, ia32_sysenter_cs);                                                   \
	use(IA32_SYSENTER_ESP, ia32_sysenter_esp);                                                 \
	use(IA32_SYSENTER_EIP, ia32_sysenter_eip);                                                 \
	use(IA32_FS_BASE, fs_base);                                                                \
	use(IA32_GS_BASE, gs_base)

static struct {
	u64 cr0, cr4;
	bool disturbed;                         /* since the last exit */
} kernel;

void entry_host_start(struct entry_machine *machine)
{
	machine->state.fields[ENTRY_FIELD_host_rip] = (u64)host_exit;
	vmcs_write(HOST_RIP, (u64)host_exit);
	kernel.cr0 = cr0_read();
	kernel.cr4 = cr4_read();
	kernel.disturbed = false;
}

void entry_host_end(void)
{
	cr0_write(kernel.cr0);
	cr4_write(kernel.cr4);
}

/* --- Before an entry -------------------------------------------------------------------------- */

static void disturb_tables(void)
{
	struct table_register gdt = { LIMIT_DISTURBED, gdt_base() };
	struct table_register idt = { LIMIT_DISTURBED, idt_base() };

	asm volatile ("lgdt %0; lidt %1" : : "m" (gdt), "m" (idt));
}

/* Null selectors where the kernel's are not, and the other way round.  The bases of FS and GS,
 * which a selector changes, come after them. */
static void disturb_segments(void)
{
	ds_set(0);
	es_set(0);
	fs_set(KERNEL_DATA);
	gs_set(KERNEL_DATA);
#define DISTURB(msr, field) msr_write(msr, MSR_DISTURBED)
	FOR_EACH_MSR(DISTURB);
#undef DISTURB
}

void entry_host_disturb(void)
{
	if (kernel.disturbed)
		return;
	kernel.disturbed = true;
	disturb_tables();
	disturb_segments();
	cr0_write(kernel.cr0 ^ CR0_DISTURBANCE);
	cr4_write(kernel.cr4 ^ CR4_DISTURBANCE);
	cr2_write(CR2_KEPT);
	dr6_set(DR6_KEPT);
	dr7_set(DR7_DISTURBED);
}

/* --- After it --------------------------------------------------------------------------------- */

static void compare_limits(u16 expected, enum entry_observation observation,
			   struct entry_observed *observed)
{
	struct table_register gdt = gdtr_get(), idt = idtr_get();

	entry_compare(observed, observation, "the limit of GDTR", gdt.limit, expected);
	entry_compare(observed, observation, "the limit of IDTR", idt.limit, expected);
	entry_compare(observed, observation, "the base of GDTR", gdt.base, gdt_base());
	entry_compare(observed, observation, "the base of IDTR", idt.base, idt_base());
}

static void compare_kept(struct entry_observed *observed)
{
	entry_compare(observed, ENTRY_OBSERVATION_cr2_and_dr6, "CR2", cr2_read(), CR2_KEPT);
	entry_compare(observed, ENTRY_OBSERVATION_cr2_and_dr6, "DR6", dr6_get(), DR6_KEPT);
}

void entry_host_is_disturbed(struct entry_observed *observed)
{
	const enum entry_observation observation = ENTRY_OBSERVATION_host_after_vmfail;

	if (!kernel.disturbed)
		return;
	entry_compare(observed, observation, "DS", ds_get(), 0);
	entry_compare(observed, observation, "ES", es_get(), 0);
	entry_compare(observed, observation, "FS", fs_get(), KERNEL_DATA);
	entry_compare(observed, observation, "GS", gs_get(), KERNEL_DATA);
#define COMPARE(msr, field) entry_compare(observed, observation, #msr, msr_read(msr), MSR_DISTURBED)
	FOR_EACH_MSR(COMPARE);
#undef COMPARE
	entry_compare(observed, observation, "CR0", cr0_read(), kernel.cr0 ^ CR0_DISTURBANCE);
	entry_compare(observed, observation, "CR4", cr4_read(), kernel.cr4 ^ CR4_DISTURBANCE);
	entry_compare(observed, observation, "DR7", dr7_get(), DR7_DISTURBED);
	compare_limits(LIMIT_DISTURBED, observation, observed);
	compare_kept(observed);
}

/* RSP was loaded, or nobody would be here. */
static void compare_cheap(const struct entry_state *state, enum entry_observation observation,
			  struct entry_observed *observed)
{
	entry_compare(observed, observation, "RFLAGS", host_exit_rflags, RFLAGS_FIXED);
	entry_compare(observed, observation, "CR0", cr0_read(), VALUE(cr0));
	entry_compare(observed, observation, "CR3", cr3_read(), VALUE(cr3));
	entry_compare(observed, observation, "CR4", cr4_read(), VALUE(cr4));
	entry_compare(observed, observation, "CS", cs_get(), VALUE(cs_selector));
	entry_compare(observed, observation, "SS", ss_get(), VALUE(ss_selector));
	entry_compare(observed, observation, "DS", ds_get(), VALUE(ds_selector));
	entry_compare(observed, observation, "ES", es_get(), VALUE(es_selector));
	entry_compare(observed, observation, "FS", fs_get(), VALUE(fs_selector));
	entry_compare(observed, observation, "GS", gs_get(), VALUE(gs_selector));
	entry_compare(observed, observation, "TR", tr_get(), VALUE(tr_selector));
}

void entry_host_is_loaded(const struct entry_state *state, enum entry_observation observation,
			  struct entry_observed *observed)
{
	compare_cheap(state, observation, observed);
	if (!kernel.disturbed)
		return;
	kernel.disturbed = false;
#define COMPARE(msr, field) entry_compare(observed, observation, #msr, msr_read(msr), VALUE(field))
	FOR_EACH_MSR(COMPARE);
#undef COMPARE
	entry_compare(observed, observation, "DR7", dr7_get(), DR7_OF_HOST);
	compare_limits(LIMIT_OF_HOST, observation, observed);
	compare_kept(observed);
}
