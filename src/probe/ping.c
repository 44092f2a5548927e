/* SPDX-License-Identifier: BSD-2-Clause */
/* The ping engine: when requests fall due, and what is sent. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "probe/packet.h"
#include "probe/ping_state.h"

#define DEFAULT_INTERVAL_NS ICMPKIT_NS_PER_S
#define DEFAULT_TIMEOUT_NS ICMPKIT_NS_PER_S
#define DEFAULT_DATA_BYTES 56
#define DEFAULT_OUTSTANDING_MAX 65536
/* RFC 791 3.1: 65,535 bytes are the longest datagram; 20 of them the IPv4 header, 8 the echo header. */
#define DATA_BYTES_MAX 65507
#define STOP_PATIENCE_MIN_NS (100 * ICMPKIT_NS_PER_MS)
#define STOP_PATIENCE_MAX_NS ICMPKIT_NS_PER_S
#define LONGEST_NS (INT64_C(1000) * 86400 * ICMPKIT_NS_PER_S)

static int read_options(const struct icmpkit_ping_options *opt, struct icmpkit_ping_options *out)
{
	if (opt->size != sizeof(*opt) || opt->targets == NULL || opt->target_count == 0)
		return ICMPKIT_ERR_RANGE;
	if (opt->interval_ns < 0 || opt->spacing_ns < 0 || opt->timeout_ns < 0 || opt->deadline_ns < 0)
		return ICMPKIT_ERR_RANGE;
	if (opt->interval_ns > LONGEST_NS || opt->spacing_ns > LONGEST_NS || opt->timeout_ns > LONGEST_NS)
		return ICMPKIT_ERR_RANGE;
	*out = *opt;
	out->targets = NULL;
	out->interval_ns = opt->interval_ns == 0 ? DEFAULT_INTERVAL_NS : opt->interval_ns;
	out->timeout_ns = opt->timeout_ns == 0 ? DEFAULT_TIMEOUT_NS : opt->timeout_ns;
	out->data_bytes = opt->data_bytes == 0 ? DEFAULT_DATA_BYTES : opt->data_bytes;
	out->outstanding_max = opt->outstanding_max == 0 ? DEFAULT_OUTSTANDING_MAX : opt->outstanding_max;
	if (opt->data_bytes == ICMPKIT_PING_NO_DATA)
		out->data_bytes = 0;
	return out->data_bytes > DATA_BYTES_MAX ? ICMPKIT_ERR_RANGE : 0;
}

/* Every target is due at once; the spacing and the order of the numbers keep them apart. */
static int make_targets(struct icmpkit_ping *ping, const struct icmpkit_ping_options *opt, int64_t now_ns)
{
	ping->targets = calloc(opt->target_count, sizeof(*ping->targets));
	if (ping->targets == NULL)
		return -ENOMEM;
	for (size_t i = 0; i < opt->target_count; i++) {
		if (icmpkit_address_len(opt->targets[i].address.family) == 0)
			return ICMPKIT_ERR_RANGE;
		ping->targets[i].address = opt->targets[i].address;
		ping->targets[i].identifier = opt->targets[i].identifier;
		if (icmpkit_deadlines_put(&ping->due, now_ns, i) < 0)
			return ICMPKIT_ERR_FULL;
	}
	return 0;
}

int icmpkit_ping_new(struct icmpkit_ping **out, const struct icmpkit_ping_options *opt, int64_t now_ns)
{
	struct icmpkit_ping_options read;
	int err = read_options(opt, &read);

	if (err < 0)
		return err;
	struct icmpkit_ping *ping = calloc(1, sizeof(*ping));

	if (ping == NULL)
		return -ENOMEM;
	ping->opt = read;
	ping->next_send_ns = now_ns;
	ping->end_ns = opt->deadline_ns > 0 ? now_ns + opt->deadline_ns : ICMPKIT_NEVER_NS;
	err = icmpkit_ledger_init(&ping->ledger, read.outstanding_max, &read.identity);
	if (err == 0)
		err = icmpkit_deadlines_init(&ping->due, opt->target_count);
	if (err == 0)
		err = make_targets(ping, opt, now_ns);
	if (err < 0) {
		icmpkit_ping_free(ping);
		return err;
	}
	*out = ping;
	return 0;
}

void icmpkit_ping_free(struct icmpkit_ping *ping)
{
	if (ping == NULL)
		return;
	icmpkit_ledger_free(&ping->ledger);
	icmpkit_deadlines_free(&ping->due);
	free(ping->targets);
	free(ping);
}

/* The ledger is full, and its oldest probe is still waited for, whatever has become of the others. */
static bool is_held(const struct icmpkit_ping *ping)
{
	const struct icmpkit_ledger *ledger = &ping->ledger;

	return icmpkit_ledger_is_full(ledger) &&
	       ledger->records[ledger->first % ledger->max].state == PING_OUTSTANDING;
}

/* Room for one more: the oldest probe is forgotten, unless it is still waited for. */
static bool make_room(struct icmpkit_ping *ping)
{
	if (!icmpkit_ledger_is_full(&ping->ledger))
		return true;
	if (is_held(ping))
		return false;
	icmpkit_ledger_forget_first(&ping->ledger);
	if (ping->timeout_next < ping->ledger.first)
		ping->timeout_next = ping->ledger.first;
	return true;
}

/* The next request of this target, by the schedule and not by the clock, so that lateness does not add up.
 * Whole intervals that were missed are not made up for: a burst would measure nothing. */
