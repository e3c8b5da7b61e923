#include "models/foresight.c"

#include "tests/kit_log.h"

// setup() of 10 s, billed.
static struct kit one_app(void)
{
    struct kit kit = kit_new(1000);
    uint32_t app = kit_app(&kit, "A");
    kit.apps[app].autoscaler = kit_autoscaler("oracle");
    kit_first(&kit, app)->setup = dist_constant(10);
    kit_scaling(&kit, app)->max_concurrency = 50;
    kit_scaling(&kit, app)->keep_alive = SIM_SECOND; // does not count
    return kit;
}

// Runs it and compares all that the runners went through: "PENDING@90 ... | PENDING@...".
static void expect_lives(struct kit *kit, const char *wanted)
{
    struct kit_log log;
    char got[8192] = "";
    size_t used = 0;
    kit_log_start(kit, &log);
    if (kit_run(kit, 1, 0) != SIM_DONE) fail_msg("%s", kit->fault);
    for (uint32_t runner = 0; runner < 8; runner++) {
        const char *life = kit_states(&log, runner);
        if (!*life) break;
        used += (size_t)snprintf(got + used, sizeof got - used, "%s%s", runner ? " | " : "", life);
        assert_true(used < sizeof got);
    }
    if (strcmp(got, wanted) != 0) fail_msg("wanted %s\ngot %s", wanted, got);
    kit_log_free(&log);
    kit->trace = NULL;
}

// In seconds: nobody waits, and so much is billed; a nanosecond of idleness a start apart.
static void expect_floor(struct kit *kit, double setup, double idle, double running)
{
    if (kit_run(kit, 1, 0) != SIM_DONE) fail_msg("%s", kit->fault);
    kit_is(kit, "wait_s", "app=A,quantile=max", 0);
    kit_near(kit_get(kit, "billed_s", "app=A,state=SETUP"), setup, 1e-7, "setup");
    kit_near(kit_get(kit, "billed_s", "app=A,state=IDLE"), idle, 1e-7, "idle");
    kit_near(kit_get(kit, "billed_s", "app=A,state=RUNNING"), running, 1e-7, "running");
    kit_is(kit, "billed_s", "app=A,state=TERMINATING", 0);
}

// A3: ready when the request comes, gone when it ends, without teardown(), and not cold.
static void a_runner_is_there_for_its_request(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit_first(&kit, 0)->teardown = dist_constant(3);
    kit_call(&kit, 0, 100, 5);
    expect_lives(&kit, "PENDING@90 SETUP@90 IDLE@100 RUNNING@100 IDLE@105 TERMINATED@105");
    expect_floor(&kit, 10, 0, 5);
    kit_is(&kit, "cold_start_ratio", "app=A", 0);
    kit_is(&kit, "runner_stops", "app=A,outcome=scale_down", 1);
    kit_free(&kit);
}

// A3: keeping it for 10 s costs as much as setup(): it is kept; for longer than 10 s and the
// nanosecond by which a start comes early it is not.
static void a_gap_is_kept_when_it_costs_no_more_than_a_start(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit_call(&kit, 0, 100, 5);
    kit_call(&kit, 0, 115, 5);
    expect_lives(&kit, "PENDING@90 SETUP@90 IDLE@100 RUNNING@100 IDLE@105 RUNNING@115 IDLE@120 "
                       "TERMINATED@120");
    expect_floor(&kit, 10, 10, 10);
    kit.once[1].at += 2;
    expect_floor(&kit, 20, 0, 10);
    kit_is(&kit, "runner_starts", "app=A", 2);
    kit_free(&kit);
}

// A3: needed are 1 at 100, 2 at 102, 1 at 105, 0 at 107, 1 again at 112.  The runner that ends last
// is kept for the next rise, 5 s; the other one goes at 105.
static void last_in_first_out(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit_call(&kit, 0, 100, 5);
    kit_call(&kit, 0, 102, 5);
    kit_call(&kit, 0, 112, 1);
    expect_lives(&kit, "PENDING@90 SETUP@90 IDLE@100 RUNNING@100 IDLE@105 TERMINATED@105 | "
                       "PENDING@92 SETUP@92 IDLE@102 RUNNING@102 IDLE@107 RUNNING@112 IDLE@113 "
                       "TERMINATED@113");
    expect_floor(&kit, 20, 5, 11);
    kit_free(&kit);
}

