/* SPDX-License-Identifier: BSD-2-Clause */
/* Options by a table: what is set, what is refused and with which words, and the help that comes of it. */
#include <getopt.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "cmd/command.h"
#include "cmd/option_table.h"

#define ARGUMENTS_MAX 16

struct settings {
	struct common_settings common;
	uint64_t count;
	int64_t wait_ns;
	int shape;
	int level;
	bool is_quiet;
};

#define AT(member) offsetof(struct settings, member)

static const char *const shapes[] = {"round", "square", NULL};

static const struct command_option options[] = {
	{'c', "count", "N", "how many", OPTION_NUMBER, AT(count), 1, 100, NULL},
	{'w', "wait", "TIME", "how long", OPTION_SECONDS, AT(wait_ns), ICMPKIT_NS_PER_MS,
	 3600 * ICMPKIT_NS_PER_S, NULL},
	{0, "shape", "WHICH", "round or square", OPTION_CHOICE, AT(shape), 0, 0, shapes},
	{'l', "low", NULL, "the low level", OPTION_SET, AT(level), 3, 0, NULL},
	{'q', "quiet", NULL, "say less", OPTION_FLAG, AT(is_quiet), 0, 0, NULL},
	OPTION_ROW_INTERFACE('I'),
	OPTION_ROW_SOURCE('S'),
	OPTION_ROW_MARK(0),
};

static const struct command command = {
	.name = "try",
	.arguments = "TARGET...",
	.summary = "tries options",
	.options = options,
	.option_count = sizeof(options) / sizeof(options[0]),
};

/* What came of a line of arguments. */
struct reading {
	int status;
	int first;
	int argc;
	char *argv[ARGUMENTS_MAX + 1];
	char line[256];
	struct settings settings;
	char complaint[4096];
	char printed[16384];
};

/* The arguments stand in @line with a "|" between them, so that one may be empty. */
static void split(struct reading *r, const char *line)
{
	char *p = r->line;

	assert_true(strlen(line) < sizeof(r->line));
	memcpy(r->line, line, strlen(line) + 1);
	for (r->argc = 0; p != NULL && r->argc < ARGUMENTS_MAX; r->argc++) {
		r->argv[r->argc] = p;
		p = strchr(p, '|');
		if (p != NULL)
			*p++ = '\0';
	}
	r->argv[r->argc] = NULL;
}

/* A file in place of a descriptor. @kept: the descriptor itself. */
static int divert(int fd, int *kept)
{
	int file = memfd_create("diverted", MFD_CLOEXEC);

	assert_true(file >= 0);
	*kept = dup(fd);
	assert_true(*kept >= 0);
	assert_true(dup2(file, fd) >= 0);
	return file;
}

static void put_back(int fd, int kept, int file, char *buf, size_t cap)
{
	ssize_t len = pread(file, buf, cap - 1, 0);

	(void)dup2(kept, fd);
	(void)close(kept);
	(void)close(file);
	assert_true(len >= 0);
	buf[len] = '\0';
}

/* getopt_long(3) keeps its place inside a group of letters; a program has one line only, these tests have
 * many. */
static void forget_the_line_before(void)
{
	char name[] = "try";
	char *argv[] = {name, NULL};

	optind = 0;
	assert_int_equal(getopt(1, argv, ""), -1);
}

static void read_line(struct reading *r, const char *line)
{
	int kept_out;
	int kept_err;

	memset(r, 0, sizeof(*r));
	r->settings = (struct settings){.count = 5, .shape = -1, .common.colour = COLOUR_AUTO};
	split(r, line);
	forget_the_line_before();
	(void)fflush(stdout);
	int out = divert(STDOUT_FILENO, &kept_out);
	int err = divert(STDERR_FILENO, &kept_err);

	r->status = icmpkit_options_read(&command, &r->settings, r->argc, r->argv, &r->first);
	put_back(STDERR_FILENO, kept_err, err, r->complaint, sizeof(r->complaint));
	put_back(STDOUT_FILENO, kept_out, out, r->printed, sizeof(r->printed));
}

/* The line is read, and nothing is said. */
static void accept(struct reading *r, const char *line)
{
	read_line(r, line);
	assert_int_equal(r->status, -1);
	assert_string_equal(r->complaint, "");
	assert_string_equal(r->printed, "");
}

