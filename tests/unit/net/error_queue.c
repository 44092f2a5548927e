/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel's error queue: each origin, each ICMP error, and quotes of every length. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "net/received.h"

#include <icmpkit/numbers.h>

#include "net/error_queue.h"

#define QUOTE_BYTES 200

static const enum icmpkit_family families[] = {ICMPKIT_IPV4, ICMPKIT_IPV6};

/* The error that a router told of, about a packet from port 40000 to port 33434 of the target. */
static struct icmpkit_received error_of(enum icmpkit_family family, uint8_t type, uint8_t code,
					struct icmpkit_bytes bytes)
{
	return (struct icmpkit_received){
		.bytes = bytes,
		.from = made_target(family),
		.from_port = 33434,
		.hop_limit = -1,
		.traffic_class = -1,
		.stamp_ns = ICMPKIT_NEVER_NS,
		.has_error = true,
		.error =
			{
				.ee_errno = EHOSTUNREACH,
				.ee_origin = family == ICMPKIT_IPV4 ? SO_EE_ORIGIN_ICMP : SO_EE_ORIGIN_ICMP6,
				.ee_type = type,
				.ee_code = code,
			},
		.offender = made_address(family == ICMPKIT_IPV4 ? "10.0.2.1" : "fd00:0:0:2::1"),
	};
}

static bool read_error(const struct icmpkit_way_operations *operations, enum icmpkit_family family,
		       const struct icmpkit_received *received, struct icmpkit_arrival *out)
{
	struct icmpkit_address own = made_own(family);
	struct icmpkit_way way;

	make_way(&way, operations, family);
	*out = (struct icmpkit_arrival){.from = received->from};
	bool is_read = icmpkit_error_queue_read(&way, received, &own, out);

	if (is_read)
		assert_all_inside(out, received->bytes);
	return is_read;
}

static void every_icmp_error_becomes_the_message_that_it_was(void **state)
{
	static const struct {
		enum icmpkit_family family;
		uint8_t type;
		uint8_t code;
		enum icmpkit_kind kind;
	} cases[] = {
		{ICMPKIT_IPV4, 3, 0, ICMPKIT_KIND_DESTINATION_UNREACHABLE},
		{ICMPKIT_IPV4, 3, 3, ICMPKIT_KIND_DESTINATION_UNREACHABLE},
		{ICMPKIT_IPV4, 3, 13, ICMPKIT_KIND_DESTINATION_UNREACHABLE},
		{ICMPKIT_IPV4, 4, 0, ICMPKIT_KIND_SOURCE_QUENCH},
		{ICMPKIT_IPV4, 11, 0, ICMPKIT_KIND_TIME_EXCEEDED},
		{ICMPKIT_IPV4, 11, 1, ICMPKIT_KIND_TIME_EXCEEDED},
		{ICMPKIT_IPV4, 12, 0, ICMPKIT_KIND_PARAMETER_PROBLEM},
		{ICMPKIT_IPV4, 99, 255, ICMPKIT_KIND_UNKNOWN},
		{ICMPKIT_IPV6, 1, 0, ICMPKIT_KIND_DESTINATION_UNREACHABLE},
		{ICMPKIT_IPV6, 1, 4, ICMPKIT_KIND_DESTINATION_UNREACHABLE},
		{ICMPKIT_IPV6, 2, 0, ICMPKIT_KIND_PACKET_TOO_BIG},
		{ICMPKIT_IPV6, 3, 0, ICMPKIT_KIND_TIME_EXCEEDED},
		{ICMPKIT_IPV6, 4, 1, ICMPKIT_KIND_PARAMETER_PROBLEM},
		{ICMPKIT_IPV6, 99, 255, ICMPKIT_KIND_UNKNOWN},
	};
	struct icmpkit_bytes none = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct icmpkit_received received =
			error_of(cases[i].family, cases[i].type, cases[i].code, none);
		struct icmpkit_arrival arrival;

		assert_true(read_error(&icmpkit_way_udp, cases[i].family, &received, &arrival));
		assert_int_equal(arrival.kind, ICMPKIT_ARRIVAL_ICMP);
		assert_true(arrival.socket_matched && arrival.checksum_ok);
		assert_true(icmpkit_address_equal(&arrival.from, &received.offender));
		assert_int_equal(arrival.message.family, cases[i].family);
		assert_int_equal(arrival.message.kind, cases[i].kind);
		assert_int_equal(arrival.message.type, cases[i].type);
		assert_int_equal(arrival.message.code, cases[i].code);
		assert_int_equal(arrival.message.extension_status, ICMPKIT_EXTENSION_NONE);
		assert_int_equal(arrival.quote.family, cases[i].family);
		assert_true(icmpkit_address_equal(&arrival.quote.dst, &received.from));
		assert_int_equal(arrival.quote.src.family, ICMPKIT_FAMILY_NONE);
	}
}

