#include "bench/output/csv_out.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/json_text.h"
#include "bench/output/text.h"

const char csv_out_end[] = "\r\n";

static bool looks_like_a_formula(const char *text)
{
    return *text && strchr("=+-@\t\r", *text);
}

void csv_out_text(FILE *out, const char *text, const char *after)
{
    char *clean = text_utf8(text ? text : "");
    const char *guard = looks_like_a_formula(clean) ? "'" : "";
    if (strpbrk(clean, ",\"\r\n")) {
        fprintf(out, "\"%s", guard);
        for (const char *p = clean; *p; p++) {
            if (*p == '"') fputc('"', out);
            fputc(*p, out);
        }
        fprintf(out, "\"%s", after);
    } else {
        fprintf(out, "%s%s%s", guard, clean, after);
    }
    free(clean);
}

void csv_out_number(FILE *out, double value, const char *after)
{
    char buffer[JSON_NUMBER_TEXT];
    fprintf(out, "%s%s", isfinite(value) ? json_number_text(value, buffer) : "", after);
}

void csv_out_header(FILE *out, const char *before, const char *after)
{
    fprintf(out, "%s,metric,", before);
    for (size_t i = 0; i < LABELS; i++)
        fprintf(out, "%s,", label_names[i]);
    fprintf(out, "unit,%s%s", after, csv_out_end);
}

void csv_out_column(FILE *out, const struct column *column)
{
    csv_out_text(out, column->metric->name, ",");
    for (size_t i = 0; i < LABELS; i++)
        csv_out_text(out, column->labels[i], ",");
    csv_out_text(out, column->metric->unit, ",");
}
