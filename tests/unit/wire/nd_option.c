/* SPDX-License-Identifier: BSD-2-Clause */
/* Neighbour discovery options: the walk, the redirected header, text and JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <icmpkit/message.h>

#include "exact.h"
#include "wire/nd_option.h"

static void options_are_walked_and_a_bad_one_ends_the_walk(void **state)
{
	static const struct {
		const char *hex;
		size_t options;
		bool malformed;
	} cases[] = {
		{"", 0, false},
		{"0101020304050607 c802000000000000 0000000000000000", 2, false},
		{"0101020304050607 0500", 1, true}, /* RFC 4861 4.6: a length of zero */
		{"0102020304050607", 0, true},	    /* past the end */
		{"0101020304050607 01", 1, true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct icmpkit_bytes options = exact_hex(cases[i].hex);
		struct icmpkit_nd_option_reader reader;
		struct icmpkit_nd_option option;
		size_t count = 0;

		icmpkit_nd_option_reader_init(&reader, options);
		while (icmpkit_nd_option_next(&reader, &option))
			count++;
		assert_int_equal(count, cases[i].options);
		assert_int_equal(reader.malformed, cases[i].malformed);
		exact_free(options);
	}
}

static void the_redirected_header_is_found_behind_other_options(void **state)
{
	struct icmpkit_bytes options = exact_hex("0201020304050607 0402000000000000 6000000000000000");
	struct icmpkit_bytes quote = icmpkit_nd_redirected_header(options);

	(void)state;
	assert_int_equal(quote.len, 8);
	assert_ptr_equal(quote.data, options.data + 16);
	exact_free(options);
	options = exact_hex("0201020304050607");
	assert_int_equal(icmpkit_nd_redirected_header(options).len, 0);
	exact_free(options);
	/* a redirected header without a datagram */
	options = exact_hex("0401000000000000");
	assert_int_equal(icmpkit_nd_redirected_header(options).len, 0);
	exact_free(options);
}

static void every_truncation_is_malformed_or_ends_between_options(void **state)
{
	struct icmpkit_bytes whole = exact_hex("0201020304050607 0402000000000000 6000000000000000");

	(void)state;
	for (size_t len = 0; len <= whole.len; len++) {
		struct icmpkit_bytes cut = exact(whole.data, len);
		struct icmpkit_nd_option_reader reader;
		struct icmpkit_nd_option option;

		icmpkit_nd_option_reader_init(&reader, cut);
		while (icmpkit_nd_option_next(&reader, &option))
			continue;
		assert_int_equal(reader.malformed, len != 0 && len != 8 && len != 24);
		exact_free(cut);
	}
	exact_free(whole);
}

static void shows(const char *hex, const char *text_wanted, const char *json_wanted)
{
	struct icmpkit_bytes options = exact_hex(hex);
	char buf[1024];
	struct icmpkit_text text;
	struct icmpkit_json json;

	icmpkit_text_init(&text, buf, sizeof(buf));
	icmpkit_nd_options_text(options, &text);
	assert_string_equal(buf, text_wanted);
	icmpkit_text_init(&text, buf, sizeof(buf));
	icmpkit_json_init(&json, &text);
	icmpkit_json_object(&json, NULL);
	icmpkit_nd_options_json(options, &json);
	icmpkit_json_end_object(&json);
	assert_string_equal(buf, json_wanted);
	exact_free(options);
}

static void options_are_shown_as_text_and_json(void **state)
{
	(void)state;
	shows("0201020304050607 c801010203040506 0402000000000000 6000000000000000",
	      ", target link-layer address 02:03:04:05:06:07, option 200 (8 bytes), "
	      "redirected header of 8 bytes",
	      "{\"options\":[{\"type\":2,\"length\":1,\"name\":\"target link-layer address\","
	      "\"address\":\"02:03:04:05:06:07\"},{\"type\":200,\"length\":1,\"name\":\"unknown option\","
	      "\"body\":\"010203040506\"},{\"type\":4,\"length\":2,\"name\":\"redirected header\","
	      "\"quote_bytes\":8}],\"options_malformed\":false}");
	/* an address that is not Ethernet's, and an option that runs past the end */
	shows("0102000102030405 060708090a0b0c0d 0105",
	      ", source link-layer address 000102030405060708090a0b0c0d, options malformed",
	      "{\"options\":[{\"type\":1,\"length\":2,\"name\":\"source link-layer address\","
	      "\"address\":\"000102030405060708090a0b0c0d\"}],\"options_malformed\":true}");
}

