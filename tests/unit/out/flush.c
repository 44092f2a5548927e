/* SPDX-License-Identifier: BSD-2-Clause */
/* Text leaves whole or not at all. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "out/format.h"

static void a_text_is_written_whole_and_then_empty(void **state)
{
	char buf[64];
	char got[64] = "";
	struct icmpkit_text text;
	int ends[2];

	(void)state;
	assert_int_equal(pipe2(ends, O_NONBLOCK | O_CLOEXEC), 0);
	icmpkit_text_init(&text, buf, sizeof(buf));
	icmpkit_text_put(&text, "a line\nand another\n");
	assert_int_equal(icmpkit_out_flush(&text, ends[1]), 0);
	assert_int_equal(text.len, 0);
	assert_string_equal(buf, "");
	assert_int_equal(read(ends[0], got, sizeof(got) - 1), 19);
	assert_string_equal(got, "a line\nand another\n");
	(void)close(ends[0]);
	(void)close(ends[1]);
}

static void nothing_of_a_text_longer_than_its_buffer_is_written(void **state)
{
	char buf[8];
	char got[8];
	struct icmpkit_text text;
	int ends[2];

	(void)state;
	assert_int_equal(pipe2(ends, O_NONBLOCK | O_CLOEXEC), 0);
	icmpkit_text_init(&text, buf, sizeof(buf));
	icmpkit_text_put(&text, "12345678");
	assert_int_equal(icmpkit_out_flush(&text, ends[1]), ICMPKIT_ERR_NO_SPACE);
	assert_int_equal(read(ends[0], got, sizeof(got)), -1);
	assert_int_equal(errno, EAGAIN);
	(void)close(ends[0]);
	(void)close(ends[1]);
}

static void nobody_at_the_other_end_is_an_error(void **state)
{
	char buf[8];
	struct icmpkit_text text;
	int ends[2];

	(void)state;
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	(void)close(ends[0]);
	assert_true(signal(SIGPIPE, SIG_IGN) != SIG_ERR);
	icmpkit_text_init(&text, buf, sizeof(buf));
	icmpkit_text_put(&text, "1234567");
	assert_int_equal(icmpkit_out_flush(&text, ends[1]), -EPIPE);
	assert_int_equal(text.len, 7);
	(void)close(ends[1]);
}

static void no_descriptor_at_all_is_an_error_unless_there_is_nothing_to_write(void **state)
{
	char buf[8];
	struct icmpkit_text text;

	(void)state;
	icmpkit_text_init(&text, buf, sizeof(buf));
	assert_int_equal(icmpkit_out_flush(&text, -1), 0);
	icmpkit_text_put_char(&text, 'x');
	assert_int_equal(icmpkit_out_flush(&text, -1), -EBADF);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_is_written_whole_and_then_empty),
		cmocka_unit_test(nothing_of_a_text_longer_than_its_buffer_is_written),
		cmocka_unit_test(nobody_at_the_other_end_is_an_error),
		cmocka_unit_test(no_descriptor_at_all_is_an_error_unless_there_is_nothing_to_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
