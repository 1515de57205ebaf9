/* pending_init.c -- takes back an INIT that waits for a VM entry */
#include "vmx/pending_init.h"
#include "vmx/exit.h"
#include "vmx/throwaway_guest.h"

static const u8 vmcall[] = { 0x0f, 0x01, 0xc1 };
static bool stays;

static bool meets_init(void)
{
	return throwaway_guest_run(vmcall, sizeof(vmcall), 0) == EXIT_init;
}

/* The first guest takes it, so that a second one meets none. */
void pending_init_take(void)
{
	stays = meets_init();
	if (stays)
		stays = meets_init();
}

bool pending_init_stays(void)
{
	return stays;
}
