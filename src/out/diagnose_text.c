/* SPDX-License-Identifier: BSD-2-Clause */
/* The diagnosis for people: the verdict, the sentences, the way drawn with the broken place marked. */
#include <string.h>

#include "out/format.h"

#define WIDTH 78
#define ADDRESS_COLUMN 5
#define TIME_COLUMN 32
#define MARK_COLUMN 45

static void put_nothing(struct icmpkit_text *text, const struct icmpkit_shown *shown,
			const struct icmpkit_subject *target, const struct icmpkit_diagnose_event *event)
{
	(void)text;
	(void)shown;
	(void)target;
	(void)event;
}

/* Words of a sentence, in lines of at most WIDTH columns, indented by two. */
static void put_wrapped(struct icmpkit_text *text, const char *sentence)
{
	size_t column = 0;

	while (*sentence != '\0') {
		size_t len = strcspn(sentence, " ");

		if (column > 0 && column + 1 + len > WIDTH) {
			icmpkit_text_put_char(text, '\n');
			column = 0;
		}
		icmpkit_text_put(text, column == 0 ? "  " : " ");
		column += column == 0 ? 2 + len : 1 + len;
		icmpkit_text_put_escaped(text, (struct icmpkit_bytes){(const uint8_t *)sentence, len});
		sentence += len + (sentence[len] == ' ');
	}
	icmpkit_text_put_char(text, '\n');
}

static void put_colour(struct icmpkit_text *text, const struct icmpkit_shown *shown, const char *colour)
{
	if (shown->has_colour)
		icmpkit_text_put(text, colour);
}

static void put_heading(struct icmpkit_text *text, const struct icmpkit_shown *shown,
			const struct icmpkit_subject *target, const struct icmpkit_diagnosis *result)
{
	char address[ICMPKIT_ADDRESS_TEXT_MAX];

	icmpkit_put_name(text, target->name);
	(void)icmpkit_address_format(&target->address, address);
	if (target->address.family != ICMPKIT_FAMILY_NONE && strcmp(address, target->name) != 0) {
		icmpkit_text_put(text, " (");
		icmpkit_text_put(text, address);
		icmpkit_text_put_char(text, ')');
	}
	icmpkit_text_put(text, ": ");
	put_colour(text, shown, result->verdict == ICMPKIT_VERDICT_OK ? "\033[1;32m" : "\033[1;31m");
	icmpkit_text_put(text, icmpkit_verdict_word(result->verdict));
	put_colour(text, shown, "\033[0m");
	icmpkit_text_put(text, "\n\n");
}

/* What is wrong at the marked place, in a few words. */
static const char *mark_of(enum icmpkit_verdict verdict)
{
	static const char *const marks[] = {
		[ICMPKIT_VERDICT_NO_ADDRESS] = "the name has no address",
		[ICMPKIT_VERDICT_NO_ROUTE] = "no route from here",
		[ICMPKIT_VERDICT_BLOCKED_LOCALLY] = "refuses to send",
		[ICMPKIT_VERDICT_GATEWAY_SILENT] = "no answer on the link",
		[ICMPKIT_VERDICT_LOOP] = "the loop begins here",
		[ICMPKIT_VERDICT_NET_UNREACHABLE] = "no route from here",
		[ICMPKIT_VERDICT_FILTERED] = "forbids the packets",
		[ICMPKIT_VERDICT_HOST_UNREACHABLE] = "cannot reach the target",
		[ICMPKIT_VERDICT_PROTOCOL_UNREACHABLE] = "refuses the protocol",
		[ICMPKIT_VERDICT_PORT_UNREACHABLE] = "refuses the packets",
		[ICMPKIT_VERDICT_ECHO_FILTERED] = "does not answer echo",
		[ICMPKIT_VERDICT_SILENT_DROP] = "silence from here on",
		[ICMPKIT_VERDICT_OK] = "",
	};

	return marks[verdict];
}

static void put_mark(struct icmpkit_text *text, const struct icmpkit_shown *shown, size_t line,
		     const struct icmpkit_diagnosis *result)
{
	icmpkit_text_pad_to(text, line, MARK_COLUMN);
	put_colour(text, shown, "\033[1;31m");
	icmpkit_text_put(text, " <-- ");
	icmpkit_text_put(text, mark_of(result->verdict));
	put_colour(text, shown, "\033[0m");
}

