/* print.h -- formatted text for the report
 *
 * Formats: %s %c %d %u %x %p %%, with the length l (64 bits), the flags 0, - and #, and a width,
 * given in digits or as *.  %#x writes 0x.  %s takes a precision (%.*s).  Anything else is a bug
 * and shows as %?.
 */
#ifndef PRINT_H
#define PRINT_H

#include <stdarg.h>
#include <stddef.h>

/* Where print() sends its characters; the serial line unless somebody says otherwise.
 * Returns the sink that was in force. */
typedef void print_sink_t(const char *text, size_t length);
print_sink_t *print_to(print_sink_t *sink);

__attribute__((format(printf, 1, 2))) void print(const char *format, ...);
__attribute__((format(printf, 1, 0))) void print_list(const char *format, va_list arguments);

/* Makes print() write to the serial line again, and there at the start of a line: for panics. */
void print_at_line_start(void);

/* Writes at most size bytes, the closing zero included; returns the length of what was written. */
__attribute__((format(printf, 3, 4)))
size_t print_into(char *text, size_t size, const char *format, ...);
__attribute__((format(printf, 3, 0)))
size_t print_list_into(char *text, size_t size, const char *format, va_list arguments);

/* A text that grows at its end and never beyond its size; what does not fit is dropped. */
struct text {
	char *start;
	size_t size, length;
};
#define TEXT_IN(array) (struct text){ .start = (array), .size = sizeof(array) }
__attribute__((format(printf, 2, 3))) void text_add(struct text *text, const char *format, ...);

#endif
