// A problem's text is made when it is added, so that nothing of the reader's has to outlive it.
// Problems are kept in the order in which they came and sorted by place only to be printed.

#include "bench/input/diag.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/utf8.h"

enum {
    QUOTED_MAX = 40,   // code points of a user's text in a message
    POINTER_MAX = 200, // of a JSON pointer
    TEXT_MAX = 1000,   // of a whole message
};

struct problem {
    struct diag_place place;
    enum diag_severity severity;
    uint32_t file; // index of place.file in order of appearance
    uint32_t order;
    const char *code, *pointer, *text;
};

struct diag {
    struct arena *arena;
    struct problem problems[DIAG_KEPT];
    uint32_t kept, files;
    size_t counts[2]; // by severity
    size_t reports;   // calls of diag_error()
};

struct diag *diag_create(struct arena *arena)
{
    struct diag *diag = arena_new(arena, struct diag, 1);
    diag->arena = arena;
    return diag;
}

// Characters that move the cursor, colour the terminal or turn the direction of writing.
static bool is_unsafe(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x200E || code == 0x200F ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) ||
           code == 0xFEFF;
}

struct escaping {
    size_t limit;   // code points
    bool in_quotes; // quotes and backslashes are escaped too
};

// One code point of the source; returns how many bytes of it were taken.
static size_t put_escaped(FILE *out, const char *text, size_t left, bool in_quotes)
{
    uint32_t code;
    size_t step = utf8_read(text, left, &code);
    if (step == 0) {
        fprintf(out, "\\x%02x", (unsigned)(unsigned char)*text);
        return 1;
    }
    if (is_unsafe(code)) {
        fprintf(out, "\\u%04x", (unsigned)code);
    } else {
        if (in_quotes && (code == '"' || code == '\\')) fputc('\\', out);
        fwrite(text, 1, step, out);
    }
    return step;
}

static const char *escape(struct diag *diag, const char *text, size_t length, struct escaping how)
{
    char *made = NULL;
    size_t size = 0, at = 0;
    FILE *out = open_memstream(&made, &size);
    if (!out) return "";
    if (how.in_quotes) fputc('"', out);
    for (size_t shown = 0; at < length && shown < how.limit; shown++)
        at += put_escaped(out, text + at, length - at, how.in_quotes);
    if (at < length) fputs("...", out);
    if (how.in_quotes) fputc('"', out);
    fclose(out);
    const char *kept = arena_copy_text(diag->arena, made);
    free(made);
    return kept;
}

const char *diag_quote_bytes(struct diag *diag, const char *text, size_t length)
{
    return escape(diag, text, length, (struct escaping){QUOTED_MAX, true});
}

const char *diag_quote(struct diag *diag, const char *text)
{
    return diag_quote_bytes(diag, text, strlen(text));
}

const char *diag_format(struct diag *diag, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    size_t size = length < 0 ? 1 : (size_t)length + 1;
    char *text = arena_new(diag->arena, char, size);
    vsnprintf(text, size, format, again);
    va_end(again);
    return text;
}

static uint32_t file_number(struct diag *diag, const char *file)
{
    for (uint32_t i = 0; i < diag->kept; i++)
        if (strcmp(diag->problems[i].place.file, file) == 0) return diag->problems[i].file;
    return diag->files++;
}

static bool is_same(const struct problem *a, const struct problem *b)
{
    return a->place.line == b->place.line && a->place.column == b->place.column &&
           a->severity == b->severity && strcmp(a->code, b->code) == 0 &&
           strcmp(a->text, b->text) == 0 && strcmp(a->pointer, b->pointer) == 0 &&
           strcmp(a->place.file, b->place.file) == 0;
}

static void add(struct diag *diag, struct problem problem)
{
    for (uint32_t i = 0; i < diag->kept; i++)
        if (is_same(&diag->problems[i], &problem)) return;
    diag->counts[problem.severity]++;
    if (diag->kept == DIAG_KEPT) return;
    problem.file = file_number(diag, problem.place.file);
    problem.order = diag->kept;
    diag->problems[diag->kept++] = problem;
}

static struct problem make(struct diag *diag, struct diag_place place, const char *code,
                           const char *pointer, const char *text)
{
    if (!place.file) place.file = "";
    if (!pointer) pointer = "";
    struct problem problem = {.place = place, .code = code};
    problem.place.file =
        escape(diag, place.file, strlen(place.file), (struct escaping){POINTER_MAX, false});
    problem.pointer = escape(diag, pointer, strlen(pointer), (struct escaping){POINTER_MAX, false});
    problem.text = escape(diag, text, strlen(text), (struct escaping){TEXT_MAX, false});
    return problem;
}

bool diag_error(struct diag *diag, struct diag_place place, const char *code, const char *pointer,
                const char *expected, const char *got, const char *hint)
{
    const char *text = diag_format(diag, "expected %s%s%s%s%s", expected, got ? ", got " : "",
                                   got ? got : "", hint ? "; " : "", hint ? hint : "");
    diag->reports++;
    add(diag, make(diag, place, code, pointer, text));
    return false;
}

void diag_warning(struct diag *diag, struct diag_place place, const char *code, const char *pointer,
                  const char *text, const char *hint)
{
    const char *whole = diag_format(diag, "%s%s%s", text, hint ? "; " : "", hint ? hint : "");
    struct problem problem = make(diag, place, code, pointer, whole);
    problem.severity = DIAG_WARNING;
    add(diag, problem);
}

size_t diag_errors(const struct diag *diag)
{
    return diag->counts[DIAG_ERROR];
}

size_t diag_warnings(const struct diag *diag)
{
    return diag->counts[DIAG_WARNING];
}

size_t diag_reports(const struct diag *diag)
{
    return diag->reports;
}

static int order(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int by_place(const void *left, const void *right)
{
    const struct problem *a = left, *b = right;
    int file = order(a->file, b->file);
    if (file != 0) return file;
    int line = order(a->place.line, b->place.line);
    if (line != 0) return line;
    int column = order(a->place.column, b->place.column);
    return column != 0 ? column : order(a->order, b->order);
}

static void print_one(const struct problem *p, FILE *stream)
{
    fputs(p->place.file, stream);
    if (p->place.line > 0) fprintf(stream, ":%u:%u", p->place.line, p->place.column);
    fprintf(stream, ": %s[%s]: ", p->severity == DIAG_ERROR ? "error" : "warning", p->code);
    if (*p->pointer) fprintf(stream, "%s: ", p->pointer);
    fprintf(stream, "%s\n", p->text);
}

void diag_print(struct diag *diag, FILE *stream)
{
    size_t all = diag->counts[DIAG_ERROR] + diag->counts[DIAG_WARNING];
    size_t shown = diag->kept < DIAG_SHOWN ? diag->kept : DIAG_SHOWN;
    struct problem *sorted = arena_new(diag->arena, struct problem, diag->kept + 1);
    memcpy(sorted, diag->problems, diag->kept * sizeof *sorted);
    qsort(sorted, diag->kept, sizeof *sorted, by_place);
    for (size_t i = 0; i < shown; i++)
        print_one(&sorted[i], stream);
    if (all > shown)
        fprintf(stream, "and %zu more problem%s\n", all - shown, all - shown > 1 ? "s" : "");
}