static bool is_place(const struct icmpkit_diagnosis *result, uint8_t ttl)
{
	return result->verdict != ICMPKIT_VERDICT_OK && result->where.ttl == ttl &&
	       result->where.relation != ICMPKIT_RELATION_AFTER;
}

/* The piece of way below a hop: broken where the fault lies between two hops. */
static void put_edge(struct icmpkit_text *text, const struct icmpkit_shown *shown,
		     const struct icmpkit_diagnosis *result, uint8_t ttl)
{
	size_t line = text->len;

	if (result->verdict != ICMPKIT_VERDICT_OK && result->where.relation == ICMPKIT_RELATION_AFTER &&
	    result->where.ttl == ttl) {
		icmpkit_text_put(text, shown->has_utf8 ? "   \xe2\x95\xb3" : "   x");
		/* one column, three bytes */
		put_mark(text, shown, line + (shown->has_utf8 ? 2 : 0), result);
	} else {
		icmpkit_text_put(text, shown->has_utf8 ? "   \xe2\x94\x82" : "   |");
	}
	icmpkit_text_put_char(text, '\n');
}

static void put_hop_number(struct icmpkit_text *text, uint8_t ttl)
{
	for (unsigned int limit = 100; limit > 1 && ttl < limit; limit /= 10)
		icmpkit_text_put_char(text, ' ');
	icmpkit_text_put_char(text, ' ');
	icmpkit_text_put_unsigned(text, ttl);
	icmpkit_text_put(text, "  ");
}

static void put_hop(struct icmpkit_text *text, const struct icmpkit_shown *shown,
		    const struct icmpkit_diagnosis *result, const struct icmpkit_path_hop *hop)
{
	size_t line = text->len;

	put_hop_number(text, hop->ttl);
	if (hop->address.family == ICMPKIT_FAMILY_NONE)
		icmpkit_text_put(text, "(does not answer)");
	else
		icmpkit_put_named(text, shown, &hop->address);
	if (hop->rtt_ns != ICMPKIT_NEVER_NS) {
		icmpkit_text_put_char(text, ' ');
		icmpkit_text_pad_to(text, line, TIME_COLUMN);
		icmpkit_text_put_ms(text, hop->rtt_ns, 3);
		icmpkit_text_put(text, " ms");
	}
	if (is_place(result, hop->ttl))
		put_mark(text, shown, line, result);
	else if (hop->is_target)
		icmpkit_text_put(text, "  the target");
	icmpkit_text_put_char(text, '\n');
}

/* Below the hops that answered. */
static void put_unseen(struct icmpkit_text *text, const struct icmpkit_shown *shown,
		       const struct icmpkit_subject *target, const struct icmpkit_diagnosis *result,
		       uint8_t last_ttl)
{
	put_edge(text, shown, result, last_ttl);
	icmpkit_text_put(text, "   ?  ");
	icmpkit_put_name(text, target->name);
	icmpkit_text_put(text, ", not reached\n");
}

/* How many hops are drawn: of a loop, until its first router comes again. */
static size_t drawn_hops(const struct icmpkit_diagnosis *result)
{
	for (size_t i = 0; result->verdict == ICMPKIT_VERDICT_LOOP && i < result->hop_count; i++) {
		const struct icmpkit_path_hop *hop = &result->hops[i];

		if (hop->ttl > result->where.ttl + 1 &&
		    icmpkit_address_equal(&hop->address, &result->where.address))
			return i + 1;
	}
	return result->hop_count;
}

/* Below the hops of a loop that are drawn: how far it was followed. */
static void put_rounds(struct icmpkit_text *text, const struct icmpkit_diagnosis *result)
{
	icmpkit_text_put(text, " ...  and so on, as far as hop ");
	icmpkit_text_put_unsigned(text, result->hops[result->hop_count - 1].ttl);
	icmpkit_text_put_char(text, '\n');
}

