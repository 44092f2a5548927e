/* SPDX-License-Identifier: BSD-2-Clause */
/* JSON: commas, nesting, escaping. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <icmpkit/text.h>

struct page {
	char buf[512];
	struct icmpkit_text text;
	struct icmpkit_json json;
};

static void start(struct page *page)
{
	icmpkit_text_init(&page->text, page->buf, sizeof(page->buf));
	icmpkit_json_init(&page->json, &page->text);
}

static void commas_stand_between_members_and_nowhere_else(void **state)
{
	struct page page;

	(void)state;
	start(&page);
	icmpkit_json_object(&page.json, NULL);
	icmpkit_json_unsigned(&page.json, "a", 1);
	icmpkit_json_array(&page.json, "b");
	icmpkit_json_array(&page.json, NULL);
	icmpkit_json_end_array(&page.json);
	icmpkit_json_object(&page.json, NULL);
	icmpkit_json_end_object(&page.json);
	icmpkit_json_signed(&page.json, NULL, -2);
	icmpkit_json_end_array(&page.json);
	icmpkit_json_bool(&page.json, "c", true);
	icmpkit_json_null(&page.json, "d");
	icmpkit_json_fixed(&page.json, "e", 12, 3);
	icmpkit_json_end_object(&page.json);
	assert_string_equal(page.buf, "{\"a\":1,\"b\":[[],{},-2],\"c\":true,\"d\":null,\"e\":0.012}");
}

static void lines_of_json_have_no_comma_between_them(void **state)
{
	struct page page;

	(void)state;
	start(&page);
	for (int i = 0; i < 2; i++) {
		icmpkit_json_object(&page.json, NULL);
		icmpkit_json_end_object(&page.json);
		icmpkit_text_put_char(&page.text, '\n');
	}
	assert_string_equal(page.buf, "{}\n{}\n");
}

static void strings_are_escaped_and_broken_utf8_is_replaced(void **state)
{
	struct page page;

	(void)state;
	start(&page);
	icmpkit_json_array(&page.json, NULL);
	icmpkit_json_string(&page.json, NULL, "a\"b\\c\n\x1b\x7f");
	icmpkit_json_string_bytes(&page.json, NULL,
				  (struct icmpkit_bytes){(const uint8_t *)"x\xff\xc3\xbc\0", 5});
	icmpkit_json_string(&page.json, NULL, NULL);
	icmpkit_json_end_array(&page.json);
	assert_string_equal(page.buf,
			    "[\"a\\\"b\\\\c\\u000a\\u001b\\u007f\",\"x\\ufffd\xc3\xbc\\u0000\",null]");
}

static void what_turns_or_hides_text_on_a_terminal_is_escaped(void **state)
{
	/* a right-to-left override, a zero-width space, a tag beyond the basic plane */
	static const uint8_t harmful[] = {0xe2, 0x80, 0xae, 0xe2, 0x80, 0x8b, 0xf3, 0xa0, 0x80, 0x81};
	struct page page;

	(void)state;
	start(&page);
	icmpkit_json_array(&page.json, NULL);
	icmpkit_json_string_bytes(&page.json, NULL, (struct icmpkit_bytes){harmful, sizeof(harmful)});
	icmpkit_json_string(&page.json, NULL, "\xf0\x9f\x8c\x8d");
	icmpkit_json_end_array(&page.json);
	assert_string_equal(page.buf, "[\"\\u202e\\u200b\\udb40\\udc01\",\"\xf0\x9f\x8c\x8d\"]");
}

static void absent_values_are_null(void **state)
{
	struct page page;
	struct icmpkit_address none = {0};

	(void)state;
	start(&page);
	icmpkit_json_object(&page.json, NULL);
	icmpkit_json_ns(&page.json, "rtt_ns", ICMPKIT_NEVER_NS);
	icmpkit_json_address(&page.json, "address", &none);
	icmpkit_json_hex(&page.json, "bytes", (struct icmpkit_bytes){(const uint8_t *)"\x0f\xf0", 2});
	icmpkit_json_end_object(&page.json);
	assert_string_equal(page.buf, "{\"rtt_ns\":null,\"address\":null,\"bytes\":\"0ff0\"}");
}

static void nesting_deeper_than_the_writer_can_count_stays_in_bounds(void **state)
{
	struct page page;

	(void)state;
	start(&page);
	for (int i = 0; i < 100; i++)
		icmpkit_json_array(&page.json, NULL);
	for (int i = 0; i < 100; i++)
		icmpkit_json_end_array(&page.json);
	assert_int_equal(page.json.depth, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commas_stand_between_members_and_nowhere_else),
		cmocka_unit_test(lines_of_json_have_no_comma_between_them),
		cmocka_unit_test(strings_are_escaped_and_broken_utf8_is_replaced),
		cmocka_unit_test(what_turns_or_hides_text_on_a_terminal_is_escaped),
		cmocka_unit_test(absent_values_are_null),
		cmocka_unit_test(nesting_deeper_than_the_writer_can_count_stays_in_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
