/* SPDX-License-Identifier: BSD-2-Clause */
/* Quoted datagrams: cut at every byte, through headers, with wrong lengths, of every transport we read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <icmpkit/numbers.h>
#include <icmpkit/quote.h>

#include "exact.h"

#define V4_ADDRESSES "c0000201 c6336407"
#define V6_ADDRESSES "20010db8000000000000000000000001 20010db8000100000000000000000007"
/* ports 40000 and 33435, length 40, checksum beef */
#define UDP "9c40829b 0028beef"

static struct icmpkit_bytes parse_hex(const char *hex, struct icmpkit_quote *out)
{
	struct icmpkit_bytes wire = exact_hex(hex);

	icmpkit_quote_parse(wire, out);
	return wire;
}

static void a_udp_quote_is_read_with_options_before_it(void **state)
{
	struct icmpkit_quote quote;
	struct icmpkit_bytes wire =
		parse_hex("46b80040 beef4000 01110000" V4_ADDRESSES "01010100" UDP "0102", &quote);

	(void)state;
	assert_int_equal(quote.depth, ICMPKIT_QUOTE_TRANSPORT);
	assert_int_equal(quote.family, ICMPKIT_IPV4);
	assert_memory_equal(quote.src.bytes, "\xc0\x00\x02\x01", 4);
	assert_memory_equal(quote.dst.bytes, "\xc6\x33\x64\x07", 4);
	assert_int_equal(quote.protocol, ICMPKIT_PROTO_UDP);
	assert_int_equal(quote.hop_limit, 1);
	assert_int_equal(quote.traffic_class, 0xb8);
	assert_int_equal(quote.identification, 0xbeef);
	assert_int_equal(quote.total_len, 64);
	assert_true(quote.truncated);
	assert_false(quote.header_checksum_ok);
	assert_int_equal(quote.src_port, 40000);
	assert_int_equal(quote.dst_port, 33435);
	assert_int_equal(quote.udp_len, 40);
	assert_int_equal(quote.transport_checksum, 0xbeef);
	assert_int_equal(quote.transport.len, 10);
	assert_int_equal(quote.payload.len, 2);
	exact_free(wire);
}

static void the_depth_follows_the_bytes(void **state)
{
	struct icmpkit_bytes v4 = exact_hex("4500003c 12340000 0111bb41" V4_ADDRESSES UDP);
	struct icmpkit_bytes v6 = exact_hex("6000000000281101" V6_ADDRESSES UDP);
	const struct icmpkit_bytes whole[] = {v4, v6};
	static const size_t header_len[] = {20, 40};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		for (size_t len = 0; len <= whole[i].len; len++) {
			struct icmpkit_bytes cut = exact(whole[i].data, len);
			enum icmpkit_quote_depth wanted = ICMPKIT_QUOTE_TRANSPORT;
			struct icmpkit_quote quote;

			if (len < header_len[i])
				wanted = ICMPKIT_QUOTE_NOTHING;
			else if (len < header_len[i] + 4)
				wanted = ICMPKIT_QUOTE_ADDRESSES;
			else if (len < header_len[i] + 8)
				wanted = ICMPKIT_QUOTE_PORTS;
			icmpkit_quote_parse(cut, &quote);
			assert_int_equal(quote.depth, wanted);
			assert_int_equal(quote.dst_port, wanted >= ICMPKIT_QUOTE_PORTS ? 33435 : 0);
			exact_free(cut);
		}
	}
	exact_free(v4);
	exact_free(v6);
}

static void extension_headers_are_passed(void **state)
{
	struct icmpkit_quote quote;
	/* hop-by-hop, routing type 4, first fragment, UDP; payload length 64 */
	struct icmpkit_bytes wire = parse_hex("6b812345 00400001" V6_ADDRESSES
					      "2b00010400000000 2c00040000000000 1100000100000009" UDP,
					      &quote);

	(void)state;
	assert_int_equal(quote.depth, ICMPKIT_QUOTE_TRANSPORT);
	assert_int_equal(quote.protocol, ICMPKIT_PROTO_UDP);
	assert_int_equal(quote.flow_label, 0x12345);
	assert_int_equal(quote.traffic_class, 0xb8);
	assert_int_equal(quote.total_len, 104);
	assert_true(quote.is_fragment);
	assert_int_equal(quote.src_port, 40000);
	exact_free(wire);
}

static void a_cut_chain_ends_at_the_addresses(void **state)
{
	struct icmpkit_quote quote;
	struct icmpkit_bytes wire =
		parse_hex("6000000000400001" V6_ADDRESSES "2b00010400000000 3c01", &quote);

	(void)state;
	assert_int_equal(quote.depth, ICMPKIT_QUOTE_ADDRESSES);
	assert_int_equal(quote.protocol, ICMPKIT_PROTO_ROUTING);
	assert_int_equal(quote.transport.len, 0);
	exact_free(wire);
}

