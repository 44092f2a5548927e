/* SPDX-License-Identifier: BSD-2-Clause */
/* Statistics of round-trip times in constant memory. */
#include "probe/estimator.h"

static unsigned int highest_bit(uint64_t value)
{
	return 63U - (unsigned int)__builtin_clzll(value);
}

/* Log-linear: the top seven bits of the value choose the bucket. */
static size_t bucket_of(int64_t value_ns)
{
	uint64_t value = (uint64_t)value_ns;

	if (value < (size_t)2 * ESTIMATOR_STEPS)
		return (size_t)value;
	unsigned int shift = highest_bit(value) - 6;
	size_t bucket = (size_t)shift * ESTIMATOR_STEPS + (size_t)(value >> shift);

	return bucket < ESTIMATOR_BUCKETS ? bucket : ESTIMATOR_BUCKETS - 1;
}

/* The middle of a bucket. */
static int64_t value_of(size_t bucket)
{
	if (bucket < (size_t)2 * ESTIMATOR_STEPS)
		return (int64_t)bucket;
	unsigned int shift = (unsigned int)(bucket / ESTIMATOR_STEPS) - 1;
	int64_t lowest = (int64_t)(bucket % ESTIMATOR_STEPS + ESTIMATOR_STEPS) << shift;

	return lowest + ((INT64_C(1) << shift) - 1) / 2;
}

void icmpkit_estimator_add(struct icmpkit_estimator *estimator, int64_t value_ns)
{
	double value = (double)value_ns;

	if (estimator->count > 0) {
		double change = value - (double)estimator->last_ns;

		/* RFC 3550 6.4.1, with the round trip in place of the transit time. */
		estimator->jitter += ((change < 0 ? -change : change) - estimator->jitter) / 16;
	}
	if (estimator->count == 0 || value_ns < estimator->min_ns)
		estimator->min_ns = value_ns;
	if (estimator->count == 0 || value_ns > estimator->max_ns)
		estimator->max_ns = value_ns;
	estimator->last_ns = value_ns;
	estimator->count++;
	double from_old_mean = value - estimator->mean;

	estimator->mean += from_old_mean / (double)estimator->count;
	estimator->squares += from_old_mean * (value - estimator->mean);
	estimator->buckets[bucket_of(value_ns)]++;
}

int64_t icmpkit_estimator_mean_ns(const struct icmpkit_estimator *estimator)
{
	return (int64_t)(estimator->mean + 0.5);
}

/* The pure layers have no sqrt(): Newton's method, which from above falls until it stands. */
static double square_root(double value)
{
	double root = value > 1 ? value : 1;
	double next = (root + value / root) / 2;

	while (next < root) {
		root = next;
		next = (root + value / root) / 2;
	}
	return root;
}

int64_t icmpkit_estimator_stddev_ns(const struct icmpkit_estimator *estimator)
{
	if (estimator->count == 0 || estimator->squares <= 0)
		return 0;
	return (int64_t)(square_root(estimator->squares / (double)estimator->count) + 0.5);
}

int64_t icmpkit_estimator_jitter_ns(const struct icmpkit_estimator *estimator)
{
	return (int64_t)(estimator->jitter + 0.5);
}

int64_t icmpkit_estimator_percentile_ns(const struct icmpkit_estimator *estimator, unsigned int percent)
{
	/* The rank of the value, counted from 1 and rounded up. */
	uint64_t rank = estimator->count / 100 * percent + (estimator->count % 100 * percent + 99) / 100;
	uint64_t seen = 0;

	for (size_t i = 0; i < ESTIMATOR_BUCKETS; i++) {
		seen += estimator->buckets[i];
		if (seen >= rank && seen > 0) {
			int64_t value = value_of(i);

			if (value < estimator->min_ns)
				return estimator->min_ns;
			return value > estimator->max_ns ? estimator->max_ns : value;
		}
	}
	return estimator->max_ns;
}
