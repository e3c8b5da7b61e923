#pragma once

#include <stdio.h>
#include <stdlib.h>

// The traces that random scenarios name, in a folder: requests in CSV and as a log, and counts by
// minute.

static inline FILE *files_open(const char *folder, const char *name)
{
    char path[4200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    if (!out) perror(path);
    if (!out) exit(1);
    return out;
}

struct files_row { // of a trace
    double arrival, work;
    const char *caller, *app, *priority, *cold;
    unsigned status, key, tokens;
};

static inline struct files_row files_row(unsigned i)
{
    static const char *const callers[] = {"acme", "globex", "owner", "anonymous"};
    static const unsigned statuses[] = {200, 200, 200, 500, 503, 404};
    return (struct files_row){
        .arrival = i < 5 ? 0 : 1.25 * (i - i % 3), // some at one instant
        .work = .5 * (i % 7),
        .caller = callers[i % 4],
        .app = i % 3 ? "x" : "y",
        .priority = i % 5 ? "normal" : "low",
        .cold = i % 4 ? "warm" : "cold",
        .status = statuses[i % 6],
        .key = i * 7 % 11,
        .tokens = i * 13 % 300,
    };
}

enum { FILES_ROWS = 60 };

static inline void files_csv(const char *folder)
{
    FILE *out = files_open(folder, "requests.csv");
    fputs("arrival,work,caller,app,priority,outcome,key,cold,tokens,begun,ended\n", out);
    for (unsigned i = 0; i < FILES_ROWS; i++) {
        struct files_row r = files_row(i);
        fprintf(out, "%g,%g,%s,%s,%s,%u,k%u,%s,%u,%g,%g\n", r.arrival, r.work, r.caller, r.app,
                r.priority, r.status, r.key, r.cold, r.tokens, r.arrival + 1,
                r.arrival + 1 + r.work);
    }
    fclose(out);
}

static inline void files_stamp(FILE *out, const char *key, double seconds)
{
    unsigned ms = (unsigned)(seconds * 1000 + .5);
    fprintf(out, "\"%s\": \"2026-03-02T14:%02u:%02u.%03uZ\", ", key, ms / 60000, ms / 1000 % 60,
            ms % 1000);
}

static inline void files_log(const char *folder)
{
    FILE *out = files_open(folder, "requests.jsonl");
    for (unsigned i = 0; i < FILES_ROWS; i++) {
        struct files_row r = files_row(i);
        fputs("{", out);
        files_stamp(out, "sent_at", r.arrival);
        files_stamp(out, "started_at", r.arrival + 1);
        files_stamp(out, "ended_at", r.arrival + 1 + r.work);
        files_stamp(out, "begun", r.arrival + 1);
        files_stamp(out, "ended", r.arrival + 1 + r.work);
        fprintf(out,
                "\"work\": %g, \"caller\": \"%s\", \"app\": \"%s\", \"priority\": \"%s\", "
                "\"outcome\": %u, \"key\": \"k%u\", \"cold\": \"%s\", \"tokens\": %u}\n",
                r.work, r.caller, r.app, r.priority, r.status, r.key, r.cold, r.tokens);
    }
    fclose(out);
}

static inline void files_day(const char *folder, const char *name, unsigned day)
{
    FILE *out = files_open(folder, name);
    fputs("HashOwner,HashApp,HashFunction,Trigger", out);
    for (unsigned m = 1; m <= 1440; m++)
        fprintf(out, ",%u", m);
    for (unsigned row = 0; row < 3; row++) {
        fprintf(out, "\no%u,a%u,f%u,http", 1 + row % 2, 1 + row / 2, 1 + row % 2);
        for (unsigned m = 0; m < 1440; m++)
            fprintf(out, ",%u", (m * (day + row + 3) / 2) % 4);
    }
    fputs("\n", out);
    fclose(out);
}

static inline void files_write(const char *folder)
{
    files_csv(folder);
    files_log(folder);
    files_day(folder, "day1.csv", 1);
    files_day(folder, "day2.csv", 2);
}
