/* fuzz_script.c -- libFuzzer throws modules at the loader
 * links: tests/script/script.c tests/script/script_check.c tests/script/check.c
 * links: tests/script/regions.c tests/script/steps.c tests/script/order.c
 * links: tests/script/state_checks.c tests/script/memory_checks.c tests/script/root_checks.c
 * links: tests/module/module.c
 * links: kernel/print.c
 *
 *      fuzz_script -dict=tests/host/fuzz_script.dict CORPUS    (assembled scenarios are a good one)
 */
#include "drivers/serial.h"
#include "tests/host/script_exercise.h"

/* kernel/print.c calls it to print; nothing is printed here. */
void serial_write(const char *text, size_t length)
{
	(void)text;
	(void)length;
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	script_exercise_module(data, size);
	return 0;
}
