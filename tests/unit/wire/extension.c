/* SPDX-License-Identifier: BSD-2-Clause */
/* RFC 4884 structures: found wherever routers put them, never where there is none; objects and their text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <icmpkit/checksum.h>
#include <icmpkit/extension.h>
#include <icmpkit/numbers.h>

#include "exact.h"

/* An error of type time exceeded: @quote_len bytes of quote, then a structure of one MPLS object. */
struct sample {
	enum icmpkit_family family;
	uint8_t length_field;
	size_t quote_len;
	uint16_t spoil; /* added to the structure's checksum */
	bool no_checksum;
	uint8_t version;
	size_t extra; /* zeros behind the objects, covered by the checksum */
};

static const uint8_t entries[8] = {0x05, 0xdc, 0x11, 0x01, 0x03, 0xe8, 0x56, 0xfe};

static size_t build_structure(const struct sample *sample, uint8_t *buf, size_t cap)
{
	struct icmpkit_extension object = {
		.class_num = 1, .c_type = 1, .payload = {entries, sizeof(entries)}};
	int len = icmpkit_extensions_write(&object, 1, buf, cap);
	uint16_t checksum;

	assert_int_equal(len, 16);
	buf[0] = (uint8_t)(sample->version << 4);
	buf[2] = buf[3] = 0;
	checksum = icmpkit_checksum((struct icmpkit_bytes){buf, (size_t)len + sample->extra});
	checksum = (uint16_t)(sample->no_checksum ? 0 : checksum + sample->spoil);
	buf[2] = (uint8_t)(checksum >> 8);
	buf[3] = (uint8_t)checksum;
	return (size_t)len + sample->extra;
}

/* Decodes the sample from an exact block; the caller gives it back. */
static struct icmpkit_bytes decode_sample(const struct sample *sample, struct icmpkit_message *out)
{
	uint8_t *buf = calloc(1, 2048);
	struct icmpkit_bytes wire;
	size_t len;

	assert_non_null(buf);
	buf[0] = sample->family == ICMPKIT_IPV4 ? ICMPKIT_V4_TIME_EXCEEDED : ICMPKIT_V6_TIME_EXCEEDED;
	buf[sample->family == ICMPKIT_IPV4 ? 5 : 4] = sample->length_field;
	buf[8] = 0x45;
	len = 8 + sample->quote_len;
	len += build_structure(sample, buf + len, 2048 - len);
	wire = exact(buf, len);
	free(buf);
	assert_int_equal(icmpkit_decode(sample->family, wire, out), 0);
	return wire;
}

static void expect(const struct sample *sample, enum icmpkit_extension_status status)
{
	struct icmpkit_message msg;
	struct icmpkit_bytes wire = decode_sample(sample, &msg);

	assert_int_equal(msg.extension_status, status);
	if (status == ICMPKIT_EXTENSION_NONE) {
		assert_int_equal(msg.quote.len, msg.payload.len);
		assert_int_equal(msg.extensions.len, 0);
	} else {
		assert_int_equal(msg.quote.len, sample->quote_len);
		assert_int_equal(msg.extensions.len, 16 + sample->extra);
	}
	exact_free(wire);
}

static void a_compliant_structure_is_found_in_both_units(void **state)
{
	(void)state;
	expect(&(struct sample){ICMPKIT_IPV4, 32, 128, 0, false, 2, 0}, ICMPKIT_EXTENSION_COMPLIANT);
	expect(&(struct sample){ICMPKIT_IPV6, 16, 128, 0, false, 2, 0}, ICMPKIT_EXTENSION_COMPLIANT);
	expect(&(struct sample){ICMPKIT_IPV4, 255, 1020, 0, false, 2, 0}, ICMPKIT_EXTENSION_COMPLIANT);
	expect(&(struct sample){ICMPKIT_IPV6, 150, 1200, 0, false, 2, 0}, ICMPKIT_EXTENSION_COMPLIANT);
}

static void a_structure_of_the_time_before_the_length_field_is_found(void **state)
{
	(void)state;
	expect(&(struct sample){ICMPKIT_IPV4, 0, 128, 0, false, 2, 0}, ICMPKIT_EXTENSION_LEGACY);
	expect(&(struct sample){ICMPKIT_IPV6, 0, 128, 0, false, 2, 0}, ICMPKIT_EXTENSION_LEGACY);
	/* but not where nobody put one */
	expect(&(struct sample){ICMPKIT_IPV4, 0, 132, 0, false, 2, 0}, ICMPKIT_EXTENSION_NONE);
}

