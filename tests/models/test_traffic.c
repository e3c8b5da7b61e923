#include "models/traffic.c"

#include "tests/kit_log.h"

// An app that answers at once, whatever comes.
static struct kit listener(double horizon_s)
{
    struct kit kit = kit_new(horizon_s);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->min_concurrency = kit_scaling(&kit, app)->max_concurrency = 1;
    kit_first(&kit, app)->max_multiplexing = 10000;
    kit.apps[app].initial_runners = 1;
    return kit;
}

static void record_arrivals(struct kit *kit, struct kit_log *log)
{
    kit_log_start(kit, log);
    assert_int_equal(kit_run(kit, 42, 0), SIM_DONE);
    kit->trace = NULL;
    size_t kept = 0;
    for (size_t i = 0; i < log->count; i++)
        if (kit_log_is(&log->rows[i], "arrival", NULL)) log->rows[kept++] = log->rows[i];
    log->count = kept;
}

static size_t count_between(const struct kit_log *log, double from_s, double to_s)
{
    size_t count = 0;
    for (size_t i = 0; i < log->count; i++) {
        double at = sim_seconds(log->rows[i].at);
        count += at >= from_s && at < to_s;
    }
    return count;
}

// T1: counts of 1000 bins of 100 s at 0.5/s have mean and variance 50.  The index of dispersion
// times 999 is chi-square with 999 degrees of freedom: standard deviation sqrt(2 / 999) = 0.0447.
static void poisson_counts_have_the_variance_of_their_mean(void **state)
{
    (void)state;
    struct kit kit = listener(1e5);
    kit_poisson(&kit, 0, .5, dist_constant(0));
    struct kit_log log;
    record_arrivals(&kit, &log);
    kit_near((double)log.count, 5e4, 4.5 * sqrt(5e4), "arrivals");
    double squares = 0, bins[1000] = {0}, mean = (double)log.count / 1000;
    for (size_t i = 0; i < log.count; i++)
        bins[log.rows[i].at / (100 * SIM_SECOND)]++;
    for (int i = 0; i < 1000; i++)
        squares += (bins[i] - mean) * (bins[i] - mean);
    kit_near(squares / 999 / mean, 1, 4.5 * .0447, "index of dispersion");
    kit_log_free(&log);
    kit_free(&kit);
}

// O2: the same uniforms at another rate: twice the rate, half the times, to the rounding of each
// gap to a ns.
static void gaps_scale_with_the_rate(void **state)
{
    (void)state;
    struct kit_log slow, fast;
    struct kit kit = listener(2000);
    struct traffic_config *t = kit_poisson(&kit, 0, 1, dist_constant(0));
    record_arrivals(&kit, &slow);
    t->rate_per_s = 2;
    record_arrivals(&kit, &fast);
    assert_true(slow.count > 1000 && fast.count > slow.count);
    for (size_t i = 0; i < slow.count; i++) {
        int64_t apart = slow.rows[i].at - 2 * fast.rows[i].at;
        assert_true(llabs(apart) <= 2 * (int64_t)(i + 1));
    }
    kit_log_free(&slow);
    kit_log_free(&fast);
    kit_free(&kit);
}

// T1: a renewal source with a constant gap; `from` is where its clock begins, `until` is not in it
// any more.
static void constant_gaps_arrive_like_clockwork(void **state)
{
    (void)state;
    struct kit kit = listener(1000);
    struct traffic_config *t = kit_renewal(&kit, 0, dist_constant(10), dist_constant(0));
    t->from = sim_from_seconds(5);
    t->until = sim_from_seconds(55);
    struct kit_log log;
    record_arrivals(&kit, &log);
    assert_string_equal(kit_times(&log, "arrival", NULL), "15 25 35 45");
    kit_log_free(&log);
    t->until += 1;
    record_arrivals(&kit, &log);
    assert_string_equal(kit_times(&log, "arrival", NULL), "15 25 35 45 55");
    kit_log_free(&log);
    kit_free(&kit);
}

