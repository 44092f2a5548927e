/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * fake_network.h - A chain of routers with a target behind it, in fake time: takes the probes of an engine
 * and makes the arrivals that a real network would.
 */
#ifndef FAKE_NETWORK_H
#define FAKE_NETWORK_H

#include <string.h>

#include <icmpkit/checksum.h>
#include <icmpkit/datagram.h>
#include <icmpkit/numbers.h>
#include <icmpkit/probe.h>

#define FAKE_PACKET_MAX 2048
#define FAKE_IN_FLIGHT_MAX 256
#define FAKE_HOP_DELAY_NS (ICMPKIT_NS_PER_MS)
/* How long somebody looks for a neighbour before saying that it is not there. */
#define FAKE_NEIGHBOUR_NS (3 * ICMPKIT_NS_PER_S)

/* An answer on its way: the ICMP message or the TCP flags that will arrive. */
struct fake_answer {
	int64_t at_ns;
	struct icmpkit_arrival arrival;
	size_t len;
	uint8_t bytes[FAKE_PACKET_MAX];
};

struct fake_network {
	enum icmpkit_family family;
	struct icmpkit_address source;
	struct icmpkit_address target;
	unsigned int routers;
	uint64_t mute;		  /* a bit a TTL: this router never answers */
	unsigned int drop_from;	  /* 0, or the TTL from which on everything vanishes */
	unsigned int no_route_at; /* 0, or the TTL of a router that says net unreachable */
	unsigned int loop_from;	  /* 0, or the TTL from which on two routers take turns */
	unsigned int reject_at;	  /* 0, or the TTL of a router that forwards nothing and says prohibited */
	uint8_t reject_code;	  /* what such a router says instead */
	uint8_t refuse_code;	  /* 0, or what the target says of every packet */
	bool target_is_silent;
	bool target_ignores_echo;
	bool target_is_gone;	      /* the last router says host unreachable after three seconds */
	bool gateway_is_gone;	      /* this host says so itself, of its gateway */
	unsigned int late_errors_max; /* 0, or how many of the errors after three seconds come at all */
	unsigned int late_errors;
	unsigned int limit_at; /* 0, or the TTL of a router that sends every other error only */
	unsigned int limited;
	size_t quote_bytes; /* behind the IP header; 0: all */
	bool gives_stamps;
	unsigned int count;
	unsigned int taken;
	struct fake_answer answers[FAKE_IN_FLIGHT_MAX];
};

static inline struct icmpkit_address fake_router(const struct fake_network *net, unsigned int ttl)
{
	if (net->loop_from > 0 && ttl > net->loop_from + 1)
		ttl = net->loop_from + (ttl - net->loop_from) % 2;
	uint8_t v4[4] = {10, 0, (uint8_t)ttl, 1};
	uint8_t v6[16] = {0xfd, 0, 0, 0, 0, 0, 0, (uint8_t)ttl, [15] = 1};

	return icmpkit_address_from_bytes(net->family, net->family == ICMPKIT_IPV4 ? v4 : v6);
}

static inline void fake_network_init(struct fake_network *net, enum icmpkit_family family,
				     unsigned int routers)
{
	uint8_t v4_source[4] = {10, 0, 1, 2};
	uint8_t v6_source[16] = {0xfd, [15] = 2};
	uint8_t v4_target[4] = {192, 0, 2, 9};
	uint8_t v6_target[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = 9};

	memset(net, 0, sizeof(*net));
	net->family = family;
	net->routers = routers;
	net->source = icmpkit_address_from_bytes(family, family == ICMPKIT_IPV4 ? v4_source : v6_source);
	net->target = icmpkit_address_from_bytes(family, family == ICMPKIT_IPV4 ? v4_target : v6_target);
}

static inline struct icmpkit_probe_identity fake_identity(const struct fake_network *net)
{
	return (struct icmpkit_probe_identity){
		.key = {1, 2, 3, 4, 5, 6, 7, 8},
		.identifier = 0x4242,
		.source = net->source,
		.src_port = 40000,
		.tcp_src_port = 40001,
	};
}