static void a_wrong_length_does_not_hide_the_structure(void **state)
{
	(void)state;
	/* 17 words as some routers send it; bytes for words; words of the other family */
	expect(&(struct sample){ICMPKIT_IPV4, 17, 128, 0, false, 2, 0}, ICMPKIT_EXTENSION_LENGTH_WRONG);
	expect(&(struct sample){ICMPKIT_IPV4, 128, 128, 0, false, 2, 0}, ICMPKIT_EXTENSION_LENGTH_WRONG);
	expect(&(struct sample){ICMPKIT_IPV6, 32, 128, 0, false, 2, 0}, ICMPKIT_EXTENSION_LENGTH_WRONG);
}

static void a_length_below_128_that_is_true_counts(void **state)
{
	(void)state;
	expect(&(struct sample){ICMPKIT_IPV4, 15, 60, 0, false, 2, 0}, ICMPKIT_EXTENSION_LENGTH_SHORT);
	expect(&(struct sample){ICMPKIT_IPV6, 8, 64, 0, false, 2, 0}, ICMPKIT_EXTENSION_LENGTH_SHORT);
}

static void a_checksum_of_zero_needs_objects_that_fill_the_rest(void **state)
{
	(void)state;
	expect(&(struct sample){ICMPKIT_IPV4, 32, 128, 0, true, 2, 0}, ICMPKIT_EXTENSION_UNVERIFIED);
	expect(&(struct sample){ICMPKIT_IPV4, 0, 128, 0, true, 2, 0}, ICMPKIT_EXTENSION_UNVERIFIED);
	/* four zeros behind the objects are no object */
	expect(&(struct sample){ICMPKIT_IPV4, 0, 128, 0, true, 2, 4}, ICMPKIT_EXTENSION_NONE);
}

static void a_wrong_checksum_is_reported_only_where_a_structure_is_announced(void **state)
{
	(void)state;
	expect(&(struct sample){ICMPKIT_IPV4, 32, 128, 1, false, 2, 0}, ICMPKIT_EXTENSION_BAD_CHECKSUM);
	expect(&(struct sample){ICMPKIT_IPV4, 0, 128, 1, false, 2, 0}, ICMPKIT_EXTENSION_NONE);
	expect(&(struct sample){ICMPKIT_IPV4, 17, 128, 1, false, 2, 0}, ICMPKIT_EXTENSION_NONE);
}

static void another_version_is_no_structure(void **state)
{
	(void)state;
	expect(&(struct sample){ICMPKIT_IPV4, 32, 128, 0, false, 0, 0}, ICMPKIT_EXTENSION_NONE);
	expect(&(struct sample){ICMPKIT_IPV4, 32, 128, 0, false, 1, 0}, ICMPKIT_EXTENSION_NONE);
	expect(&(struct sample){ICMPKIT_IPV4, 0, 128, 0, false, 3, 0}, ICMPKIT_EXTENSION_NONE);
}

static void every_length_value_with_every_quote_length_is_safe(void **state)
{
	(void)state;
	for (unsigned int length = 0; length < 256; length++) {
		for (size_t quote_len = 0; quote_len < 200; quote_len += 4) {
			struct sample sample = {ICMPKIT_IPV4, (uint8_t)length, quote_len, 0, false, 2, 0};
			struct icmpkit_message msg;
			struct icmpkit_bytes wire = decode_sample(&sample, &msg);

			assert_true(msg.quote.len <= msg.payload.len);
			if (msg.extension_status != ICMPKIT_EXTENSION_NONE)
				assert_int_equal(msg.quote.len + msg.extensions.len, msg.payload.len);
			exact_free(wire);
		}
	}
}

static void types_outside_rfc_4884_have_no_structure(void **state)
{
	/* a v4 redirect and a v6 packet too big with a structure behind 128 bytes */
	static const uint8_t types[] = {ICMPKIT_V4_REDIRECT, ICMPKIT_V6_PACKET_TOO_BIG};
	static const enum icmpkit_family families[] = {ICMPKIT_IPV4, ICMPKIT_IPV6};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct sample sample = {families[i], 0, 128, 0, false, 2, 0};
		struct icmpkit_message msg;
		struct icmpkit_bytes wire = decode_sample(&sample, &msg);

		*(uint8_t *)(uintptr_t)wire.data = types[i];
		assert_int_equal(icmpkit_decode(families[i], wire, &msg), 0);
		assert_int_equal(msg.extension_status, ICMPKIT_EXTENSION_NONE);
		assert_int_equal(msg.quote.len, msg.payload.len);
		exact_free(wire);
	}
}

