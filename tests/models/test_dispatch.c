#include "models/dispatch.c"

#include "tests/kit_log.h"

static void policies_have_names_in_the_order_of_the_enum(void **state)
{
    (void)state;
    static const char *const names[] = {"round_robin",         "most_recently_idle",
                                        "least_recently_idle", "most_recently_created",
                                        "least_loaded",        "hint"};
    for (int i = 0; i < DISPATCH_POLICIES; i++) {
        assert_string_equal(dispatch_policies[i].name, names[i]);
        assert_non_null(strstr(dispatch_policies[i].help, "(Q8)"));
    }
    assert_null(dispatch_policies[DISPATCH_POLICIES].name);
}

// Three runners, ready in the order 0, 1, 2; calls at 1, 2, 3 that end at 11, 7, 4; then calls at
// 20, 21, 22 that stay.
static struct kit three_runners(enum dispatch policy)
{
    struct kit kit = kit_new(100);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = 3;
    kit.apps[app].initial_runners = 3;
    kit.apps[app].dispatch = policy;
    static const double calls[][2] = {{1, 10}, {2, 5}, {3, 1}, {20, 50}, {21, 50}, {22, 50}};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        kit_call(&kit, app, calls[i][0], calls[i][1]);
    return kit;
}

// Q8: who serves whom, for each policy.
static void each_policy_picks_its_runner(void **state)
{
    (void)state;
    static const char *const begins[] = {
        [DISPATCH_ROUND_ROBIN] = "0@1 1@2 2@3 0@20 1@21 2@22",
        // Gave back in the order 0 at 4, 1 at 7, 2 at 11.
        [DISPATCH_MOST_RECENTLY_IDLE] = "2@1 1@2 0@3 2@20 1@21 0@22",
        // Gave back in the order 2 at 4, 1 at 7, 0 at 11.
        [DISPATCH_LEAST_RECENTLY_IDLE] = "0@1 1@2 2@3 2@20 1@21 0@22",
        [DISPATCH_MOST_RECENTLY_CREATED] = "2@1 1@2 0@3 2@20 1@21 0@22",
        [DISPATCH_LEAST_LOADED] = "0@1 1@2 2@3 0@20 1@21 2@22",
        [DISPATCH_HINT] = "0@1 1@2 2@3 0@20 1@21 2@22", // no keys: round robin
    };
    for (uint32_t policy = 0; policy < DISPATCH_POLICIES; policy++) {
        struct kit kit = three_runners((enum dispatch)policy);
        struct kit_log log;
        kit_log_start(&kit, &log);
        kit_run(&kit, 1, 0);
        assert_string_equal(kit_begins(&log), begins[policy]);
        kit_log_free(&log);
        kit_free(&kit);
    }
}

// Q8: the two that agree above: the youngest is not always the one that gave back last.  Runner 2
// ends at 5, 1 at 9.
static void the_youngest_and_the_last_used_differ(void **state)
{
    (void)state;
    static const struct {
        enum dispatch policy;
        const char *begins;
    } rows[] = {
        {DISPATCH_MOST_RECENTLY_CREATED, "2@1 1@2 2@20"},
        {DISPATCH_MOST_RECENTLY_IDLE, "2@1 1@2 1@20"},
        {DISPATCH_LEAST_RECENTLY_IDLE, "0@1 1@2 2@20"},
        {DISPATCH_ROUND_ROBIN, "0@1 1@2 2@20"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kit kit = kit_new(100);
        uint32_t app = kit_app(&kit, "A");
        kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = 3;
        kit.apps[app].initial_runners = 3;
        kit.apps[app].dispatch = rows[i].policy;
        kit_call(&kit, app, 1, 4);
        kit_call(&kit, app, 2, 7);
        kit_call(&kit, app, 20, 1);
        struct kit_log log;
        kit_log_start(&kit, &log);
        kit_run(&kit, 1, 0);
        assert_string_equal(kit_begins(&log), rows[i].begins);
        kit_log_free(&log);
        kit_free(&kit);
    }
}

// Q7, Q8: with two slots a runner stays in the round while it has one left.
static void round_robin_goes_round_over_slots(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = 3;
    kit_first(&kit, app)->max_multiplexing = 2;
    kit.apps[app].initial_runners = 3;
    for (int i = 0; i < 7; i++)
        kit_call(&kit, app, i, i == 3 ? 3.5 : 50); // runner 0 gives one back at 6.5
    kit_call(&kit, app, 7, 50);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_begins(&log), "0@0 1@1 2@2 0@3 1@4 2@5 0@6.5 0@50");
    kit_log_free(&log);
    kit_free(&kit);
}

