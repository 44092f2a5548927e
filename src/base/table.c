/* SPDX-License-Identifier: BSD-2-Clause */
/* A bounded hash table: open addressing, linear probing, removal by moving back what followed. */
#include "base/table.h"

#include <errno.h>
#include <stdlib.h>

struct icmpkit_table_slot {
	uint64_t key;
	uint32_t value;
	bool used;
};

/* Keys may be small running numbers: spread them (the finaliser of SplitMix64). */
static size_t home_of(const struct icmpkit_table *table, uint64_t key)
{
	key = (key ^ key >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	key = (key ^ key >> 27) * UINT64_C(0x94d049bb133111eb);
	return (size_t)(key ^ key >> 31) & (table->slot_count - 1);
}

int icmpkit_table_init(struct icmpkit_table *table, size_t max)
{
	size_t slot_count = 2;

	if (max == 0 || max > SIZE_MAX / 4 / sizeof(struct icmpkit_table_slot))
		return ICMPKIT_ERR_RANGE;
	while (slot_count < 2 * max)
		slot_count *= 2;
	struct icmpkit_table_slot *slots = calloc(slot_count, sizeof(*slots));

	if (slots == NULL)
		return -ENOMEM;
	*table = (struct icmpkit_table){.slots = slots, .slot_count = slot_count, .max = max};
	return 0;
}

void icmpkit_table_free(struct icmpkit_table *table)
{
	free(table->slots);
	*table = (struct icmpkit_table){0};
}

/* The slot of this key, or the free one where it would go. There always is one: half the slots stay free. */
static size_t find_slot(const struct icmpkit_table *table, uint64_t key)
{
	size_t i = home_of(table, key);

	while (table->slots[i].used && table->slots[i].key != key)
		i = (i + 1) & (table->slot_count - 1);
	return i;
}

int icmpkit_table_put(struct icmpkit_table *table, uint64_t key, uint32_t value)
{
	struct icmpkit_table_slot *slot = &table->slots[find_slot(table, key)];

	if (!slot->used && table->count == table->max) {
		table->refused++;
		return ICMPKIT_ERR_FULL;
	}
	table->count += !slot->used;
	*slot = (struct icmpkit_table_slot){.key = key, .value = value, .used = true};
	return 0;
}

bool icmpkit_table_get(const struct icmpkit_table *table, uint64_t key, uint32_t *out)
{
	const struct icmpkit_table_slot *slot = &table->slots[find_slot(table, key)];

	if (!slot->used)
		return false;
	*out = slot->value;
	return true;
}

/* A slot behind the hole may stay only if its home lies behind the hole too: otherwise a search would stop
 * at the hole and not find it. */
static bool must_move(const struct icmpkit_table *table, size_t hole, size_t i)
{
	size_t mask = table->slot_count - 1;
	size_t home = home_of(table, table->slots[i].key);

	return ((i - home) & mask) >= ((i - hole) & mask);
}

bool icmpkit_table_remove(struct icmpkit_table *table, uint64_t key)
{
	size_t mask = table->slot_count - 1;
	size_t hole = find_slot(table, key);

	if (!table->slots[hole].used)
		return false;
	for (size_t i = (hole + 1) & mask; table->slots[i].used; i = (i + 1) & mask) {
		if (must_move(table, hole, i)) {
			table->slots[hole] = table->slots[i];
			hole = i;
		}
	}
	table->slots[hole].used = false;
	table->count--;
	return true;
}
