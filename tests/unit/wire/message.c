/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages: every type decoded field by field, encoded to the same bytes, sealed, named and shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <icmpkit/message.h>
#include <icmpkit/numbers.h>

#include "exact.h"
#include "wire/description.h"

/* Decodes an exact block of these digits; the block must be given back. */
static struct icmpkit_bytes decoded(enum icmpkit_family family, const char *hex, struct icmpkit_message *out)
{
	struct icmpkit_bytes wire = exact_hex(hex);

	assert_int_equal(icmpkit_decode(family, wire, out), 0);
	return wire;
}

static void encodes_to(const struct icmpkit_message *msg, struct icmpkit_bytes wire)
{
	uint8_t *buf = malloc(wire.len);

	assert_non_null(buf);
	assert_int_equal(icmpkit_encode(msg, buf, wire.len), wire.len);
	assert_memory_equal(buf, wire.data, wire.len);
	assert_int_equal(icmpkit_encode(msg, buf, wire.len - 1), ICMPKIT_ERR_NO_SPACE);
	free(buf);
}

static void an_echo_has_identifier_sequence_and_data(void **state)
{
	static const struct {
		enum icmpkit_family family;
		const char *hex;
		enum icmpkit_kind kind;
	} cases[] = {
		{ICMPKIT_IPV4, "0800abcd 12345678 010203", ICMPKIT_KIND_ECHO_REQUEST},
		{ICMPKIT_IPV4, "0000abcd 12345678 010203", ICMPKIT_KIND_ECHO_REPLY},
		{ICMPKIT_IPV6, "8000abcd 12345678 010203", ICMPKIT_KIND_ECHO_REQUEST},
		{ICMPKIT_IPV6, "8100abcd 12345678 010203", ICMPKIT_KIND_ECHO_REPLY},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct icmpkit_message msg;
		struct icmpkit_bytes wire = decoded(cases[i].family, cases[i].hex, &msg);

		assert_int_equal(msg.kind, cases[i].kind);
		assert_int_equal(msg.family, cases[i].family);
		assert_int_equal(msg.checksum, 0xabcd);
		assert_int_equal(msg.echo.identifier, 0x1234);
		assert_int_equal(msg.echo.sequence, 0x5678);
		assert_int_equal(msg.payload.len, 3);
		assert_int_equal(msg.quote.len, 0);
		encodes_to(&msg, wire);
		exact_free(wire);
	}
}

static void unreachable_keeps_every_bit_in_both_families(void **state)
{
	struct icmpkit_message msg;
	struct icmpkit_bytes wire = decoded(ICMPKIT_IPV4, "0304abcd 0a0b0578 4500", &msg);

	(void)state;
	assert_int_equal(msg.kind, ICMPKIT_KIND_DESTINATION_UNREACHABLE);
	assert_int_equal(msg.unreachable.unused, 0x0a);
	assert_int_equal(msg.unreachable.length_words, 0x0b);
	assert_int_equal(msg.unreachable.next_hop_mtu, 1400);
	assert_int_equal(msg.quote.len, 2);
	encodes_to(&msg, wire);
	exact_free(wire);

	wire = decoded(ICMPKIT_IPV6, "0104abcd 0a0b0578 6000", &msg);
	assert_int_equal(msg.kind, ICMPKIT_KIND_DESTINATION_UNREACHABLE);
	assert_int_equal(msg.unreachable.length_words, 0x0a);
	assert_int_equal(msg.unreachable.unused_v6, 0x0b0578);
	encodes_to(&msg, wire);
	exact_free(wire);
}

static void time_exceeded_keeps_every_bit_in_both_families(void **state)
{
	struct icmpkit_message msg;
	struct icmpkit_bytes wire = decoded(ICMPKIT_IPV4, "0b00abcd 0a0b0c0d", &msg);

	(void)state;
	assert_int_equal(msg.kind, ICMPKIT_KIND_TIME_EXCEEDED);
	assert_int_equal(msg.time_exceeded.unused, 0x0a);
	assert_int_equal(msg.time_exceeded.length_words, 0x0b);
	assert_int_equal(msg.time_exceeded.unused_rest, 0x0c0d);
	encodes_to(&msg, wire);
	exact_free(wire);

	wire = decoded(ICMPKIT_IPV6, "0301abcd 0a0b0c0d", &msg);
	assert_int_equal(msg.time_exceeded.length_words, 0x0a);
	assert_int_equal(msg.time_exceeded.unused_rest, 0x0b0c0d);
	encodes_to(&msg, wire);
	exact_free(wire);
}

