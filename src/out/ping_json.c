/* SPDX-License-Identifier: BSD-2-Clause */
/* Ping for programs: JSON Lines. */
#include <string.h>

#include "out/format.h"

static void put_begin(struct icmpkit_text *text, const struct icmpkit_subject *targets, size_t count,
		      uint32_t data_bytes)
{
	(void)text;
	(void)targets;
	(void)count;
	(void)data_bytes;
}

static void put_reply(struct icmpkit_json *json, const struct icmpkit_ping_event *event)
{
	icmpkit_json_address(json, "from", &event->from);
	icmpkit_json_unsigned(json, "bytes", event->bytes);
	if (event->hop_limit >= 0)
		icmpkit_json_signed(json, "ttl", event->hop_limit);
	else
		icmpkit_json_null(json, "ttl");
	icmpkit_json_ns(json, "rtt_ns", event->rtt_ns);
	icmpkit_json_string(json, "clock", icmpkit_clock_source_name(event->clock));
	icmpkit_json_bool(json, "duplicate", event->kind == ICMPKIT_PING_DUPLICATE);
	icmpkit_json_bool(json, "late", event->kind == ICMPKIT_PING_LATE);
	icmpkit_json_bool(json, "corrupt", event->corrupt);
}

static const char *type_of(enum icmpkit_ping_event_kind kind)
{
	static const char *const types[] = {
		[ICMPKIT_PING_REPLY] = "reply",	       [ICMPKIT_PING_DUPLICATE] = "reply",
		[ICMPKIT_PING_LATE] = "reply",	       [ICMPKIT_PING_ERROR] = "error",
		[ICMPKIT_PING_SEND_FAILED] = "unsent", [ICMPKIT_PING_TIMEOUT] = "timeout",
	};

	return types[kind];
}

static void put_event(struct icmpkit_text *text, const struct icmpkit_shown *shown,
		      const struct icmpkit_subject *targets, size_t count,
		      const struct icmpkit_ping_event *event)
{
	struct icmpkit_json json;

	(void)count;
	if (shown->is_quiet)
		return;
	icmpkit_json_init(&json, text);
	icmpkit_json_object(&json, NULL);
	icmpkit_json_string(&json, "type", type_of(event->kind));
	icmpkit_json_now(&json);
	icmpkit_json_string(&json, "target", targets[event->target].name);
	icmpkit_json_address(&json, "address", &targets[event->target].address);
	icmpkit_json_unsigned(&json, "seq", event->sequence);
	if (event->kind == ICMPKIT_PING_ERROR) {
		icmpkit_json_address(&json, "from", &event->from);
		icmpkit_json_icmp(&json, targets[event->target].address.family, event->icmp_type,
				  event->icmp_code);
		icmpkit_json_ns(&json, "rtt_ns", event->rtt_ns);
	} else if (event->kind == ICMPKIT_PING_SEND_FAILED) {
		icmpkit_json_string(&json, "error", strerror(-event->error));
	} else if (event->kind != ICMPKIT_PING_TIMEOUT) {
		put_reply(&json, event);
	}
	icmpkit_json_end_object(&json);
	icmpkit_text_put_char(text, '\n');
}

static void put_times(struct icmpkit_json *json, const struct icmpkit_ping_statistics *s)
{
	icmpkit_json_object(json, "rtt_ns");
	icmpkit_json_ns(json, "min", s->rtt_min_ns);
	icmpkit_json_ns(json, "mean", s->rtt_mean_ns);
	icmpkit_json_ns(json, "max", s->rtt_max_ns);
	icmpkit_json_ns(json, "stddev", s->rtt_stddev_ns);
	icmpkit_json_ns(json, "p50", s->rtt_p50_ns);
	icmpkit_json_ns(json, "p90", s->rtt_p90_ns);
	icmpkit_json_ns(json, "p99", s->rtt_p99_ns);
	icmpkit_json_end_object(json);
	icmpkit_json_ns(json, "jitter_ns", s->jitter_ns);
}

/* The share of requests without a reply, rounded to six digits. */
static void put_loss(struct icmpkit_json *json, const struct icmpkit_ping_statistics *s)
{
	uint64_t lost = s->sent - s->received;

	if (s->sent == 0)
		icmpkit_json_null(json, "loss");
	else
		icmpkit_json_fixed(json, "loss", (int64_t)((lost * 1000000 + s->sent / 2) / s->sent), 6);
}

static void put_statistics(struct icmpkit_text *text, const char *type, const struct icmpkit_subject *target,
			   const struct icmpkit_ping_statistics *s)
{
	struct icmpkit_json json;

	icmpkit_json_init(&json, text);
	icmpkit_json_object(&json, NULL);
	icmpkit_json_string(&json, "type", type);
	icmpkit_json_now(&json);
	icmpkit_json_string(&json, "target", target->name);
	icmpkit_json_address(&json, "address", &target->address);
	icmpkit_json_unsigned(&json, "sent", s->sent);
	icmpkit_json_unsigned(&json, "received", s->received);
	icmpkit_json_unsigned(&json, "duplicates", s->duplicates);
	icmpkit_json_unsigned(&json, "late", s->late);
	icmpkit_json_unsigned(&json, "corrupt", s->corrupt);
	icmpkit_json_unsigned(&json, "errors", s->errors);
	icmpkit_json_unsigned(&json, "unsent", s->send_failures);
	icmpkit_json_unsigned(&json, "lost", s->lost);
	put_loss(&json, s);
	put_times(&json, s);
	icmpkit_json_unsigned(&json, "clock_user", s->clock_user);
	icmpkit_json_ns(&json, "elapsed_ns", s->elapsed_ns);
	icmpkit_json_end_object(&json);
	icmpkit_text_put_char(text, '\n');
}

static void put_status(struct icmpkit_text *text, const struct icmpkit_subject *target,
		       const struct icmpkit_ping_statistics *s)
{
	put_statistics(text, "status", target, s);
}

static void put_end(struct icmpkit_text *text, size_t count)
{
	(void)text;
	(void)count;
}

static void put_summary(struct icmpkit_text *text, const struct icmpkit_subject *target, size_t count,
			const struct icmpkit_ping_statistics *s)
{
	(void)count;
	put_statistics(text, "summary", target, s);
}

const struct icmpkit_ping_format icmpkit_ping_json = {
	.begin = put_begin,
	.event = put_event,
	.status = put_status,
	.end = put_end,
	.summary = put_summary,
};
