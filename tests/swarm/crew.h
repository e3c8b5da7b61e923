#pragma once

#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "tests/swarm/files.h"
#include "tests/swarm/scenario.h"
#include "tests/swarm/shrink.h"
#include "tests/swarm/used.h"

// Many random scenarios by several processes.  Scenario n of a seed is that of seed + n, whoever
// makes it; a file that the reader refuses, for a contradiction that the grammar does not know of,
// is made anew, a few times.

enum { CREW_MOST = 16, CREW_ATTEMPTS = 8, CREW_KINDS = 32 };

struct crew_tally { // of one process
    struct trial_tally runs;
    uint64_t cases, tried, accepted, failed;
    uint32_t used[USED_MAX];
};

struct crew {
    uint64_t seed, count; // count 0: for ever
    uint32_t size;        // processes
    const char *folder, *planted;
    bool verbose; // says why a file was refused
    struct used keys;
    struct crew_tally *tallies; // shared
};

struct crew_member {
    const struct crew *crew;
    struct crew_tally *tally;
    int log;
    struct verdict known[CREW_KINDS]; // failures that were reported already
    size_t known_count;
};

static inline bool crew_is_known(struct crew_member *m, const struct verdict *verdict)
{
    for (size_t i = 0; i < m->known_count; i++)
        if (verdict_same(&m->known[i], verdict)) return true;
    if (m->known_count < CREW_KINDS) m->known[m->known_count++] = *verdict;
    return false;
}

static inline void crew_report(struct crew_member *m, uint64_t seed, const struct trial *trial,
                               const char *text, const struct verdict *verdict)
{
    m->tally->failed++;
    if (crew_is_known(m, verdict)) {
        printf("FAILED seed %llu: %s\n", (unsigned long long)seed, verdict->how);
        return;
    }
    struct trial_tally spare = {0};
    struct trial again = *trial;
    again.tally = &spare;
    char *small = shrink_file(&again, text, verdict);
    printf("FAILED seed %llu: %s\n%s\nThis is in %s.\n", (unsigned long long)seed, verdict->how,
           small, trial->file);
    FILE *out = fopen(trial->file, "w");
    if (out) fprintf(out, "%s\n", small);
    if (out) fclose(out);
    free(small);
}

// False: refused.
static inline bool crew_attempt(struct crew_member *m, struct arena *arena, uint64_t seed,
                                uint32_t attempt)
{
    char file[4200];
    struct grammar g;
    cJSON *tree = swarm_scenario(&g, arena, seed, attempt);
    char *text = cJSON_PrintUnformatted(tree);
    snprintf(file, sizeof file, "%s/%llu.json", m->crew->folder, (unsigned long long)seed);
    struct trial trial = {file, m->crew->planted, m->log, &m->tally->runs};
    struct verdict verdict = trial_try(&trial, text);
    m->tally->tried++;
    if (verdict.outcome != VERDICT_REFUSED) {
        m->tally->accepted++;
        used_count(&m->crew->keys, &g, tree, m->tally->used);
    } else if (m->crew->verbose) {
        printf("refused: %s\n", verdict.how);
    }
    if (verdict.outcome == VERDICT_FAILED) crew_report(m, seed, &trial, text, &verdict);
    free(text);
    cJSON_Delete(tree);
    return verdict.outcome != VERDICT_REFUSED;
}

static inline void crew_work(const struct crew *crew, uint32_t number)
{
    FILE *log = tmpfile();
    struct crew_member m = {.crew = crew, .tally = &crew->tallies[number]};
    struct arena *arena = arena_create((size_t)1 << 26);
    if (!log || !arena) abort();
    m.log = fileno(log);
    for (uint64_t i = number; crew->count == 0 || i < crew->count; i += crew->size) {
        uint32_t attempt = 0;
        while (attempt < CREW_ATTEMPTS && !crew_attempt(&m, arena, crew->seed + i, attempt))
            attempt++;
        m.tally->cases++;
        arena_reset(arena);
    }
    arena_destroy(arena);
    fclose(log);
    fflush(NULL);
}

static inline void crew_start(struct crew *crew)
{
    size_t size = CREW_MOST * sizeof *crew->tallies;
    crew->tallies = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (crew->tallies == MAP_FAILED) abort();
    if (mkdir(crew->folder, 0777) != 0 && errno != EEXIST) abort();
    files_write(crew->folder);
    used_collect(&crew->keys);
}

static inline void crew_end(struct crew *crew)
{
    munmap(crew->tallies, CREW_MOST * sizeof *crew->tallies);
}

// False: a process of the crew itself has ended badly.
static inline bool crew_run(struct crew *crew)
{
    bool good = true;
    fflush(NULL);
    for (uint32_t i = 0; i < crew->size; i++) {
        pid_t child = fork();
        if (child < 0) abort();
        if (child > 0) continue;
        crew_work(crew, i);
        _exit(0);
    }
    for (int status; wait(&status) > 0;)
        good = good && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return good;
}

static inline struct crew_tally crew_sum(const struct crew *crew)
{
    struct crew_tally sum = {.cases = 0};
    for (uint32_t i = 0; i < crew->size; i++) {
        const struct crew_tally *t = &crew->tallies[i];
        sum.cases += t->cases;
        sum.tried += t->tried;
        sum.accepted += t->accepted;
        sum.failed += t->failed;
        sum.runs.alternatives += t->runs.alternatives;
        sum.runs.events += t->runs.events;
        sum.runs.begins += t->runs.begins;
        sum.runs.limited += t->runs.limited;
        for (size_t k = 0; k < USED_MAX; k++)
            sum.used[k] += t->used[k];
    }
    return sum;
}
