/* start.c -- makes a machine ready for the cases of a base */
#include "tests/suites/entry/start.h"
#include "tests/suites/entry/host.h"
#include "tests/suites/entry/information.h"
#include "tests/suites/entry/poison.h"

const char *entry_start(struct entry_machine *machine, const struct entry_base *base)
{
	const char *lacks = entry_base_start(machine, base);

	if (lacks) {
		vm_end(&machine->vm);
		return lacks;
	}
	entry_poison_start(machine);
	entry_information_start(&machine->information);
	entry_host_start(machine);
	return NULL;
}

void entry_end(struct entry_machine *machine)
{
	if (!machine->vm.vmcs.raw)
		return;
	entry_host_end();
	vm_end(&machine->vm);
}