static void refuse(const char *line, const char *complaint)
{
	struct reading r;

	read_line(&r, line);
	assert_int_equal(r.status, EXIT_NOT_ASKED);
	assert_string_equal(r.complaint, complaint);
	assert_string_equal(r.printed, "");
}

static void without_options_the_defaults_stay(void **state)
{
	struct reading r;

	(void)state;
	accept(&r, "try");
	assert_int_equal(r.settings.count, 5);
	assert_int_equal(r.settings.shape, -1);
	assert_int_equal(r.first, 1);
	assert_int_equal(r.settings.common.family, ICMPKIT_FAMILY_NONE);
}

static void own_options_set_what_their_row_says(void **state)
{
	struct reading r;

	(void)state;
	accept(&r, "try|-c|100|-w20ms|--shape|square|-l|--quiet");
	assert_int_equal(r.settings.count, 100);
	assert_true(r.settings.wait_ns == 20 * ICMPKIT_NS_PER_MS);
	assert_int_equal(r.settings.shape, 1);
	assert_int_equal(r.settings.level, 3);
	assert_true(r.settings.is_quiet);
	accept(&r, "try|--count=7|--wait=1h|--shape=round|-qlc1");
	assert_int_equal(r.settings.count, 1);
	assert_true(r.settings.wait_ns == 3600 * ICMPKIT_NS_PER_S);
	assert_int_equal(r.settings.shape, 0);
	assert_int_equal(r.settings.level, 3);
	assert_true(r.settings.is_quiet);
}

static void common_options_are_known_to_every_command(void **state)
{
	struct icmpkit_address source;
	struct reading r;

	(void)state;
	accept(&r, "try|-4|--names|--json|-v|-I|eth0|-S|2001:db8::1|--mark|4294967295|--color=never");
	assert_int_equal(r.settings.common.family, ICMPKIT_IPV4);
	assert_int_equal(r.settings.common.has_names, 1);
	assert_true(r.settings.common.is_json);
	assert_true(r.settings.common.is_verbose);
	assert_string_equal(r.settings.common.interface, "eth0");
	assert_int_equal(icmpkit_address_parse("2001:db8::1", &source), 0);
	assert_true(icmpkit_address_equal(&r.settings.common.source, &source));
	assert_int_equal(r.settings.common.mark, UINT32_MAX);
	assert_int_equal(r.settings.common.colour, COLOUR_NEVER);
	accept(&r, "try|-4|-6|--names|-n");
	assert_int_equal(r.settings.common.family, ICMPKIT_IPV6);
	assert_int_equal(r.settings.common.has_names, 0);
}

static void a_value_that_may_be_left_out_is_the_last_of_its_choices(void **state)
{
	struct reading r;

	(void)state;
	accept(&r, "try|--color|server");
	assert_int_equal(r.settings.common.colour, COLOUR_ALWAYS);
	assert_string_equal(r.argv[r.first], "server");
	accept(&r, "try|--color=auto");
	assert_int_equal(r.settings.common.colour, COLOUR_AUTO);
}

static void other_arguments_stand_together_at_the_end(void **state)
{
	struct reading r;

	(void)state;
	accept(&r, "try|one|-q|two|-c|3|--|-4|--json");
	assert_int_equal(r.argc - r.first, 4);
	assert_string_equal(r.argv[r.first], "one");
	assert_string_equal(r.argv[r.first + 1], "two");
	assert_string_equal(r.argv[r.first + 2], "-4");
	assert_string_equal(r.argv[r.first + 3], "--json");
	assert_int_equal(r.settings.common.family, ICMPKIT_FAMILY_NONE);
}

