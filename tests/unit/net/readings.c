/* SPDX-License-Identifier: BSD-2-Clause */
/* What the ways out read from what they receive, and that no truncation makes them read too far. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "net/received.h"

#include <icmpkit/checksum.h>
#include <icmpkit/datagram.h>
#include <icmpkit/numbers.h>

#define V4_HEADER 20
#define ECHO_BYTES 24
#define TCP_BYTES 20
#define PACKET_MAX 128

static const enum icmpkit_family families[] = {ICMPKIT_IPV4, ICMPKIT_IPV6};

/* An echo reply with a checksum that is right for IPv4. */
static void make_echo_reply(enum icmpkit_family family, uint8_t *out)
{
	memset(out, 0x33, ECHO_BYTES);
	memcpy(out, (uint8_t[]){0, 0, 0, 0, 0x42, 0x43, 0x01, 0x02}, 8);
	if (family == ICMPKIT_IPV4)
		icmpkit_message_seal(family, out, ECHO_BYTES, NULL, NULL);
	else
		out[0] = ICMPKIT_V6_ECHO_REPLY;
}

/* The payload as the kernel hands it to a raw socket: of IPv4 with its header. */
static struct icmpkit_bytes packet(enum icmpkit_family family, uint8_t protocol, const uint8_t *payload,
				   size_t len)
{
	uint8_t buf[PACKET_MAX];
	struct icmpkit_datagram dg = {
		.family = ICMPKIT_IPV4,
		.src = made_target(ICMPKIT_IPV4),
		.dst = made_own(ICMPKIT_IPV4),
		.protocol = protocol,
		.hop_limit = 57,
		.traffic_class = 0xb8,
		.payload = {payload, len},
	};

	if (family == ICMPKIT_IPV6)
		return exact(payload, len);
	assert_true(len <= sizeof(buf) - V4_HEADER);
	assert_int_equal(icmpkit_datagram_write(&dg, buf, sizeof(buf)), V4_HEADER);
	memcpy(buf + V4_HEADER, payload, len);
	return exact(buf, V4_HEADER + len);
}

struct reading {
	bool is_arrival;
	bool is_malformed;
	struct icmpkit_arrival arrival;
};

static struct reading read_by(const struct icmpkit_way_operations *operations, enum icmpkit_family family,
			      struct icmpkit_bytes bytes)
{
	struct icmpkit_received received = {
		.bytes = bytes, .from = made_target(family), .from_port = 33434, .hop_limit = 60};
	struct reading r = {.arrival = {.from = received.from, .hop_limit = 60, .len = bytes.len}};
	struct icmpkit_way way;

	make_way(&way, operations, family);
	r.is_arrival = operations->read(&way, &received, &r.arrival, &r.is_malformed);
	if (r.is_arrival)
		assert_all_inside(&r.arrival, bytes);
	return r;
}

static void a_raw_socket_reads_an_echo_reply_whole(void **state)
{
	uint8_t reply[ECHO_BYTES];

	(void)state;
	for (unsigned int i = 0; i < 2; i++) {
		make_echo_reply(families[i], reply);
		struct icmpkit_bytes bytes = packet(families[i], ICMPKIT_PROTO_ICMP, reply, sizeof(reply));
		struct icmpkit_address own = made_own(ICMPKIT_IPV4);
		struct reading r = read_by(&icmpkit_way_raw_icmp, families[i], bytes);

		assert_true(r.is_arrival && !r.is_malformed);
		assert_int_equal(r.arrival.kind, ICMPKIT_ARRIVAL_ICMP);
		assert_int_equal(r.arrival.message.kind, ICMPKIT_KIND_ECHO_REPLY);
		assert_int_equal(r.arrival.message.echo.identifier, 0x4243);
		assert_int_equal(r.arrival.message.echo.sequence, 0x0102);
		assert_int_equal(r.arrival.message.payload.len, ECHO_BYTES - 8);
		assert_int_equal(r.arrival.len, ECHO_BYTES);
		assert_true(r.arrival.checksum_ok);
		assert_false(r.arrival.socket_matched);
		if (families[i] == ICMPKIT_IPV4) {
			assert_true(icmpkit_address_equal(&r.arrival.to, &own));
			assert_int_equal(r.arrival.hop_limit, 57);
			assert_int_equal(r.arrival.traffic_class, 0xb8);
		}
		exact_free(bytes);
	}
}

static void a_wrong_checksum_is_told_and_the_message_read_all_the_same(void **state)
{
	uint8_t reply[ECHO_BYTES];

	(void)state;
	make_echo_reply(ICMPKIT_IPV4, reply);
	reply[ECHO_BYTES - 1] ^= 1;
	struct icmpkit_bytes bytes = packet(ICMPKIT_IPV4, ICMPKIT_PROTO_ICMP, reply, sizeof(reply));
	struct reading r = read_by(&icmpkit_way_raw_icmp, ICMPKIT_IPV4, bytes);

	assert_true(r.is_arrival && !r.is_malformed);
	assert_false(r.arrival.checksum_ok);
	exact_free(bytes);
}

