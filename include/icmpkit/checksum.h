/* SPDX-License-Identifier: BSD-2-Clause */
/** checksum.h - The Internet checksum (RFC 1071), with pseudo-headers, and its update (RFC 1624). */
#ifndef ICMPKIT_CHECKSUM_H
#define ICMPKIT_CHECKSUM_H

#include <icmpkit/address.h>
#include <icmpkit/base.h>

/**
 * icmpkit_checksum_add() - Add bytes to a running one's complement sum.
 * @sum:   0, or what an earlier call returned. Every call but the last must have an even @bytes.len.
 *
 * Return: the sum, not yet folded or inverted.
 */
ICMPKIT_API uint64_t icmpkit_checksum_add(uint64_t sum, struct icmpkit_bytes bytes);

/**
 * icmpkit_checksum_pseudo() - The pseudo-header's share of the sum.
 * @protocol: next header of the upper layer (58 for ICMPv6, 17 UDP, 6 TCP).
 * @len:      bytes of the upper-layer packet (RFC 8200 8.1; RFC 768; RFC 9293 3.1).
 */
ICMPKIT_API uint64_t icmpkit_checksum_pseudo(const struct icmpkit_address *src,
					     const struct icmpkit_address *dst, uint8_t protocol, size_t len);

/** Fold and invert: the value for the checksum field, in host order. */
ICMPKIT_API uint16_t icmpkit_checksum_finish(uint64_t sum);

/** icmpkit_checksum() - The whole of it for one span, in host order. Over a correct packet it is 0. */
ICMPKIT_API uint16_t icmpkit_checksum(struct icmpkit_bytes bytes);

/**
 * icmpkit_checksum_update() - The checksum after one 16-bit word changed (RFC 1624 3, equation 3).
 * All values in host order.
 */
ICMPKIT_API uint16_t icmpkit_checksum_update(uint16_t checksum, uint16_t old_word, uint16_t new_word);

/**
 * icmpkit_checksum_compensate() - The 16-bit word that gives a packet a wanted checksum.
 * @sum:    the running sum over everything that the checksum covers, with the checksum field and the word
 *          (at an even offset) both zero.
 * @wanted: the value that the checksum field shall have, in host order.
 */
ICMPKIT_API uint16_t icmpkit_checksum_compensate(uint64_t sum, uint16_t wanted);

#endif
