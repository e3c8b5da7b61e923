#include "models/rollout_rolling_update.c"

#include "tests/models/rollout_kit.h"

// R5, domain 8.2: the surge is rounded up, the unavailable ones down.
static void counts_stay_within_surge_and_unavailable(void **state)
{
    (void)state;
    static const struct {
        const char *why;
        uint32_t replicas;
        struct rollout_amount surge, unavailable;
        uint32_t old_starting, old_ready, new_starting, new_ready;
        uint32_t start, leave;
        bool over;
    } rows[] = {
        {"25 % of 4: one more, one less", 4, {25, true}, {25, true}, 0, 4, 0, 0, 1, 1, false},
        {"at most 5, at least 3", 4, {25, true}, {25, true}, 0, 3, 2, 0, 0, 0, false},
        {"each new one lets one go", 4, {25, true}, {25, true}, 0, 3, 1, 1, 0, 1, false},
        {"the last ones", 4, {25, true}, {25, true}, 0, 0, 0, 4, 0, 0, true},
        {"25 % of 2: one more, none less", 2, {25, true}, {25, true}, 0, 2, 0, 0, 1, 0, false},
        {"25 % of 10: 3 more, 2 less", 10, {25, true}, {25, true}, 0, 10, 0, 0, 3, 2, false},
        {"counts", 10, {4, false}, {0, false}, 0, 10, 0, 0, 4, 0, false},
        {"no surge", 3, {0, false}, {2, false}, 0, 3, 0, 0, 0, 2, false},
        {"both round to 0: one may be missing", 3, {0, true}, {25, true}, 0, 3, 0, 0, 0, 1, false},
        {"old starts go first", 4, {1, false}, {0, false}, 2, 2, 0, 0, 1, 2, false},
        {"no replicas", 0, {25, true}, {25, true}, 0, 0, 0, 0, 0, 0, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rollout_settings settings = {.max_surge = rows[i].surge,
                                            .max_unavailable = rows[i].unavailable};
        struct rollout_view view = {.min_ready = 1,
                                    .replicas = rows[i].replicas,
                                    .old_starting = rows[i].old_starting,
                                    .old_ready = rows[i].old_ready,
                                    .new_starting = rows[i].new_starting,
                                    .new_ready = rows[i].new_ready,
                                    .settings = &settings};
        struct rollout_decision d = decide(&view);
        if (d.start_new != rows[i].start || d.leave_old != rows[i].leave || d.over != rows[i].over)
            fail_msg("%s: starts %u, leaves %u", rows[i].why, d.start_new, d.leave_old);
    }
}

// Two at 110, two at 120.
static void four_runners_take_two_rounds(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(4, 10);
    kit_deploy(&kit, 0, 100, "rolling_update");
    kit.timeline[0].rollout.max_surge = (struct rollout_amount){25, true};
    kit.timeline[0].rollout.max_unavailable = (struct rollout_amount){25, true};
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "completed");
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", 20);
    kit_is(&kit, "rollout_old_gone_s", "app=A,rollout=1", 20);
    kit_is(&kit, "runner_starts", "app=A", 8);
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    // Old: 1 until 100, 2 until 110, 1 until 120.  New: 2 from 110, 2 from 120.
    kit_is(&kit, "billed_s", "app=A,state=IDLE", 100 + 2 * 110 + 120 + 2 * 890 + 2 * 880);
    kit_free(&kit);
}

// Ready runners of both revisions serve one line: two requests at once find both.
static void both_revisions_serve(void **state)
{
    (void)state;
    struct kit kit = rollout_kit(2, 10);
    kit_deploy(&kit, 0, 100, "rolling_update");
    kit.timeline[0].rollout.max_surge = (struct rollout_amount){1, false};
    kit_call(&kit, 0, 115, 1);
    kit_call(&kit, 0, 115, 1);
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "completed");
    kit_is(&kit, "wait_s", "app=A,quantile=max", 0);
    kit_is(&kit, "mixed_version_time_s", "app=A", 1);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_stay_within_surge_and_unavailable),
        cmocka_unit_test(four_runners_take_two_rounds),
        cmocka_unit_test(both_revisions_serve),
    };
    return cmocka_run_group_tests_name("rollout_rolling_update", tests, NULL, NULL);
}
