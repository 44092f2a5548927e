/* SPDX-License-Identifier: BSD-2-Clause */
/* Text: numbers, durations, truncation, and strangers' bytes made harmless. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <icmpkit/text.h>

static void what_does_not_fit_is_left_out_and_remembered(void **state)
{
	/* A heap block of the exact size, so that a sanitizer sees one byte too far. */
	char *buf = malloc(4);
	struct icmpkit_text text;

	(void)state;
	assert_non_null(buf);
	icmpkit_text_init(&text, buf, 4);
	icmpkit_text_put(&text, "abc");
	assert_false(text.truncated);
	icmpkit_text_put_unsigned(&text, 1);
	assert_true(text.truncated);
	assert_string_equal(buf, "abc");
	free(buf);
}

static void numbers_reach_both_ends_of_their_range(void **state)
{
	char buf[128];
	struct icmpkit_text text;

	(void)state;
	icmpkit_text_init(&text, buf, sizeof(buf));
	icmpkit_text_put_signed(&text, INT64_MIN);
	icmpkit_text_put_char(&text, ' ');
	icmpkit_text_put_unsigned(&text, UINT64_MAX);
	icmpkit_text_put_char(&text, ' ');
	icmpkit_text_put_hex(&text, 0xab, 4);
	icmpkit_text_put_char(&text, ' ');
	icmpkit_text_put_signed(&text, 0);
	assert_string_equal(buf, "-9223372036854775808 18446744073709551615 00ab 0");
}

static void durations_are_rounded_to_the_decimals(void **state)
{
	static const struct {
		int64_t ns;
		unsigned int decimals;
		const char *text;
	} cases[] = {
		{1234567, 3, "1.235"},	{1234499, 3, "1.234"},	    {999999, 3, "1.000"},
		{0, 3, "0.000"},	{500000, 0, "1"},	    {499999, 0, "0"},
		{1, 6, "0.000001"},	{-1500000, 1, "-1.5"},	    {45, 3, "0.000"},
		{12000000, 2, "12.00"}, {-1234567, 6, "-1.234567"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char buf[64];
		struct icmpkit_text text;

		icmpkit_text_init(&text, buf, sizeof(buf));
		icmpkit_text_put_ms(&text, cases[i].ns, cases[i].decimals);
		assert_string_equal(buf, cases[i].text);
	}
}

static void columns_are_padded_from_the_start_of_the_line(void **state)
{
	char buf[32];
	struct icmpkit_text text;

	(void)state;
	icmpkit_text_init(&text, buf, sizeof(buf));
	icmpkit_text_put(&text, "xx\n");
	size_t start = text.len;

	icmpkit_text_put(&text, "a");
	icmpkit_text_pad_to(&text, start, 4);
	icmpkit_text_put(&text, "b");
	icmpkit_text_pad_to(&text, start, 2);
	assert_string_equal(buf, "xx\na   b");
}

static const char *escaped(const char *bytes, size_t len, char buf[128])
{
	struct icmpkit_text text;

	icmpkit_text_init(&text, buf, 128);
	icmpkit_text_put_escaped(&text, (struct icmpkit_bytes){(const uint8_t *)bytes, len});
	return buf;
}

static void nothing_that_can_steer_a_terminal_passes(void **state)
{
	char buf[128];

	(void)state;
	assert_string_equal(escaped("\x1b[2J", 4, buf), "\\x1b[2J");
	assert_string_equal(escaped("a\0b\n\x7f", 5, buf), "a\\x00b\\x0a\\x7f");
	assert_string_equal(escaped("\xc2\x9b"
				    "31m",
				    5, buf),
			    "\\xc2\\x9b31m"); /* C1 CSI */
	/* NOLINTNEXTLINE(misc-misleading-bidirectional): the point of the test, and written as escapes */
	assert_string_equal(escaped("\xe2\x80\xae"
				    "x",
				    4, buf),
			    "\\xe2\\x80\\xaex"); /* right-to-left override */
	assert_string_equal(escaped("\xc0\x80\xff\xed\xa0\x80", 6, buf), "\\xc0\\x80\\xff\\xed\\xa0\\x80");
	assert_string_equal(escaped("a\\x41", 5, buf), "a\\\\x41");
	assert_string_equal(escaped("\xf0\x9f\x98", 3, buf), "\\xf0\\x9f\\x98"); /* cut off */
}

static void letters_of_every_script_pass(void **state)
{
	char buf[128];

	(void)state;
	assert_string_equal(escaped("r\xc3\xbct \xe8\xb7\xaf\xe7\x94\xb1", 11, buf),
			    "r\xc3\xbct \xe8\xb7\xaf\xe7\x94\xb1");
}

static void a_cut_text_does_not_end_in_half_a_character(void **state)
{
	char buf[4];
	struct icmpkit_text text;

	(void)state;
	icmpkit_text_init(&text, buf, sizeof(buf));
	icmpkit_text_put_escaped(&text, (struct icmpkit_bytes){(const uint8_t *)"ab\xc3\xbc", 4});
	assert_string_equal(buf, "ab");
	assert_true(text.truncated);
}

static void our_errors_have_words_and_the_kernels_have_not(void **state)
{
	(void)state;
	for (int err = ICMPKIT_ERR_TRUNCATED; err >= ICMPKIT_ERR_UNSUPPORTED; err--)
		assert_non_null(icmpkit_error_text(err));
	assert_null(icmpkit_error_text(-1));
	assert_null(icmpkit_error_text(-4095));
	assert_null(icmpkit_error_text(ICMPKIT_ERR_UNSUPPORTED - 1));
	assert_null(icmpkit_error_text(INT32_MIN));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_does_not_fit_is_left_out_and_remembered),
		cmocka_unit_test(numbers_reach_both_ends_of_their_range),
		cmocka_unit_test(durations_are_rounded_to_the_decimals),
		cmocka_unit_test(columns_are_padded_from_the_start_of_the_line),
		cmocka_unit_test(nothing_that_can_steer_a_terminal_passes),
		cmocka_unit_test(letters_of_every_script_pass),
		cmocka_unit_test(a_cut_text_does_not_end_in_half_a_character),
		cmocka_unit_test(our_errors_have_words_and_the_kernels_have_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
