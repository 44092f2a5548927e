/* SPDX-License-Identifier: BSD-2-Clause */
/* Trace for people: a line a hop. */
#include <string.h>

#include "out/format.h"

static void put_begin(struct icmpkit_text *text, const struct icmpkit_trace_view *view)
{
	icmpkit_text_put(text, "trace to ");
	icmpkit_put_name(text, view->target.name);
	icmpkit_text_put(text, " (");
	icmpkit_text_put_address(text, &view->target.address);
	icmpkit_text_put(text, ") by ");
	icmpkit_text_put(text, icmpkit_method_name(view->opt.method));
	icmpkit_text_put(text, ", at most ");
	icmpkit_text_put_unsigned(text, view->max_ttl);
	icmpkit_text_put(text, view->max_ttl == 1 ? " hop\n" : " hops\n");
}

static void put_mpls(struct icmpkit_text *text, const struct icmpkit_trace_reply *reply)
{
	for (size_t i = 0; i < reply->mpls_count; i++) {
		icmpkit_text_put(text, "      MPLS label ");
		icmpkit_text_put_unsigned(text, reply->mpls[i].label);
		icmpkit_text_put(text, " tc ");
		icmpkit_text_put_unsigned(text, reply->mpls[i].traffic_class);
		icmpkit_text_put(text, " ttl ");
		icmpkit_text_put_unsigned(text, reply->mpls[i].ttl);
		icmpkit_text_put(text, reply->mpls[i].bottom_of_stack ? " (bottom)\n" : "\n");
	}
	if (reply->mpls_more > 0) {
		icmpkit_text_put(text, "      and ");
		icmpkit_text_put_unsigned(text, reply->mpls_more);
		icmpkit_text_put(text, " more labels\n");
	}
}

static void put_interface(struct icmpkit_text *text, const struct icmpkit_trace_reply *reply)
{
	static const char *const roles[] = {"came in by", "sub-IP part of", "goes out by", "next hop"};

	if (!reply->has_interface)
		return;
	icmpkit_text_put(text, "      ");
	icmpkit_text_put(text, roles[reply->interface_role % 4]);
	if (reply->interface_name[0] != '\0') {
		icmpkit_text_put_char(text, ' ');
		icmpkit_put_name(text, reply->interface_name);
	}
	if (reply->interface_address.family != ICMPKIT_FAMILY_NONE) {
		icmpkit_text_put_char(text, ' ');
		icmpkit_text_put_address(text, &reply->interface_address);
	}
	if (reply->interface_index != 0) {
		icmpkit_text_put(text, " index ");
		icmpkit_text_put_unsigned(text, reply->interface_index);
	}
	if (reply->interface_mtu != 0) {
		icmpkit_text_put(text, " mtu ");
		icmpkit_text_put_unsigned(text, reply->interface_mtu);
	}
	icmpkit_text_put_char(text, '\n');
}

/* An answer that is neither time exceeded nor the target's says what it is, unless the one before it in the
 * line said the same. */
static void put_word(struct icmpkit_text *text, const struct icmpkit_trace_reply *reply,
		     const char **previous)
{
	const char *name = NULL;

	if (reply->answer == ICMPKIT_TRACE_UNREACHABLE || reply->answer == ICMPKIT_TRACE_OTHER_ERROR)
		name = icmpkit_message_name(reply->from.family, reply->icmp_type, reply->icmp_code);
	if (name != NULL && name != *previous) {
		icmpkit_text_put(text, " [");
		icmpkit_text_put(text, name);
		icmpkit_text_put_char(text, ']');
	}
	*previous = name;
}

/* What the replies of a line before this one showed. */
struct line_so_far {
	struct icmpkit_address from;
	const char *name;
};

