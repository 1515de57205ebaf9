/* start.c -- from boot.asm to the program above the kernel */
#include "kernel/start.h"

#include "drivers/exit_device.h"
#include "drivers/serial.h"
#include "kernel/acpi.h"
#include "kernel/acpi_devices.h"
#include "kernel/cpu.h"
#include "kernel/image.h"
#include "kernel/local_apic.h"
#include "kernel/machine_check.h"
#include "kernel/memory.h"
#include "kernel/multiboot2.h"
#include "kernel/paging.h"
#include "kernel/pvh.h"
#include "kernel/reset_state.h"
#include "kernel/stack_protector.h"
#include "kernel/traps.h"

/* No boot information is larger than this, whatever its size field says. */
#define MULTIBOOT2_LIMIT (1ull << 20)

#define CPUID_1_ECX_HYPERVISOR BIT(31)          /* 0 in all processors, 1 in virtual ones */

static struct physical memory = { .base = 0, .start = 1, .end = MAPPED_SIZE };

static struct boot_info boot;

/* How many bytes of the boot information may be read.  None in page 0, which will be unmapped
 * before its texts are used. */
static u64 multiboot2_limit(u64 information)
{
	u64 reach = MAPPED_SIZE - information;

	if (information < PAGE_SIZE)
		return 0;
	return reach < MULTIBOOT2_LIMIT ? reach : MULTIBOOT2_LIMIT;
}

/* QEMU puts modules at the end of memory, even if the image reaches so far. */
static bool module_is_in_image(void)
{
	for (u32 i = 0; i < boot.module_count; i++) {
		const u8 *start = boot.modules[i].data, *end = start + boot.modules[i].size;

		if ((start < kernel_image.end && end > kernel_image.text) ||
		    (start < kernel_image.room_end && end > kernel_image.room))
			return true;
	}
	return false;
}

static enum boot_error parse(u32 magic, u64 information)
{
	switch (magic) {
	case MULTIBOOT2_MAGIC:
		return multiboot2_parse((const void *)information, multiboot2_limit(information),
					&boot);
	case PVH_MAGIC:
		return pvh_parse(information, &memory, &boot);
	default:
		boot.protocol = boot.loader = boot.command_line = "";
		return BOOT_NO_PROTOCOL;
	}
}

/* In a virtual machine no access to a port reaches a device that the VMM does not know. */
static bool is_emulator(void)
{
	return cpuid(1, 0).ecx & CPUID_1_ECX_HYPERVISOR || acpi_is_of_emulator(boot.rsdp, &memory);
}

static bool find_sleep(struct acpi_sleep *sleep)
{
	return acpi_find_sleep(boot.rsdp, &memory, sleep);
}

/* Called by boot.asm. */
__attribute__((noreturn, no_stack_protector))
void kernel_start(u32 magic, u32 information)
{
	stack_protector_start();
	serial_start();
	traps_start();
	reset_state_load();
	machine_check_start();
	paging_start();
	reset_state_keep();
	local_apic_stop_others();
	exit_device_start(is_emulator, find_sleep);
	enum boot_error error = parse(magic, information);
	if (error == BOOT_OK && module_is_in_image())
		error = BOOT_MODULE_IN_IMAGE;
	paging_unmap_null_page();
	memory.start = PAGE_SIZE;
	memory_start(&boot);
	acpi_devices_start(boot.rsdp, &memory);
	program(&boot, error);
}
