/* SPDX-License-Identifier: BSD-2-Clause */
/* The round-trip time, by the kernel's stamps of both packets or, failing these, by our own clock. */
#include "probe/ledger.h"

/* The two clocks are read at different places: the kernel's interval lies within ours but for this much. */
#define SLACK_NS ICMPKIT_NS_PER_MS

int64_t icmpkit_round_trip_ns(const struct icmpkit_probe_record *record,
			      const struct icmpkit_arrival *arrival, enum icmpkit_clock_source *clock)
{
	int64_t user_ns = arrival->at_ns > record->sent_ns ? arrival->at_ns - record->sent_ns : 0;

	if (record->stamp_ns != ICMPKIT_NEVER_NS && arrival->stamp_ns != ICMPKIT_NEVER_NS) {
		int64_t kernel_ns = arrival->stamp_ns - record->stamp_ns;

		/* The stamps are of the wall clock: if it was set in between, the difference is worthless. */
		if (kernel_ns >= 0 && kernel_ns <= user_ns + SLACK_NS) {
			*clock = ICMPKIT_CLOCK_KERNEL;
			return kernel_ns;
		}
	}
	*clock = ICMPKIT_CLOCK_USER;
	return user_ns;
}
