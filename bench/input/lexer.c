// One function for each production of the grammar.  Every byte is left through step(), which keeps
// line and column.  `stopped` means that the structure is lost: all loops end, no further problem
// is reported.

#include "bench/input/lexer.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/json_text.h"
#include "bench/input/utf8.h"

struct lexer {
    struct arena *arena;
    struct diag *diag;
    const char *file, *at, *end;
    uint32_t line, column;
    struct lexer_values *out;
    uint32_t capacity;
    uint32_t errors;
    bool stopped;
};

struct slice { // of the text, and where it starts
    const char *from, *to;
    uint32_t line, column;
};

struct key { // of one object, a list
    struct key *next;
    const char *text;
    uint32_t line, column, number;
};

static bool more(const struct lexer *lx)
{
    return lx->at < lx->end && !lx->stopped;
}

static bool sees(const struct lexer *lx, char byte)
{
    return more(lx) && *lx->at == byte;
}

static void step(struct lexer *lx)
{
    unsigned char byte = (unsigned char)*lx->at++;
    if (byte == '\n') {
        lx->line++;
        lx->column = 1;
    } else if ((byte & 0xC0) != 0x80) {
        lx->column++;
    }
}

static void step_to(struct lexer *lx, const char *to)
{
    while (lx->at < to)
        step(lx);
}

static struct diag_place here(const struct lexer *lx)
{
    return (struct diag_place){lx->file, lx->line, lx->column};
}

static void report(struct lexer *lx, struct diag_place place, const char *code,
                   const char *expected, const char *got, const char *hint)
{
    if (lx->stopped) return;
    diag_error(lx->diag, place, code, NULL, expected, got, hint);
    if (++lx->errors == LEXER_ERRORS_MAX) lx->stopped = true;
}

// What stands here, for a message: the end, a code point or a byte.
static const char *seen(struct lexer *lx)
{
    if (lx->at == lx->end) return "the end of the text";
    uint32_t code;
    size_t length = utf8_read(lx->at, (size_t)(lx->end - lx->at), &code);
    if (length == 0)
        return diag_format(lx->diag, "the byte 0x%02X", (unsigned)(unsigned char)*lx->at);
    if (code < 0x20) return diag_format(lx->diag, "the control character 0x%02X", (unsigned)code);
    return diag_quote_bytes(lx->diag, lx->at, length);
}

// The structure is not as it should be: the last problem that is reported.
static void stop(struct lexer *lx, const char *expected, const char *hint)
{
    const char *code = lx->at == lx->end ? CODE_JSON_END : CODE_JSON_TOKEN;
    report(lx, here(lx), code, expected, seen(lx), hint);
    lx->stopped = true;
}

static void skip_comment(struct lexer *lx)
{
    report(lx, here(lx), CODE_JSON_EXTRA, "JSON, which has no comments", NULL,
           "put remarks into a key \"$comment\"");
    bool block = lx->at[1] == '*';
    step_to(lx, lx->at + 2);
    for (; more(lx); step(lx)) {
        if (!block && *lx->at == '\n') return;
        if (!block || *lx->at != '*' || lx->at + 1 == lx->end || lx->at[1] != '/') continue;
        step_to(lx, lx->at + 2);
        return;
    }
}

