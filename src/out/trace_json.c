/* SPDX-License-Identifier: BSD-2-Clause */
/* Trace for programs: JSON Lines. */
#include "out/format.h"

static void put_begin(struct icmpkit_text *text, const struct icmpkit_trace_view *view)
{
	(void)text;
	(void)view;
}

static void put_mpls(struct icmpkit_json *json, const struct icmpkit_trace_reply *reply)
{
	icmpkit_json_array(json, "mpls");
	for (size_t i = 0; i < reply->mpls_count; i++) {
		icmpkit_json_object(json, NULL);
		icmpkit_json_unsigned(json, "label", reply->mpls[i].label);
		icmpkit_json_unsigned(json, "tc", reply->mpls[i].traffic_class);
		icmpkit_json_unsigned(json, "s", reply->mpls[i].bottom_of_stack);
		icmpkit_json_unsigned(json, "ttl", reply->mpls[i].ttl);
		icmpkit_json_end_object(json);
	}
	icmpkit_json_end_array(json);
}

static void put_number_or_null(struct icmpkit_json *json, const char *key, uint32_t value)
{
	if (value == 0)
		icmpkit_json_null(json, key);
	else
		icmpkit_json_unsigned(json, key, value);
}

static void put_interface(struct icmpkit_json *json, const struct icmpkit_trace_reply *reply)
{
	static const char *const roles[] = {"incoming", "sub-ip", "outgoing", "next-hop"};

	if (!reply->has_interface) {
		icmpkit_json_null(json, "interface");
		return;
	}
	icmpkit_json_object(json, "interface");
	icmpkit_json_string(json, "role", roles[reply->interface_role % 4]);
	put_number_or_null(json, "index", reply->interface_index);
	put_number_or_null(json, "mtu", reply->interface_mtu);
	icmpkit_json_address(json, "address", &reply->interface_address);
	icmpkit_json_string(json, "name", reply->interface_name[0] == '\0' ? NULL : reply->interface_name);
	icmpkit_json_end_object(json);
}

static bool is_answer(const struct icmpkit_trace_reply *reply)
{
	return reply != NULL && reply->answer != ICMPKIT_TRACE_LOST &&
	       reply->answer != ICMPKIT_TRACE_SEND_FAILED;
}

/* All probes of a trace are of one flow: number 0. */
static void put_reply(struct icmpkit_json *json, const struct icmpkit_trace_reply *reply)
{
	icmpkit_json_object(json, NULL);
	icmpkit_json_address(json, "from", &reply->from);
	icmpkit_json_ns(json, "rtt_ns", reply->rtt_ns);
	icmpkit_json_string(json, "clock", icmpkit_clock_source_name(reply->clock));
	if (reply->is_icmp)
		icmpkit_json_icmp(json, reply->from.family, reply->icmp_type, reply->icmp_code);
	else
		icmpkit_json_null(json, "icmp");
	if (reply->reply_ttl >= 0)
		icmpkit_json_signed(json, "reply_ttl", reply->reply_ttl);
	else
		icmpkit_json_null(json, "reply_ttl");
	icmpkit_json_unsigned(json, "flow", 0);
	put_mpls(json, reply);
	icmpkit_json_unsigned(json, "mpls_more", reply->mpls_more);
	put_interface(json, reply);
	icmpkit_json_end_object(json);
}

static void put_hop(struct icmpkit_text *text, const struct icmpkit_shown *shown,
		    const struct icmpkit_trace_view *view, uint8_t ttl)
{
	struct icmpkit_json json;
	unsigned int lost = 0;

	(void)shown;
	icmpkit_json_init(&json, text);
	icmpkit_json_object(&json, NULL);
	icmpkit_json_string(&json, "type", "hop");
	icmpkit_json_now(&json);
	icmpkit_json_string(&json, "target", view->target.name);
	icmpkit_json_unsigned(&json, "ttl", ttl);
	icmpkit_json_array(&json, "replies");
	for (uint8_t query = 0; query < view->queries; query++) {
		const struct icmpkit_trace_reply *reply = icmpkit_trace_reply_at(view->trace, ttl, query);

		if (is_answer(reply))
			put_reply(&json, reply);
		lost += reply != NULL && reply->answer == ICMPKIT_TRACE_LOST;
	}
	icmpkit_json_end_array(&json);
	icmpkit_json_unsigned(&json, "lost", lost);
	icmpkit_json_end_object(&json);
	icmpkit_text_put_char(text, '\n');
}

