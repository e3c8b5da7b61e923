#include "models/rate.c"

#include "tests/kit.h"

static const sim_time hour = 3600 * SIM_SECOND;

static struct traffic_config crowd(double base, double factor, const double times_s[4])
{
    return (struct traffic_config){.kind = ARRIVAL_FLASH_CROWD,
                                   .rate_per_s = base,
                                   .repeat = SIM_NEVER,
                                   .crowd = {.at = sim_from_seconds(times_s[0]),
                                             .ramp = sim_from_seconds(times_s[1]),
                                             .hold = sim_from_seconds(times_s[2]),
                                             .half_life = sim_from_seconds(times_s[3]),
                                             .factor = factor}};
}

static struct traffic_config wave(double mean, double amplitude, double period_s, double peak_s)
{
    return (struct traffic_config){.kind = ARRIVAL_DIURNAL,
                                   .rate_per_s = mean,
                                   .repeat = SIM_NEVER,
                                   .diurnal = {.amplitude = amplitude,
                                               .period = sim_from_seconds(period_s),
                                               .peak_at = sim_from_seconds(peak_s)}};
}

static void expect_at(const struct traffic_config *c, double from_s, double amount, double at_s)
{
    sim_time at = rate_reach(c, sim_from_seconds(from_s), amount, SIM_NEVER);
    kit_near(sim_seconds(at), at_s, 2e-9, "when the integrated rate reaches the amount");
}

// T1: 1/s, from 10 s on up to 5/s within 2 s, 4 s up there, back.  The integrated rate is 10 at
// 10 s, t + t^2 more inside the ramp, 16 at 12 s, 36 at 16 s.
static void a_crowd_by_hand(void **state)
{
    (void)state;
    struct traffic_config c = crowd(1, 5, (const double[]){10, 2, 4, 0});
    expect_at(&c, 0, 4, 4);
    expect_at(&c, 0, 10, 10);
    expect_at(&c, 0, 12, 11);
    expect_at(&c, 11, 4, 12);
    expect_at(&c, 0, 26, 14);
    expect_at(&c, 0, 36, 16);
    expect_at(&c, 13, 19, 20);
    expect_at(&c, 100, 7, 107);
}

// T1: 1/s and twice that on top, which halves every 10 s: in t seconds
// t + 2 x 10 / ln 2 x (1 - 2^(-t / 10)).
static void a_crowd_leaves_by_halves(void **state)
{
    (void)state;
    struct traffic_config c = crowd(1, 3, (const double[]){5, 0, 0, 10});
    double all = 20 / log(2);
    expect_at(&c, 0, 5 + 10 + all / 2, 15);
    expect_at(&c, 5, 20 + all * .75, 25);
    expect_at(&c, 15, 10 + all / 4, 25);
    expect_at(&c, 5, 1000 + all, 1005); // 2^-100 of it are still to come
    c.rate_per_s = 0;
    assert_true(rate_reach(&c, 20 * SIM_SECOND, 1e-9, SIM_NEVER) == SIM_NEVER);
}

// T1: a wave of 1/s +- 0.5/s, period 100 s, peak at 25 s.  From the peak a quarter brings
// 25 + 0.5 x 100 / (2 pi); a whole period brings 100 from anywhere.
static void a_wave_by_hand(void **state)
{
    (void)state;
    struct traffic_config c = wave(1, .5, 100, 25);
    double more = 50 / (2 * PI);
    expect_at(&c, 25, 25 + more, 50);
    expect_at(&c, 0, 25 + more, 25);
    expect_at(&c, 50, 25 - more, 75);
    expect_at(&c, 25, 50, 75);
    expect_at(&c, 33, 100, 133);
    expect_at(&c, 33, 1e6, 1000033);
    c.rate_per_s = 0;
    assert_true(rate_reach(&c, 0, 1e-9, SIM_NEVER) == SIM_NEVER);
}

// T1: values 0, 4, 2 an hour apart: straight lines 0-4, 4-2, 2-0; areas of 2, 3 and 1 hours.
static const struct rate_step day[] = {{0, 0}, {3600 * SIM_SECOND, 4}, {7200 * SIM_SECOND, 2}};

static struct traffic_config profile(sim_time phase)
{
    return (struct traffic_config){.kind = ARRIVAL_PIECEWISE,
                                   .steps = day,
                                   .step_count = 3,
                                   .repeat = 3 * hour,
                                   .phase = phase,
                                   .interpolate = true};
}

