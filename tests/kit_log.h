#pragma once

#include "tests/kit.h"

// Keeps every trace record of a run and writes the ones that a test asks for as one line of text:
//
//   struct kit_log log;
//   kit_log_start(&kit, &log);
//   kit_run(&kit, 1, 0);
//   kit_states(&log, 0)   "PENDING@10 SETUP@12 IDLE@17"   what runner 0 went through, times in s
//   kit_begins(&log)      "0@17 1@20"                     runner and time of each attempt's start
//   kit_log_free(&log);
//
// A text holds until the next one is asked for.

struct kit_log {
    struct sim_trace trace;
    struct trace_record *rows;
    size_t count, room;
    char text[4096];
};

static inline void kit_log_record(void *context, const struct trace_record *record)
{
    struct kit_log *log = context;
    if (log->count == log->room) {
        log->room = log->room ? 2 * log->room : 1024;
        struct trace_record *rows = realloc(log->rows, log->room * sizeof *rows);
        if (!rows) abort();
        log->rows = rows;
    }
    log->rows[log->count++] = *record;
}

static inline void kit_log_start(struct kit *kit, struct kit_log *log)
{
    memset(log, 0, sizeof *log);
    log->trace = (struct sim_trace){kit_log_record, log};
    kit->trace = &log->trace;
}

static inline void kit_log_free(struct kit_log *log)
{
    free(log->rows);
    log->rows = NULL;
}

static inline bool kit_log_is(const struct trace_record *row, const char *what, const char *detail)
{
    if (strcmp(row->what, what) != 0) return false;
    return !detail || (row->detail && strcmp(row->detail, detail) == 0);
}

static inline size_t kit_log_count(const struct kit_log *log, const char *what, const char *detail)
{
    size_t count = 0;
    for (size_t i = 0; i < log->count; i++)
        count += kit_log_is(&log->rows[i], what, detail);
    return count;
}

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static inline void
kit_log_write(struct kit_log *log, const char *format, ...)
{
    size_t used = strlen(log->text);
    va_list args;
    va_start(args, format);
    vsnprintf(log->text + used, sizeof log->text - used, format, args);
    va_end(args);
}

static inline const char *kit_states(struct kit_log *log, uint32_t runner)
{
    log->text[0] = 0;
    for (size_t i = 0; i < log->count; i++)
        if (log->rows[i].who == runner && kit_log_is(&log->rows[i], "runner", NULL) &&
            !kit_log_is(&log->rows[i], "runner", "waits for capacity"))
            kit_log_write(log, "%s%s@%.10g", log->text[0] ? " " : "", log->rows[i].detail,
                          sim_seconds(log->rows[i].at));
    return log->text;
}

static inline const char *kit_begins(struct kit_log *log)
{
    log->text[0] = 0;
    for (size_t i = 0; i < log->count; i++)
        if (kit_log_is(&log->rows[i], "request", "begins"))
            kit_log_write(log, "%s%u@%.10g", log->text[0] ? " " : "", (unsigned)log->rows[i].arg,
                          sim_seconds(log->rows[i].at));
    return log->text;
}

// When one kind of event happened: "10 12.5 14".
static inline const char *kit_times(struct kit_log *log, const char *what, const char *detail)
{
    log->text[0] = 0;
    for (size_t i = 0; i < log->count; i++)
        if (kit_log_is(&log->rows[i], what, detail))
            kit_log_write(log, "%s%.10g", log->text[0] ? " " : "", sim_seconds(log->rows[i].at));
    return log->text;
}

// Runs it: kit_begins() is this.
static inline void kit_expect_begins(struct kit *kit, const char *wanted)
{
    struct kit_log log;
    kit_log_start(kit, &log);
    assert_int_equal(kit_run(kit, 1, 0), SIM_DONE);
    assert_string_equal(kit_begins(&log), wanted);
    kit_log_free(&log);
    kit->trace = NULL;
}
