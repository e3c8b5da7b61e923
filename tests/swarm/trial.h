#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/input/scenario.h"
#include "bench/input/trace.h"

// One scenario file, loaded and run under all laws in a process of its own, so that a crash, a
// failed SIM_CHECK, a hang and a broken law are all the same thing: a verdict.
//
// A file that the reader refuses breaks no law.  Of one that it takes, every alternative is run
// twice, the second time in memory that the first has left dirty: the traces must be the same.  In
// between it is run without a trace: the numbers must be the same.

_Noreturn static inline void trial_broken(const char *format, ...);
#define WATCH_BROKEN(...) trial_broken(__VA_ARGS__)
#include "tests/laws/watch.h"

enum {
    TRIAL_CPU_S = 20,
    TRIAL_WALL_S = 600,
    TRIAL_REFUSED = 2,
    TRIAL_LAW = 3,
    TRIAL_HOW = 600,
    DIRT = 1 << 20
};

struct trial_tally { // shared with the child
    uint64_t alternatives, events, begins, limited;
};

struct trial {           // how to try
    const char *file;    // its name; traces are in its folder
    const char *planted; // a made-up law: no file has a key of this name; NULL: none
    int log;             // a file for what the child says
    struct trial_tally *tally;
};

struct verdict {
    enum { VERDICT_GOOD, VERDICT_REFUSED, VERDICT_FAILED } outcome;
    char how[TRIAL_HOW]; // it failed, or was refused
};

_Noreturn static inline void trial_broken(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("LAW ", stderr);
    vfprintf(stderr, format, args);
    fputs("\n", stderr);
    va_end(args);
    fflush(NULL);
    _exit(TRIAL_LAW);
}

// The child.

static inline uint64_t trial_digest(uint64_t digest, const void *data, size_t size)
{
    for (size_t i = 0; i < size; i++)
        digest = (digest ^ ((const unsigned char *)data)[i]) * UINT64_C(0x100000001b3);
    return digest;
}

// Of all numbers, to the bit.
static inline uint64_t trial_numbers(const struct kit_value *values, size_t count)
{
    uint64_t digest = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < count; i++) {
        digest = trial_digest(digest, values[i].labels, strlen(values[i].labels) + 1);
        digest = trial_digest(digest, &values[i].value, sizeof values[i].value);
    }
    return digest;
}

// A traced run takes the general handlers, one that nobody looks at the short ones of plain apps
// (models/plain.h), and their numbers are the same.
static inline void trial_plain(const struct alternative *a, const struct trace_feed *feed,
                               uint64_t seed, struct arena *arena, uint64_t numbers)
{
    static struct watch unseen; // for its values only
    unseen.value_count = 0;
    struct model_options options = {.seed = seed, .feed = feed};
    struct model *model = model_create(arena, &a->config, &options);
    if (model_run(model) == SIM_DONE) {
        model_report(model, watch_keep, &unseen);
        if (trial_numbers(unseen.values, unseen.value_count) != numbers)
            trial_broken("a plain run has the numbers of a traced one");
    } else if (numbers != 0) {
        trial_broken("a plain run ends as a traced one does");
    }
    free(unseen.values);
    unseen.values = NULL;
    unseen.value_room = 0;
}

static inline uint64_t trial_run(const struct trial *trial, const struct alternative *a,
                                 const struct trace_feed *feed, uint64_t seed, struct arena *arena,
                                 uint64_t *numbers)
{
    static struct watch watch;
    char fault[200] = "";
    struct watch_options options = {.seed = seed, .feed = feed};
    enum sim_end end = watch_config(&watch, &a->config, arena, &options, fault);
    if (end != SIM_DONE && !*fault) trial_broken("a run that ends early says why");
    trial->tally->limited += end != SIM_DONE;
    trial->tally->events += watch.events;
    trial->tally->begins += watch.begins;
    *numbers = end == SIM_DONE ? trial_numbers(watch.values, watch.value_count) : 0;
    free(watch.values);
    return watch.hash.value;
}

static inline void trial_alternative(const struct trial *trial, const struct alternative *a,
                                     uint64_t seed)
{
    struct trace_set *traces = trace_set_open(a->traces, a->config.traffic_count);
    struct arena *arena = arena_create(model_memory(&a->config) + DIRT);
    if (!traces || !arena) trial_broken("a trace that was read once is there again");
    struct trace_feed feed = {trace_set_next, traces};
    uint64_t numbers = 0;
    uint64_t first = trial_run(trial, a, &feed, seed, arena, &numbers);
    arena_reset(arena);
    trace_set_rewind(traces);
    trial_plain(a, &feed, seed, arena, numbers);
    arena_reset(arena);
    memset(arena_alloc(arena, 1, DIRT), 0xA5, DIRT);
    arena_reset(arena);
    trace_set_rewind(traces);
    if (trial_run(trial, a, &feed, seed, arena, &numbers) != first)
        trial_broken("the same seed is the same run, also in dirty memory");
    arena_destroy(arena);
    trace_set_close(traces);
    trial->tally->alternatives++;
}

