/* SPDX-License-Identifier: BSD-2-Clause */
/* Records: every form of a field and of the rest, as text and JSON, and cut at every byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "wire/record.h"

#define TRIAL_FIELDS(FIELD, L)                                                                               \
	FIELD(L, count, 8, NUMBER, "a number")                                                               \
	FIELD(L, on_link, 1, FLAG, "a flag")                                                                 \
	FIELD(L, autonomous, 1, FLAG, "another")                                                             \
	FIELD(L, reserved, 6, RESERVED, "zero")                                                              \
	FIELD(L, extra, 16, OPTIONAL, "a number that may be zero")                                           \
	FIELD(L, nonce, 24, HEX, "bytes")                                                                    \
	FIELD(L, spare, 8, RESERVED, "zero")                                                                 \
	FIELD(L, server, 32, ADDRESS, "an address")
RECORD_LAYOUT(trial, 12, TRIAL_FIELDS)

static const uint8_t wire[] = {7, 0x80, 0, 0, 0xab, 0xcd, 0xef, 0, 192, 0, 2, 1};

static struct icmpkit_record trial(enum icmpkit_record_rest rest)
{
	return (struct icmpkit_record){
		.name = "trial", .rest = rest, .rest_name = "what_follows", RECORD_OF(trial)};
}

struct shown {
	char text[2048];
	char json[4096];
};

/* @wire is copied into a block of exactly its size, so that a sanitizer sees one byte too far. */
static struct shown show(const struct icmpkit_record *record, const uint8_t *data, size_t len)
{
	struct shown shown;
	struct icmpkit_text text;
	struct icmpkit_json json;
	uint8_t *exact = malloc(len == 0 ? 1 : len);

	assert_non_null(exact);
	memcpy(exact, data, len);
	icmpkit_text_init(&text, shown.text, sizeof(shown.text));
	icmpkit_record_text(record, (struct icmpkit_bytes){exact, len}, &text);
	icmpkit_text_init(&text, shown.json, sizeof(shown.json));
	icmpkit_json_init(&json, &text);
	icmpkit_json_object(&json, NULL);
	icmpkit_record_json(record, (struct icmpkit_bytes){exact, len}, &json);
	icmpkit_json_end_object(&json);
	free(exact);
	return shown;
}

static void every_form_of_a_field_is_shown(void **state)
{
	struct icmpkit_record record = trial(REST_NOTHING);
	struct shown shown = show(&record, wire, sizeof(wire));
	uint8_t full[sizeof(wire)];

	(void)state;
	assert_string_equal(shown.text, "trial count 7 on link nonce abcdef server 192.0.2.1");
	assert_string_equal(shown.json, "{\"count\":7,\"on_link\":true,\"autonomous\":false,\"extra\":0,"
					"\"nonce\":\"abcdef\",\"server\":\"192.0.2.1\"}");
	memcpy(full, wire, sizeof(wire));
	full[1] = 0x7f;
	full[3] = 5;
	full[7] = 1;
	shown = show(&record, full, sizeof(full));
	assert_string_equal(shown.text, "trial count 7 autonomous reserved 63 extra 5 nonce abcdef spare 1 "
					"server 192.0.2.1");
}

#define TRIAL_SIZE_FIELDS(FIELD, L) FIELD(L, trial_size, 8, NUMBER, "bears the record's own name")
RECORD_LAYOUT(trial_size, 1, TRIAL_SIZE_FIELDS)

static void what_bears_the_records_name_is_not_named_again(void **state)
{
	struct icmpkit_record record = {
		.name = "Trial size", .rest = REST_TEXT, .rest_name = "trial_SIZE", RECORD_OF(trial_size)};
	struct shown shown = show(&record, (const uint8_t *)"\7a", 2);

	(void)state;
	assert_string_equal(shown.text, "Trial size 7 trial SIZE \"a\""); /* only right behind it */
	assert_string_equal(shown.json, "{\"trial_size\":7,\"trial_SIZE\":\"a\"}");
	record.name = "Trial sizes";
	assert_string_equal(show(&record, (const uint8_t[]){7}, 1).text, "Trial sizes trial size 7");
}

