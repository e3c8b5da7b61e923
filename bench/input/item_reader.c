#include "bench/input/item_reader.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/bytes.h"
#include "bench/input/utf8.h"

enum { NAMES_MAX = 64, KEY_MAX = 256, DEPTH_MAX = 64, NOT_WANTED = NAMES_MAX };

enum place { BETWEEN_VALUES, IN_LIST, OVER };

struct item_reader {
    struct bytes bytes;
    const char *names[NAMES_MAX];
    size_t count;
    enum place place;
    bool paged; // the list is the "items" of a page
    bool fresh; // nothing of the list has been read
    char text[CSV_ROW_MAX];
    size_t used;
    struct csv_cell cells[NAMES_MAX];
    struct csv_problem problem; // of this item; expected NULL: none
    bool broken;                // and nothing more can be read
};

struct item_reader *item_reader_open(const char *path, const char *const *names, size_t count)
{
    struct item_reader *items = calloc(1, sizeof *items);
    if (items && count <= NAMES_MAX && bytes_open(&items->bytes, path)) {
        memcpy(items->names, names, count * sizeof *names);
        items->count = count;
        return items;
    }
    free(items);
    return NULL;
}

void item_reader_close(struct item_reader *items)
{
    if (!items) return;
    bytes_close(&items->bytes);
    free(items);
}

void item_reader_rewind(struct item_reader *items)
{
    bytes_rewind(&items->bytes);
    items->place = BETWEEN_VALUES;
}

// The first problem of an item counts.
static void complain_at(struct item_reader *r, unsigned line, unsigned column, const char *expected,
                        const char *got)
{
    if (!r->problem.expected) r->problem = (struct csv_problem){line, column, expected, got};
}

static void complain(struct item_reader *r, const char *expected, const char *got)
{
    complain_at(r, r->bytes.line, r->bytes.column, expected, got);
}

// It is no JSON from here on.  Always false.
static bool give_up(struct item_reader *r, const char *expected)
{
    if (!r->broken) {
        bool end = bytes_peek(&r->bytes) == NO_BYTE;
        r->problem.expected = NULL;
        complain(r, r->bytes.failed ? "readable data" : expected,
                 r->bytes.failed ? "a damaged or cut-off gzip file"
                 : end           ? "the end of the file"
                                 : "other text");
    }
    r->broken = true;
    return false;
}

static int peek_past_space(struct item_reader *r)
{
    int byte = bytes_peek(&r->bytes);
    while (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r') {
        bytes_take(&r->bytes);
        byte = bytes_peek(&r->bytes);
    }
    return byte;
}

static bool expect(struct item_reader *r, int byte, const char *words)
{
    if (peek_past_space(r) != byte) return give_up(r, words);
    bytes_take(&r->bytes);
    return true;
}

// Tokens go to a buffer; what does not fit is left out.

struct token {
    char *text;
    size_t length, room;
    bool cut;
};

static void put(struct token *token, const char *bytes, size_t count)
{
    if (token->length + count >= token->room) {
        token->cut = true;
        return;
    }
    memcpy(token->text + token->length, bytes, count);
    token->length += count;
}

static bool read_hex(struct item_reader *r, uint32_t *code)
{
    *code = 0;
    for (int i = 0; i < 4; i++) {
        int byte = bytes_peek(&r->bytes);
        const char *digits = "0123456789abcdefABCDEF";
        const char *at = byte > 0 ? strchr(digits, byte) : NULL;
        if (!at) return give_up(r, "four hexadecimal digits");
        uint32_t digit = (uint32_t)(at - digits);
        *code = *code * 16 + (digit > 15 ? digit - 6 : digit);
        bytes_take(&r->bytes);
    }
    return true;
}

static bool read_code(struct item_reader *r, struct token *token)
{
    uint32_t code, low;
    char utf8[4];
    if (!read_hex(r, &code)) return false;
    if (code >= 0xD800 && code <= 0xDBFF) {
        bool more = bytes_accept(&r->bytes, '\\') && bytes_accept(&r->bytes, 'u');
        if (!more) return give_up(r, "the other half of a surrogate pair");
        if (!read_hex(r, &low)) return false;
        if (low < 0xDC00 || low > 0xDFFF) return give_up(r, "the other half of a surrogate pair");
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    } else if (code >= 0xDC00 && code <= 0xDFFF) {
        return give_up(r, "the first half of a surrogate pair");
    }
    if (code == 0) return give_up(r, "text without NUL");
    put(token, utf8, utf8_write(utf8, code));
    return true;
}

