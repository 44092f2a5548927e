/* SPDX-License-Identifier: BSD-2-Clause */
/** values.h - Numbers and times as users write them, read strictly: all of it or nothing. */
#ifndef CMD_VALUES_H
#define CMD_VALUES_H

#include <icmpkit/base.h>

/** A decimal number without sign. Return: is it one, from @min to @max? */
bool icmpkit_value_number(const char *text, uint64_t min, uint64_t max, uint64_t *out);

/**
 * icmpkit_value_seconds() - A time: "1", "0.25", or with a unit: "250us", "20ms", "2s", "5m", "1h".
 *
 * Return: is it one, from @min_ns to @max_ns? Digits below a nanosecond are not.
 */
bool icmpkit_value_seconds(const char *text, int64_t min_ns, int64_t max_ns, int64_t *out_ns);

#endif
