/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * made_trace.h - A trace made by hand: stands in for the engine, of which the formats ask two things. Include
 * behind <cmocka.h>.
 */
#ifndef TEST_OUT_MADE_TRACE_H
#define TEST_OUT_MADE_TRACE_H

#include <errno.h>

#include <icmpkit/numbers.h>

#include "out/format.h"
#include "page.h"

#define MADE_TTLS 16
#define MADE_QUERIES 3

struct icmpkit_trace {
	struct icmpkit_trace_summary summary;
	const struct icmpkit_trace_reply *replies[MADE_TTLS][MADE_QUERIES];
};

const struct icmpkit_trace_reply *icmpkit_trace_reply_at(const struct icmpkit_trace *trace, uint8_t ttl,
							 uint8_t query)
{
	return ttl < MADE_TTLS && query < MADE_QUERIES ? trace->replies[ttl][query] : NULL;
}

void icmpkit_trace_summarise(const struct icmpkit_trace *trace, struct icmpkit_trace_summary *out)
{
	*out = trace->summary;
}

static inline struct icmpkit_trace_view made_view(const struct icmpkit_trace *trace, const char *address)
{
	return (struct icmpkit_trace_view){
		.trace = trace,
		.target = {"server", made_address(address)},
		.queries = MADE_QUERIES,
		.max_ttl = 30,
	};
}

/* A router's time exceeded. */
static inline struct icmpkit_trace_reply made_reply(const char *from)
{
	struct icmpkit_address address = made_address(from);

	return (struct icmpkit_trace_reply){
		.answer = ICMPKIT_TRACE_TIME_EXCEEDED,
		.from = address,
		.rtt_ns = 1234567,
		.clock = ICMPKIT_CLOCK_KERNEL,
		.is_icmp = true,
		.icmp_type =
			address.family == ICMPKIT_IPV4 ? ICMPKIT_V4_TIME_EXCEEDED : ICMPKIT_V6_TIME_EXCEEDED,
		.reply_ttl = 60,
	};
}

/* @error: of SEND_FAILED, otherwise 0. */
static inline struct icmpkit_trace_reply made_silence(int error)
{
	return (struct icmpkit_trace_reply){
		.answer = error == 0 ? ICMPKIT_TRACE_LOST : ICMPKIT_TRACE_SEND_FAILED,
		.rtt_ns = ICMPKIT_NEVER_NS,
		.error = error,
		.reply_ttl = -1,
	};
}

static inline void add_mpls(struct icmpkit_trace_reply *reply, uint32_t label, bool bottom_of_stack)
{
	reply->mpls[reply->mpls_count].label = label;
	reply->mpls[reply->mpls_count].traffic_class = 5;
	reply->mpls[reply->mpls_count].bottom_of_stack = bottom_of_stack;
	reply->mpls[reply->mpls_count++].ttl = 254;
}

#endif