static void straight_lines_by_hand(void **state)
{
    (void)state;
    struct traffic_config c = profile(0);
    expect_at(&c, 0, 2 * 3600, 3600);
    expect_at(&c, 0, .5 * 3600, 1800);
    expect_at(&c, 0, 5 * 3600, 7200);
    expect_at(&c, 3600, 1.75 * 3600, 5400);
    expect_at(&c, 7200, .75 * 3600, 9000);
    expect_at(&c, 0, 6 * 3600, 10800);
    expect_at(&c, 0, 6 * 3600 * 7 + 7200, 10800 * 7 + 3600);
    c = profile(hour); // it begins an hour into its period
    expect_at(&c, 0, 3 * 3600, 3600);
    expect_at(&c, 0, 4 * 3600, 7200);
    expect_at(&c, 0, 6 * 3600, 10800);
}

// The integrated rates once more, as formulas of t.
static double crowd_area(const struct traffic_config *c, double t)
{
    const struct flash_crowd *f = &c->crowd;
    double ramp = sim_seconds(f->ramp), hold = sim_seconds(f->hold),
           decay = sim_seconds(f->half_life) / log(2), x = fmax(t - sim_seconds(f->at), 0);
    double up = fmin(x, ramp), top = fmin(fmax(x - ramp, 0), hold), tail = fmax(x - ramp - hold, 0);
    double excess = up * up / 2 / ramp + top + decay * (1 - exp(-tail / decay));
    return c->rate_per_s * (t + (f->factor - 1) * excess);
}

static double wave_area(const struct traffic_config *c, double t)
{
    const struct diurnal *d = &c->diurnal;
    double speed = 2 * PI / sim_seconds(d->period), peak = sim_seconds(d->peak_at);
    double swing = (sin(speed * (t - peak)) + sin(speed * peak)) / speed;
    return c->rate_per_s * (t + d->amplitude * swing);
}

static double profile_area(const struct traffic_config *c, double t)
{
    (void)c;
    double whole = floor(t / 10800), h = (t - whole * 10800) / 3600;
    double first = fmin(h, 1), second = fmin(fmax(h - 1, 0), 1), third = fmax(h - 2, 0);
    double area = 2 * first * first + 4 * second - second * second + 2 * third - third * third;
    return 3600 * (6 * whole + area);
}

// O2: every curve stretches one and the same unit process: the rate integrated up to the k-th
// arrival is the k-th arrival of a Poisson process of rate 1.  Each arrival is rounded to 1 ns.
static void curves_stretch_the_unit_process(void **state)
{
    (void)state;
    const struct {
        struct traffic_config curve;
        double (*area)(const struct traffic_config *, double t);
        int count;
    } rows[] = {
        {crowd(2, 5, (const double[]){100, 2, 30, 60}), crowd_area, 2000},
        {crowd(1e-3, 5000, (const double[]){3000, 1, 1, 5}), crowd_area, 100},
        {wave(2, .9, 600, 100), wave_area, 5000},
        {wave(.01, 1, 600, 599), wave_area, 100},
        {wave(2, 1, 86400, 0), wave_area, 20000},
        {wave(7, 0, 1, 0), wave_area, 1000},
        {profile(0), profile_area, 60000},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rng_stream stream;
        rng_stream_open(&stream, 42, 0, i);
        double unit = 0;
        sim_time at = 0;
        for (int k = 0; k < rows[i].count; k++) {
            double gap = -log1p(-rng_uniform(&stream, (uint64_t)k));
            unit += gap;
            at = rate_reach(&rows[i].curve, at, gap, SIM_NEVER);
            double area = rows[i].area(&rows[i].curve, sim_seconds(at));
            if (fabs(area - unit) > 1e-6 + 1e-11 * unit)
                fail_msg("curve %zu, arrival %d: %.12g for %.12g", i, k, area, unit);
        }
    }
}

