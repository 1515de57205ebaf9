/* vm_controls.c -- the VMX controls of a VM, chosen within what the processor offers */
#include "vmx/vm_controls.h"
#include "vmx/capabilities.h"

struct wish {
	u32 required;                           /* a VM without these would not be contained */
	u32 welcome;                            /* set where they are offered */
};

static const struct wish wishes[CONTROL_WORDS] = {
	[PIN_BASED] = {
		PIN_BASED_external_interrupt_exiting | PIN_BASED_nmi_exiting,
		PIN_BASED_activate_preemption_timer,
	},
	[PRIMARY] = {
		PRIMARY_hlt_exiting | PRIMARY_mwait_exiting | PRIMARY_rdpmc_exiting |
		PRIMARY_cr3_load_exiting | PRIMARY_cr3_store_exiting |
		PRIMARY_cr8_load_exiting | PRIMARY_cr8_store_exiting |
		PRIMARY_mov_dr_exiting | PRIMARY_unconditional_io_exiting |
		PRIMARY_monitor_exiting | PRIMARY_activate_secondary_controls,
		0,
	},
	[SECONDARY] = {
		SECONDARY_enable_ept,
		SECONDARY_descriptor_table_exiting | SECONDARY_wbinvd_exiting,
	},
	[VM_EXIT] = {
		VM_EXIT_host_address_space_size,
		VM_EXIT_acknowledge_interrupt |
		VM_EXIT_save_efer | VM_EXIT_load_efer,
	},
	[VM_ENTRY] = {
		0,
		VM_ENTRY_load_efer,
	},
};

/* The controls that a mode requires besides. */
static u32 required_by_mode(enum control_word word, enum guest_mode mode)
{
	if (word == VM_ENTRY && mode == MODE_long64)
		return VM_ENTRY_ia_32e_mode_guest;
	if (word == SECONDARY && !mode_has_paging(mode))
		return SECONDARY_unrestricted_guest;
	return 0;
}

/* The controls of all VMs of a mode.  They are chosen once, as the capabilities they depend on do
 * not change. */
struct choice {
	const char *refused;                    /* the name of a control, or null */
	u32 value[CONTROL_WORDS];
	bool made;
};

/* What is welcome and offered, and as well what can be trusted. */
static u32 welcome(enum control_word word, struct control_limits limits)
{
	u32 controls = wishes[word].welcome & limits.may_be_one;

	if (word == PIN_BASED && vmx_capabilities.timer_erratum)
		controls &= ~(u32)PIN_BASED_activate_preemption_timer;
	return controls;
}

static void choose_word(struct choice *choice, enum control_word word, enum guest_mode mode)
{
	const struct wish *wish = &wishes[word];
	struct control_limits limits = control_limits(word);
	u32 wanted = wish->required | required_by_mode(word, mode) |
		     welcome(word, limits);
	u32 refused;

	choice->value[word] = controls_choose(limits, wanted, 0, &refused);
	if (refused && !choice->refused)
		choice->refused = control_name(word, (unsigned)__builtin_ctz(refused));
}

static void choose(struct choice *choice, enum guest_mode mode)
{
	for (enum control_word word = 0; word < CONTROL_WORDS; word++)
		choose_word(choice, word, mode);
	choice->made = true;
}

const u32 *vm_controls_of(enum guest_mode mode, const char **refused)
{
	static struct choice choices[GUEST_MODES];
	struct choice *choice = &choices[mode];

	if (!choice->made)
		choose(choice, mode);
	*refused = choice->refused;
	return choice->refused ? NULL : choice->value;
}
