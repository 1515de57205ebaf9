/* host_state.c -- the host's registers as a VM exit left them */
#include "tests/player/host_state.h"
#include "kernel/cpu.h"
#include "kernel/guarded.h"
#include "kernel/visible_registers.h"
#include "tests/report/test.h"
#include "vmx/vmcs.h"

static const char *register_name(u32 number)
{
	static const char *const names[] = {
#define HOST_REGISTER(number, name, text) [number] = #name,
#include "tests/language/host_registers.def"
#undef HOST_REGISTER
	};

	return names[number];
}

static u64 register_value(u32 number)
{
	switch ((enum host_register)number) {
	case HOST_REGISTER_cr0:        return cr0_read();
	case HOST_REGISTER_cr3:        return cr3_read();
	case HOST_REGISTER_cr4:        return cr4_read();
	case HOST_REGISTER_dr6:        return dr6_get();
	case HOST_REGISTER_dr7:        return dr7_get();
	case HOST_REGISTER_rflags:     return host_exit_rflags;
	case HOST_REGISTER_cs:         return cs_get();
	case HOST_REGISTER_ss:         return ss_get();
	case HOST_REGISTER_ds:         return ds_get();
	case HOST_REGISTER_es:         return es_get();
	case HOST_REGISTER_fs:         return fs_get();
	case HOST_REGISTER_gs:         return gs_get();
	case HOST_REGISTER_tr:         return tr_get();
	case HOST_REGISTER_ldtr:       return ldtr_get();
	case HOST_REGISTER_gdtr_base:  return gdtr_get().base;
	case HOST_REGISTER_gdtr_limit: return gdtr_get().limit;
	case HOST_REGISTER_idtr_base:  return idtr_get().base;
	case HOST_REGISTER_idtr_limit: return idtr_get().limit;
	}
	return 0;
}

void player_watch_host(const struct script *script)
{
	const struct script_step *steps = script->steps;

	for (u32 i = 0; i < script->header->step_count; i++)
		if (steps[i].kind == STEP_HOST && steps[i].what == HOST_REGISTER_rflags) {
			host_exit_rflags = 0;
			vmcs_write(HOST_RIP, (u64)host_exit);
			return;
		}
}

bool player_host_agrees(const struct script_step *step)
{
	return ((register_value(step->what) ^ step->value) & ~step->second) == 0;
}

void player_check_host(struct player *player, const struct script_step *step)
{
	if (!player_host_agrees(step))
		player_wrong(player, "the host's %s is %#lx, expected %#lx",
			     register_name(step->what), register_value(step->what), step->value);
}

void player_check_host_msr(struct player *player, const struct script_step *step)
{
	u64 found;

	if (try_rdmsr((u32)step->value, &found)) {
		skip("needs MSR %#lx, which this processor does not have", step->value);
		player->over = true;
		return;
	}
	if (found != step->second)
		player_wrong(player, "the host's MSR %#lx is %#lx, expected %#lx", step->value,
			     found, step->second);
}
