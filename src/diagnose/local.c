/* SPDX-License-Identifier: BSD-2-Clause */
/* no-route and blocked-locally: this host itself refuses to send. */
#include <errno.h>

#include <icmpkit/numbers.h>

#include "diagnose/hypothesis.h"

#define CONFIDENCE 99

static bool is_code(const struct evidence *evidence, uint8_t v4, uint8_t v6)
{
	return evidence->error.icmp_code == (evidence->target.family == ICMPKIT_IPV4 ? v4 : v6);
}

static bool at_this_host(const struct evidence *evidence, struct icmpkit_place *place,
			 uint8_t *confidence_percent)
{
	*place = (struct icmpkit_place){.relation = ICMPKIT_RELATION_LOCAL, .address = evidence->source};
	*confidence_percent = CONFIDENCE;
	return true;
}

/* Predicts: the send itself fails. A missing route gives ENETUNREACH, a blackhole route EINVAL, an
 * unreachable route EHOSTUNREACH; or the system tells itself by an ICMP error. */
static bool no_route_holds(const struct evidence *evidence, struct icmpkit_place *place,
			   uint8_t *confidence_percent)
{
	int err = evidence->send_error;

	if (evidence->echo_answered > 0)
		return false;
	if (err == -ENETUNREACH || err == -EHOSTUNREACH || err == -EINVAL || err == -ENETDOWN ||
	    err == -EADDRNOTAVAIL)
		return at_this_host(evidence, place, confidence_percent);
	if (icmpkit_evidence_error_is_own(evidence) &&
	    is_code(evidence, ICMPKIT_V4_NET_UNREACHABLE, ICMPKIT_V6_NO_ROUTE))
		return at_this_host(evidence, place, confidence_percent);
	return false;
}

const struct hypothesis icmpkit_no_route = {ICMPKIT_VERDICT_NO_ROUTE, no_route_holds};

/* Predicts: the send is refused by a rule: EPERM of a packet filter, EACCES of a prohibiting route; or by an
 * ICMP error of our own that says prohibited. */
static bool blocked_holds(const struct evidence *evidence, struct icmpkit_place *place,
			  uint8_t *confidence_percent)
{
	if (evidence->echo_answered > 0)
		return false;
	if (evidence->send_error == -EPERM || evidence->send_error == -EACCES)
		return at_this_host(evidence, place, confidence_percent);
	if (icmpkit_evidence_error_is_own(evidence) &&
	    !is_code(evidence, ICMPKIT_V4_HOST_UNREACHABLE, ICMPKIT_V6_ADDRESS_UNREACHABLE))
		return at_this_host(evidence, place, confidence_percent);
	return false;
}

const struct hypothesis icmpkit_blocked_locally = {ICMPKIT_VERDICT_BLOCKED_LOCALLY, blocked_holds};
