// Laws of whole runs: Little's, common random numbers, scaling of time, renaming and reordering.

#include "tests/kit_log.h"
#include "tests/laws/watch.h"

static struct dist exponential(double mean_s)
{
    return (struct dist){.kind = DIST_EXPONENTIAL, .a = mean_s};
}

// Two apps that share machines, with chance in every stage, on both paths, and one deploy each. All
// times are multiplied by `scale`.
static struct kit two_apps(const char *const names[2], double scale, const char *strategy)
{
    struct kit kit = kit_new(4000 * scale);
    kit.machines[0].pending = exponential(2 * scale);
    kit.machines[0].capacity = 9;
    struct platform_config *p = &kit.config.platform;
    p->unused_runner_timeout = sim_from_seconds(10 * scale);
    p->crash_backoff = sim_from_seconds(30 * scale);
    p->crash_backoff_max = sim_from_seconds(600 * scale);
    p->retry_base = sim_from_seconds(scale);
    p->retry_max = sim_from_seconds(30 * scale);
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t app = kit_app(&kit, names[i]);
        struct scaling_config *s = kit_scaling(&kit, app);
        struct revision_config *r = kit_first(&kit, app);
        s->min_concurrency = i;
        s->max_concurrency = 6;
        s->keep_alive = sim_from_seconds(40 * scale);
        s->request_timeout = sim_from_seconds(30 * scale);
        r->setup = exponential(12 * scale);
        r->teardown = exponential(scale);
        r->termination_grace_period = sim_from_seconds(5 * scale);
        r->startup_timeout = sim_from_seconds(40 * scale);
        r->setup_failure = .05;
        r->max_multiplexing = 2;
        r->auth_mode = AUTH_SHARED;
        kit.apps[app].good_within = sim_from_seconds(2 * scale);
        kit.apps[app].refusal_window = sim_from_seconds(10 * scale);
        kit_poisson(&kit, app, .4 / scale, exponential(5 * scale))->caller = 1;
        struct traffic_config *t =
            kit_renewal(&kit, app, exponential(8 * scale), exponential(6 * scale));
        t->path = PATH_DIRECT;
        t->start_timeout = sim_from_seconds(20 * scale);
        if (strategy) kit_deploy(&kit, app, (1500 + 1000 * i) * scale, strategy);
    }
    return kit;
}

static const char *const a_and_b[] = {"A", "B"};

static void the_scenario_of_this_file_obeys_the_other_laws(void **state)
{
    (void)state;
    static struct watch watch;
    for (uint32_t replication = 0; replication < 5; replication++) {
        struct kit kit = two_apps(a_and_b, 1, replication % 2 ? "rolling" : "recreate");
        watch_run(&kit, &watch, 42, replication);
        assert_true(watch.begins > 3000);
        kit_free(&kit);
    }
}

// Little's law, exactly: with nothing in the system at both ends, the area under the queue length
// is the sum of the waits, and the area under the number in flight is the sum of the service times.
static void areas_are_sums_of_times(void **state)
{
    (void)state;
    for (uint32_t multiplexing = 1; multiplexing <= 4; multiplexing += 3) {
        struct kit kit = kit_new(5000);
        uint32_t app = kit_app(&kit, "A");
        kit_scaling(&kit, app)->max_concurrency = 3;
        kit_first(&kit, app)->setup = exponential(15);
        kit_first(&kit, app)->max_multiplexing = multiplexing;
        kit_poisson(&kit, app, .3 * multiplexing, exponential(8))->until = sim_from_seconds(4000);
        kit_run(&kit, 42, multiplexing);
        kit_is(&kit, "requests", "app=A,outcome=unfinished", 0);
        double n = kit_get(&kit, "requests", "app=A,outcome=ok");
        double waits = n * kit_get(&kit, "wait_mean_s", "app=A");
        double times = n * kit_get(&kit, "response_mean_s", "app=A");
        assert_true(n > 1000 && waits > 1000);
        kit_near(kit_get(&kit, "queue_length_mean", "app=A") * 5000, waits, 1e-6 * waits, "waits");
        kit_near(kit_get(&kit, "in_flight_mean", "app=A") * 5000, times - waits, 1e-6 * times,
                 "service times");
        kit_free(&kit);
    }
}

// Utilisation law: without a ceiling in the way, requests in flight on average are arrivals x mean
// service time.
static void in_flight_is_rate_times_service_time(void **state)
{
    (void)state;
    struct kit kit = kit_new(1e5);
    uint32_t app = kit_app(&kit, "A");
    kit_scaling(&kit, app)->max_concurrency = 100;
    kit_poisson(&kit, app, 2, dist_constant(3));
    kit_run(&kit, 42, 0);
    double n = kit_get(&kit, "arrivals", "app=A");
    kit_near(kit_get(&kit, "in_flight_mean", "app=A"), 3 * n / 1e5, 1e-3, "in flight");
    kit_free(&kit);
}

