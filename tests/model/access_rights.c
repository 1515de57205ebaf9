/* access_rights.c -- what the guest's paging permits, and the page fault of what it forbids */
#include "tests/model/access_rights.h"

static bool is_user_mode(const struct walk *walk)
{
	return walk->model->guest.cpl == 3 && !walk->access->implicit;
}

static bool smap_permits(const struct walk *walk)
{
	const struct model_guest *guest = &walk->model->guest;

	return !(guest->cr4 & CR4_SMAP)
		|| (guest->rflags & RFLAGS_AC && !walk->access->implicit);
}

static bool supervisor_may(const struct walk *walk, const struct guest_walk *guest,
			   enum model_access_kind kind)
{
	bool user_address = guest->common & PAGING_US;

	if (kind == MODEL_FETCH)
		return !(guest->any & PAGING_XD)
			&& !(user_address && walk->model->guest.cr4 & CR4_SMEP);
	if (user_address && !smap_permits(walk))
		return false;
	return !kind_writes(kind) || guest->common & PAGING_RW
		|| !(walk->model->guest.cr0 & CR0_WP);
}

static bool user_may(const struct guest_walk *guest, enum model_access_kind kind)
{
	if (!(guest->common & PAGING_US))
		return false;
	if (kind == MODEL_FETCH)
		return !(guest->any & PAGING_XD);
	return !kind_writes(kind) || guest->common & PAGING_RW;
}

static bool permits(const struct walk *walk, const struct guest_walk *guest,
		    enum model_access_kind kind)
{
	return is_user_mode(walk) ? user_may(guest, kind) : supervisor_may(walk, guest, kind);
}

static bool reports_fetches(const struct model_guest *guest)
{
	return guest->cr4 & CR4_SMEP || (guest->cr4 & CR4_PAE && guest->efer & EFER_NXE);
}

/* If the read of a read-modify-write would fault by itself, the fault may be reported as that of a
 * read. */
static void page_fault(struct walk *walk, u64 code, bool read_faults)
{
	enum model_access_kind kind = walk->access->kind;
	bool either = kind == MODEL_READ_MODIFY_WRITE && read_faults;
	struct model_outcome outcome = { .event = MODEL_PAGE_FAULT, .linear = walk->linear };

	if (kind_writes(kind))
		code |= FAULT_WR;
	if (is_user_mode(walk))
		code |= FAULT_US;
	if (kind == MODEL_FETCH && reports_fetches(&walk->model->guest))
		code |= FAULT_ID;
	outcome.code = code;
	walk_end(walk, outcome, either ? FAULT_WR : 0);
}

void rights_no_translation(struct walk *walk, u64 code)
{
	page_fault(walk, code, true);
}

bool rights_permit(struct walk *walk, const struct guest_walk *guest)
{
	if (permits(walk, guest, walk->access->kind))
		return true;
	page_fault(walk, FAULT_P, !permits(walk, guest, MODEL_READ));
	return false;
}
