/* SPDX-License-Identifier: BSD-2-Clause */
/* The ping engine: what became of each request, and the statistics of it. */
#include "probe/packet.h"
#include "probe/ping_state.h"

void icmpkit_ping_check_end(struct icmpkit_ping *ping, int64_t now_ns)
{
	if (now_ns < ping->end_ns)
		return;
	ping->is_stopped = true;
	ping->is_over = true;
}

static void push_event(struct icmpkit_ping *ping, const struct icmpkit_ping_event *event)
{
	if (ping->event_count == PING_EVENTS_MAX) {
		ping->events_left_out++;
		return;
	}
	ping->events[(ping->event_first + ping->event_count++) % PING_EVENTS_MAX] = *event;
}

static struct icmpkit_ping_event event_of(const struct icmpkit_probe_record *record)
{
	return (struct icmpkit_ping_event){
		.target = record->owner,
		.sequence = record->sequence,
		.rtt_ns = ICMPKIT_NEVER_NS,
		.hop_limit = -1,
	};
}

/* The probe has its verdict: nobody waits for it any longer. */
static void settle(struct icmpkit_ping *ping, struct icmpkit_probe_record *record,
		   enum ping_probe_state state)
{
	ping->outstanding -= record->state == PING_OUTSTANDING;
	record->state = (uint8_t)state;
}

/* RFC 1122 3.2.2.6, RFC 4443 4.2: the data of the request come back unchanged. */
static bool is_unchanged(const struct icmpkit_probe_record *record, struct icmpkit_bytes data)
{
	if (data.len != record->data_bytes)
		return false;
	for (size_t i = 0; i < data.len; i++) {
		if (data.data[i] != icmpkit_packet_pattern(record->cookie, i))
			return false;
	}
	return true;
}

static void add_rtt(struct ping_target *target, const struct icmpkit_ping_event *event)
{
	icmpkit_estimator_add(&target->rtt, event->rtt_ns);
	target->counts.clock_user += event->clock == ICMPKIT_CLOCK_USER;
}

static void take_reply(struct icmpkit_ping *ping, struct icmpkit_probe_record *record,
		       const struct icmpkit_arrival *arrival)
{
	struct ping_target *target = &ping->targets[record->owner];
	struct icmpkit_ping_event event = event_of(record);

	event.from = arrival->from;
	event.bytes = arrival->len;
	event.hop_limit = arrival->hop_limit;
	event.icmp_type = arrival->message.type;
	event.corrupt = !arrival->checksum_ok || !is_unchanged(record, arrival->message.payload);
	event.rtt_ns = icmpkit_round_trip_ns(record, arrival, &event.clock);
	target->counts.corrupt += event.corrupt;
	if (record->state == PING_REPLIED) {
		event.kind = ICMPKIT_PING_DUPLICATE;
		target->counts.duplicates++;
	} else if (record->state == PING_OUTSTANDING) {
		event.kind = ICMPKIT_PING_REPLY;
		target->counts.received++;
		add_rtt(target, &event);
		settle(ping, record, PING_REPLIED);
	} else {
		event.kind = ICMPKIT_PING_LATE;
		target->counts.late++;
	}
	push_event(ping, &event);
}

static void take_error(struct icmpkit_ping *ping, struct icmpkit_probe_record *record,
		       const struct icmpkit_arrival *arrival)
{
	struct icmpkit_ping_event event = event_of(record);

	/* A second error, or one behind a reply (of a fragment, say), changes no verdict. */
	if (record->state != PING_OUTSTANDING)
		return;
	event.kind = ICMPKIT_PING_ERROR;
	event.from = arrival->from;
	event.icmp_type = arrival->message.type;
	event.icmp_code = arrival->message.code;
	event.bytes = arrival->len;
	event.hop_limit = arrival->hop_limit;
	event.rtt_ns = icmpkit_round_trip_ns(record, arrival, &event.clock);
	ping->targets[record->owner].counts.errors++;
	settle(ping, record, PING_FAILED);
	push_event(ping, &event);
}

static void take_refusal(struct icmpkit_ping *ping, struct icmpkit_probe_record *record, int error)
{
	struct icmpkit_ping_event event = event_of(record);

	if (record->state != PING_OUTSTANDING)
		return;
	event.kind = ICMPKIT_PING_SEND_FAILED;
	event.error = error;
	ping->targets[record->owner].counts.send_failures++;
	settle(ping, record, PING_FAILED);
	push_event(ping, &event);
}

