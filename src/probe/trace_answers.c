/* SPDX-License-Identifier: BSD-2-Clause */
/* The trace engine: what an arrival means for a probe. */
#include <icmpkit/extension.h>
#include <icmpkit/numbers.h>

#include "probe/trace_state.h"

#define MPLS_MAX                                                                                             \
	(sizeof(((struct icmpkit_trace_reply *)NULL)->mpls) /                                                \
	 sizeof(((struct icmpkit_trace_reply *)NULL)->mpls[0]))

static void push_answer(struct icmpkit_trace *trace, enum icmpkit_trace_event_kind kind,
			const struct icmpkit_trace_reply *reply)
{
	if (trace->event_count == TRACE_ANSWERS_MAX) {
		trace->events_left_out++;
		return;
	}
	trace->answers[(trace->event_first + trace->event_count++) % TRACE_ANSWERS_MAX] =
		(struct icmpkit_trace_event){.kind = kind, .reply = *reply};
}

/* Nothing beyond this TTL belongs to the result. */
static void end_at(struct icmpkit_trace *trace, unsigned int ttl, enum icmpkit_trace_stop reason)
{
	if (ttl > trace->end_ttl ||
	    (ttl == trace->end_ttl && trace->end_reason == ICMPKIT_TRACE_STOP_REACHED))
		return;
	trace->end_ttl = ttl;
	trace->end_reason = reason;
}

void icmpkit_trace_settle(struct icmpkit_trace *trace, const struct icmpkit_trace_reply *reply)
{
	struct trace_probe *probe = icmpkit_trace_probe(trace, reply->ttl, reply->query);

	probe->state = TRACE_DONE;
	probe->reply = *reply;
	push_answer(trace, ICMPKIT_TRACE_ANSWER, reply);
	switch (reply->answer) {
	case ICMPKIT_TRACE_TARGET:
		end_at(trace, reply->ttl, ICMPKIT_TRACE_STOP_REACHED);
		break;
	case ICMPKIT_TRACE_UNREACHABLE:
		end_at(trace, reply->ttl, ICMPKIT_TRACE_STOP_UNREACHABLE);
		break;
	case ICMPKIT_TRACE_SEND_FAILED:
		/* If nothing has come of any probe, this host cannot ask; otherwise it is one probe's bad
		 * luck. */
		if (trace->answered_ttl < trace->opt.first_ttl)
			end_at(trace, trace->opt.first_ttl, ICMPKIT_TRACE_STOP_SEND_FAILED);
		return;
	case ICMPKIT_TRACE_LOST:
		return;
	case ICMPKIT_TRACE_TIME_EXCEEDED:
	case ICMPKIT_TRACE_OTHER_ERROR:
		break;
	}
	if (reply->rtt_ns >= trace->slowest_ns[reply->ttl])
		trace->slowest_ns[reply->ttl] = reply->rtt_ns + 1;
	if (reply->ttl > trace->answered_ttl)
		trace->answered_ttl = reply->ttl;
}

static bool is_port_unreachable(const struct icmpkit_message *message)
{
	return message->kind == ICMPKIT_KIND_DESTINATION_UNREACHABLE &&
	       message->code == (message->family == ICMPKIT_IPV4 ? ICMPKIT_V4_PORT_UNREACHABLE
								 : ICMPKIT_V6_PORT_UNREACHABLE);
}

static bool is_fragmentation_needed(const struct icmpkit_message *message)
{
	return message->kind == ICMPKIT_KIND_PACKET_TOO_BIG ||
	       (message->family == ICMPKIT_IPV4 && message->kind == ICMPKIT_KIND_DESTINATION_UNREACHABLE &&
		message->code == ICMPKIT_V4_FRAGMENTATION_NEEDED);
}

static enum icmpkit_trace_answer answer_of(const struct icmpkit_trace *trace,
					   const struct icmpkit_arrival *arrival)
{
	const struct icmpkit_message *message = &arrival->message;

	if (arrival->kind != ICMPKIT_ARRIVAL_ICMP || message->kind == ICMPKIT_KIND_ECHO_REPLY)
		return ICMPKIT_TRACE_TARGET;
	if (message->kind == ICMPKIT_KIND_TIME_EXCEEDED)
		return ICMPKIT_TRACE_TIME_EXCEEDED;
	/* That the port is closed says the target itself. */
	if (trace->opt.method == ICMPKIT_METHOD_UDP && is_port_unreachable(message) &&
	    icmpkit_address_equal(&arrival->from, &trace->opt.target))
		return ICMPKIT_TRACE_TARGET;
	if (message->kind == ICMPKIT_KIND_DESTINATION_UNREACHABLE && !is_fragmentation_needed(message))
		return ICMPKIT_TRACE_UNREACHABLE;
	return ICMPKIT_TRACE_OTHER_ERROR;
}

static void read_mpls(const struct icmpkit_extension *object, struct icmpkit_trace_reply *reply)
{
	struct icmpkit_mpls_entry entry;

	for (size_t i = 0; icmpkit_mpls_entry_at(object, i, &entry); i++) {
		if (reply->mpls_count == MPLS_MAX) {
			if (reply->mpls_more < UINT8_MAX)
				reply->mpls_more++;
			continue;
		}
		reply->mpls[reply->mpls_count].label = entry.label;
		reply->mpls[reply->mpls_count].traffic_class = entry.traffic_class;
		reply->mpls[reply->mpls_count].bottom_of_stack = entry.bottom_of_stack;
		reply->mpls[reply->mpls_count].ttl = entry.ttl;
		reply->mpls_count++;
	}
}