// The end of one request and the next arrival at one instant: no gap.
static void an_arrival_takes_over_the_slot_of_its_instant(void **state)
{
    (void)state;
    struct kit kit = one_app();
    for (int i = 0; i < 4; i++)
        kit_call(&kit, 0, 100 + 5 * i, 5);
    expect_floor(&kit, 10, 0, 20);
    kit_is(&kit, "runner_starts", "app=A", 1);
    kit_free(&kit);
}

// Waiting for hardware is not billed, so a gap of 12 s is not worth keeping though a start takes
// 40 s: it begins while the first runner still works, and that one goes nevertheless.
static void what_is_not_billed_counts_for_the_time_not_for_the_price(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit.machines[0].pending = dist_constant(30);
    kit_call(&kit, 0, 100, 5);
    kit_call(&kit, 0, 117, 5);
    expect_lives(&kit, "PENDING@60 SETUP@90 IDLE@100 RUNNING@100 IDLE@105 TERMINATED@105 | "
                       "PENDING@77 SETUP@107 IDLE@117 RUNNING@117 IDLE@122 TERMINATED@122");
    expect_floor(&kit, 20, 0, 10);
    kit_free(&kit);
}

// Each start is as early as that start needs: the n-th takes as long as the n-th draw says.
static void a_random_start_is_as_early_as_it_needs(void **state)
{
    (void)state;
    struct kit kit = one_app();
    struct revision_config *r = kit_first(&kit, 0);
    r->setup = (struct dist){.kind = DIST_EXPONENTIAL, .a = 20};
    r->image_cached = .5;
    r->docker_pull = (struct dist){.kind = DIST_EXPONENTIAL, .a = 30};
    kit.machines[0].pending = (struct dist){.kind = DIST_EXPONENTIAL, .a = 15};
    for (int i = 0; i < 14; i++)
        kit_call(&kit, 0, 400 + 40 * i, 1);
    kit_run(&kit, 7, 0);
    kit_is(&kit, "wait_s", "app=A,quantile=max", 0);
    kit_is(&kit, "runner_starts", "app=A", 14);
    kit_near(kit_get(&kit, "billed_s", "app=A,state=IDLE"), 0, 1e-7, "idle");
    kit_free(&kit);
}

static void a_ladder_is_foreseen_too(void **state)
{
    (void)state;
    static const struct tier_config tiers[] = {{"store", {.kind = DIST_CONSTANT, .a = 2}}};
    static const struct setup_step steps[] = {{"libraries", {.kind = DIST_CONSTANT, .a = 4}, 0, 0},
                                              {"weights", {0}, 8, 0}};
    struct kit kit = one_app();
    kit.config.platform.tiers = tiers;
    kit.config.platform.tier_count = 1;
    kit_first(&kit, 0)->steps = steps;
    kit_first(&kit, 0)->step_count = 2; // 4 + 8 / 2 s
    kit_call(&kit, 0, 100, 1);
    kit_call(&kit, 0, 109, 1); // a gap of 8 s
    kit_call(&kit, 0, 118.5, 1);
    expect_floor(&kit, 16, 8, 3);
    kit_free(&kit);
}

// A1: one runner at most: the second request waits for the first one's slot, not for a start.
static void the_ceiling_is_foreseen(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit_scaling(&kit, 0)->max_concurrency = 1;
    kit_call(&kit, 0, 100, 5);
    kit_call(&kit, 0, 101, 5);
    kit_call(&kit, 0, 102, 5);
    kit_call(&kit, 0, 124, 5); // a gap of 9 s
    expect_lives(&kit, "PENDING@90 SETUP@90 IDLE@100 RUNNING@100 IDLE@115 RUNNING@124 IDLE@129 "
                       "TERMINATED@129");
    kit_is(&kit, "wait_s", "app=A,quantile=max", 8);
    kit_free(&kit);
}

