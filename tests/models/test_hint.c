#include "models/hint.c"

#include "tests/kit_log.h"

// Runners with one slot, always on; requests of 1 s every 10 s, with one of `keys` keys each.
static struct kit runners(uint32_t count, uint32_t keys)
{
    struct kit kit = kit_new(10000);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = count;
    kit.apps[app].initial_runners = count;
    kit.apps[app].dispatch = DISPATCH_HINT;
    kit_renewal(&kit, app, dist_constant(10), dist_constant(1))->hints = keys;
    return kit;
}

// Q8: with one key everything goes to the runner that served it first.
static void a_key_sticks_to_its_runner(void **state)
{
    (void)state;
    struct kit kit = runners(3, 1);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit.config.horizon = 55 * SIM_SECOND;
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_begins(&log), "0@10 0@20 0@30 0@40 0@50");
    kit_log_free(&log);
    kit_free(&kit);
}

// Q8: best effort: while the one that knows the key is busy any free runner serves, without
// waiting, and learns it.
static void a_busy_runner_is_not_waited_for(void **state)
{
    (void)state;
    struct kit kit = runners(3, 1);
    kit.config.horizon = 65 * SIM_SECOND;
    kit.traffic[0].service = dist_constant(15);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    // 0 is busy from 10 to 25, 1 from 20 to 35; at 30 both know the key and 0 is free.
    assert_string_equal(kit_begins(&log), "0@10 1@20 0@30 1@40 0@50 1@60");
    kit_is(&kit, "queue_length_max", "app=A", 0);
    kit_log_free(&log);
    kit_free(&kit);
}

// Q8: a runner remembers the last `hint_slots` keys.
static void a_runner_remembers_its_last_keys(void **state)
{
    (void)state;
    struct kit kit = runners(2, 3);
    kit.revisions[0].hint_slots = 2;
    struct model *m = kit_create(&kit, 1, 0);
    model_run(m);
    struct pool *pool = &m->pools[0];
    hint_forget(m, 0);
    hint_forget(m, 1);
    m->runners[0].available = m->runners[1].available = true;
    assert_int_equal(hint_find(m, pool, 0), NONE);
    hint_served(m, 0, 0);
    hint_served(m, 0, 1);
    hint_served(m, 0, 0); // 1 is the oldest now
    hint_served(m, 0, 2);
    assert_int_equal(hint_find(m, pool, 0), 0);
    assert_int_equal(hint_find(m, pool, 1), NONE);
    assert_int_equal(hint_find(m, pool, 2), 0);
    hint_served(m, 1, 2);
    assert_int_equal(hint_find(m, pool, 2), 1); // learned it last
    m->runners[1].available = false;
    assert_int_equal(hint_find(m, pool, 2), 0);
    hint_forget(m, 0);
    assert_int_equal(hint_find(m, pool, 2), NONE);
    assert_int_equal(hint_find(m, pool, NONE), NONE);
    kit_drop(&kit);
}

// Each key is as likely as any other: 999 requests with 3 keys, seed 5; five standard deviations
// are 75.
static void keys_are_drawn_evenly(void **state)
{
    (void)state;
    struct kit kit = runners(1, 3);
    struct model *m = kit_create(&kit, 5, 0);
    double count[3] = {0};
    for (uint64_t number = 0; number < 999; number++)
        count[hint_of(m, &(struct request){.number = number}, 0)]++;
    for (int k = 0; k < 3; k++)
        kit_near(count[k], 333, 75, "requests with a key");
    kit_drop(&kit);
}

// With as many runners as keys and one slot of memory each, keys find a home: fewer runners change
// hands than by round robin.  A runner that leaves is forgotten.
static void runners_that_stop_are_forgotten(void **state)
{
    (void)state;
    struct kit kit = runners(4, 4);
    kit_scaling(&kit, 0)->min_concurrency = 0;
    kit_scaling(&kit, 0)->keep_alive = 5 * SIM_SECOND; // every request finds an empty pool
    assert_int_equal(kit_run(&kit, 1, 0), SIM_DONE);
    kit_is(&kit, "requests", "app=A,outcome=ok", 999);
    kit_is(&kit, "cold_start_ratio", "app=A", 998 / 999.); // the first one meets initial runners
    kit_free(&kit);
}

// Q8: a row of a trace may name its key, counting from 1; one that does not gets a drawn one.
static void a_trace_may_name_keys(void **state)
{
    (void)state;
    struct kit kit = runners(3, 10);
    kit_call(&kit, 0, 5, 1)->hints = 10;
    struct model *m = kit_create(&kit, 1, 0);
    bool seen[10] = {false};
    uint32_t different = 0;
    for (uint64_t i = 0; i < 100; i++) {
        struct request q = {.number = i, .source = 1};
        assert_int_equal(hint_of(m, &q, 7), 6);
        uint32_t key = hint_of(m, &q, 0);
        assert_in_range(key, 0, 9);
        different += !seen[key];
        seen[key] = true;
    }
    assert_int_equal(different, 10); // one key is missed with a probability of 10 x 0.9^100 < 3e-4
    kit_drop(&kit);
    kit_free(&kit);
}

// Memory is for the keys of the sources that there are, not of what lies behind them.
static void memory_is_for_the_sources_that_there_are(void **state)
{
    (void)state;
    struct kit kit = runners(3, 10);
    size_t memory = hint_memory(kit_config(&kit));
    kit.traffic[kit.config.traffic_count].hints = 500;
    assert_int_equal(hint_memory(kit_config(&kit)), memory);
    kit.config.traffic_count++;
    assert_true(hint_memory(kit_config(&kit)) > memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_sticks_to_its_runner),
        cmocka_unit_test(a_busy_runner_is_not_waited_for),
        cmocka_unit_test(a_runner_remembers_its_last_keys),
        cmocka_unit_test(keys_are_drawn_evenly),
        cmocka_unit_test(runners_that_stop_are_forgotten),
        cmocka_unit_test(a_trace_may_name_keys),
        cmocka_unit_test(memory_is_for_the_sources_that_there_are),
    };
    return cmocka_run_group_tests_name("hint", tests, NULL, NULL);
}
