/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * hypothesis.h - One possible answer of the diagnosis: when it holds, and where.
 */
#ifndef DIAGNOSE_HYPOTHESIS_H
#define DIAGNOSE_HYPOTHESIS_H

#include "diagnose/evidence.h"

struct hypothesis {
	enum icmpkit_verdict verdict;
	/* Does the evidence speak for it? Then @place and @confidence_percent are written. */
	bool (*holds)(const struct evidence *evidence, struct icmpkit_place *place,
		      uint8_t *confidence_percent);
};

extern const struct hypothesis icmpkit_no_route;
extern const struct hypothesis icmpkit_blocked_locally;
extern const struct hypothesis icmpkit_gateway_silent;
extern const struct hypothesis icmpkit_loop;
extern const struct hypothesis icmpkit_net_unreachable;
extern const struct hypothesis icmpkit_filtered;
extern const struct hypothesis icmpkit_host_unreachable;
extern const struct hypothesis icmpkit_protocol_unreachable;
extern const struct hypothesis icmpkit_port_unreachable;
extern const struct hypothesis icmpkit_echo_filtered;
extern const struct hypothesis icmpkit_silent_drop;
extern const struct hypothesis icmpkit_ok;

/** The first that holds, in the order of enum icmpkit_verdict. There always is one. */
const struct hypothesis *icmpkit_hypothesis_decide(const struct evidence *evidence,
						   struct icmpkit_place *place, uint8_t *confidence_percent);

/** Write the findings, which never change the verdict. */
void icmpkit_findings(const struct evidence *evidence, struct icmpkit_diagnosis *out);

/** Write the three sentences of a verdict. @name: what the user asked about. */
void icmpkit_words(const struct evidence *evidence, const char *name, struct icmpkit_diagnosis *out);

#endif
