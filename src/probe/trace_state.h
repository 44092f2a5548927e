/* SPDX-License-Identifier: BSD-2-Clause */
/** trace_state.h - What the files of the trace engine share. */
#ifndef PROBE_TRACE_STATE_H
#define PROBE_TRACE_STATE_H

#include <icmpkit/trace.h>

#include "probe/ledger.h"

#define TRACE_ANSWERS_MAX 32

enum trace_probe_state {
	TRACE_NOT_SENT,
	TRACE_IN_FLIGHT,
	TRACE_DONE, /* it has its verdict */
};

struct trace_probe {
	enum trace_probe_state state;
	bool was_late; /* an answer came when its hop had been given with this probe as lost */
	int64_t sent_ns;
	struct icmpkit_trace_reply reply;
};

struct icmpkit_trace {
	struct icmpkit_trace_options opt;
	struct icmpkit_ledger ledger;
	struct trace_probe *probes; /* by TTL from @first_ttl, then by query */
	uint16_t number_base;
	int64_t started_ns;
	int64_t ended_ns;
	int64_t next_send_ns;
	unsigned int answered_ttl; /* the highest that answered; first_ttl - 1: none */
	unsigned int end_ttl;	   /* nothing beyond belongs to the result */
	enum icmpkit_trace_stop end_reason;
	unsigned int next_hop; /* the next HOP event */
	/* By TTL: a nanosecond more than the slowest answer took; 0: there is none. */
	int64_t slowest_ns[ICMPKIT_TRACE_MAX_TTL + 1];
	bool is_asked_to_stop;
	bool has_ended;
	bool is_end_given;
	uint32_t sent;
	uint64_t events_left_out;
	size_t event_first;
	size_t event_count;
	struct icmpkit_trace_event answers[TRACE_ANSWERS_MAX]; /* ANSWER and LATE not yet taken */
};

struct trace_probe *icmpkit_trace_probe(const struct icmpkit_trace *trace, unsigned int ttl,
					unsigned int query);
/** Note a verdict, and give it as an event. */
void icmpkit_trace_settle(struct icmpkit_trace *trace, const struct icmpkit_trace_reply *reply);
/** When this probe, in flight, is given up. */
int64_t icmpkit_trace_give_up_ns(const struct icmpkit_trace *trace, unsigned int ttl, unsigned int query);
/** The lowest TTL from which @silent_max hops in a row are silent to the end; 0: there is no such run. */
unsigned int icmpkit_trace_silent_from(const struct icmpkit_trace *trace);
/** The first probe that may be sent now, in the order of sending. */
bool icmpkit_trace_next_probe(const struct icmpkit_trace *trace, unsigned int *ttl, unsigned int *query);
bool icmpkit_trace_hop_is_done(const struct icmpkit_trace *trace, unsigned int ttl);

#endif
