/* start_vmcs.c -- the VMCS that a VM starts with: one for all VMs, every field as it should be */
#include "vmx/start_vmcs.h"
#include "kernel/control_registers.h"
#include "kernel/descriptors.h"
#include "kernel/memory.h"
#include "kernel/reset_state.h"
#include "vmx/capabilities.h"
#include "vmx/guest_state.h"
#include "vmx/operation.h"
#include "vmx/watchdog.h"

/* Not from page_alloc(), as it outlives the tests.  Only the processor knows how the fields lie in
 * it, so it is never copied (SDM vol. 3, "Software Use of Virtual-Machine Control Structures"). */
static _Alignas(PAGE_SIZE) u32 region[PAGE_SIZE / sizeof(u32)];

static struct {
	bool taken;                             /* by a VM that has not ended */
	bool written;                           /* since vmcs_forget(), to a VMCS that has ended */
	enum guest_mode mode;                   /* of the last VM; 0: the fields are not known */
	struct vmcs_set fields;                 /* that can be written */
	struct vmcs_set kept;                   /* those of them that write_each() does not write */
} common;

const struct vmcs_set *vmcs_fields(void)
{
	return &common.fields;
}

/* --- What is written ------------------------------------------------------------------------- */

static const u64 start_state[][GUEST_MODES - 1] = {           /* by mode; modes count from 1 */
#define START(field, long64, flat32, real16, pae, paging32)                                        \
	{ [MODE_long64 - 1] = long64, [MODE_flat32 - 1] = flat32, [MODE_real16 - 1] = real16,      \
	  [MODE_pae - 1] = pae, [MODE_paging32 - 1] = paging32 },
#include "vmx/start_state.def"
#undef START
};

static inline void put_if_there(enum vmcs_field field, u64 value)
{
	if (vmcs_set_has(&common.fields, field))
		vmcs_put(field, value);
}

/* The preprocessor writes out each VMWRITE: the instructions of a loop would cost as much again. */
static void write_each(const struct vmcs_start *start)
{
	unsigned row = 0;

#define START(field, ...) vmcs_put(field, start_state[row++][start->mode - 1]);
#include "vmx/start_state.def"
#undef START
#define EACH(field, value, text)                                                                   \
	if (VMCS_WIDTH(field) == NAT)           /* every processor has these */                    \
		vmcs_put(field, value);                                                            \
	else                                                                                       \
		put_if_there(field, value);
#define KEPT(...)
#include "vmx/start_fields.def"
#undef EACH
#undef KEPT
#define VMCS(encoding, width, kind, name) if (kind == RESULT) put_if_there(name, 0);
#include "vmx/vmcs.def"
#undef VMCS
}

static __attribute__((cold)) void write_kept(const struct vmcs_start *start)
{
#define EACH(...)
#define KEPT(field, value, text) put_if_there(field, value);
#include "vmx/start_fields.def"
#undef EACH
#undef KEPT
}

static struct vmcs_set fields_kept(void)
{
	static const u16 each[] = {
#define START(field, ...) field,
#include "vmx/start_state.def"
#undef START
#define EACH(field, ...) field,
#define KEPT(...)
#include "vmx/start_fields.def"
#undef EACH
#undef KEPT
	};
	struct vmcs_set kept = common.fields;

	for (unsigned i = 0; i < COUNT(each); i++)
		vmcs_set_remove(&kept, each[i]);
	for (u32 word = RESULT; word < VMCS_WORDS; word += KINDS)
		kept.words[word] = 0;
	return kept;
}

/* --- What has to be written ------------------------------------------------------------------ */

/* Whether something wrote to a field that write_each() does not write. */
static inline bool was_written(void)
{
	u64 found = 0;

#pragma GCC unroll 16
	for (u32 word = 0; word < VMCS_WORDS; word++)
		found |= vmcs_written.fields.words[word] & common.kept.words[word];
	return found;
}

/* Controls that the processor writes while a guest runs: VMFUNC with EPT-violation #VE, and WRMSR
 * (SDM vol. 3, "EPTP Switching", "Changes to Instruction Behavior in VMX Non-Root Operation"). */
static const u16 controls_written_by_guests[] = { EPTP_INDEX, IA32_SPEC_CTRL_SHADOW };

/* Writes 0 to what something wrote, and to all of the guest state: there a VM exit, or a guest that
 * is allowed more than usual, may have changed any field. */
static __attribute__((cold)) void zero_stale(void)
{
	struct vmcs_set stale = common.kept;

	for (unsigned i = 0; i < COUNT(controls_written_by_guests); i++)
		vmcs_set_add(&vmcs_written.fields, controls_written_by_guests[i]);
	for (u32 word = 0; word < VMCS_WORDS; word++) {
		if (word % KINDS != GUEST)
			stale.words[word] &= vmcs_written.fields.words[word];
		vmcs_written.fields.words[word] = 0;
	}
	vmcs_zero(&stale);
	common.written = true;
}

static __attribute__((cold)) void make_common(void)
{
	common.fields = vmcs_zero_all();
	common.kept = fields_kept();
	vmcs_written.fields = (struct vmcs_set){ 0 };
}

static inline void write_common(const struct vmcs_start *start)
{
	bool as_it_was = common.mode == start->mode;

	if (common.mode == 0)
		make_common();
	if (was_written()) {
		zero_stale();
		as_it_was = false;
	}
	if (!as_it_was)
		write_kept(start);
	common.mode = start->mode;
	common.taken = true;
}

hpa_t vmcs_start(const struct vmcs_start *start)
{
	bool own = common.taken;
	hpa_t address = hpa_of(own ? vmx_region_alloc() : vmx_region_prepare(region));

	vmx_demand(vmclear(&address), "VMCLEAR of a new VMCS");
	vmx_demand(vmptrld(&address), "VMPTRLD of a new VMCS");
	if (own) {
		vmcs_zero_all();
		write_kept(start);
	} else {
		write_common(start);
	}
	write_each(start);
	return address;
}

void vmcs_end(hpa_t address)
{
	vmx_demand(vmclear(&address), "VMCLEAR of a used VMCS");
	if (address.raw == hpa_of(region).raw)
		common.taken = false;
}

struct vmcs_past vmcs_forget(void)
{
	struct vmcs_past past = {
		.written = common.written || was_written(),
		.ports = vmcs_written.ports,
		.msrs = vmcs_written.msrs,
		.virtual_nmis = vmcs_written.virtual_nmis,
	};

	if (common.taken)
		common.mode = 0;
	common.taken = common.written = false;
	vmcs_written.ports = vmcs_written.msrs = vmcs_written.virtual_nmis = false;
	return past;
}
