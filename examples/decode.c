/* SPDX-License-Identifier: BSD-2-Clause */
/* Explains an ICMP message: a router says that nobody listens on a UDP port. */
#include <stdio.h>

#include <icmpkit/icmpkit.h>

/* As it came in behind the IP header: port unreachable, and the datagram that drew it. */
static const uint8_t wire[] = {
	3,    3, 0xfc, 0xfc, 0,	  0, 0,	   0, /* type, code, checksum, unused */
	0x45, 0, 0,    28,   0,	  0, 0,	   0,	 64, 17, 0x8e, 0x95, 192, 0,
	2,    1, 198,  51,   100, 7, 0x9c, 0x40, 0,  53, 0,    8,    0,	  0, /* from port 40000 to port 53 */
};

int main(void)
{
	char buf[ICMPKIT_MESSAGE_TEXT_MAX];
	struct icmpkit_text text;
	struct icmpkit_message message;
	struct icmpkit_quote quote;

	if (icmpkit_decode(ICMPKIT_IPV4, (struct icmpkit_bytes){wire, sizeof(wire)}, &message) < 0)
		return 1;
	icmpkit_text_init(&text, buf, sizeof(buf));
	icmpkit_message_text(&message, &text);
	(void)puts(buf);

	/* The members are there as numbers too: which of our connections was it? */
	icmpkit_quote_parse(message.quote, &quote);
	(void)printf("UDP from port %u to port %u\n", (unsigned int)quote.src_port,
		     (unsigned int)quote.dst_port);
	return message.kind == ICMPKIT_KIND_DESTINATION_UNREACHABLE && quote.dst_port == 53 ? 0 : 1;
}