// T1: uniform gaps from 1 to 3 s: mean 2, variance 1/3.
static void renewal_gaps_follow_their_distribution(void **state)
{
    (void)state;
    struct kit kit = listener(2e4);
    struct dist gap = {.kind = DIST_UNIFORM, .a = 1, .b = 3};
    kit_renewal(&kit, 0, gap, dist_constant(0));
    struct kit_log log;
    record_arrivals(&kit, &log);
    double sum = 0, squares = 0, n = (double)log.count - 1;
    for (size_t i = 1; i < log.count; i++) {
        double g = sim_seconds(log.rows[i].at - log.rows[i - 1].at);
        assert_true(g >= 1 && g <= 3);
        sum += g;
        squares += g * g;
    }
    kit_near(sum / n, 2, 4.5 * .5774 / sqrt(n), "mean gap");
    kit_near(squares / n - sum * sum / n / n, 1. / 3, .02, "variance");
    kit_log_free(&log);
    kit_free(&kit);
}

static const struct rate_step day[] = {
    {0, 2}, {1000 * SIM_SECOND, 0}, {3000 * SIM_SECOND, 5}, {4000 * SIM_SECOND, .25}};

static struct traffic_config *by_steps(struct kit *kit)
{
    struct traffic_config *t = kit_traffic(kit, 0, dist_constant(0));
    t->kind = ARRIVAL_PIECEWISE;
    t->steps = day;
    t->step_count = sizeof day / sizeof *day;
    return t;
}

static void expect_count(const struct kit_log *log, double from_s, double to_s, double mean)
{
    kit_near((double)count_between(log, from_s, to_s), mean, 4.5 * sqrt(mean), "count of a step");
}

// T1: Poisson counts in every step, exact silence at rate 0, and the last rate stays.
static void steps_have_their_own_rates(void **state)
{
    (void)state;
    struct kit kit = listener(8000);
    by_steps(&kit);
    struct kit_log log;
    record_arrivals(&kit, &log);
    expect_count(&log, 0, 1000, 2000);
    expect_count(&log, 0, 500, 1000);
    expect_count(&log, 1000, 3000, 0);
    expect_count(&log, 3000, 4000, 5000);
    expect_count(&log, 4000, 8000, 1000);
    expect_count(&log, 6000, 8000, 500);
    kit_log_free(&log);
    kit_free(&kit);
}

// T1: with a period of 2500 s the steps start over at 2500, 5000 and 7500; those that begin later
// never come.
static void steps_repeat(void **state)
{
    (void)state;
    struct kit kit = listener(8000);
    by_steps(&kit)->repeat = sim_from_seconds(2500);
    struct kit_log log;
    record_arrivals(&kit, &log);
    for (int period = 0; period < 3; period++) {
        expect_count(&log, 2500 * period, 2500 * period + 1000, 2000);
        expect_count(&log, 2500 * period + 1000, 2500 * (period + 1), 0);
    }
    expect_count(&log, 7500, 8000, 1000);
    kit_log_free(&log);
    kit_free(&kit);
}

// O2: another rate after 3000 s leaves every arrival before it where it was.
static void a_later_step_does_not_move_earlier_arrivals(void **state)
{
    (void)state;
    struct rate_step other[4];
    memcpy(other, day, sizeof day);
    other[2].rate_per_s = 50;
    struct kit kit = listener(3900);
    struct kit_log before, after;
    by_steps(&kit);
    record_arrivals(&kit, &before);
    kit.traffic[0].steps = other;
    record_arrivals(&kit, &after);
    size_t same = count_between(&before, 0, 3000);
    assert_true(same > 1800);
    assert_int_equal(count_between(&after, 0, 3000), same);
    for (size_t i = 0; i < same; i++)
        assert_true(before.rows[i].at == after.rows[i].at);
    assert_true(after.count > 3 * before.count);
    kit_log_free(&before);
    kit_log_free(&after);
    kit_free(&kit);
}

// O2: the steps stretch one and the same unit process: the rate integrated up to the k-th arrival
// is the k-th arrival of a Poisson source of rate 1, whatever the steps in between.
static void steps_stretch_the_unit_process(void **state)
{
    (void)state;
    struct kit_log unit, stretched;
    struct kit kit = listener(8000);
    kit_poisson(&kit, 0, 1, dist_constant(0));
    record_arrivals(&kit, &unit);
    kit_free(&kit);
    kit = listener(8000);
    by_steps(&kit);
    record_arrivals(&kit, &stretched);
    assert_true(stretched.count > 7000);
    for (size_t i = 0; i < stretched.count && i < unit.count; i++) {
        double at = sim_seconds(stretched.rows[i].at), area = 2 * fmin(at, 1000);
        area += 5 * fmin(fmax(at - 3000, 0), 1000) + .25 * fmax(at - 4000, 0);
        kit_near(area, sim_seconds(unit.rows[i].at), 1e-4, "integrated rate");
    }
    kit_log_free(&unit);
    kit_log_free(&stretched);
    kit_free(&kit);
}

