/* root.c -- plays a scenario without a guest: VMX instructions of the host, one after the other */
#include "tests/player/root.h"

#include "kernel/control_registers.h"
#include "kernel/guarded.h"
#include "kernel/reset_state.h"
#include "kernel/string.h"
#include "tests/player/root_log.h"
#include "tests/report/report.h"
#include "tests/report/test.h"
#include "vmx/capabilities.h"
#include "vmx/operation.h"
#include "vmx/vmcs.h"

/* --- Before and after ------------------------------------------------------------------------ */

static void tell_feature_control(void)
{
	u64 control;

	if (!report_wants_notes())
		return;
	if (try_rdmsr(IA32_FEATURE_CONTROL, &control))
		note("IA32_FEATURE_CONTROL is not there");
	else
		note("IA32_FEATURE_CONTROL is %#lx: %s, VMX outside SMX operation %s", control,
		     control & 1 ? "locked" : "not locked", control & 4 ? "enabled" : "disabled");
}

void root_start(void)
{
	vmx_leave_operation();
	cr0_write(vmx_cr0());
	cr4_write(vmx_cr4() & ~CR4_VMXE);
	tell_feature_control();
}

static hpa_t address_in_page(const struct player *player, const struct script_step *step)
{
	u64 bits = step->second & ~(u64)SCRIPT_BEYOND_WIDTH;

	if (step->second & SCRIPT_BEYOND_WIDTH)
		bits |= BIT(vmx_capabilities.physical_width);
	return hpa(hpa_of(guest_memory_at(&player->memory, step->value, 1)).raw | bits);
}

/* A VMCS that is active may be written to its memory at any time. */
void root_end(const struct player *player)
{
	const struct script_step *step = player->script->steps;

	for (; step->kind != STEP_FINISH; step++) {
		if (step->kind == STEP_ROOT && step->what == ROOT_vmptrld) {
			hpa_t region = address_in_page(player, step);

			vmclear(&region);
		}
	}
	vmxoff();
	try_write_cr4(kernel_cr4());
	try_write_cr0(kernel_cr0());
}

/* --- The instructions ------------------------------------------------------------------------ */

/* A VMCS in a page of the scenario has no guest: nothing would keep one in. */
static bool guest_would_be_entered(void)
{
	struct control_limits limits = control_limits(PIN_BASED);
	u64 controls;

	return vmread(PIN_BASED_CONTROLS, &controls) == SUCCEEDED
		&& (limits.must_be_one & ~controls) == 0 && (controls & ~limits.may_be_one) == 0;
}

static outcome_t change_bits(const struct script_step *step, u64 now, unsigned (*write)(u64),
			     u64 *result)
{
	*result = (now | step->value) & ~step->second;
	return write(*result);
}

static outcome_t write_revision(const struct player *player, const struct script_step *step)
{
	u8 *place = guest_memory_at(&player->memory, step->value, sizeof(u32));
	u32 identifier = (u32)(vmx_capabilities.basic & BITS(30, 0)) ^ (u32)step->second;

	memcpy(place, &identifier, sizeof(identifier));
	return SUCCEEDED;
}

static outcome_t execute(struct player *player, const struct script_step *step)
{
	hpa_t *pointer = &player->root.pointer;
	u64 *result = &player->root.result;
	struct invept_descriptor ept = { step->value, step->second };
	struct invvpid_descriptor vpid = { step->value, step->second };
	u32 type = step->what >> 8;

	switch ((enum root_instruction)(step->what & 0xff)) {
	case ROOT_vmxon:    return vmxon(pointer);
	case ROOT_vmclear:  return vmclear(pointer);
	case ROOT_vmptrld:  return vmptrld(pointer);
	case ROOT_vmptrst:  return vmptrst(pointer);
	case ROOT_vmread:   return vmread(step->value, result);
	case ROOT_vmwrite:  return vmwrite(step->value, step->second);
	case ROOT_vmlaunch: return vmlaunch();
	case ROOT_vmresume: return vmresume();
	case ROOT_vmxoff:   return vmxoff();
	case ROOT_vmcall:   return vmcall_of_host();
	case ROOT_vmfunc:   return vmfunc_of_host();
	case ROOT_invept:   return invept(type, &ept);
	case ROOT_invvpid:  return invvpid(type, &vpid);
	case ROOT_cr0:      return change_bits(step, cr0_read(), try_write_cr0, result);
	case ROOT_cr4:      return change_bits(step, cr4_read(), try_write_cr4, result);
	case ROOT_rdmsr:    return try_rdmsr((u32)step->value, result);
	case ROOT_revision: return write_revision(player, step);
	}
	return SUCCEEDED;
}

/* --- The steps ------------------------------------------------------------------------------- */

static bool enters(const struct script_step *step)
{
	return step->what == ROOT_vmlaunch || step->what == ROOT_vmresume;
}

static void play_instruction(struct player *player, const struct script_step *step)
{
	outcome_t outcome;

	if (enters(step) && guest_would_be_entered()) {
		player_at_fault(player, "the current VMCS has pin-based controls that VM entry "
				"takes, and root enters no guest; write 0 to PIN_BASED_CONTROLS");
		return;
	}
	if (step->what <= ROOT_vmptrld)
		player->root.pointer = address_in_page(player, step);
	outcome = execute(player, step);
	player->root.ending = outcome;
	if (outcome >= FAULTED(0))
		player->root.ending |= trap_last_error << 32;
	player->root.lines++;
	if (report_wants_notes())
		root_log(player, step);
}

static void check_outcome(struct player *player, const struct script_step *step)
{
	char found[112], expected[112];

	if (player->root.ending == step->value)
		return;
	root_ending_text(found, sizeof(found), player->root.ending);
	root_ending_text(expected, sizeof(expected), step->value);
	player_wrong(player, "it ends with %s, expected %s", found, expected);
}

static void check_result(struct player *player, const struct script_step *step)
{
	if ((player->root.result ^ step->value) & ~step->second)
		player_wrong(player, "it reads %#lx, expected %#lx", player->root.result,
			     step->value);
}

static void check_pointer(struct player *player, const struct script_step *step)
{
	hpa_t expected = hpa(ROOT_NO_VMCS);
	char found_text[96], expected_text[96];

	if (step->value != ROOT_NO_VMCS)
		expected = hpa_of(guest_memory_at(&player->memory, step->value, 1));
	if (player->root.pointer.raw == expected.raw)
		return;
	root_pointer_text(found_text, sizeof(found_text), player, player->root.pointer);
	root_pointer_text(expected_text, sizeof(expected_text), player, expected);
	player_wrong(player, "it stores %s, expected %s", found_text, expected_text);
}

void root_play(struct player *player, const struct script_step *step)
{
	switch (step->kind) {
	case STEP_ROOT:         play_instruction(player, step); break;
	case STEP_OUTCOME: check_outcome(player, step); break;
	case STEP_RESULT:  check_result(player, step); break;
	case STEP_STORED: check_pointer(player, step); break;
	}
}