static void no_ports_are_invented_behind_a_later_fragment(void **state)
{
	struct icmpkit_quote quote;
	struct icmpkit_bytes wire = parse_hex("4500003c 123400b9 0111bb41" V4_ADDRESSES UDP, &quote);

	(void)state;
	assert_int_equal(quote.depth, ICMPKIT_QUOTE_ADDRESSES);
	assert_true(quote.is_fragment);
	assert_int_equal(quote.src_port, 0);
	exact_free(wire);
	wire = parse_hex("6000000000402c01" V6_ADDRESSES "110005a800000009" UDP, &quote);
	assert_int_equal(quote.depth, ICMPKIT_QUOTE_ADDRESSES);
	assert_true(quote.is_fragment);
	assert_int_equal(quote.protocol, ICMPKIT_PROTO_UDP);
	exact_free(wire);
}

static void each_transport_has_its_own_members(void **state)
{
	struct icmpkit_quote quote;
	struct icmpkit_bytes wire;

	(void)state;
	/* TCP: sequence number, payload behind a header of 24 bytes */
	wire = parse_hex("45000032 12340000 01060000" V4_ADDRESSES
			 "9c400050 01020304 00000000 60020000 00000000 020405b4 aabb",
			 &quote);
	assert_int_equal(quote.tcp_sequence, 0x01020304);
	assert_int_equal(quote.dst_port, 80);
	assert_int_equal(quote.payload.len, 2);
	exact_free(wire);
	/* UDP-Lite, SCTP: ports */
	wire = parse_hex("45000030 12340000 01880000" V4_ADDRESSES UDP, &quote);
	assert_int_equal(quote.src_port, 40000);
	exact_free(wire);
	wire = parse_hex("45000030 12340000 01840000" V4_ADDRESSES "0b590b5a 01020304", &quote);
	assert_int_equal(quote.src_port, 2905);
	assert_int_equal(quote.dst_port, 2906);
	exact_free(wire);
	/* ICMP and ICMPv6 echo */
	wire = parse_hex("45000030 12340000 01010000" V4_ADDRESSES "0800abcd beef0003 00", &quote);
	assert_int_equal(quote.icmp_type, 8);
	assert_int_equal(quote.transport_checksum, 0xabcd);
	assert_int_equal(quote.icmp_identifier, 0xbeef);
	assert_int_equal(quote.icmp_sequence, 3);
	assert_int_equal(quote.payload.len, 1);
	exact_free(wire);
	wire = parse_hex("6000000000083a01" V6_ADDRESSES "8000abcd beef0004", &quote);
	assert_int_equal(quote.icmp_type, 128);
	assert_int_equal(quote.icmp_sequence, 4);
	exact_free(wire);
	/* not an echo: those eight bytes mean something else */
	wire = parse_hex("45000030 12340000 01010000" V4_ADDRESSES "0303abcd beef0003", &quote);
	assert_int_equal(quote.icmp_code, 3);
	assert_int_equal(quote.icmp_identifier, 0);
	exact_free(wire);
	/* ESP */
	wire = parse_hex("45000030 12340000 01320000" V4_ADDRESSES "abadcafe", &quote);
	assert_int_equal(quote.depth, ICMPKIT_QUOTE_PORTS);
	assert_int_equal(quote.esp_spi, 0xabadcafe);
	exact_free(wire);
}

static void padding_behind_a_short_datagram_is_not_quoted(void **state)
{
	struct icmpkit_quote quote;
	struct icmpkit_bytes wire =
		parse_hex("4500001e 12340000 01110000" V4_ADDRESSES UDP "0102 00000000000000000000", &quote);

	(void)state;
	assert_int_equal(quote.transport.len, 10);
	assert_int_equal(quote.payload.len, 2);
	assert_false(quote.truncated);
	exact_free(wire);
}

static void a_total_length_that_lies_costs_no_ports(void **state)
{
	/* without the header; swapped; zero */
	static const char *const lies[] = {"45000014", "45001c00", "45000000", "45000016"};
	static const char rest[] = "12340000 01110000" V4_ADDRESSES UDP;

	(void)state;
	for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		char hex[256];
		struct icmpkit_quote quote;
		struct icmpkit_bytes wire;

		memcpy(hex, lies[i], 8);
		memcpy(hex + 8, rest, sizeof(rest));
		wire = parse_hex(hex, &quote);
		assert_int_equal(quote.depth, ICMPKIT_QUOTE_TRANSPORT);
		assert_int_equal(quote.dst_port, 33435);
		exact_free(wire);
	}
}

