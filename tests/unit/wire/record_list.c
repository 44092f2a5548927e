/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages that carry records: cut at every byte, with counts that lie, and with more than is shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <icmpkit/message.h>

#include "exact.h"
#include "wire/description.h"
#include "wire/record_list.h"

struct shown {
	char text[ICMPKIT_MESSAGE_TEXT_MAX];
	char json[ICMPKIT_MESSAGE_JSON_MAX];
};

/* False: the bytes end inside the fixed part. */
static bool show(struct icmpkit_bytes wire, struct shown *out)
{
	struct icmpkit_message msg;
	struct icmpkit_text text;
	struct icmpkit_json json;

	if (icmpkit_decode(ICMPKIT_IPV6, wire, &msg) < 0)
		return false;
	icmpkit_text_init(&text, out->text, sizeof(out->text));
	icmpkit_message_text(&msg, &text);
	assert_false(text.truncated);
	icmpkit_text_init(&text, out->json, sizeof(out->json));
	icmpkit_json_init(&json, &text);
	icmpkit_message_json(&msg, &json, NULL);
	assert_false(text.truncated);
	return true;
}

static struct shown *shown_new(void)
{
	struct shown *shown = malloc(sizeof(*shown));

	assert_non_null(shown);
	return shown;
}

#define ADDRESS "20010db8000000000000000000000001"
#define NONCE "0102030405060708"

static const char *const whole[] = {
	"8200abcd 00640000" ADDRESS "0a7d0002" ADDRESS ADDRESS,
	"8f00abcd 00000002 01000001" ADDRESS ADDRESS "02010000" ADDRESS "01020304",
	"8b00abcd 00020000" NONCE ADDRESS,
	"8b01abcd 00020000" NONCE "01610162 00",
	"8b02abcd 00020000" NONCE "c0000201",
	"8c00abcd 00020000" NONCE "00000000 01610162 00 0163c006 0164 0000",
	"8c00abcd 00030000" NONCE "00000000" ADDRESS "00000000" ADDRESS,
	"8c00abcd 00040000" NONCE "00000000 c0000201",
	"9100abcd 00050000" ADDRESS ADDRESS,
	"9b00abcd 0000 0713 1ee0" ADDRESS "f0 00 0103000000",
	("9b01abcd 1ef00100 8807 0000" ADDRESS "020401020304 030a 20080000 0e10 20010db8"
	 "040e 0b14030a070000010000 00ff003c 081e 40c0 ffffffff 00000e10 00000000" ADDRESS),
	"9b02abcd 1ec00007" ADDRESS "0512 0080" ADDRESS "0904cafe0001 0614 80c005ff" ADDRESS,
	"9b03abcd 1e000780",
	"9b80abcd 80008200 00000005" NONCE "09 0000 aabbccdd",
	"9b81abcd 00000900 00000005 07 aabbccdd",
	"9b82abcd 0000c200 00000006 1e800008 aabb",
	"9b83abcd 0000c300 00000006" NONCE "09 aabb",
	"9b8aabcd 00004000 00000005 1e80abcd" ADDRESS "0000002a",
	"9b04abcd 01020304",
	"9c00abcd 02010000 20010db800000001000a012c 20010db800000002000a012c",
	"9f00abcd 0708abcd 08051234ff 0306" NONCE "ff 0207" ADDRESS "80",
	("8a00abcd 00000009 010003e8 00000000 01070730 30400000" ADDRESS
	 "3010c080 00278d00 00093a80 00000000" ADDRESS),
	"8a01abcd 00000009 010003e8 00000000 00000730 00000002" ADDRESS,
};

static void whole_messages_are_not_malformed(void **state)
{
	struct shown *shown = shown_new();

	(void)state;
	for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++) {
		struct icmpkit_bytes wire = exact_hex(whole[i]);

		assert_true(show(wire, shown));
		assert_non_null(strstr(shown->json, "\"records_malformed\":false"));
		assert_null(strstr(shown->text, "malformed"));
		exact_free(wire);
	}
	free(shown);
}

/* A cut is seen, unless it falls where a record ends and nothing says that there are more. */
static void every_cut_is_read_to_its_end_and_no_further(void **state)
{
	struct shown *shown = shown_new();

	(void)state;
	for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++) {
		struct icmpkit_bytes wire = exact_hex(whole[i]);

		for (size_t len = 0; len < wire.len; len++) {
			struct icmpkit_bytes part = exact(wire.data, len);

			if (show(part, shown))
				assert_true((strstr(shown->text, ", records malformed") != NULL) ==
					    (strstr(shown->json, "\"records_malformed\":true") != NULL));
			exact_free(part);
		}
		exact_free(wire);
	}
	free(shown);
}

static void assert_malformed(const char *hex)
{
	struct shown *shown = shown_new();
	struct icmpkit_bytes wire = exact_hex(hex);

	assert_true(show(wire, shown));
	assert_non_null(strstr(shown->text, ", records malformed"));
	exact_free(wire);
	free(shown);
}

