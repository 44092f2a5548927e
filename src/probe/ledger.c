/* SPDX-License-Identifier: BSD-2-Clause */
/* The record of the probes sent, in a ring, found again by the marks that an answer shows. */
#include "probe/ledger.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "probe/match.h"

int icmpkit_ledger_init(struct icmpkit_ledger *ledger, size_t max,
			const struct icmpkit_probe_identity *identity)
{
	if (max == 0 || max > UINT32_MAX)
		return ICMPKIT_ERR_RANGE;
	*ledger = (struct icmpkit_ledger){.max = max, .identity = *identity};
	int err = icmpkit_table_init(&ledger->by_marks, max);

	if (err < 0)
		return err;
	ledger->records = calloc(max, sizeof(*ledger->records));
	if (ledger->records == NULL) {
		icmpkit_table_free(&ledger->by_marks);
		return -ENOMEM;
	}
	return 0;
}

void icmpkit_ledger_free(struct icmpkit_ledger *ledger)
{
	icmpkit_table_free(&ledger->by_marks);
	free(ledger->records);
	ledger->records = NULL;
}

bool icmpkit_ledger_is_full(const struct icmpkit_ledger *ledger)
{
	return ledger->next - ledger->first == ledger->max;
}

struct icmpkit_probe_record *icmpkit_ledger_at(struct icmpkit_ledger *ledger, uint64_t index)
{
	if (index < ledger->first || index >= ledger->next)
		return NULL;
	return &ledger->records[index % ledger->max];
}

/* A multicast request is answered by addresses that were not asked (RFC 4443 4.2): its record is filed under
 * no address. */
static uint64_t marks_of(const struct icmpkit_ledger *ledger, const struct icmpkit_address *target,
			 enum icmpkit_method method, uint16_t number)
{
	uint8_t marks[4 + sizeof(target->bytes)] = {(uint8_t)target->family, (uint8_t)method,
						    (uint8_t)(number >> 8), (uint8_t)number};

	if (!icmpkit_address_is_multicast(target))
		memcpy(marks + 4, target->bytes, sizeof(target->bytes));
	return icmpkit_siphash(ledger->identity.key, (struct icmpkit_bytes){marks, sizeof(marks)});
}

uint64_t icmpkit_ledger_add(struct icmpkit_ledger *ledger, const struct icmpkit_probe_record *record)
{
	uint64_t index = ledger->next++;
	struct icmpkit_probe_record *own = &ledger->records[index % ledger->max];
	uint64_t marks = marks_of(ledger, &record->target, record->method, record->number);
	uint32_t slot;

	*own = *record;
	own->previous = UINT64_MAX;
	if (icmpkit_table_get(&ledger->by_marks, marks, &slot)) {
		/* The slot holds the newest probe with these marks; its index follows from where the ring is.
		 */
		uint64_t back = (index % ledger->max + ledger->max - slot) % ledger->max;

		own->previous = index - (back == 0 ? ledger->max : back);
	}
	/* There is room: no more marks than records, and the ledger is not full. */
	if (icmpkit_table_put(&ledger->by_marks, marks, (uint32_t)(index % ledger->max)) < 0)
		abort();
	return index;
}

void icmpkit_ledger_forget_first(struct icmpkit_ledger *ledger)
{
	const struct icmpkit_probe_record *record = &ledger->records[ledger->first % ledger->max];
	uint64_t marks = marks_of(ledger, &record->target, record->method, record->number);
	uint32_t slot;

	if (icmpkit_table_get(&ledger->by_marks, marks, &slot) && slot == ledger->first % ledger->max)
		(void)icmpkit_table_remove(&ledger->by_marks, marks);
	ledger->first++;
}

uint64_t icmpkit_ledger_refused(const struct icmpkit_ledger *ledger)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < ICMPKIT_REFUSAL_COUNT; i++)
		sum += ledger->refused[i];
	return sum;
}

/* The newest probe that carries these marks and fits the arrival in all else. */
static int match_marked(struct icmpkit_ledger *ledger, const struct icmpkit_arrival *arrival,
			const struct match_marks *marks, uint64_t *out)
{
	int refusal = ICMPKIT_REFUSED_SEQUENCE;
	uint32_t slot;

	if (!icmpkit_table_get(&ledger->by_marks,
			       marks_of(ledger, &marks->target, marks->method, marks->number), &slot))
		return refusal;
	uint64_t newest = ledger->next - 1;
	uint64_t index = newest - (newest % ledger->max + ledger->max - slot) % ledger->max;

	while (icmpkit_ledger_at(ledger, index) != NULL) {
		const struct icmpkit_probe_record *record = icmpkit_ledger_at(ledger, index);

		refusal = icmpkit_match_record(&ledger->identity, record, arrival);
		if (refusal < 0) {
			*out = index;
			break;
		}
		index = record->previous;
	}
	return refusal;
}

bool icmpkit_ledger_match(struct icmpkit_ledger *ledger, const struct icmpkit_arrival *arrival,
			  uint64_t *index)
{
	struct match_marks marks;
	int refusal = icmpkit_match_marks(arrival, &marks);

	if (refusal < 0)
		refusal = match_marked(ledger, arrival, &marks, index);
	if (refusal == ICMPKIT_REFUSED_SEQUENCE && marks.is_echo_reply) {
		/* Perhaps it answers a multicast request. */
		marks.target = icmpkit_address_from_bytes(
			marks.target.family,
			(const uint8_t[16]){[0] = marks.target.family == ICMPKIT_IPV4 ? 0xe0 : 0xff});
		refusal = match_marked(ledger, arrival, &marks, index);
	}
	if (refusal >= 0)
		ledger->refused[refusal]++;
	return refusal < 0;
}