static void every_type_and_code_can_come(void **state)
{
	struct icmpkit_bytes none = {0};

	(void)state;
	for (unsigned int i = 0; i < 2 * 65536; i++) {
		enum icmpkit_family family = families[i % 2];
		struct icmpkit_received received =
			error_of(family, (uint8_t)(i >> 9), (uint8_t)(i >> 1), none);
		struct icmpkit_arrival arrival;

		assert_true(read_error(&icmpkit_way_udp, family, &received, &arrival));
		assert_int_equal(arrival.message.type, (uint8_t)(i >> 9));
	}
}

static void the_number_that_the_kernel_tells_goes_to_its_field(void **state)
{
	struct icmpkit_bytes none = {0};
	struct icmpkit_received received = error_of(ICMPKIT_IPV4, 3, 4, none);
	struct icmpkit_arrival arrival;

	(void)state;
	received.error.ee_info = 1400;
	assert_true(read_error(&icmpkit_way_udp, ICMPKIT_IPV4, &received, &arrival));
	assert_int_equal(arrival.message.unreachable.next_hop_mtu, 1400);
	received = error_of(ICMPKIT_IPV6, 2, 0, none);
	received.error.ee_info = 1280;
	assert_true(read_error(&icmpkit_way_udp, ICMPKIT_IPV6, &received, &arrival));
	assert_int_equal(arrival.message.too_big.mtu, 1280);
	received = error_of(ICMPKIT_IPV6, 4, 0, none);
	received.error.ee_info = 40;
	assert_true(read_error(&icmpkit_way_udp, ICMPKIT_IPV6, &received, &arrival));
	assert_int_equal(arrival.message.parameter_problem.pointer, 40);
}

static void extensions_are_parted_from_the_quote_where_the_kernel_says(void **state)
{
	uint8_t data[QUOTE_BYTES] = {0};
	struct icmpkit_bytes bytes = exact(data, sizeof(data));

	(void)state;
	for (unsigned int i = 0; i < 2; i++) {
		struct icmpkit_received received = error_of(families[i], i == 0 ? 11 : 3, 0, bytes);
		struct icmpkit_arrival arrival;

		received.error.ee_rfc4884.len = 120;
		assert_true(read_error(&icmpkit_way_udp, families[i], &received, &arrival));
		assert_int_equal(arrival.message.extension_status, ICMPKIT_EXTENSION_COMPLIANT);
		assert_ptr_equal(arrival.message.extensions.data, bytes.data + 120);
		assert_int_equal(arrival.message.extensions.len, QUOTE_BYTES - 120);
		assert_int_equal(arrival.message.quote.len, 120);
		/* They are no part of the quoted datagram. */
		assert_int_equal(arrival.quote.transport.len, 120);
		assert_int_equal(arrival.quote.payload.len, 120);
	}
	exact_free(bytes);
}

static void extensions_that_are_invalid_or_nowhere_are_none(void **state)
{
	static const struct sock_ee_data_rfc4884 cases[] = {
		{.len = 0},
		{.len = QUOTE_BYTES},
		{.len = QUOTE_BYTES + 1},
		{.len = UINT16_MAX},
		{.len = 120, .flags = SO_EE_RFC4884_FLAG_INVALID},
	};
	uint8_t data[QUOTE_BYTES] = {0};
	struct icmpkit_bytes bytes = exact(data, sizeof(data));

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct icmpkit_received received = error_of(ICMPKIT_IPV4, 11, 0, bytes);
		struct icmpkit_arrival arrival;

		received.error.ee_rfc4884 = cases[i];
		assert_true(read_error(&icmpkit_way_udp, ICMPKIT_IPV4, &received, &arrival));
		assert_int_equal(arrival.message.extension_status, ICMPKIT_EXTENSION_NONE);
		assert_int_equal(arrival.message.extensions.len, 0);
		assert_int_equal(arrival.message.quote.len, QUOTE_BYTES);
	}
	exact_free(bytes);
}

static void a_host_that_finds_no_neighbour_tells_itself(void **state)
{
	struct icmpkit_bytes none = {0};

	(void)state;
	for (unsigned int i = 0; i < 2; i++) {
		struct icmpkit_received received = error_of(families[i], 0, 0, none);
		struct icmpkit_address own = made_own(families[i]);
		struct icmpkit_arrival arrival;

		received.error.ee_origin = SO_EE_ORIGIN_LOCAL;
		received.offender = (struct icmpkit_address){0};
		assert_true(read_error(&icmpkit_way_udp, families[i], &received, &arrival));
		assert_true(icmpkit_address_equal(&arrival.from, &own));
		assert_int_equal(arrival.message.kind, ICMPKIT_KIND_DESTINATION_UNREACHABLE);
		assert_string_equal(
			icmpkit_message_name(families[i], arrival.message.type, arrival.message.code),
			i == 0 ? "host unreachable" : "address unreachable");
	}
}

