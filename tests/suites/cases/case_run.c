#include "tests/suites/cases/case_run.h"
#include "ept/eptp.h"
#include "kernel/control_registers.h"
#include "kernel/flags.h"
#include "kernel/memory.h"
#include "kernel/paging_entry.h"
#include "kernel/string.h"
#include "tests/report/test.h"
#include "tests/suites/cases/case_quirks.h"
#include "vmx/capabilities.h"
#include "vmx/operation.h"
#include "vmx/vmcs.h"

/* Of access rights (SDM vol. 3, table "Format of Access Rights"). */
#define CODE_64_BIT  0xa09b
#define CODE_32_BIT  0xc09b
#define DATA_SEGMENT 0xc093
#define DPL_3        0x60
#define RPL_3        3
#define CODE_SELECTOR  0x08
#define STACK_SELECTOR 0x10

/* --- Made once ------------------------------------------------------------------------------- */

static struct case_offers offers_of_processor(bool flags)
{
	const struct vmx_capabilities *has = &vmx_capabilities;
	u64 efer_loads = vmcs_read(ENTRY_CONTROLS) & VM_ENTRY_load_efer;
	u32 all = 0, fixed = 0;

#define SWITCH(bit, name, text) all |= CASE_##name;
#include "tests/suites/cases/switches.def"
#undef SWITCH
	all &= ~(u32)((has->cr4_fixed1 & CR4_SMEP ? 0 : CASE_SMEP) |
		      (has->cr4_fixed1 & CR4_SMAP ? 0 : CASE_SMAP) | (flags ? 0 : CASE_EPT_FLAGS));
	if (!efer_loads && msr_read(IA32_EFER) & EFER_NXE)
		fixed |= CASE_EXECUTE_DISABLE;
	else if (!efer_loads)
		all &= ~(u32)CASE_EXECUTE_DISABLE;
	return (struct case_offers){
		.paging = {
			[CASE_NO_PAGING] = capability_offered(CAPABILITY_unrestricted_guest),
			[CASE_32_BIT] = true, [CASE_PAE] = true, [CASE_4_LEVEL] = true,
			[CASE_5_LEVEL] = has->cr4_fixed1 & CR4_LA57,
		},
		.guest_1g = capability_offered(CAPABILITY_pages_1g),
		.ept_2m = has->ept_vpid & EPT_CAP_2M, .ept_1g = has->ept_vpid & EPT_CAP_1G,
		.switches = all, .switches_on = fixed,
		.physical_width = has->physical_width,
	};
}

/* What the memory is to know of the processor and the VM. */
static void memory_prepare(struct case_machine *machine)
{
	struct case_memory *memory = &machine->memory;
	bool flags = eptp_choose(vmx_capabilities.ept_vpid, &machine->vm.ept, true,
				 &memory->eptp[true]);

	memory->eptp[false] = vmcs_read(EPT_POINTER);
	memory->cr0 = vmcs_read(GUEST_CR0);
	memory->cr4 = vmcs_read(GUEST_CR4);
	memory->offers = offers_of_processor(flags);
	memory->processor = model_processor(vmx_capabilities.ept_vpid,
					    vmx_capabilities.physical_width,
					    memory->offers.guest_1g);
}

bool case_machine_start(struct case_machine *machine)
{
	const char *refused;

	vmx_enter_operation();
	refused = vm_start(&machine->vm, MODE_long64, CASE_CODE);
	if (refused) {
		skip("needs %s, which this processor does not offer", refused);
		return false;
	}
	memory_prepare(machine);
	if (!case_memory_start(&machine->memory, &machine->vm.ept)) {
		skip("needs 2 MiB of memory in one piece, and no border of 1 GiB in it");
		vm_end(&machine->vm);
		return false;
	}
	machine->entry_controls = vmcs_read(ENTRY_CONTROLS);
	machine->secondary_controls = vmcs_read(SECONDARY_CONTROLS);
	return true;
}

void case_machine_end(struct case_machine *machine)
{
	vm_end(&machine->vm);
}

