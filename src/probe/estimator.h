/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * estimator.h - Statistics of round-trip times in constant memory: mean, deviation, percentiles, jitter.
 */
#ifndef PROBE_ESTIMATOR_H
#define PROBE_ESTIMATOR_H

#include <icmpkit/base.h>

/* Below 128 ns a bucket is a nanosecond; above, every power of two has 64 buckets. Up to 2^42 ns (73 min). */
#define ESTIMATOR_STEPS 64
#define ESTIMATOR_OCTAVES 36
#define ESTIMATOR_BUCKETS (2 * ESTIMATOR_STEPS + (ESTIMATOR_OCTAVES - 1) * ESTIMATOR_STEPS)

struct icmpkit_estimator {
	uint64_t count;
	int64_t min_ns;
	int64_t max_ns;
	int64_t last_ns;
	double mean;
	double squares; /* of the deviations from the mean (Welford 1962) */
	double jitter;
	uint32_t buckets[ESTIMATOR_BUCKETS];
};

/** Starts from all zeros. @value_ns: not negative. */
void icmpkit_estimator_add(struct icmpkit_estimator *estimator, int64_t value_ns);
int64_t icmpkit_estimator_mean_ns(const struct icmpkit_estimator *estimator);
int64_t icmpkit_estimator_stddev_ns(const struct icmpkit_estimator *estimator);
int64_t icmpkit_estimator_jitter_ns(const struct icmpkit_estimator *estimator);
/** @percent: 1 to 100. The value at or below which so many lie; within 1/128 of the true one. */
int64_t icmpkit_estimator_percentile_ns(const struct icmpkit_estimator *estimator, unsigned int percent);

#endif
