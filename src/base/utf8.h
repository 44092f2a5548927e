/* SPDX-License-Identifier: BSD-2-Clause */
/** utf8.h - Reads one character of UTF-8 (RFC 3629), refusing what is not well-formed. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <icmpkit/base.h>

/**
 * icmpkit_utf8_next() - The character at the start of @bytes.
 * @out: its code point; written on success only.
 *
 * Return: its length in bytes, 1 to 4, or 0 when the bytes are not well-formed (overlong, surrogate, beyond
 * U+10FFFF, cut off) or there are none.
 */
size_t icmpkit_utf8_next(struct icmpkit_bytes bytes, uint32_t *out);

/** Can this character stand on a terminal: does it neither move the cursor, nor switch modes, nor turn the
 * reading order of what stands beside it, nor hide? */
bool icmpkit_utf8_is_harmless(uint32_t code);

#endif