static bool read_escape(struct item_reader *r, struct token *token)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    bytes_take(&r->bytes);
    if (bytes_accept(&r->bytes, 'u')) return read_code(r, token);
    int byte = bytes_peek(&r->bytes);
    const char *at = byte > 0 ? strchr(names, byte) : NULL;
    if (!at) return give_up(r, "an escape of JSON");
    bytes_take(&r->bytes);
    put(token, &values[at - names], 1);
    return true;
}

// One code point of a string as it stands.
static bool read_character(struct item_reader *r, struct token *token)
{
    char utf8[4];
    uint32_t code;
    int byte = bytes_peek(&r->bytes);
    size_t count = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    if (byte == NO_BYTE) return give_up(r, "a closing quote");
    if (byte < 0x20) return give_up(r, "text without raw control characters");
    for (size_t i = 0; i < count; i++) {
        byte = bytes_peek(&r->bytes);
        if (byte == NO_BYTE || (i > 0 && (byte & 0xC0) != 0x80)) return give_up(r, "UTF-8");
        utf8[i] = (char)bytes_take(&r->bytes);
    }
    if (utf8_read(utf8, count, &code) != count) return give_up(r, "UTF-8");
    put(token, utf8, count);
    return true;
}

static bool read_string(struct item_reader *r, struct token *token)
{
    if (!expect(r, '"', "a text in double quotes")) return false;
    while (!bytes_accept(&r->bytes, '"')) {
        bool escaped = bytes_peek(&r->bytes) == '\\';
        if (!(escaped ? read_escape(r, token) : read_character(r, token))) return false;
    }
    return true;
}

static void take_to(struct item_reader *r, struct token *token)
{
    char byte = (char)bytes_take(&r->bytes);
    put(token, &byte, 1);
}

static bool is_digit(struct item_reader *r)
{
    int byte = bytes_peek(&r->bytes);
    return byte >= '0' && byte <= '9';
}

static bool read_digits(struct item_reader *r, struct token *token)
{
    if (!is_digit(r)) return give_up(r, "a digit");
    while (is_digit(r))
        take_to(r, token);
    return true;
}

static bool read_number(struct item_reader *r, struct token *token)
{
    if (bytes_peek(&r->bytes) == '-') take_to(r, token);
    if (bytes_peek(&r->bytes) == '0') {
        take_to(r, token);
        if (is_digit(r)) return give_up(r, "a number without leading zeros");
    } else if (!read_digits(r, token)) {
        return false;
    }
    if (bytes_peek(&r->bytes) == '.') {
        take_to(r, token);
        if (!read_digits(r, token)) return false;
    }
    int byte = bytes_peek(&r->bytes);
    if (byte != 'e' && byte != 'E') return true;
    take_to(r, token);
    byte = bytes_peek(&r->bytes);
    if (byte == '+' || byte == '-') take_to(r, token);
    return read_digits(r, token);
}

static bool read_word(struct item_reader *r, struct token *token)
{
    static const char *const words[] = {"true", "false", "null"};
    int byte = bytes_peek(&r->bytes);
    const char *word = NULL;
    for (size_t i = 0; i < 3; i++)
        if (words[i][0] == byte) word = words[i];
    if (!word) return give_up(r, "a value");
    for (const char *c = word; *c; c++)
        if (!bytes_accept(&r->bytes, *c)) return give_up(r, word);
    if (byte != 'n') put(token, word, strlen(word));
    return true;
}

// Values that nobody wants.

static struct token nowhere(void)
{
    return (struct token){0};
}

static bool read_scalar(struct item_reader *r, struct token *token)
{
    int byte = bytes_peek(&r->bytes);
    if (byte == '"') return read_string(r, token);
    if (byte == '-' || is_digit(r)) return read_number(r, token);
    return read_word(r, token);
}

// What is inside an object or a list, up to its end.
static bool pass_over_inside(struct item_reader *r, int open, int depth);

static bool pass_over(struct item_reader *r, int depth)
{
    struct token token = nowhere();
    int byte = peek_past_space(r);
    if (byte != '{' && byte != '[') return read_scalar(r, &token);
    if (depth == DEPTH_MAX) return give_up(r, "at most 64 levels");
    bytes_take(&r->bytes);
    return pass_over_inside(r, byte, depth + 1);
}

static bool pass_over_inside(struct item_reader *r, int open, int depth)
{
    int close = open == '{' ? '}' : ']';
    if (peek_past_space(r) == close) return expect(r, close, "");
    for (;;) {
        struct token token = nowhere();
        if (open == '{' && !(read_string(r, &token) && expect(r, ':', "a colon"))) return false;
        if (!pass_over(r, depth)) return false;
        if (peek_past_space(r) == close) return expect(r, close, "");
        if (!expect(r, ',', open == '{' ? "a comma or }" : "a comma or ]")) return false;
    }
}

// Items.

