/* print_test.c -- print() against the C library's printf, which shares no code with it
 * links: kernel/print.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/serial.h"
#include "kernel/print.h"

/* What print() sent to the serial line. */
static char sent[4096];
static size_t sent_length;

void serial_write(const char *text, size_t length)
{
	assert_true(length <= sizeof(sent) - sent_length);
	memcpy(sent + sent_length, text, length);
	sent_length += length;
}

/* What C says.  This is a function of its own because a compiler warns of a snprintf() that it sees
 * cut its text off, and here that is what is tried. */
__attribute__((format(printf, 3, 4)))
static int as_in_c(char *text, size_t size, const char *format, ...)
{
	va_list arguments;
	int whole;

	va_start(arguments, format);
	whole = vsnprintf(text, size, format, arguments);
	va_end(arguments);
	return whole;
}

/* Both must write the same into a buffer of this size, and neither may write past it. */
#define SAME_IN(size, ...)                                                                         \
	do {                                                                                       \
		char ours[size], theirs[size];                                                     \
		size_t length = print_into(ours, size, __VA_ARGS__);                               \
		int whole = as_in_c(theirs, size, __VA_ARGS__);                                    \
		assert_string_equal(ours, theirs);                                                 \
		assert_int_equal(length, whole < (size) ? whole : (size) - 1);                     \
	} while (0)

#define SAME(...)                                                                                  \
	do {                                                                                       \
		SAME_IN(200, __VA_ARGS__);                                                         \
		SAME_IN(7, __VA_ARGS__);                                                           \
		SAME_IN(1, __VA_ARGS__);                                                           \
	} while (0)

static const uint64_t values[] = {
	0, 1, 9, 10, 255, 256, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000,
	0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff,
};

#define EACH_VALUE(type, value)                                                                    \
	for (size_t i_ = 0; i_ < sizeof(values) / sizeof *values; i_++)                            \
		for (type value = (type)values[i_], *once_ = &value; once_; once_ = NULL)

static void numbers_come_out_as_in_c(void **state)
{
	(void)state;
	EACH_VALUE(int, value) {
		SAME("%d", value);
		SAME("%5d|%-5d|%05d", value, value, value);
	}
	EACH_VALUE(unsigned, value) {
		SAME("%u %x %#x", value, value, value);
		SAME("%12u|%-12x|%012x|%#12x|%#012x", value, value, value, value, value);
	}
	EACH_VALUE(long, value) {
		SAME("%ld", value);
		SAME("%22ld|%-22ld|%022ld", value, value, value);
	}
	EACH_VALUE(unsigned long, value) {
		SAME("%lu %lx %#lx", value, value, value);
		SAME("%22lu|%-22lx|%022lx|%#22lx|%#018lx", value, value, value, value, value);
	}
}

static void widths_may_be_arguments(void **state)
{
	(void)state;
	for (int width = -30; width <= 30; width++) {
		SAME("%*d|%-*d|%0*d", width, -5, width, 77, width, 123);
		SAME("%*s|%-*s", width, "text", width, "text");
		SAME("%#*lx", width, 0xabcul);
	}
}

static void texts_and_precisions_come_out_as_in_c(void **state)
{
	static const char unterminated[3] = { 'a', 'b', 'c' };

	(void)state;
	SAME("%s", "");
	SAME("%s and %s", "one", "the other");
	SAME("%10s|%-10s|%2s", "right", "left", "wider");
	for (int precision = -1; precision <= 8; precision++)
		SAME("%.*s|%9.*s|%-9.*s", precision, "text", precision, "text", precision, "text");
	SAME("%.0s|%.2s|%.s", "text", "text", "text");
	SAME("%.3s", unterminated);
	SAME("%.*s", 2, unterminated);
}

static void characters_and_percents_come_out_as_in_c(void **state)
{
	(void)state;
	SAME("%c%c|%3c|%-3c|", 'a', 'b', 'c', 'd');
	SAME("100%% of %d%%", 5);
	SAME("no conversion");
	SAME("%s", "%d is not looked at twice");
}

static void pointers_come_out_as_in_c(void **state)
{
	char here;

	(void)state;
	SAME("%p|%20p|%-20p", (void *)&here, (void *)&here, (void *)&here);
}

