/* SPDX-License-Identifier: BSD-2-Clause */
/* The trace engine: which probe is next, how long an answer is waited for, and which hops are done. */
#include "probe/trace_state.h"

/* An answer is waited for three times as long as another of the same hop took, or ten times as long as one of
 * a later hop, but at least so long: a busy machine may be late itself. */
#define SAME_HOP_FACTOR 3
#define LATER_HOP_FACTOR 10
#define WAIT_MIN_NS (250 * ICMPKIT_NS_PER_MS)

static bool has_answer(const struct trace_probe *probe)
{
	return probe->state == TRACE_DONE && probe->reply.answer != ICMPKIT_TRACE_LOST &&
	       probe->reply.answer != ICMPKIT_TRACE_SEND_FAILED;
}

static int64_t wait_ns(const struct icmpkit_trace *trace, unsigned int ttl)
{
	int64_t slowest = trace->slowest_ns[ttl];
	int64_t wait = trace->opt.wait_ns;
	int64_t factor = SAME_HOP_FACTOR;

	if (trace->opt.patient)
		return wait;
	for (unsigned int later = ttl + 1; slowest == 0 && later <= trace->end_ttl; later++) {
		slowest = trace->slowest_ns[later];
		factor = LATER_HOP_FACTOR;
	}
	if (slowest > 0 && slowest < wait / factor)
		wait = slowest * factor;
	if (wait < WAIT_MIN_NS)
		wait = WAIT_MIN_NS < trace->opt.wait_ns ? WAIT_MIN_NS : trace->opt.wait_ns;
	return wait;
}

int64_t icmpkit_trace_give_up_ns(const struct icmpkit_trace *trace, unsigned int ttl, unsigned int query)
{
	return icmpkit_trace_probe(trace, ttl, query)->sent_ns + wait_ns(trace, ttl);
}

/* Has every probe of the hop that was sent been lost, and was one sent? */
static bool is_silent(const struct icmpkit_trace *trace, unsigned int ttl)
{
	bool was_asked = false;

	for (unsigned int query = 0; query < trace->opt.queries; query++) {
		const struct trace_probe *probe = icmpkit_trace_probe(trace, ttl, query);

		if (probe->state == TRACE_IN_FLIGHT || has_answer(probe))
			return false;
		was_asked = was_asked || probe->state == TRACE_DONE;
	}
	return was_asked;
}

unsigned int icmpkit_trace_silent_from(const struct icmpkit_trace *trace)
{
	unsigned int ttl = trace->answered_ttl + 1;
	unsigned int run = 0;

	if (trace->opt.silent_max == UINT8_MAX)
		return 0;
	while (ttl + run <= trace->end_ttl && run < trace->opt.silent_max && is_silent(trace, ttl + run))
		run++;
	return run == trace->opt.silent_max ? ttl : 0;
}

/* How far probes may run ahead: beyond the last hop that answered or was found silent. */
static unsigned int window_end(const struct icmpkit_trace *trace)
{
	unsigned int base = trace->answered_ttl;

	while (base < trace->end_ttl && is_silent(trace, base + 1))
		base++;
	base += trace->opt.parallel;
	return base < trace->end_ttl ? base : trace->end_ttl;
}

/* Round by round: a router that limits its errors sees its probes as far apart as can be. */
bool icmpkit_trace_next_probe(const struct icmpkit_trace *trace, unsigned int *ttl, unsigned int *query)
{
	unsigned int last = window_end(trace);

	if (trace->end_reason == ICMPKIT_TRACE_STOP_SEND_FAILED || icmpkit_trace_silent_from(trace) > 0)
		return false;
	for (*query = 0; *query < trace->opt.queries; (*query)++) {
		for (*ttl = trace->opt.first_ttl; *ttl <= last; (*ttl)++) {
			if (icmpkit_trace_probe(trace, *ttl, *query)->state == TRACE_NOT_SENT)
				return true;
		}
	}
	return false;
}

bool icmpkit_trace_hop_is_done(const struct icmpkit_trace *trace, unsigned int ttl)
{
	bool no_more_is_sent =
		trace->end_reason == ICMPKIT_TRACE_STOP_SEND_FAILED || icmpkit_trace_silent_from(trace) > 0;

	for (unsigned int query = 0; query < trace->opt.queries; query++) {
		enum trace_probe_state state = icmpkit_trace_probe(trace, ttl, query)->state;

		if (state == TRACE_IN_FLIGHT || (state == TRACE_NOT_SENT && !no_more_is_sent))
			return false;
	}
	return true;
}
