/* SPDX-License-Identifier: BSD-2-Clause */
/* The trace engine: events in their order, and the result. */
#include "probe/trace_state.h"

/* The first probe of the hop whose time is over gets its verdict. */
static bool give_up_one(struct icmpkit_trace *trace, unsigned int ttl, int64_t now_ns)
{
	for (unsigned int query = 0; query < trace->opt.queries; query++) {
		const struct trace_probe *probe = icmpkit_trace_probe(trace, ttl, query);
		struct icmpkit_trace_reply lost = {
			.answer = ICMPKIT_TRACE_LOST,
			.ttl = (uint8_t)ttl,
			.query = (uint8_t)query,
			.rtt_ns = ICMPKIT_NEVER_NS,
			.reply_ttl = -1,
		};

		if (probe->state != TRACE_IN_FLIGHT || icmpkit_trace_give_up_ns(trace, ttl, query) > now_ns)
			continue;
		icmpkit_trace_settle(trace, &lost);
		return true;
	}
	return false;
}

static bool give_up_any(struct icmpkit_trace *trace, int64_t now_ns)
{
	for (unsigned int ttl = trace->opt.first_ttl; ttl <= trace->end_ttl; ttl++) {
		if (give_up_one(trace, ttl, now_ns))
			return true;
	}
	return false;
}

static bool take_answer_event(struct icmpkit_trace *trace, struct icmpkit_trace_event *out)
{
	if (trace->event_count == 0)
		return false;
	*out = trace->answers[trace->event_first];
	trace->event_first = (trace->event_first + 1) % TRACE_ANSWERS_MAX;
	trace->event_count--;
	return true;
}

/* The last hop to be shown: behind the last answer, as many silent ones as it took to give up. */
static unsigned int last_ttl(const struct icmpkit_trace *trace)
{
	unsigned int silent_from = icmpkit_trace_silent_from(trace);

	return silent_from > 0 ? silent_from + trace->opt.silent_max - 1U : trace->end_ttl;
}

static void end(struct icmpkit_trace *trace, int64_t now_ns)
{
	if (icmpkit_trace_silent_from(trace) > 0) {
		trace->end_ttl = last_ttl(trace);
		trace->end_reason = ICMPKIT_TRACE_STOP_SILENT;
	}
	trace->has_ended = true;
	trace->ended_ns = now_ns;
}

bool icmpkit_trace_next_event(struct icmpkit_trace *trace, int64_t now_ns, struct icmpkit_trace_event *out)
{
	if (take_answer_event(trace, out))
		return true;
	if (!trace->has_ended) {
		if (give_up_any(trace, now_ns))
			return take_answer_event(trace, out);
		if (trace->next_hop <= last_ttl(trace) && icmpkit_trace_hop_is_done(trace, trace->next_hop)) {
			*out = (struct icmpkit_trace_event){.kind = ICMPKIT_TRACE_HOP,
							    .ttl = (uint8_t)trace->next_hop++};
			return true;
		}
		if (trace->next_hop > last_ttl(trace))
			end(trace, now_ns);
	}
	if (!trace->has_ended || trace->is_end_given)
		return false;
	trace->is_end_given = true;
	*out = (struct icmpkit_trace_event){.kind = ICMPKIT_TRACE_END, .stop = trace->end_reason};
	return true;
}

const struct icmpkit_trace_reply *icmpkit_trace_reply_at(const struct icmpkit_trace *trace, uint8_t ttl,
							 uint8_t query)
{
	if (ttl < trace->opt.first_ttl || ttl > trace->opt.max_ttl || query >= trace->opt.queries)
		return NULL;
	const struct trace_probe *probe = icmpkit_trace_probe(trace, ttl, query);

	return probe->state == TRACE_DONE ? &probe->reply : NULL;
}

void icmpkit_trace_summarise(const struct icmpkit_trace *trace, struct icmpkit_trace_summary *out)
{
	*out = (struct icmpkit_trace_summary){
		.reached = trace->end_reason == ICMPKIT_TRACE_STOP_REACHED,
		.hops = (uint8_t)(trace->answered_ttl < trace->opt.first_ttl ? 0 : trace->answered_ttl),
		.last_ttl = (uint8_t)last_ttl(trace),
		.stop = trace->end_reason,
		.probes = trace->sent,
		.refused = (uint32_t)icmpkit_ledger_refused(&trace->ledger),
		.elapsed_ns = trace->has_ended ? trace->ended_ns - trace->started_ns : 0,
	};
	/* Answers from beyond the end do not count. */
	if (out->hops > out->last_ttl)
		out->hops = out->last_ttl;
}
