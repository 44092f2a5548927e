/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * match.h - What an arrival claims to answer, and whether the claim holds.
 *
 * Anybody may send us an echo reply or an error. It counts only if every mark that it carries is one that we
 * gave to the probe (RFC 5927 4 asks the same of TCP).
 */
#ifndef PROBE_MATCH_H
#define PROBE_MATCH_H

#include <icmpkit/probe.h>

struct icmpkit_probe_record;

/** The marks by which the probe is looked for. */
struct match_marks {
	enum icmpkit_method method;
	struct icmpkit_address target;
	uint16_t number;
	bool is_echo_reply;
};

#define MATCH_FITS (-1)

/** Return: MATCH_FITS with @out written, or a value of enum icmpkit_refusal. */
ICMPKIT_CHECK_RESULT int icmpkit_match_marks(const struct icmpkit_arrival *arrival, struct match_marks *out);

/** Return: MATCH_FITS, or a value of enum icmpkit_refusal. */
ICMPKIT_CHECK_RESULT int icmpkit_match_record(const struct icmpkit_probe_identity *identity,
					      const struct icmpkit_probe_record *record,
					      const struct icmpkit_arrival *arrival);

#endif