static void no_rate_no_arrivals(void **state)
{
    (void)state;
    static const struct rate_step silence[] = {{0, 0}, {100 * SIM_SECOND, 0}};
    struct kit kit = listener(1e6);
    kit_poisson(&kit, 0, 0, dist_constant(0));
    struct traffic_config *t = by_steps(&kit);
    t->steps = silence;
    t->step_count = 2;
    t->repeat = sim_from_seconds(200);
    kit_run(&kit, 1, 0);
    kit_is(&kit, "arrivals", "app=A", 0);
    kit_free(&kit);
}

#define ROW(at, work)                                                                              \
    {                                                                                              \
        .arrival = (at), .service = (work)                                                         \
    }

struct rows {
    const struct trace_row *rows;
    size_t count, next;
    enum trace_end end;
};

static enum trace_end next_row(void *context, uint32_t source, struct trace_row *row)
{
    struct rows *rows = context;
    assert_int_equal(source, 0);
    if (rows->next == rows->count) return rows->end;
    *row = rows->rows[rows->next++];
    return TRACE_ROW;
}

static enum sim_end replay(struct kit *kit, struct rows *rows, struct kit_log *log)
{
    const struct trace_feed feed = {next_row, rows};
    kit->feed = &feed;
    kit_log_start(kit, log);
    enum sim_end end = kit_run(kit, 1, 0);
    kit->feed = NULL;
    kit->trace = NULL;
    return end;
}

static struct kit trace_listener(double service_s)
{
    struct kit kit = listener(1000);
    kit_traffic(&kit, 0, dist_constant(service_s))->kind = ARRIVAL_TRACE;
    return kit;
}

// T2: rows arrive at their own ns with their own service time; without one it is drawn.
static void trace_rows_arrive_exactly(void **state)
{
    (void)state;
    static const struct trace_row rows[] = {ROW(0, 3),          ROW(1, SIM_NEVER),
                                            ROW(7, 5),          ROW(7, 5),
                                            ROW(SIM_SECOND, 0), ROW(999 * SIM_SECOND, SIM_SECOND)};
    struct rows trace = {rows, 6, 0, TRACE_END};
    struct kit kit = trace_listener(11e-9);
    struct kit_log log;
    assert_int_equal(replay(&kit, &trace, &log), SIM_DONE);
    static const sim_time ends[] = {3, 12, 12, 12, SIM_SECOND};
    size_t arrivals = 0, done = 0;
    for (size_t i = 0; i < log.count; i++) {
        if (kit_log_is(&log.rows[i], "arrival", NULL))
            assert_true(log.rows[i].at == rows[arrivals++].arrival);
        if (kit_log_is(&log.rows[i], "service_done", NULL))
            assert_true(log.rows[i].at == ends[done++]);
    }
    assert_int_equal(arrivals, 6);
    assert_int_equal(done, 5); // the last one ends at the horizon, where nothing happens any more
    kit_is(&kit, "requests", "app=A,outcome=unfinished", 1);
    kit_log_free(&log);
    kit_free(&kit);
}

// T2: rows outside [from, until) and beyond the horizon do not arrive.
static void a_trace_is_cut_to_its_window(void **state)
{
    (void)state;
    static const struct trace_row rows[] = {ROW(1 * SIM_SECOND, 1), ROW(2 * SIM_SECOND, 1),
                                            ROW(3 * SIM_SECOND, 1), ROW(4 * SIM_SECOND, 1),
                                            ROW(5000 * SIM_SECOND, 1)};
    struct rows trace = {rows, 5, 0, TRACE_END};
    struct kit kit = trace_listener(1);
    struct kit_log log;
    kit.traffic[0].from = 2 * SIM_SECOND;
    replay(&kit, &trace, &log);
    assert_string_equal(kit_times(&log, "arrival", NULL), "2 3 4");
    kit_log_free(&log);
    kit.traffic[0].until = 4 * SIM_SECOND;
    trace.next = 0;
    replay(&kit, &trace, &log);
    assert_string_equal(kit_times(&log, "arrival", NULL), "2 3");
    kit_log_free(&log);
    kit_free(&kit);
}

