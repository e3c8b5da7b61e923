#include "bench/input/json_text.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/utf8.h"

static bool read_hex4(const char *at, const char *end, uint32_t *code)
{
    if (end - at < 4) return false;
    *code = 0;
    for (int i = 0; i < 4; i++) {
        if (!isxdigit((unsigned char)at[i])) return false;
        int digit = isdigit((unsigned char)at[i]) ? at[i] - '0' : (at[i] | 32) - 'a' + 10;
        *code = *code << 4 | (uint32_t)digit;
    }
    return true;
}

size_t json_read_escape(const char *at, const char *end, uint32_t *code, const char **why)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    const char *letter = end - at > 1 && at[1] ? strchr(letters, at[1]) : NULL;
    if (letter) {
        *code = (uint32_t)(unsigned char)meanings[letter - letters];
        return 2;
    }
    *why = "the escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits";
    if (end - at < 2 || at[1] != 'u' || !read_hex4(at + 2, end, code)) return 0;
    *why = "a string cannot hold NUL";
    if (*code == 0) return 0;
    if (*code < 0xD800 || *code > 0xDFFF) return 6;
    uint32_t low = 0;
    *why = "half of a surrogate pair stands alone";
    bool pair = *code < 0xDC00 && end - at >= 12 && at[6] == '\\' && at[7] == 'u' &&
                read_hex4(at + 8, end, &low) && low >= 0xDC00 && low <= 0xDFFF;
    if (!pair) return 0;
    *code = 0x10000 + ((*code - 0xD800) << 10) + (low - 0xDC00);
    return 12;
}

// Never longer than the source: each escape is longer than what it stands for.
const char *json_decode(struct arena *arena, const char *from, const char *to)
{
    char *text = arena_new(arena, char, (size_t)(to - from) + 1), *out = text;
    while (from < to) {
        uint32_t code;
        const char *why;
        size_t length = *from == '\\' ? json_read_escape(from, to, &code, &why) : 0;
        if (length == 0) {
            *out++ = *from++;
        } else {
            out += utf8_write(out, code);
            from += length;
        }
    }
    return text;
}

void json_write_string(FILE *out, const char *text)
{
    static const char letters[] = "\"\\\b\f\n\r\t", names[] = "\"\\bfnrt";
    fputc('"', out);
    for (; *text; text++) {
        const char *letter = strchr(letters, *text);
        if (letter)
            fprintf(out, "\\%c", names[letter - letters]);
        else if ((unsigned char)*text < 0x20 || *text == 0x7F)
            fprintf(out, "\\u%04x", (unsigned)(unsigned char)*text);
        else
            fputc(*text, out);
    }
    fputc('"', out);
}

static const char *fraction_fault(const char *at)
{
    if (*at == '.') {
        at++;
        if (!isdigit((unsigned char)*at)) return "a digit comes after the point";
        at += strspn(at, "0123456789");
    }
    if (*at == 'e' || *at == 'E') {
        at += at[1] == '+' || at[1] == '-' ? 2 : 1;
        if (!isdigit((unsigned char)*at)) return "a digit comes after the e";
        at += strspn(at, "0123456789");
    }
    return *at ? "one number" : NULL;
}

const char *json_number_fault(const char *text)
{
    const char *at = text;
    if (*at == '+') return "no plus sign in front";
    if (*at == '-') at++;
    if (!isdigit((unsigned char)*at)) return "a digit comes first";
    if (*at == '0' && isdigit((unsigned char)at[1])) return "no leading zeros";
    const char *fault = fraction_fault(at + strspn(at, "0123456789"));
    if (fault) return fault;
    return isfinite(strtod(text, NULL)) ? NULL : "the largest number is about 1.8e308";
}

const char *json_number_text(double number, char buffer[JSON_NUMBER_TEXT])
{
    if (!isfinite(number)) return memcpy(buffer, "null", sizeof "null");
    bool whole = fabs(number) < 0x1p53 && floor(number) == number;
    if (whole) {
        snprintf(buffer, JSON_NUMBER_TEXT, "%.0f", number);
        return buffer;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(buffer, JSON_NUMBER_TEXT, "%.*g", digits, number);
        if (strtod(buffer, NULL) == number) break;
    }
    return buffer;
}
