/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * made_diagnosis.h - A diagnosis made by hand, with sentences of its own: what the engine's are is for the
 * tests of the engine. Include behind <cmocka.h>.
 */
#ifndef TEST_OUT_MADE_DIAGNOSIS_H
#define TEST_OUT_MADE_DIAGNOSIS_H

#include <stdio.h>

#include "out/format.h"
#include "page.h"

static inline struct icmpkit_diagnosis made_diagnosis(enum icmpkit_verdict verdict)
{
	return (struct icmpkit_diagnosis){
		.verdict = verdict,
		.summary = "A summary.",
		.evidence = "Some evidence.",
		.advice = "An advice.",
		.confidence_percent = 95,
		.probes = 12,
		.elapsed_ns = 3210000000,
	};
}

/* @address: NULL: the hop does not answer. */
static inline void add_hop(struct icmpkit_diagnosis *d, uint8_t ttl, const char *address)
{
	bool answers = address != NULL;

	d->hops[d->hop_count++] = (struct icmpkit_path_hop){
		.ttl = ttl,
		.address = made_address(address),
		.rtt_ns = answers ? 1234567 : ICMPKIT_NEVER_NS,
		.asked = 3,
		.answered = answers ? 3 : 0,
	};
}

static inline struct icmpkit_place made_place(enum icmpkit_relation relation, uint8_t ttl,
					      const char *address)
{
	return (struct icmpkit_place){
		.relation = relation,
		.ttl = ttl,
		.address = made_address(address),
	};
}

/* One finding of each kind. */
static inline void add_findings(struct icmpkit_diagnosis *d)
{
	d->findings[0] = (struct icmpkit_finding){
		.kind = ICMPKIT_FINDING_MUTE_HOP,
		.where = made_place(ICMPKIT_RELATION_AT, 2, NULL),
		.asked = 3,
	};
	d->findings[1] = (struct icmpkit_finding){
		.kind = ICMPKIT_FINDING_RATE_LIMITED_REPLIES,
		.where = made_place(ICMPKIT_RELATION_AT, 3, "10.0.3.1"),
		.asked = 8,
		.answered = 5,
	};
	d->finding_count = 2;
}

#endif
