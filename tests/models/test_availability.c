#include "models/availability.c"

#include "tests/kit.h"

// An hour.  Requests every 10 s from `from_s` on, `count` of them, of 1 s each; all fail with 500,
// or none does.
static void burst(struct kit *kit, double from_s, int count, bool fail)
{
    uint32_t app = kit_app(kit, fail ? "bad" : "good");
    struct revision_config *r = kit_first(kit, app);
    if (fail) r->responses[r->response_count++] = (struct response_config){500, 1, 0, 0};
    struct traffic_config *t = kit_renewal(kit, app, dist_constant(10), dist_constant(1));
    t->from = sim_from_seconds(from_s);
    t->until = sim_from_seconds(from_s + 10 * count + 1);
}

// Method B4: 12 intervals of five minutes, one with ten failures, eleven without a request.
static void an_interval_without_requests_is_available(void **state)
{
    (void)state;
    struct kit kit = kit_new(3600);
    burst(&kit, 900, 10, true);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "requests", "app=bad,outcome=server_error", 10);
    kit_is(&kit, "interval_availability", "app=bad", 11. / 12);
    kit_is(&kit, "request_success_ratio", "app=bad", 0);
    kit_is(&kit, "bad_intervals", "app=bad", 1);
    kit_is(&kit, "failed_requests", "app=bad", 10);
    kit_free(&kit);
}

// The keys: 36 intervals of 100 s, two with failures (five each: 921, 931, ... to 1011); an
// interval of 1000 s makes four of the hour, the last one cut.
static void length_and_limits_are_keys(void **state)
{
    (void)state;
    struct kit kit = kit_new(3600);
    burst(&kit, 940, 10, true);
    kit.config.downtime.interval = 100 * SIM_SECOND;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "interval_availability", "app=bad", 34. / 36);
    kit_is(&kit, "bad_intervals", "app=bad", 2);
    kit.config.downtime.bad_requests = 6;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "bad_intervals", "app=bad", 0);
    kit.config.downtime.bad_requests = 5;
    kit.config.downtime.bad_below = 0; // nothing is below
    kit_run(&kit, 1, 0);
    kit_is(&kit, "bad_intervals", "app=bad", 0);
    kit.config.downtime.interval = 1000 * SIM_SECOND;
    kit.config.downtime.bad_below = 1;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "interval_availability", "app=bad", 2. / 4); // 900 to 1000, 1000 to 1900
    kit_is(&kit, "bad_intervals", "app=bad", 2);
    kit_free(&kit);
}

// An interval of half successes is worth a half, and bad below any more.
static void an_interval_counts_by_its_share(void **state)
{
    (void)state;
    struct kit kit = kit_new(600);
    uint32_t app = kit_app(&kit, "A");
    for (int i = 0; i < 4; i++) {
        kit_call(&kit, app, 20 + 30 * i, 1);
        if (i % 2) kit.traffic[i].path = PATH_DIRECT;
        if (i % 2) kit.traffic[i].start_timeout = 0;
    }
    kit_scaling(&kit, app)->keep_alive = 0; // gone when the next one comes
    kit_first(&kit, app)->setup = dist_constant(1);
    kit.config.downtime.bad_below = .5;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "interval_availability", "app=A", (.5 + 1) / 2);
    kit_is(&kit, "bad_intervals", "app=A", 0);
    kit.config.downtime.bad_below = .51;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "bad_intervals", "app=A", 1);
    kit_free(&kit);
}

// Intervals begin at the end of the warm-up, and requests from before it count nowhere.
static void intervals_begin_after_the_warm_up(void **state)
{
    (void)state;
    struct kit kit = kit_new(3700);
    kit.config.warm_up = 100 * SIM_SECOND;
    burst(&kit, 340, 10, true); // 350, 360, ..., 440
    kit_run(&kit, 1, 0);
    kit_is(&kit, "failed_requests", "app=bad", 10);
    kit_is(&kit, "interval_availability", "app=bad", 10. / 12); // 100 to 400, 400 to 700
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_interval_without_requests_is_available),
        cmocka_unit_test(length_and_limits_are_keys),
        cmocka_unit_test(an_interval_counts_by_its_share),
        cmocka_unit_test(intervals_begin_after_the_warm_up),
    };
    return cmocka_run_group_tests_name("availability", tests, NULL, NULL);
}
