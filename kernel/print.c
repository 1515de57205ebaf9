/* print.c -- formatted text for the report */
#include "kernel/print.h"

#include "drivers/serial.h"
#include "kernel/string.h"
#include "kernel/types.h"

/* A text that is being written.  A full room is sent to the sink; without a sink the rest is
 * dropped. */
struct output {
	char *start, *at, *end;
	print_sink_t *sink;             /* null: what does not fit is dropped */
};

struct conversion {
	bool   left, zero, prefix, is_long;
	int    width;
	size_t precision;               /* of %s */
	char   letter;
};

#define NO_PRECISION  (~(size_t)0)
#define DIGITS_MAX    20                /* of 64 bits in decimal */

static char last_sent = '\n';

static void to_serial_line(const char *text, size_t length)
{
	serial_write(text, length);
	if (length > 0)
		last_sent = text[length - 1];
}

static print_sink_t *current_sink = to_serial_line;

print_sink_t *print_to(print_sink_t *sink)
{
	print_sink_t *before = current_sink;

	current_sink = sink;
	return before;
}

static void drain(struct output *output)
{
	output->sink(output->start, (size_t)(output->at - output->start));
	output->at = output->start;
}

static void put(struct output *output, char character)
{
	if (output->at == output->end) {
		if (output->sink == NULL)
			return;
		drain(output);
	}
	*output->at++ = character;
}

static void put_text(struct output *output, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		put(output, text[i]);
}

static void pad(struct output *output, char with, int count)
{
	for (; count > 0; count--)
		put(output, with);
}

static void put_padded(struct output *output, const struct conversion *conversion,
		       const char *text, size_t length)
{
	int padding = conversion->width - (int)length;

	if (!conversion->left)
		pad(output, ' ', padding);
	put_text(output, text, length);
	if (conversion->left)
		pad(output, ' ', padding);
}

static void put_string(struct output *output, const struct conversion *conversion, const char *text)
{
	size_t length = 0;

	while (length < conversion->precision && text[length])
		length++;
	put_padded(output, conversion, text, length);
}

static void put_character(struct output *output, const struct conversion *conversion,
			  char character)
{
	put_padded(output, conversion, &character, 1);
}

static void put_number(struct output *output, const struct conversion *conversion,
		       u64 magnitude, unsigned base, const char *prefix)
{
	char digits[DIGITS_MAX];
	size_t first = sizeof(digits);

	do
		digits[--first] = "0123456789abcdef"[magnitude % base];
	while ((magnitude /= base) != 0);

	size_t prefix_length = strlen(prefix);
	int padding = conversion->width - (int)(prefix_length + sizeof(digits) - first);
	if (!conversion->left && !conversion->zero)
		pad(output, ' ', padding);
	put_text(output, prefix, prefix_length);
	if (!conversion->left && conversion->zero)
		pad(output, '0', padding);
	put_text(output, digits + first, sizeof(digits) - first);
	if (conversion->left)
		pad(output, ' ', padding);
}

static void put_signed(struct output *output, const struct conversion *conversion, int64_t value)
{
	u64 magnitude = value < 0 ? 0 - (u64)value : (u64)value;

	put_number(output, conversion, magnitude, 10, value < 0 ? "-" : "");
}

static void put_hexadecimal(struct output *output, const struct conversion *conversion, u64 value)
{
	put_number(output, conversion, value, 16, conversion->prefix && value != 0 ? "0x" : "");
}

/* va_list is an array type; only inside of a struct can its address be passed on. */
struct arguments {
	va_list list;
};

static const char *read_flags(const char *format, struct conversion *conversion)
{
	for (;; format++)
		switch (*format) {
		case '-': conversion->left = true; break;
		case '0': conversion->zero = true; break;
		case '#': conversion->prefix = true; break;
		default:  return format;
		}
}

