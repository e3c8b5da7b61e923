#include "models/rollout_rolling.c"

#include "tests/kit.h"

// R2.
static void it_starts_waits_and_switches(void **state)
{
    (void)state;
    static const struct {
        const char *why;
        uint32_t min_ready, starting, ready, failed;
        uint32_t start;
        bool moves, aborts;
    } rows[] = {
        {"one is started", 1, 0, 0, 0, 1, false, false},
        {"it is waited for", 1, 1, 0, 0, 0, false, false},
        {"it is ready", 1, 0, 1, 0, 0, true, false},
        {"three are started", 3, 0, 0, 0, 3, false, false},
        {"one of three is missing", 3, 1, 1, 0, 1, false, false},
        {"two of three are not enough", 3, 1, 2, 0, 0, false, false},
        {"three of three", 3, 0, 3, 0, 0, true, false},
        {"more than asked for", 3, 2, 4, 0, 0, true, false},
        {"it failed", 1, 0, 0, 1, 0, false, true},
        {"one of three failed", 3, 0, 2, 1, 0, false, true},
        {"a failure outweighs the others", 1, 0, 1, 1, 0, false, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rollout_view view = {.min_ready = rows[i].min_ready,
                                    .old_ready = 5,
                                    .new_starting = rows[i].starting,
                                    .new_ready = rows[i].ready,
                                    .new_failed = rows[i].failed};
        struct rollout_decision d = decide(&view);
        bool right = d.start_new == rows[i].start && d.switch_alias == rows[i].moves &&
                     d.drain_old == rows[i].moves && d.abort == rows[i].aborts &&
                     d.over == (rows[i].moves || rows[i].aborts);
        if (!right) fail_msg("%s", rows[i].why);
    }
}

// R3, drain_old one_for_one: of five old runners at the switch each new one that has joined lets
// one go; as many starts are under way as old ones are left.
static void each_new_runner_lets_an_old_one_go(void **state)
{
    (void)state;
    static const struct {
        uint32_t joined, starting, old_ready, start, leave;
        bool over;
    } rows[] = {
        {1, 0, 5, 4, 1, false}, {1, 1, 4, 3, 0, false}, {2, 3, 4, 0, 1, false},
        {3, 4, 2, 0, 0, false}, {4, 0, 2, 1, 1, false}, {5, 0, 1, 0, 0, true},
        {7, 2, 1, 0, 0, true},
    };
    const struct rollout_settings settings = {.drain_old = DRAIN_OLD_ONE_FOR_ONE};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rollout_view view = {.min_ready = 1,
                                    .switched = true,
                                    .old_at_switch = 5,
                                    .old_ready = rows[i].old_ready,
                                    .new_joined = rows[i].joined,
                                    .new_ready = rows[i].joined,
                                    .new_starting = rows[i].starting,
                                    .settings = &settings};
        struct rollout_decision d = decide(&view);
        if (d.start_new != rows[i].start || d.leave_old != rows[i].leave ||
            d.over != rows[i].over || d.drain_old != rows[i].over)
            fail_msg("row %zu: starts %u, lets %u go", i, (unsigned)d.start_new,
                     (unsigned)d.leave_old);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_starts_waits_and_switches),
        cmocka_unit_test(each_new_runner_lets_an_old_one_go),
    };
    return cmocka_run_group_tests_name("rollout_rolling", tests, NULL, NULL);
}
