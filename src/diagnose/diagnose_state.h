/* SPDX-License-Identifier: BSD-2-Clause */
/** diagnose_state.h - What the files of the diagnosis engine share. */
#ifndef DIAGNOSE_STATE_H
#define DIAGNOSE_STATE_H

#include "diagnose/hypothesis.h"

/* One of the first step, and at most five of the one behind it. */
#define DIAGNOSE_CHILDREN_MAX 6

enum diagnose_step {
	STEP_PATH,    /* every hop by echo */
	STEP_SURVEY,  /* the target answers: the hops once more, for findings */
	STEP_CONFIRM, /* somebody reports an error, or packets go round: once more */
	STEP_SILENCE, /* nobody answers any more: other probes, and patience */
};

/* A trace of the present step or an earlier one. */
struct diagnose_child {
	struct icmpkit_trace *trace;
	struct icmpkit_trace_options opt;
	bool has_ended;
};

struct icmpkit_diagnose {
	struct icmpkit_diagnose_options opt;
	struct evidence evidence;
	struct icmpkit_diagnosis result;
	enum diagnose_step at;
	const char *step; /* words of a step just begun, not yet given as an event */
	int64_t started_ns;
	int64_t step_started_ns;
	uint64_t traces_begun; /* each has tokens of its own */
	bool is_finished;
	size_t next_turn;
	size_t first_running; /* the children before it belong to earlier steps */
	size_t child_count;
	struct diagnose_child children[DIAGNOSE_CHILDREN_MAX];
};

/** Begin the first step. Return: 0, or -ENOMEM, or ICMPKIT_ERR_RANGE. */
ICMPKIT_CHECK_RESULT int icmpkit_plan_first(struct icmpkit_diagnose *diagnose, int64_t now_ns);
/** Begin the step that the evidence asks for. Return: false when nothing more is to be asked. */
bool icmpkit_plan_next(struct icmpkit_diagnose *diagnose, int64_t now_ns);

#endif