static void parameter_problem_points_with_8_and_32_bits(void **state)
{
	struct icmpkit_message msg;
	struct icmpkit_bytes wire = decoded(ICMPKIT_IPV4, "0c00abcd 140b0c0d", &msg);

	(void)state;
	assert_int_equal(msg.kind, ICMPKIT_KIND_PARAMETER_PROBLEM);
	assert_int_equal(msg.parameter_problem.pointer, 20);
	assert_int_equal(msg.parameter_problem.length_words, 0x0b);
	assert_int_equal(msg.parameter_problem.unused, 0x0c0d);
	encodes_to(&msg, wire);
	exact_free(wire);

	wire = decoded(ICMPKIT_IPV6, "0402abcd 00010203", &msg);
	assert_int_equal(msg.parameter_problem.pointer, 0x010203);
	encodes_to(&msg, wire);
	exact_free(wire);
}

static void too_big_and_source_quench_are_read(void **state)
{
	struct icmpkit_message msg;
	struct icmpkit_bytes wire = decoded(ICMPKIT_IPV6, "0200abcd 00000500 6000", &msg);

	(void)state;
	assert_int_equal(msg.kind, ICMPKIT_KIND_PACKET_TOO_BIG);
	assert_int_equal(msg.too_big.mtu, 1280);
	assert_int_equal(msg.quote.len, 2);
	encodes_to(&msg, wire);
	exact_free(wire);

	wire = decoded(ICMPKIT_IPV4, "0400abcd 01020304 4500", &msg);
	assert_int_equal(msg.kind, ICMPKIT_KIND_SOURCE_QUENCH);
	assert_int_equal(msg.source_quench.unused, 0x01020304);
	assert_int_equal(msg.quote.len, 2);
	encodes_to(&msg, wire);
	exact_free(wire);
}

static void redirects_name_the_better_hop(void **state)
{
	struct icmpkit_message msg;
	struct icmpkit_bytes wire = decoded(ICMPKIT_IPV4, "0501abcd cb007109 4500", &msg);

	(void)state;
	assert_int_equal(msg.kind, ICMPKIT_KIND_REDIRECT);
	assert_int_equal(msg.redirect.gateway.family, ICMPKIT_IPV4);
	assert_memory_equal(msg.redirect.gateway.bytes, "\xcb\x00\x71\x09", 4);
	assert_int_equal(msg.quote.len, 2);
	encodes_to(&msg, wire);
	exact_free(wire);

	/* with a target link-layer address and a redirected header */
	wire = decoded(ICMPKIT_IPV6,
		       "8900abcd 00000001 fe800000000000000000000000000002 20010db8000100000000000000000007"
		       "0201020304050607 0402000000000000 6000000000000000",
		       &msg);
	assert_int_equal(msg.kind, ICMPKIT_KIND_REDIRECT);
	assert_int_equal(msg.redirect.reserved, 1);
	assert_int_equal(msg.redirect.gateway.family, ICMPKIT_IPV6);
	assert_int_equal(msg.redirect.gateway.bytes[15], 2);
	assert_int_equal(msg.redirect.destination.bytes[15], 7);
	assert_int_equal(msg.payload.len, 24);
	assert_int_equal(msg.quote.len, 8);
	assert_int_equal(msg.quote.data[0], 0x60);
	encodes_to(&msg, wire);
	exact_free(wire);
}