static void objects_are_walked_and_a_bad_one_ends_the_walk(void **state)
{
	static const struct {
		const char *hex;
		size_t objects;
		bool malformed;
	} cases[] = {
		{"20000000", 0, false},
		{"20000000 00040101 00080203 aabbccdd", 2, false},
		{"20000000 00080101 aabbccdd 00000000", 1, true}, /* length 0 */
		{"20000000 00030101", 0, true},
		{"20000000 00090101 aabbccdd", 0, true}, /* past the end */
		{"20000000 00050101 aa", 1, false},	 /* not a multiple of four, yet readable */
		{"20000000 0008", 0, true},
		{"200000", 0, true},
		{"", 0, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct icmpkit_bytes structure = exact_hex(cases[i].hex);
		struct icmpkit_extension_reader reader;
		struct icmpkit_extension object;
		size_t count = 0;

		icmpkit_extension_reader_init(&reader, structure);
		while (icmpkit_extension_next(&reader, &object))
			count++;
		assert_int_equal(count, cases[i].objects);
		assert_int_equal(reader.malformed, cases[i].malformed);
		exact_free(structure);
	}
}

static void label_stack_entries_are_read_bit_by_bit(void **state)
{
	struct icmpkit_bytes payload = exact_hex("fffffbfe 05dc1101 ff");
	struct icmpkit_extension object = {.class_num = 1, .c_type = 1, .payload = payload};
	struct icmpkit_mpls_entry entry;

	(void)state;
	assert_true(icmpkit_mpls_entry_at(&object, 0, &entry));
	assert_int_equal(entry.label, 0xfffff);
	assert_int_equal(entry.traffic_class, 5);
	assert_true(entry.bottom_of_stack);
	assert_int_equal(entry.ttl, 254);
	assert_true(icmpkit_mpls_entry_at(&object, 1, &entry));
	assert_int_equal(entry.label, 24001);
	assert_int_equal(entry.traffic_class, 0);
	assert_true(entry.bottom_of_stack);
	assert_int_equal(entry.ttl, 1);
	/* the byte left over is no entry */
	assert_false(icmpkit_mpls_entry_at(&object, 2, &entry));
	assert_false(icmpkit_mpls_entry_at(&object, SIZE_MAX / 4 + 1, &entry));
	object.c_type = 2;
	assert_false(icmpkit_mpls_entry_at(&object, 0, &entry));
	exact_free(payload);
}

static struct icmpkit_bytes interface_of(uint8_t c_type, const char *hex,
					 struct icmpkit_interface_information *out)
{
	struct icmpkit_bytes payload = exact_hex(hex);
	struct icmpkit_extension object = {.class_num = 2, .c_type = c_type, .payload = payload};

	icmpkit_interface_information_parse(&object, out);
	return payload;
}

static void an_interface_with_all_parts_is_read(void **state)
{
	struct icmpkit_interface_information info;
	struct icmpkit_bytes payload =
		interface_of(0x8f, "00000205 00010000 cb007109 0865746830000000 00002328", &info);

	(void)state;
	assert_false(info.malformed);
	assert_int_equal(info.role, ICMPKIT_INTERFACE_OUTGOING);
	assert_true(info.has_index);
	assert_int_equal(info.index, 517);
	assert_int_equal(info.address.family, ICMPKIT_IPV4);
	assert_int_equal(info.name.len, 4);
	assert_memory_equal(info.name.data, "eth0", 4);
	assert_true(info.has_mtu);
	assert_int_equal(info.mtu, 9000);
	exact_free(payload);
}

static void an_interface_with_a_missing_part_is_malformed_and_keeps_what_came_before(void **state)
{
	struct icmpkit_interface_information info;
	struct icmpkit_bytes payload = interface_of(0x09, "00000205", &info); /* index there, MTU not */

	(void)state;
	assert_true(info.malformed);
	assert_true(info.has_index);
	assert_int_equal(info.index, 517);
	assert_false(info.has_mtu);
	exact_free(payload);
	payload = interface_of(0x05, "00090000 00000000 00000000", &info); /* an unknown address family */
	assert_true(info.malformed);
	assert_int_equal(info.address.family, ICMPKIT_FAMILY_NONE);
	assert_false(info.has_mtu);
	exact_free(payload);
	payload = interface_of(0x02, "00616263", &info); /* a name of length 0, not even its own octet */
	assert_true(info.malformed);
	assert_int_equal(info.name.len, 0);
	exact_free(payload);
	payload = interface_of(0x02, "08616263", &info); /* a name past the end */
	assert_true(info.malformed);
	assert_int_equal(info.name.len, 0);
	exact_free(payload);
	payload = interface_of(0x00, "", &info); /* RFC 5837 4.1: nothing at all is valid */
	assert_false(info.malformed);
	exact_free(payload);
}

static void every_truncation_of_an_interface_is_malformed(void **state)
{
	struct icmpkit_bytes whole = exact_hex("00000205 00020000 20010db8000000000000000000000009"
					       "0865746830000000 00002328");

	(void)state;
	for (size_t len = 0; len <= whole.len; len++) {
		struct icmpkit_bytes cut = exact(whole.data, len);
		struct icmpkit_extension object = {.class_num = 2, .c_type = 0x0f, .payload = cut};
		struct icmpkit_interface_information info;

		icmpkit_interface_information_parse(&object, &info);
		assert_int_equal(info.malformed, len < whole.len);
		exact_free(cut);
	}
	exact_free(whole);
}

static void a_written_structure_is_read_back(void **state)
{
	uint8_t *buf = malloc(24);
	struct icmpkit_extension objects[] = {
		{.class_num = 1, .c_type = 1, .payload = {entries, 8}},
		{.class_num = 200, .c_type = 7, .payload = {entries, 4}},
	};
	struct icmpkit_extension_reader reader;
	struct icmpkit_extension object;

	(void)state;
	assert_non_null(buf);
	assert_int_equal(icmpkit_extensions_write(objects, 2, buf, 23), ICMPKIT_ERR_NO_SPACE);
	assert_int_equal(icmpkit_extensions_write(objects, 2, buf, 24), 24);
	assert_int_equal(icmpkit_checksum((struct icmpkit_bytes){buf, 24}), 0);
	icmpkit_extension_reader_init(&reader, (struct icmpkit_bytes){buf, 24});
	for (size_t i = 0; i < 2; i++) {
		assert_true(icmpkit_extension_next(&reader, &object));
		assert_int_equal(object.class_num, objects[i].class_num);
		assert_int_equal(object.c_type, objects[i].c_type);
		assert_int_equal(object.payload.len, objects[i].payload.len);
	}
	assert_false(icmpkit_extension_next(&reader, &object));
	objects[0].payload.len = 7;
	assert_int_equal(icmpkit_extensions_write(objects, 2, buf, 24), ICMPKIT_ERR_RANGE);
	assert_int_equal(icmpkit_extensions_write(NULL, 0, buf, 3), ICMPKIT_ERR_NO_SPACE);
	assert_int_equal(icmpkit_extensions_write(NULL, 0, buf, 4), 4);
	free(buf);
}

static void json_of(const char *hex, char *buf, size_t cap)
{
	struct icmpkit_bytes structure = exact_hex(hex);
	struct icmpkit_text text;
	struct icmpkit_json json;

	icmpkit_text_init(&text, buf, cap);
	icmpkit_json_init(&json, &text);
	icmpkit_extensions_json(structure, &json, NULL);
	assert_false(text.truncated);
	exact_free(structure);
}

static void objects_are_shown_as_json(void **state)
{
	char buf[1024];

	(void)state;
	json_of("20000000 00080101 05dc1101", buf, sizeof(buf));
	assert_string_equal(buf, "[{\"class\":1,\"c_type\":1,\"name\":\"MPLS label stack\",\"labels\":"
				 "[{\"label\":24001,\"tc\":0,\"s\":1,\"ttl\":1}]}]");
	json_of("20000000 00080288 00000009", buf, sizeof(buf));
	assert_string_equal(buf, "[{\"class\":2,\"c_type\":136,\"name\":\"interface information\","
				 "\"role\":\"outgoing\",\"index\":9,\"address\":null,\"interface_name\":null,"
				 "\"mtu\":null,\"malformed\":false}]");
	json_of("20000000 0008c801 0000000a", buf, sizeof(buf));
	assert_string_equal(buf, "[{\"class\":200,\"c_type\":1,\"name\":\"unknown object\","
				 "\"payload_bytes\":4,\"payload\":\"0000000a\"}]");
	json_of("", buf, sizeof(buf));
	assert_string_equal(buf, "[]");
}

static void a_hostile_interface_name_reaches_no_terminal(void **state)
{
	/* ESC ] 0 ; x BEL as the name of an interface */
	struct icmpkit_bytes structure = exact_hex("20000000 000c0202 081b5d303b780700");
	char buf[512];
	struct icmpkit_text text;

	(void)state;
	icmpkit_text_init(&text, buf, sizeof(buf));
	icmpkit_extensions_text(structure, &text);
	assert_string_equal(buf, ", incoming interface \\x1b]0;x\\x07");
	exact_free(structure);
}

/* A message whose structure is full of the objects that take most room when shown. */
static struct icmpkit_bytes largest_message(uint8_t class_num, uint8_t c_type, const uint8_t *payload,
					    size_t payload_len)
{
	struct icmpkit_extension objects[60];
	uint8_t *buf = calloc(1, 65535);
	struct icmpkit_bytes wire;
	int len;

	assert_non_null(buf);
	for (size_t i = 0; i < 60; i++)
		objects[i] = (struct icmpkit_extension){class_num, c_type, {payload, payload_len}};
	buf[0] = ICMPKIT_V4_TIME_EXCEEDED;
	len = icmpkit_extensions_write(objects, 60, buf + 136, 65535 - 136);
	assert_true(len > 0);
	wire = exact(buf, 136 + (size_t)len);
	free(buf);
	return wire;
}

static void the_largest_output_fits_the_promised_room(void **state)
{
	static const uint8_t c_types[] = {1, 0x0f, 0};
	uint8_t payload[256];

	(void)state;
	for (uint8_t class_num = 1; class_num <= 3; class_num++) {
		char *buf = malloc(ICMPKIT_MESSAGE_JSON_MAX);
		struct icmpkit_bytes wire;
		struct icmpkit_message msg;
		struct icmpkit_text text;
		struct icmpkit_json json;

		assert_non_null(buf);
		memset(payload, class_num == 2 ? 0x1b : 0xff, sizeof(payload));
		/* index, an IPv6 address, a name of 63 control characters */
		memcpy(payload + 4, (const uint8_t[]){0, 2, 0, 0}, 4);
		payload[24] = 64;
		wire = largest_message(class_num, c_types[class_num - 1], payload, sizeof(payload));
		assert_int_equal(icmpkit_decode(ICMPKIT_IPV4, wire, &msg), 0);
		assert_int_equal(msg.extension_status, ICMPKIT_EXTENSION_LEGACY);
		icmpkit_text_init(&text, buf, ICMPKIT_MESSAGE_TEXT_MAX);
		icmpkit_message_text(&msg, &text);
		assert_false(text.truncated);
		assert_non_null(strstr(buf, ", 44 more objects"));
		icmpkit_text_init(&text, buf, ICMPKIT_MESSAGE_JSON_MAX);
		icmpkit_json_init(&json, &text);
		icmpkit_message_json(&msg, &json, NULL);
		assert_false(text.truncated);
		assert_non_null(strstr(buf, "{\"name\":\"omitted\",\"count\":44}"));
		exact_free(wire);
		free(buf);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_compliant_structure_is_found_in_both_units),
		cmocka_unit_test(a_structure_of_the_time_before_the_length_field_is_found),
		cmocka_unit_test(a_wrong_length_does_not_hide_the_structure),
		cmocka_unit_test(a_length_below_128_that_is_true_counts),
		cmocka_unit_test(a_checksum_of_zero_needs_objects_that_fill_the_rest),
		cmocka_unit_test(a_wrong_checksum_is_reported_only_where_a_structure_is_announced),
		cmocka_unit_test(another_version_is_no_structure),
		cmocka_unit_test(every_length_value_with_every_quote_length_is_safe),
		cmocka_unit_test(types_outside_rfc_4884_have_no_structure),
		cmocka_unit_test(objects_are_walked_and_a_bad_one_ends_the_walk),
		cmocka_unit_test(label_stack_entries_are_read_bit_by_bit),
		cmocka_unit_test(an_interface_with_all_parts_is_read),
		cmocka_unit_test(an_interface_with_a_missing_part_is_malformed_and_keeps_what_came_before),
		cmocka_unit_test(every_truncation_of_an_interface_is_malformed),
		cmocka_unit_test(a_written_structure_is_read_back),
		cmocka_unit_test(objects_are_shown_as_json),
		cmocka_unit_test(a_hostile_interface_name_reaches_no_terminal),
		cmocka_unit_test(the_largest_output_fits_the_promised_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
