#include "models/plain.c"

#include "tests/kit_log.h"

// The short handlers of plain apps change no number, to the bit: here for plain apps and at the
// edges of plainness, in tests/swarm for random scenarios.

static void add_traffic(struct kit *kit, uint32_t app, double rate_per_s)
{
    struct dist service = {.kind = DIST_EXPONENTIAL, .a = 1};
    kit_poisson(kit, app, rate_per_s, service);
}

// Runs it in both ways; the share of its events that took the general handlers.
static double both_ways(struct kit *kit)
{
    kit->general = true;
    assert_int_equal(kit_run(kit, 7, 0), SIM_DONE);
    struct kit_value *general = kit->values;
    size_t count = kit->value_count;
    uint64_t events = kit->events;
    kit->values = NULL;
    kit->general = false;
    struct model *m = kit_create(kit, 7, 0);
    assert_int_equal(kit_finish(kit, m), SIM_DONE);
    double share = (double)m->epoch / (double)events;
    kit_drop(kit);
    assert_int_equal(kit->events, events);
    assert_int_equal(kit->value_count, count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(kit->values[i].labels, general[i].labels);
        assert_memory_equal(&kit->values[i].value, &general[i].value, sizeof general[i].value);
    }
    free(general);
    kit_free(kit);
    return share;
}

static struct kit kit_of(uint32_t dispatch, uint32_t slots)
{
    struct kit kit = kit_new(5000);
    uint32_t app = kit_app(&kit, "A");
    kit.apps[app].dispatch = dispatch;
    kit_first(&kit, app)->max_multiplexing = slots;
    kit_scaling(&kit, app)->max_concurrency = 8;
    add_traffic(&kit, app, 2);
    return kit;
}

static void a_plain_app_takes_the_short_way(void **state)
{
    (void)state;
    for (uint32_t dispatch = 0; dispatch < DISPATCH_HINT; dispatch++)
        for (uint32_t slots = 1; slots <= 4; slots += 3) {
            struct kit kit = kit_of(dispatch, slots);
            assert_true(both_ways(&kit) < .5);
        }
}

static void a_full_line_and_a_line_that_gives_up_are_the_same(void **state)
{
    (void)state;
    struct kit kit = kit_of(DISPATCH_ROUND_ROBIN, 1);
    kit_scaling(&kit, 0)->max_concurrency = 2;
    kit_scaling(&kit, 0)->scaling_delay = SIM_SECOND;
    kit.apps[0].max_queue_length = 5;
    kit.traffic[0].start_timeout = 3 * SIM_SECOND;
    kit_scaling(&kit, 0)->request_timeout = 2 * SIM_SECOND;
    both_ways(&kit);
}

static void shared_mode_with_units_and_surge_is_the_same(void **state)
{
    (void)state;
    struct kit kit = kit_of(DISPATCH_LEAST_LOADED, 2);
    kit_first(&kit, 0)->auth_mode = AUTH_SHARED;
    kit.traffic[0].has_billable_units = true;
    kit.traffic[0].billable_units = dist_constant(3);
    kit.apps[0].unit_price_usd = .01;
    assert_true(both_ways(&kit) < .5);
}

static void deploys_and_scale_events_are_the_same(void **state)
{
    (void)state;
    struct kit kit = kit_of(DISPATCH_ROUND_ROBIN, 2);
    kit_deploy(&kit, 0, 1000, "rolling");
    kit_deploy(&kit, 0, 2000, "recreate");
    both_ways(&kit);
}

// Requests that wait for a start are cold, later ones are not; those before the warm-up's end do
// not count, and some of them end after it.
static void cold_starts_and_a_warm_up_are_the_same(void **state)
{
    (void)state;
    for (uint32_t slots = 1; slots <= 3; slots += 2) {
        struct kit kit = kit_of(DISPATCH_ROUND_ROBIN, slots);
        kit_first(&kit, 0)->setup = dist_constant(10);
        kit_scaling(&kit, 0)->keep_alive = 2 * SIM_SECOND;
        kit.config.warm_up = 500 * SIM_SECOND;
        both_ways(&kit);
    }
}

// A buffer has to grow with the requests in flight, though slots are free.
static void a_buffer_is_the_same(void **state)
{
    (void)state;
    struct kit kit = kit_of(DISPATCH_MOST_RECENTLY_CREATED, 1);
    kit_scaling(&kit, 0)->concurrency_buffer = 2;
    kit_scaling(&kit, 0)->max_concurrency = 30;
    assert_true(both_ways(&kit) < .5);
}

static void fewer_slots_and_sick_runners_are_the_same(void **state)
{
    (void)state;
    struct kit kit = kit_of(DISPATCH_LEAST_LOADED, 4);
    kit_scaling(&kit, 0)->max_concurrency = 2;
    kit_scale(&kit, 0, 1000);
    kit.timeline[0].max_multiplexing = 1;
    kit_first(&kit, 0)->sick_after = dist_constant(3000);
    kit_first(&kit, 0)->sick_response = 503;
    kit.traffic[0].path = PATH_DIRECT;
    assert_true(both_ways(&kit) < .9);
}

// Each of these makes the app another than a plain one.
static void what_is_not_plain_takes_the_general_way(void **state)
{
    (void)state;
    for (int i = 0; i < 6; i++) {
        struct kit kit = kit_of(DISPATCH_ROUND_ROBIN, 2);
        struct revision_config *r = kit_first(&kit, 0);
        struct traffic_config *t = &kit.traffic[0];
        if (i == 0) r->service_factor = 2;
        if (i == 1)
            r->responses[r->response_count++] =
                (struct response_config){.status = 503, .probability = .1};
        if (i == 2) t->batch = BATCH_CONSTANT, t->batch_size = 2;
        if (i == 3) t->has_cancel_after = true, t->cancel_after = dist_constant(5);
        if (i == 4) t->has_cold_service = true, t->cold_service = dist_constant(5);
        if (i == 5) kit.apps[0].endpoints = 2;
        assert_true(both_ways(&kit) > .9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_app_takes_the_short_way),
        cmocka_unit_test(a_full_line_and_a_line_that_gives_up_are_the_same),
        cmocka_unit_test(shared_mode_with_units_and_surge_is_the_same),
        cmocka_unit_test(deploys_and_scale_events_are_the_same),
        cmocka_unit_test(cold_starts_and_a_warm_up_are_the_same),
        cmocka_unit_test(a_buffer_is_the_same),
        cmocka_unit_test(fewer_slots_and_sick_runners_are_the_same),
        cmocka_unit_test(what_is_not_plain_takes_the_general_way),
    };
    return cmocka_run_group_tests_name("plain", tests, NULL, NULL);
}
