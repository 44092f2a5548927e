/* SPDX-License-Identifier: BSD-2-Clause */
/* IP headers: options, extension headers, lengths that are too small, too large or missing, and writing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <icmpkit/datagram.h>
#include <icmpkit/numbers.h>

#include "exact.h"

#define V4_ADDRESSES "c0000201 c6336407"
#define V6_ADDRESSES "20010db8000000000000000000000001 20010db8000100000000000000000007"

static int parse_hex(const char *hex, struct icmpkit_bytes *wire, struct icmpkit_datagram *out)
{
	*wire = exact_hex(hex);
	return icmpkit_datagram_parse(*wire, out);
}

static int error_of(const char *hex)
{
	struct icmpkit_bytes wire;
	struct icmpkit_datagram dg;
	int err = parse_hex(hex, &wire, &dg);

	exact_free(wire);
	return err;
}

static void an_ipv4_header_with_options_is_read(void **state)
{
	struct icmpkit_bytes wire;
	struct icmpkit_datagram dg;

	(void)state;
	/* TOS b8, identification 1234, DF, TTL 63, protocol 1, four bytes of options, two of payload, padding
	 */
	assert_int_equal(parse_hex("46b8001a12344000 3f010000" V4_ADDRESSES "07040000 abcd 0000", &wire, &dg),
			 0);
	assert_int_equal(dg.family, ICMPKIT_IPV4);
	assert_int_equal(dg.traffic_class, 0xb8);
	assert_int_equal(dg.identification, 0x1234);
	assert_true(dg.dont_fragment);
	assert_false(dg.is_fragment);
	assert_int_equal(dg.hop_limit, 63);
	assert_int_equal(dg.protocol, ICMPKIT_PROTO_ICMP);
	assert_int_equal(dg.header.len, 24);
	assert_int_equal(dg.options.len, 4);
	assert_int_equal(dg.payload.len, 2);
	assert_int_equal(dg.payload.data[0], 0xab);
	assert_int_equal(dg.total_len, 26);
	assert_false(dg.truncated);
	assert_false(dg.header_checksum_ok);
	exact_free(wire);
}

static void a_cut_datagram_gives_what_there_is(void **state)
{
	struct icmpkit_bytes wire;
	struct icmpkit_datagram dg;

	(void)state;
	assert_int_equal(parse_hex("45000100123420403f010000" V4_ADDRESSES "abcd", &wire, &dg), 0);
	assert_true(dg.truncated);
	assert_int_equal(dg.payload.len, 2);
	assert_int_equal(dg.total_len, 256);
	assert_true(dg.more_fragments);
	assert_int_equal(dg.fragment_offset_bytes, 512);
	assert_true(dg.is_fragment);
	exact_free(wire);
}

static void a_total_length_of_zero_means_all_there_is(void **state)
{
	struct icmpkit_bytes wire;
	struct icmpkit_datagram dg;

	(void)state;
	assert_int_equal(parse_hex("45000000123400003f010000" V4_ADDRESSES "abcd", &wire, &dg), 0);
	assert_int_equal(dg.payload.len, 2);
	assert_int_equal(dg.total_len, 22);
	assert_false(dg.truncated);
	exact_free(wire);
}

static void headers_that_contradict_themselves_are_malformed(void **state)
{
	(void)state;
	/* version 5; IHL 4; total length below the header; total length below the options */
	assert_int_equal(error_of("55000014123400003f010000" V4_ADDRESSES), ICMPKIT_ERR_MALFORMED);
	assert_int_equal(error_of("44000014123400003f010000" V4_ADDRESSES), ICMPKIT_ERR_MALFORMED);
	assert_int_equal(error_of("45000013123400003f010000" V4_ADDRESSES), ICMPKIT_ERR_MALFORMED);
	assert_int_equal(error_of("46000014123400003f010000" V4_ADDRESSES "00000000"), ICMPKIT_ERR_MALFORMED);
	assert_int_equal(error_of(""), ICMPKIT_ERR_TRUNCATED);
}

static void every_truncation_inside_the_headers_is_an_error(void **state)
{
	/* IPv4 with eight bytes of options; IPv6 with hop-by-hop, routing, fragment and destination options
	 */
	static const char *const whole[] = {
		"47000020123400003f010000" V4_ADDRESSES "0101010101010100",
		"6000000000203a40" V6_ADDRESSES
		"2b00010400000000 2c00000000000000 3c00000112345678 0600010400000000",
	};
	static const size_t header_len[] = {28, 72};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct icmpkit_bytes wire = exact_hex(whole[i]);

		((uint8_t *)(uintptr_t)wire.data)[i == 0 ? 9 : 6] = 0; /* IPv6: begins with hop-by-hop */
		for (size_t len = 0; len <= wire.len; len++) {
			struct icmpkit_bytes cut = exact(wire.data, len);
			struct icmpkit_datagram dg;

			assert_int_equal(icmpkit_datagram_parse(cut, &dg),
					 len < header_len[i] ? ICMPKIT_ERR_TRUNCATED : 0);
			exact_free(cut);
		}
		exact_free(wire);
	}
}