static void values_that_cannot_be_are_refused_with_what_can(void **state)
{
	static const struct {
		const char *line;
		const char *complaint;
	} cases[] = {
		{"try|-c|0", "icmp try: -c \"0\": this is to be a whole number from 1 to 100\n"},
		{"try|--count=101",
		 "icmp try: --count \"101\": this is to be a whole number from 1 to 100\n"},
		{"try|-c|", "icmp try: -c \"\": this is to be a whole number from 1 to 100\n"},
		{"try|-c|-1", "icmp try: -c \"-1\": this is to be a whole number from 1 to 100\n"},
		{"try|-w|1e3",
		 "icmp try: -w \"1e3\": this is to be seconds, or a number with ns, us, ms, s, m "
		 "or h, from 1ms to 3600s\n"},
		{"try|--shape|Round", "icmp try: --shape \"Round\": this is to be one of round, square\n"},
		{"try|--color=blue",
		 "icmp try: --color \"blue\": this is to be one of auto, never, always\n"},
		{"try|--color=", "icmp try: --color \"\": this is to be one of auto, never, always\n"},
		{"try|-S|1.2.3", "icmp try: -S \"1.2.3\": this is to be an IPv4 or IPv6 address\n"},
		{"try|-I|", "icmp try: -I \"\": this is to be something\n"},
		{"try|--mark|4294967296",
		 "icmp try: --mark \"4294967296\": this is to be a whole number from 0 to 4294967295\n"},
		{"try|-c|\033[2J\n",
		 "icmp try: -c \"\\x1b[2J\\x0a\": this is to be a whole number from 1 to 100\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		refuse(cases[i].line, cases[i].complaint);
}

static void unknown_options_are_refused_by_their_name(void **state)
{
	(void)state;
	refuse("try|-x", "icmp try: there is no option -x; see icmp try --help\n");
	refuse("try|-qx", "icmp try: there is no option -x; see icmp try --help\n");
	refuse("try|-\xff", "icmp try: there is no option -\\xff; see icmp try --help\n");
	refuse("try|--bogus", "icmp try: --bogus: no such option, or not this way; see icmp try --help\n");
	refuse("try|--json=yes",
	       "icmp try: --json=yes: no such option, or not this way; see icmp try --help\n");
	/* "--count" or "--color"? */
	refuse("try|--co", "icmp try: --co: no such option, or not this way; see icmp try --help\n");
}

static void an_option_without_its_value_is_refused_with_what_it_needs(void **state)
{
	(void)state;
	refuse("try|-c", "icmp try: -c needs a value (N); see icmp try --help\n");
	refuse("try|server|--wait", "icmp try: --wait needs a value (TIME); see icmp try --help\n");
	refuse("try|--shape", "icmp try: --shape needs a value (WHICH); see icmp try --help\n");
}

static void the_help_has_a_line_for_every_option(void **state)
{
	struct reading r;
	const struct command_option *option;

	(void)state;
	read_line(&r, "try|-c|3|--help|-x");
	assert_int_equal(r.status, EXIT_YES);
	assert_string_equal(r.complaint, "");
	assert_non_null(strstr(r.printed, "usage: icmp try [OPTION...] TARGET...\n\ntries options\n\n"
					  "  -c, --count N           how many\n"));
	assert_non_null(strstr(r.printed, "\n      --color[=WHEN]      auto, always or never (auto)\n"));
	for (size_t i = 0; (option = icmpkit_option_at(&command, i)) != NULL; i++) {
		assert_non_null(strstr(r.printed, option->name));
		assert_non_null(strstr(r.printed, option->help));
	}
	for (const char *line = r.printed; *line != '\0'; line += strcspn(line, "\n") + 1)
		assert_true(strcspn(line, "\n") <= 80);
}

static void the_version_is_one_line(void **state)
{
	struct reading r;

	(void)state;
	read_line(&r, "try|--version");
	assert_int_equal(r.status, EXIT_YES);
	assert_string_equal(r.printed, "icmp (icmpkit) 7.8.9\n");
	assert_string_equal(r.complaint, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_options_the_defaults_stay),
		cmocka_unit_test(own_options_set_what_their_row_says),
		cmocka_unit_test(common_options_are_known_to_every_command),
		cmocka_unit_test(a_value_that_may_be_left_out_is_the_last_of_its_choices),
		cmocka_unit_test(other_arguments_stand_together_at_the_end),
		cmocka_unit_test(values_that_cannot_be_are_refused_with_what_can),
		cmocka_unit_test(unknown_options_are_refused_by_their_name),
		cmocka_unit_test(an_option_without_its_value_is_refused_with_what_it_needs),
		cmocka_unit_test(the_help_has_a_line_for_every_option),
		cmocka_unit_test(the_version_is_one_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