static void read_interface(const struct icmpkit_extension *object, struct icmpkit_trace_reply *reply)
{
	struct icmpkit_interface_information info;

	icmpkit_interface_information_parse(object, &info);
	/* The incoming interface is what a trace is about; another is shown only where it is not told. */
	if (info.malformed || (reply->has_interface && info.role != ICMPKIT_INTERFACE_INCOMING))
		return;
	reply->has_interface = true;
	reply->interface_role = (uint8_t)info.role;
	reply->interface_index = info.has_index ? info.index : 0;
	reply->interface_mtu = info.has_mtu ? info.mtu : 0;
	reply->interface_address = info.address;
	for (size_t i = 0; i < sizeof(reply->interface_name); i++)
		reply->interface_name[i] =
			(char)(i < info.name.len && i + 1 < sizeof(reply->interface_name) ? info.name.data[i]
											  : 0);
}

/* An extension structure whose checksum is wrong is not evidence of anything (RFC 4884 7). */
static void read_extensions(const struct icmpkit_message *message, struct icmpkit_trace_reply *reply)
{
	struct icmpkit_extension_reader reader;
	struct icmpkit_extension object;

	if (message->extension_status == ICMPKIT_EXTENSION_BAD_CHECKSUM)
		return;
	icmpkit_extension_reader_init(&reader, message->extensions);
	while (icmpkit_extension_next(&reader, &object)) {
		if (object.class_num == ICMPKIT_EXTENSION_MPLS && object.c_type == 1)
			read_mpls(&object, reply);
		else if (object.class_num == ICMPKIT_EXTENSION_INTERFACE_INFORMATION)
			read_interface(&object, reply);
	}
}

static uint32_t mtu_of(const struct icmpkit_message *message)
{
	if (!is_fragmentation_needed(message))
		return 0;
	return message->family == ICMPKIT_IPV4 ? message->unreachable.next_hop_mtu : message->too_big.mtu;
}

static void read_message(const struct icmpkit_arrival *arrival, struct icmpkit_trace_reply *reply)
{
	const struct icmpkit_message *message = &arrival->message;

	reply->is_icmp = true;
	reply->icmp_type = message->type;
	reply->icmp_code = message->code;
	if (message->kind == ICMPKIT_KIND_ECHO_REPLY)
		return;
	reply->next_hop_mtu = mtu_of(message);
	/* Where the source is not shown, the system did not hand us the quoted IP header. */
	reply->has_quoted_ttl = arrival->quote.src.family != ICMPKIT_FAMILY_NONE;
	reply->quoted_ttl = reply->has_quoted_ttl ? arrival->quote.hop_limit : 0;
	read_extensions(message, reply);
}

static void take_answer(struct icmpkit_trace *trace, const struct icmpkit_probe_record *record,
			const struct icmpkit_arrival *arrival)
{
	unsigned int ttl = record->owner >> 8;
	unsigned int query = record->owner & 0xff;
	struct trace_probe *probe = icmpkit_trace_probe(trace, ttl, query);
	struct icmpkit_trace_reply reply = {
		.ttl = (uint8_t)ttl,
		.query = (uint8_t)query,
		.from = arrival->from,
		.reply_ttl = arrival->hop_limit,
		.answer = answer_of(trace, arrival),
	};
	bool is_lost = probe->state == TRACE_DONE && probe->reply.answer == ICMPKIT_TRACE_LOST;

	/* The first answer stands. */
	if (ttl > trace->end_ttl || probe->was_late || (probe->state == TRACE_DONE && !is_lost))
		return;
	reply.rtt_ns = icmpkit_round_trip_ns(record, arrival, &reply.clock);
	if (arrival->kind == ICMPKIT_ARRIVAL_ICMP)
		read_message(arrival, &reply);
	/* A verdict of loss is corrected while its hop has not been given. */
	probe->was_late = trace->has_ended || (is_lost && ttl < trace->next_hop);
	if (probe->was_late)
		push_answer(trace, ICMPKIT_TRACE_LATE, &reply);
	else
		icmpkit_trace_settle(trace, &reply);
}

static void take_refusal(struct icmpkit_trace *trace, const struct icmpkit_probe_record *record, int error)
{
	struct icmpkit_trace_reply reply = {
		.answer = ICMPKIT_TRACE_SEND_FAILED,
		.ttl = (uint8_t)(record->owner >> 8),
		.query = (uint8_t)(record->owner & 0xff),
		.rtt_ns = ICMPKIT_NEVER_NS,
		.reply_ttl = -1,
		.error = error,
	};

	if (!trace->has_ended && icmpkit_trace_probe(trace, reply.ttl, reply.query)->state == TRACE_IN_FLIGHT)
		icmpkit_trace_settle(trace, &reply);
}

void icmpkit_trace_receive(struct icmpkit_trace *trace, int64_t now_ns, const struct icmpkit_arrival *arrival)
{
	uint64_t index = arrival->token - trace->opt.token_base;
	struct icmpkit_probe_record *record = icmpkit_ledger_at(&trace->ledger, index);

	(void)now_ns;
	switch (arrival->kind) {
	case ICMPKIT_ARRIVAL_SENT:
		if (record != NULL)
			record->stamp_ns = arrival->stamp_ns;
		return;
	case ICMPKIT_ARRIVAL_SEND_FAILED:
		if (record != NULL)
			take_refusal(trace, record, arrival->error);
		return;
	case ICMPKIT_ARRIVAL_ICMP:
	case ICMPKIT_ARRIVAL_UDP:
	case ICMPKIT_ARRIVAL_TCP:
		if (icmpkit_ledger_match(&trace->ledger, arrival, &index))
			take_answer(trace, icmpkit_ledger_at(&trace->ledger, index), arrival);
		return;
	}
}
