#include "models/request.c"

#include "tests/kit.h"

// Q3, the table of domain 3.3.
static void responses_do_to_runner_and_request_what_the_table_says(void **state)
{
    (void)state;
    static const struct {
        uint32_t status;
        bool killed, retried, charged;
        enum outcome outcome;
    } rows[] = {
        {400, false, false, true, OUTCOME_CLIENT_ERROR},
        {404, false, false, false, OUTCOME_CLIENT_ERROR}, // unknown path
        {422, false, false, false, OUTCOME_CLIENT_ERROR}, // bad input
        {429, false, false, true, OUTCOME_CLIENT_ERROR},
        {499, false, false, true, OUTCOME_CLIENT_ERROR},
        {500, false, false, false, OUTCOME_SERVER_ERROR},
        {501, false, false, false, OUTCOME_SERVER_ERROR},
        {502, false, false, false, OUTCOME_SERVER_ERROR},
        {503, true, true, false, OUTCOME_SERVER_ERROR},
        {504, false, true, false, OUTCOME_SERVER_ERROR},
        {599, false, false, false, OUTCOME_SERVER_ERROR},
        {0, true, true, false, OUTCOME_SERVER_ERROR}, // the connection broke
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct ending_row *row = &endings[ending_of_status(rows[i].status)];
        assert_int_equal(row->fate == FATE_KILLED, rows[i].killed);
        assert_int_equal(row->retried, rows[i].retried);
        assert_int_equal(row->charged, rows[i].charged);
        assert_int_equal(row->outcome, rows[i].outcome);
    }
}

// Q3, Q4, P6: the ends that the platform itself brings about.
static void the_fixed_endings(void **state)
{
    (void)state;
    const struct ending_row *ok = &endings[ENDING_OK], *cut = &endings[ENDING_CUT];
    const struct ending_row *timeout = &endings[ENDING_REQUEST_TIMEOUT];
    assert_true(ok->status == 200 && ok->charged && !ok->retried && ok->fate == FATE_STAYS);
    assert_true(timeout->status == 504 && timeout->fate == FATE_KILLED && timeout->retried);
    assert_true(timeout->outcome == OUTCOME_TIMEOUT && !timeout->charged);
    assert_true(cut->status == 503 && cut->retried && !cut->charged);
    assert_int_equal(cut->outcome, OUTCOME_CUT);
}

// C2: nothing for 5xx, nor for 404 and 422; "other 4xx bill" (domain 6.1).
static void what_is_charged_is_what_did_not_fail(void **state)
{
    (void)state;
    for (const struct ending_row *row = endings; row->status != 999; row++)
        assert_int_equal(row->charged, row->status >= 200 && row->status < 500 &&
                                           row->status != 404 && row->status != 422);
}

static void outcomes_have_names_of_their_own(void **state)
{
    (void)state;
    for (int i = 0; i < OUTCOMES; i++) {
        assert_non_null(outcomes[i].name);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(outcomes[i].name, outcomes[j].name);
    }
}

// The caller's own error and what the horizon cut are neither success nor failure; a refusal says
// that demand was there.
static void outcomes_count_as_the_metrics_say(void **state)
{
    (void)state;
    for (int i = 0; i < OUTCOMES; i++) {
        bool invalid = i == OUTCOME_CLIENT_ERROR || i == OUTCOME_UNAUTHORIZED ||
                       i == OUTCOME_GONE || i == OUTCOME_UNFINISHED || i == OUTCOME_CANCELLED;
        assert_int_equal(outcomes[i].valid, !invalid);
        assert_int_equal(outcomes[i].refusal, i == OUTCOME_REJECTED || i == OUTCOME_START_TIMEOUT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(responses_do_to_runner_and_request_what_the_table_says),
        cmocka_unit_test(the_fixed_endings),
        cmocka_unit_test(what_is_charged_is_what_did_not_fail),
        cmocka_unit_test(outcomes_have_names_of_their_own),
        cmocka_unit_test(outcomes_count_as_the_metrics_say),
    };
    return cmocka_run_group_tests_name("request", tests, NULL, NULL);
}