static void a_record_that_ends_early_says_so(void **state)
{
	struct icmpkit_record record = trial(REST_BYTES);

	(void)state;
	for (size_t len = 0; len < sizeof(wire); len++) {
		struct shown shown = show(&record, wire, len);

		assert_non_null(strstr(shown.text, " (cut)"));
		assert_non_null(strstr(shown.json, "\"truncated\":true"));
		assert_null(strstr(shown.json, "server"));
		assert_true((len >= 7) == (strstr(shown.json, "nonce") != NULL));
	}
}

static void assert_rest(enum icmpkit_record_rest rest, const char *data, size_t len, const char *text,
			const char *json)
{
	struct icmpkit_record record = {.name = "list", .rest = rest, .rest_name = "what_follows"};
	struct shown shown = show(&record, (const uint8_t *)data, len);

	assert_string_equal(shown.text, text);
	assert_string_equal(shown.json, json);
}

static void every_form_of_the_rest_is_shown(void **state)
{
	(void)state;
	assert_rest(REST_NOTHING, "\1\2", 2, "list", "{}");
	assert_rest(REST_BYTES, "\1\2", 2, "list what follows of 2 bytes", "{\"what_follows\":\"0102\"}");
	assert_rest(REST_COUNTED, "\1", 1, "list of 1 byte", "{\"what_follows\":1}");
	assert_rest(REST_LINK_LAYER_ADDRESS, "\2\0\0\0\0\1", 6, "list 02:00:00:00:00:01",
		    "{\"what_follows\":\"02:00:00:00:00:01\"}");
	assert_rest(REST_IPV4_ADDRESSES, "\12\0\0\1\12\0\0\2", 8, "list what follows 10.0.0.1 10.0.0.2",
		    "{\"what_follows\":[\"10.0.0.1\",\"10.0.0.2\"]}");
	assert_rest(REST_TEXT, "a\33b\0\0", 5, "list what follows \"a\\x1bb\"",
		    "{\"what_follows\":\"a\\u001bb\"}");
	assert_rest(REST_DNS_NAMES, "\1a\2bc\0\1d\0\0\0", 11, "list what follows a.bc d",
		    "{\"what_follows\":[\"a.bc\",\"d\"]}");
}

static void items_that_do_not_fit_end_the_list(void **state)
{
	(void)state;
	assert_rest(REST_IPV4_ADDRESSES, "\12\0\0\1\12\0", 6, "list what follows 10.0.0.1 (malformed)",
		    "{\"what_follows\":[\"10.0.0.1\"],\"malformed\":true}");
	/* a label past the end, one longer than RFC 1035 allows, a name without its end */
	assert_rest(REST_DNS_NAMES, "\1a\0\11b", 5, "list what follows a (malformed)",
		    "{\"what_follows\":[\"a\"],\"malformed\":true}");
	assert_rest(REST_DNS_NAMES, "\300a\0", 3, "list what follows (malformed)",
		    "{\"what_follows\":[],\"malformed\":true}");
	assert_rest(REST_DNS_NAMES, "\1a", 2, "list what follows (malformed)",
		    "{\"what_follows\":[],\"malformed\":true}");
}

/* RFC 1035 2.3.4: 255 bytes, lengths and the final zero among them. */
static void a_dns_name_is_at_most_255_bytes(void **state)
{
	struct icmpkit_record record = {.name = "list", .rest = REST_DNS_NAMES, .rest_name = "names"};
	uint8_t name[257] = {0};
	struct shown shown;

	(void)state;
	for (size_t i = 0; i < 254; i += 2)
		memcpy(name + i, (const uint8_t[]){1, 0xff}, 2);
	shown = show(&record, name, 255);
	assert_null(strstr(shown.json, "malformed"));
	assert_non_null(strstr(shown.json, "xff\"]"));
	memcpy(name + 254, (const uint8_t[]){1, 'a', 0}, 3);
	shown = show(&record, name, 257);
	assert_string_equal(shown.json, "{\"names\":[],\"malformed\":true}");
}

#define ROUTE_FIELDS(FIELD, L)                                                                               \
	FIELD(L, length, 8, PREFIX_LENGTH, "bits of the prefix")                                             \
	FIELD(L, start, 24, PREFIX, "the beginning of an address")
RECORD_LAYOUT(route, 4, ROUTE_FIELDS)

