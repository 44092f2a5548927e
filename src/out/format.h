/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * format.h - How results are shown: for each measurement a set of functions, one set a format.
 *
 * They write into a text and touch nothing else; the caller sends it to standard output. Whatever comes from
 * the network is escaped here.
 */
#ifndef OUT_FORMAT_H
#define OUT_FORMAT_H

#include <icmpkit/diagnose.h>
#include <icmpkit/network.h>
#include <icmpkit/ping.h>
#include <icmpkit/text.h>
#include <icmpkit/trace.h>

/** Room for the longest piece that a format writes at a time. */
#define ICMPKIT_OUT_MAX 4194304

/** What is asked about, as the user named it. */
struct icmpkit_subject {
	const char *name;
	struct icmpkit_address address;
};

/** What all formats need to know of the run. */
struct icmpkit_shown {
	struct icmpkit_reverse_names *names; /* NULL: addresses only */
	bool is_quiet;
	bool has_timestamps;
	bool has_colour;
	bool has_utf8;
};

struct icmpkit_ping_format {
	void (*begin)(struct icmpkit_text *text, const struct icmpkit_subject *targets, size_t count,
		      uint32_t data_bytes);
	void (*event)(struct icmpkit_text *text, const struct icmpkit_shown *shown,
		      const struct icmpkit_subject *targets, size_t count,
		      const struct icmpkit_ping_event *event);
	/* The statistics so far. */
	void (*status)(struct icmpkit_text *text, const struct icmpkit_subject *target,
		       const struct icmpkit_ping_statistics *statistics);
	/* Once before the summaries. */
	void (*end)(struct icmpkit_text *text, size_t count);
	void (*summary)(struct icmpkit_text *text, const struct icmpkit_subject *target, size_t count,
			const struct icmpkit_ping_statistics *statistics);
};

extern const struct icmpkit_ping_format icmpkit_ping_text;
extern const struct icmpkit_ping_format icmpkit_ping_json;

/** The trace so far, for the functions that show it. */
struct icmpkit_trace_view {
	const struct icmpkit_trace *trace;
	struct icmpkit_trace_options opt;
	struct icmpkit_subject target;
	uint8_t queries;
	uint8_t max_ttl;
};

struct icmpkit_trace_format {
	void (*begin)(struct icmpkit_text *text, const struct icmpkit_trace_view *view);
	void (*hop)(struct icmpkit_text *text, const struct icmpkit_shown *shown,
		    const struct icmpkit_trace_view *view, uint8_t ttl);
	void (*end)(struct icmpkit_text *text, const struct icmpkit_trace_view *view);
};

extern const struct icmpkit_trace_format icmpkit_trace_text;
extern const struct icmpkit_trace_format icmpkit_trace_json;

struct icmpkit_diagnose_format {
	void (*event)(struct icmpkit_text *text, const struct icmpkit_shown *shown,
		      const struct icmpkit_subject *target, const struct icmpkit_diagnose_event *event);
	void (*end)(struct icmpkit_text *text, const struct icmpkit_shown *shown,
		    const struct icmpkit_subject *target, const struct icmpkit_address *source,
		    const struct icmpkit_diagnosis *result);
};

extern const struct icmpkit_diagnose_format icmpkit_diagnose_text;
extern const struct icmpkit_diagnose_format icmpkit_diagnose_json;

/** "2026-11-24T14:18:08.123456789Z" (RFC 3339): now. */
void icmpkit_put_now(struct icmpkit_text *text);
/** The key "time" with the same. */
void icmpkit_json_now(struct icmpkit_json *json);
/** "icmp":{"type":3,"code":0,"name":"net unreachable"} */
void icmpkit_json_icmp(struct icmpkit_json *json, enum icmpkit_family family, uint8_t type, uint8_t code);
/** An address, with its name in front where one is known. */
void icmpkit_put_named(struct icmpkit_text *text, const struct icmpkit_shown *shown,
		       const struct icmpkit_address *address);
/** A name as the user gave it, escaped. */
void icmpkit_put_name(struct icmpkit_text *text, const char *name);

/**
 * icmpkit_out_flush() - Write the text to a descriptor and empty it.
 *
 * Return: 0, or -errno, or ICMPKIT_ERR_NO_SPACE when the text was too long for its buffer: then nothing is
 * written, for half a line is worse than none.
 */
ICMPKIT_CHECK_RESULT int icmpkit_out_flush(struct icmpkit_text *text, int fd);

#endif
