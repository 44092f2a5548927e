/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * ledger.h - The record of every probe sent, in the order of sending, and the one place where an arrival is
 * matched to a probe or refused.
 *
 * A probe's index counts from 0 and does not wrap. The ledger holds a window of them: what is older than
 * @first has been forgotten.
 */
#ifndef PROBE_LEDGER_H
#define PROBE_LEDGER_H

#include <icmpkit/probe.h>

#include "base/table.h"

struct icmpkit_probe_record {
	uint64_t cookie;
	uint64_t previous; /* an older probe with the same marks, or UINT64_MAX */
	int64_t sent_ns;
	int64_t stamp_ns;
	struct icmpkit_address target;
	enum icmpkit_method method;
	uint16_t identifier;
	uint16_t number;   /* ICMP sequence, UDP number, low half of the TCP sequence */
	uint16_t checksum; /* as on the wire; 0: unknown */
	uint16_t dst_port;
	uint16_t data_bytes;
	uint32_t tcp_sequence;
	uint32_t owner;	   /* the engine's own: which target, or which TTL and query */
	uint64_t sequence; /* the engine's own: counts within the target, does not wrap */
	uint8_t state;	   /* the engine's own */
};

/** Why an arrival was taken for no answer. */
enum icmpkit_refusal {
	ICMPKIT_REFUSED_NOT_AN_ANSWER,
	ICMPKIT_REFUSED_IDENTIFIER,
	ICMPKIT_REFUSED_SEQUENCE, /* no such probe to this address is remembered */
	ICMPKIT_REFUSED_ADDRESS,
	ICMPKIT_REFUSED_PORTS,
	ICMPKIT_REFUSED_COOKIE,
	ICMPKIT_REFUSED_CHECKSUM,
	ICMPKIT_REFUSED_TOO_SHORT,
	ICMPKIT_REFUSAL_COUNT,
};

struct icmpkit_ledger {
	struct icmpkit_probe_record *records;
	struct icmpkit_table by_marks;
	struct icmpkit_probe_identity identity;
	size_t max;
	uint64_t first;
	uint64_t next;
	uint64_t refused[ICMPKIT_REFUSAL_COUNT];
};

/** Return: 0, or -ENOMEM, or ICMPKIT_ERR_RANGE. */
ICMPKIT_CHECK_RESULT int icmpkit_ledger_init(struct icmpkit_ledger *ledger, size_t max,
					     const struct icmpkit_probe_identity *identity);
void icmpkit_ledger_free(struct icmpkit_ledger *ledger);

bool icmpkit_ledger_is_full(const struct icmpkit_ledger *ledger);
/** NULL when it has been forgotten or never was. */
struct icmpkit_probe_record *icmpkit_ledger_at(struct icmpkit_ledger *ledger, uint64_t index);
/** Enter a probe; the ledger must not be full. Return: its index. */
uint64_t icmpkit_ledger_add(struct icmpkit_ledger *ledger, const struct icmpkit_probe_record *record);
void icmpkit_ledger_forget_first(struct icmpkit_ledger *ledger);

/**
 * icmpkit_ledger_match() - Whose answer is this?
 * @arrival: of kind ICMP, UDP or TCP.
 *
 * All marks that the arrival carries must fit: identifier, sequence or ports, the address asked, and the
 * cookie or, in a quote too short for it, the checksum.
 *
 * Return: true with @index written, or false, and the reason has been counted.
 */
bool icmpkit_ledger_match(struct icmpkit_ledger *ledger, const struct icmpkit_arrival *arrival,
			  uint64_t *index);

/** All refusals together. */
uint64_t icmpkit_ledger_refused(const struct icmpkit_ledger *ledger);

/**
 * icmpkit_round_trip_ns() - How long the answer took, by our own clocks.
 * @clock: which of them it was.
 */
int64_t icmpkit_round_trip_ns(const struct icmpkit_probe_record *record,
			      const struct icmpkit_arrival *arrival, enum icmpkit_clock_source *clock);

#endif
