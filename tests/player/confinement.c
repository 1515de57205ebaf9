/* confinement.c -- whether a guest could write to memory that is not its own */
#include "tests/player/confinement.h"
#include "ept/eptp.h"
#include "kernel/control_registers.h"
#include "tests/player/eptp_list.h"
#include "tests/player/processor_writes.h"
#include "vmx/capabilities.h"
#include "vmx/guest_paging.h"
#include "vmx/vmcs.h"

/* Without EPT the guest's physical addresses are the machine's.  With the CR3 of its start the
 * guest still finds no paging structures: the engine's are at addresses where a machine has no
 * RAM. */
static bool without_ept(struct player *player, u64 secondary)
{
	if (secondary & SECONDARY_unrestricted_guest || guest_paging_is_at(vmcs_read(GUEST_CR3)))
		return true;
	player_at_fault(player, "EPT is off, so the guest would use the machine's own memory; that "
			"is allowed only with the CR3 of modes with paging");
	return false;
}

/* The EPTP of a view leads to other tables if its page-walk length says that there are more levels
 * than the view has. */
static bool eptp_is_of_the_engine(struct player *player)
{
	u64 eptp = vmcs_read_or_0(EPT_POINTER);

	if (guest_view_confines(&player->views, eptp))
		return true;
	player_at_fault(player, "EPT_POINTER is %#lx, which leads to EPT tables of no view; "
			"view=N is allowed, and what VM entry refuses", eptp);
	return false;
}

/* Posted-interrupt descriptors are found by a table of addresses, which nobody looks at. */
static bool no_ipis_are_sent(struct player *player)
{
	if (!(vmcs_read(PRIMARY_CONTROLS) & PRIMARY_activate_tertiary_controls) ||
	    !(vmcs_read_or_0(TERTIARY_CONTROLS) & TERTIARY_ipi_virtualization))
		return true;
	player_at_fault(player, "TERTIARY_ipi_virtualization is on, with which a guest could write "
			"to any memory; it must be off");
	return false;
}

static u64 secondary_controls(void)
{
	if (!(vmcs_read(PRIMARY_CONTROLS) & PRIMARY_activate_secondary_controls))
		return 0;
	return vmcs_read_or_0(SECONDARY_CONTROLS);
}

static bool everything_is_confined(struct player *player, u64 secondary)
{
	if (!(secondary & SECONDARY_enable_ept))
		return without_ept(player, secondary) && processor_writes_are_confined(player);
	return eptp_is_of_the_engine(player) && processor_writes_are_confined(player) &&
	       no_ipis_are_sent(player) && eptp_list_is_confined(player);
}

/* The VMCS changes only by the script's steps, and by VMFUNC, which is judged by the EPTP list.
 * What the list says changes by other steps as well. */
bool player_is_confined(struct player *player)
{
	u64 secondary;

	if (player->confined)
		return true;
	secondary = secondary_controls();
	if (!everything_is_confined(player, secondary))
		return false;
	player->confined = !(secondary & SECONDARY_enable_vm_functions);
	return true;
}
