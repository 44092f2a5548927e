/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The program behind the golden tests: reads IP datagrams from standard input, one a line in hexadecimal
 * digits, and writes one line for each: JSON, or with --text the text for people.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <icmpkit/icmpkit.h>

#define LINE_MAX_BYTES 262144

struct line {
	char hex[LINE_MAX_BYTES];
	uint8_t bytes[LINE_MAX_BYTES / 2];
	char out[2 * ICMPKIT_MESSAGE_JSON_MAX];
};

static int digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *found = c == '\0' ? NULL : strchr(digits, c);

	return found == NULL ? -1 : (int)(found - digits);
}

/* Bytes read, or -1 for a line that is not hexadecimal. */
static int from_hex(struct line *line)
{
	const char *hex = line->hex;
	int len = 0;

	for (; *hex != '\n' && *hex != '\0'; hex += 2) {
		int high = digit(hex[0]);
		int low = digit(hex[1]);

		if (high < 0 || low < 0)
			return -1;
		line->bytes[len++] = (uint8_t)(high << 4 | low);
	}
	return len;
}

/* What the datagram says beside its message. */
static const char *problem_of(const struct icmpkit_datagram *dg)
{
	if (dg->protocol != (dg->family == ICMPKIT_IPV4 ? ICMPKIT_PROTO_ICMP : ICMPKIT_PROTO_ICMPV6))
		return "not ICMP";
	if (dg->fragment_offset_bytes > 0)
		return "not the first fragment";
	return NULL;
}

/* RFC 4443 2.3, RFC 792: over all of the message, so it cannot be told of a part of one. */
static void put_checksum(const struct icmpkit_datagram *dg, struct icmpkit_json *json)
{
	struct icmpkit_address src;
	struct icmpkit_address dst;

	icmpkit_datagram_pseudo_header(dg, &src, &dst);
	if (dg->truncated || dg->is_fragment)
		icmpkit_json_null(json, "checksum_ok");
	else
		icmpkit_json_bool(json, "checksum_ok",
				  icmpkit_message_checksum_ok(dg->family, dg->payload, &src, &dst));
}

static void put_error(const char *what, struct icmpkit_json *json)
{
	icmpkit_json_array(json, "errors");
	if (what != NULL)
		icmpkit_json_string(json, NULL, what);
	icmpkit_json_end_array(json);
}

static const char *put_packet(struct icmpkit_bytes wire, struct icmpkit_json *json)
{
	struct icmpkit_datagram dg;
	struct icmpkit_message msg;
	int err = icmpkit_datagram_parse(wire, &dg);
	const char *problem;

	if (err < 0)
		return icmpkit_error_text(err);
	icmpkit_json_address(json, "src", &dg.src);
	icmpkit_json_address(json, "dst", &dg.dst);
	problem = problem_of(&dg);
	if (problem != NULL)
		return problem;
	err = icmpkit_decode(dg.family, dg.payload, &msg);
	if (err < 0)
		return icmpkit_error_text(err);
	icmpkit_json_object(json, "icmp");
	icmpkit_message_json_members(&msg, json);
	put_checksum(&dg, json);
	icmpkit_json_end_object(json);
	return NULL;
}

static void put_json(struct icmpkit_bytes wire, struct icmpkit_text *text)
{
	struct icmpkit_json json;

	icmpkit_json_init(&json, text);
	icmpkit_json_object(&json, NULL);
	put_error(put_packet(wire, &json), &json);
	icmpkit_json_end_object(&json);
}

static void put_text(struct icmpkit_bytes wire, struct icmpkit_text *text)
{
	struct icmpkit_datagram dg;
	struct icmpkit_message msg;
	int err = icmpkit_datagram_parse(wire, &dg);
	const char *problem = err < 0 ? icmpkit_error_text(err) : problem_of(&dg);

	if (err == 0) {
		icmpkit_text_put_address(text, &dg.src);
		icmpkit_text_put(text, " > ");
		icmpkit_text_put_address(text, &dg.dst);
		icmpkit_text_put(text, ": ");
	}
	if (problem == NULL) {
		err = icmpkit_decode(dg.family, dg.payload, &msg);
		problem = icmpkit_error_text(err);
	}
	if (problem != NULL)
		icmpkit_text_put(text, problem);
	else
		icmpkit_message_text(&msg, text);
}

static int decode_lines(struct line *line, bool as_text)
{
	while (fgets(line->hex, sizeof(line->hex), stdin) != NULL) {
		int len = from_hex(line);
		struct icmpkit_text text;
		struct icmpkit_bytes wire = {line->bytes, (size_t)len};

		if (len < 0) {
			(void)fputs("decode_line: not hexadecimal\n", stderr);
			return 2;
		}
		icmpkit_text_init(&text, line->out, sizeof(line->out));
		if (as_text)
			put_text(wire, &text);
		else
			put_json(wire, &text);
		if (text.truncated) {
			(void)fputs("decode_line: the output does not fit\n", stderr);
			return 2;
		}
		(void)puts(line->out);
	}
	return 0;
}

int main(int argc, char **argv)
{
	bool as_text = argc == 2 && strcmp(argv[1], "--text") == 0;
	struct line *line;
	int status;

	if (argc > 2 || (argc == 2 && !as_text)) {
		(void)fputs("usage: decode_line [--text] <hexadecimal lines\n", stderr);
		return 2;
	}
	line = malloc(sizeof(*line));
	if (line == NULL)
		return 2;
	status = decode_lines(line, as_text);
	free(line);
	return status;
}