static int by_value(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

// Kolmogorov: P(D > d) is about 2 exp(-2 (d sqrt(n))^2), 1e-6 at d sqrt(n) = 2.693.  `p` are values
// of the distribution function.
static void check_uniform(double *p, int n, const char *what)
{
    qsort(p, (size_t)n, sizeof *p, by_value);
    double worst = 0;
    for (int i = 0; i < n; i++)
        worst = fmax(worst, fmax(p[i] - (double)i / n, (double)(i + 1) / n - p[i]));
    if (worst * sqrt(n) > 2.693) fail_msg("%s: Kolmogorov distance %g, n %d", what, worst, n);
}

// T1: time rescaled by the integrated rate, gaps are exponential with mean 1; and folded into one
// period, arrivals have its shape.  Seed 7; each check fails by chance once in 1e6.
static void waves_pass_kolmogorov(void **state)
{
    (void)state;
    enum { PERIODS = 100, ROOM = 60000 };
    static double gaps[ROOM], folded[ROOM];
    struct traffic_config c = wave(.5, .8, 1000, 400);
    struct rng_stream stream;
    rng_stream_open(&stream, 7, 0, 1);
    int n = 0;
    double before = 0;
    for (sim_time at = 0;; n++) {
        at = rate_reach(&c, at, -log1p(-rng_uniform(&stream, (uint64_t)n)), SIM_NEVER);
        if (at >= PERIODS * 1000 * SIM_SECOND) break;
        assert_true(n < ROOM);
        double area = wave_area(&c, sim_seconds(at));
        gaps[n] = 1 - exp(before - area);
        folded[n] = wave_area(&c, sim_seconds(at % (1000 * SIM_SECOND))) / 500;
        before = area;
    }
    kit_near(n, 50000, 4.5 * sqrt(50000), "arrivals of 100 periods");
    check_uniform(gaps, n, "gaps");
    check_uniform(folded, n, "times in the period");
}

// What a curve does later moves nothing that came before.
static void a_later_crowd_moves_nothing_before_it(void **state)
{
    (void)state;
    struct traffic_config a = crowd(1, 2, (const double[]){500, 2, 30, 60}),
                          b = crowd(1, 9, (const double[]){500, 9, 30, 1});
    struct rng_stream stream;
    rng_stream_open(&stream, 1, 0, 1);
    sim_time at = 0, other = 0;
    int same = 0;
    for (uint64_t k = 0; at < 500 * SIM_SECOND; k++, same++) {
        double gap = -log1p(-rng_uniform(&stream, k));
        assert_true(at == other);
        at = rate_reach(&a, at, gap, SIM_NEVER);
        other = rate_reach(&b, other, gap, SIM_NEVER);
    }
    assert_true(same > 400);
    assert_true(other < at);
}

// Curves that bring next to nothing in a period are not walked period by period: this ends at once.
static void empty_periods_are_leapt_over(void **state)
{
    (void)state;
    static const struct rate_step rare[] = {{0, 0}, {SIM_SECOND, 1e-9}}, never[] = {{0, 0}};
    struct traffic_config c = {
        .kind = ARRIVAL_PIECEWISE, .steps = rare, .step_count = 2, .repeat = 2 * SIM_SECOND};
    sim_time horizon = sim_from_seconds(9e9);
    // 1e-9 in the second half of each 2 s: half of the next portion after 999 million of them.
    expect_at(&c, 0, .9990000005, 2 * 999e6 + 1.5);
    c.repeat = SIM_SECOND / 1000;
    c.steps = never;
    c.step_count = 1;
    assert_true(rate_reach(&c, 0, 1, horizon) == SIM_NEVER);
    assert_true(rate_reach(&c, 300, 1e-300, horizon) == SIM_NEVER);
}

static void steps_are_found_by_their_time(void **state)
{
    (void)state;
    static const struct rate_step steps[] = {
        {0, 2}, {1000 * SIM_SECOND, 0}, {3000 * SIM_SECOND, 5}, {4000 * SIM_SECOND, .25}};
    struct traffic_config c = {.steps = steps, .step_count = 4};
    assert_int_equal(step_at(&c, 0), 0);
    assert_int_equal(step_at(&c, 1000 * SIM_SECOND - 1), 0);
    assert_int_equal(step_at(&c, 1000 * SIM_SECOND), 1);
    assert_int_equal(step_at(&c, 3999 * SIM_SECOND), 2);
    assert_int_equal(step_at(&c, 4000 * SIM_SECOND), 3);
    assert_int_equal(step_at(&c, SIM_NEVER - 1), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_crowd_by_hand),
        cmocka_unit_test(a_crowd_leaves_by_halves),
        cmocka_unit_test(a_wave_by_hand),
        cmocka_unit_test(straight_lines_by_hand),
        cmocka_unit_test(curves_stretch_the_unit_process),
        cmocka_unit_test(waves_pass_kolmogorov),
        cmocka_unit_test(a_later_crowd_moves_nothing_before_it),
        cmocka_unit_test(empty_periods_are_leapt_over),
        cmocka_unit_test(steps_are_found_by_their_time),
    };
    return cmocka_run_group_tests_name("rate", tests, NULL, NULL);
}