static void an_unknown_type_is_kept_whole(void **state)
{
	struct icmpkit_message msg;
	struct icmpkit_bytes wire = decoded(ICMPKIT_IPV4, "fc07abcd 01020304 05", &msg);

	(void)state;
	assert_int_equal(msg.kind, ICMPKIT_KIND_UNKNOWN);
	assert_int_equal(msg.type, 252);
	assert_int_equal(msg.code, 7);
	assert_int_equal(msg.payload.len, 5);
	encodes_to(&msg, wire);
	exact_free(wire);
	wire = decoded(ICMPKIT_IPV6, "c800abcd", &msg);
	assert_int_equal(msg.payload.len, 0);
	encodes_to(&msg, wire);
	exact_free(wire);
}

static void every_truncation_of_a_fixed_part_is_an_error(void **state)
{
	static const uint8_t zeros[MESSAGE_FIXED_MAX];

	(void)state;
	for (unsigned int family = 4; family <= 6; family += 2) {
		for (unsigned int type = 0; type < 256; type++) {
			const struct icmpkit_message_description *description =
				icmpkit_message_description((enum icmpkit_family)family, (uint8_t)type);
			size_t fixed = description == NULL ? 4 : description->fixed_bytes;
			struct icmpkit_message msg = {0};

			for (size_t len = 0; len <= fixed; len++) {
				struct icmpkit_bytes wire = exact(zeros, len);

				if (len > 0)
					*(uint8_t *)(uintptr_t)wire.data = (uint8_t)type;
				assert_int_equal(icmpkit_decode((enum icmpkit_family)family, wire, &msg),
						 len < fixed ? ICMPKIT_ERR_TRUNCATED : 0);
				exact_free(wire);
			}
			assert_int_equal(msg.type, type);
		}
	}
}

static void nothing_is_written_on_failure(void **state)
{
	struct icmpkit_message msg = {.kind = ICMPKIT_KIND_ECHO_REQUEST, .checksum = 99};
	struct icmpkit_bytes wire = exact_hex("0800abcd");

	(void)state;
	assert_int_equal(icmpkit_decode(ICMPKIT_IPV4, wire, &msg), ICMPKIT_ERR_TRUNCATED);
	assert_int_equal(msg.checksum, 99);
	exact_free(wire);
}

static void a_value_that_does_not_fit_its_field_is_refused(void **state)
{
	uint8_t buf[64];
	struct icmpkit_message msg = {.family = ICMPKIT_IPV4, .type = ICMPKIT_V4_PARAMETER_PROBLEM};

	(void)state;
	msg.parameter_problem.pointer = 255;
	assert_int_equal(icmpkit_encode(&msg, buf, sizeof(buf)), 8);
	msg.parameter_problem.pointer = 256;
	assert_int_equal(icmpkit_encode(&msg, buf, sizeof(buf)), ICMPKIT_ERR_RANGE);
	msg = (struct icmpkit_message){.family = ICMPKIT_IPV6, .type = ICMPKIT_V6_TIME_EXCEEDED};
	msg.time_exceeded.unused_rest = 0x1000000;
	assert_int_equal(icmpkit_encode(&msg, buf, sizeof(buf)), ICMPKIT_ERR_RANGE);
	/* an address of the other family */
	msg = (struct icmpkit_message){.family = ICMPKIT_IPV4, .type = ICMPKIT_V4_REDIRECT};
	msg.redirect.gateway.family = ICMPKIT_IPV6;
	assert_int_equal(icmpkit_encode(&msg, buf, sizeof(buf)), ICMPKIT_ERR_RANGE);
}