/* Who answered at a TTL on the way: an error of another kind may come from anywhere. */
static const struct icmpkit_address *node_at(const struct icmpkit_trace_view *view, unsigned int ttl,
					     uint8_t query)
{
	const struct icmpkit_trace_reply *reply = icmpkit_trace_reply_at(view->trace, (uint8_t)ttl, query);

	if (reply == NULL ||
	    (reply->answer != ICMPKIT_TRACE_TIME_EXCEEDED && reply->answer != ICMPKIT_TRACE_TARGET))
		return NULL;
	return &reply->from;
}

/* Was this pair given for an earlier query already? */
static bool is_known(const struct icmpkit_trace_view *view, unsigned int ttl, uint8_t query)
{
	const struct icmpkit_address *a = node_at(view, ttl, query);
	const struct icmpkit_address *b = node_at(view, ttl + 1, query);

	for (uint8_t earlier = 0; earlier < query; earlier++) {
		const struct icmpkit_address *x = node_at(view, ttl, earlier);
		const struct icmpkit_address *y = node_at(view, ttl + 1, earlier);

		if (x != NULL && y != NULL && icmpkit_address_equal(a, x) && icmpkit_address_equal(b, y))
			return true;
	}
	return false;
}

static void put_links(struct icmpkit_json *json, const struct icmpkit_trace_view *view, unsigned int last_ttl)
{
	icmpkit_json_array(json, "links");
	for (unsigned int ttl = 1; ttl < last_ttl; ttl++) {
		for (uint8_t query = 0; query < view->queries; query++) {
			const struct icmpkit_address *a = node_at(view, ttl, query);
			const struct icmpkit_address *b = node_at(view, ttl + 1, query);

			if (a == NULL || b == NULL || icmpkit_address_equal(a, b) ||
			    is_known(view, ttl, query))
				continue;
			icmpkit_json_array(json, NULL);
			icmpkit_json_address(json, NULL, a);
			icmpkit_json_address(json, NULL, b);
			icmpkit_json_end_array(json);
		}
	}
	icmpkit_json_end_array(json);
}

static const char *stop_word(enum icmpkit_trace_stop stop)
{
	static const char *const words[] = {
		[ICMPKIT_TRACE_STOP_REACHED] = "reached",    [ICMPKIT_TRACE_STOP_UNREACHABLE] = "unreachable",
		[ICMPKIT_TRACE_STOP_SILENT] = "silent",	     [ICMPKIT_TRACE_STOP_MAX_TTL] = "max-ttl",
		[ICMPKIT_TRACE_STOP_SEND_FAILED] = "unsent", [ICMPKIT_TRACE_STOP_ASKED] = "stopped",
	};

	return words[stop];
}

static void put_end(struct icmpkit_text *text, const struct icmpkit_trace_view *view)
{
	struct icmpkit_trace_summary summary;
	struct icmpkit_json json;

	icmpkit_trace_summarise(view->trace, &summary);
	icmpkit_json_init(&json, text);
	icmpkit_json_object(&json, NULL);
	icmpkit_json_string(&json, "type", "trace");
	icmpkit_json_now(&json);
	icmpkit_json_string(&json, "target", view->target.name);
	icmpkit_json_address(&json, "address", &view->target.address);
	icmpkit_json_string(&json, "method", icmpkit_method_name(view->opt.method));
	icmpkit_json_bool(&json, "reached", summary.reached);
	icmpkit_json_unsigned(&json, "hops", summary.hops);
	put_links(&json, view, summary.last_ttl);
	icmpkit_json_unsigned(&json, "probes", summary.probes);
	icmpkit_json_string(&json, "stop", stop_word(summary.stop));
	icmpkit_json_unsigned(&json, "refused", summary.refused);
	icmpkit_json_ns(&json, "elapsed_ns", summary.elapsed_ns);
	icmpkit_json_end_object(&json);
	icmpkit_text_put_char(text, '\n');
}

const struct icmpkit_trace_format icmpkit_trace_json = {
	.begin = put_begin,
	.hop = put_hop,
	.end = put_end,
};