static void a_prefix_is_as_long_as_its_length_says(void **state)
{
	static const struct {
		uint8_t wire[21];
		size_t len;
		const char *text, *json;
	} cases[] = {
		{{0, 0x20, 1, 0xd}, 4, "::/0", "\"length\":0,\"start\":\"2001:d00::\",\"prefix\":\"::\""},
		{{20, 0x20, 1, 0xd, 0x20, 1, 0xff, 0xff},
		 8,
		 "2001:f000::/20",
		 "\"length\":20,\"start\":\"2001:d00::\",\"prefix\":\"2001:f000::\""},
		{{128, 0x20, 1, 0xd, 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 9},
		 21,
		 "ff02::1/128",
		 "\"length\":128,\"start\":\"2001:d00::\",\"prefix\":\"ff02::1\""},
		{{33, 0x20, 1, 0xd, 0x20, 1, 0xff, 0xff},
		 8,
		 "2001:ffff::/33 (malformed)",
		 "\"length\":33,\"start\":\"2001:d00::\",\"prefix\":\"2001:ffff::\",\"malformed\":true"},
		{{129, 0x20, 1, 0xd, 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 9},
		 21,
		 "ff02::1/129 (malformed)",
		 "\"length\":129,\"start\":\"2001:d00::\",\"prefix\":\"ff02::1\",\"malformed\":true"},
	};
	struct icmpkit_record record = {
		.name = "route", .rest = REST_PREFIX, .rest_name = "prefix", RECORD_OF(route)};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct shown shown = show(&record, cases[i].wire, cases[i].len);
		char text[128] = "route start 2001:d00:: prefix ";
		char json[256] = "{";

		assert_string_equal(shown.text, strncat(text, cases[i].text, 64));
		assert_string_equal(shown.json, strncat(strncat(json, cases[i].json, 200), "}", 2));
	}
}

static void a_prefix_without_a_length_is_all_of_its_bytes(void **state)
{
	(void)state;
	assert_rest(REST_PREFIX, "\0\144\377\233", 4, "list what follows 64:ff9b::/32",
		    "{\"what_follows\":\"64:ff9b::\"}");
}

#define PADDED_FIELDS(FIELD, L) FIELD(L, pad_length, 8, PAD_LENGTH, "bytes of padding")
RECORD_LAYOUT(padded, 1, PADDED_FIELDS)

static void padding_is_left_out_unless_it_is_all(void **state)
{
	struct icmpkit_record record = {
		.name = "padded", .rest = REST_BYTES, .rest_name = "body", RECORD_OF(padded)};

	(void)state;
	assert_string_equal(show(&record, (const uint8_t[]){2, 0xab, 0, 0}, 4).json,
			    "{\"pad_length\":2,\"body\":\"ab\"}");
	assert_string_equal(show(&record, (const uint8_t[]){3, 0xab, 0, 0}, 4).json,
			    "{\"pad_length\":3,\"body\":\"ab0000\"}");
	assert_string_equal(show(&record, (const uint8_t[]){3}, 1).text, "padded pad length 3");
}

static void long_lists_are_cut_and_counted(void **state)
{
	struct icmpkit_record record = {.name = "list", .rest = REST_IPV4_ADDRESSES, .rest_name = "servers"};
	uint8_t data[4 * 20] = {0};
	struct shown shown = show(&record, data, sizeof(data));

	(void)state;
	assert_non_null(strstr(shown.text, " and 4 more"));
	assert_non_null(strstr(shown.json, "],\"omitted\":4}"));
	record.rest = REST_BYTES;
	shown = show(&record, data, sizeof(data));
	assert_non_null(strstr(shown.json, "\",\"omitted\":16}"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_of_a_field_is_shown),
		cmocka_unit_test(what_bears_the_records_name_is_not_named_again),
		cmocka_unit_test(a_record_that_ends_early_says_so),
		cmocka_unit_test(every_form_of_the_rest_is_shown),
		cmocka_unit_test(items_that_do_not_fit_end_the_list),
		cmocka_unit_test(a_dns_name_is_at_most_255_bytes),
		cmocka_unit_test(a_prefix_is_as_long_as_its_length_says),
		cmocka_unit_test(a_prefix_without_a_length_is_all_of_its_bytes),
		cmocka_unit_test(padding_is_left_out_unless_it_is_all),
		cmocka_unit_test(long_lists_are_cut_and_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