// A4: a ceiling that a scale event raises at 200.
static void scale_events_are_foreseen(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit_scaling(&kit, 0)->max_concurrency = 1;
    kit_scale(&kit, 0, 200)->max_concurrency = 2;
    for (int i = 0; i < 2; i++) {
        kit_call(&kit, 0, 100, 5);
        kit_call(&kit, 0, 300, 5);
    }
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_begins(&log), "0@100 0@105 0@300 1@300");
    kit_log_free(&log);
    kit_free(&kit);
}

// With four slots the fifth request at once needs a second runner.
static void slots_are_filled_before_runners_are_started(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit_first(&kit, 0)->max_multiplexing = 4;
    for (int i = 0; i < 5; i++)
        kit_call(&kit, 0, 100 + i, 10);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runner_starts", "app=A", 2);
    kit_is(&kit, "wait_s", "app=A,quantile=max", 0);
    kit_free(&kit);
}

// A4: from 150 on a runner serves one request instead of two.  For the call at 200 a start is made
// at 190: it sees 20 s ahead, and by then the change has happened.
static void fewer_slots_are_counted_when_they_are_there(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit_first(&kit, 0)->max_multiplexing = 2;
    kit.apps[0].oracle.lookahead = 20 * SIM_SECOND;
    kit_scale(&kit, 0, 150);
    kit.timeline[0].max_multiplexing = 1;
    kit_call(&kit, 0, 100, 400);
    kit_call(&kit, 0, 101, 400);
    kit_call(&kit, 0, 200, 50);
    kit_call(&kit, 0, 205, 50);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "wait_s", "app=A,quantile=max", 0);
    kit_free(&kit);
}

// Batches: ten requests at each of 100, 200, ..., 900.
static void batches_are_foreseen(void **state)
{
    (void)state;
    struct kit kit = one_app();
    struct traffic_config *t = kit_renewal(&kit, 0, dist_constant(100), dist_constant(2));
    t->batch = BATCH_CONSTANT;
    t->batch_size = 10;
    expect_floor(&kit, 900, 0, 180);
    kit_free(&kit);
}

// C1: requests that are turned away need no runner.
static void strangers_are_not_expected(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit_call(&kit, 0, 100, 5)->caller = 2;
    kit_run(&kit, 1, 0);
    kit_is(&kit, "runner_starts", "app=A", 0);
    kit_free(&kit);
}

// Q9: behind one waiting request nobody else may wait, so nobody serves the third one.
static void rejections_are_foreseen(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit_scaling(&kit, 0)->max_concurrency = 1;
    kit.apps[0].max_queue_length = 1;
    for (int i = 0; i < 3; i++)
        kit_call(&kit, 0, 100 + i, 20);
    kit_call(&kit, 0, 155, 1); // 15 s after the second one's end
    expect_lives(&kit, "PENDING@90 SETUP@90 IDLE@100 RUNNING@100 IDLE@140 TERMINATED@140 "
                       "PENDING@145 SETUP@145 IDLE@155 RUNNING@155 IDLE@156 TERMINATED@156");
    kit_free(&kit);
}

// The first request of a runner takes 20 s, and the revision 3 times as long as the source says.
static void service_times_are_those_of_the_revision(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit_first(&kit, 0)->service_factor = 2;
    for (int i = 0; i < 2; i++) {
        struct traffic_config *t = kit_call(&kit, 0, 100 + 35 * i, 5);
        t->has_cold_service = true;
        t->cold_service = dist_constant(15);
    }
    // 100 to 130 cold, 5 s idle, 135 to 145 warm.
    expect_floor(&kit, 10, 5, 40);
    kit_free(&kit);
}

// Runners that are there at the beginning are kept while they are worth it.
static void runners_of_the_beginning_are_judged_too(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit.apps[0].initial_runners = 3;
    kit_call(&kit, 0, 8, 2);
    kit_call(&kit, 0, 40, 2);
    expect_floor(&kit, 10, 8, 4);
    kit_free(&kit);
}