/* A case that is being tried. */
struct trial {
	struct case_machine *machine;
	const struct ept_case *that;
	const struct model *model;
};

/* --- On the processor ------------------------------------------------------------------------ */

static void write_mode(const struct case_machine *machine, const struct ept_case *that)
{
	bool is_long = case_is_long(that), user = that->switches & CASE_USER_MODE;
	bool unrestricted = that->paging == CASE_NO_PAGING;

	vmcs_write(ENTRY_CONTROLS, (machine->entry_controls & ~(u64)VM_ENTRY_ia_32e_mode_guest) |
				   (is_long ? VM_ENTRY_ia_32e_mode_guest : 0));
	vmcs_write(SECONDARY_CONTROLS, machine->secondary_controls |
				       (unrestricted ? SECONDARY_unrestricted_guest : 0));
	vmcs_write(GUEST_CS_ACCESS_RIGHTS, (is_long ? CODE_64_BIT : CODE_32_BIT) |
					   (user ? DPL_3 : 0));
	vmcs_write(GUEST_SS_ACCESS_RIGHTS, DATA_SEGMENT | (user ? DPL_3 : 0));
	vmcs_write(GUEST_CS_SELECTOR, CODE_SELECTOR | (user ? RPL_3 : 0));
	vmcs_write(GUEST_SS_SELECTOR, STACK_SELECTOR | (user ? RPL_3 : 0));
}

static void write_state(const struct case_machine *machine, const struct ept_case *that,
			const struct model *model)
{
	const struct model_guest *guest = &model->guest;

	write_mode(machine, that);
	vmcs_write(EPT_POINTER, model->controls.eptp);
	vmcs_write(GUEST_CR0, guest->cr0);
	vmcs_write(GUEST_CR3, guest->cr3);
	vmcs_write(GUEST_CR4, guest->cr4);
	vmcs_write(GUEST_RFLAGS, guest->rflags);
	vmcs_write(GUEST_RIP, case_rip(that).raw);
	if (machine->entry_controls & VM_ENTRY_load_efer)
		vmcs_write(GUEST_IA32_EFER, guest->efer);
	if (that->paging != CASE_PAE)
		return;
	vmcs_write(GUEST_PDPTE0, guest->pdpte[0]);
	vmcs_write(GUEST_PDPTE1, guest->pdpte[1]);
	vmcs_write(GUEST_PDPTE2, guest->pdpte[2]);
	vmcs_write(GUEST_PDPTE3, guest->pdpte[3]);
}

static void run(struct case_machine *machine, const struct ept_case *that,
		const struct model *model, struct case_result *result)
{
	struct vm *vm = &machine->vm;

	write_state(machine, that, model);
	vm->registers.rbx = case_linear(&machine->memory, that).raw;
	vm_invept();
	vm_run(vm);
	result->exit = vm->exit.reason;
	result->known = arena_outcome(&vm->exit, &result->outcome);
}

/* --- The judgement --------------------------------------------------------------------------- */

/* The instruction is fetched before its access; what that marks is marked by then. */
static void apply_updates(const struct model_prediction *prediction)
{
	for (unsigned i = 0; i < prediction->update_count; i++)
		*(u32 *)at_hpa(prediction->updates[i].entry) |= (u32)prediction->updates[i].bits;
}

static const struct case_entry *entry_that_differs(const struct case_memory *memory,
						   const struct model_prediction *prediction)
{
	for (unsigned i = 0; i < memory->entry_count; i++) {
		const struct case_entry *entry = &memory->entries[i];
		hpa_t place = hpa((u64)entry->place);

		if (!model_allows_entry(prediction, place, case_entry_read(entry), entry->after))
			return entry;
	}
	return NULL;
}

static enum case_verdict judge(const struct trial *trial, const struct model_outcome *observed,
			       struct case_result *result)
{
	struct case_memory *memory = &trial->machine->memory;
	struct model_prediction *prediction = &result->prediction;