static const char *read_number(const char *format, struct arguments *arguments, int *number)
{
	*number = 0;
	if (*format == '*') {
		*number = va_arg(arguments->list, int);
		return format + 1;
	}
	for (; *format >= '0' && *format <= '9'; format++)
		*number = *number * 10 + (*format - '0');
	return format;
}

/* Reads a conversion from behind its %, and returns what stands behind its letter. */
static const char *read_conversion(const char *format, struct arguments *arguments,
				   struct conversion *conversion)
{
	int precision;

	*conversion = (struct conversion){ .precision = NO_PRECISION };
	format = read_flags(format, conversion);
	format = read_number(format, arguments, &conversion->width);
	if (conversion->width < 0) {
		conversion->left = true;
		conversion->width = -conversion->width;
	}
	if (*format == '.') {
		format = read_number(format + 1, arguments, &precision);
		if (precision >= 0)
			conversion->precision = (size_t)precision;
	}
	for (; *format == 'l'; format++)
		conversion->is_long = true;
	conversion->letter = *format;
	return *format ? format + 1 : format;
}

static u64 next_unsigned(const struct conversion *conversion, struct arguments *arguments)
{
	if (conversion->is_long)
		return va_arg(arguments->list, u64);
	return va_arg(arguments->list, u32);
}

static int64_t next_signed(const struct conversion *conversion, struct arguments *arguments)
{
	if (conversion->is_long)
		return va_arg(arguments->list, int64_t);
	return va_arg(arguments->list, int);
}

static void put_conversion(struct output *output, struct conversion *conversion,
			   struct arguments *arguments)
{
	switch (conversion->letter) {
	case 's':
		put_string(output, conversion, va_arg(arguments->list, const char *));
		break;
	case 'c':
		put_character(output, conversion, (char)va_arg(arguments->list, int));
		break;
	case '%':
		put(output, '%');
		break;
	case 'd':
		put_signed(output, conversion, next_signed(conversion, arguments));
		break;
	case 'u':
		put_number(output, conversion, next_unsigned(conversion, arguments), 10, "");
		break;
	case 'p':
		conversion->prefix = conversion->is_long = true;
		put_hexadecimal(output, conversion, next_unsigned(conversion, arguments));
		break;
	case 'x':
		put_hexadecimal(output, conversion, next_unsigned(conversion, arguments));
		break;
	default:                                /* a bug of the caller, made visible (print.h) */
		put_text(output, "%?", 2);
	}
}

static void format_to(struct output *output, const char *format, struct arguments *arguments)
{
	struct conversion conversion;

	while (*format)
		if (*format != '%') {
			put(output, *format++);
		} else {
			format = read_conversion(format + 1, arguments, &conversion);
			put_conversion(output, &conversion, arguments);
		}
}

void print_list(const char *format, va_list list)
{
	char room[128];
	struct output output = { room, room, room + sizeof(room), current_sink };
	struct arguments arguments;

	va_copy(arguments.list, list);
	format_to(&output, format, &arguments);
	va_end(arguments.list);
	drain(&output);
}

void print(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	print_list(format, arguments);
	va_end(arguments);
}

size_t print_list_into(char *text, size_t size, const char *format, va_list list)
{
	struct arguments arguments;

	if (size == 0)
		return 0;
	struct output output = { text, text, text + size - 1, NULL };
	va_copy(arguments.list, list);
	format_to(&output, format, &arguments);
	va_end(arguments.list);
	*output.at = '\0';
	return (size_t)(output.at - output.start);
}

size_t print_into(char *text, size_t size, const char *format, ...)
{
	va_list arguments;
	size_t length;

	va_start(arguments, format);
	length = print_list_into(text, size, format, arguments);
	va_end(arguments);
	return length;
}

void text_add(struct text *text, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	text->length += print_list_into(text->start + text->length, text->size - text->length,
					format, arguments);
	va_end(arguments);
}

void print_at_line_start(void)
{
	print_to(to_serial_line);
	if (last_sent != '\n')
		print("\n");
}