static size_t wanted(const struct item_reader *r, const struct token *key)
{
    for (size_t i = 0; i < r->count && !key->cut; i++)
        if (strlen(r->names[i]) == key->length && memcmp(r->names[i], key->text, key->length) == 0)
            return i;
    return NOT_WANTED;
}

static bool read_cell(struct item_reader *r, size_t index)
{
    int byte = peek_past_space(r);
    struct csv_cell *cell = &r->cells[index];
    if (cell->text) complain(r, "a key once in an item", "it twice");
    if (byte == '{' || byte == '[') {
        complain(r, "a text, a number, true, false or null", byte == '{' ? "an object" : "a list");
        return pass_over(r, 1);
    }
    *cell = (struct csv_cell){r->text + r->used, r->bytes.line, r->bytes.column};
    struct token token = {r->text + r->used, 0, CSV_ROW_MAX - r->used, false};
    if (!read_scalar(r, &token)) return false;
    if (token.cut || token.length + 1 >= token.room) {
        complain_at(r, cell->line, cell->column, "an item of at most 64 KiB", "more");
        cell->text = "";
        return true;
    }
    token.text[token.length] = '\0';
    r->used += token.length + 1;
    return true;
}

static void start_item(struct item_reader *r)
{
    r->used = 0;
    for (size_t i = 0; i < r->count; i++)
        r->cells[i] = (struct csv_cell){NULL, r->bytes.line, r->bytes.column};
}

// Keys and values up to the closing brace.  *page: may there be a list under "items", and was one
// found, whose opening bracket is then the last that was read.
static bool read_members(struct item_reader *r, bool *page)
{
    bool pages = *page;
    *page = false;
    if (peek_past_space(r) == '}') return expect(r, '}', "");
    for (;;) {
        char text[KEY_MAX];
        struct token key = {text, 0, sizeof text, false};
        if (!read_string(r, &key) || !expect(r, ':', "a colon")) return false;
        bool items = !key.cut && key.length == 5 && memcmp(text, "items", 5) == 0;
        if (pages && items && peek_past_space(r) == '[') {
            *page = true;
            return expect(r, '[', "");
        }
        size_t index = wanted(r, &key);
        if (!(index == NOT_WANTED ? pass_over(r, 1) : read_cell(r, index))) return false;
        if (peek_past_space(r) == '}') return expect(r, '}', "");
        if (!expect(r, ',', "a comma or }")) return false;
    }
}

static void enter_list(struct item_reader *r, bool paged)
{
    r->place = IN_LIST;
    r->paged = paged;
    r->fresh = true;
}

// The bracket that closes the list, and what is left of its page.
static bool leave_list(struct item_reader *r)
{
    r->place = BETWEEN_VALUES;
    bytes_take(&r->bytes);
    if (!r->paged) return true;
    if (peek_past_space(r) == '}') return expect(r, '}', "");
    return expect(r, ',', "a comma or }") && pass_over_inside(r, '{', 1);
}

// One step; *item: it has read an item.
static bool step_in_list(struct item_reader *r, bool *item)
{
    bool page = false;
    if (peek_past_space(r) == ']') return leave_list(r);
    if (!r->fresh && !expect(r, ',', "a comma or ]")) return false;
    r->fresh = false;
    if (peek_past_space(r) != '{') return give_up(r, "an item: an object");
    start_item(r);
    *item = true;
    return expect(r, '{', "") && read_members(r, &page);
}

static bool step_between(struct item_reader *r, bool *item)
{
    int byte = peek_past_space(r);
    if (byte == NO_BYTE) {
        r->place = OVER;
        return r->bytes.failed ? give_up(r, "") : true;
    }
    if (byte == '[') {
        enter_list(r, false);
        return expect(r, '[', "");
    }
    bool page = true;
    if (byte != '{') return give_up(r, "an object or a list of them");
    start_item(r);
    if (!expect(r, '{', "") || !read_members(r, &page)) return false;
    *item = !page;
    if (page) enter_list(r, true);
    return true;
}

enum csv_status item_reader_next(struct item_reader *r, struct csv_row *row,
                                 struct csv_problem *problem)
{
    bool item = false;
    r->problem = (struct csv_problem){0};
    r->broken = false;
    bytes_skip_mark(&r->bytes);
    while (!item && !r->broken && r->place != OVER) {
        r->problem = (struct csv_problem){0};
        if (!(r->place == IN_LIST ? step_in_list(r, &item) : step_between(r, &item)))
            r->place = OVER;
    }
    *row = (struct csv_row){r->cells, r->count};
    *problem = r->problem;
    if (r->broken) return CSV_BROKEN;
    if (!item) return CSV_END;
    return r->problem.expected ? CSV_BAD : CSV_ROW;
}
