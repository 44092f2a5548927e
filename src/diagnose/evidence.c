/* SPDX-License-Identifier: BSD-2-Clause */
/* Gathers what the traces of a diagnosis have shown. */
#include "diagnose/evidence.h"

static void add_error(struct evidence *evidence, const struct icmpkit_trace_reply *reply)
{
	struct evidence_error *error = &evidence->error;

	if (error->count == 0)
		*error = (struct evidence_error){
			.from = reply->from,
			.lowest_ttl = reply->ttl,
			.icmp_type = reply->icmp_type,
			.icmp_code = reply->icmp_code,
		};
	if (!icmpkit_address_equal(&error->from, &reply->from))
		return;
	error->count++;
	if (reply->ttl > error->lowest_ttl)
		return;
	if (reply->ttl < error->lowest_ttl)
		error->lowest_count = 0;
	if (error->lowest_count++ == 0 || reply->rtt_ns < error->lowest_rtt_ns)
		error->lowest_rtt_ns = reply->rtt_ns;
	error->lowest_ttl = reply->ttl;
}

static void add_target_answer(struct evidence *evidence, const struct icmpkit_trace_reply *reply,
			      const struct icmpkit_trace_options *opt)
{
	if (evidence->target_ttl == 0 || reply->ttl < evidence->target_ttl)
		evidence->target_ttl = reply->ttl;
	if (opt->method == ICMPKIT_METHOD_ICMP) {
		evidence->echo_answered++;
	} else {
		evidence->other_answered = true;
		evidence->other_method = opt->method;
		evidence->other_port = opt->dst_port;
	}
}

static void add_hop_answer(struct evidence *evidence, const struct icmpkit_trace_reply *reply)
{
	struct evidence_hop *hop = &evidence->hops[reply->ttl];

	if (hop->answered++ == 0) {
		hop->address = reply->from;
		hop->rtt_ns = reply->rtt_ns;
	}
	if (reply->rtt_ns < hop->rtt_ns)
		hop->rtt_ns = reply->rtt_ns;
	if (reply->answer == ICMPKIT_TRACE_TIME_EXCEEDED && reply->ttl > evidence->last_answered)
		evidence->last_answered = reply->ttl;
}

static void add_answer(struct evidence *evidence, const struct icmpkit_trace_reply *reply,
		       const struct icmpkit_trace_options *opt)
{
	switch (reply->answer) {
	case ICMPKIT_TRACE_TIME_EXCEEDED:
		add_hop_answer(evidence, reply);
		break;
	case ICMPKIT_TRACE_TARGET:
		add_target_answer(evidence, reply, opt);
		if (opt->method == ICMPKIT_METHOD_ICMP)
			add_hop_answer(evidence, reply);
		break;
	case ICMPKIT_TRACE_UNREACHABLE:
		add_error(evidence, reply);
		break;
	case ICMPKIT_TRACE_SEND_FAILED:
		if (opt->method == ICMPKIT_METHOD_ICMP && evidence->send_error == 0)
			evidence->send_error = reply->error;
		break;
	case ICMPKIT_TRACE_OTHER_ERROR:
	case ICMPKIT_TRACE_LOST:
		break;
	}
}

/* Time exceeded tells of a router whatever the probe was; who was asked and did not answer is counted for
 * echo only, so that the figures of a hop are of one kind. */
static void add_reply(struct evidence *evidence, const struct icmpkit_trace_reply *reply,
		      const struct icmpkit_trace_options *opt)
{
	if (reply->ttl > evidence->highest_ttl)
		evidence->highest_ttl = reply->ttl;
	if (opt->method == ICMPKIT_METHOD_ICMP || reply->answer == ICMPKIT_TRACE_TIME_EXCEEDED)
		evidence->hops[reply->ttl].asked++;
	add_answer(evidence, reply, opt);
}

void icmpkit_evidence_add_late(struct evidence *evidence, const struct icmpkit_trace_reply *reply,
			       const struct icmpkit_trace_options *opt)
{
	/* Of echo the question has been counted already. */
	if (opt->method != ICMPKIT_METHOD_ICMP && reply->answer == ICMPKIT_TRACE_TIME_EXCEEDED)
		evidence->hops[reply->ttl].asked++;
	add_answer(evidence, reply, opt);
}

void icmpkit_evidence_add(struct evidence *evidence, const struct icmpkit_trace *trace,
			  const struct icmpkit_trace_options *opt)
{
	struct icmpkit_trace_summary summary;

	icmpkit_trace_summarise(trace, &summary);
	evidence->asked_udp = evidence->asked_udp || opt->method == ICMPKIT_METHOD_UDP;
	evidence->asked_tcp = evidence->asked_tcp || opt->method == ICMPKIT_METHOD_TCP;
	for (unsigned int ttl = opt->first_ttl == 0 ? 1 : opt->first_ttl; ttl <= summary.last_ttl; ttl++) {
		for (uint8_t query = 0; query < ICMPKIT_TRACE_MAX_QUERIES; query++) {
			const struct icmpkit_trace_reply *reply =
				icmpkit_trace_reply_at(trace, (uint8_t)ttl, query);

			if (reply != NULL)
				add_reply(evidence, reply, opt);
		}
	}
	if (opt->method == ICMPKIT_METHOD_ICMP && evidence->target_ttl > 0)
		evidence->echo_asked = evidence->hops[evidence->target_ttl].asked;
}

bool icmpkit_evidence_error_is_own(const struct evidence *evidence)
{
	return evidence->error.count > 0 && evidence->source.family != ICMPKIT_FAMILY_NONE &&
	       icmpkit_address_equal(&evidence->error.from, &evidence->source) &&
	       !icmpkit_address_equal(&evidence->target, &evidence->source);
}

struct icmpkit_place icmpkit_evidence_error_place(const struct evidence *evidence)
{
	const struct evidence_error *error = &evidence->error;
	struct icmpkit_place place = {ICMPKIT_RELATION_AT, error->lowest_ttl, error->from};

	if (icmpkit_evidence_error_is_own(evidence))
		return (struct icmpkit_place){.relation = ICMPKIT_RELATION_LOCAL,
					      .address = evidence->source};
	for (uint8_t ttl = 1; ttl <= evidence->last_answered; ttl++) {
		/* A router checks the TTL before it forwards, and refuses what it would forward: the same
		 * router answers a probe that ends there with time exceeded. */
		if (evidence->hops[ttl].answered > 0 &&
		    icmpkit_address_equal(&evidence->hops[ttl].address, &error->from)) {
			place.ttl = ttl;
			break;
		}
	}
	return place;
}