static void put_reply(struct icmpkit_text *text, const struct icmpkit_shown *shown,
		      const struct icmpkit_trace_reply *reply, struct line_so_far *line)
{
	if (reply == NULL)
		return;
	if (reply->answer == ICMPKIT_TRACE_LOST) {
		icmpkit_text_put(text, "  *");
		return;
	}
	if (reply->answer == ICMPKIT_TRACE_SEND_FAILED) {
		icmpkit_text_put(text, "  not sent (");
		icmpkit_text_put(text, strerror(-reply->error));
		icmpkit_text_put_char(text, ')');
		return;
	}
	if (!icmpkit_address_equal(&line->from, &reply->from)) {
		icmpkit_text_put(text, "  ");
		icmpkit_put_named(text, shown, &reply->from);
		line->from = reply->from;
		line->name = NULL;
	}
	icmpkit_text_put(text, "  ");
	icmpkit_text_put_ms(text, reply->rtt_ns, 3);
	icmpkit_text_put(text, " ms");
	put_word(text, reply, &line->name);
}

static void put_hop(struct icmpkit_text *text, const struct icmpkit_shown *shown,
		    const struct icmpkit_trace_view *view, uint8_t ttl)
{
	struct line_so_far line = {0};
	const struct icmpkit_trace_reply *first = NULL;

	if (ttl < 10)
		icmpkit_text_put_char(text, ' ');
	icmpkit_text_put_unsigned(text, ttl);
	for (uint8_t query = 0; query < view->queries; query++) {
		const struct icmpkit_trace_reply *reply = icmpkit_trace_reply_at(view->trace, ttl, query);

		put_reply(text, shown, reply, &line);
		if (first == NULL && reply != NULL && (reply->mpls_count > 0 || reply->has_interface))
			first = reply;
	}
	icmpkit_text_put_char(text, '\n');
	if (first != NULL) {
		put_mpls(text, first);
		put_interface(text, first);
	}
}

/* The first answer at the last hop that is not time exceeded. */
static const struct icmpkit_trace_reply *last_word(const struct icmpkit_trace_view *view, uint8_t ttl)
{
	for (uint8_t query = 0; query < view->queries; query++) {
		const struct icmpkit_trace_reply *reply = icmpkit_trace_reply_at(view->trace, ttl, query);

		if (reply != NULL && reply->answer == ICMPKIT_TRACE_UNREACHABLE)
			return reply;
	}
	return NULL;
}

static void put_reason(struct icmpkit_text *text, const struct icmpkit_trace_view *view,
		       const struct icmpkit_trace_summary *summary)
{
	const struct icmpkit_trace_reply *reply = last_word(view, summary->last_ttl);

	switch (summary->stop) {
	case ICMPKIT_TRACE_STOP_REACHED:
		break;
	case ICMPKIT_TRACE_STOP_UNREACHABLE:
		if (reply == NULL)
			break;
		icmpkit_text_put_address(text, &reply->from);
		icmpkit_text_put(text, " says: ");
		icmpkit_text_put(
			text, icmpkit_message_name(reply->from.family, reply->icmp_type, reply->icmp_code));
		break;
	case ICMPKIT_TRACE_STOP_SILENT:
		icmpkit_text_put(text, summary->hops == 0 ? "nobody answers" : "nobody answers beyond hop ");
		if (summary->hops > 0)
			icmpkit_text_put_unsigned(text, summary->hops);
		break;
	case ICMPKIT_TRACE_STOP_MAX_TTL:
		icmpkit_text_put(text, "the highest TTL is used up");
		break;
	case ICMPKIT_TRACE_STOP_SEND_FAILED:
		icmpkit_text_put(text, "this host cannot send");
		break;
	case ICMPKIT_TRACE_STOP_ASKED:
		icmpkit_text_put(text, "stopped");
		break;
	}
}

static void put_end(struct icmpkit_text *text, const struct icmpkit_trace_view *view)
{
	struct icmpkit_trace_summary summary;

	icmpkit_trace_summarise(view->trace, &summary);
	if (summary.reached) {
		icmpkit_text_put(text, "reached ");
		icmpkit_put_name(text, view->target.name);
		icmpkit_text_put(text, " in ");
		icmpkit_text_put_unsigned(text, summary.hops);
		icmpkit_text_put(text, summary.hops == 1 ? " hop\n" : " hops\n");
		return;
	}
	icmpkit_put_name(text, view->target.name);
	icmpkit_text_put(text, " not reached: ");
	put_reason(text, view, &summary);
	icmpkit_text_put_char(text, '\n');
}

const struct icmpkit_trace_format icmpkit_trace_text = {
	.begin = put_begin,
	.hop = put_hop,
	.end = put_end,
};
