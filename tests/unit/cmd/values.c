/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers and times as users write them: all of it or nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cmd/values.h"

#define UNTOUCHED 12345

static void whole_numbers_are_read_up_to_their_limits(void **state)
{
	static const struct {
		const char *text;
		uint64_t value;
	} cases[] = {
		{"0", 0},
		{"7", 7},
		{"007", 7},
		{"65535", 65535},
		{"9223372036854775808", UINT64_C(9223372036854775808)},
		{"18446744073709551615", UINT64_MAX},
		{"000000000000000000000000000000018446744073709551615", UINT64_MAX},
	};
	uint64_t value = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_true(icmpkit_value_number(cases[i].text, 0, UINT64_MAX, &value));
		assert_true(value == cases[i].value);
	}
	assert_true(icmpkit_value_number("10", 10, 20, &value));
	assert_true(icmpkit_value_number("20", 10, 20, &value));
	value = UNTOUCHED;
	assert_false(icmpkit_value_number("9", 10, 20, &value));
	assert_false(icmpkit_value_number("21", 10, 20, &value));
	assert_int_equal(value, UNTOUCHED);
}

static void what_is_no_whole_number_is_refused(void **state)
{
	static const char *const texts[] = {
		"",
		" ",
		"-",
		"+",
		"-1",
		"+1",
		"-0",
		" 1",
		"1 ",
		"1\n",
		"1.0",
		"1.",
		".1",
		"1e3",
		"0x10",
		"nan",
		"inf",
		"1s",
		"1,000",
		"1_000",
		"one",
		"1 2",
		"--1",
		"18446744073709551616",
		"18446744073709551625",
		"99999999999999999999",
		"184467440737095516150",
		"\xd9\xa1", /* an Arabic-Indic digit */
	};
	uint64_t value = UNTOUCHED;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_false(icmpkit_value_number(texts[i], 0, UINT64_MAX, &value));
		assert_int_equal(value, UNTOUCHED);
	}
}

static void times_are_read_with_and_without_a_unit(void **state)
{
	static const struct {
		const char *text;
		int64_t ns;
	} cases[] = {
		{"0", 0},
		{"1", ICMPKIT_NS_PER_S},
		{"1s", ICMPKIT_NS_PER_S},
		{"0.25", 250 * ICMPKIT_NS_PER_MS},
		{"20ms", 20 * ICMPKIT_NS_PER_MS},
		{"250us", 250 * ICMPKIT_NS_PER_US},
		{"7ns", 7},
		{"5m", 300 * ICMPKIT_NS_PER_S},
		{"1h", 3600 * ICMPKIT_NS_PER_S},
		{"0.5h", 1800 * ICMPKIT_NS_PER_S},
		{"1.5m", 90 * ICMPKIT_NS_PER_S},
		{"0.5ms", 500 * ICMPKIT_NS_PER_US},
		{"1.000000001", ICMPKIT_NS_PER_S + 1},
		{"1.999999999s", 2 * ICMPKIT_NS_PER_S - 1},
		{"0.001us", 1},
		{"0.00000000001h", 36},
		/* Zeros beyond a nanosecond say nothing, and so do no harm. */
		{"1.0000000000000", ICMPKIT_NS_PER_S},
		{"3.0ns", 3},
		{"00.50", 500 * ICMPKIT_NS_PER_MS},
		{"9223372035", INT64_C(9223372035) * ICMPKIT_NS_PER_S},
	};
	int64_t ns = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_true(icmpkit_value_seconds(cases[i].text, 0, INT64_MAX, &ns));
		assert_true(ns == cases[i].ns);
	}
}

static void what_is_no_time_is_refused(void **state)
{
	static const char *const texts[] = {
		"",
		" ",
		"s",
		"ms",
		".",
		".5",
		"1.",
		"1.s",
		"-1",
		"+1",
		"-0.5",
		" 1",
		"1 ",
		"1 s",
		"1S",
		"1Ms",
		"1sec",
		"1d",
		"1.5.5",
		"1..5",
		"1.5ms5",
		"1e3",
		"1e-3",
		"nan",
		"inf",
		"infinity",
		"0x1p3",
		"1,5",
		"1:00",
		"1m30s",
		"1.0000000000001",
		"0.0000000001",
		"0.5ns",
		"0.0001us",
		"0.000000000001h",
		/* more than 64 bits of nanoseconds, or of the unit */
		"9223372037",
		"9223372036854775807",
		"99999999999999999999",
		"18446744073709551616",
		"2562048h",
		"153722868m",
		"9223372036855ms",
		"9223372036854776us",
	};
	int64_t ns = UNTOUCHED;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_false(icmpkit_value_seconds(texts[i], 0, INT64_MAX, &ns));
		assert_int_equal(ns, UNTOUCHED);
	}
}

static void times_have_limits(void **state)
{
	int64_t ns = UNTOUCHED;

	(void)state;
	assert_false(icmpkit_value_seconds("999us", ICMPKIT_NS_PER_MS, ICMPKIT_NS_PER_S, &ns));
	assert_false(icmpkit_value_seconds("1.000000001", ICMPKIT_NS_PER_MS, ICMPKIT_NS_PER_S, &ns));
	assert_false(icmpkit_value_seconds("0", 1, INT64_MAX, &ns));
	assert_int_equal(ns, UNTOUCHED);
	assert_true(icmpkit_value_seconds("0.001", ICMPKIT_NS_PER_MS, ICMPKIT_NS_PER_S, &ns));
	assert_true(ns == ICMPKIT_NS_PER_MS);
	assert_true(icmpkit_value_seconds("1000ms", ICMPKIT_NS_PER_MS, ICMPKIT_NS_PER_S, &ns));
	assert_true(ns == ICMPKIT_NS_PER_S);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_numbers_are_read_up_to_their_limits),
		cmocka_unit_test(what_is_no_whole_number_is_refused),
		cmocka_unit_test(times_are_read_with_and_without_a_unit),
		cmocka_unit_test(what_is_no_time_is_refused),
		cmocka_unit_test(times_have_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
