/* SPDX-License-Identifier: BSD-2-Clause */
/** random.h - SipHash-2-4 for keyed cookies, and a seeded generator (the same seed gives the same numbers).
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <icmpkit/base.h>

uint64_t icmpkit_siphash(const uint8_t key[16], struct icmpkit_bytes data);

struct icmpkit_random {
	uint64_t state[4];
};

void icmpkit_random_init(struct icmpkit_random *random, uint64_t seed);
uint64_t icmpkit_random_next(struct icmpkit_random *random);
/** Uniform in [0, bound); @bound at least 1. */
uint64_t icmpkit_random_below(struct icmpkit_random *random, uint64_t bound);

#endif