// A1: below the floor nobody goes, and no start is made for a need that the floor covers.
static void the_floor_stays(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit_scaling(&kit, 0)->min_concurrency = 1;
    kit_call(&kit, 0, 100, 5);
    kit_call(&kit, 0, 500, 5);
    expect_lives(&kit, "PENDING@0 SETUP@0 IDLE@10 RUNNING@100 IDLE@105 RUNNING@500 IDLE@505");
    kit_free(&kit);
}

// What cannot be foreseen is answered as it comes: a retry one second after a crash.
static void a_retry_is_served_as_it_comes(void **state)
{
    (void)state;
    struct kit kit = one_app();
    struct revision_config *r = kit_first(&kit, 0);
    kit.config.platform.retry_jitter = 0;
    r->responses[0] = (struct response_config){.status = 503, .probability = 1};
    r->response_count = 1;
    kit_call(&kit, 0, 100, 5)->max_attempts = 2;
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_begins(&log), "0@100 0@116"); // 105 + 1, and a start of 10 s
    kit_log_free(&log);
    kit_free(&kit);
}

// A1: one start at a time, foreseen or not: the second one comes when the first is ready.
static void parallel_starts_are_limited(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit.apps[0].max_parallel_starts = 1;
    kit_call(&kit, 0, 100, 50);
    kit_call(&kit, 0, 101, 50);
    struct kit_log log;
    kit_log_start(&kit, &log);
    kit_run(&kit, 1, 0);
    assert_string_equal(kit_times(&log, "runner", "PENDING"), "90 100");
    kit_log_free(&log);
    kit_free(&kit);
}

// A lookahead that is shorter than a start makes it late; one that is shorter than setup() is taken
// as long as that.
static void a_short_lookahead_makes_starts_late(void **state)
{
    (void)state;
    struct kit kit = one_app();
    kit.apps[0].oracle.lookahead = 16 * SIM_SECOND;
    kit.machines[0].pending = dist_constant(30);
    kit_call(&kit, 0, 200, 5);
    kit_run(&kit, 1, 0);
    double wait = kit_get(&kit, "wait_s", "app=A,quantile=max"); // it looks every 2 s
    assert_true(wait > 40 - 18 - 1e-6 && wait < 40 - 16 + 1e-6);
    kit.machines[0].pending = dist_constant(0);
    kit.apps[0].oracle.lookahead = SIM_SECOND;
    expect_floor(&kit, 10, 0, 5);
    kit_free(&kit);
}

// However far it looks, as long as that covers a start, it does the same.
static void the_lookahead_does_not_matter(void **state)
{
    (void)state;
    double cost[3];
    for (int i = 0; i < 3; i++) {
        struct kit kit = one_app();
        kit.config.horizon = 20000 * SIM_SECOND;
        kit.apps[0].oracle.lookahead = (i == 0 ? 15 : i == 1 ? 100 : 100000) * SIM_SECOND;
        kit_poisson(&kit, 0, .2, (struct dist){.kind = DIST_EXPONENTIAL, .a = 8})->from =
            50 * SIM_SECOND;
        kit_run(&kit, 3, 0);
        kit_is(&kit, "wait_s", "app=A,quantile=max", 0);
        cost[i] = kit_get(&kit, "cost_usd", "app=A,payer=owner");
        kit_free(&kit);
    }
    assert_true(cost[0] == cost[1] && cost[1] == cost[2] && cost[0] > 0);
}

// The floor computed in another way.  Requests i with end e_i and start s_i; a link from an end to
// a later start saves setup - (s_j - e_i) when that is not negative, and each end and start has one
// link at most.  The best set of links, by trying all: over starts in order, with a bit for each
// end that is taken.
enum { CALLS = 9 };