// The rule, followed on the trace: the runner taken by an arrival is the first one, in cyclic order
// of birth after the one last picked, that has a free slot (round robin), or the youngest that has
// one.
struct follower {
    enum dispatch policy;
    uint32_t slots;
    uint64_t births, birth_of[64];
    bool ready[64];
    uint32_t in_flight[64];
    uint64_t last; // birth of the runner last picked, plus one
    uint64_t picks;
};

static uint32_t right_pick(const struct follower *f)
{
    uint32_t best = 64, first = 64;
    for (uint32_t i = 0; i < 64; i++) {
        if (!f->ready[i] || f->in_flight[i] == f->slots) continue;
        bool after = f->birth_of[i] >= f->last;
        if (first == 64 || f->birth_of[i] < f->birth_of[first]) first = i;
        if (f->policy == DISPATCH_MOST_RECENTLY_CREATED) {
            if (best == 64 || f->birth_of[i] > f->birth_of[best]) best = i;
        } else if (after && (best == 64 || f->birth_of[i] < f->birth_of[best])) {
            best = i;
        }
    }
    return best != 64 ? best : first;
}

static void follow_runner(struct follower *f, const struct trace_record *row)
{
    if (strcmp(row->detail, "PENDING") == 0) f->birth_of[row->who] = f->births++;
    if (strcmp(row->detail, "IDLE") == 0) f->in_flight[row->who] = 0;
    bool ready = strcmp(row->detail, "IDLE") == 0 || strcmp(row->detail, "RUNNING") == 0;
    if (!ready) f->in_flight[row->who] = 0;
    f->ready[row->who] = ready;
}

static void follow(void *context, const struct trace_record *row)
{
    struct follower *f = context;
    if (strcmp(row->what, "runner") == 0) follow_runner(f, row);
    if (strcmp(row->what, "request") != 0) return;
    uint32_t runner = (uint32_t)row->arg;
    assert_int_equal(right_pick(f), runner);
    f->last = f->birth_of[runner] + 1;
    f->in_flight[runner]++;
    f->picks++;
}

// With room for 32 runners there are 64 places in the order of birth, so some 2000 births number it
// anew many times. Nobody waits, so every start of a request is a pick; one request in three ends
// with its runner's death.
static void the_order_of_birth_survives_renumbering(void **state)
{
    (void)state;
    for (uint32_t policy = 0; policy < DISPATCH_POLICIES;
         policy += DISPATCH_MOST_RECENTLY_CREATED) {
        struct kit kit = kit_new(20000);
        uint32_t app = kit_app(&kit, "A");
        kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = 12;
        kit_first(&kit, app)->responses[0] =
            (struct response_config){.status = 0, .probability = .3};
        kit_first(&kit, app)->response_count = 1;
        kit_first(&kit, app)->setup = (struct dist){.kind = DIST_EXPONENTIAL, .a = 3};
        kit.apps[app].max_queue_length = 0;
        kit.apps[app].dispatch = policy;
        kit.config.limits.runners = 32;
        struct dist service = {.kind = DIST_EXPONENTIAL, .a = 10};
        kit_poisson(&kit, app, .8, service)->path = PATH_DIRECT;
        struct follower f = {.policy = (enum dispatch)policy, .slots = 1};
        const struct sim_trace trace = {follow, &f};
        kit.trace = &trace;
        assert_int_equal(kit_run(&kit, 42, 0), SIM_DONE);
        assert_true(f.births > 2000 && f.picks > 5000);
        kit_free(&kit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(policies_have_names_in_the_order_of_the_enum),
        cmocka_unit_test(each_policy_picks_its_runner),
        cmocka_unit_test(the_youngest_and_the_last_used_differ),
        cmocka_unit_test(round_robin_goes_round_over_slots),
        cmocka_unit_test(the_order_of_birth_survives_renumbering),
    };
    return cmocka_run_group_tests_name("dispatch", tests, NULL, NULL);
}
