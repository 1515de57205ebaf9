/* machine_restore.c -- gives the machine back as every test finds it */
#include "vmx/machine_restore.h"
#include "drivers/serial.h"
#include "kernel/apic_timer.h"
#include "kernel/interrupts.h"
#include "kernel/machine_check.h"
#include "kernel/reset_state.h"
#include "vmx/operation.h"
#include "vmx/pending_init.h"
#include "vmx/start_vmcs.h"
#include "vmx/virtual_nmi.h"

/* What ends the blocking is a VM as well. */
static struct vmcs_past forget_vms(void)
{
	struct vmcs_past past = vmcs_forget();

	if (past.virtual_nmis) {
		virtual_nmi_unblock();
		vmcs_forget();
	}
	return past;
}

const char *machine_restore(bool by_code)
{
	struct vmcs_past past = forget_vms();

	vmx_restore_control_registers();
	reset_state_restore(past.msrs || by_code);
	if (past.msrs)
		machine_check_start();
	if (past.ports)
		serial_restart();
	if (!interrupts_restore(past.written || by_code))
		return "the local APIC, which was disabled or put into another mode";
	apic_timer_restore();
	if (pending_init_stays())
		return "an INIT signal that stays pending behind the VM exit that it caused";
	return NULL;
}
