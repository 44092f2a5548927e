/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * base.h - What every other header stands on: spans of bytes, errors, time.
 *
 * Time is int64_t nanoseconds. Instants are on whatever clock the caller uses, as long as it never
 * goes back; durations and instants carry the suffix _ns.
 */
#ifndef ICMPKIT_BASE_H
#define ICMPKIT_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ICMPKIT_API __attribute__((visibility("default")))
#define ICMPKIT_CHECK_RESULT __attribute__((warn_unused_result))

/** An instant that never comes: "no deadline", "no stamp". */
#define ICMPKIT_NEVER_NS INT64_MAX

#define ICMPKIT_NS_PER_US INT64_C(1000)
#define ICMPKIT_NS_PER_MS INT64_C(1000000)
#define ICMPKIT_NS_PER_S INT64_C(1000000000)

/** A view of bytes that somebody else owns. @data may be NULL when @len is 0. */
struct icmpkit_bytes {
	const uint8_t *data;
	size_t len;
};

/**
 * enum icmpkit_error - Our own errors. Functions return 0 or a count, or one of these, or -errno as the
 * kernel gave it (always above -4096).
 */
enum icmpkit_error {
	ICMPKIT_ERR_TRUNCATED = -4096,	 /* the bytes end before the structure does */
	ICMPKIT_ERR_MALFORMED = -4097,	 /* the bytes contradict themselves */
	ICMPKIT_ERR_NO_SPACE = -4098,	 /* the caller's buffer is too small; nothing was written */
	ICMPKIT_ERR_RANGE = -4099,	 /* an option or argument is outside what is allowed */
	ICMPKIT_ERR_FULL = -4100,	 /* a table has reached the maximum its options gave it */
	ICMPKIT_ERR_UNSUPPORTED = -4101, /* known, but not to be had in this build or on this system */
};

/**
 * icmpkit_error_text() - One of our errors in words.
 * @err: a value of enum icmpkit_error.
 *
 * Return: a static string, or NULL when @err is not ours (then it is -errno).
 */
ICMPKIT_API const char *icmpkit_error_text(int err);

#endif
