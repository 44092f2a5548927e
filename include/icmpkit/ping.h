/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * ping.h - The ping engine: echo requests to any number of targets, one final event a probe, statistics.
 *
 * See <icmpkit/probe.h> for how an engine is driven.
 */
#ifndef ICMPKIT_PING_H
#define ICMPKIT_PING_H

#include <icmpkit/probe.h>

struct icmpkit_ping; /* owned by the caller of icmpkit_ping_new() */

/**
 * struct icmpkit_ping_target - One address to ping.
 * @identity: its @identifier and @source may differ by family.
 */
struct icmpkit_ping_target {
	struct icmpkit_address address;
	uint16_t identifier;
};

/**
 * struct icmpkit_ping_options - Zero means the default.
 * @size:          sizeof(struct icmpkit_ping_options): ICMPKIT_PING_OPTIONS() sets it.
 * @targets:       borrowed until icmpkit_ping_new() returns.
 * @count:         echo requests a target; 0: until icmpkit_ping_stop().
 * @interval_ns:   between two requests to one target; default 1 s.
 * @spacing_ns:    between two requests to different targets at least; default 0 (as fast as due).
 * @timeout_ns:    how long a reply is waited for; default 1 s; a reply behind it counts as late.
 * @deadline_ns:   after so long the whole run ends; 0: never.
 * @data_bytes:    behind the echo header; default 56. ICMPKIT_PING_NO_DATA asks for none.
 * @hop_limit, @traffic_class: 0 is the system's default.
 * @outstanding_max: probes that may be waited for at a time, over all targets; default 65,536. Probes that
 *                 fall due beyond it are held back and counted.
 */
struct icmpkit_ping_options {
	size_t size;
	const struct icmpkit_ping_target *targets;
	size_t target_count;
	struct icmpkit_probe_identity identity;
	uint64_t count;
	int64_t interval_ns;
	int64_t spacing_ns;
	int64_t timeout_ns;
	int64_t deadline_ns;
	uint32_t data_bytes;
	uint8_t hop_limit;
	uint8_t traffic_class;
	uint32_t outstanding_max;
};

#define ICMPKIT_PING_NO_DATA UINT32_MAX
#define ICMPKIT_PING_OPTIONS(...)                                                                            \
	(struct icmpkit_ping_options)                                                                        \
	{                                                                                                    \
		.size = sizeof(struct icmpkit_ping_options), __VA_ARGS__                                     \
	}

enum icmpkit_ping_event_kind {
	ICMPKIT_PING_REPLY,
	ICMPKIT_PING_DUPLICATE,	  /* another reply to a probe that has its verdict "reply" already */
	ICMPKIT_PING_LATE,	  /* a reply to a probe that was given up as lost */
	ICMPKIT_PING_ERROR,	  /* an ICMP error about this probe */
	ICMPKIT_PING_SEND_FAILED, /* the system refused to send it */
	ICMPKIT_PING_TIMEOUT,
};

/**
 * struct icmpkit_ping_event - What became of a probe.
 * @sequence: counts from 1 within a target and does not wrap.
 * @rtt_ns:   ICMPKIT_NEVER_NS where none was measured.
 * @corrupt:  the reply's data differ from what was sent, or its checksum is wrong.
 * @bytes:    of the reply, ICMP header included.
 */
struct icmpkit_ping_event {
	enum icmpkit_ping_event_kind kind;
	size_t target;
	uint64_t sequence;
	struct icmpkit_address from;
	int64_t rtt_ns;
	enum icmpkit_clock_source clock;
	size_t bytes;
	int16_t hop_limit;
	bool corrupt;
	uint8_t icmp_type;
	uint8_t icmp_code;
	int error; /* of SEND_FAILED: -errno */
};

/**
 * struct icmpkit_ping_statistics - Of one target. Times are ICMPKIT_NEVER_NS while nothing was received.
 * sent = received + errors + send_failures + lost + (still outstanding); @late and @duplicates are extra.
 * @jitter_ns: mean deviation of successive round-trip times, smoothed as RFC 3550 6.4.1 does.
 * Percentiles are exact within 1/128 of the value.
 */
struct icmpkit_ping_statistics {
	uint64_t sent;
	uint64_t received;
	uint64_t duplicates;
	uint64_t late;
	uint64_t corrupt;
	uint64_t errors;
	uint64_t send_failures;
	uint64_t lost;
	uint64_t clock_user; /* round-trip times that rest on the user-space clock */
	int64_t rtt_min_ns;
	int64_t rtt_mean_ns;
	int64_t rtt_max_ns;
	int64_t rtt_stddev_ns;
	int64_t rtt_p50_ns;
	int64_t rtt_p90_ns;
	int64_t rtt_p99_ns;
	int64_t jitter_ns;
	int64_t elapsed_ns; /* first request sent to last event */
};

/** Return: 0, or -ENOMEM, or ICMPKIT_ERR_RANGE (no target, an option that cannot be). */
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_ping_new(struct icmpkit_ping **out,
						      const struct icmpkit_ping_options *opt, int64_t now_ns);
ICMPKIT_API int64_t icmpkit_ping_deadline_ns(const struct icmpkit_ping *ping);
ICMPKIT_API ICMPKIT_CHECK_RESULT int icmpkit_ping_send(struct icmpkit_ping *ping, int64_t now_ns,
						       uint8_t *buf, size_t cap, struct icmpkit_probe *out);
ICMPKIT_API void icmpkit_ping_receive(struct icmpkit_ping *ping, int64_t now_ns,
				      const struct icmpkit_arrival *arrival);
ICMPKIT_API bool icmpkit_ping_next_event(struct icmpkit_ping *ping, int64_t now_ns,
					 struct icmpkit_ping_event *out);
ICMPKIT_API void icmpkit_ping_free(struct icmpkit_ping *ping); /* NULL is allowed */

/**
 * icmpkit_ping_stop() - No further requests. Probes already sent are waited for, but not longer than twice
 * the slowest reply took and a tenth of a second, or, as long as nobody has answered, a second.
 */
ICMPKIT_API void icmpkit_ping_stop(struct icmpkit_ping *ping, int64_t now_ns);
/** @target: below @target_count. */
ICMPKIT_API void icmpkit_ping_statistics(const struct icmpkit_ping *ping, size_t target,
					 struct icmpkit_ping_statistics *out);

/**
 * struct icmpkit_ping_counters - What the run as a whole turned away.
 * @skipped:         requests not sent because the driver was a whole interval late.
 * @refused:         arrivals that claimed to be answers and did not fit.
 * @events_left_out: events that nobody took in time; they are counted in the statistics all the same.
 */
struct icmpkit_ping_counters {
	uint64_t skipped;
	uint64_t refused;
	uint64_t events_left_out;
};

ICMPKIT_API void icmpkit_ping_counters(const struct icmpkit_ping *ping, struct icmpkit_ping_counters *out);
ICMPKIT_API struct icmpkit_engine icmpkit_ping_engine(struct icmpkit_ping *ping);

#endif