/* One conversion, put together at random; what C leaves undefined is left out. */
static void random_format(char *format, char letter)
{
	static const char *const lengths[] = { "", "l" };
	bool text = letter == 's' || letter == 'c';

	format += sprintf(format, "<%%");
	if (random() % 3 == 0)
		*format++ = '-';
	if (!text && random() % 3 == 0)
		*format++ = '0';
	if (letter == 'x' && random() % 2 == 0)
		*format++ = '#';
	if (random() % 2 == 0)
		format += sprintf(format, "%ld", 1 + random() % 40);
	if (letter == 's' && random() % 2 == 0)
		format += sprintf(format, ".%ld", random() % 12);
	sprintf(format, "%s%c>", text ? "" : lengths[random() % 2], letter);
}

static void random_conversions_come_out_as_in_c(void **state)
{
	char format[40];

	(void)state;
	srandom(1);
	for (int i = 0; i < 200000; i++) {
		char letter = "duxsc"[random() % 5];
		uint64_t value = ((uint64_t)random() << 33 ^ (uint64_t)random()) >> random() % 64;
		random_format(format, letter);
		if (letter == 's')
			SAME_IN(64, format, "some text");
		else if (letter == 'c')
			SAME_IN(64, format, 'a' + (int)(value % 26));
		else
			SAME_IN(64, format, value);
	}
}

static void what_is_not_a_conversion_is_seen(void **state)
{
	static const char *const wrong[] = { "%", "%5", "%l", "%-", "%.", "%f", "%i", "%zu", "%*" };
	char text[64];

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof *wrong; i++) {
		print_into(text, sizeof(text), wrong[i], 1, 2);
		assert_memory_equal(text, "%?", 2);
	}
}

static void no_room_is_left_alone(void **state)
{
	char untouched = 'x';

	(void)state;
	assert_int_equal(print_into(&untouched, 0, "text"), 0);
	assert_int_equal(untouched, 'x');
}

static void a_text_grows_at_its_end_and_stops_at_its_size(void **state)
{
	char room[9] = "xxxxxxxx";
	struct text text = TEXT_IN(room);

	(void)state;
	text_add(&text, "%u ", 12);
	text_add(&text, "%s", "abc");
	assert_string_equal(room, "12 abc");
	text_add(&text, "%s", "defg");
	assert_string_equal(room, "12 abcde");
	assert_int_equal(text.length, 8);
	text_add(&text, "more");
	assert_string_equal(room, "12 abcde");
}

static void a_long_text_reaches_the_serial_line_whole(void **state)
{
	char expected[1100];

	(void)state;
	sent_length = 0;
	print("%1000d|%s\n", 5, "end");
	snprintf(expected, sizeof(expected), "%1000d|%s\n", 5, "end");
	assert_int_equal(sent_length, strlen(expected));
	assert_memory_equal(sent, expected, sent_length);
}

static size_t sink_calls;

static void count_calls(const char *text, size_t length)
{
	(void)text;
	sink_calls += length > 0;
}

static void a_sink_takes_the_place_of_the_serial_line(void **state)
{
	(void)state;
	sent_length = sink_calls = 0;
	print_sink_t *before = print_to(count_calls);
	print("to the sink");
	assert_ptr_equal(print_to(before), count_calls);
	assert_int_equal(sink_calls, 1);
	assert_int_equal(sent_length, 0);
	print("to the line");
	assert_int_equal(sent_length, 11);
}

static void a_panic_gets_a_line_of_its_own(void **state)
{
	(void)state;
	print("half a line");
	print_to(count_calls);
	sent_length = 0;
	print_at_line_start();
	print("Bail out!\n");
	assert_memory_equal(sent, "\nBail out!\n", 11);
	print_at_line_start();
	assert_int_equal(sent_length, 11);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_come_out_as_in_c),
		cmocka_unit_test(widths_may_be_arguments),
		cmocka_unit_test(texts_and_precisions_come_out_as_in_c),
		cmocka_unit_test(characters_and_percents_come_out_as_in_c),
		cmocka_unit_test(pointers_come_out_as_in_c),
		cmocka_unit_test(random_conversions_come_out_as_in_c),
		cmocka_unit_test(what_is_not_a_conversion_is_seen),
		cmocka_unit_test(no_room_is_left_alone),
		cmocka_unit_test(a_text_grows_at_its_end_and_stops_at_its_size),
		cmocka_unit_test(a_long_text_reaches_the_serial_line_whole),
		cmocka_unit_test(a_sink_takes_the_place_of_the_serial_line),
		cmocka_unit_test(a_panic_gets_a_line_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