static void an_ipv6_chain_is_walked_to_the_upper_layer(void **state)
{
	struct icmpkit_bytes wire;
	struct icmpkit_datagram dg;

	(void)state;
	/* hop-by-hop, destination options, routing, AH (two words more), mobility, HIP, shim6, ICMPv6 */
	assert_int_equal(parse_hex("6b81234500440040" V6_ADDRESSES "3c00010400000000 2b00010400000000"
				   "3300000000000000 8701000000000000 00000000 8b00000000000000"
				   "8c00000000000000 3a00000000000000 8000abcd 00000000",
				   &wire, &dg),
			 0);
	assert_int_equal(dg.traffic_class, 0xb8);
	assert_int_equal(dg.flow_label, 0x12345);
	assert_int_equal(dg.protocol, ICMPKIT_PROTO_ICMPV6);
	assert_int_equal(dg.options.len, 60);
	assert_int_equal(dg.payload.len, 8);
	assert_int_equal(dg.payload.data[0], 0x80);
	assert_true(dg.header_checksum_ok);
	exact_free(wire);
}

static void esp_and_no_next_header_end_the_chain(void **state)
{
	struct icmpkit_bytes wire;
	struct icmpkit_datagram dg;

	(void)state;
	assert_int_equal(parse_hex("6000000000083240" V6_ADDRESSES "0000000100000001", &wire, &dg), 0);
	assert_int_equal(dg.protocol, ICMPKIT_PROTO_ESP);
	assert_int_equal(dg.payload.len, 8);
	exact_free(wire);
	assert_int_equal(parse_hex("6000000000083b40" V6_ADDRESSES "0000000100000001", &wire, &dg), 0);
	assert_int_equal(dg.protocol, ICMPKIT_PROTO_NO_NEXT_HEADER);
	assert_int_equal(dg.payload.len, 8);
	exact_free(wire);
}

static void behind_a_later_fragment_nothing_is_taken_for_a_header(void **state)
{
	struct icmpkit_bytes wire;
	struct icmpkit_datagram dg;

	(void)state;
	/* offset 1448, more to come, next header destination options, which only the first fragment holds */
	assert_int_equal(
		parse_hex("6000000000102c40" V6_ADDRESSES "3c0005a9deadbeef 3aff000000000000", &wire, &dg),
		0);
	assert_true(dg.is_fragment);
	assert_true(dg.more_fragments);
	assert_int_equal(dg.fragment_offset_bytes, 1448);
	assert_int_equal(dg.identification, 0xdeadbeef);
	assert_int_equal(dg.protocol, ICMPKIT_PROTO_DESTINATION_OPTIONS);
	assert_int_equal(dg.payload.len, 8);
	exact_free(wire);
}

static void an_atomic_fragment_is_whole(void **state)
{
	struct icmpkit_bytes wire;
	struct icmpkit_datagram dg;

	(void)state;
	/* RFC 6946 */
	assert_int_equal(
		parse_hex("6000000000102c40" V6_ADDRESSES "3a00000000000007 8000abcd00000000", &wire, &dg),
		0);
	assert_false(dg.is_fragment);
	assert_int_equal(dg.identification, 7);
	assert_int_equal(dg.protocol, ICMPKIT_PROTO_ICMPV6);
	exact_free(wire);
}

static void a_jumbogram_takes_all_there_is(void **state)
{
	struct icmpkit_bytes wire;
	struct icmpkit_datagram dg;

	(void)state;
	/* RFC 2675 2: payload length 0, a hop-by-hop header with the jumbo option */
	assert_int_equal(
		parse_hex("6000000000000040" V6_ADDRESSES "3a00c20400010008 8000abcd00000000", &wire, &dg),
		0);
	assert_int_equal(dg.protocol, ICMPKIT_PROTO_ICMPV6);
	assert_int_equal(dg.payload.len, 8);
	assert_false(dg.truncated);
	exact_free(wire);
}

