/* SPDX-License-Identifier: BSD-2-Clause */
/* The trace engine: making it, sending probes, and when it ends. */
#include <errno.h>
#include <stdlib.h>

#include "base/random.h"
#include "probe/packet.h"
#include "probe/trace_state.h"

#define DEFAULT_MAX_TTL 30
#define DEFAULT_QUERIES 3
#define DEFAULT_WAIT_NS (5 * ICMPKIT_NS_PER_S)
#define DEFAULT_SPACING_NS ICMPKIT_NS_PER_MS
#define DEFAULT_PARALLEL 16
#define DEFAULT_SILENT_MAX 8
#define DEFAULT_UDP_PORT 33434
#define DEFAULT_TCP_PORT 80
#define DEFAULT_DATA_BYTES 32
#define DATA_BYTES_MAX 1400

static void set_defaults(struct icmpkit_trace_options *opt)
{
	opt->first_ttl = opt->first_ttl == 0 ? 1 : opt->first_ttl;
	opt->max_ttl = opt->max_ttl == 0 ? DEFAULT_MAX_TTL : opt->max_ttl;
	opt->queries = opt->queries == 0 ? DEFAULT_QUERIES : opt->queries;
	opt->wait_ns = opt->wait_ns == 0 ? DEFAULT_WAIT_NS : opt->wait_ns;
	opt->spacing_ns = opt->spacing_ns == 0 ? DEFAULT_SPACING_NS : opt->spacing_ns;
	opt->parallel = opt->parallel == 0 ? DEFAULT_PARALLEL : opt->parallel;
	opt->silent_max = opt->silent_max == 0 ? DEFAULT_SILENT_MAX : opt->silent_max;
	opt->data_bytes = opt->data_bytes == 0 ? DEFAULT_DATA_BYTES : opt->data_bytes;
	if (opt->dst_port == 0)
		opt->dst_port = opt->method == ICMPKIT_METHOD_TCP ? DEFAULT_TCP_PORT : DEFAULT_UDP_PORT;
}

static bool is_possible(const struct icmpkit_trace_options *opt)
{
	return icmpkit_address_len(opt->target.family) > 0 && opt->first_ttl <= opt->max_ttl &&
	       opt->queries <= ICMPKIT_TRACE_MAX_QUERIES && opt->wait_ns > 0 && opt->spacing_ns > 0 &&
	       opt->data_bytes >= PACKET_CHOSEN_MIN && opt->data_bytes <= DATA_BYTES_MAX;
}

int icmpkit_trace_new(struct icmpkit_trace **out, const struct icmpkit_trace_options *opt, int64_t now_ns)
{
	if (opt->size != sizeof(*opt))
		return ICMPKIT_ERR_RANGE;
	struct icmpkit_trace *trace = calloc(1, sizeof(*trace));

	if (trace == NULL)
		return -ENOMEM;
	trace->opt = *opt;
	set_defaults(&trace->opt);
	int err = is_possible(&trace->opt) ? 0 : ICMPKIT_ERR_RANGE;
	size_t probes = (size_t)(trace->opt.max_ttl - trace->opt.first_ttl + 1) * trace->opt.queries;

	if (err == 0)
		err = icmpkit_ledger_init(&trace->ledger, probes, &opt->identity);
	if (err == 0)
		trace->probes = calloc(probes, sizeof(*trace->probes));
	if (err == 0 && trace->probes == NULL)
		err = -ENOMEM;
	if (err < 0) {
		icmpkit_trace_free(trace);
		return err;
	}
	/* Engines side by side, with other bases, begin at other numbers. */
	trace->number_base = (uint16_t)icmpkit_siphash(
		opt->identity.key,
		(struct icmpkit_bytes){(const uint8_t *)&opt->token_base, sizeof(opt->token_base)});
	trace->started_ns = trace->next_send_ns = now_ns;
	trace->answered_ttl = trace->opt.first_ttl - 1U;
	trace->end_ttl = trace->opt.max_ttl;
	trace->end_reason = ICMPKIT_TRACE_STOP_MAX_TTL;
	trace->next_hop = trace->opt.first_ttl;
	*out = trace;
	return 0;
}

void icmpkit_trace_free(struct icmpkit_trace *trace)
{
	if (trace == NULL)
		return;
	icmpkit_ledger_free(&trace->ledger);
	free(trace->probes);
	free(trace);
}

struct trace_probe *icmpkit_trace_probe(const struct icmpkit_trace *trace, unsigned int ttl,
					unsigned int query)
{
	return &trace->probes[(size_t)(ttl - trace->opt.first_ttl) * trace->opt.queries + query];
}

/* Numbers run from 1 to 0xfffe: a UDP checksum of 0 means none (RFC 768), and 0xffff is the same to the sum.
 */
static uint16_t number_of(const struct icmpkit_trace *trace, uint64_t index)
{
	return (uint16_t)(1 + (trace->number_base + index) % 0xfffe);
}