static void a_header_length_that_lies_leaves_the_addresses(void **state)
{
	struct icmpkit_quote quote;
	struct icmpkit_bytes wire = parse_hex("4000003c 12340000 01110000" V4_ADDRESSES UDP, &quote);

	(void)state;
	assert_int_equal(quote.depth, ICMPKIT_QUOTE_ADDRESSES);
	assert_int_equal(quote.protocol, ICMPKIT_PROTO_UDP);
	exact_free(wire);
	wire = parse_hex("4f00003c 12340000 01110000" V4_ADDRESSES UDP, &quote);
	assert_int_equal(quote.depth, ICMPKIT_QUOTE_ADDRESSES);
	assert_true(quote.header_checksum_ok); /* not all of it there: nobody can say it is wrong */
	exact_free(wire);
	wire = parse_hex("", &quote);
	assert_int_equal(quote.depth, ICMPKIT_QUOTE_NOTHING);
	exact_free(wire);
	wire = parse_hex("5500003c 12340000 01110000" V4_ADDRESSES UDP, &quote);
	assert_int_equal(quote.depth, ICMPKIT_QUOTE_NOTHING);
	exact_free(wire);
}

static void says(const char *hex, const char *text_wanted)
{
	struct icmpkit_quote quote;
	struct icmpkit_bytes wire = parse_hex(hex, &quote);
	char buf[512];
	struct icmpkit_text text;

	icmpkit_text_init(&text, buf, sizeof(buf));
	icmpkit_quote_text(&quote, &text);
	assert_string_equal(buf, text_wanted);
	exact_free(wire);
}

static void a_quote_is_shown_as_text(void **state)
{
	(void)state;
	says("", "nothing readable");
	says("4500003c 12340000 0111bb41" V4_ADDRESSES UDP, "UDP 192.0.2.1:40000 > 198.51.100.7:33435");
	says("4500003c 12340000 0111bb42" V4_ADDRESSES UDP,
	     "UDP 192.0.2.1:40000 > 198.51.100.7:33435 (header checksum wrong)");
	says("6000000000281101" V6_ADDRESSES UDP, "UDP [2001:db8::1]:40000 > [2001:db8:1::7]:33435");
	says("6000000000281101" V6_ADDRESSES, "UDP 2001:db8::1 > 2001:db8:1::7");
	says("6000000000083a01" V6_ADDRESSES "8000abcd beef0004",
	     "ICMPv6 echo request 2001:db8::1 > 2001:db8:1::7 identifier 48879 sequence 4");
	says("6000000000086301" V6_ADDRESSES "8000abcd beef0004", "protocol 99 2001:db8::1 > 2001:db8:1::7");
	says("60000000001c2901" V6_ADDRESSES "4500003c 12340000 0111bb41" V4_ADDRESSES UDP,
	     "IPv6 2001:db8::1 > 2001:db8:1::7 around UDP 192.0.2.1:40000 > 198.51.100.7:33435");
}

static void a_tunnel_in_a_tunnel_in_a_tunnel_is_not_followed(void **state)
{
	(void)state;
	says("6000000001002901" V6_ADDRESSES "6000000001002901" V6_ADDRESSES "6000000001002901" V6_ADDRESSES
	     "6000000001001101" V6_ADDRESSES,
	     "IPv6 2001:db8::1 > 2001:db8:1::7 around IPv6 2001:db8::1 > 2001:db8:1::7 around "
	     "IPv6 2001:db8::1 > 2001:db8:1::7");
}

static void a_quote_is_shown_as_json(void **state)
{
	struct icmpkit_quote quote;
	struct icmpkit_bytes wire = parse_hex("4500003c 12340000 0111bb41" V4_ADDRESSES UDP, &quote);
	char buf[512];
	struct icmpkit_text text;
	struct icmpkit_json json;

	(void)state;
	icmpkit_text_init(&text, buf, sizeof(buf));
	icmpkit_json_init(&json, &text);
	icmpkit_quote_json(&quote, &json, NULL);
	assert_string_equal(buf,
			    "{\"version\":4,\"src\":\"192.0.2.1\",\"dst\":\"198.51.100.7\",\"protocol\":17,"
			    "\"src_port\":40000,\"dst_port\":33435,\"truncated\":true,\"hop_limit\":1,"
			    "\"traffic_class\":0,\"total_length\":60,\"identification\":4660,"
			    "\"header_checksum_ok\":true,\"fragment\":false,\"udp_length\":40,"
			    "\"udp_checksum\":48879}");
	exact_free(wire);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_udp_quote_is_read_with_options_before_it),
		cmocka_unit_test(the_depth_follows_the_bytes),
		cmocka_unit_test(extension_headers_are_passed),
		cmocka_unit_test(a_cut_chain_ends_at_the_addresses),
		cmocka_unit_test(no_ports_are_invented_behind_a_later_fragment),
		cmocka_unit_test(each_transport_has_its_own_members),
		cmocka_unit_test(padding_behind_a_short_datagram_is_not_quoted),
		cmocka_unit_test(a_total_length_that_lies_costs_no_ports),
		cmocka_unit_test(a_header_length_that_lies_leaves_the_addresses),
		cmocka_unit_test(a_quote_is_shown_as_text),
		cmocka_unit_test(a_tunnel_in_a_tunnel_in_a_tunnel_is_not_followed),
		cmocka_unit_test(a_quote_is_shown_as_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