/* The whole datagram as it left this host. */
static inline size_t fake_datagram(const struct fake_network *net, const struct icmpkit_probe *probe,
				   const uint8_t *buf, uint8_t *out)
{
	bool is_v4 = net->family == ICMPKIT_IPV4;
	size_t udp = probe->method == ICMPKIT_METHOD_UDP ? 8 : 0;
	struct icmpkit_datagram dg = {
		.family = net->family,
		.src = net->source,
		.dst = probe->to,
		.protocol = ICMPKIT_PROTO_TCP,
		.hop_limit = 1,
		.payload = {buf, probe->len + udp},
	};

	if (probe->method == ICMPKIT_METHOD_ICMP)
		dg.protocol = is_v4 ? ICMPKIT_PROTO_ICMP : ICMPKIT_PROTO_ICMPV6;
	else if (udp > 0)
		dg.protocol = ICMPKIT_PROTO_UDP;
	int header = icmpkit_datagram_write(&dg, out, FAKE_PACKET_MAX);
	uint8_t *transport = out + header;

	if (udp > 0) {
		uint8_t head[8] = {(uint8_t)(probe->src_port >> 8),  (uint8_t)probe->src_port,
				   (uint8_t)(probe->dst_port >> 8),  (uint8_t)probe->dst_port,
				   (uint8_t)((probe->len + 8) >> 8), (uint8_t)(probe->len + 8)};

		memcpy(transport, head, 8);
	}
	memcpy(transport + udp, buf, probe->len);
	if (udp > 0) { /* as the kernel does */
		uint64_t sum =
			icmpkit_checksum_pseudo(&net->source, &probe->to, ICMPKIT_PROTO_UDP, probe->len + 8);
		uint16_t checksum = icmpkit_checksum_finish(
			icmpkit_checksum_add(sum, (struct icmpkit_bytes){transport, probe->len + 8}));

		transport[6] = (uint8_t)(checksum >> 8);
		transport[7] = (uint8_t)checksum;
	}
	return (size_t)header + udp + probe->len;
}

static inline struct fake_answer *fake_new_answer(struct fake_network *net, struct icmpkit_address from,
						  int64_t at_ns)
{
	struct fake_answer *answer = &net->answers[net->count++ % FAKE_IN_FLIGHT_MAX];

	answer->at_ns = at_ns;
	answer->arrival = (struct icmpkit_arrival){
		.kind = ICMPKIT_ARRIVAL_ICMP,
		.stamp_ns = net->gives_stamps ? at_ns : ICMPKIT_NEVER_NS,
		.checksum_ok = true,
		.from = from,
		.to = net->source,
		.hop_limit = 60,
		.traffic_class = -1,
	};
	return answer;
}

/* Who reports what kind of error, and when. */
struct fake_report {
	struct icmpkit_address from;
	uint8_t type;
	uint8_t code;
	int64_t at_ns;
};

static inline void fake_error(struct fake_network *net, const struct icmpkit_probe *probe, const uint8_t *buf,
			      struct fake_report report)
{
	struct fake_answer *answer = fake_new_answer(net, report.from, report.at_ns);
	uint8_t datagram[FAKE_PACKET_MAX];
	size_t len = fake_datagram(net, probe, buf, datagram);
	size_t header = net->family == ICMPKIT_IPV4 ? 20 : 40;
	struct icmpkit_message message = {.family = net->family, .type = report.type, .code = report.code};

	if (net->quote_bytes > 0 && len > header + net->quote_bytes)
		len = header + net->quote_bytes;
	message.payload = (struct icmpkit_bytes){datagram, len};
	int written = icmpkit_encode(&message, answer->bytes, sizeof(answer->bytes));

	answer->len = written > 0 ? (size_t)written : 0;
}

