/* SPDX-License-Identifier: BSD-2-Clause */
/* A quoted datagram as text and as JSON. */
#include <icmpkit/quote.h>

#include <icmpkit/message.h>
#include <icmpkit/numbers.h>

#include "wire/quote_icmp.h"

/* A tunnel in a tunnel is shown, a third one is an attack on whoever reads. */
#define NESTING_MAX 2

static const struct {
	uint8_t protocol;
	const char *name;
} protocols[] = {
	{ICMPKIT_PROTO_HOP_BY_HOP, "hop-by-hop options"},
	{ICMPKIT_PROTO_ICMP, "ICMP"},
	{ICMPKIT_PROTO_IGMP, "IGMP"},
	{ICMPKIT_PROTO_IPV4, "IPv4"},
	{ICMPKIT_PROTO_TCP, "TCP"},
	{ICMPKIT_PROTO_UDP, "UDP"},
	{ICMPKIT_PROTO_IPV6, "IPv6"},
	{ICMPKIT_PROTO_ROUTING, "routing header"},
	{ICMPKIT_PROTO_FRAGMENT, "fragment header"},
	{ICMPKIT_PROTO_GRE, "GRE"},
	{ICMPKIT_PROTO_ESP, "ESP"},
	{ICMPKIT_PROTO_AH, "AH"},
	{ICMPKIT_PROTO_ICMPV6, "ICMPv6"},
	{ICMPKIT_PROTO_NO_NEXT_HEADER, "no next header"},
	{ICMPKIT_PROTO_DESTINATION_OPTIONS, "destination options"},
	{ICMPKIT_PROTO_SCTP, "SCTP"},
	{ICMPKIT_PROTO_MOBILITY, "mobility header"},
	{ICMPKIT_PROTO_UDP_LITE, "UDP-Lite"},
	{ICMPKIT_PROTO_HIP, "HIP"},
	{ICMPKIT_PROTO_SHIM6, "shim6"},
};

static bool has_ports(const struct icmpkit_quote *quote)
{
	return quote->depth >= ICMPKIT_QUOTE_PORTS && icmpkit_protocol_has_ports(quote->protocol);
}

static bool has_icmp(const struct icmpkit_quote *quote)
{
	return quote->depth >= ICMPKIT_QUOTE_PORTS && quotes_icmp(quote);
}

static bool has_echo(const struct icmpkit_quote *quote)
{
	return quote->depth == ICMPKIT_QUOTE_TRANSPORT && quotes_echo(quote);
}

static bool has_inner(const struct icmpkit_quote *quote)
{
	return quote->protocol == ICMPKIT_PROTO_IPV4 || quote->protocol == ICMPKIT_PROTO_IPV6;
}

static void put_protocol(struct icmpkit_text *text, uint8_t protocol)
{
	for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++) {
		if (protocols[i].protocol == protocol) {
			icmpkit_text_put(text, protocols[i].name);
			return;
		}
	}
	icmpkit_text_put(text, "protocol ");
	icmpkit_text_put_unsigned(text, protocol);
}

/* RFC 5952 6: an IPv6 address with a port goes into brackets. */
static void put_end(struct icmpkit_text *text, const struct icmpkit_address *address, bool with_port,
		    uint16_t port)
{
	bool brackets = with_port && address->family == ICMPKIT_IPV6;

	icmpkit_text_put(text, brackets ? "[" : "");
	icmpkit_text_put_address(text, address);
	icmpkit_text_put(text, brackets ? "]" : "");
	if (with_port) {
		icmpkit_text_put_char(text, ':');
		icmpkit_text_put_unsigned(text, port);
	}
}

static void put_labelled(struct icmpkit_text *text, const char *label, uint64_t value)
{
	icmpkit_text_put(text, label);
	icmpkit_text_put_unsigned(text, value);
}

static void put_icmp_text(const struct icmpkit_quote *quote, struct icmpkit_text *text)
{
	icmpkit_text_put_char(text, ' ');
	icmpkit_text_put(text,
			 icmpkit_message_name(quoted_icmp_family(quote), quote->icmp_type, quote->icmp_code));
}

