#include "models/rollout_canary.c"

#include "tests/models/rollout_kit.h"

static const struct canary_step two_steps[] = {{0.1, 100 * SIM_SECOND}, {0.5, 100 * SIM_SECOND}};

// A request is answered 400 by the new revision alone, so that client errors count what it got.
static struct kit canary_kit(uint32_t status, double service_s)
{
    struct kit kit = rollout_kit(1, 10);
    kit_first(&kit, 0)->max_multiplexing = 1000;
    kit_poisson(&kit, 0, 10, dist_constant(service_s))->path = PATH_DIRECT;
    struct revision_config *next = kit_deploy(&kit, 0, 100, "canary");
    next->responses[0] = (struct response_config){.status = status, .probability = 1};
    next->response_count = 1;
    kit.timeline[0].rollout = (struct rollout_settings){.verify_attempts = 1,
                                                        .steps = two_steps,
                                                        .step_count = 2,
                                                        .abort_above = 0.05,
                                                        .abort_min_requests = 20};
    return kit;
}

// R5: 10 s of setup, two steps of 100 s, then the switch.
static void steps_follow_each_other(void **state)
{
    (void)state;
    struct kit kit = canary_kit(400, 0.01);
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "completed");
    kit_is(&kit, "rollout_first_ready_s", "app=A,rollout=1", 10);
    kit_is(&kit, "rollout_switch_s", "app=A,rollout=1", 210);
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    kit_free(&kit);
}

// 10 % of about 1000 requests between 110 and 210, 50 % of about 1000 more up to 310: within five
// standard deviations; seed 3.
static void weights_are_shares_of_new_requests(void **state)
{
    (void)state;
    static const double ends[] = {210, 310}, shares[] = {100, 600}, five_sigma[] = {50, 122};
    for (int i = 0; i < 2; i++) {
        struct kit kit = canary_kit(400, 0.01);
        kit.config.horizon = sim_from_seconds(ends[i]);
        kit_run(&kit, 3, 0);
        kit_near(kit_get(&kit, "requests", "app=A,outcome=client_error"), shares[i], five_sigma[i],
                 "requests on the new revision");
        kit_free(&kit);
    }
}

// The same requests go to the new revision however slow it is: 400s at 210 s do not depend on the
// service time, up to those still in flight.
static void routes_do_not_depend_on_the_load(void **state)
{
    (void)state;
    double counts[2];
    for (int i = 0; i < 2; i++) {
        struct kit kit = canary_kit(400, i ? 0.9 : 0.01);
        kit.traffic[0].until = 209 * SIM_SECOND;
        kit.config.horizon = 210 * SIM_SECOND;
        kit_run(&kit, 3, 0);
        counts[i] = kit_get(&kit, "requests", "app=A,outcome=client_error");
        kit_free(&kit);
    }
    assert_true(counts[0] > 0);
    assert_true(counts[0] == counts[1]);
}

// R5: exactly abort_min_requests fail, then the old revision has everything again.
static void failures_roll_it_back(void **state)
{
    (void)state;
    struct kit kit = canary_kit(500, 0.0001);
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "aborted");
    kit_is(&kit, "requests", "app=A,outcome=server_error", 20);
    kit_is(&kit, "requests", "app=A,outcome=ok", kit_get(&kit, "arrivals", "app=A") - 20);
    kit_is(&kit, "no_runner_time_s", "app=A", 0);
    kit_free(&kit);
}

static void the_ratio_counts_from_the_least_number_on(void **state)
{
    (void)state;
    static const struct {
        uint64_t ended, bad;
        bool aborts;
    } rows[] = {{0, 0, false}, {19, 19, false}, {20, 1, false},
                {20, 2, true}, {40, 2, false},  {40, 3, true}};
    struct rollout_settings settings = {
        .steps = two_steps, .step_count = 2, .abort_above = 0.05, .abort_min_requests = 20};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rollout_view view = {.min_ready = 1,
                                    .step = 1,
                                    .new_ready = 1,
                                    .new_ended = rows[i].ended,
                                    .new_bad = rows[i].bad,
                                    .settings = &settings};
        assert_int_equal(decide(&view).abort, rows[i].aborts);
    }
}

static void a_failed_start_aborts(void **state)
{
    (void)state;
    struct kit kit = canary_kit(400, 0.01);
    kit.revisions[1].setup_failure = 1;
    kit_run(&kit, 1, 0);
    rollout_ended(&kit, "1", "aborted");
    kit_is(&kit, "requests", "app=A,outcome=client_error", 0);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_follow_each_other),
        cmocka_unit_test(weights_are_shares_of_new_requests),
        cmocka_unit_test(routes_do_not_depend_on_the_load),
        cmocka_unit_test(failures_roll_it_back),
        cmocka_unit_test(the_ratio_counts_from_the_least_number_on),
        cmocka_unit_test(a_failed_start_aborts),
    };
    return cmocka_run_group_tests_name("rollout_canary", tests, NULL, NULL);
}
