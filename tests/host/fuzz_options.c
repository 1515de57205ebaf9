/* fuzz_options.c -- no command line, however odd, harms the parser or the picking of names
 * links: tests/report/glob.c tests/report/options.c
 */
#include <stdlib.h>
#include <string.h>

#include "tests/report/options.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *line = malloc(size + 1);
	struct options options;

	memcpy(line, data, size);
	line[size] = 0;
	options = options_parse(line);
	if (options.allowed && (options.wrong.start < line ||
				options.wrong.start + options.wrong.length > line + size))
		abort();
	if (!options.from)
		abort();
	options_pick(&options, "ept/write_to_read_only_page", false);
	options_pick(&options, "fault/hang", true);
	free(line);
	return 0;
}