static void a_sealed_message_has_a_right_checksum_and_a_changed_one_has_not(void **state)
{
	struct icmpkit_address src = {.family = ICMPKIT_IPV6, .bytes = {0x20, 1, 0xd, 0xb8, [15] = 1}};
	struct icmpkit_address dst = {.family = ICMPKIT_IPV6, .bytes = {0x20, 1, 0xd, 0xb8, [15] = 2}};
	struct icmpkit_address other = {.family = ICMPKIT_IPV6, .bytes = {0x20, 1, 0xd, 0xb8, [15] = 3}};
	uint8_t wire[13] = {128, 0, 0xff, 0xff, 0, 1, 0, 2, 'h', 'e', 'l', 'l', 'o'};
	struct icmpkit_bytes bytes = {wire, sizeof(wire)};

	(void)state;
	icmpkit_message_seal(ICMPKIT_IPV6, wire, sizeof(wire), &src, &dst);
	assert_true(icmpkit_message_checksum_ok(ICMPKIT_IPV6, bytes, &src, &dst));
	assert_false(icmpkit_message_checksum_ok(ICMPKIT_IPV6, bytes, &src, &other));
	/* RFC 4443 2.3: without the pseudo-header it is wrong */
	assert_false(icmpkit_message_checksum_ok(ICMPKIT_IPV4, bytes, NULL, NULL));
	wire[12] ^= 1;
	assert_false(icmpkit_message_checksum_ok(ICMPKIT_IPV6, bytes, &src, &dst));

	wire[0] = ICMPKIT_V4_ECHO_REQUEST;
	icmpkit_message_seal(ICMPKIT_IPV4, wire, sizeof(wire), NULL, NULL);
	assert_true(icmpkit_message_checksum_ok(ICMPKIT_IPV4, bytes, NULL, NULL));
	assert_false(icmpkit_message_checksum_ok(ICMPKIT_IPV4, (struct icmpkit_bytes){wire, 3}, NULL, NULL));
}

static void errors_are_told_from_the_rest(void **state)
{
	(void)state;
	assert_true(icmpkit_type_is_error(ICMPKIT_IPV4, ICMPKIT_V4_DESTINATION_UNREACHABLE));
	assert_true(icmpkit_type_is_error(ICMPKIT_IPV4, ICMPKIT_V4_SOURCE_QUENCH));
	assert_true(icmpkit_type_is_error(ICMPKIT_IPV4, ICMPKIT_V4_REDIRECT));
	assert_true(icmpkit_type_is_error(ICMPKIT_IPV4, ICMPKIT_V4_TIME_EXCEEDED));
	assert_true(icmpkit_type_is_error(ICMPKIT_IPV4, ICMPKIT_V4_PARAMETER_PROBLEM));
	assert_false(icmpkit_type_is_error(ICMPKIT_IPV4, ICMPKIT_V4_ECHO_REQUEST));
	assert_false(icmpkit_type_is_error(ICMPKIT_IPV4, 13));
	/* RFC 4443 2.1, also for types to come */
	for (unsigned int type = 0; type < 256; type++)
		assert_int_equal(icmpkit_type_is_error(ICMPKIT_IPV6, (uint8_t)type), type < 128);
	assert_false(icmpkit_type_is_error(ICMPKIT_FAMILY_NONE, 1));
}

static void names_come_from_the_tables(void **state)
{
	(void)state;
	assert_string_equal(icmpkit_type_name(ICMPKIT_IPV4, 3), "destination unreachable");
	assert_string_equal(icmpkit_code_name(ICMPKIT_IPV4, 3, 3), "port unreachable");
	assert_string_equal(icmpkit_code_name(ICMPKIT_IPV4, 3, 15), "precedence cutoff in effect");
	assert_null(icmpkit_code_name(ICMPKIT_IPV4, 3, 16));
	assert_string_equal(icmpkit_code_name(ICMPKIT_IPV6, 3, 0), "hop limit exceeded in transit");
	assert_string_equal(icmpkit_code_name(ICMPKIT_IPV6, 4, 10), "option too big");
	assert_string_equal(icmpkit_code_name(ICMPKIT_IPV6, 1, 8), "headers too long");
	assert_null(icmpkit_code_name(ICMPKIT_IPV6, 4, 255));
	assert_string_equal(icmpkit_message_name(ICMPKIT_IPV4, 3, 16), "destination unreachable");
	assert_string_equal(icmpkit_message_name(ICMPKIT_IPV4, 8, 0), "echo request");
	assert_string_equal(icmpkit_message_name(ICMPKIT_IPV6, 2, 0), "packet too big");
	assert_string_equal(icmpkit_type_name(ICMPKIT_IPV4, 252), "unknown");
	assert_null(icmpkit_code_name(ICMPKIT_IPV4, 252, 0));
	assert_string_equal(icmpkit_type_name(ICMPKIT_FAMILY_NONE, 3), "unknown");
}