static inline void fake_target_answer(struct fake_network *net, const struct icmpkit_probe *probe,
				      const uint8_t *buf, int64_t at_ns)
{
	bool is_v4 = net->family == ICMPKIT_IPV4;

	if (probe->method == ICMPKIT_METHOD_UDP) {
		fake_error(net, probe, buf,
			   (struct fake_report){
				   .from = probe->to,
				   .type = is_v4 ? ICMPKIT_V4_DESTINATION_UNREACHABLE
						 : ICMPKIT_V6_DESTINATION_UNREACHABLE,
				   .code = is_v4 ? ICMPKIT_V4_PORT_UNREACHABLE : ICMPKIT_V6_PORT_UNREACHABLE,
				   .at_ns = at_ns,
			   });
		return;
	}
	struct fake_answer *answer = fake_new_answer(net, probe->to, at_ns);

	if (probe->method == ICMPKIT_METHOD_TCP) {
		answer->arrival.kind = ICMPKIT_ARRIVAL_TCP;
		answer->arrival.src_port = probe->dst_port;
		answer->arrival.dst_port = probe->src_port;
		answer->arrival.tcp_flags = ICMPKIT_TCP_RST | ICMPKIT_TCP_ACK;
		answer->arrival.tcp_acknowledgment =
			((uint32_t)buf[4] << 24 | (uint32_t)buf[5] << 16 | (uint32_t)buf[6] << 8 | buf[7]) +
			1;
		answer->len = 0;
		return;
	}
	memcpy(answer->bytes, buf, probe->len);
	answer->bytes[0] = is_v4 ? ICMPKIT_V4_ECHO_REPLY : ICMPKIT_V6_ECHO_REPLY;
	answer->len = probe->len;
}

/* The faults that make somebody report an error. Returns true when one did. */
static inline bool fake_fault(struct fake_network *net, const struct icmpkit_probe *probe, const uint8_t *buf,
			      unsigned int ttl, int64_t now_ns)
{
	bool is_v4 = net->family == ICMPKIT_IPV4;
	struct fake_report report = {
		.type = is_v4 ? ICMPKIT_V4_DESTINATION_UNREACHABLE : ICMPKIT_V6_DESTINATION_UNREACHABLE,
		.code = is_v4 ? ICMPKIT_V4_HOST_UNREACHABLE : ICMPKIT_V6_ADDRESS_UNREACHABLE,
		.at_ns = now_ns + FAKE_NEIGHBOUR_NS,
	};

	if (net->gateway_is_gone) {
		report.from = net->source;
	} else if (net->no_route_at > 0 && ttl >= net->no_route_at) {
		report.from = fake_router(net, net->no_route_at);
		report.code = 0;
		report.at_ns = now_ns + 2 * FAKE_HOP_DELAY_NS * (int64_t)net->no_route_at;
	} else if (net->reject_at > 0 && ttl > net->reject_at) {
		report.from = fake_router(net, net->reject_at);
		report.code = is_v4 ? ICMPKIT_V4_ADMIN_PROHIBITED : ICMPKIT_V6_ADMIN_PROHIBITED;
		if (net->reject_code > 0)
			report.code = net->reject_code;
		report.at_ns = now_ns + 2 * FAKE_HOP_DELAY_NS * (int64_t)net->reject_at;
	} else if (net->refuse_code > 0 && ttl > net->routers) {
		report.from = net->target;
		report.code = net->refuse_code;
		report.at_ns = now_ns + 2 * FAKE_HOP_DELAY_NS * (int64_t)(net->routers + 1);
	} else if (net->target_is_gone && ttl > net->routers) {
		report.from = fake_router(net, net->routers);
	} else {
		return false;
	}
	if (report.at_ns == now_ns + FAKE_NEIGHBOUR_NS && net->late_errors_max > 0 &&
	    net->late_errors++ >= net->late_errors_max)
		return true;
	fake_error(net, probe, buf, report);
	return true;
}

static inline bool fake_router_is_quiet(struct fake_network *net, unsigned int ttl)
{
	if (ttl == net->limit_at && net->limited++ % 2 == 1)
		return true;
	return ttl < 64 && (net->mute >> ttl & 1) != 0;
}