/* NOLINTNEXTLINE(misc-no-recursion): not deeper than NESTING_MAX */
static void put_text(const struct icmpkit_quote *quote, struct icmpkit_text *text, unsigned int nesting)
{
	if (quote->depth == ICMPKIT_QUOTE_NOTHING) {
		icmpkit_text_put(text, "nothing readable");
		return;
	}
	put_protocol(text, quote->protocol);
	if (has_icmp(quote))
		put_icmp_text(quote, text);
	icmpkit_text_put_char(text, ' ');
	put_end(text, &quote->src, has_ports(quote), quote->src_port);
	icmpkit_text_put(text, " > ");
	put_end(text, &quote->dst, has_ports(quote), quote->dst_port);
	if (has_echo(quote)) {
		put_labelled(text, " identifier ", quote->icmp_identifier);
		put_labelled(text, " sequence ", quote->icmp_sequence);
	}
	if (quote->protocol == ICMPKIT_PROTO_TCP && quote->depth == ICMPKIT_QUOTE_TRANSPORT)
		put_labelled(text, " sequence ", quote->tcp_sequence);
	if (quote->protocol == ICMPKIT_PROTO_ESP && quote->depth >= ICMPKIT_QUOTE_PORTS) {
		icmpkit_text_put(text, " SPI 0x");
		icmpkit_text_put_hex(text, quote->esp_spi, 8);
	}
	if (quote->is_fragment)
		icmpkit_text_put(text, " (fragment)");
	if (!quote->header_checksum_ok)
		icmpkit_text_put(text, " (header checksum wrong)");
	if (has_inner(quote) && nesting < NESTING_MAX) {
		struct icmpkit_quote inner;

		icmpkit_quote_parse(quote->transport, &inner);
		icmpkit_text_put(text, " around ");
		put_text(&inner, text, nesting + 1);
	}
}

void icmpkit_quote_text(const struct icmpkit_quote *quote, struct icmpkit_text *text)
{
	put_text(quote, text, 0);
}

static void put_icmp_json(const struct icmpkit_quote *quote, struct icmpkit_json *json)
{
	icmpkit_json_object(json, "icmp");
	icmpkit_json_unsigned(json, "type", quote->icmp_type);
	icmpkit_json_unsigned(json, "code", quote->icmp_code);
	icmpkit_json_string(
		json, "name",
		icmpkit_message_name(quoted_icmp_family(quote), quote->icmp_type, quote->icmp_code));
	icmpkit_json_unsigned(json, "checksum", quote->transport_checksum);
	if (has_echo(quote)) {
		icmpkit_json_unsigned(json, "identifier", quote->icmp_identifier);
		icmpkit_json_unsigned(json, "sequence", quote->icmp_sequence);
	}
	icmpkit_json_end_object(json);
}

static void put_ports_json(const struct icmpkit_quote *quote, struct icmpkit_json *json)
{
	if (has_ports(quote)) {
		icmpkit_json_unsigned(json, "src_port", quote->src_port);
		icmpkit_json_unsigned(json, "dst_port", quote->dst_port);
	} else {
		icmpkit_json_null(json, "src_port");
		icmpkit_json_null(json, "dst_port");
	}
}

static void put_transport_json(const struct icmpkit_quote *quote, struct icmpkit_json *json)
{
	bool whole = quote->depth == ICMPKIT_QUOTE_TRANSPORT;

	if (has_icmp(quote))
		put_icmp_json(quote, json);
	if (quote->protocol == ICMPKIT_PROTO_TCP && whole)
		icmpkit_json_unsigned(json, "tcp_sequence", quote->tcp_sequence);
	if (quote->protocol == ICMPKIT_PROTO_UDP && whole) {
		icmpkit_json_unsigned(json, "udp_length", quote->udp_len);
		icmpkit_json_unsigned(json, "udp_checksum", quote->transport_checksum);
	}
	if (quote->protocol == ICMPKIT_PROTO_ESP && quote->depth >= ICMPKIT_QUOTE_PORTS)
		icmpkit_json_unsigned(json, "spi", quote->esp_spi);
}

/* NOLINTNEXTLINE(misc-no-recursion): not deeper than NESTING_MAX */
static void put_json(const struct icmpkit_quote *quote, struct icmpkit_json *json, const char *key,
		     unsigned int nesting)
{
	struct icmpkit_quote inner;

	if (quote->depth == ICMPKIT_QUOTE_NOTHING) {
		icmpkit_json_null(json, key);
		return;
	}
	icmpkit_json_object(json, key);
	icmpkit_json_unsigned(json, "version", quote->family);
	icmpkit_json_address(json, "src", &quote->src);
	icmpkit_json_address(json, "dst", &quote->dst);
	icmpkit_json_unsigned(json, "protocol", quote->protocol);
	put_ports_json(quote, json);
	icmpkit_json_bool(json, "truncated", quote->truncated);
	icmpkit_json_unsigned(json, "hop_limit", quote->hop_limit);
	icmpkit_json_unsigned(json, "traffic_class", quote->traffic_class);
	icmpkit_json_unsigned(json, "total_length", quote->total_len);
	if (quote->family == ICMPKIT_IPV4)
		icmpkit_json_unsigned(json, "identification", quote->identification);
	else
		icmpkit_json_unsigned(json, "flow_label", quote->flow_label);
	icmpkit_json_bool(json, "header_checksum_ok", quote->header_checksum_ok);
	icmpkit_json_bool(json, "fragment", quote->is_fragment);
	put_transport_json(quote, json);
	if (has_inner(quote) && nesting < NESTING_MAX) {
		icmpkit_quote_parse(quote->transport, &inner);
		put_json(&inner, json, "inner", nesting + 1);
	}
	icmpkit_json_end_object(json);
}

void icmpkit_quote_json(const struct icmpkit_quote *quote, struct icmpkit_json *json, const char *key)
{
	put_json(quote, json, key, 0);
}
