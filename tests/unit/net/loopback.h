/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * loopback.h - The network over the loopback interface, without privilege. Include behind <cmocka.h>.
 */
#ifndef TEST_NET_LOOPBACK_H
#define TEST_NET_LOOPBACK_H

#include <sys/socket.h>
#include <unistd.h>

#include "net/received.h"

#include <icmpkit/network.h>
#include <icmpkit/numbers.h>

#include "net/socket_address.h"

/* Nobody listens there (tcpmux was never used with UDP). */
#define CLOSED_PORT 1
/* Far longer than the loopback interface needs: it is waited for what comes, not for this time. */
#define PATIENCE_NS (60 * ICMPKIT_NS_PER_S)

static inline struct icmpkit_network_options unprivileged(void)
{
	return ICMPKIT_NETWORK_OPTIONS(.access = ICMPKIT_ACCESS_UNPRIVILEGED);
}

static inline struct icmpkit_address loopback(enum icmpkit_family family)
{
	return made_address(family == ICMPKIT_IPV4 ? "127.0.0.1" : "::1");
}

static inline struct icmpkit_network *open_udp(enum icmpkit_family family)
{
	struct icmpkit_network_options opt = unprivileged();
	struct icmpkit_network *network;
	char why[ICMPKIT_NETWORK_WHY_MAX];

	opt.ipv4 = family == ICMPKIT_IPV4;
	opt.ipv6 = family == ICMPKIT_IPV6;
	opt.udp = true;
	assert_int_equal(icmpkit_network_open(&network, &opt, why), 0);
	return network;
}

static inline struct icmpkit_probe_identity identity_of(struct icmpkit_network *network,
							const struct icmpkit_address *target)
{
	struct icmpkit_probe_identity identity;

	assert_int_equal(icmpkit_network_identity(network, target, &identity), 0);
	return identity;
}

/* The next arrival of a kind; others are passed over. */
static inline struct icmpkit_arrival next_arrival(struct icmpkit_network *network,
						  enum icmpkit_arrival_kind kind)
{
	int64_t deadline_ns = icmpkit_network_now_ns() + PATIENCE_NS;
	struct icmpkit_arrival arrival = {0};

	while (icmpkit_network_now_ns() < deadline_ns) {
		int got = icmpkit_network_receive(network, &arrival);

		assert_true(got >= 0);
		if (got == 1 && arrival.kind == kind)
			return arrival;
		if (got == 0)
			assert_int_equal(icmpkit_network_wait(network, deadline_ns, NULL, -1), 0);
	}
	fail();
	return arrival;
}

static inline void send_probe(struct icmpkit_network *network, struct icmpkit_probe probe, uint64_t token,
			      const uint8_t *data)
{
	probe.token = token;
	assert_int_equal(icmpkit_network_send(network, &probe, data), 0);
}

static inline struct icmpkit_probe probe_to(struct icmpkit_address to, uint16_t port, size_t len)
{
	return (struct icmpkit_probe){
		.method = ICMPKIT_METHOD_UDP, .to = to, .dst_port = port, .traffic_class = -1, .len = len};
}

static inline void a_closed_port_is_told_through_the_error_queue(enum icmpkit_family family)
{
	struct icmpkit_address target = loopback(family);
	static const uint8_t data[20] = {1, 2, 3};
	struct icmpkit_network_counters counters;

	struct icmpkit_network *network = open_udp(family);
	struct icmpkit_probe_identity identity = identity_of(network, &target);

	send_probe(network, probe_to(target, CLOSED_PORT, sizeof(data)), 77, data);
	struct icmpkit_arrival arrival = next_arrival(network, ICMPKIT_ARRIVAL_ICMP);

	assert_true(arrival.socket_matched && arrival.checksum_ok);
	assert_true(icmpkit_address_equal(&arrival.from, &target));
	assert_int_equal(arrival.message.kind, ICMPKIT_KIND_DESTINATION_UNREACHABLE);
	assert_string_equal(icmpkit_message_name(family, arrival.message.type, arrival.message.code),
			    "port unreachable");
	assert_int_equal(arrival.quote.protocol, ICMPKIT_PROTO_UDP);
	assert_int_equal(arrival.quote.src_port, identity.src_port);
	assert_int_equal(arrival.quote.dst_port, CLOSED_PORT);
	assert_true(icmpkit_address_equal(&arrival.quote.dst, &target));
	assert_int_equal(arrival.quote.payload.len, sizeof(data));
	assert_memory_equal(arrival.quote.payload.data, data, sizeof(data));
	icmpkit_network_counters(network, &counters);
	assert_true(counters.sent == 1 && counters.received == 1);
	assert_true(counters.malformed == 0 && counters.send_failures == 0 && counters.stamps_unknown == 0);
	icmpkit_network_close(network);
}

#endif