void icmpkit_ping_receive(struct icmpkit_ping *ping, int64_t now_ns, const struct icmpkit_arrival *arrival)
{
	struct icmpkit_probe_record *record = NULL;
	uint64_t index = arrival->token;

	icmpkit_ping_check_end(ping, now_ns);
	switch (arrival->kind) {
	case ICMPKIT_ARRIVAL_SENT:
		record = icmpkit_ledger_at(&ping->ledger, index);
		if (record != NULL)
			record->stamp_ns = arrival->stamp_ns;
		return;
	case ICMPKIT_ARRIVAL_SEND_FAILED:
		record = icmpkit_ledger_at(&ping->ledger, index);
		if (record != NULL)
			take_refusal(ping, record, arrival->error);
		break;
	case ICMPKIT_ARRIVAL_ICMP:
		if (!icmpkit_ledger_match(&ping->ledger, arrival, &index))
			return;
		record = icmpkit_ledger_at(&ping->ledger, index);
		if (arrival->message.kind == ICMPKIT_KIND_ECHO_REPLY)
			take_reply(ping, record, arrival);
		else
			take_error(ping, record, arrival);
		break;
	case ICMPKIT_ARRIVAL_UDP:
	case ICMPKIT_ARRIVAL_TCP:
		return;
	}
	if (record != NULL)
		ping->targets[record->owner].last_event_ns = now_ns;
}

static const struct icmpkit_probe_record *first_outstanding(const struct icmpkit_ping *ping, uint64_t *index)
{
	const struct icmpkit_ledger *ledger = &ping->ledger;

	if (ping->outstanding == 0)
		return NULL;
	for (*index = ping->timeout_next; *index < ledger->next; (*index)++) {
		const struct icmpkit_probe_record *record = &ledger->records[*index % ledger->max];

		if (record->state == PING_OUTSTANDING)
			return record;
	}
	return NULL;
}

int64_t icmpkit_ping_timeout_ns(const struct icmpkit_ping *ping)
{
	uint64_t index;
	const struct icmpkit_probe_record *record = first_outstanding(ping, &index);

	if (record == NULL)
		return ICMPKIT_NEVER_NS;
	return ping->is_over ? record->sent_ns : record->sent_ns + ping->opt.timeout_ns;
}

/* All requests have the same timeout, so they are given up in the order in which they were sent. */
bool icmpkit_ping_next_timeout(struct icmpkit_ping *ping, int64_t now_ns, struct icmpkit_ping_event *out)
{
	uint64_t index;

	if (first_outstanding(ping, &index) == NULL) {
		ping->timeout_next = ping->ledger.next;
		return false;
	}
	ping->timeout_next = index;
	if (icmpkit_ping_timeout_ns(ping) > now_ns)
		return false;
	struct icmpkit_probe_record *record = icmpkit_ledger_at(&ping->ledger, index);

	settle(ping, record, PING_GIVEN_UP);
	ping->targets[record->owner].counts.lost++;
	ping->targets[record->owner].last_event_ns = now_ns;
	*out = event_of(record);
	out->kind = ICMPKIT_PING_TIMEOUT;
	return true;
}

bool icmpkit_ping_next_event(struct icmpkit_ping *ping, int64_t now_ns, struct icmpkit_ping_event *out)
{
	icmpkit_ping_check_end(ping, now_ns);
	if (ping->event_count == 0)
		return icmpkit_ping_next_timeout(ping, now_ns, out);
	*out = ping->events[ping->event_first];
	ping->event_first = (ping->event_first + 1) % PING_EVENTS_MAX;
	ping->event_count--;
	return true;
}

void icmpkit_ping_statistics(const struct icmpkit_ping *ping, size_t number,
			     struct icmpkit_ping_statistics *out)
{
	const struct ping_target *target = &ping->targets[number];
	const struct icmpkit_estimator *rtt = &target->rtt;

	*out = target->counts;
	out->elapsed_ns = target->last_event_ns > target->first_sent_ns
				  ? target->last_event_ns - target->first_sent_ns
				  : 0;
	out->rtt_min_ns = out->rtt_mean_ns = out->rtt_max_ns = out->rtt_stddev_ns = ICMPKIT_NEVER_NS;
	out->rtt_p50_ns = out->rtt_p90_ns = out->rtt_p99_ns = out->jitter_ns = ICMPKIT_NEVER_NS;
	if (rtt->count == 0)
		return;
	out->rtt_min_ns = rtt->min_ns;
	out->rtt_mean_ns = icmpkit_estimator_mean_ns(rtt);
	out->rtt_max_ns = rtt->max_ns;
	out->rtt_stddev_ns = icmpkit_estimator_stddev_ns(rtt);
	out->rtt_p50_ns = icmpkit_estimator_percentile_ns(rtt, 50);
	out->rtt_p90_ns = icmpkit_estimator_percentile_ns(rtt, 90);
	out->rtt_p99_ns = icmpkit_estimator_percentile_ns(rtt, 99);
	out->jitter_ns = icmpkit_estimator_jitter_ns(rtt);
}

void icmpkit_ping_counters(const struct icmpkit_ping *ping, struct icmpkit_ping_counters *out)
{
	*out = (struct icmpkit_ping_counters){
		.skipped = ping->skipped,
		.refused = icmpkit_ledger_refused(&ping->ledger),
		.events_left_out = ping->events_left_out,
	};
}