static void other_local_errors_and_origins_are_no_arrivals(void **state)
{
	static const struct {
		uint8_t origin;
		uint32_t error;
	} cases[] = {
		{SO_EE_ORIGIN_LOCAL, EMSGSIZE},
		{SO_EE_ORIGIN_LOCAL, ECONNREFUSED},
		{SO_EE_ORIGIN_LOCAL, 0},
		{SO_EE_ORIGIN_NONE, EHOSTUNREACH},
		{SO_EE_ORIGIN_TIMESTAMPING, ENOMSG},
		{SO_EE_ORIGIN_ZEROCOPY, 0},
		{SO_EE_ORIGIN_TXTIME, EINVAL},
		{255, EHOSTUNREACH},
	};
	struct icmpkit_bytes none = {0};

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(cases) / sizeof(cases[0]); i++) {
		struct icmpkit_received received = error_of(families[i % 2], 3, 0, none);
		struct icmpkit_arrival arrival;

		received.error.ee_origin = cases[i / 2].origin;
		received.error.ee_errno = cases[i / 2].error;
		assert_false(read_error(&icmpkit_way_udp, families[i % 2], &received, &arrival));
	}
}

static void a_udp_quote_may_have_any_length(void **state)
{
	uint8_t data[40];

	(void)state;
	memset(data, 0x5a, sizeof(data));
	for (size_t len = 0; len <= sizeof(data); len++) {
		struct icmpkit_bytes bytes = exact(data, len);
		struct icmpkit_received received = error_of(families[len % 2], 1, 0, bytes);
		struct icmpkit_arrival arrival;

		assert_true(read_error(&icmpkit_way_udp, families[len % 2], &received, &arrival));
		assert_int_equal(arrival.quote.protocol, ICMPKIT_PROTO_UDP);
		assert_int_equal(arrival.quote.src_port, 40000);
		assert_int_equal(arrival.quote.dst_port, 33434);
		assert_int_equal(arrival.quote.payload.len, len);
		exact_free(bytes);
	}
}

static void a_ping_quote_must_show_the_echo_header(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 2; i++) {
		uint8_t data[40] = {i == 0 ? ICMPKIT_V4_ECHO_REQUEST : ICMPKIT_V6_ECHO_REQUEST,
				    0,
				    0xab,
				    0xcd,
				    0x12,
				    0x34,
				    0x56,
				    0x78};

		for (size_t len = 0; len <= sizeof(data); len++) {
			struct icmpkit_bytes bytes = exact(data, len);
			struct icmpkit_received received = error_of(families[i], i == 0 ? 11 : 3, 0, bytes);
			struct icmpkit_arrival arrival;
			bool is_read = read_error(&icmpkit_way_ping_socket, families[i], &received, &arrival);

			assert_int_equal(is_read, len >= 8);
			if (is_read) {
				assert_int_equal(arrival.quote.depth, ICMPKIT_QUOTE_TRANSPORT);
				assert_int_equal(arrival.quote.icmp_type, data[0]);
				assert_int_equal(arrival.quote.transport_checksum, 0xabcd);
				assert_int_equal(arrival.quote.icmp_identifier, 0x1234);
				assert_int_equal(arrival.quote.icmp_sequence, 0x5678);
				assert_int_equal(arrival.quote.payload.len, len - 8);
			}
			exact_free(bytes);
		}
	}
}

static void a_ping_quote_of_anything_but_an_echo_request_is_refused(void **state)
{
	(void)state;
	for (unsigned int type = 0; type < 256; type++) {
		uint8_t data[48] = {(uint8_t)type};
		struct icmpkit_bytes bytes = exact(data, sizeof(data));
		struct icmpkit_received v4 = error_of(ICMPKIT_IPV4, 3, 0, bytes);
		struct icmpkit_received v6 = error_of(ICMPKIT_IPV6, 1, 0, bytes);
		struct icmpkit_arrival arrival;

		assert_int_equal(read_error(&icmpkit_way_ping_socket, ICMPKIT_IPV4, &v4, &arrival),
				 type == ICMPKIT_V4_ECHO_REQUEST);
		assert_int_equal(read_error(&icmpkit_way_ping_socket, ICMPKIT_IPV6, &v6, &arrival),
				 type == ICMPKIT_V6_ECHO_REQUEST);
		exact_free(bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_icmp_error_becomes_the_message_that_it_was),
		cmocka_unit_test(every_type_and_code_can_come),
		cmocka_unit_test(the_number_that_the_kernel_tells_goes_to_its_field),
		cmocka_unit_test(extensions_are_parted_from_the_quote_where_the_kernel_says),
		cmocka_unit_test(extensions_that_are_invalid_or_nowhere_are_none),
		cmocka_unit_test(a_host_that_finds_no_neighbour_tells_itself),
		cmocka_unit_test(other_local_errors_and_origins_are_no_arrivals),
		cmocka_unit_test(a_udp_quote_may_have_any_length),
		cmocka_unit_test(a_ping_quote_must_show_the_echo_header),
		cmocka_unit_test(a_ping_quote_of_anything_but_an_echo_request_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