static void a_raw_socket_reads_the_quote_of_an_error(void **state)
{
	uint8_t udp[8] = {0x9c, 0x40, 0x82, 0x9a, 0, 8, 0, 0};
	struct icmpkit_bytes quoted = packet(ICMPKIT_IPV4, ICMPKIT_PROTO_UDP, udp, sizeof(udp));
	uint8_t error[8 + V4_HEADER + 8] = {ICMPKIT_V4_TIME_EXCEEDED};

	(void)state;
	memcpy(error + 8, quoted.data, quoted.len);
	exact_free(quoted);
	icmpkit_message_seal(ICMPKIT_IPV4, error, sizeof(error), NULL, NULL);
	struct icmpkit_bytes bytes = packet(ICMPKIT_IPV4, ICMPKIT_PROTO_ICMP, error, sizeof(error));
	struct reading r = read_by(&icmpkit_way_raw_icmp, ICMPKIT_IPV4, bytes);

	assert_true(r.is_arrival && r.arrival.checksum_ok);
	assert_int_equal(r.arrival.message.kind, ICMPKIT_KIND_TIME_EXCEEDED);
	assert_int_equal(r.arrival.quote.depth, ICMPKIT_QUOTE_TRANSPORT);
	assert_int_equal(r.arrival.quote.src_port, 40000);
	assert_int_equal(r.arrival.quote.dst_port, 33434);
	exact_free(bytes);
}

static void every_truncation_of_an_icmp_message_is_malformed_or_shows_less(void **state)
{
	uint8_t reply[ECHO_BYTES];

	(void)state;
	for (unsigned int i = 0; i < 2; i++) {
		size_t header = families[i] == ICMPKIT_IPV4 ? V4_HEADER : 0;

		make_echo_reply(families[i], reply);
		struct icmpkit_bytes whole = packet(families[i], ICMPKIT_PROTO_ICMP, reply, sizeof(reply));

		for (size_t len = 0; len < whole.len; len++) {
			struct icmpkit_bytes bytes = exact(whole.data, len);
			struct reading r = read_by(&icmpkit_way_raw_icmp, families[i], bytes);

			assert_int_equal(r.is_arrival, len >= header + 8);
			assert_int_equal(r.is_malformed, len < header + 8);
			if (r.is_arrival)
				assert_int_equal(r.arrival.message.payload.len, len - header - 8);
			exact_free(bytes);
		}
		exact_free(whole);
	}
}

static void a_ping_socket_reads_a_reply_from_its_icmp_header_on(void **state)
{
	uint8_t reply[ECHO_BYTES];

	(void)state;
	for (unsigned int i = 0; i < 2; i++) {
		make_echo_reply(families[i], reply);
		for (size_t len = 0; len <= sizeof(reply); len++) {
			struct icmpkit_bytes bytes = exact(reply, len);
			struct reading r = read_by(&icmpkit_way_ping_socket, families[i], bytes);

			assert_int_equal(r.is_arrival, len >= 8);
			assert_int_equal(r.is_malformed, len < 8);
			if (r.is_arrival) {
				assert_true(r.arrival.socket_matched && r.arrival.checksum_ok);
				assert_int_equal(r.arrival.message.kind, ICMPKIT_KIND_ECHO_REPLY);
				assert_int_equal(r.arrival.message.echo.sequence, 0x0102);
			}
			exact_free(bytes);
		}
	}
}

static void a_udp_socket_reads_any_datagram(void **state)
{
	uint8_t data[12] = {1, 2, 3};

	(void)state;
	for (size_t len = 0; len <= sizeof(data); len++) {
		struct icmpkit_bytes bytes = exact(data, len);
		struct reading r = read_by(&icmpkit_way_udp, families[len % 2], bytes);

		assert_true(r.is_arrival && !r.is_malformed);
		assert_int_equal(r.arrival.kind, ICMPKIT_ARRIVAL_UDP);
		assert_int_equal(r.arrival.src_port, 33434);
		assert_int_equal(r.arrival.dst_port, 40000);
		assert_int_equal(r.arrival.data.len, len);
		exact_free(bytes);
	}
}

/* From port 80 to port 40000. */
static void make_segment(uint8_t flags, uint8_t *out)
{
	memcpy(out,
	       (uint8_t[TCP_BYTES]){0, 80, 0x9c, 0x40, 0xfe, 0xdc, 0xba, 0x98, 0x89, 0xab, 0xcd, 0xef, 0x50,
				    flags, 0x20, 0},
	       TCP_BYTES);
}

