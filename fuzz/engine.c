/* SPDX-License-Identifier: BSD-2-Clause */
/* The engines under any arrivals and any jumps of the clock: they stay in bounds, their sums hold, and once
 * nothing arrives any more they come to an end. */
#include <stdlib.h>
#include <string.h>

#include <icmpkit/diagnose.h>
#include <icmpkit/ping.h>
#include <icmpkit/trace.h>

#include "require.h"

#define OUTSTANDING_MAX 8
#define STEPS_TO_END 200000

/* What the fuzzer gave, taken from the front. */
struct input {
	const uint8_t *data;
	size_t len;
};

static uint8_t take(struct input *input)
{
	if (input->len == 0)
		return 0;
	input->len--;
	return *input->data++;
}

static struct icmpkit_address address_of(enum icmpkit_family family, uint8_t last)
{
	uint8_t bytes[16] = {10};

	bytes[icmpkit_address_len(family) - 1] = last;
	return icmpkit_address_from_bytes(family, bytes);
}

static struct icmpkit_probe_identity identity_of(enum icmpkit_family family)
{
	return (struct icmpkit_probe_identity){
		.identifier = 1, .source = address_of(family, 1), .src_port = 2, .tcp_src_port = 3};
}

/* The last probe that the engine sent: an answer made from it fits, unless the fuzzer spoils it. */
struct last_probe {
	struct icmpkit_probe probe;
	uint8_t bytes[2048];
};

/* The message of an arrival: free bytes, or the last probe sent back with some byte changed. */
static struct icmpkit_bytes message_of(struct input *input, enum icmpkit_family family,
				       struct last_probe *last, uint8_t *buf, size_t cap)
{
	size_t len = last->probe.len < cap ? last->probe.len : cap;

	if ((take(input) & 1) == 0 || len < 8) {
		len = take(input);
		for (size_t i = 0; i < len; i++)
			buf[i] = take(input);
		return (struct icmpkit_bytes){buf, len};
	}
	memcpy(buf, last->bytes, len);
	buf[0] = family == ICMPKIT_IPV4 ? 0 : 129; /* echo reply */
	buf[take(input) % len] ^= take(input);
	return (struct icmpkit_bytes){buf, len};
}

static void arrive(struct input *input, struct icmpkit_engine engine, enum icmpkit_family family,
		   int64_t now_ns, struct last_probe *last)
{
	uint8_t buf[256];
	struct icmpkit_arrival arrival = {
		.kind = (enum icmpkit_arrival_kind)(take(input) % 5),
		.at_ns = now_ns,
		.stamp_ns = (take(input) & 1) != 0 ? now_ns : ICMPKIT_NEVER_NS,
		.token = (take(input) & 1) != 0 ? last->probe.token : take(input),
		.error = -1,
		.checksum_ok = (take(input) & 1) != 0,
		.socket_matched = (take(input) & 1) != 0,
		.from = address_of(family, take(input)),
		.tcp_acknowledgment = take(input),
		.src_port = last->probe.dst_port,
		.dst_port = last->probe.src_port,
	};
	struct icmpkit_bytes wire = message_of(input, family, last, buf, sizeof(buf));

	arrival.len = wire.len;
	if (icmpkit_decode(family, wire, &arrival.message) < 0)
		arrival.message.kind = ICMPKIT_KIND_UNKNOWN;
	icmpkit_quote_parse(arrival.message.quote, &arrival.quote);
	engine.operations->receive(engine.self, now_ns, &arrival);
}

/* Send what is due; bounded, since a driver sends until it is told that nothing is. */
static void send_due(struct icmpkit_engine engine, int64_t now_ns, struct last_probe *last)
{
	for (unsigned int i = 0; i < 16; i++) {
		int sent = engine.operations->send(engine.self, now_ns, last->bytes, sizeof(last->bytes),
						   &last->probe);

		require(sent == 0 || sent == 1);
		if (sent == 0)
			return;
		require(last->probe.len <= sizeof(last->bytes));
	}
}

/* Through all of the input, then in silence from deadline to deadline until the end. */
static void drive(struct input *input, struct icmpkit_engine engine, enum icmpkit_family family,
		  void (*take_events)(void *self, int64_t now_ns))
{
	static const struct last_probe none;
	struct last_probe last = none;
	int64_t now_ns = 0;

	while (input->len > 0) {
		uint8_t what = take(input);

		if ((what & 1) != 0)
			arrive(input, engine, family, now_ns, &last);
		else
			now_ns += (int64_t)1 << what % 36;
		send_due(engine, now_ns, &last);
		take_events(engine.self, now_ns);
	}
	for (unsigned int steps = 0; engine.operations->deadline_ns(engine.self) != ICMPKIT_NEVER_NS;
	     steps++) {
		int64_t deadline_ns = engine.operations->deadline_ns(engine.self);

		require(steps < STEPS_TO_END);
		now_ns = deadline_ns > now_ns ? deadline_ns : now_ns;
		send_due(engine, now_ns, &last);
		take_events(engine.self, now_ns);
	}
}

