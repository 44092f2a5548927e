/* SPDX-License-Identifier: BSD-2-Clause */
/* The progress line, on a terminal made for the test. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cmocka.h>

#include "skipped.h"

#include "out/progress.h"

#define SHOWN_EVERY_NS (100 * ICMPKIT_NS_PER_MS)

/* A terminal in place of standard error. @master: what is read there was written to it; -1: there is none. */
struct terminal {
	int master;
	int old_stderr;
};

static struct terminal terminal_open(unsigned short columns)
{
	struct terminal t = {.master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)};
	struct winsize size = {.ws_row = 24, .ws_col = columns};

	assert_true(t.master >= 0);
	assert_int_equal(grantpt(t.master), 0);
	assert_int_equal(unlockpt(t.master), 0);
	int slave = ioctl(t.master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);

	assert_true(slave >= 0);
	assert_int_equal(ioctl(slave, TIOCSWINSZ, &size), 0);
	t.old_stderr = dup(STDERR_FILENO);
	assert_true(t.old_stderr >= 0);
	assert_true(dup2(slave, STDERR_FILENO) >= 0);
	(void)close(slave);
	return t;
}

static void terminal_close(struct terminal *t)
{
	(void)dup2(t->old_stderr, STDERR_FILENO);
	(void)close(t->old_stderr);
	(void)close(t->master);
}

/* Is there a /dev/pts? */
static bool has_terminals(void)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);

	if (master >= 0)
		(void)close(master);
	return master >= 0;
}

/* What was written since. */
static const char *written(const struct terminal *t, char *buf, size_t cap)
{
	ssize_t len = read(t->master, buf, cap - 1);

	buf[len > 0 ? len : 0] = '\0';
	return buf;
}

static void a_line_replaces_the_one_before_and_is_gone_at_the_end(void **state)
{
	struct icmpkit_progress progress;
	struct terminal t = terminal_open(80);
	char buf[512];

	(void)state;
	assert_int_equal(setenv("TERM", "xterm", 1), 0);
	icmpkit_progress_init(&progress);
	assert_true(progress.is_possible);
	icmpkit_progress_clear(&progress);
	assert_string_equal(written(&t, buf, sizeof(buf)), "");
	icmpkit_progress_show(&progress, 0, "one");
	assert_string_equal(written(&t, buf, sizeof(buf)), "\r\033[Kone");
	icmpkit_progress_show_often(&progress, SHOWN_EVERY_NS - 1, "too soon");
	assert_string_equal(written(&t, buf, sizeof(buf)), "");
	icmpkit_progress_show(&progress, 1, "one and a half");
	assert_string_equal(written(&t, buf, sizeof(buf)), "\r\033[Kone and a half");
	icmpkit_progress_show_often(&progress, SHOWN_EVERY_NS + 1, "two");
	assert_string_equal(written(&t, buf, sizeof(buf)), "\r\033[Ktwo");
	icmpkit_progress_clear(&progress);
	assert_string_equal(written(&t, buf, sizeof(buf)), "\r\033[K");
	icmpkit_progress_clear(&progress);
	assert_string_equal(written(&t, buf, sizeof(buf)), "");
	icmpkit_progress_show(&progress, SHOWN_EVERY_NS, "three");
	assert_string_equal(written(&t, buf, sizeof(buf)), "\r\033[Kthree");
	terminal_close(&t);
}

static void a_line_wider_than_the_terminal_is_cut(void **state)
{
	struct icmpkit_progress progress;
	struct terminal t = terminal_open(10);
	char line[600];
	char buf[1024];

	(void)state;
	assert_int_equal(setenv("TERM", "xterm", 1), 0);
	icmpkit_progress_init(&progress);
	icmpkit_progress_show(&progress, 0, "0123456789");
	assert_string_equal(written(&t, buf, sizeof(buf)), "\r\033[K012345678");
	terminal_close(&t);
	/* Wider than the buffer, too. */
	t = terminal_open(1000);
	memset(line, 'x', sizeof(line) - 1);
	line[sizeof(line) - 1] = '\0';
	icmpkit_progress_init(&progress);
	icmpkit_progress_show(&progress, 0, line);
	assert_memory_equal(written(&t, buf, sizeof(buf)), "\r\033[Kxxx", 7);
	terminal_close(&t);
}

static void without_a_terminal_that_can_there_is_no_line(void **state)
{
	struct icmpkit_progress progress;
	struct terminal t = terminal_open(80);
	char buf[512];
	int ends[2];

	(void)state;
	assert_int_equal(setenv("TERM", "dumb", 1), 0);
	icmpkit_progress_init(&progress);
	assert_false(progress.is_possible);
	icmpkit_progress_show(&progress, 0, "one");
	icmpkit_progress_clear(&progress);
	assert_string_equal(written(&t, buf, sizeof(buf)), "");
	assert_int_equal(unsetenv("TERM"), 0);
	icmpkit_progress_init(&progress);
	assert_false(progress.is_possible);
	assert_int_equal(setenv("TERM", "xterm", 1), 0);
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	assert_true(dup2(ends[1], STDERR_FILENO) >= 0);
	icmpkit_progress_init(&progress);
	assert_false(progress.is_possible);
	(void)close(ends[0]);
	(void)close(ends[1]);
	terminal_close(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_replaces_the_one_before_and_is_gone_at_the_end),
		cmocka_unit_test(a_line_wider_than_the_terminal_is_cut),
		cmocka_unit_test(without_a_terminal_that_can_there_is_no_line),
	};

	if (!has_terminals())
		return skipped("this system makes no pseudo-terminals");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