static void schedule_next(struct icmpkit_ping *ping, uint64_t target, int64_t due_ns, int64_t now_ns)
{
	int64_t next_ns = due_ns + ping->opt.interval_ns;

	if (ping->opt.count > 0 && ping->targets[target].sent >= ping->opt.count)
		return;
	if (now_ns - next_ns > ping->opt.interval_ns) {
		int64_t missed = (now_ns - next_ns) / ping->opt.interval_ns;

		ping->skipped += (uint64_t)missed;
		next_ns += missed * ping->opt.interval_ns;
	}
	/* There is room: the entry of this target was taken just now. */
	if (icmpkit_deadlines_put(&ping->due, next_ns, target) < 0)
		abort();
}

static int build(struct icmpkit_ping *ping, size_t number, int64_t now_ns, uint8_t *buf, size_t cap)
{
	struct ping_target *target = &ping->targets[number];
	struct icmpkit_packet packet = {
		.identity = &ping->opt.identity,
		.target = &target->address,
		.token = ping->ledger.next,
		.identifier = target->identifier,
		.number = (uint16_t)(target->sent + 1),
		.data_bytes = (uint16_t)ping->opt.data_bytes,
	};
	struct icmpkit_probe_record record = {
		.cookie = icmpkit_packet_cookie(&packet),
		.sent_ns = now_ns,
		.stamp_ns = ICMPKIT_NEVER_NS,
		.target = target->address,
		.identifier = packet.identifier,
		.number = packet.number,
		.data_bytes = packet.data_bytes,
		.owner = (uint32_t)number,
		.sequence = target->sent + 1,
		.state = PING_OUTSTANDING,
	};
	int len = icmpkit_packet_echo(&packet, buf, cap, &record.checksum);

	if (len >= 0)
		(void)icmpkit_ledger_add(&ping->ledger, &record);
	return len;
}

static void count_sent(struct icmpkit_ping *ping, struct ping_target *target, int64_t now_ns)
{
	if (target->sent++ == 0)
		target->first_sent_ns = now_ns;
	target->counts.sent++;
	ping->outstanding++;
	ping->next_send_ns = now_ns + ping->opt.spacing_ns;
}

int icmpkit_ping_send(struct icmpkit_ping *ping, int64_t now_ns, uint8_t *buf, size_t cap,
		      struct icmpkit_probe *out)
{
	struct icmpkit_deadline due;

	icmpkit_ping_check_end(ping, now_ns);
	if (ping->is_stopped || now_ns < ping->next_send_ns ||
	    icmpkit_deadlines_next_ns(&ping->due) > now_ns || !make_room(ping))
		return 0;
	if (!icmpkit_deadlines_take(&ping->due, now_ns, &due))
		return 0;
	struct ping_target *target = &ping->targets[due.value];
	uint64_t token = ping->ledger.next;
	int len = build(ping, (size_t)due.value, now_ns, buf, cap);

	if (len < 0)
		return len;
	count_sent(ping, target, now_ns);
	schedule_next(ping, due.value, due.at_ns, now_ns);
	*out = (struct icmpkit_probe){
		.token = token,
		.method = ICMPKIT_METHOD_ICMP,
		.to = target->address,
		.hop_limit = ping->opt.hop_limit,
		.traffic_class = ping->opt.traffic_class > 0 ? ping->opt.traffic_class : -1,
		.len = (size_t)len,
	};
	return 1;
}

int64_t icmpkit_ping_deadline_ns(const struct icmpkit_ping *ping)
{
	int64_t timeout_ns = icmpkit_ping_timeout_ns(ping);
	int64_t due_ns = icmpkit_deadlines_next_ns(&ping->due);
	int64_t next_ns = timeout_ns;

	if (!ping->is_stopped && due_ns != ICMPKIT_NEVER_NS) {
		if (due_ns < ping->next_send_ns)
			due_ns = ping->next_send_ns;
		/* Then only an answer or a timeout makes room. */
		next_ns = is_held(ping) || timeout_ns < due_ns ? timeout_ns : due_ns;
	}
	if (next_ns != ICMPKIT_NEVER_NS && ping->end_ns < next_ns)
		return ping->end_ns;
	return next_ns;
}

/* How long those may take that are on their way when the run is stopped: as long as the others did. */
static int64_t patience_ns(const struct icmpkit_ping *ping)
{
	int64_t slowest_ns = -1;

	for (size_t i = 0; i < ping->opt.target_count; i++) {
		const struct icmpkit_estimator *rtt = &ping->targets[i].rtt;

		if (rtt->count > 0 && rtt->max_ns > slowest_ns)
			slowest_ns = rtt->max_ns;
	}
	return slowest_ns < 0 ? STOP_PATIENCE_MAX_NS : 2 * slowest_ns + STOP_PATIENCE_MIN_NS;
}

void icmpkit_ping_stop(struct icmpkit_ping *ping, int64_t now_ns)
{
	icmpkit_ping_check_end(ping, now_ns);
	if (!ping->is_stopped && now_ns + patience_ns(ping) < ping->end_ns)
		ping->end_ns = now_ns + patience_ns(ping);
	ping->is_stopped = true;
}

static int64_t engine_deadline_ns(const void *engine)
{
	return icmpkit_ping_deadline_ns(engine);
}

static int engine_send(void *engine, int64_t now_ns, uint8_t *buf, size_t cap, struct icmpkit_probe *out)
{
	return icmpkit_ping_send(engine, now_ns, buf, cap, out);
}

static void engine_receive(void *engine, int64_t now_ns, const struct icmpkit_arrival *arrival)
{
	icmpkit_ping_receive(engine, now_ns, arrival);
}

struct icmpkit_engine icmpkit_ping_engine(struct icmpkit_ping *ping)
{
	static const struct icmpkit_engine_operations operations = {
		.name = "ping",
		.deadline_ns = engine_deadline_ns,
		.send = engine_send,
		.receive = engine_receive,
	};

	return (struct icmpkit_engine){.operations = &operations, .self = ping};
}