/* What becomes of a probe. Returns true when an answer is on its way. */
static inline bool fake_network_send(struct fake_network *net, const struct icmpkit_probe *probe,
				     const uint8_t *buf, int64_t now_ns)
{
	unsigned int ttl = probe->hop_limit == 0 ? 64 : probe->hop_limit;
	unsigned int reach = ttl <= net->routers || net->loop_from > 0 ? ttl : net->routers + 1;
	int64_t at_ns = now_ns + 2 * FAKE_HOP_DELAY_NS * (int64_t)reach;

	if (fake_fault(net, probe, buf, ttl, now_ns))
		return true;
	if (net->drop_from > 0 && ttl >= net->drop_from)
		return false;
	if (reach <= net->routers || net->loop_from > 0) {
		if (fake_router_is_quiet(net, ttl))
			return false;
		fake_error(net, probe, buf,
			   (struct fake_report){
				   .from = fake_router(net, ttl),
				   .type = net->family == ICMPKIT_IPV4 ? ICMPKIT_V4_TIME_EXCEEDED
								       : ICMPKIT_V6_TIME_EXCEEDED,
				   .at_ns = at_ns,
			   });
		return true;
	}
	if (net->target_is_silent || (net->target_ignores_echo && probe->method == ICMPKIT_METHOD_ICMP))
		return false;
	fake_target_answer(net, probe, buf, at_ns);
	return true;
}

/* Decode what the transport would have decoded. */
static inline void fake_decode(const struct fake_network *net, struct fake_answer *answer)
{
	struct icmpkit_arrival *arrival = &answer->arrival;

	arrival->len = answer->len;
	if (arrival->kind != ICMPKIT_ARRIVAL_ICMP)
		return;
	if (icmpkit_decode(net->family, (struct icmpkit_bytes){answer->bytes, answer->len},
			   &arrival->message) < 0)
		arrival->message.kind = ICMPKIT_KIND_UNKNOWN;
	icmpkit_quote_parse(arrival->message.quote, &arrival->quote);
}

/* The earliest answer not yet taken, if it has arrived by now; NULL otherwise. @next_ns: when the next one
 * does. */
static inline struct icmpkit_arrival *fake_network_receive(struct fake_network *net, int64_t now_ns,
							   int64_t *next_ns)
{
	struct fake_answer *first = NULL;

	for (unsigned int i = 0; i < FAKE_IN_FLIGHT_MAX && i < net->count; i++) {
		struct fake_answer *answer = &net->answers[i];

		if (answer->at_ns != ICMPKIT_NEVER_NS && (first == NULL || answer->at_ns < first->at_ns))
			first = answer;
	}
	*next_ns = first == NULL ? ICMPKIT_NEVER_NS : first->at_ns;
	if (first == NULL || first->at_ns > now_ns)
		return NULL;
	fake_decode(net, first);
	first->arrival.at_ns = now_ns;
	first->at_ns = ICMPKIT_NEVER_NS;
	net->taken++;
	return &first->arrival;
}

/* One engine and this network, step by step: hands over what has arrived, sends what is due, and moves the
 * time to the next thing that happens. Returns false when the engine has finished. */
static inline bool fake_step(struct fake_network *net, struct icmpkit_engine engine, int64_t *now_ns)
{
	uint8_t buf[FAKE_PACKET_MAX];
	struct icmpkit_probe probe;
	struct icmpkit_arrival *arrival;
	int64_t next_ns;

	while ((arrival = fake_network_receive(net, *now_ns, &next_ns)) != NULL)
		engine.operations->receive(engine.self, *now_ns, arrival);
	while (engine.operations->send(engine.self, *now_ns, buf, sizeof(buf), &probe) == 1) {
		if (net->gives_stamps) {
			struct icmpkit_arrival sent = {
				.kind = ICMPKIT_ARRIVAL_SENT, .token = probe.token, .stamp_ns = *now_ns};

			engine.operations->receive(engine.self, *now_ns, &sent);
		}
		(void)fake_network_send(net, &probe, buf, *now_ns);
	}
	(void)fake_network_receive(net, INT64_MIN, &next_ns);
	int64_t deadline_ns = engine.operations->deadline_ns(engine.self);

	if (deadline_ns == ICMPKIT_NEVER_NS)
		return false;
	next_ns = next_ns < deadline_ns ? next_ns : deadline_ns;
	*now_ns = next_ns > *now_ns ? next_ns : *now_ns;
	return true;
}

#endif
