/* SPDX-License-Identifier: BSD-2-Clause */
/* The Internet checksum (RFC 1071), with pseudo-headers, and its update (RFC 1624). */
#include <icmpkit/checksum.h>

#include <string.h>

#include "wire/cursor.h"

#define BLOCK_BYTES 16

/* A running sum is kept in the byte order of the machine: RFC 1071 2(B) shows that a one's complement sum of
 * swapped words is the swapped sum, so swapping once at the end is enough. 64 bits take 2^32 words of 32 bits
 * before a carry could be lost, which no datagram has. */

/* Two independent sums of the halves of 64-bit words: a loop that gcc and clang turn into vectors at -O2. */
static uint64_t add_blocks(const uint8_t *data, size_t len)
{
	uint64_t lanes[2] = {0};

	for (; len >= 16; data += 16, len -= 16) {
		uint64_t words[2];

		memcpy(words, data, sizeof(words));
		lanes[0] += (words[0] & UINT32_MAX) + (words[0] >> 32);
		lanes[1] += (words[1] & UINT32_MAX) + (words[1] >> 32);
	}
	return lanes[0] + lanes[1];
}

/* One to three bytes. RFC 1071 1: an odd last byte is the first of a word whose second is zero. */
static uint32_t last_words(const uint8_t *p, size_t len)
{
	uint8_t padded[4] = {0};
	uint32_t words;

	memcpy(padded, p, len);
	memcpy(&words, padded, sizeof(words));
	return words;
}

uint64_t icmpkit_checksum_add(uint64_t sum, struct icmpkit_bytes bytes)
{
	size_t whole = bytes.len - bytes.len % BLOCK_BYTES;
	const uint8_t *p = bytes.data;
	size_t left = bytes.len - whole;

	if (whole > 0) {
		sum += add_blocks(p, whole);
		p += whole;
	}
	for (; left >= 4; p += 4, left -= 4) {
		uint32_t words;

		memcpy(&words, p, sizeof(words));
		sum += words;
	}
	if (left > 0)
		sum += last_words(p, left);
	return sum;
}

uint64_t icmpkit_checksum_pseudo(const struct icmpkit_address *src, const struct icmpkit_address *dst,
				 uint8_t protocol, size_t len)
{
	uint8_t header[40] = {0};
	struct writer w = writer_of(header, sizeof(header));

	/* The two pseudo-headers (RFC 768, RFC 8200 8.1) order their fields differently and pad them
	 * differently; the sum is the same. */
	write_address(&w, src);
	write_address(&w, dst);
	write_u32(&w, (uint32_t)len);
	write_u32(&w, protocol);
	return icmpkit_checksum_add(0, (struct icmpkit_bytes){header, w.len});
}

/* The 16-bit one's complement sum, in host order. */
static uint16_t fold(uint64_t sum)
{
	uint16_t folded;
	uint8_t wire[2];

	sum = (sum & UINT32_MAX) + (sum >> 32);
	sum = (sum & UINT32_MAX) + (sum >> 32);
	sum = (sum & UINT16_MAX) + (sum >> 16);
	sum = (sum & UINT16_MAX) + (sum >> 16);
	folded = (uint16_t)sum;
	memcpy(wire, &folded, sizeof(wire));
	return (uint16_t)(wire[0] << 8 | wire[1]);
}

uint16_t icmpkit_checksum_finish(uint64_t sum)
{
	return (uint16_t)~fold(sum);
}

uint16_t icmpkit_checksum(struct icmpkit_bytes bytes)
{
	return icmpkit_checksum_finish(icmpkit_checksum_add(0, bytes));
}

static uint16_t add_ones_complement(uint16_t a, uint16_t b)
{
	uint32_t sum = (uint32_t)a + b;

	return (uint16_t)((sum & UINT16_MAX) + (sum >> 16));
}

uint16_t icmpkit_checksum_update(uint16_t checksum, uint16_t old_word, uint16_t new_word)
{
	/* RFC 1624 3: HC' = ~(~HC + ~m + m'). */
	uint16_t sum = add_ones_complement((uint16_t)~checksum, (uint16_t)~old_word);

	return (uint16_t)~add_ones_complement(sum, new_word);
}

uint16_t icmpkit_checksum_compensate(uint64_t sum, uint16_t wanted)
{
	/* ~(sum + word) == wanted, so word = ~wanted - sum, and -x is ~x. */
	return add_ones_complement((uint16_t)~wanted, (uint16_t)~fold(sum));
}
