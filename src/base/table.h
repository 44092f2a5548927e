/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * table.h - A bounded hash table from 64-bit keys to 32-bit values. All memory is taken in init; inserting
 * into a full table is refused and counted.
 */
#ifndef BASE_TABLE_H
#define BASE_TABLE_H

#include <icmpkit/base.h>

struct icmpkit_table_slot;

struct icmpkit_table {
	struct icmpkit_table_slot *slots;
	size_t slot_count; /* a power of two, at least twice @max */
	size_t max;
	size_t count;
	uint64_t refused;
};

/** Return: 0, or -ENOMEM, or ICMPKIT_ERR_RANGE for a @max of 0. */
ICMPKIT_CHECK_RESULT int icmpkit_table_init(struct icmpkit_table *table, size_t max);
void icmpkit_table_free(struct icmpkit_table *table);
/** Insert, or replace the value of a key that is there. Return: 0, or ICMPKIT_ERR_FULL. */
ICMPKIT_CHECK_RESULT int icmpkit_table_put(struct icmpkit_table *table, uint64_t key, uint32_t value);
bool icmpkit_table_get(const struct icmpkit_table *table, uint64_t key, uint32_t *out);
bool icmpkit_table_remove(struct icmpkit_table *table, uint64_t key);

#endif
