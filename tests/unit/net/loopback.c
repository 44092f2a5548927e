/* SPDX-License-Identifier: BSD-2-Clause */
/* The network over the loopback interface, without privilege: what is sent, what the kernel tells of it, and
 * what is refused with which words. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "net/loopback.h"

static void a_closed_port_of_ipv4_is_told_through_the_error_queue(void **state)
{
	(void)state;
	a_closed_port_is_told_through_the_error_queue(ICMPKIT_IPV4);
}

static void every_probe_gets_the_kernels_transmit_stamp(void **state)
{
	struct icmpkit_address target = loopback(ICMPKIT_IPV4);
	struct icmpkit_network *network = open_udp(ICMPKIT_IPV4);
	static const uint8_t data[8] = {0};
	int64_t last_ns = 0;

	(void)state;
	for (uint64_t token = 1000; token < 1010; token++) {
		/* The error about the probe before waits in the socket; it must not fail this one. */
		send_probe(network, probe_to(target, CLOSED_PORT, sizeof(data)), token, data);
		struct icmpkit_arrival arrival = next_arrival(network, ICMPKIT_ARRIVAL_SENT);

		assert_true(arrival.token == token);
		assert_true(arrival.stamp_ns != ICMPKIT_NEVER_NS && arrival.stamp_ns >= last_ns);
		last_ns = arrival.stamp_ns;
	}
	icmpkit_network_close(network);
}

static void errors_that_wait_in_the_socket_fail_no_later_probe(void **state)
{
	struct icmpkit_address target = loopback(ICMPKIT_IPV4);
	struct icmpkit_network *network = open_udp(ICMPKIT_IPV4);
	static const uint8_t data[8] = {0};

	(void)state;
	for (uint64_t token = 0; token < 20; token++)
		send_probe(network, probe_to(target, CLOSED_PORT, sizeof(data)), token, data);
	for (unsigned int i = 0; i < 20; i++)
		(void)next_arrival(network, ICMPKIT_ARRIVAL_ICMP);
	icmpkit_network_close(network);
}

static void the_identity_has_source_and_ports_and_a_key_of_its_own(void **state)
{
	static const uint8_t zeros[16];
	struct icmpkit_address target = loopback(ICMPKIT_IPV4);
	struct icmpkit_network *network = open_udp(ICMPKIT_IPV4);
	struct icmpkit_probe_identity one = identity_of(network, &target);
	struct icmpkit_probe_identity two = identity_of(network, &target);

	(void)state;
	assert_true(icmpkit_address_equal(&one.source, &target));
	assert_true(one.src_port != 0);
	assert_int_equal(one.src_port, two.src_port);
	assert_int_equal(one.tcp_src_port, 0);
	assert_int_equal(one.identifier, 0);
	assert_memory_not_equal(one.key, zeros, sizeof(zeros));
	assert_memory_not_equal(one.key, two.key, sizeof(one.key));
	assert_true(icmpkit_network_has(network, ICMPKIT_IPV4, ICMPKIT_METHOD_UDP));
	assert_false(icmpkit_network_has(network, ICMPKIT_IPV4, ICMPKIT_METHOD_ICMP));
	assert_false(icmpkit_network_has(network, ICMPKIT_IPV6, ICMPKIT_METHOD_UDP));
	assert_string_equal(icmpkit_network_way(network, ICMPKIT_IPV4, ICMPKIT_METHOD_UDP), "udp socket");
	assert_null(icmpkit_network_way(network, ICMPKIT_IPV4, ICMPKIT_METHOD_TCP));
	icmpkit_network_close(network);
}

/* A socket at the loopback address, and its port. */
static int open_echo(uint16_t *port)
{
	struct icmpkit_address address = loopback(ICMPKIT_IPV4);
	struct sockaddr_storage own;
	socklen_t len = icmpkit_socket_address_to(&address, 0, &own);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (const struct sockaddr *)&own, len), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&own, &len), 0);
	(void)icmpkit_socket_address_from((const struct sockaddr *)&own, port);
	return fd;
}