static int build(const struct icmpkit_trace *trace, struct icmpkit_probe_record *record, uint8_t *buf,
		 size_t cap)
{
	struct icmpkit_packet packet = {
		.identity = &trace->opt.identity,
		.target = &trace->opt.target,
		.token = trace->opt.token_base + trace->ledger.next,
		.identifier = record->identifier,
		.number = record->number,
		.dst_port = record->dst_port,
		.data_bytes = record->data_bytes,
	};

	record->cookie = icmpkit_packet_cookie(&packet);
	switch (record->method) {
	case ICMPKIT_METHOD_ICMP:
		return icmpkit_packet_flow_echo(&packet, buf, cap, &record->checksum);
	case ICMPKIT_METHOD_UDP:
		return icmpkit_packet_udp(&packet, buf, cap, &record->checksum);
	case ICMPKIT_METHOD_TCP:
		return icmpkit_packet_syn(&packet, buf, cap, &record->tcp_sequence);
	}
	return ICMPKIT_ERR_RANGE;
}

static struct icmpkit_probe_record record_for(const struct icmpkit_trace *trace, unsigned int ttl,
					      unsigned int query, int64_t now_ns)
{
	return (struct icmpkit_probe_record){
		.sent_ns = now_ns,
		.stamp_ns = ICMPKIT_NEVER_NS,
		.target = trace->opt.target,
		.method = trace->opt.method,
		.identifier = trace->opt.identity.identifier,
		.number = number_of(trace, trace->ledger.next),
		.dst_port = trace->opt.dst_port,
		.data_bytes = trace->opt.data_bytes,
		.owner = ttl << 8 | query,
	};
}

static struct icmpkit_probe probe_for(const struct icmpkit_trace *trace, unsigned int ttl, size_t len)
{
	bool is_tcp = trace->opt.method == ICMPKIT_METHOD_TCP;

	return (struct icmpkit_probe){
		.token = trace->opt.token_base + trace->ledger.next,
		.method = trace->opt.method,
		.to = trace->opt.target,
		.src_port = is_tcp ? trace->opt.identity.tcp_src_port : trace->opt.identity.src_port,
		.dst_port = trace->opt.dst_port,
		.hop_limit = (uint8_t)ttl,
		.traffic_class = trace->opt.traffic_class > 0 ? trace->opt.traffic_class : -1,
		.len = len,
	};
}

int icmpkit_trace_send(struct icmpkit_trace *trace, int64_t now_ns, uint8_t *buf, size_t cap,
		       struct icmpkit_probe *out)
{
	unsigned int ttl;
	unsigned int query;

	if (trace->has_ended || now_ns < trace->next_send_ns ||
	    !icmpkit_trace_next_probe(trace, &ttl, &query))
		return 0;
	struct icmpkit_probe_record record = record_for(trace, ttl, query, now_ns);
	int len = build(trace, &record, buf, cap);

	if (len < 0)
		return len;
	*out = probe_for(trace, ttl, (size_t)len);
	(void)icmpkit_ledger_add(&trace->ledger, &record);
	*icmpkit_trace_probe(trace, ttl, query) = (struct trace_probe){
		.state = TRACE_IN_FLIGHT,
		.sent_ns = now_ns,
	};
	trace->sent++;
	trace->next_send_ns = now_ns + trace->opt.spacing_ns;
	return 1;
}

/* The earliest instant at which a probe in flight is given up. */
static int64_t next_give_up_ns(const struct icmpkit_trace *trace)
{
	int64_t next_ns = ICMPKIT_NEVER_NS;

	for (unsigned int ttl = trace->opt.first_ttl; ttl <= trace->end_ttl; ttl++) {
		for (unsigned int query = 0; query < trace->opt.queries; query++) {
			if (icmpkit_trace_probe(trace, ttl, query)->state != TRACE_IN_FLIGHT)
				continue;
			int64_t at_ns = icmpkit_trace_give_up_ns(trace, ttl, query);

			next_ns = at_ns < next_ns ? at_ns : next_ns;
		}
	}
	return next_ns;
}

int64_t icmpkit_trace_deadline_ns(const struct icmpkit_trace *trace)
{
	unsigned int ttl;
	unsigned int query;

	if (trace->has_ended)
		return ICMPKIT_NEVER_NS;
	int64_t next_ns = next_give_up_ns(trace);

	if (icmpkit_trace_next_probe(trace, &ttl, &query) && trace->next_send_ns < next_ns)
		return trace->next_send_ns;
	/* Nothing to wait for: the end is due. */
	return next_ns == ICMPKIT_NEVER_NS ? trace->next_send_ns : next_ns;
}

void icmpkit_trace_stop(struct icmpkit_trace *trace, int64_t now_ns)
{
	if (trace->has_ended)
		return;
	trace->is_asked_to_stop = true;
	trace->has_ended = true;
	trace->ended_ns = now_ns;
	trace->end_reason = ICMPKIT_TRACE_STOP_ASKED;
}

static int64_t engine_deadline_ns(const void *engine)
{
	return icmpkit_trace_deadline_ns(engine);
}

static int engine_send(void *engine, int64_t now_ns, uint8_t *buf, size_t cap, struct icmpkit_probe *out)
{
	return icmpkit_trace_send(engine, now_ns, buf, cap, out);
}

static void engine_receive(void *engine, int64_t now_ns, const struct icmpkit_arrival *arrival)
{
	icmpkit_trace_receive(engine, now_ns, arrival);
}

struct icmpkit_engine icmpkit_trace_engine(struct icmpkit_trace *trace)
{
	static const struct icmpkit_engine_operations operations = {
		.name = "trace",
		.deadline_ns = engine_deadline_ns,
		.send = engine_send,
		.receive = engine_receive,
	};

	return (struct icmpkit_engine){.operations = &operations, .self = trace};
}