static void take_ping_events(void *self, int64_t now_ns)
{
	struct icmpkit_ping_event event;
	struct icmpkit_ping_statistics s;

	while (icmpkit_ping_next_event(self, now_ns, &event))
		require(event.target == 0 && event.sequence > 0);
	icmpkit_ping_statistics(self, 0, &s);
	require(s.received + s.errors + s.send_failures + s.lost <= s.sent);
	require(s.sent - s.received - s.errors - s.send_failures - s.lost <= OUTSTANDING_MAX);
}

static void fuzz_ping(struct input *input, enum icmpkit_family family)
{
	struct icmpkit_ping_target target = {address_of(family, 2), 1};
	struct icmpkit_ping_options opt =
		ICMPKIT_PING_OPTIONS(.targets = &target, .target_count = 1, .identity = identity_of(family),
				     .count = 20, .interval_ns = 1 + take(input) * ICMPKIT_NS_PER_MS,
				     .data_bytes = 1U + take(input), .outstanding_max = OUTSTANDING_MAX);
	struct icmpkit_ping *ping;
	struct icmpkit_ping_statistics s;

	require(icmpkit_ping_new(&ping, &opt, 0) == 0);
	drive(input, icmpkit_ping_engine(ping), family, take_ping_events);
	icmpkit_ping_statistics(ping, 0, &s);
	require(s.sent == s.received + s.errors + s.send_failures + s.lost);
	icmpkit_ping_free(ping);
}

static void take_trace_events(void *self, int64_t now_ns)
{
	struct icmpkit_trace_event event;

	while (icmpkit_trace_next_event(self, now_ns, &event))
		require(event.kind != ICMPKIT_TRACE_HOP || icmpkit_trace_reply_at(self, 0, 0) == NULL);
}

static void fuzz_trace(struct input *input, enum icmpkit_family family)
{
	struct icmpkit_trace_options opt =
		ICMPKIT_TRACE_OPTIONS(.target = address_of(family, 2), .identity = identity_of(family),
				      .method = (enum icmpkit_method)(take(input) % 3),
				      .max_ttl = (uint8_t)(1 + take(input) % 40),
				      .queries = (uint8_t)(1 + take(input) % 4), .silent_max = take(input),
				      .parallel = take(input));
	struct icmpkit_trace *trace;
	struct icmpkit_trace_summary summary;

	require(icmpkit_trace_new(&trace, &opt, 0) == 0);
	drive(input, icmpkit_trace_engine(trace), family, take_trace_events);
	icmpkit_trace_summarise(trace, &summary);
	require(summary.hops <= summary.last_ttl && summary.last_ttl <= opt.max_ttl);
	icmpkit_trace_free(trace);
}

static void take_diagnose_events(void *self, int64_t now_ns)
{
	struct icmpkit_diagnose_event event;

	while (icmpkit_diagnose_next_event(self, now_ns, &event))
		require(event.kind != ICMPKIT_DIAGNOSE_STEP || event.step != NULL);
}

static void fuzz_diagnose(struct input *input, enum icmpkit_family family)
{
	struct icmpkit_diagnose_options opt =
		ICMPKIT_DIAGNOSE_OPTIONS(.target = address_of(family, 2), .identity = identity_of(family),
					 .can_udp = (take(input) & 1) != 0,
					 .can_tcp = (take(input) & 1) != 0);
	struct icmpkit_diagnose *diagnose;

	require(icmpkit_diagnose_new(&diagnose, &opt, 0) == 0);
	drive(input, icmpkit_diagnose_engine(diagnose), family, take_diagnose_events);
	require(icmpkit_diagnose_result(diagnose)->summary[0] != '\0');
	icmpkit_diagnose_free(diagnose);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = {data, size};
	uint8_t which = take(&input);
	enum icmpkit_family family = (which & 1) != 0 ? ICMPKIT_IPV6 : ICMPKIT_IPV4;

	switch (which / 2 % 3) {
	case 0:
		fuzz_ping(&input, family);
		break;
	case 1:
		fuzz_trace(&input, family);
		break;
	default:
		fuzz_diagnose(&input, family);
		break;
	}
	return 0;
}
