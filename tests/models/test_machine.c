#include "models/machine.c"

#include "tests/kit.h"

static const struct machine_config *find(const char *name)
{
    for (const struct machine_config *m = machine_catalogue; m->name; m++)
        if (strcmp(m->name, name) == 0) return m;
    fail_msg("no machine type %s", name);
    return NULL;
}

// M1: the table "Machine Type Options" of the seed page, row by row.
static void the_nine_rows_of_the_seed_table_are_there(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double vcpu, ram_gb, vram_gb;
    } rows[] = {
        {"XS", .5, .5, 0},
        {"S", 1, 1, 0},
        {"M", 2, 2, 0},
        {"L", 4, 15, 0},
        {"GPU-A6000", 10, 18, 48},
        {"GPU-A100", 12, 60, 40},
        {"GPU-H100", 12, 112, 80},
        {"GPU-H200", 12, 112, 141},
        {"GPU-B200", 24, 112, 192},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct machine_config *m = find(rows[i].name);
        assert_true(m == &machine_catalogue[i]); // the seed's rows first, in its order
        assert_true(m->vcpu == rows[i].vcpu);
        assert_true(m->ram_gb == rows[i].ram_gb);
        assert_true(m->vram_gb == rows[i].vram_gb);
        assert_int_equal(m->gpu, rows[i].vram_gb > 0);
    }
}

static void variants_and_newer_rows_are_there(void **state)
{
    (void)state;
    static const char *const names[] = {"GPU-A100-40GB", "GPU-A100-80GB", "XL",
                                        "GPU-L40",       "GPU-RTX4090",   "GPU-RTX5090",
                                        "GPU-RTXPRO6000"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_non_null(find(names[i])->source);
    assert_true(find("GPU-A100-80GB")->vram_gb == 80);
}

// M1: a published price as it was published, an unpublished one absent, never 0.
static void prices_are_published_or_absent(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double usd_per_h; // 0: nobody publishes it
    } rows[] = {
        {"XS", 0},          {"S", 0},
        {"M", 0},           {"L", 0},
        {"XL", 0},          {"GPU-A6000", 0},
        {"GPU-L40", 0},     {"GPU-RTX4090", 0},
        {"GPU-RTX5090", 0}, {"GPU-A100-80GB", 0},
        {"GPU-A100", .99},  {"GPU-A100-40GB", .99},
        {"GPU-H100", 3.99}, {"GPU-H200", 4.5},
        {"GPU-B200", 6.25}, {"GPU-RTXPRO6000", 2.99},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double price = find(rows[i].name)->price_usd_per_s;
        if (rows[i].usd_per_h == 0)
            assert_true(isnan(price));
        else
            kit_near(price * 3600, rows[i].usd_per_h, 1e-12, rows[i].name);
    }
}

static void rows_are_complete_and_differ_in_name(void **state)
{
    (void)state;
    for (const struct machine_config *m = machine_catalogue; m->name; m++) {
        assert_true(m->vcpu > 0 && m->ram_gb > 0 && m->source && m->source[0]);
        assert_int_equal(m->capacity, UINT32_MAX);
        assert_true(dist_mean(&m->pending) == 0);
        for (const struct machine_config *other = machine_catalogue; other < m; other++)
            assert_string_not_equal(m->name, other->name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nine_rows_of_the_seed_table_are_there),
        cmocka_unit_test(variants_and_newer_rows_are_there),
        cmocka_unit_test(prices_are_published_or_absent),
        cmocka_unit_test(rows_are_complete_and_differ_in_name),
    };
    return cmocka_run_group_tests_name("machine", tests, NULL, NULL);
}