// T2: a trace that breaks off, or goes back in time, ends the run with a message and not with a
// guess.
static void a_broken_trace_is_a_fault(void **state)
{
    (void)state;
    static const struct trace_row good[] = {ROW(5, 1)}, back[] = {ROW(5, 1), ROW(6, 1), ROW(5, 1)};
    struct rows broken = {good, 1, 0, TRACE_BROKEN}, unsorted = {back, 3, 0, TRACE_END};
    struct kit kit = trace_listener(1);
    struct kit_log log;
    assert_int_equal(replay(&kit, &broken, &log), SIM_FAULT);
    assert_non_null(strstr(kit.fault, "the trace of source \"traffic\""));
    kit_log_free(&log);
    assert_int_equal(replay(&kit, &unsorted, &log), SIM_FAULT);
    kit_log_free(&log);
    kit_free(&kit);
}

// O2: a source's arrivals are its own: a second source changes none of them.
static void sources_do_not_disturb_each_other(void **state)
{
    (void)state;
    struct kit kit = listener(2000);
    struct kit_log alone, together;
    kit_poisson(&kit, 0, .5, dist_constant(1));
    record_arrivals(&kit, &alone);
    kit_poisson(&kit, 0, 3, dist_constant(1));
    record_arrivals(&kit, &together);
    size_t own = 0;
    for (size_t i = 0; i < together.count; i++)
        if (together.rows[i].who == 0) assert_true(together.rows[i].at == alone.rows[own++].at);
    assert_int_equal(own, alone.count);
    assert_true(together.count > 5 * own);
    kit_log_free(&alone);
    kit_log_free(&together);
    kit_free(&kit);
}

// O2: every purpose of every source draws from a stream of its own, and another one for every seed.
static void no_two_streams_are_the_same(void **state)
{
    (void)state;
    enum { PURPOSES = 15, ALL = 2 * 2 * PURPOSES };
    uint64_t words[ALL];
    size_t count = 0;
    for (uint64_t seed = 1; seed <= 2; seed++) {
        struct kit kit = kit_new(10);
        kit_app(&kit, "A");
        kit_poisson(&kit, 0, 1, dist_constant(1));
        kit_poisson(&kit, 0, 1, dist_constant(1));
        struct model *m = kit_create(&kit, seed, 0);
        for (int i = 0; i < 2; i++) {
            struct source *s = &m->sources[i];
            struct rng_stream *const streams[PURPOSES] = {
                &s->arrival, &s->service, &s->cold_service, &s->response, &s->retry,
                &s->units,   &s->route,   &s->health,       &s->fails_at, &s->patience,
                &s->hint,    &s->batch,   &s->postpone,     &s->stay,     &s->turn};
            for (int p = 0; p < PURPOSES; p++)
                words[count++] = rng_word(streams[p], 5);
        }
        kit_drop(&kit);
        kit_free(&kit);
    }
    for (size_t i = 0; i < ALL; i++)
        for (size_t k = 0; k < i; k++)
            if (words[i] == words[k]) fail_msg("streams %zu and %zu", k, i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(poisson_counts_have_the_variance_of_their_mean),
        cmocka_unit_test(gaps_scale_with_the_rate),
        cmocka_unit_test(constant_gaps_arrive_like_clockwork),
        cmocka_unit_test(renewal_gaps_follow_their_distribution),
        cmocka_unit_test(steps_have_their_own_rates),
        cmocka_unit_test(steps_repeat),
        cmocka_unit_test(a_later_step_does_not_move_earlier_arrivals),
        cmocka_unit_test(steps_stretch_the_unit_process),
        cmocka_unit_test(no_rate_no_arrivals),
        cmocka_unit_test(trace_rows_arrive_exactly),
        cmocka_unit_test(a_trace_is_cut_to_its_window),
        cmocka_unit_test(a_broken_trace_is_a_fault),
        cmocka_unit_test(sources_do_not_disturb_each_other),
        cmocka_unit_test(no_two_streams_are_the_same),
    };
    return cmocka_run_group_tests_name("traffic", tests, NULL, NULL);
}
