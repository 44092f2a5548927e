/* SPDX-License-Identifier: BSD-2-Clause */
/* Findings: what is odd about a hop without harm to the way. */
#include "diagnose/hypothesis.h"

/* So many probes must have been asked of a hop before its silence or its losses mean anything. */
#define ASKED_FOR_MUTE 3
#define ASKED_FOR_LIMIT 5

static void add(struct icmpkit_diagnosis *out, enum icmpkit_finding_kind kind, uint8_t ttl,
		const struct evidence_hop *hop)
{
	if (out->finding_count == ICMPKIT_FINDINGS_MAX) {
		out->findings_left_out++;
		return;
	}
	out->findings[out->finding_count++] = (struct icmpkit_finding){
		.kind = kind,
		.where = {ICMPKIT_RELATION_AT, ttl, hop->address},
		.asked = hop->asked,
		.answered = hop->answered,
	};
}

static bool later_hop_answered(const struct evidence *evidence, unsigned int ttl)
{
	for (unsigned int later = ttl + 1; later <= evidence->highest_ttl; later++) {
		if (evidence->hops[later].answered > 0)
			return true;
	}
	return evidence->target_ttl > ttl;
}

/* Loss that begins at this hop would be felt behind it too: where a later hop answered everything, it is this
 * router's own replies that are missing. */
static bool later_hop_lost_nothing(const struct evidence *evidence, unsigned int ttl)
{
	for (unsigned int later = ttl + 1; later <= evidence->highest_ttl; later++) {
		const struct evidence_hop *hop = &evidence->hops[later];

		if (hop->asked >= ASKED_FOR_MUTE && hop->answered == hop->asked)
			return true;
	}
	return false;
}

void icmpkit_findings(const struct evidence *evidence, struct icmpkit_diagnosis *out)
{
	for (unsigned int ttl = 1; ttl <= evidence->highest_ttl; ttl++) {
		const struct evidence_hop *hop = &evidence->hops[ttl];

		if (evidence->target_ttl > 0 && ttl >= evidence->target_ttl)
			break;
		if (hop->answered == 0 && hop->asked >= ASKED_FOR_MUTE && later_hop_answered(evidence, ttl))
			add(out, ICMPKIT_FINDING_MUTE_HOP, (uint8_t)ttl, hop);
		else if (hop->answered > 0 && hop->answered < hop->asked && hop->asked >= ASKED_FOR_LIMIT &&
			 later_hop_lost_nothing(evidence, ttl))
			add(out, ICMPKIT_FINDING_RATE_LIMITED_REPLIES, (uint8_t)ttl, hop);
	}
}
