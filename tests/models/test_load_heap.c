#include "models/load_heap.c"

#include "tests/kit_log.h"

// Q8: three runners with three slots, ready in the order 0, 1, 2.
static void the_least_loaded_runner_gets_the_request(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = 3;
    kit.apps[app].initial_runners = 3;
    kit.apps[app].dispatch = DISPATCH_LEAST_LOADED;
    kit_first(&kit, app)->max_multiplexing = 3;
    // Loads before each call:  0,0,0  1,0,0  1,1,0  1,1,1  2,1,1; at 6 runner 2 is done: 2,2,0
    // 2,2,1  2,2,2; full.
    static const double calls[][2] = {{1, 50}, {2, 50}, {3, 3},  {4, 50}, {5, 50},
                                      {7, 50}, {8, 50}, {9, 50}, {10, 50}};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        kit_call(&kit, app, calls[i][0], calls[i][1]);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_begins(&log), "0@1 1@2 2@3 0@4 1@5 2@7 2@8 0@9 1@10");
    kit_log_free(&log);
    kit_free(&kit);
}

// The heap against a search, over changes of every kind.  Seed 3.
static void the_first_is_what_a_search_finds(void **state)
{
    (void)state;
    enum { RUNNERS = 40 };
    static struct runner runners[RUNNERS];
    static uint32_t places[RUNNERS];
    struct model m = {.runners = runners};
    struct free_index f = {.runner_at = places};
    struct rng_stream stream;
    rng_stream_open(&stream, 3, 0, 1);
    bool in[RUNNERS] = {false};
    for (uint32_t i = 0; i < RUNNERS; i++)
        runners[i].position = i * 7 % RUNNERS;
    for (uint64_t step = 0; step < 20000; step++) {
        uint32_t id = (uint32_t)(rng_uniform(&stream, 2 * step) * RUNNERS);
        uint32_t load = (uint32_t)(rng_uniform(&stream, 2 * step + 1) * 6);
        if (in[id] && load == 0) {
            load_heap_remove(&m, &f, id);
            in[id] = false;
        } else {
            runners[id].in_flight = load;
            if (in[id])
                load_heap_moved(&m, &f, id);
            else
                load_heap_add(&m, &f, id);
            in[id] = true;
        }
        uint32_t best = NONE;
        for (uint32_t i = 0; i < RUNNERS; i++)
            if (in[i] && (best == NONE || before(&m, i, best))) best = i;
        assert_int_equal(f.heap_size > 0 ? places[0] : NONE, best);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_least_loaded_runner_gets_the_request),
        cmocka_unit_test(the_first_is_what_a_search_finds),
    };
    return cmocka_run_group_tests_name("load_heap", tests, NULL, NULL);
}
