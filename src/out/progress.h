/* SPDX-License-Identifier: BSD-2-Clause */
/** progress.h - One line on a terminal's standard error that says what is being done, and is gone when done.
 */
#ifndef OUT_PROGRESS_H
#define OUT_PROGRESS_H

#include <icmpkit/base.h>

struct icmpkit_progress {
	bool is_possible; /* standard error is a terminal */
	bool is_visible;
	int64_t shown_ns;
};

void icmpkit_progress_init(struct icmpkit_progress *progress);
/** Show this instead of what was shown. */
void icmpkit_progress_show(struct icmpkit_progress *progress, int64_t now_ns, const char *line);
/** The same for a line that changes often: one too soon behind the last to be read is left out. */
void icmpkit_progress_show_often(struct icmpkit_progress *progress, int64_t now_ns, const char *line);
void icmpkit_progress_clear(struct icmpkit_progress *progress);

#endif