static double best_saving(const double *starts, const double *ends, double setup, uint32_t taken,
                          uint32_t j, double *memo)
{
    if (j == CALLS) return 0;
    double *known = &memo[j << CALLS | taken];
    if (*known >= 0) return *known;
    double best = best_saving(starts, ends, setup, taken, j + 1, memo);
    for (uint32_t i = 0; i < CALLS; i++) {
        double saving = setup - (starts[j] - ends[i]);
        if (taken >> i & 1 || ends[i] > starts[j] || saving < 0) continue;
        saving += best_saving(starts, ends, setup, taken | 1u << i, j + 1, memo);
        if (saving > best) best = saving;
    }
    return *known = best;
}

static void it_costs_what_the_best_pairing_costs(void **state)
{
    (void)state;
    static double memo[CALLS << CALLS];
    struct rng_stream stream;
    rng_stream_open(&stream, 42, 0, 1);
    for (uint32_t round = 0; round < 60; round++) {
        struct kit kit = one_app();
        double starts[CALLS], ends[CALLS], work = 0;
        double at = 100, setup = 1 + (double)(rng_word(&stream, round) % 30);
        kit_first(&kit, 0)->setup = dist_constant(setup);
        for (uint32_t i = 0; i < CALLS; i++) {
            uint64_t word = rng_word(&stream, 1000 + round * CALLS + i);
            at += (double)(word % 16);
            starts[i] = at;
            ends[i] = at + 1 + (double)(word / 16 % 24);
            work += ends[i] - starts[i];
            kit_call(&kit, 0, starts[i], ends[i] - starts[i]);
        }
        for (size_t i = 0; i < CALLS << CALLS; i++)
            memo[i] = -1;
        kit_run(&kit, 1, 0);
        double floor = work + CALLS * setup - best_saving(starts, ends, setup, 0, 0, memo);
        double billed = kit_get(&kit, "billed_s", "app=A,state=SETUP") +
                        kit_get(&kit, "billed_s", "app=A,state=IDLE") +
                        kit_get(&kit, "billed_s", "app=A,state=RUNNING");
        kit_is(&kit, "wait_s", "app=A,quantile=max", 0);
        if (fabs(billed - floor) > 1e-6)
            fail_msg("round %u: %g s, the floor is %g s", (unsigned)round, billed, floor);
        kit_free(&kit);
    }
}

// Same draws: every request begins and ends when it does in a pool that is large from the start.
static void the_copies_draw_what_the_sources_draw(void **state)
{
    (void)state;
    char *begins[2];
    for (int i = 0; i < 2; i++) {
        struct kit kit = one_app();
        if (i == 1) {
            kit.apps[0].autoscaler = kit_autoscaler("fixed");
            kit.apps[0].initial_runners = kit_scaling(&kit, 0)->max_concurrency;
        }
        struct traffic_config *t =
            kit_poisson(&kit, 0, .3, (struct dist){.kind = DIST_EXPONENTIAL, .a = 5});
        t->batch = BATCH_GEOMETRIC;
        t->batch_size = 2;
        t->from = 60 * SIM_SECOND;
        kit_renewal(&kit, 0, (struct dist){.kind = DIST_EXPONENTIAL, .a = 7}, dist_constant(6))
            ->from = 60 * SIM_SECOND;
        struct kit_log log;
        kit_log_start(&kit, &log);
        kit_run(&kit, 5, 1);
        begins[i] = strdup(kit_times(&log, "request", "begins"));
        kit_log_free(&log);
        kit_free(&kit);
    }
    assert_string_equal(begins[0], begins[1]);
    assert_true(strlen(begins[0]) > 2000);
    free(begins[0]);
    free(begins[1]);
}

static void nobody_else_pays_for_it(void **state)
{
    (void)state;
    struct kit kit = one_app();
    size_t with = foresight_memory(kit_config(&kit));
    kit.apps[0].autoscaler = 0;
    assert_int_equal(foresight_memory(kit_config(&kit)), 0);
    assert_true(with > 0);
    struct model *m = kit_create(&kit, 1, 0);
    assert_null(m->apps[0].foresight);
    kit_drop(&kit);
    kit_free(&kit);
}

