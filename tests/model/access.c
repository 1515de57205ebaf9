/* access.c -- a whole access, from its linear address to its end */
#include "tests/model/access_rights.h"
#include "tests/model/ept.h"
#include "tests/model/flags.h"
#include "tests/model/guest_paging.h"
#include "tests/model/sub_page.h"

/* SDM vol. 3, "EPT Violations": the permission that a fetch needs depends on the address, and not
 * on the CPL. */
static u64 fetch_permission(const struct walk *walk, const struct guest_walk *guest)
{
	bool by_mode = walk->model->controls.mode_based_execute;

	return by_mode && guest->common & PAGING_US ? EPT_USER_EXECUTE : EPT_EXECUTE;
}

static u64 wanted_permissions(const struct walk *walk, const struct guest_walk *guest)
{
	static const u64 of_data[] = {
		[MODEL_READ]              = EPT_READ,
		[MODEL_WRITE]             = EPT_WRITE,
		[MODEL_READ_MODIFY_WRITE] = EPT_READ | EPT_WRITE,
	};
	enum model_access_kind kind = walk->access->kind;

	return kind == MODEL_FETCH ? fetch_permission(walk, guest) : of_data[kind];
}

static u64 advanced_information(const struct guest_walk *guest)
{
	return (guest->common & PAGING_US ? VIOLATION_USER_ADDRESS : 0)
		| (guest->common & PAGING_RW ? VIOLATION_READ_WRITE_PAGE : 0)
		| (guest->any & PAGING_XD ? VIOLATION_EXECUTE_DISABLE : 0);
}

/* SDM vol. 3, "Basic VM-Exit Information": a read-modify-write sets bit 1, and may set bit 0. */
static void refuse(struct walk *walk, const struct guest_walk *guest,
		   const struct ept_translation *translation)
{
	static const u64 accesses[] = {
		[MODEL_READ]              = VIOLATION_READ,
		[MODEL_WRITE]             = VIOLATION_WRITE,
		[MODEL_READ_MODIFY_WRITE] = VIOLATION_READ | VIOLATION_WRITE,
		[MODEL_FETCH]             = VIOLATION_FETCH,
	};
	enum model_access_kind kind = walk->access->kind;
	u64 undefined = kind == MODEL_READ_MODIFY_WRITE ? VIOLATION_READ : 0;
	u64 qualification = accesses[kind] | advanced_information(guest);

	if (!walk->model->processor.advanced_information)
		undefined |= VIOLATION_ADVANCED;
	qualification |= VIOLATION_LINEAR_VALID | VIOLATION_LINEAR_TRANSLATION;
	ept_refuse(walk, translation, qualification, undefined);
}

static bool access_page(struct walk *walk, const struct guest_walk *guest,
			struct ept_translation *translation)
{
	u64 wanted = wanted_permissions(walk, guest);
	enum ept_answer answer = ept_access(walk, guest->address, wanted, translation);

	if (answer == EPT_ALLOWED)
		return true;
	if (answer == EPT_REFUSED && (wanted & ~translation->common) == EPT_WRITE)
		answer = sub_page_access(walk, translation);
	if (answer == EPT_REFUSED)
		refuse(walk, guest, translation);
	return answer == EPT_ALLOWED
		&& (!walk->ept_flags || flags_set_in_ept(walk, translation, true));
}

static void note_page(struct walk *walk, const struct ept_translation *translation, unsigned part)
{
	walk->prediction->pages[part] = (struct model_page){
		.address     = translation->to,
		.memory_type = (translation->last & EPT_MEMORY_TYPE) >> 3,
		.ignore_pat  = translation->last & EPT_IGNORE_PAT,
	};
	walk->prediction->page_count++;
}

/* The part of the access that lies in one page. */
static bool access_part(struct walk *walk, unsigned part)
{
	bool writes = kind_writes(walk->access->kind);
	bool flags_last = walk->choices & MODEL_FLAGS_AFTER_ACCESS;
	struct ept_translation translation;
	struct guest_walk guest;

	if (!guest_translate(walk, &guest) || !rights_permit(walk, &guest))
		return false;
	if (!flags_last && !guest_set_flags(walk, &guest, writes))
		return false;
	if (!access_page(walk, &guest, &translation))
		return false;
	note_page(walk, &translation, part);
	return !flags_last || guest_set_flags(walk, &guest, writes);
}

static gla_t truncated(const struct model_guest *guest, u64 linear)
{
	return gla(guest->in_64bit_mode ? linear : (u32)linear);
}

static bool is_canonical(const struct model_guest *guest, gla_t linear)
{
	u64 upper = BITS(63, guest->cr4 & CR4_LA57 ? 56 : 47);

	return !guest->in_64bit_mode || (linear.raw & upper) == 0 || (linear.raw & upper) == upper;
}

static bool access_in_page(struct walk *walk, unsigned part, u64 linear, unsigned size)
{
	walk->linear = gla(linear);
	walk->size = size;
	return access_part(walk, part);
}

/* The SDM does not say which of the two pages the processor translates first. */
static void access_two_pages(struct walk *walk, u64 first, u64 last, unsigned size_of_last)
{
	unsigned size_of_first = walk->access->size - size_of_last;

	walk->crosses = true;
	walk->prediction->choices_open |= MODEL_LAST_PAGE_FIRST;
	if (!(walk->choices & MODEL_LAST_PAGE_FIRST)) {
		if (access_in_page(walk, 0, first, size_of_first))
			access_in_page(walk, 1, last, size_of_last);
	} else {
		if (access_in_page(walk, 1, last, size_of_last))
			access_in_page(walk, 0, first, size_of_first);
	}
}

static void access_linear(struct walk *walk)
{
	const struct model_guest *guest = &walk->model->guest;
	gla_t first = truncated(guest, walk->access->linear.raw);
	gla_t last = truncated(guest, first.raw + walk->access->size - 1);
	unsigned size_of_last = (last.raw & BITS(11, 0)) + 1;

	if (!is_canonical(guest, first) || !is_canonical(guest, last))
		walk_end(walk, (struct model_outcome){ .event = MODEL_NOT_CANONICAL }, 0);
	else if (size_of_last < walk->access->size)
		access_two_pages(walk, first.raw, last.raw & ~BITS(11, 0), size_of_last);
	else
		access_in_page(walk, 0, first.raw, walk->access->size);
}

/* SDM vol. 3, "PDPTE Registers", "EPT Violations": the load has no linear address, and it counts as
 * a read even if EPT has accessed and dirty flags. */
static void load_pdptes(struct walk *walk)
{
	gpa_t table = gpa(walk->model->guest.cr3 & BITS(31, 5));
	struct ept_translation translation;
	enum ept_answer answer = ept_access(walk, table, EPT_READ, &translation);

	if (answer == EPT_REFUSED)
		ept_refuse(walk, &translation, VIOLATION_READ, VIOLATION_ADVANCED);
	if (answer == EPT_ALLOWED)
		note_page(walk, &translation, 0);
}

void model_predict(const struct model *model, const struct model_access *access, unsigned choices,
		   struct model_prediction *prediction)
{
	struct walk walk = walk_start(model, access, choices, prediction);

	if (access->kind == MODEL_LOAD_PDPTES)
		load_pdptes(&walk);
	else
		access_linear(&walk);
}