static inline bool trial_has_key(const cJSON *node, const char *key)
{
    for (const cJSON *child = node->child; child; child = child->next)
        if ((child->string && strcmp(child->string, key) == 0) || trial_has_key(child, key))
            return true;
    return false;
}

_Noreturn static inline void trial_child(const struct trial *trial, const char *text)
{
    struct arena *arena = arena_create((size_t)1 << 28);
    if (!arena) abort();
    struct diag *diag = diag_create(arena);
    struct lexer_source source = {trial->file, text, strlen(text)};
    struct scenario scenario;
    if (!scenario_load_text(&scenario, arena, &source, NULL, 0, diag)) {
        diag_print(diag, stderr);
        fflush(NULL);
        _exit(TRIAL_REFUSED);
    }
    cJSON *tree = trial->planted ? cJSON_Parse(text) : NULL;
    if (tree && trial_has_key(tree, trial->planted)) trial_broken("planted: no %s", trial->planted);
    cJSON_Delete(tree);
    for (size_t i = 0; i < scenario.alternative_count; i++)
        trial_alternative(trial, &scenario.alternatives[i], scenario.seed);
    arena_destroy(arena);
    fflush(NULL);
    exit(0); // and leaks are found
}

// The parent.

static inline void trial_copy(char how[TRIAL_HOW], const char *from, const char *end)
{
    size_t length = strcspn(from, "\n");
    if (end && strstr(from, end) && (size_t)(strstr(from, end) - from) < length)
        length = (size_t)(strstr(from, end) - from);
    snprintf(how, TRIAL_HOW, "%.*s", (int)(length < TRIAL_HOW - 1 ? length : TRIAL_HOW - 1), from);
}

// What the child has said about its end: a law, a failed check, or a sanitizer's summary.
static inline void trial_how(int log, char how[TRIAL_HOW])
{
    static char text[1 << 16];
    ssize_t length = pread(log, text, sizeof text - 1, 0);
    text[length < 0 ? 0 : length] = '\0';
    const char *law = strstr(text, "LAW "), *refused = strstr(text, "error["),
               *bug = strstr(text, "BUG at "), *in = bug ? strstr(bug, " in ") : NULL,
               *error = strstr(text, "runtime error: "), *summary = strstr(text, "SUMMARY: ");
    if (law)
        trial_copy(how, law + 4, NULL);
    else if (in)
        trial_copy(how, in + 1, "; event");
    else if (error || summary || refused)
        trial_copy(how, error ? error : summary ? summary : refused, NULL);
    else
        trial_copy(how, text, NULL);
}

static inline bool trial_hung(int status)
{
    int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return signal == SIGXCPU || signal == SIGALRM || signal == SIGKILL;
}

static inline struct verdict trial_judge(const struct trial *trial, int status)
{
    struct verdict v = {VERDICT_FAILED, ""};
    char what[TRIAL_HOW] = "";
    trial_how(trial->log, what);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        v.outcome = VERDICT_GOOD;
    } else if (WIFEXITED(status) && WEXITSTATUS(status) == TRIAL_REFUSED) {
        v.outcome = VERDICT_REFUSED;
        memcpy(v.how, what, sizeof v.how);
    } else if (trial_hung(status)) {
        snprintf(v.how, sizeof v.how, "hang: over %d s", TRIAL_CPU_S);
    } else if (WIFSIGNALED(status)) {
        snprintf(v.how, sizeof v.how, "signal %d: %.500s", WTERMSIG(status), what);
    } else {
        memcpy(v.how, what, sizeof v.how);
    }
    return v;
}

static inline struct verdict trial_try(const struct trial *trial, const char *text)
{
    int status = 0;
    fflush(NULL);
    if (lseek(trial->log, 0, SEEK_SET) != 0 || ftruncate(trial->log, 0) != 0) abort();
    pid_t child = fork();
    if (child < 0) abort();
    if (child == 0) {
        const struct rlimit no_core = {0, 0}, cpu = {TRIAL_CPU_S, TRIAL_CPU_S + 1};
        setrlimit(RLIMIT_CORE, &no_core);
        setrlimit(RLIMIT_CPU, &cpu);
        if (dup2(trial->log, 2) < 0) abort();
        alarm(TRIAL_WALL_S); // should it sleep
        trial_child(trial, text);
    }
    if (waitpid(child, &status, 0) != child) abort();
    return trial_judge(trial, status);
}

// Does the failure look the same?  Numbers may differ.
static inline bool verdict_same(const struct verdict *a, const struct verdict *b)
{
    static const char loose[] = "0123456789.-+";
    const char *x = a->how, *y = b->how;
    if (a->outcome != b->outcome) return false;
    for (;;) {
        x += strspn(x, loose);
        y += strspn(y, loose);
        if (*x != *y) return false;
        if (!*x) return true;
        x++, y++;
    }
}