static void only_what_answers_a_syn_is_a_tcp_arrival(void **state)
{
	uint8_t segment[TCP_BYTES];

	(void)state;
	for (unsigned int i = 0; i < 2 * 256; i++) {
		uint8_t flags = (uint8_t)(i / 2);
		bool answers =
			(flags & ICMPKIT_TCP_ACK) != 0 && (flags & (ICMPKIT_TCP_SYN | ICMPKIT_TCP_RST)) != 0;

		make_segment(flags, segment);
		struct icmpkit_bytes bytes =
			packet(families[i % 2], ICMPKIT_PROTO_TCP, segment, sizeof(segment));
		struct reading r = read_by(&icmpkit_way_raw_tcp, families[i % 2], bytes);

		assert_int_equal(r.is_arrival, answers);
		assert_false(r.is_malformed);
		if (answers) {
			assert_int_equal(r.arrival.kind, ICMPKIT_ARRIVAL_TCP);
			assert_int_equal(r.arrival.src_port, 80);
			assert_int_equal(r.arrival.dst_port, 40000);
			assert_int_equal(r.arrival.tcp_flags, flags);
			assert_true(r.arrival.tcp_sequence == 0xfedcba98);
			assert_true(r.arrival.tcp_acknowledgment == 0x89abcdef);
			assert_int_equal(r.arrival.hop_limit, families[i % 2] == ICMPKIT_IPV4 ? 57 : 60);
		}
		exact_free(bytes);
	}
}

static void a_segment_to_another_port_is_neither_ours_nor_malformed(void **state)
{
	uint8_t segment[TCP_BYTES];

	(void)state;
	make_segment(ICMPKIT_TCP_RST | ICMPKIT_TCP_ACK, segment);
	segment[3] ^= 1;
	struct icmpkit_bytes bytes = packet(ICMPKIT_IPV4, ICMPKIT_PROTO_TCP, segment, sizeof(segment));
	struct reading r = read_by(&icmpkit_way_raw_tcp, ICMPKIT_IPV4, bytes);

	assert_false(r.is_arrival);
	assert_false(r.is_malformed);
	exact_free(bytes);
}

static void every_truncation_of_a_segment_is_malformed(void **state)
{
	uint8_t segment[TCP_BYTES];

	(void)state;
	make_segment(ICMPKIT_TCP_SYN | ICMPKIT_TCP_ACK, segment);
	for (unsigned int i = 0; i < 2; i++) {
		struct icmpkit_bytes whole = packet(families[i], ICMPKIT_PROTO_TCP, segment, sizeof(segment));

		for (size_t len = 0; len < whole.len; len++) {
			struct icmpkit_bytes bytes = exact(whole.data, len);
			struct reading r = read_by(&icmpkit_way_raw_tcp, families[i], bytes);

			assert_false(r.is_arrival);
			assert_true(r.is_malformed);
			exact_free(bytes);
		}
		exact_free(whole);
	}
}

static void what_is_no_ipv4_is_malformed(void **state)
{
	uint8_t bytes[64];

	(void)state;
	for (unsigned int first = 0; first < 256; first++) {
		memset(bytes, 0, sizeof(bytes));
		bytes[0] = (uint8_t)first;
		if (first >> 4 == 4 && (first & 15) >= 5)
			continue;
		struct icmpkit_bytes wire = exact(bytes, 39); /* too short for IPv6 */
		struct reading icmp = read_by(&icmpkit_way_raw_icmp, ICMPKIT_IPV4, wire);
		struct reading tcp = read_by(&icmpkit_way_raw_tcp, ICMPKIT_IPV4, wire);

		assert_true(icmp.is_malformed && !icmp.is_arrival);
		assert_true(tcp.is_malformed && !tcp.is_arrival);
		exact_free(wire);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_raw_socket_reads_an_echo_reply_whole),
		cmocka_unit_test(a_wrong_checksum_is_told_and_the_message_read_all_the_same),
		cmocka_unit_test(a_raw_socket_reads_the_quote_of_an_error),
		cmocka_unit_test(every_truncation_of_an_icmp_message_is_malformed_or_shows_less),
		cmocka_unit_test(a_ping_socket_reads_a_reply_from_its_icmp_header_on),
		cmocka_unit_test(a_udp_socket_reads_any_datagram),
		cmocka_unit_test(only_what_answers_a_syn_is_a_tcp_arrival),
		cmocka_unit_test(a_segment_to_another_port_is_neither_ours_nor_malformed),
		cmocka_unit_test(every_truncation_of_a_segment_is_malformed),
		cmocka_unit_test(what_is_no_ipv4_is_malformed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