static void padding_of_the_link_is_no_payload(void **state)
{
	struct icmpkit_bytes wire;
	struct icmpkit_datagram dg;

	(void)state;
	assert_int_equal(parse_hex("6000000000043a40" V6_ADDRESSES "8000abcd 00000000", &wire, &dg), 0);
	assert_int_equal(dg.payload.len, 4);
	assert_int_equal(dg.total_len, 44);
	exact_free(wire);
}

static void an_extension_header_longer_than_announced_is_malformed(void **state)
{
	(void)state;
	/* the payload ends at 8 bytes, the header at 16; the bytes behind are padding */
	assert_int_equal(error_of("6000000000080040" V6_ADDRESSES "3a01010400000000 0000000000000000"),
			 ICMPKIT_ERR_MALFORMED);
}

/* An IPv6 header and @count empty destination option headers, then no next header. */
static struct icmpkit_bytes chain_of(size_t count)
{
	uint8_t *buf = calloc(1, 40 + 8 * count);
	struct icmpkit_bytes wire;

	assert_non_null(buf);
	buf[0] = 0x60;
	buf[4] = (uint8_t)(8 * count >> 8);
	buf[5] = (uint8_t)(8 * count);
	buf[6] = ICMPKIT_PROTO_DESTINATION_OPTIONS;
	for (size_t i = 0; i < count; i++)
		buf[40 + 8 * i] =
			i + 1 == count ? ICMPKIT_PROTO_NO_NEXT_HEADER : ICMPKIT_PROTO_DESTINATION_OPTIONS;
	wire = exact(buf, 40 + 8 * count);
	free(buf);
	return wire;
}

static void a_chain_of_64_headers_passes_and_one_of_65_does_not(void **state)
{
	struct icmpkit_bytes longest = chain_of(64);
	struct icmpkit_bytes too_long = chain_of(65);
	struct icmpkit_datagram dg;

	(void)state;
	assert_int_equal(icmpkit_datagram_parse(longest, &dg), 0);
	assert_int_equal(dg.options.len, 512);
	assert_int_equal(icmpkit_datagram_parse(too_long, &dg), ICMPKIT_ERR_MALFORMED);
	exact_free(longest);
	exact_free(too_long);
}

static void what_is_written_is_read_back(void **state)
{
	static const enum icmpkit_family families[] = {ICMPKIT_IPV4, ICMPKIT_IPV6};
	static const int header_len[] = {20, 40};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		uint8_t payload[4] = {1, 2, 3, 4};
		struct icmpkit_datagram dg = {.family = families[i],
					      .src = {.family = families[i], .bytes = {192, 0, 2, 1}},
					      .dst = {.family = families[i], .bytes = {192, 0, 2, 2}},
					      .protocol = 17,
					      .hop_limit = 5,
					      .traffic_class = 0x2e,
					      .flow_label = i == 1 ? 0xabcde : 0,
					      .identification = i == 0 ? 0xbeef : 0,
					      .dont_fragment = i == 0,
					      .payload = {payload, sizeof(payload)}};
		uint8_t *buf = malloc((size_t)header_len[i] + 4);
		struct icmpkit_datagram back;

		assert_non_null(buf);
		assert_int_equal(icmpkit_datagram_write(&dg, buf, (size_t)header_len[i] - 1),
				 ICMPKIT_ERR_NO_SPACE);
		assert_int_equal(icmpkit_datagram_write(&dg, buf, (size_t)header_len[i]), header_len[i]);
		memcpy(buf + header_len[i], payload, sizeof(payload));
		assert_int_equal(
			icmpkit_datagram_parse((struct icmpkit_bytes){buf, (size_t)header_len[i] + 4}, &back),
			0);
		assert_true(icmpkit_address_equal(&back.src, &dg.src));
		assert_true(icmpkit_address_equal(&back.dst, &dg.dst));
		assert_int_equal(back.protocol, dg.protocol);
		assert_int_equal(back.hop_limit, dg.hop_limit);
		assert_int_equal(back.traffic_class, dg.traffic_class);
		assert_int_equal(back.flow_label, dg.flow_label);
		assert_int_equal(back.identification, dg.identification);
		assert_int_equal(back.dont_fragment, dg.dont_fragment);
		assert_int_equal(back.payload.len, 4);
		assert_true(back.header_checksum_ok);
		free(buf);
	}
}

