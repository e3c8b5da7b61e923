#include "models/autoscaler_lambda.c"

#include "tests/kit_log.h"

// A3.
static void target_is_the_load_up_to_the_ceiling(void **state)
{
    (void)state;
    struct scaling_config s = {.min_concurrency = 3, .max_concurrency = 5, .concurrency_buffer = 9};
    static const uint32_t rows[][3] = {{0, 0, 0}, {1, 0, 1}, {1, 2, 3},
                                       {5, 0, 5}, {5, 1, 5}, {UINT32_MAX, UINT32_MAX, 5}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct autoscaler_view view = {
            .scaling = &s, .max_multiplexing = 1, .in_flight = rows[i][0], .queued = rows[i][1]};
        assert_int_equal(target(&view), rows[i][2]);
    }
}

// A3: one more may wait when a start of its own is under way or may still begin.
static void a_request_waits_only_for_a_runner_of_its_own(void **state)
{
    (void)state;
    static const struct {
        uint32_t queued, starting, ready;
        bool may;
    } rows[] = {
        {0, 0, 0, true}, {0, 0, 4, true},  {0, 0, 5, false}, {1, 1, 3, true},  {1, 1, 4, false},
        {2, 2, 0, true}, {5, 5, 0, false}, {0, 1, 4, true},  {0, 0, 9, false},
    };
    struct scaling_config s = {.max_concurrency = 5};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct autoscaler_view view = {.scaling = &s,
                                       .max_multiplexing = 1,
                                       .queued = rows[i].queued,
                                       .starting = rows[i].starting,
                                       .ready = rows[i].ready};
        if (may_wait(&view) != rows[i].may) fail_msg("row %zu", i);
    }
}

// Two runners at most, a cold start of 10 s: of three calls at once the third is turned away with
// 429.
static void calls_over_the_ceiling_are_rejected(void **state)
{
    (void)state;
    struct kit kit = kit_new(300);
    uint32_t app = kit_app(&kit, "A");
    kit_first(&kit, app)->setup = dist_constant(10);
    kit.apps[app].autoscaler = kit_autoscaler("lambda");
    for (int i = 0; i < 3; i++)
        kit_call(&kit, app, 5, 4)->path = PATH_DIRECT;
    kit_call(&kit, app, 17, 4)->path = PATH_DIRECT; // both busy from 15 to 19
    kit_call(&kit, app, 19, 4)->path = PATH_DIRECT; // warm, at the instant they end
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_begins(&log), "0@15 1@15 0@19");
    kit_is(&kit, "requests", "app=A,outcome=rejected", 2);
    kit_is(&kit, "requests", "app=A,outcome=ok", 3);
    kit_is(&kit, "cold_start_ratio", "app=A", 2. / 3);
    kit_log_free(&log);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(target_is_the_load_up_to_the_ceiling),
        cmocka_unit_test(a_request_waits_only_for_a_runner_of_its_own),
        cmocka_unit_test(calls_over_the_ceiling_are_rejected),
    };
    return cmocka_run_group_tests_name("autoscaler_lambda", tests, NULL, NULL);
}
