/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The program behind the comparison with captures: reads frames from standard input, one a line as the number
 * of its link type and hexadecimal digits, and writes one line of JSON for each: its layers, its innermost
 * datagram, and the ICMP message in it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <icmpkit/icmpkit.h>

#define FRAME_MAX_BYTES 262144

struct line {
	char in[2 * FRAME_MAX_BYTES + 32];
	uint8_t bytes[FRAME_MAX_BYTES];
	char out[2 * ICMPKIT_MESSAGE_JSON_MAX];
};

/* Bytes read, or -1 for digits that are none. */
static int from_hex(const char *hex, uint8_t *out)
{
	static const char digits[] = "0123456789abcdef";
	int len = 0;

	for (; *hex != '\n' && *hex != '\0'; hex += 2) {
		const char *high = strchr(digits, hex[0]);
		const char *low = hex[1] == '\0' ? NULL : strchr(digits, hex[1]);

		if (high == NULL || low == NULL)
			return -1;
		out[len++] = (uint8_t)((high - digits) << 4 | (low - digits));
	}
	return len;
}

static void put_layers(const struct icmpkit_frame *frame, struct icmpkit_json *json)
{
	icmpkit_json_array(json, "layers");
	for (size_t i = 0; i < frame->layer_count; i++)
		icmpkit_json_string(json, NULL, icmpkit_layer_name(frame->layers[i].kind));
	icmpkit_json_end_array(json);
	icmpkit_json_unsigned(json, "end", frame->end);
	icmpkit_json_unsigned(json, "end_number", frame->end_number);
}

static bool carries_icmp(const struct icmpkit_datagram *dg)
{
	return dg->fragment_offset_bytes == 0 &&
	       dg->protocol == (dg->family == ICMPKIT_IPV4 ? ICMPKIT_PROTO_ICMP : ICMPKIT_PROTO_ICMPV6);
}

static void put_message(const struct icmpkit_datagram *dg, struct icmpkit_json *json)
{
	struct icmpkit_message msg;
	struct icmpkit_address src;
	struct icmpkit_address dst;
	int err = icmpkit_decode(dg->family, dg->payload, &msg);

	icmpkit_json_string(json, "error", err < 0 ? icmpkit_error_text(err) : NULL);
	if (err < 0)
		return;
	icmpkit_json_object(json, "icmp");
	icmpkit_message_json_members(&msg, json);
	icmpkit_datagram_pseudo_header(dg, &src, &dst);
	if (dg->truncated || dg->is_fragment)
		icmpkit_json_null(json, "checksum_ok");
	else
		icmpkit_json_bool(json, "checksum_ok",
				  icmpkit_message_checksum_ok(dg->family, dg->payload, &src, &dst));
	icmpkit_json_end_object(json);
}

static void put_frame(uint32_t link_type, struct icmpkit_bytes wire, struct icmpkit_json *json)
{
	struct icmpkit_frame frame;

	icmpkit_frame_parse(link_type, wire, &frame);
	icmpkit_json_object(json, NULL);
	put_layers(&frame, json);
	if (frame.has_datagram) {
		icmpkit_json_address(json, "src", &frame.datagram.src);
		icmpkit_json_address(json, "dst", &frame.datagram.dst);
		icmpkit_json_unsigned(json, "protocol", frame.datagram.protocol);
		icmpkit_json_unsigned(json, "hop_limit", frame.datagram.hop_limit);
		if (carries_icmp(&frame.datagram))
			put_message(&frame.datagram, json);
	}
	icmpkit_json_end_object(json);
}

/* Return: an exit status. */
static int show_lines(struct line *line)
{
	while (fgets(line->in, sizeof(line->in), stdin) != NULL) {
		struct icmpkit_text text;
		struct icmpkit_json json;
		char *hex;
		unsigned long link_type = strtoul(line->in, &hex, 10);
		int len = *hex == ' ' ? from_hex(hex + 1, line->bytes) : -1;

		if (len < 0) {
			(void)fputs("frame_line: not a link type and hexadecimal digits\n", stderr);
			return 2;
		}
		icmpkit_text_init(&text, line->out, sizeof(line->out));
		icmpkit_json_init(&json, &text);
		put_frame((uint32_t)link_type, (struct icmpkit_bytes){line->bytes, (size_t)len}, &json);
		(void)puts(line->out);
	}
	return 0;
}

int main(void)
{
	struct line *line = malloc(sizeof(*line));

	if (line == NULL)
		return 2;
	int status = show_lines(line);

	free(line);
	return status;
}
