/* SPDX-License-Identifier: BSD-2-Clause */
/* Matches arrivals with probes: all marks must fit. */
#include "probe/match.h"

#include <icmpkit/numbers.h>

#include "probe/ledger.h"
#include "probe/packet.h"

static uint16_t load_u16(const uint8_t *at)
{
	return (uint16_t)(at[0] << 8 | at[1]);
}

static bool is_answering_error(enum icmpkit_kind kind)
{
	/* A redirect or a source quench says nothing of what became of the packet. */
	return kind == ICMPKIT_KIND_DESTINATION_UNREACHABLE || kind == ICMPKIT_KIND_TIME_EXCEEDED ||
	       kind == ICMPKIT_KIND_PACKET_TOO_BIG || kind == ICMPKIT_KIND_PARAMETER_PROBLEM;
}

/* The number of a quoted UDP probe: in the payload where the quote is long enough, else it is the checksum.
 */
static int udp_number(const struct icmpkit_quote *quote, uint16_t *out)
{
	if (quote->payload.len >= PACKET_NUMBER_AT + 2)
		*out = load_u16(quote->payload.data + PACKET_NUMBER_AT);
	else if (quote->depth >= ICMPKIT_QUOTE_TRANSPORT)
		*out = quote->transport_checksum;
	else
		return ICMPKIT_REFUSED_TOO_SHORT;
	return MATCH_FITS;
}

static int marks_of_quote(const struct icmpkit_quote *quote, struct match_marks *out)
{
	*out = (struct match_marks){.target = quote->dst};
	if (quote->depth < ICMPKIT_QUOTE_TRANSPORT || quote->is_fragment)
		return ICMPKIT_REFUSED_TOO_SHORT;
	switch (quote->protocol) {
	case ICMPKIT_PROTO_ICMP:
	case ICMPKIT_PROTO_ICMPV6:
		if (quote->icmp_type != ICMPKIT_V4_ECHO_REQUEST &&
		    quote->icmp_type != ICMPKIT_V6_ECHO_REQUEST)
			return ICMPKIT_REFUSED_NOT_AN_ANSWER;
		out->method = ICMPKIT_METHOD_ICMP;
		out->number = quote->icmp_sequence;
		return MATCH_FITS;
	case ICMPKIT_PROTO_UDP:
		out->method = ICMPKIT_METHOD_UDP;
		return udp_number(quote, &out->number);
	case ICMPKIT_PROTO_TCP:
		out->method = ICMPKIT_METHOD_TCP;
		out->number = (uint16_t)quote->tcp_sequence;
		return MATCH_FITS;
	default:
		return ICMPKIT_REFUSED_NOT_AN_ANSWER;
	}
}

/* All probes of a trace carry the same ports, so a datagram answers one of them only if it says which: as the
 * echo service does (RFC 862), which sends the probe back. */
static int marks_of_datagram(const struct icmpkit_arrival *arrival, struct match_marks *out)
{
	if (arrival->data.len < PACKET_NUMBER_AT + 2)
		return ICMPKIT_REFUSED_TOO_SHORT;
	out->method = ICMPKIT_METHOD_UDP;
	out->number = load_u16(arrival->data.data + PACKET_NUMBER_AT);
	return MATCH_FITS;
}

int icmpkit_match_marks(const struct icmpkit_arrival *arrival, struct match_marks *out)
{
	const struct icmpkit_message *message = &arrival->message;

	*out = (struct match_marks){.target = arrival->from};
	if (arrival->kind == ICMPKIT_ARRIVAL_TCP) {
		out->method = ICMPKIT_METHOD_TCP;
		out->number =
			(uint16_t)(arrival->tcp_acknowledgment - 1); /* RFC 9293 3.4: it counts the SYN */
		return MATCH_FITS;
	}
	if (arrival->kind == ICMPKIT_ARRIVAL_UDP)
		return marks_of_datagram(arrival, out);
	if (arrival->kind != ICMPKIT_ARRIVAL_ICMP)
		return ICMPKIT_REFUSED_NOT_AN_ANSWER;
	if (message->kind == ICMPKIT_KIND_ECHO_REPLY) {
		out->method = ICMPKIT_METHOD_ICMP;
		out->number = message->echo.sequence;
		out->is_echo_reply = true;
		return MATCH_FITS;
	}
	if (!is_answering_error(message->kind))
		return ICMPKIT_REFUSED_NOT_AN_ANSWER;
	if (!arrival->checksum_ok)
		return ICMPKIT_REFUSED_CHECKSUM;
	return marks_of_quote(&arrival->quote, out);
}

/* The bytes of the cookie that are there. */
static bool cookie_fits(const struct icmpkit_probe_record *record, struct icmpkit_bytes data)
{
	size_t len = record->data_bytes;

	if (len > PACKET_COOKIE_BYTES)
		len = PACKET_COOKIE_BYTES;

	if (data.len < len)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (data.data[i] != icmpkit_packet_pattern(record->cookie, i))
			return false;
	}
	return true;
}