/* The line of text and the JSON of a message given as hex. */
static void shows(enum icmpkit_family family, const char *hex, const char *text_wanted,
		  const char *json_wanted)
{
	struct icmpkit_message msg;
	struct icmpkit_bytes wire = decoded(family, hex, &msg);
	char *buf = malloc(ICMPKIT_MESSAGE_JSON_MAX);
	struct icmpkit_text text;
	struct icmpkit_json json;

	assert_non_null(buf);
	icmpkit_text_init(&text, buf, ICMPKIT_MESSAGE_TEXT_MAX);
	icmpkit_message_text(&msg, &text);
	assert_string_equal(buf, text_wanted);
	icmpkit_text_init(&text, buf, ICMPKIT_MESSAGE_JSON_MAX);
	icmpkit_json_init(&json, &text);
	icmpkit_message_json(&msg, &json, NULL);
	assert_string_equal(buf, json_wanted);
	free(buf);
	exact_free(wire);
}

static void a_message_is_shown_as_text_and_json(void **state)
{
	(void)state;
	shows(ICMPKIT_IPV4, "0800abcd 12345678 010203",
	      "echo request, identifier 4660, sequence 22136, 3 bytes of data",
	      "{\"version\":4,\"type\":8,\"code\":0,\"name\":\"echo request\",\"checksum\":43981,"
	      "\"fields\":{\"identifier\":4660,\"sequence\":22136},\"payload_bytes\":3}");
	shows(ICMPKIT_IPV4, "0310abcd 00000000",
	      "destination unreachable (code 16), quoting nothing readable",
	      "{\"version\":4,\"type\":3,\"code\":16,\"name\":\"destination unreachable\","
	      "\"checksum\":43981,\"fields\":{\"length\":0,\"mtu\":0},\"quoted\":null,\"quote_bytes\":0,"
	      "\"extensions\":[],\"extension_status\":\"none\",\"extensions_malformed\":false}");
	shows(ICMPKIT_IPV4, "fc07abcd 01", "type 252 (code 7), 1 byte of data",
	      "{\"version\":4,\"type\":252,\"code\":7,\"name\":\"unknown\",\"checksum\":43981,"
	      "\"fields\":{},\"payload_bytes\":1}");
}

static void unused_bits_are_shown_only_when_set(void **state)
{
	(void)state;
	shows(ICMPKIT_IPV6, "0300abcd 00000007",
	      "time exceeded (hop limit exceeded in transit), unused 7, quoting nothing readable",
	      "{\"version\":6,\"type\":3,\"code\":0,\"name\":\"hop limit exceeded in transit\","
	      "\"checksum\":43981,\"fields\":{\"length\":0,\"unused\":7},\"quoted\":null,\"quote_bytes\":0,"
	      "\"extensions\":[],\"extension_status\":\"none\",\"extensions_malformed\":false}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_echo_has_identifier_sequence_and_data),
		cmocka_unit_test(unreachable_keeps_every_bit_in_both_families),
		cmocka_unit_test(time_exceeded_keeps_every_bit_in_both_families),
		cmocka_unit_test(parameter_problem_points_with_8_and_32_bits),
		cmocka_unit_test(too_big_and_source_quench_are_read),
		cmocka_unit_test(redirects_name_the_better_hop),
		cmocka_unit_test(an_unknown_type_is_kept_whole),
		cmocka_unit_test(every_truncation_of_a_fixed_part_is_an_error),
		cmocka_unit_test(nothing_is_written_on_failure),
		cmocka_unit_test(a_value_that_does_not_fit_its_field_is_refused),
		cmocka_unit_test(a_sealed_message_has_a_right_checksum_and_a_changed_one_has_not),
		cmocka_unit_test(errors_are_told_from_the_rest),
		cmocka_unit_test(names_come_from_the_tables),
		cmocka_unit_test(a_message_is_shown_as_text_and_json),
		cmocka_unit_test(unused_bits_are_shown_only_when_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
