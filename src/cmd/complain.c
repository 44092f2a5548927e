/* SPDX-License-Identifier: BSD-2-Clause */
/* Complaints: one line to standard error. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <icmpkit/text.h>

#include "cmd/command.h"

#define COMPLAINT_MAX 4096

void icmpkit_complain(const char *command, const char *format, ...)
{
	char raw[COMPLAINT_MAX];
	char line[COMPLAINT_MAX];
	struct icmpkit_text text;
	va_list values;

	va_start(values, format);
	/* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): va_start() stands above; clang 14 misses it */
	(void)vsnprintf(raw, sizeof(raw), format, values);
	va_end(values);
	icmpkit_text_init(&text, line, sizeof(line) - 1);
	icmpkit_text_put(&text, "icmp");
	if (command != NULL) {
		icmpkit_text_put_char(&text, ' ');
		icmpkit_text_put(&text, command);
	}
	icmpkit_text_put(&text, ": ");
	icmpkit_text_put_escaped(&text, (struct icmpkit_bytes){(const uint8_t *)raw, strlen(raw)});
	line[text.len] = '\n';
	/* Where even this cannot be written there is nobody to tell. */
	ssize_t written = write(STDERR_FILENO, line, text.len + 1);

	(void)written;
}

const char *icmpkit_error_words(int err)
{
	const char *ours = icmpkit_error_text(err);

	return ours == NULL ? strerror(-err) : ours;
}
