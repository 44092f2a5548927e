/* SPDX-License-Identifier: BSD-2-Clause */
/* Ping for people, in the words that users of ping know. */
#include <string.h>

#include "out/format.h"

#define NAME_COLUMN_MAX 30

static void put_header(struct icmpkit_text *text, const struct icmpkit_subject *targets, size_t count,
		       uint32_t data_bytes)
{
	if (count > 1) {
		icmpkit_text_put(text, "PING ");
		icmpkit_text_put_unsigned(text, count);
		icmpkit_text_put(text, " targets, ");
	} else {
		icmpkit_text_put(text, "PING ");
		icmpkit_put_name(text, targets->name);
		icmpkit_text_put(text, " (");
		icmpkit_text_put_address(text, &targets->address);
		icmpkit_text_put(text, ") ");
	}
	icmpkit_text_put_unsigned(text, data_bytes);
	icmpkit_text_put(text, " data bytes\n");
}

static void put_reply(struct icmpkit_text *text, const struct icmpkit_shown *shown,
		      const struct icmpkit_ping_event *event)
{
	icmpkit_text_put_unsigned(text, event->bytes);
	icmpkit_text_put(text, " bytes from ");
	icmpkit_put_named(text, shown, &event->from);
	icmpkit_text_put(text, ": icmp_seq=");
	icmpkit_text_put_unsigned(text, event->sequence);
	if (event->hop_limit >= 0) {
		icmpkit_text_put(text, " ttl=");
		icmpkit_text_put_signed(text, event->hop_limit);
	}
	icmpkit_text_put(text, " time=");
	icmpkit_text_put_ms(text, event->rtt_ns, 3);
	icmpkit_text_put(text, " ms");
	if (event->clock == ICMPKIT_CLOCK_USER)
		icmpkit_text_put(text, " (user-space clock)");
	if (event->kind == ICMPKIT_PING_DUPLICATE)
		icmpkit_text_put(text, " (DUP!)");
	if (event->kind == ICMPKIT_PING_LATE)
		icmpkit_text_put(text, " (late)");
	if (event->corrupt)
		icmpkit_text_put(text, " (data changed on the way)");
}

/* @family: of the target; who sent the error may be unknown. */
static void put_error(struct icmpkit_text *text, const struct icmpkit_shown *shown,
		      enum icmpkit_family family, const struct icmpkit_ping_event *event)
{
	icmpkit_text_put(text, "From ");
	icmpkit_put_named(text, shown, &event->from);
	icmpkit_text_put(text, " icmp_seq=");
	icmpkit_text_put_unsigned(text, event->sequence);
	icmpkit_text_put_char(text, ' ');
	icmpkit_text_put(text, icmpkit_message_name(family, event->icmp_type, event->icmp_code));
}

static void put_sequence(struct icmpkit_text *text, const char *what, const struct icmpkit_ping_event *event)
{
	icmpkit_text_put(text, what);
	icmpkit_text_put(text, ": icmp_seq=");
	icmpkit_text_put_unsigned(text, event->sequence);
}

static void put_event(struct icmpkit_text *text, const struct icmpkit_shown *shown,
		      const struct icmpkit_subject *targets, size_t count,
		      const struct icmpkit_ping_event *event)
{
	if (shown->is_quiet)
		return;
	if (shown->has_timestamps) {
		icmpkit_text_put_char(text, '[');
		icmpkit_put_now(text);
		icmpkit_text_put(text, "] ");
	}
	if (count > 1) {
		icmpkit_put_name(text, targets[event->target].name);
		icmpkit_text_put(text, ": ");
	}
	switch (event->kind) {
	case ICMPKIT_PING_REPLY:
	case ICMPKIT_PING_DUPLICATE:
	case ICMPKIT_PING_LATE:
		put_reply(text, shown, event);
		break;
	case ICMPKIT_PING_ERROR:
		put_error(text, shown, targets[event->target].address.family, event);
		break;
	case ICMPKIT_PING_TIMEOUT:
		put_sequence(text, "No reply", event);
		break;
	case ICMPKIT_PING_SEND_FAILED:
		put_sequence(text, "Not sent", event);
		icmpkit_text_put(text, ", ");
		icmpkit_text_put(text, strerror(-event->error));
		break;
	}
	icmpkit_text_put_char(text, '\n');
}

/* Per cent with as many digits as are not zero, at most three behind the point. */
static void put_loss(struct icmpkit_text *text, const struct icmpkit_ping_statistics *s)
{
	uint64_t lost = s->sent - s->received;
	uint64_t thousandths = s->sent == 0 ? 0 : (lost * 100000 + s->sent / 2) / s->sent;
	unsigned int decimals = 3;

	for (; decimals > 0 && thousandths % 10 == 0; decimals--)
		thousandths /= 10;
	icmpkit_text_put_fixed(text, (int64_t)thousandths, decimals);
	icmpkit_text_put_char(text, '%');
}

static void put_extra(struct icmpkit_text *text, uint64_t count, const char *what)
{
	if (count == 0)
		return;
	icmpkit_text_put(text, ", +");
	icmpkit_text_put_unsigned(text, count);
	icmpkit_text_put_char(text, ' ');
	icmpkit_text_put(text, what);
}