static void values_that_do_not_fit_are_refused(void **state)
{
	uint8_t buf[40];
	struct icmpkit_datagram v4 = {
		.family = ICMPKIT_IPV4, .src = {.family = ICMPKIT_IPV4}, .dst = {.family = ICMPKIT_IPV4}};
	struct icmpkit_datagram v6 = {
		.family = ICMPKIT_IPV6, .src = {.family = ICMPKIT_IPV6}, .dst = {.family = ICMPKIT_IPV6}};
	struct icmpkit_datagram wrong;

	(void)state;
	wrong = v4;
	wrong.payload.len = 65516;
	assert_int_equal(icmpkit_datagram_write(&wrong, buf, sizeof(buf)), ICMPKIT_ERR_RANGE);
	wrong = v4;
	wrong.identification = 0x10000;
	assert_int_equal(icmpkit_datagram_write(&wrong, buf, sizeof(buf)), ICMPKIT_ERR_RANGE);
	wrong = v4;
	wrong.dst.family = ICMPKIT_IPV6;
	assert_int_equal(icmpkit_datagram_write(&wrong, buf, sizeof(buf)), ICMPKIT_ERR_RANGE);
	wrong = v6;
	wrong.flow_label = 0x100000;
	assert_int_equal(icmpkit_datagram_write(&wrong, buf, sizeof(buf)), ICMPKIT_ERR_RANGE);
	wrong = v6;
	wrong.payload.len = 65536;
	assert_int_equal(icmpkit_datagram_write(&wrong, buf, sizeof(buf)), ICMPKIT_ERR_RANGE);
	wrong = (struct icmpkit_datagram){0};
	assert_int_equal(icmpkit_datagram_write(&wrong, buf, sizeof(buf)), ICMPKIT_ERR_RANGE);
}

/* An IPv6 datagram with one extension header of 24 bytes: @first its number, @rest what is behind its length.
 */
static void assert_pseudo_header(uint8_t first, const uint8_t rest[22], uint8_t src_end, uint8_t dst_end)
{
	uint8_t wire[40 + 24] = {0x60,	   [5] = 24,	[6] = first, [7] = 64,	[8] = 0xfd,
				 [23] = 1, [24] = 0xfd, [39] = 2,    [40] = 58, [41] = 2};
	struct icmpkit_datagram dg;
	struct icmpkit_address src;
	struct icmpkit_address dst;

	memcpy(wire + 42, rest, 22);
	assert_int_equal(icmpkit_datagram_parse((struct icmpkit_bytes){wire, sizeof(wire)}, &dg), 0);
	icmpkit_datagram_pseudo_header(&dg, &src, &dst);
	assert_int_equal(src.bytes[15], src_end);
	assert_int_equal(dst.bytes[15], dst_end);
}

static void the_checksum_covers_the_last_destination_and_the_home_address(void **state)
{
	const uint8_t source_route[22] = {0, 1, [6] = 0xfd, [21] = 9};
	const uint8_t arrived[22] = {0, 0, [6] = 0xfd, [21] = 9};
	const uint8_t segments[22] = {4, 1, [6] = 0xfd, [21] = 8};
	const uint8_t unknown[22] = {77, 1, [6] = 0xfd, [21] = 7};
	const uint8_t home[22] = {1, 2, 0, 0, 201, 16, [6] = 0xfd, [21] = 6};
	const uint8_t cut_option[22] = {201, 200};

	(void)state;
	assert_pseudo_header(43, source_route, 1, 9);
	assert_pseudo_header(43, arrived, 1, 2);
	assert_pseudo_header(43, segments, 1, 8);
	assert_pseudo_header(43, unknown, 1, 2);
	assert_pseudo_header(60, home, 6, 2);
	assert_pseudo_header(60, cut_option, 1, 2);
	assert_pseudo_header(0, home, 1, 2); /* hop-by-hop options have no home address */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_ipv4_header_with_options_is_read),
		cmocka_unit_test(a_cut_datagram_gives_what_there_is),
		cmocka_unit_test(a_total_length_of_zero_means_all_there_is),
		cmocka_unit_test(headers_that_contradict_themselves_are_malformed),
		cmocka_unit_test(every_truncation_inside_the_headers_is_an_error),
		cmocka_unit_test(an_ipv6_chain_is_walked_to_the_upper_layer),
		cmocka_unit_test(esp_and_no_next_header_end_the_chain),
		cmocka_unit_test(behind_a_later_fragment_nothing_is_taken_for_a_header),
		cmocka_unit_test(an_atomic_fragment_is_whole),
		cmocka_unit_test(a_jumbogram_takes_all_there_is),
		cmocka_unit_test(padding_of_the_link_is_no_payload),
		cmocka_unit_test(an_extension_header_longer_than_announced_is_malformed),
		cmocka_unit_test(a_chain_of_64_headers_passes_and_one_of_65_does_not),
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(values_that_do_not_fit_are_refused),
		cmocka_unit_test(the_checksum_covers_the_last_destination_and_the_home_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