static void an_answer_of_an_open_port_comes_with_its_data_and_hop_limit(void **state)
{
	struct icmpkit_address target = loopback(ICMPKIT_IPV4);
	struct icmpkit_network *network = open_udp(ICMPKIT_IPV4);
	struct icmpkit_probe_identity identity = identity_of(network, &target);
	static const uint8_t data[5] = {9, 8, 7, 6, 5};
	struct sockaddr_storage from;
	socklen_t len = sizeof(from);
	uint8_t got[16];
	uint16_t port = 0;
	int echo = open_echo(&port);

	(void)state;
	send_probe(network, probe_to(target, port, sizeof(data)), 1, data);
	assert_int_equal(recvfrom(echo, got, sizeof(got), 0, (struct sockaddr *)&from, &len), sizeof(data));
	assert_memory_equal(got, data, sizeof(data));
	assert_int_equal(sendto(echo, data, 3, 0, (const struct sockaddr *)&from, len), 3);
	struct icmpkit_arrival arrival = next_arrival(network, ICMPKIT_ARRIVAL_UDP);

	assert_int_equal(arrival.src_port, port);
	assert_int_equal(arrival.dst_port, identity.src_port);
	assert_true(icmpkit_address_equal(&arrival.from, &target));
	assert_true(icmpkit_address_equal(&arrival.to, &target));
	assert_int_equal(arrival.data.len, 3);
	assert_memory_equal(arrival.data.data, data, 3);
	assert_true(arrival.hop_limit > 0);
	assert_int_equal(arrival.traffic_class, 0);
	(void)close(echo);
	icmpkit_network_close(network);
}

static void hop_limit_and_traffic_class_go_out_with_the_probe(void **state)
{
	struct icmpkit_address target = loopback(ICMPKIT_IPV4);
	struct icmpkit_network *network = open_udp(ICMPKIT_IPV4);
	struct icmpkit_network *answerer = open_udp(ICMPKIT_IPV4);
	struct icmpkit_probe probe = probe_to(target, identity_of(answerer, &target).src_port, 4);
	static const uint8_t data[4] = {1, 2, 3, 4};

	(void)state;
	probe.hop_limit = 42;
	probe.traffic_class = 0xb8;
	send_probe(network, probe, 1, data);
	struct icmpkit_arrival arrival = next_arrival(answerer, ICMPKIT_ARRIVAL_UDP);

	assert_int_equal(arrival.hop_limit, 42);
	assert_int_equal(arrival.traffic_class, 0xb8);
	icmpkit_network_close(answerer);
	icmpkit_network_close(network);
}

static void what_the_system_refuses_to_send_is_its_error(void **state)
{
	struct icmpkit_network *network = open_udp(ICMPKIT_IPV4);
	struct icmpkit_probe probe = probe_to(loopback(ICMPKIT_IPV4), CLOSED_PORT, 65535);
	struct icmpkit_network_counters counters;
	uint8_t *data = calloc(1, 65535);

	(void)state;
	assert_non_null(data);
	assert_int_equal(icmpkit_network_send(network, &probe, data), -EMSGSIZE);
	probe = probe_to(loopback(ICMPKIT_IPV6), CLOSED_PORT, 4);
	assert_int_equal(icmpkit_network_send(network, &probe, data), -EAFNOSUPPORT);
	probe = probe_to(loopback(ICMPKIT_IPV4), CLOSED_PORT, 4);
	probe.method = ICMPKIT_METHOD_TCP;
	assert_int_equal(icmpkit_network_send(network, &probe, data), -EAFNOSUPPORT);
	icmpkit_network_counters(network, &counters);
	assert_int_equal(counters.send_failures, 3);
	assert_int_equal(counters.sent, 0);
	free(data);
	icmpkit_network_close(network);
}

