/* SPDX-License-Identifier: BSD-2-Clause */
/* Text into a buffer of fixed size: what does not fit is left out and remembered. */
#include <icmpkit/text.h>

#include <string.h>

void icmpkit_text_init(struct icmpkit_text *text, char *buf, size_t cap)
{
	*text = (struct icmpkit_text){.buf = buf, .cap = cap};
	buf[0] = '\0';
}

void icmpkit_text_put_bytes(struct icmpkit_text *text, const char *data, size_t len)
{
	size_t room = text->cap - 1 - text->len;

	if (len > room) {
		text->truncated = true;
		len = room;
	}
	if (len > 0)
		memcpy(text->buf + text->len, data, len);
	text->len += len;
	text->buf[text->len] = '\0';
}

void icmpkit_text_put(struct icmpkit_text *text, const char *string)
{
	icmpkit_text_put_bytes(text, string, strlen(string));
}

void icmpkit_text_put_char(struct icmpkit_text *text, char c)
{
	icmpkit_text_put_bytes(text, &c, 1);
}

/* The digits of @value to the base, at least @digits of them, right-aligned in @buf; gives where they begin.
 */
static const char *format_digits(char buf[64], uint64_t value, unsigned int base, unsigned int digits)
{
	char *p = buf + 64;

	while (p > buf && (value > 0 || digits > 0 || p == buf + 64)) {
		/* cppcheck-suppress zerodivcond; the base is 10 or 16 */
		*--p = "0123456789abcdef"[value % base];
		value /= base;
		digits -= digits > 0;
	}
	return p;
}

static void put_digits(struct icmpkit_text *text, uint64_t value, unsigned int base, unsigned int digits)
{
	char buf[64];
	const char *first = format_digits(buf, value, base, digits);

	icmpkit_text_put_bytes(text, first, (size_t)(buf + sizeof(buf) - first));
}

void icmpkit_text_put_unsigned(struct icmpkit_text *text, uint64_t value)
{
	put_digits(text, value, 10, 1);
}

/* The distance from zero; also of INT64_MIN, which has no positive counterpart. */
static uint64_t magnitude(int64_t value)
{
	return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

void icmpkit_text_put_signed(struct icmpkit_text *text, int64_t value)
{
	if (value < 0)
		icmpkit_text_put_char(text, '-');
	put_digits(text, magnitude(value), 10, 1);
}

void icmpkit_text_put_hex(struct icmpkit_text *text, uint64_t value, unsigned int digits)
{
	put_digits(text, value, 16, digits);
}

void icmpkit_text_put_hex_bytes(struct icmpkit_text *text, struct icmpkit_bytes bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		put_digits(text, bytes.data[i], 16, 2);
}

static uint64_t power_of_ten(unsigned int exponent)
{
	uint64_t power = 1;

	while (exponent-- > 0)
		power *= 10;
	return power;
}

void icmpkit_text_put_fixed(struct icmpkit_text *text, int64_t value, unsigned int decimals)
{
	uint64_t scale = power_of_ten(decimals);

	if (value < 0)
		icmpkit_text_put_char(text, '-');
	put_digits(text, magnitude(value) / scale, 10, 1);
	if (decimals > 0) {
		icmpkit_text_put_char(text, '.');
		put_digits(text, magnitude(value) % scale, 10, decimals);
	}
}

void icmpkit_text_put_ms(struct icmpkit_text *text, int64_t duration_ns, unsigned int decimals)
{
	uint64_t unit = power_of_ten(6 - decimals);
	uint64_t units = magnitude(duration_ns) / unit + (magnitude(duration_ns) % unit >= (unit + 1) / 2);

	icmpkit_text_put_fixed(text, duration_ns < 0 ? -(int64_t)units : (int64_t)units, decimals);
}

void icmpkit_text_pad_to(struct icmpkit_text *text, size_t line_start, size_t column)
{
	while (text->len < line_start + column && !text->truncated)
		icmpkit_text_put_char(text, ' ');
}
