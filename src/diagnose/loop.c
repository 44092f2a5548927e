/* SPDX-License-Identifier: BSD-2-Clause */
/* loop: packets go round until their TTL is used up. */
#include "diagnose/hypothesis.h"

/* A path that changes while it is measured can show one router twice; a loop shows routers again and again.
 */
#define RETURNS_MIN 2
/* A router that does not lower the TTL shows twice in a row; one that forwards to itself, many times. */
#define SAME_IN_A_ROW_MIN 4

static bool is_same_router(const struct evidence *evidence, unsigned int a, unsigned int b)
{
	return evidence->hops[a].answered > 0 && evidence->hops[b].answered > 0 &&
	       icmpkit_address_equal(&evidence->hops[a].address, &evidence->hops[b].address);
}

/* Does the router of this TTL come again, behind another one? */
static bool comes_again(const struct evidence *evidence, unsigned int ttl)
{
	for (unsigned int later = ttl + 2; later <= evidence->last_answered; later++) {
		if (is_same_router(evidence, ttl, later) && !is_same_router(evidence, ttl, later - 1))
			return true;
	}
	return false;
}

static bool goes_to_itself(const struct evidence *evidence, unsigned int ttl)
{
	unsigned int run = 1;

	while (ttl + run <= evidence->last_answered && is_same_router(evidence, ttl, ttl + run))
		run++;
	return run >= SAME_IN_A_ROW_MIN;
}

/* Predicts: the same routers answer again at higher TTLs, and the target never does. Missing answers of
 * routers that limit their rate do not matter: those that come are counted. */
static bool holds(const struct evidence *evidence, struct icmpkit_place *place, uint8_t *confidence_percent)
{
	unsigned int first = 0;
	unsigned int returns = 0;

	if (evidence->echo_answered > 0)
		return false;
	for (unsigned int ttl = 1; ttl <= evidence->last_answered; ttl++) {
		bool is_again = comes_again(evidence, ttl);

		if (first == 0 && (is_again || goes_to_itself(evidence, ttl)))
			first = ttl;
		returns += is_again;
	}
	if (first == 0 || (returns < RETURNS_MIN && !goes_to_itself(evidence, first)))
		return false;
	*place = (struct icmpkit_place){ICMPKIT_RELATION_AT, (uint8_t)first, evidence->hops[first].address};
	*confidence_percent = returns > RETURNS_MIN ? 98 : 90;
	return true;
}

const struct hypothesis icmpkit_loop = {ICMPKIT_VERDICT_LOOP, holds};
