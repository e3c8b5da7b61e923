#pragma once

#include "tests/bench/probe.h"

#include "bench/input/azure_counts.h"

// A file of the form of the Azure Functions traces: each line is four names and a minute in which
// there is a count, or a text of the test's own; 0 in all other minutes.

struct azure_line {
    const char *names;
    unsigned minute; // from 1
    const char *count;
};

static inline void azure_day(char path[64], const char *name, const struct azure_line *lines,
                             size_t count)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    fputs("HashOwner,HashApp,HashFunction,Trigger", out);
    for (unsigned m = 1; m <= AZURE_MINUTES; m++)
        fprintf(out, ",%u", m);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "\n%s", lines[i].names);
        for (unsigned m = 1; m <= AZURE_MINUTES; m++)
            fprintf(out, ",%s", m == lines[i].minute ? lines[i].count : "0");
    }
    fclose(out);
    probe_write(path, name, text, size);
    free(text);
}
