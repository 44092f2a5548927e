/* SPDX-License-Identifier: BSD-2-Clause */
/* echo-filtered, silent-drop, ok: what the target answers, or does not. */
#include "diagnose/hypothesis.h"

/* Predicts: echo is not answered, yet UDP or TCP is: the target lives and the way is all right. */
static bool echo_filtered_holds(const struct evidence *evidence, struct icmpkit_place *place,
				uint8_t *confidence_percent)
{
	if (evidence->echo_answered > 0 || !evidence->other_answered)
		return false;
	*place = (struct icmpkit_place){ICMPKIT_RELATION_AT, evidence->target_ttl, evidence->target};
	*confidence_percent = 96;
	return true;
}

const struct hypothesis icmpkit_echo_filtered = {ICMPKIT_VERDICT_ECHO_FILTERED, echo_filtered_holds};

/* Predicts: behind a hop nobody answers anything. The more kinds of probes were sent in vain, the surer. */
static bool silent_drop_holds(const struct evidence *evidence, struct icmpkit_place *place,
			      uint8_t *confidence_percent)
{
	if (evidence->echo_answered > 0)
		return false;
	*place = (struct icmpkit_place){
		.relation = ICMPKIT_RELATION_AFTER,
		.ttl = evidence->last_answered,
		.address = evidence->hops[evidence->last_answered].address,
	};
	*confidence_percent = (uint8_t)(70 + 10 * evidence->asked_udp + 10 * evidence->asked_tcp);
	return true;
}

const struct hypothesis icmpkit_silent_drop = {ICMPKIT_VERDICT_SILENT_DROP, silent_drop_holds};

/* Predicts: the target answers echo. */
static bool ok_holds(const struct evidence *evidence, struct icmpkit_place *place,
		     uint8_t *confidence_percent)
{
	*place = (struct icmpkit_place){ICMPKIT_RELATION_AT, evidence->target_ttl, evidence->target};
	*confidence_percent = evidence->echo_answered >= evidence->echo_asked ? 99 : 80;
	return evidence->echo_answered > 0;
}

const struct hypothesis icmpkit_ok = {ICMPKIT_VERDICT_OK, ok_holds};