static void counts_and_lengths_that_lie_are_said(void **state)
{
	(void)state;
	assert_malformed("8200abcd 00640000" ADDRESS "0a7d0002" ADDRESS);
	assert_malformed("8200abcd 00640000" ADDRESS "0a7d");
	assert_malformed("8f00abcd 00000001");
	assert_malformed("8f00abcd 00000001 01ff0000" ADDRESS "01020304");
	assert_malformed("9c00abcd 02010000 20010db800000001000a012c");
	assert_malformed("9c00abcd 00010000 20010db800000001000a012c");
	assert_malformed("9f00abcd 0708ab");
	/* RPL: no base object, none behind a security section, an option past the end, one too short for its
	 * fields */
	assert_malformed("9b01abcd");
	assert_malformed("9b8aabcd 00004000 00000005");
	assert_malformed("9b00abcd 0000 04c80b14");
	assert_malformed("9b00abcd 0000 04");
	assert_malformed("9b00abcd 0000 050100 00");
	/* an operation without a length, with one that no number of parts has, with a part too few */
	assert_malformed("8a00abcd 00000009 010003e8 00000000 01000730 30400000" ADDRESS);
	assert_malformed("8a00abcd 00000009 010003e8 00000000 01040730 30400000" ADDRESS);
	assert_malformed("8a00abcd 00000009 010003e8 00000000 01070730 30400000" ADDRESS);
}

static void names_that_lead_astray_end(void **state)
{
	(void)state;
	/* at itself, forwards, at each other, past the end, a label of a reserved form, no name at all */
	assert_malformed("8c00abcd 00020000" NONCE "00000000 c004");
	assert_malformed("8c00abcd 00020000" NONCE "00000000 c006 016100");
	assert_malformed("8c00abcd 00020000" NONCE "00000000 0161c008 0162c004");
	assert_malformed("8c00abcd 00020000" NONCE "00000000 ffff");
	assert_malformed("8c00abcd 00020000" NONCE "00000000 4161");
	assert_malformed("8c00abcd 00020000" NONCE "00000000 00");
	assert_malformed("8c00abcd 00020000" NONCE "00000000 0561");
}

/* A name can grow by pointers to what would not fit a name; no byte is written behind the room for it. */
static void a_name_is_never_longer_than_its_room(void **state)
{
	uint8_t wire[16 + 4 + 5 * 64 + 3] = {140, 0, 0, 0, 0, 2};
	struct shown *shown = shown_new();
	struct icmpkit_bytes block;

	(void)state;
	for (size_t i = 0; i < 5; i++)
		wire[20 + 64 * i] = 63;
	block = exact(wire, sizeof(wire));
	assert_true(show(block, shown));
	assert_non_null(strstr(shown->text, ", records malformed"));
	exact_free(block);
	free(shown);
}

static void more_than_is_shown_is_counted(void **state)
{
	uint8_t wire[8 + 20 * 16] = {145};
	struct shown *shown = shown_new();
	struct icmpkit_bytes block = exact(wire, sizeof(wire));

	(void)state;
	assert_true(show(block, shown));
	assert_non_null(strstr(shown->text, ", 4 more records"));
	assert_non_null(strstr(shown->json, "],\"records_omitted\":4,\"records_malformed\":false"));
	exact_free(block);
	block = exact(wire, 8 + 17 * 16);
	assert_true(show(block, shown));
	assert_non_null(strstr(shown->text, ", 1 more record"));
	exact_free(block);
	free(shown);
}

/* The longest names there are, every byte of which is escaped: what is shown must have room. */
static void long_records_have_room(void **state)
{
	enum { NAME_BYTES = 3 * 64 + 62, NAME_COUNT = 30 };
	uint8_t wire[20 + NAME_BYTES * NAME_COUNT] = {140, 0, 0, 0, 0, 2};
	struct shown *shown = shown_new();
	struct icmpkit_bytes block;

	(void)state;
	memset(wire + 20, 1, sizeof(wire) - 20);
	for (size_t i = 0; i < NAME_COUNT; i++) {
		uint8_t *name = wire + 20 + NAME_BYTES * i;

		name[0] = name[64] = name[128] = 63;
		name[192] = 60;
		name[NAME_BYTES - 1] = 0;
	}
	block = exact(wire, sizeof(wire));
	assert_true(show(block, shown));
	assert_non_null(strstr(shown->text, " more records"));
	assert_non_null(strstr(shown->json, "records_omitted"));
	assert_null(strstr(shown->text, "malformed"));
	exact_free(block);
	free(shown);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_messages_are_not_malformed),
		cmocka_unit_test(every_cut_is_read_to_its_end_and_no_further),
		cmocka_unit_test(counts_and_lengths_that_lie_are_said),
		cmocka_unit_test(names_that_lead_astray_end),
		cmocka_unit_test(a_name_is_never_longer_than_its_room),
		cmocka_unit_test(more_than_is_shown_is_counted),
		cmocka_unit_test(long_records_have_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