// What chance decided, whatever the strategy: arrivals and the work of each request, by source and
// number, and the setup() of each start of a revision.
enum { REQUESTS = 8000, STARTS = 400, RUNNERS = 4096 };
struct draws {
    struct sim_trace trace;
    const struct model *model;
    sim_time arrival[4][REQUESTS], work[4][REQUESTS];
    uint64_t arrivals[4], known;
    sim_time setup[4][STARTS], setup_begin[RUNNERS]; // by app and revision
};

static void note_setup(struct draws *d, const struct trace_record *row)
{
    const struct runner *r = &d->model->runners[row->who];
    uint32_t app = d->model->pools[r->pool].app;
    uint32_t revision = r->pool - d->model->config->apps[app].first_revision;
    if (row->arg >= STARTS) return; // ready at time 0
    if (strcmp(row->detail, "SETUP") == 0) d->setup_begin[row->who] = row->at;
    if (strcmp(row->detail, "IDLE") == 0 && !r->used)
        d->setup[2 * app + revision][row->arg] =
            row->at - d->setup_begin[row->who] + 1; // 0: not known
}

static void note(void *context, const struct trace_record *row)
{
    struct draws *d = context;
    if (strcmp(row->what, "arrival") == 0) {
        assert_true(d->arrivals[row->who] < REQUESTS);
        d->arrival[row->who][d->arrivals[row->who]++] = row->at;
    } else if (strcmp(row->what, "request") == 0) {
        const struct request *q = &d->model->requests[row->who];
        d->work[q->source][q->number] = q->work;
        d->known++;
    } else if (d->model && strcmp(row->what, "runner") == 0) {
        note_setup(d, row);
    }
}

static struct draws *draws_of(struct kit *kit)
{
    struct draws *d = calloc(1, sizeof *d);
    d->trace = (struct sim_trace){note, d};
    kit->trace = &d->trace;
    d->model = kit_create(kit, 42, 0);
    kit_finish(kit, (struct model *)(uintptr_t)d->model);
    kit_drop(kit);
    kit->trace = NULL;
    kit_free(kit);
    return d;
}

static size_t compare_known(const sim_time *a, const sim_time *b, size_t count)
{
    size_t both = 0;
    for (size_t i = 0; i < count; i++) {
        if (a[i] == 0 || b[i] == 0) continue;
        assert_true(a[i] == b[i]);
        both++;
    }
    return both;
}

// O2: with another strategy, without a deploy, with another keep_alive, every arrival and every
// service time, and the n-th start of every revision, are bit for bit the same.
static void strategies_meet_the_same_chance(void **state)
{
    (void)state;
    struct kit base = two_apps(a_and_b, 1, "recreate");
    struct draws *a = draws_of(&base);
    assert_true(a->known > 3000);
    for (int other = 0; other < 3; other++) {
        struct kit kit = two_apps(a_and_b, 1,
                                  other == 0   ? "rolling"
                                  : other == 1 ? NULL
                                               : "recreate");
        if (other == 2) kit_scaling(&kit, 0)->keep_alive = SIM_SECOND;
        struct draws *b = draws_of(&kit);
        for (int source = 0; source < 4; source++) {
            assert_int_equal(a->arrivals[source], b->arrivals[source]);
            assert_memory_equal(a->arrival[source], b->arrival[source], sizeof a->arrival[source]);
            assert_true(compare_known(a->work[source], b->work[source], REQUESTS) > 300);
        }
        for (int r = 0; r < 4; r++) {
            size_t both = compare_known(a->setup[r], b->setup[r], STARTS);
            assert_true(both > 0 || (other == 1 && r % 2 == 1));
        }
        free(b);
    }
    free(a);
}

// The same numbers in the same order, up to the tolerance; times multiplied by `times`.
static void expect_same_numbers(const struct kit *a, const struct kit *b, double times)
{
    assert_int_equal(a->value_count, b->value_count);
    for (size_t i = 0; i < a->value_count; i++) {
        double left = a->values[i].value, right = b->values[i].value;
        const char *unit = a->values[i].metric->unit;
        if (isnan(left) && isnan(right)) continue;
        if (strcmp(unit, "s") == 0 || strcmp(unit, "usd") == 0) left *= times;
        if (strcmp(unit, "1/30d") == 0) right *= times;
        // Quantiles are read off a histogram whose buckets do not scale.
        bool quantile = strstr(a->values[i].labels, "quantile") && times != 1;
        if (!(fabs(left - right) <= (quantile ? .009 : 1e-6) * fmax(1, fabs(left))))
            fail_msg("%s{%s}: %.12g and %.12g", a->values[i].metric->name, a->values[i].labels,
                     left, right);
    }
}