static int match_echo_reply(const struct icmpkit_probe_record *record, const struct icmpkit_arrival *arrival)
{
	if (arrival->message.echo.identifier != record->identifier)
		return ICMPKIT_REFUSED_IDENTIFIER;
	if (!icmpkit_address_is_multicast(&record->target) &&
	    !icmpkit_address_equal(&arrival->from, &record->target))
		return ICMPKIT_REFUSED_ADDRESS;
	/* A reply cut short is one whose data cannot show the cookie: RFC 792 and 4443 4.2 demand all of
	 * them. */
	return cookie_fits(record, arrival->message.payload) ? MATCH_FITS : ICMPKIT_REFUSED_COOKIE;
}

/* A quote that shows the cookie must show the right one; one too short for it, the right checksum. */
static int match_quoted_echo(const struct icmpkit_probe_record *record, const struct icmpkit_arrival *arrival)
{
	const struct icmpkit_quote *quote = &arrival->quote;

	if (quote->icmp_identifier != record->identifier)
		return ICMPKIT_REFUSED_IDENTIFIER;
	if (record->data_bytes > 0 && quote->payload.len >= PACKET_COOKIE_BYTES)
		return cookie_fits(record, quote->payload) ? MATCH_FITS : ICMPKIT_REFUSED_COOKIE;
	if (record->checksum != 0 && quote->transport_checksum != record->checksum)
		return ICMPKIT_REFUSED_CHECKSUM;
	return MATCH_FITS;
}

/* The checksum is no mark where the cookie is there: a sender whose network card was to fill it in quotes
 * half a sum. */
static int match_quoted_udp(const struct icmpkit_probe_identity *identity,
			    const struct icmpkit_probe_record *record, const struct icmpkit_arrival *arrival)
{
	const struct icmpkit_quote *quote = &arrival->quote;

	if (quote->dst_port != record->dst_port ||
	    (quote->src_port != identity->src_port && !arrival->socket_matched))
		return ICMPKIT_REFUSED_PORTS;
	if (quote->payload.len >= PACKET_COOKIE_BYTES)
		return cookie_fits(record, quote->payload) ? MATCH_FITS : ICMPKIT_REFUSED_COOKIE;
	if (record->checksum == 0 || quote->transport_checksum != record->checksum)
		return ICMPKIT_REFUSED_CHECKSUM;
	return MATCH_FITS;
}

static int match_quoted_tcp(const struct icmpkit_probe_identity *identity,
			    const struct icmpkit_probe_record *record, const struct icmpkit_quote *quote)
{
	if (quote->dst_port != record->dst_port || quote->src_port != identity->tcp_src_port)
		return ICMPKIT_REFUSED_PORTS;
	return quote->tcp_sequence == record->tcp_sequence ? MATCH_FITS : ICMPKIT_REFUSED_COOKIE;
}

static int match_quote(const struct icmpkit_probe_identity *identity,
		       const struct icmpkit_probe_record *record, const struct icmpkit_arrival *arrival)
{
	const struct icmpkit_quote *quote = &arrival->quote;

	if (quote->src.family != ICMPKIT_FAMILY_NONE && identity->source.family != ICMPKIT_FAMILY_NONE &&
	    !icmpkit_address_equal(&quote->src, &identity->source))
		return ICMPKIT_REFUSED_ADDRESS;
	switch (record->method) {
	case ICMPKIT_METHOD_ICMP:
		return match_quoted_echo(record, arrival);
	case ICMPKIT_METHOD_UDP:
		return match_quoted_udp(identity, record, arrival);
	case ICMPKIT_METHOD_TCP:
		return match_quoted_tcp(identity, record, quote);
	}
	return ICMPKIT_REFUSED_NOT_AN_ANSWER;
}

static int match_tcp(const struct icmpkit_probe_identity *identity, const struct icmpkit_probe_record *record,
		     const struct icmpkit_arrival *arrival)
{
	if (arrival->src_port != record->dst_port || arrival->dst_port != identity->tcp_src_port)
		return ICMPKIT_REFUSED_PORTS;
	return arrival->tcp_acknowledgment == record->tcp_sequence + 1 ? MATCH_FITS : ICMPKIT_REFUSED_COOKIE;
}

static int match_datagram(const struct icmpkit_probe_identity *identity,
			  const struct icmpkit_probe_record *record, const struct icmpkit_arrival *arrival)
{
	if (arrival->src_port != record->dst_port || arrival->dst_port != identity->src_port)
		return ICMPKIT_REFUSED_PORTS;
	return cookie_fits(record, arrival->data) ? MATCH_FITS : ICMPKIT_REFUSED_COOKIE;
}

int icmpkit_match_record(const struct icmpkit_probe_identity *identity,
			 const struct icmpkit_probe_record *record, const struct icmpkit_arrival *arrival)
{
	if (arrival->kind == ICMPKIT_ARRIVAL_TCP)
		return match_tcp(identity, record, arrival);
	if (arrival->kind == ICMPKIT_ARRIVAL_UDP)
		return match_datagram(identity, record, arrival);
	if (arrival->message.kind == ICMPKIT_KIND_ECHO_REPLY)
		return match_echo_reply(record, arrival);
	return match_quote(identity, record, arrival);
}
