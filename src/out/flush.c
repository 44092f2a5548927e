/* SPDX-License-Identifier: BSD-2-Clause */
/* Text to a descriptor, whole and at once. */
#include <errno.h>
#include <unistd.h>

#include "out/format.h"

int icmpkit_out_flush(struct icmpkit_text *text, int fd)
{
	size_t done = 0;

	if (text->truncated)
		return ICMPKIT_ERR_NO_SPACE;

	while (done < text->len) {
		ssize_t written = write(fd, text->buf + done, text->len - done);

		if (written < 0 && errno != EINTR)
			return -errno;
		done += written < 0 ? 0 : (size_t)written;
	}
	icmpkit_text_init(text, text->buf, text->cap);
	return 0;
}