// All times four times as long: every duration and all money four times as much, every count the
// same.
static void time_has_no_scale_of_its_own(void **state)
{
    (void)state;
    struct kit a = two_apps(a_and_b, 1, "rolling"), b = two_apps(a_and_b, 4, "rolling");
    b.config.downtime.interval *= 4;
    b.config.downtime.budget_period *= 4;
    kit_run(&a, 42, 0);
    kit_run(&b, 42, 0);
    expect_same_numbers(&a, &b, 4);
    kit_free(&a);
    kit_free(&b);
}

static void names_do_not_matter(void **state)
{
    (void)state;
    static const char *const other[] = {"zebra", "aardvark"};
    struct kit a = two_apps(a_and_b, 1, "recreate"), b = two_apps(other, 1, "recreate");
    kit_run(&a, 42, 0);
    kit_run(&b, 42, 0);
    expect_same_numbers(&a, &b, 1);
    kit_free(&a);
    kit_free(&b);
}

// With nothing left to chance but the traffic, whose numbers belong to its sources, the order of
// apps that do not share machines does not matter either.
static struct kit ordered(const char *first, const char *second)
{
    struct kit kit = kit_new(3000);
    const char *const names[] = {first, second};
    uint32_t id[2];
    for (int i = 0; i < 2; i++) {
        id[i] = kit_app(&kit, names[i]);
        kit_scaling(&kit, id[i])->max_concurrency = names[i][0] == 'A' ? 2 : 5;
        kit_first(&kit, id[i])->setup = dist_constant(names[i][0] == 'A' ? 5 : 11);
    }
    uint32_t a = first[0] == 'A' ? id[0] : id[1], b = first[0] == 'A' ? id[1] : id[0];
    kit_poisson(&kit, a, .3, exponential(5));
    kit_poisson(&kit, b, .2, exponential(15));
    return kit;
}

static void the_order_of_apps_does_not_matter(void **state)
{
    (void)state;
    struct kit ab = ordered("A", "B"), ba = ordered("B", "A");
    kit_run(&ab, 42, 0);
    kit_run(&ba, 42, 0);
    size_t compared = 0;
    for (size_t i = 0; i < ab.value_count; i++) {
        const struct kit_value *v = &ab.values[i];
        if (strncmp(v->labels, "app=", 4) != 0) continue;
        if (strcmp(v->metric->name, "cost_revision_usd") == 0)
            continue; // its number is by the file
        kit_is(&ba, v->metric->name, v->labels, v->value);
        compared++;
    }
    assert_true(compared > 150);
    kit_free(&ab);
    kit_free(&ba);
}

// A deploy that comes at the end is as good as none: until then, nothing may know of it.
static void the_future_does_not_cast_shadows(void **state)
{
    (void)state;
    struct kit none = two_apps(a_and_b, 1, NULL), late = two_apps(a_and_b, 1, NULL);
    late.config.horizon = none.config.horizon = sim_from_seconds(3000);
    kit_deploy(&late, 1, 2999.999999, "recreate");
    static struct watch a, b;
    watch_run(&none, &a, 42, 0);
    watch_run(&late, &b, 42, 0);
    assert_true(b.begins == a.begins);
    kit_is(&late, "cost_usd", "payer=callers", kit_get(&none, "cost_usd", "payer=callers"));
    kit_is(&late, "wait_mean_s", "app=B", kit_get(&none, "wait_mean_s", "app=B"));
    kit_free(&none);
    kit_free(&late);
}

// The money law in money: billed seconds x rate, whatever the mode, to the micro-dollar (C5).
static void money_is_billed_seconds_times_the_rate(void **state)
{
    (void)state;
    for (uint32_t mode = 0; mode < AUTH_MODES; mode++) {
        struct kit kit = two_apps(a_and_b, 1, "recreate");
        for (uint32_t r = 0; r < kit.config.revision_count; r++)
            kit.revisions[r].auth_mode = (mode + r) % AUTH_MODES;
        kit.config.warm_up = sim_from_seconds(333.25);
        kit_run(&kit, 42, 0);
        double billed = watch_sum(kit.values, kit.value_count, "billed_s", "app=");
        double money = watch_sum(kit.values, kit.value_count, "cost_usd", "app=");
        assert_true(billed > 10000);
        kit_near(money, billed * .99 / 3600, 1e-6, "money");
        kit_near(watch_sum(kit.values, kit.value_count, "cost_usd", "payer="), money, 1e-6,
                 "all money");
        kit_free(&kit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_scenario_of_this_file_obeys_the_other_laws),
        cmocka_unit_test(areas_are_sums_of_times),
        cmocka_unit_test(in_flight_is_rate_times_service_time),
        cmocka_unit_test(strategies_meet_the_same_chance),
        cmocka_unit_test(time_has_no_scale_of_its_own),
        cmocka_unit_test(names_do_not_matter),
        cmocka_unit_test(the_order_of_apps_does_not_matter),
        cmocka_unit_test(the_future_does_not_cast_shadows),
        cmocka_unit_test(money_is_billed_seconds_times_the_rate),
    };
    return cmocka_run_group_tests_name("laws", tests, NULL, NULL);
}