static void options_past_the_most_that_is_shown_are_counted(void **state)
{
	uint8_t *many = calloc(40, 8);
	char *buf = malloc(16384);
	struct icmpkit_text text;
	struct icmpkit_json json;

	(void)state;
	assert_non_null(many);
	assert_non_null(buf);
	for (size_t i = 0; i < 40; i++)
		memcpy(many + 8 * i, (const uint8_t[]){0xff, 1}, 2);
	icmpkit_text_init(&text, buf, 16384);
	icmpkit_nd_options_text((struct icmpkit_bytes){many, 320}, &text);
	assert_non_null(strstr(buf, ", 8 more options"));
	icmpkit_text_init(&text, buf, 16384);
	icmpkit_json_init(&json, &text);
	icmpkit_json_object(&json, NULL);
	icmpkit_nd_options_json((struct icmpkit_bytes){many, 320}, &json);
	assert_non_null(strstr(buf, "\"options_omitted\":8"));
	free(buf);
	free(many);
}

/* The body of any option may end anywhere: nothing is read behind it, and the JSON stays an object. */
static void every_known_option_may_be_cut_at_every_byte(void **state)
{
	uint8_t full[80];
	char buf[2048];
	size_t known = 0;

	(void)state;
	memset(full, 0xa5, sizeof(full));
	for (unsigned int type = 0; type < 256; type++) {
		const struct icmpkit_record *record = icmpkit_nd_option_record((uint8_t)type);

		known += record != NULL;
		for (size_t len = 0; record != NULL && len <= sizeof(full); len++) {
			struct icmpkit_bytes body = exact(full, len);
			struct icmpkit_text text;
			struct icmpkit_json json;

			icmpkit_text_init(&text, buf, sizeof(buf));
			icmpkit_record_text(record, body, &text);
			assert_true(!text.truncated);
			assert_true((strstr(buf, "(cut)") != NULL) == (len < record->fixed_bytes));
			icmpkit_text_init(&text, buf, sizeof(buf));
			icmpkit_json_init(&json, &text);
			icmpkit_json_object(&json, NULL);
			icmpkit_record_json(record, body, &json);
			icmpkit_json_end_object(&json);
			assert_true(!text.truncated);
			assert_true((strstr(buf, "truncated") != NULL) == (len < record->fixed_bytes));
			exact_free(body);
		}
	}
	assert_int_equal(known, 30);
}

static void every_known_option_names_itself_and_its_rest(void **state)
{
	(void)state;
	for (unsigned int type = 0; type < 256; type++) {
		const struct icmpkit_record *record = icmpkit_nd_option_record((uint8_t)type);

		if (record == NULL)
			continue;
		assert_non_null(record->name);
		assert_non_null(record->rfc);
		assert_true((record->rest == REST_NOTHING) == (record->rest_name == NULL));
	}
}

/* As many options as will be shown, of bytes that take the most room: there is room for them all. */
static void the_worst_options_have_room_in_a_message(void **state)
{
	static const struct {
		uint8_t type, units, fill;
	} worst[] = {{37, 20, 0x1b}, {31, 20, 1},     {25, 1, 0},   {25, 20, 0xab}, {11, 20, 0xab},
		     {36, 1, 0xff},  {37, 255, 0x1b}, {31, 255, 1}, {3, 4, 0xff}};
	uint8_t *many = malloc((size_t)40 * 255 * 8);
	char *buf = malloc(ICMPKIT_MESSAGE_JSON_MAX);

	(void)state;
	assert_non_null(many);
	assert_non_null(buf);
	for (size_t kind = 0; kind < sizeof(worst) / sizeof(worst[0]); kind++) {
		size_t option_bytes = (size_t)8 * worst[kind].units;
		struct icmpkit_text text;
		struct icmpkit_json json;

		memset(many, worst[kind].fill, 40 * option_bytes);
		for (size_t i = 0; i < 40; i++)
			memcpy(many + i * option_bytes,
			       (const uint8_t[]){worst[kind].type, worst[kind].units}, 2);
		icmpkit_text_init(&text, buf, ICMPKIT_MESSAGE_TEXT_MAX);
		icmpkit_nd_options_text((struct icmpkit_bytes){many, 40 * option_bytes}, &text);
		assert_true(!text.truncated);
		assert_non_null(strstr(buf, " more options"));
		icmpkit_text_init(&text, buf, ICMPKIT_MESSAGE_JSON_MAX);
		icmpkit_json_init(&json, &text);
		icmpkit_json_object(&json, NULL);
		icmpkit_nd_options_json((struct icmpkit_bytes){many, 40 * option_bytes}, &json);
		icmpkit_json_end_object(&json);
		assert_true(!text.truncated);
		assert_non_null(strstr(buf, "\"options_omitted\":"));
	}
	free(buf);
	free(many);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_are_walked_and_a_bad_one_ends_the_walk),
		cmocka_unit_test(the_redirected_header_is_found_behind_other_options),
		cmocka_unit_test(every_truncation_is_malformed_or_ends_between_options),
		cmocka_unit_test(options_are_shown_as_text_and_json),
		cmocka_unit_test(options_past_the_most_that_is_shown_are_counted),
		cmocka_unit_test(every_known_option_may_be_cut_at_every_byte),
		cmocka_unit_test(every_known_option_names_itself_and_its_rest),
		cmocka_unit_test(the_worst_options_have_room_in_a_message),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