static void a_wait_ends_at_its_time_or_with_another_descriptor(void **state)
{
	struct icmpkit_network *network = open_udp(ICMPKIT_IPV4);
	int64_t begin_ns = icmpkit_network_now_ns();
	int ends[2];

	(void)state;
	assert_int_equal(icmpkit_network_wait(network, begin_ns - 1, NULL, -1), 0);
	assert_int_equal(icmpkit_network_wait(network, INT64_MIN / 2, NULL, -1), 0);
	assert_int_equal(icmpkit_network_wait(network, begin_ns + ICMPKIT_NS_PER_MS, NULL, -1), 0);
	assert_true(icmpkit_network_now_ns() >= begin_ns + ICMPKIT_NS_PER_MS);
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	assert_int_equal(write(ends[1], "x", 1), 1);
	assert_int_equal(icmpkit_network_wait(network, ICMPKIT_NEVER_NS, NULL, ends[0]), 0);
	(void)close(ends[0]);
	(void)close(ends[1]);
	icmpkit_network_close(network);
}

/* Whether it is allowed is for net.ipv4.ping_group_range to say. */
static void a_ping_socket_is_opened_or_refused_with_what_would_help(void **state)
{
	struct icmpkit_network_options opt = unprivileged();
	struct icmpkit_network *network = NULL;
	char why[ICMPKIT_NETWORK_WHY_MAX] = "";

	(void)state;
	opt.ipv4 = true;
	opt.icmp = true;
	int err = icmpkit_network_open(&network, &opt, why);

	if (err < 0) {
		assert_int_equal(err, -EACCES);
		assert_non_null(strstr(why, "net.ipv4.ping_group_range"));
		assert_null(network);
	}
	icmpkit_network_close(network);
}

static void options_that_cannot_be_are_refused_with_the_reason(void **state)
{
	struct icmpkit_network_options opt = unprivileged();
	struct icmpkit_network *network = NULL;
	char why[ICMPKIT_NETWORK_WHY_MAX] = "";

	(void)state;
	opt.udp = true;
	assert_int_equal(icmpkit_network_open(&network, &opt, why), ICMPKIT_ERR_RANGE); /* no family */
	assert_true(why[0] != '\0');
	opt.ipv4 = true;
	opt.source = loopback(ICMPKIT_IPV6);
	assert_int_equal(icmpkit_network_open(&network, &opt, why), ICMPKIT_ERR_RANGE);
	assert_string_equal(why, "the source address is of the other family");
	opt.source = made_address("192.0.2.77");
	assert_int_equal(icmpkit_network_open(&network, &opt, why), -EADDRNOTAVAIL);
	assert_string_equal(why,
			    "cannot send from 192.0.2.77: Cannot assign requested address; ip addr shows "
			    "this host's addresses");
	opt.source = (struct icmpkit_address){0};
	opt.interface = "nosuchdevice0";
	assert_true(icmpkit_network_open(&network, &opt, why) < 0);
	assert_non_null(strstr(why, "nosuchdevice0"));
	opt.interface = NULL;
	opt.size--;
	assert_int_equal(icmpkit_network_open(&network, &opt, why), ICMPKIT_ERR_RANGE);
	assert_null(network);
	icmpkit_network_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_closed_port_of_ipv4_is_told_through_the_error_queue),
		cmocka_unit_test(every_probe_gets_the_kernels_transmit_stamp),
		cmocka_unit_test(errors_that_wait_in_the_socket_fail_no_later_probe),
		cmocka_unit_test(the_identity_has_source_and_ports_and_a_key_of_its_own),
		cmocka_unit_test(an_answer_of_an_open_port_comes_with_its_data_and_hop_limit),
		cmocka_unit_test(hop_limit_and_traffic_class_go_out_with_the_probe),
		cmocka_unit_test(what_the_system_refuses_to_send_is_its_error),
		cmocka_unit_test(a_wait_ends_at_its_time_or_with_another_descriptor),
		cmocka_unit_test(a_ping_socket_is_opened_or_refused_with_what_would_help),
		cmocka_unit_test(options_that_cannot_be_are_refused_with_the_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