// A3: an oracle reads ahead in its own app's sources alone, and in none whose arrivals depend on
// what it does.
static void an_oracle_looks_at_its_own_arrivals(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    for (uint32_t app = 0; app < 2; app++) {
        kit_app(&kit, app ? "B" : "A");
        kit.apps[app].autoscaler = kit_autoscaler("oracle");
        kit_poisson(&kit, app, 1, dist_constant(1));
        struct traffic_config *loop = kit_poisson(&kit, app, 1, dist_constant(1));
        loop->kind = ARRIVAL_CLOSED_LOOP;
        loop->users = 3;
    }
    struct model *m = kit_create(&kit, 1, 0);
    for (uint32_t app = 0; app < 2; app++) {
        assert_int_equal(m->apps[app].foresight->copy_count, 1);
        assert_int_equal(m->apps[app].foresight->ids[0], 2 * app);
    }
    kit_drop(&kit);
    kit_free(&kit);
}

// A3: the ideal pool knows how long a request will take: longer on a new runner (Q3), by the
// revision's factor, within request_timeout.
static void work_is_that_of_the_real_request(void **state)
{
    (void)state;
    struct kit kit = kit_new(100);
    kit_app(&kit, "A");
    kit.apps[0].autoscaler = kit_autoscaler("oracle");
    struct traffic_config *t = kit_poisson(&kit, 0, 1, dist_constant(5));
    t->has_cold_service = true;
    t->cold_service = dist_constant(20);
    kit_first(&kit, 0)->service_factor = 1.5;
    kit_scaling(&kit, 0)->request_timeout = 25 * SIM_SECOND;
    struct model *m = kit_create(&kit, 1, 0);
    struct source *copy = &m->apps[0].foresight->copies[0];
    assert_true(work_of(m, &m->apps[0], copy, 7, false) == sim_from_seconds(7.5));
    assert_true(work_of(m, &m->apps[0], copy, 7, true) == sim_from_seconds(25)); // 30 s is too long
    t->cold_service = dist_constant(10);
    assert_true(work_of(m, &m->apps[0], copy, 7, true) == sim_from_seconds(15));
    kit_drop(&kit);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_runner_is_there_for_its_request),
        cmocka_unit_test(a_gap_is_kept_when_it_costs_no_more_than_a_start),
        cmocka_unit_test(last_in_first_out),
        cmocka_unit_test(an_arrival_takes_over_the_slot_of_its_instant),
        cmocka_unit_test(what_is_not_billed_counts_for_the_time_not_for_the_price),
        cmocka_unit_test(a_random_start_is_as_early_as_it_needs),
        cmocka_unit_test(a_ladder_is_foreseen_too),
        cmocka_unit_test(the_ceiling_is_foreseen),
        cmocka_unit_test(scale_events_are_foreseen),
        cmocka_unit_test(slots_are_filled_before_runners_are_started),
        cmocka_unit_test(fewer_slots_are_counted_when_they_are_there),
        cmocka_unit_test(batches_are_foreseen),
        cmocka_unit_test(strangers_are_not_expected),
        cmocka_unit_test(rejections_are_foreseen),
        cmocka_unit_test(service_times_are_those_of_the_revision),
        cmocka_unit_test(runners_of_the_beginning_are_judged_too),
        cmocka_unit_test(the_floor_stays),
        cmocka_unit_test(a_retry_is_served_as_it_comes),
        cmocka_unit_test(parallel_starts_are_limited),
        cmocka_unit_test(a_short_lookahead_makes_starts_late),
        cmocka_unit_test(the_lookahead_does_not_matter),
        cmocka_unit_test(it_costs_what_the_best_pairing_costs),
        cmocka_unit_test(the_copies_draw_what_the_sources_draw),
        cmocka_unit_test(nobody_else_pays_for_it),
        cmocka_unit_test(an_oracle_looks_at_its_own_arrivals),
        cmocka_unit_test(work_is_that_of_the_real_request),
    };
    return cmocka_run_group_tests_name("foresight", tests, NULL, NULL);
}
