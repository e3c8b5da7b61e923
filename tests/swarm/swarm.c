// Random scenario files under all laws (tests/swarm/scenario.h, tests/laws/watch.h).
//
//   swarm [COUNT [SEED]]     COUNT scenarios, 10000 unless given, 0 for ever; SEED at random
//
// Exit 1: a scenario failed, too many files were refused, or a long run has left a key unused.
// WARMPOOL_SWARM_FAULT=KEY makes every file with that key fail, to see how a failure looks.
// WARMPOOL_SWARM_REFUSED=1 prints why files were refused.

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <time.h>

#include "tests/swarm/crew.h"

enum { LONG_RUN = 5000, LEAST_ACCEPTED = 80 };

static uint64_t random_seed(void)
{
    uint64_t seed = 0;
    FILE *in = fopen("/dev/urandom", "r");
    if (!in || fread(&seed, sizeof seed, 1, in) != 1) seed = (uint64_t)time(NULL);
    if (in) fclose(in);
    return seed >> 24; // short enough to be typed
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static uint32_t list_unused(const struct crew *crew, const struct crew_tally *sum)
{
    uint32_t unused = 0;
    for (size_t i = 0; i < crew->keys.count; i++) {
        if (sum->used[i] > 0) continue;
        printf("unused: %s\n", crew->keys.names[i]);
        unused++;
    }
    return unused;
}

static int report(const struct crew *crew, double wall_s)
{
    struct crew_tally sum = crew_sum(crew);
    double share = 100. * (double)sum.accepted / (double)sum.tried;
    uint32_t unused = sum.cases >= LONG_RUN ? list_unused(crew, &sum) : 0;
    printf("seed %llu: %llu scenarios in %.1f s, %llu alternatives, %llu events, %llu attempts of "
           "requests; %.1f %% of %llu files accepted; %llu runs ended by a limit; %llu failed\n",
           (unsigned long long)crew->seed, (unsigned long long)sum.cases, wall_s,
           (unsigned long long)sum.runs.alternatives, (unsigned long long)sum.runs.events,
           (unsigned long long)sum.runs.begins, share, (unsigned long long)sum.tried,
           (unsigned long long)sum.runs.limited, (unsigned long long)sum.failed);
    return sum.failed > 0 || unused > 0 || (sum.tried >= 100 && share < LEAST_ACCEPTED);
}

int main(int argc, char **argv)
{
    static struct crew crew = {.count = 10000, .folder = "build/swarm"};
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    crew.size = cores < 1 ? 1 : cores > CREW_MOST ? CREW_MOST : (uint32_t)cores;
    if (argc > 1) crew.count = strtoull(argv[1], NULL, 10);
    crew.seed = argc > 2 ? strtoull(argv[2], NULL, 10) : random_seed();
    crew.planted = getenv("WARMPOOL_SWARM_FAULT");
    crew.verbose = getenv("WARMPOOL_SWARM_REFUSED") != NULL;
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("seed %llu\n", (unsigned long long)crew.seed);
    double start = seconds_now();
    crew_start(&crew);
    bool good = crew_run(&crew);
    int failed = report(&crew, seconds_now() - start);
    crew_end(&crew);
    return failed || !good;
}