static void put_path(struct icmpkit_text *text, const struct icmpkit_shown *shown,
		     const struct icmpkit_subject *target, const struct icmpkit_address *source,
		     const struct icmpkit_diagnosis *result)
{
	size_t line = text->len;
	uint8_t last = 0;
	bool is_reached = false;

	put_hop_number(text, 0);
	icmpkit_text_put(text, "this host ");
	if (source->family != ICMPKIT_FAMILY_NONE)
		icmpkit_text_put_address(text, source);
	if (is_place(result, 0)) {
		icmpkit_text_put_char(text, ' ');
		put_mark(text, shown, line, result);
	}
	icmpkit_text_put_char(text, '\n');
	for (size_t i = 0; i < drawn_hops(result); i++) {
		put_edge(text, shown, result, last);
		put_hop(text, shown, result, &result->hops[i]);
		last = result->hops[i].ttl;
		is_reached = result->hops[i].is_target;
	}
	if (drawn_hops(result) < result->hop_count)
		put_rounds(text, result);
	if (!is_reached)
		put_unseen(text, shown, target, result, last);
}

static void put_finding(struct icmpkit_text *text, const struct icmpkit_finding *finding)
{
	char buf[256];
	struct icmpkit_text sentence;

	icmpkit_text_init(&sentence, buf, sizeof(buf));
	icmpkit_text_put(&sentence, icmpkit_finding_word(finding->kind));
	icmpkit_text_put(&sentence, " at hop ");
	icmpkit_text_put_unsigned(&sentence, finding->where.ttl);
	if (finding->where.address.family != ICMPKIT_FAMILY_NONE) {
		icmpkit_text_put(&sentence, " (");
		icmpkit_text_put_address(&sentence, &finding->where.address);
		icmpkit_text_put_char(&sentence, ')');
	}
	icmpkit_text_put(&sentence, ": ");
	icmpkit_text_put_unsigned(&sentence, finding->answered);
	icmpkit_text_put(&sentence, " of ");
	icmpkit_text_put_unsigned(&sentence, finding->asked);
	icmpkit_text_put(&sentence, " probes answered; harmless");
	put_wrapped(text, buf);
}

static void put_elapsed(struct icmpkit_text *text, int64_t elapsed_ns)
{
	if (elapsed_ns < ICMPKIT_NS_PER_S) {
		icmpkit_text_put_ms(text, elapsed_ns, 0);
		icmpkit_text_put(text, " ms");
		return;
	}
	icmpkit_text_put_fixed(text, elapsed_ns / (100 * ICMPKIT_NS_PER_MS), 1);
	icmpkit_text_put(text, " s");
}

static void put_end(struct icmpkit_text *text, const struct icmpkit_shown *shown,
		    const struct icmpkit_subject *target, const struct icmpkit_address *source,
		    const struct icmpkit_diagnosis *result)
{
	put_heading(text, shown, target, result);
	put_wrapped(text, result->summary);
	put_wrapped(text, result->evidence);
	put_wrapped(text, result->advice);
	if (result->verdict != ICMPKIT_VERDICT_NO_ADDRESS) {
		icmpkit_text_put_char(text, '\n');
		put_path(text, shown, target, source, result);
	}
	if (result->finding_count > 0)
		icmpkit_text_put(text, "\nfindings:\n");
	for (size_t i = 0; i < result->finding_count; i++)
		put_finding(text, &result->findings[i]);
	if (result->findings_left_out > 0) {
		icmpkit_text_put(text, "  and ");
		icmpkit_text_put_unsigned(text, result->findings_left_out);
		icmpkit_text_put(text, " more\n");
	}
	icmpkit_text_put_char(text, '\n');
	icmpkit_text_put_unsigned(text, result->probes);
	icmpkit_text_put(text, result->probes == 1 ? " probe in " : " probes in ");
	put_elapsed(text, result->elapsed_ns);
	icmpkit_text_put(text, ", confidence ");
	icmpkit_text_put_unsigned(text, result->confidence_percent);
	icmpkit_text_put(text, "%\n");
}

const struct icmpkit_diagnose_format icmpkit_diagnose_text = {
	.event = put_nothing,
	.end = put_end,
};