static void put_times(struct icmpkit_text *text, const struct icmpkit_ping_statistics *s)
{
	const int64_t figures[] = {s->rtt_min_ns, s->rtt_mean_ns, s->rtt_max_ns, s->rtt_stddev_ns};
	const int64_t tails[] = {s->rtt_p50_ns, s->rtt_p90_ns, s->rtt_p99_ns};

	icmpkit_text_put(text, "rtt min/avg/max/mdev = ");
	for (size_t i = 0; i < 4; i++) {
		if (i > 0)
			icmpkit_text_put_char(text, '/');
		icmpkit_text_put_ms(text, figures[i], 3);
	}
	icmpkit_text_put(text, " ms\nrtt p50/p90/p99 = ");
	for (size_t i = 0; i < 3; i++) {
		if (i > 0)
			icmpkit_text_put_char(text, '/');
		icmpkit_text_put_ms(text, tails[i], 3);
	}
	icmpkit_text_put(text, " ms, jitter ");
	icmpkit_text_put_ms(text, s->jitter_ns, 3);
	icmpkit_text_put(text, " ms\n");
	if (s->clock_user > 0) {
		icmpkit_text_put_unsigned(text, s->clock_user);
		icmpkit_text_put(text, s->clock_user == 1 ? " of the times rests on the user-space clock\n"
							  : " of the times rest on the user-space clock\n");
	}
}

static void put_summary(struct icmpkit_text *text, const struct icmpkit_subject *target,
			const struct icmpkit_ping_statistics *s)
{
	icmpkit_text_put(text, "\n--- ");
	icmpkit_put_name(text, target->name);
	icmpkit_text_put(text, " ping statistics ---\n");
	icmpkit_text_put_unsigned(text, s->sent);
	icmpkit_text_put(text, " packets transmitted, ");
	icmpkit_text_put_unsigned(text, s->received);
	icmpkit_text_put(text, " received");
	put_extra(text, s->duplicates, "duplicates");
	put_extra(text, s->late, "late");
	put_extra(text, s->corrupt, "corrupted");
	put_extra(text, s->errors, "errors");
	put_extra(text, s->send_failures, "not sent");
	icmpkit_text_put(text, ", ");
	put_loss(text, s);
	icmpkit_text_put(text, " packet loss, time ");
	icmpkit_text_put_ms(text, s->elapsed_ns, 0);
	icmpkit_text_put(text, "ms\n");
	if (s->received > 0)
		put_times(text, s);
}

static void put_right(struct icmpkit_text *text, size_t line, size_t column, uint64_t value)
{
	char buf[24];
	struct icmpkit_text number;

	icmpkit_text_init(&number, buf, sizeof(buf));
	icmpkit_text_put_unsigned(&number, value);
	icmpkit_text_put_char(text, ' ');
	icmpkit_text_pad_to(text, line, column - number.len);
	icmpkit_text_put(text, buf);
}

static void put_min_avg_max(struct icmpkit_text *text, const struct icmpkit_ping_statistics *s)
{
	icmpkit_text_put_ms(text, s->rtt_min_ns, 3);
	icmpkit_text_put_char(text, '/');
	icmpkit_text_put_ms(text, s->rtt_mean_ns, 3);
	icmpkit_text_put_char(text, '/');
	icmpkit_text_put_ms(text, s->rtt_max_ns, 3);
}

static void put_row(struct icmpkit_text *text, const struct icmpkit_subject *target,
		    const struct icmpkit_ping_statistics *s)
{
	size_t line = text->len;

	icmpkit_put_name(text, target->name);
	put_right(text, line, NAME_COLUMN_MAX + 7, s->sent);
	put_right(text, line, NAME_COLUMN_MAX + 14, s->received);
	icmpkit_text_put(text, "  ");
	put_loss(text, s);
	if (s->received > 0) {
		icmpkit_text_put_char(text, ' ');
		icmpkit_text_pad_to(text, line, NAME_COLUMN_MAX + 25);
		put_min_avg_max(text, s);
	}
	icmpkit_text_put_char(text, '\n');
}

static void put_end(struct icmpkit_text *text, size_t count)
{
	if (count < 2)
		return;
	icmpkit_text_put_char(text, '\n');
	size_t line = text->len;

	icmpkit_text_put(text, "target");
	icmpkit_text_pad_to(text, line, NAME_COLUMN_MAX + 3);
	icmpkit_text_put(text, "sent   recv  loss     rtt min/avg/max ms\n");
}

static void put_summary_or_row(struct icmpkit_text *text, const struct icmpkit_subject *target, size_t count,
			       const struct icmpkit_ping_statistics *s)
{
	if (count > 1)
		put_row(text, target, s);
	else
		put_summary(text, target, s);
}

/* "server: 4/5 packets, 20% loss, min/avg/max = 0.036/0.041/0.050 ms" */
static void put_status(struct icmpkit_text *text, const struct icmpkit_subject *target,
		       const struct icmpkit_ping_statistics *s)
{
	icmpkit_put_name(text, target->name);
	icmpkit_text_put(text, ": ");
	icmpkit_text_put_unsigned(text, s->received);
	icmpkit_text_put_char(text, '/');
	icmpkit_text_put_unsigned(text, s->sent);
	icmpkit_text_put(text, " packets, ");
	put_loss(text, s);
	icmpkit_text_put(text, " loss");
	if (s->received > 0) {
		icmpkit_text_put(text, ", min/avg/max = ");
		put_min_avg_max(text, s);
		icmpkit_text_put(text, " ms");
	}
	icmpkit_text_put_char(text, '\n');
}

const struct icmpkit_ping_format icmpkit_ping_text = {
	.begin = put_header,
	.event = put_event,
	.status = put_status,
	.end = put_end,
	.summary = put_summary_or_row,
};
