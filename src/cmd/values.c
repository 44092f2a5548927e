/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers and times as users write them. */
#include "cmd/values.h"

#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The digits at the beginning of @text. Return: their count; 0 also when the number is too large. */
static size_t read_digits(const char *text, uint64_t *out)
{
	size_t len = 0;

	*out = 0;
	for (; is_digit(text[len]); len++) {
		uint64_t digit = (uint64_t)(text[len] - '0');

		if (*out > (UINT64_MAX - digit) / 10)
			return 0;
		*out = *out * 10 + digit;
	}
	return len;
}

bool icmpkit_value_number(const char *text, uint64_t min, uint64_t max, uint64_t *out)
{
	uint64_t value;
	size_t len = read_digits(text, &value);

	if (len == 0 || text[len] != '\0' || value < min || value > max)
		return false;
	*out = value;
	return true;
}

static int64_t unit_ns(const char *unit)
{
	static const struct {
		const char *name;
		int64_t ns;
	} units[] = {
		{"", ICMPKIT_NS_PER_S},
		{"s", ICMPKIT_NS_PER_S},
		{"ms", ICMPKIT_NS_PER_MS},
		{"us", ICMPKIT_NS_PER_US},
		{"ns", 1},
		{"m", 60 * ICMPKIT_NS_PER_S},
		{"h", 3600 * ICMPKIT_NS_PER_S},
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcmp(units[i].name, unit) == 0)
			return units[i].ns;
	}
	return 0;
}

/* The digits behind the point, as a share of the unit. Return: how many there are; 0 also when they reach
 * below a nanosecond. */
static size_t read_fraction(const char *digits, int64_t ns_per_unit, int64_t *out_ns)
{
	size_t len = 0;

	*out_ns = 0;
	for (; is_digit(digits[len]); len++) {
		bool is_finest = ns_per_unit == 0 || ns_per_unit % 10 != 0;

		if (is_finest && digits[len] != '0')
			return 0;
		ns_per_unit /= 10;
		*out_ns += ns_per_unit * (digits[len] - '0');
	}
	return len;
}

bool icmpkit_value_seconds(const char *text, int64_t min_ns, int64_t max_ns, int64_t *out_ns)
{
	uint64_t whole;
	size_t len = read_digits(text, &whole);
	int64_t per_unit = unit_ns(text + strspn(text, "0123456789."));
	int64_t fraction_ns = 0;

	if (len == 0 || per_unit == 0 || whole > (uint64_t)(INT64_MAX / per_unit - 1))
		return false;
	if (text[len] == '.') {
		size_t digits = read_fraction(text + len + 1, per_unit, &fraction_ns);

		if (digits == 0)
			return false;
		len += 1 + digits;
	}
	if (unit_ns(text + len) == 0)
		return false;
	int64_t ns = (int64_t)whole * per_unit + fraction_ns;

	if (ns < min_ns || ns > max_ns)
		return false;
	*out_ns = ns;
	return true;
}
