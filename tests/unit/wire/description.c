/* SPDX-License-Identifier: BSD-2-Clause */
/* The descriptions themselves: each at its place, its fields without gaps, its keys unique and in one style.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wire/description.h"

/* Calls @check on every description there is; gives how many there were. */
static size_t for_each(void (*check)(const struct icmpkit_message_description *description))
{
	static const enum icmpkit_family families[] = {ICMPKIT_IPV4, ICMPKIT_IPV6};
	size_t count = 0;

	for (size_t i = 0; i < 2; i++) {
		for (unsigned int type = 0; type < 256; type++) {
			const struct icmpkit_message_description *description =
				icmpkit_message_description(families[i], (uint8_t)type);

			if (description == NULL)
				continue;
			assert_int_equal(description->family, families[i]);
			assert_int_equal(description->type, type);
			check(description);
			count++;
		}
	}
	return count;
}

static void check_whole(const struct icmpkit_message_description *description)
{
	assert_non_null(description->name);
	assert_non_null(description->rfc);
	assert_int_not_equal(description->kind, ICMPKIT_KIND_UNKNOWN);
	assert_true(description->fixed_bytes >= MESSAGE_HEADER_BYTES);
	assert_non_null(description->decode);
	assert_non_null(description->encode);
}

static void every_description_is_whole_and_at_its_place(void **state)
{
	(void)state;
	assert_true(for_each(check_whole) >= 14);
}

static void check_fields(const struct icmpkit_message_description *description)
{
	unsigned int next_bit = 8 * MESSAGE_HEADER_BYTES;

	for (size_t i = 0; i < description->field_count; i++) {
		const struct icmpkit_field *field = &description->fields[i];

		assert_int_equal(field->first_bit, next_bit);
		assert_true(field->bits > 0);
		assert_true(field->member_at + field->member_bytes <= sizeof(struct icmpkit_message));
		assert_true(strlen(field->meaning) > 0);
		next_bit += field->bits;
	}
	assert_int_equal(next_bit, 8 * description->fixed_bytes);
}

static void fields_follow_each_other_without_a_gap(void **state)
{
	(void)state;
	(void)for_each(check_fields);
}

static bool is_snake_case(const char *name)
{
	return name[0] >= 'a' && name[0] <= 'z' &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name);
}

static void check_names(const struct icmpkit_message_description *description)
{
	for (size_t i = 0; i < description->field_count; i++) {
		assert_true(is_snake_case(description->fields[i].name));
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(description->fields[i].name, description->fields[j].name);
	}
	for (size_t i = 0; i < description->code_count; i++)
		assert_true((description->codes[i].name == NULL) == (description->codes[i].rfc == NULL));
}

static void names_of_fields_are_unique_keys_in_snake_case(void **state)
{
	(void)state;
	(void)for_each(check_names);
}

/* RFC 4884 4: the length is an octet of the fixed part, called so in the description. */
static void check_length_field(const struct icmpkit_message_description *description)
{
	bool found = false;

	if (description->quote_unit_bytes == 0)
		return;
	assert_int_equal(description->tail, TAIL_QUOTE);
	assert_int_equal(description->quote_unit_bytes, description->family == ICMPKIT_IPV4 ? 4 : 8);
	for (size_t i = 0; i < description->field_count; i++) {
		const struct icmpkit_field *field = &description->fields[i];

		if (strcmp(field->name, "length") == 0)
			found = field->bits == 8 && field->first_bit == 8 * description->quote_length_at;
	}
	assert_true(found);
}

static void the_length_of_rfc_4884_is_where_the_fields_say(void **state)
{
	(void)state;
	(void)for_each(check_length_field);
}

static void bits_are_loaded_and_stored_at_any_place(void **state)
{
	(void)state;
	for (size_t first = 0; first < 8; first++) {
		for (size_t bits = 1; bits + first <= 64; bits++) {
			uint64_t ones = bits == 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
			uint64_t value = UINT64_C(0xa5c3f00f123489ab) & ones;
			uint8_t wire[8] = {0};

			assert_true(store_bits(wire, first, bits, value));
			assert_true(load_bits(wire, first, bits) == value);
			/* what lies beside is untouched */
			assert_true(load_bits(wire, 0, 64) == value << (64 - bits - first));
			if (bits < 64)
				assert_false(store_bits(wire, first, bits, ones + 1));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_description_is_whole_and_at_its_place),
		cmocka_unit_test(fields_follow_each_other_without_a_gap),
		cmocka_unit_test(names_of_fields_are_unique_keys_in_snake_case),
		cmocka_unit_test(the_length_of_rfc_4884_is_where_the_fields_say),
		cmocka_unit_test(bits_are_loaded_and_stored_at_any_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
