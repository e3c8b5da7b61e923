#include "tests/bench/key_cases.h"

#include "bench/input/keys.c"

static void rows_come_before_params_and_params_tell_their_defaults(void **state)
{
    (void)state;
    struct key key;
    char text[KEY_DEFAULT_TEXT];
    static const struct {
        const struct keys *kind;
        const char *name, *fallback;
        enum key_kind form;
        bool timed;
    } rows[] = {
        {&keys_app, "keep_alive", "\"1m\"", KEY_TIME, true},
        {&keys_app, "max_concurrency", "2", KEY_COUNT, false},
        {&keys_app, "max_queue_length", "\"unlimited\"", KEY_COUNT, false},
        {&keys_app, "cancel_surplus_starts", "false", KEY_FLAG, false},
        {&keys_app, "auth_mode", "\"private\"", KEY_CHOICE, false},
        {&keys_app, "cache_lifetime", "\"never\"", KEY_TIME, true},
        {&keys_app, "setup", "\"0s\"", KEY_DIST, true}, // the row with the ladder
        {&keys_app, "mtbf", "\"0s\"", KEY_DIST, true},
        {&keys_deploy, "abort_above", "0.05", KEY_NUMBER, false},
        {&keys_scenario, "horizon", NULL, KEY_TIME, true},
        {&keys_arguments, "sigma", NULL, KEY_NUMBER, false},
        {&keys_arguments, "mean", NULL, KEY_TIME, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(keys_find(rows[i].kind, rows[i].name, &key));
        const char *fallback = key_default(&key, text);
        bool same = fallback == rows[i].fallback ||
                    (fallback && rows[i].fallback && strcmp(fallback, rows[i].fallback) == 0);
        if (!same) fail_msg("%s: default %s", rows[i].name, fallback ? fallback : "none");
        assert_int_equal(key.form.kind, rows[i].form);
        assert_int_equal(key.timed, rows[i].timed);
    }
    assert_true(keys_find(&keys_app, "setup", &key));
    assert_ptr_equal(key.form.other->object, &keys_ladder);
    assert_false(keys_find(&keys_app, "strategy", &key));
    assert_false(keys_find(&keys_app, "sigma", &key));
}

static void each_key_of_a_kind_comes_once(void **state)
{
    (void)state;
    for (const struct key_home *home = key_homes; home->kind; home++) {
        struct key key, other;
        size_t count = 0;
        for (size_t at = 0; keys_next(home->kind, &at, &key); count++) {
            for (size_t more = at; keys_next(home->kind, &more, &other);)
                if (strcmp(key.name, other.name) == 0)
                    fail_msg("%s of %s comes twice", key.name, home->kind->what);
            assert_true(keys_find(home->kind, key.name, &other));
            assert_ptr_equal(other.help, key.help);
        }
        bool empty = !home->kind->rows[0] && !home->kind->tables[0]; // a policy without keys
        if (count == 0 && !empty) fail_msg("%s has no keys", home->kind->what);
    }
}

static void look_at_row(void *context, const char *path, const struct keys *kind,
                        const struct key *key)
{
    size_t *count = context;
    char text[KEY_DEFAULT_TEXT];
    ++*count;
    if (!key_pointer(kind)) fail_msg("%s stands nowhere in key_scenario", kind->what);
    size_t length = key->help ? strlen(key->help) : 0;
    if (length < 5 || key->help[length - 1] == '.' || key->help[0] == ' ')
        fail_msg("%s/%s has the help \"%s\"", path, key->name, key->help);
    const char *fallback = key_default(key, text);
    if (key->need != KEY_OPTIONAL && fallback) fail_msg("%s/%s needs no default", path, key->name);
    if (!fallback || *fallback == '(') return;
    cJSON *json = cJSON_Parse(fallback);
    if (!json) fail_msg("%s/%s: the default %s is no JSON", path, key->name, fallback);
    cJSON_Delete(json);
}

// Each kind that the walk meets is tried key by key in the tests of the keys_*.c files.
static void every_key_has_a_meaning_and_a_default_that_can_be_written(void **state)
{
    (void)state;
    size_t count = 0;
    keys_walk(look_at_row, &count);
    assert_true(count > 150);
}

// The default of a key, written into the file, is taken.
static void try_default(void *context, const char *path, const struct keys *kind,
                        const struct key *key)
{
    char text[KEY_DEFAULT_TEXT];
    const char *fallback = key_default(key, text);
    (void)path;
    if (!fallback || *fallback == '(') return;
    key_try(&(struct key_trial){key_ask_reader, context, kind, key}, true, fallback);
}

static void the_reader_takes_every_default(void **state)
{
    (void)state;
    size_t misses = 0;
    keys_walk(try_default, &misses);
    assert_int_equal(misses, 0);
}

static void keys_have_homes(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    static const struct {
        const char *key, *home;
    } rows[] = {
        {"strategy", "/timeline/N/deploy"},
        {"keep_alive", "/apps/NAME"},
        {"vcpu", "/machine_types/NAME"},
        {"horizon", "/"},
        {"factor", "/machine_types/NAME/surge/N"},
        {"step", "/apps/NAME/setup/ladder/N"},
        {"rate_per_s", "/apps/NAME/traffic/N/poisson"},
        {"geometric", "/apps/NAME/traffic/N/batch"},
        {"probability", "/apps/NAME/responses/STATUS"},
        {"force", "/timeline/N/restart"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *home = keys_home(arena, rows[i].key);
        if (!home || strcmp(home, rows[i].home) != 0) fail_msg("%s: %s", rows[i].key, home);
    }
    assert_null(keys_home(arena, "nonsense"));
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_before_params_and_params_tell_their_defaults),
        cmocka_unit_test(each_key_of_a_kind_comes_once),
        cmocka_unit_test(every_key_has_a_meaning_and_a_default_that_can_be_written),
        cmocka_unit_test(the_reader_takes_every_default),
        cmocka_unit_test(keys_have_homes),
    };
    return cmocka_run_group_tests_name("keys", tests, NULL, NULL);
}
