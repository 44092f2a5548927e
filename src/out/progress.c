/* SPDX-License-Identifier: BSD-2-Clause */
/* The progress line. */
#include "out/progress.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <icmpkit/text.h>

#define LINE_MAX_BYTES 256
#define CHANGE_NS (100 * ICMPKIT_NS_PER_MS)
#define DEFAULT_COLUMNS 80

void icmpkit_progress_init(struct icmpkit_progress *progress)
{
	const char *terminal = getenv("TERM");

	*progress = (struct icmpkit_progress){
		.is_possible =
			isatty(STDERR_FILENO) == 1 && terminal != NULL && strcmp(terminal, "dumb") != 0,
	};
}

static void write_error(const char *bytes, size_t len)
{
	ssize_t written = write(STDERR_FILENO, bytes, len);

	(void)written; /* a decoration */
}

static size_t columns(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
		return DEFAULT_COLUMNS;
	return size.ws_col;
}

void icmpkit_progress_show(struct icmpkit_progress *progress, int64_t now_ns, const char *line)
{
	char buf[LINE_MAX_BYTES];
	struct icmpkit_text text;
	size_t width = columns() - 1;

	if (!progress->is_possible)
		return;
	icmpkit_text_init(&text, buf, sizeof(buf));
	icmpkit_text_put(&text, "\r\033[K");
	icmpkit_text_put_bytes(&text, line, strlen(line) < width ? strlen(line) : width);
	write_error(buf, text.len);
	progress->is_visible = true;
	progress->shown_ns = now_ns;
}

void icmpkit_progress_show_often(struct icmpkit_progress *progress, int64_t now_ns, const char *line)
{
	if (!progress->is_visible || now_ns - progress->shown_ns >= CHANGE_NS)
		icmpkit_progress_show(progress, now_ns, line);
}

void icmpkit_progress_clear(struct icmpkit_progress *progress)
{
	if (!progress->is_visible)
		return;
	write_error("\r\033[K", 4);
	progress->is_visible = false;
}
