/* hostile.c -- a guest changes no memory but its own, whatever it tries */
#include "tests/report/test.h"
#include "tests/suites/guest/hostile_guest.h"

struct hostile {
	enum guest_mode mode;
	bool flags;
};

static void run_hostile(const struct test *test)
{
	const struct hostile *row = test->row;
	struct hostile_guest guest;
	struct memory_watch watch;

	if (hostile_guest_start(&guest, row->mode, row->flags) && memory_watch_new(&watch)) {
		hostile_guest_own_pages(&guest, &watch);
		memory_watch_start(&watch);
		hostile_guest_run(&guest);
		memory_watch_expect_unchanged(&watch);
	}
	vm_end(&guest.vm);
}

#define HOSTILE(name, with_flags, title, sentence, section)                                        \
	static const struct hostile name = { MODE_##title, with_flags };                           \
	TEST_ROW(name, run_hostile, &name, "vm/" #name, sentence, section);

#define MODE(number, name, ...)                                                                    \
	HOSTILE(name##_guest_is_confined, false, name,                                             \
		"a hostile guest of mode " #name " changes no memory but its own",                 \
		"EPT Violations")                                                                  \
	HOSTILE(name##_guest_with_ept_flags_is_confined, true, name,                               \
		"with EPT's accessed and dirty flags a hostile guest of mode " #name               \
		" changes no memory but its own",                                                  \
		"Accessed and Dirty Flags for EPT")
#include "vmx/modes.def"
#undef MODE