static void skip_space(struct lexer *lx)
{
    while (more(lx)) {
        char byte = *lx->at;
        bool comment =
            byte == '/' && lx->at + 1 < lx->end && (lx->at[1] == '/' || lx->at[1] == '*');
        if (comment)
            skip_comment(lx);
        else if (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r')
            step(lx);
        else
            return;
    }
}

// Strings.

// After a wrong escape the string goes on behind its backslash.
static void scan_escape(struct lexer *lx)
{
    uint32_t code;
    const char *why;
    size_t left = (size_t)(lx->end - lx->at);
    size_t length = json_read_escape(lx->at, lx->end, &code, &why);
    if (length == 0) {
        size_t shown = left > 1 && lx->at[1] == 'u' ? 6 : 2;
        report(lx, here(lx), CODE_JSON_STRING, "a valid escape",
               diag_quote_bytes(lx->diag, lx->at, shown < left ? shown : left), why);
    }
    step_to(lx, lx->at + (length ? length : 1));
}

// One character of a string, which may be wrong.
static void scan_character(struct lexer *lx)
{
    unsigned char byte = (unsigned char)*lx->at;
    uint32_t code;
    size_t length = utf8_read(lx->at, (size_t)(lx->end - lx->at), &code);
    if (byte == '\\') {
        scan_escape(lx);
        return;
    }
    if (length == 0)
        report(lx, here(lx), CODE_JSON_ENCODING, "UTF-8", seen(lx), NULL);
    else if (byte < 0x20)
        report(lx, here(lx), CODE_JSON_STRING, "no raw control character in a string",
               diag_format(lx->diag, "0x%02X", (unsigned)byte),
               byte == '\n'   ? "write \\n, or close the string on its line"
               : byte == '\t' ? "write \\t"
                              : "write it as \\u00XX");
    step_to(lx, lx->at + (length ? length : 1));
}

static struct slice scan_string(struct lexer *lx)
{
    struct diag_place start = here(lx);
    step(lx);
    struct slice slice = {lx->at, lx->at, start.line, start.column};
    while (more(lx) && *lx->at != '"')
        scan_character(lx);
    slice.to = lx->at;
    if (slice.to - slice.from > LEXER_STRING_MAX)
        report(lx, start, CODE_JSON_LIMIT, "a string of at most 64 KiB",
               diag_format(lx->diag, "%td bytes", slice.to - slice.from), NULL);
    if (sees(lx, '"'))
        step(lx);
    else
        stop(lx,
             diag_format(lx->diag, "the closing quote of the string that begins at %u:%u",
                         start.line, start.column),
             NULL);
    return slice;
}

// Numbers and words.

static void scan_number(struct lexer *lx)
{
    char text[LEXER_NUMBER_MAX + 1] = "";
    const char *to = lx->at;
    while (to < lx->end && *to && strchr("+-.eE0123456789", *to))
        to++;
    size_t length = (size_t)(to - lx->at);
    const char *fault = "a number has at most 60 characters";
    if (length <= LEXER_NUMBER_MAX) {
        memcpy(text, lx->at, length);
        fault = json_number_fault(text);
    }
    if (fault)
        report(lx, here(lx), CODE_JSON_NUMBER, "a JSON number",
               diag_quote_bytes(lx->diag, lx->at, length), fault);
    step_to(lx, to);
}

static const char *word_hint(const char *word, size_t length)
{
    static const struct {
        const char *word, *hint;
    } hints[] = {
        {"NaN", "JSON has no such number"},
        {"nan", "JSON has no such number"},
        {"Infinity", "JSON has no such number"},
        {"inf", "JSON has no such number"},
        {"True", "write true"},
        {"False", "write false"},
        {"None", "write null"},
        {"undefined", "write null"},
    };
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (strlen(hints[i].word) == length && memcmp(hints[i].word, word, length) == 0)
            return hints[i].hint;
    return "text stands in double quotes";
}

static void scan_word(struct lexer *lx)
{
    static const char *const words[] = {"true", "false", "null"};
    const char *to = lx->at;
    while (to < lx->end && (isalnum((unsigned char)*to) || *to == '_'))
        to++;
    size_t length = (size_t)(to - lx->at);
    bool known = false;
    for (size_t i = 0; i < 3; i++)
        if (strlen(words[i]) == length && memcmp(words[i], lx->at, length) == 0) known = true;
    if (!known)
        report(lx, here(lx), CODE_JSON_TOKEN, "a value", diag_quote_bytes(lx->diag, lx->at, length),
               word_hint(lx->at, length));
    step_to(lx, to);
}

// Objects and lists.

static uint32_t add_value(struct lexer *lx, struct lexer_value value)
{
    struct lexer_values *out = lx->out;
    if (out->count == LEXER_VALUES_MAX) {
        report(lx, here(lx), CODE_JSON_LIMIT, "at most 262144 values", "more", NULL);
        lx->stopped = true;
        return 0;
    }
    if (out->count == lx->capacity) {
        lx->capacity = lx->capacity ? lx->capacity * 2 : 256;
        struct lexer_value *larger = arena_new(lx->arena, struct lexer_value, lx->capacity);
        if (out->count > 0) memcpy(larger, out->values, out->count * sizeof *larger);
        out->values = larger;
    }
    value.line = lx->line;
    value.column = lx->column;
    out->values[out->count] = value;
    return out->count++;
}

static int by_text(const void *left, const void *right)
{
    const struct key *a = *(struct key *const *)left, *b = *(struct key *const *)right;
    int text = strcmp(a->text, b->text);
    return text != 0 ? text : (a->number > b->number) - (a->number < b->number);
}

// Sorted by text, the same keys are neighbours.
static void report_duplicates(struct lexer *lx, struct key *keys, size_t count)
{
    if (count < 2) return;
    struct key **sorted = arena_new(lx->arena, struct key *, count);
    for (size_t i = 0; i < count; i++, keys = keys->next)
        sorted[i] = keys;
    qsort(sorted, count, sizeof *sorted, by_text);
    for (size_t i = 1, first = 0; i < count; i++) {
        if (strcmp(sorted[i]->text, sorted[first]->text) != 0) {
            first = i;
            continue;
        }
        struct diag_place place = {lx->file, sorted[i]->line, sorted[i]->column};
        report(lx, place, CODE_JSON_DUPLICATE,
               diag_format(lx->diag, "one value for %s", diag_quote(lx->diag, sorted[i]->text)),
               diag_format(lx->diag, "a second (first on line %u)", sorted[first]->line), NULL);
    }
}

static void scan_value(struct lexer *lx, struct lexer_value value, uint32_t depth);

// Between two elements; false: no further one.
static bool next_element(struct lexer *lx, char closing, const struct lexer_value *opened)
{
    skip_space(lx);
    if (lx->stopped || sees(lx, closing)) return false;
    if (sees(lx, ',')) {
        struct diag_place comma = here(lx);
        step(lx);
        skip_space(lx);
        if (!sees(lx, closing)) return true;
        report(lx, comma, CODE_JSON_EXTRA, "no comma before the closing bracket", NULL, NULL);
        return false;
    }
    const char *expected = diag_format(lx->diag, "\",\" or \"%c\" (opened at %u:%u)", closing,
                                       opened->line, opened->column);
    if (!sees(lx, '"')) {
        stop(lx, expected, NULL);
        return false;
    }
    report(lx, here(lx), CODE_JSON_TOKEN, expected, seen(lx), "a comma is missing");
    return true;
}

static struct key *scan_member(struct lexer *lx, struct lexer_value member, uint32_t depth)
{
    struct key *key = arena_new(lx->arena, struct key, 1);
    if (!sees(lx, '"')) {
        stop(lx, "a key in double quotes", NULL);
        return key;
    }
    struct slice slice = scan_string(lx);
    *key = (struct key){NULL, json_decode(lx->arena, slice.from, slice.to), slice.line,
                        slice.column, member.index};
    member.key = key->text;
    member.key_line = slice.line;
    member.key_column = slice.column;
    skip_space(lx);
    if (sees(lx, ':'))
        step(lx);
    else
        stop(lx, "\":\" after the key", NULL);
    scan_value(lx, member, depth);
    return key;
}

static void scan_object(struct lexer *lx, uint32_t self, uint32_t depth)
{
    struct lexer_value opened = lx->out->values[self], member = {.parent = self};
    struct key *keys = NULL, **last = &keys;
    step(lx);
    skip_space(lx);
    bool another = !lx->stopped && !sees(lx, '}');
    while (another) {
        *last = scan_member(lx, member, depth + 1);
        last = &(*last)->next;
        member.index++;
        another = next_element(lx, '}', &opened);
    }
    if (!lx->stopped) step(lx);
    if (!lx->stopped) report_duplicates(lx, keys, member.index);
}

static void scan_list(struct lexer *lx, uint32_t self, uint32_t depth)
{
    struct lexer_value opened = lx->out->values[self], element = {.parent = self};
    step(lx);
    skip_space(lx);
    bool another = !lx->stopped && !sees(lx, ']');
    while (another) {
        scan_value(lx, element, depth + 1);
        element.index++;
        another = next_element(lx, ']', &opened);
    }
    if (!lx->stopped) step(lx);
}

static void scan_value(struct lexer *lx, struct lexer_value value, uint32_t depth)
{
    skip_space(lx);
    if (lx->stopped) return;
    if (depth > LEXER_DEPTH_MAX) {
        report(lx, here(lx), CODE_JSON_LIMIT, "at most 64 levels of nesting", "more", NULL);
        lx->stopped = true;
        return;
    }
    uint32_t self = add_value(lx, value);
    unsigned char byte = lx->at < lx->end ? (unsigned char)*lx->at : 0;
    if (lx->stopped)
        return;
    else if (byte == '{')
        scan_object(lx, self, depth);
    else if (byte == '[')
        scan_list(lx, self, depth);
    else if (byte == '"')
        scan_string(lx);
    else if (isdigit(byte) || byte == '-' || byte == '+' || byte == '.')
        scan_number(lx);
    else if (isalpha(byte))
        scan_word(lx);
    else
        stop(lx, "a value", byte == '\'' ? "text stands in double quotes" : NULL);
}

static void scan_text(struct lexer *lx)
{
    if (lx->end - lx->at >= 3 && memcmp(lx->at, "\xEF\xBB\xBF", 3) == 0) {
        report(lx, here(lx), CODE_JSON_ENCODING, "JSON text", "a byte order mark",
               "save the file as UTF-8 without one");
        lx->at += 3;
    }
    scan_value(lx, (struct lexer_value){.parent = UINT32_MAX}, 1);
    skip_space(lx);
    if (more(lx))
        report(lx, here(lx), CODE_JSON_TRAILING, "nothing after the end of the value", seen(lx),
               NULL);
}

bool lexer_scan(struct lexer_values *values, struct arena *arena, const struct lexer_source *source,
                struct diag *diag)
{
    *values = (struct lexer_values){0};
    struct lexer lx = {
        .arena = arena,
        .diag = diag,
        .file = source->file,
        .at = source->text,
        .end = source->text + source->length,
        .line = 1,
        .column = 1,
        .out = values,
    };
    scan_text(&lx);
    return lx.errors == 0;
}
