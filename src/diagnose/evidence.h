/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * evidence.h - What the probes have shown, gathered from all traces of one diagnosis.
 */
#ifndef DIAGNOSE_EVIDENCE_H
#define DIAGNOSE_EVIDENCE_H

#include <icmpkit/diagnose.h>

/** What echo requests with one TTL drew. */
struct evidence_hop {
	struct icmpkit_address address; /* of the first that answered */
	uint16_t asked;
	uint16_t answered;
	int64_t rtt_ns; /* the smallest */
};

/** Destination unreachable messages; those of the first sender count. */
struct evidence_error {
	struct icmpkit_address from;
	uint16_t count;
	uint8_t lowest_ttl;    /* of the probes that drew it */
	uint16_t lowest_count; /* how many of this TTL did */
	int64_t lowest_rtt_ns; /* the smallest of these */
	uint8_t icmp_type;
	uint8_t icmp_code;
};

struct evidence {
	struct icmpkit_address target;
	struct icmpkit_address source;
	struct evidence_hop hops[ICMPKIT_TRACE_MAX_TTL + 1]; /* by TTL; 0 is not used */
	uint8_t highest_ttl;				     /* asked about */
	uint8_t last_answered; /* the highest TTL at which a router answered; 0: none did */
	uint16_t echo_asked;   /* requests that the target should have answered */
	uint16_t echo_answered;
	uint8_t target_ttl;  /* the lowest TTL at which the target answered anything; 0: it did not */
	bool other_answered; /* the target answered UDP or TCP */
	enum icmpkit_method other_method;
	uint16_t other_port;
	bool asked_udp;
	bool asked_tcp;
	struct evidence_error error;
	int send_error; /* the system's refusal of the first echo request; 0: none */
};

/** Add the result of a trace that has ended. */
void icmpkit_evidence_add(struct evidence *evidence, const struct icmpkit_trace *trace,
			  const struct icmpkit_trace_options *opt);

/** Add an answer to a probe of such a trace that counts as lost so far. */
void icmpkit_evidence_add_late(struct evidence *evidence, const struct icmpkit_trace_reply *reply,
			       const struct icmpkit_trace_options *opt);

/** Where the sender of the error is: the hop at which it answered before, else where the error was drawn. */
struct icmpkit_place icmpkit_evidence_error_place(const struct evidence *evidence);

/** Was the error made by this host itself? */
bool icmpkit_evidence_error_is_own(const struct evidence *evidence);

#endif