	result->judged = case_code_fetch(trial->that);
	model_predict(trial->model, &result->judged, 0, prediction);
	if (prediction->outcome.event == MODEL_COMPLETES) {
		apply_updates(prediction);
		result->judged = case_access(memory, trial->that);
	}
	if (!model_allows(trial->model, &result->judged, observed, prediction))
		return CASE_OUTCOME_DIFFERS;
	result->entry = entry_that_differs(memory, prediction);
	return result->entry ? CASE_ENTRIES_DIFFER : CASE_AGREES;
}

/* The memory as it was before the access; the judgement of another reading may have marked it. */
static void memory_reset(const struct case_memory *memory)
{
	for (unsigned i = 0; i < memory->entry_count; i++)
		case_entry_write(&memory->entries[i], memory->entries[i].before);
}

static bool quirks_explain(const struct trial *trial, u32 quirks, struct case_result *result)
{
	static struct case_entry seen[CASE_ENTRIES];
	struct case_memory *memory = &trial->machine->memory;
	struct model_outcome observed = result->outcome;
	enum case_verdict verdict;

	memcpy(seen, memory->entries, sizeof(seen));
	quirks_straighten(quirks, memory, trial->model, &observed);
	verdict = judge(trial, &observed, result);
	memcpy(memory->entries, seen, sizeof(seen));
	memory_reset(memory);
	return verdict == CASE_AGREES;
}

/* Of several that would do, those with the lowest numbers. */
static u32 quirks_of(const struct trial *trial, struct case_result *result)
{
	u32 except = trial->machine->except;

	for (u32 quirks = 1; quirks <= except; quirks++)
		if (!(quirks & ~except) && quirks_explain(trial, quirks, result))
			return quirks;
	return 0;
}

static void judge_with_quirks(const struct trial *trial, struct case_result *result)
{
	result->quirks = 0;
	result->verdict = judge(trial, &result->outcome, result);
	if (result->known && !case_differs(result))
		return;
	memory_reset(&trial->machine->memory);
	if (result->known)
		result->quirks = quirks_of(trial, result);
	result->verdict = result->quirks ? CASE_EXCEPTED : judge(trial, &result->outcome, result);
	if (!result->known)
		result->verdict = CASE_OUTCOME_DIFFERS;
}

/* --- Memory that is not the guest's ---------------------------------------------------------- */

static bool is_own(const struct case_memory *memory, hpa_t place)
{
	return place.raw >= memory->start.raw && place.raw < memory->end.raw;
}

/* Only an entry of the guest's that leads elsewhere, or that is a page instead of a table, can get
 * out of the guest's memory. */
static bool may_stray(const struct ept_case *that)
{
	for (unsigned i = 0; i < that->twist_count; i++)
		if (that->twists[i].guest && that->twists[i].bits & (EPT_ADDRESS | PAGING_LARGE))
			return true;
	return false;
}

static bool stays(const struct case_memory *memory, const struct ept_case *that,
		  const struct model *model, struct model_prediction *prediction)
{
	struct model_access access = case_access(memory, that);

	model_predict(model, &access, 0, prediction);
	for (unsigned i = 0; i < prediction->update_count; i++)
		if (!is_own(memory, prediction->updates[i].entry))
			return false;
	for (unsigned i = 0; i < prediction->page_count; i++)
		if (!is_own(memory, prediction->pages[i].address))
			return false;
	return prediction->outcome.event != MODEL_BEYOND_MEMORY;
}

bool case_try(struct case_machine *machine, const struct ept_case *that,
	      struct case_result *result)
{
	struct case_memory *memory = &machine->memory;
	struct model model;
	bool runs;

	case_memory_build(memory, that);
	model = case_model(memory, that);
	runs = !may_stray(that) || stays(memory, that, &model, &result->prediction);
	if (runs) {
		run(machine, that, &model, result);
		case_memory_rewind(memory);
		if (machine->mistake)
			machine->mistake(&model);
		judge_with_quirks(&(struct trial){ machine, that, &model }, result);
	}
	case_memory_restore(memory);
	return runs;
}
