/* SPDX-License-Identifier: BSD-2-Clause */
/** ping_state.h - What the files of the ping engine share. */
#ifndef PROBE_PING_STATE_H
#define PROBE_PING_STATE_H

#include <icmpkit/ping.h>

#include "base/deadlines.h"
#include "probe/estimator.h"
#include "probe/ledger.h"

#define PING_EVENTS_MAX 64

enum ping_probe_state {
	PING_OUTSTANDING,
	PING_REPLIED,
	PING_GIVEN_UP, /* its timeout event was given */
	PING_FAILED,   /* an error or a refusal by the system was its verdict */
};

struct ping_target {
	struct icmpkit_address address;
	uint16_t identifier;
	uint64_t sent;
	struct icmpkit_ping_statistics counts; /* the counters; times are computed when asked for */
	int64_t first_sent_ns;
	int64_t last_event_ns;
	struct icmpkit_estimator rtt;
};

struct icmpkit_ping {
	struct icmpkit_ping_options opt; /* without its targets */
	struct ping_target *targets;
	struct icmpkit_ledger ledger;
	struct icmpkit_deadlines due; /* a target each; the value is its number */
	int64_t next_send_ns;	      /* the spacing allows no earlier one */
	int64_t end_ns;
	uint64_t outstanding;
	uint64_t timeout_next; /* index of the first probe whose timeout has not been looked at */
	bool is_stopped;
	bool is_over;	  /* the deadline of the run has passed: nothing is waited for any more */
	uint64_t skipped; /* requests that fell due while we were a whole interval behind */
	uint64_t events_left_out;
	size_t event_first;
	size_t event_count;
	struct icmpkit_ping_event events[PING_EVENTS_MAX];
};

/** Ends the run when its time is over. Called first by every function that is told the time. */
void icmpkit_ping_check_end(struct icmpkit_ping *ping, int64_t now_ns);
/** Give up probes whose time is over until there is one event; true if so. */
bool icmpkit_ping_next_timeout(struct icmpkit_ping *ping, int64_t now_ns, struct icmpkit_ping_event *out);
/** When the next outstanding probe is given up; ICMPKIT_NEVER_NS: none is outstanding. */
int64_t icmpkit_ping_timeout_ns(const struct icmpkit_ping *ping);

#endif
