// Small random scenarios of everything that the platform does, each run under the laws of watch.h;
// some are run twice, for the same bytes.
//
//   RANDOM_FIRST=1000 RANDOM_COUNT=5000 build/asan-gcc/tests/laws/test_random

#include "tests/laws/dice.h"

enum { SCENARIOS = 600 };

static const uint64_t seed = 42;

static uint32_t number_of(const char *variable, uint32_t otherwise)
{
    const char *text = getenv(variable);
    return text ? (uint32_t)strtoul(text, NULL, 10) : otherwise;
}

static void run(struct kit *kit, struct watch *watch, uint32_t number)
{
    watch_run(kit, watch, seed, number);
    if (number % 10 != 0) return;
    uint64_t hash = watch->hash.value;
    watch_run(kit, watch, seed, number);
    assert_true(watch->hash.value == hash);
}

struct progress {
    uint32_t number;
    bool done;
};

static void random_scenarios_obey_the_laws(void **state)
{
    struct progress *progress = *state;
    static struct watch watch;
    uint64_t begins = 0, events = 0;
    uint32_t first = number_of("RANDOM_FIRST", 0), count = number_of("RANDOM_COUNT", SCENARIOS);
    for (uint32_t i = 0; i < count; i++) {
        progress->number = first + i;
        struct kit kit = dice_scenario(seed, first + i);
        run(&kit, &watch, first + i);
        begins += watch.begins;
        events += watch.events;
        kit_free(&kit);
    }
    progress->done = true;
    print_message("    seed %llu: %u scenarios, %llu events, %llu attempts\n",
                  (unsigned long long)seed, (unsigned)count, (unsigned long long)events,
                  (unsigned long long)begins);
    if (count >= SCENARIOS) assert_true(begins > 20000);
}

// A failed law has left the test: which scenario was it?  A failed SIM_CHECK says so itself.
static int name_the_scenario(void **state)
{
    const struct progress *progress = *state;
    if (!progress->done)
        print_error("seed %llu, scenario %u (RANDOM_FIRST=%u RANDOM_COUNT=1)\n",
                    (unsigned long long)seed, (unsigned)progress->number,
                    (unsigned)progress->number);
    return 0;
}

int main(void)
{
    static struct progress progress;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate_setup_teardown(random_scenarios_obey_the_laws, NULL,
                                                 name_the_scenario, &progress),
    };
    return cmocka_run_group_tests_name("random", tests, NULL, NULL);
}
