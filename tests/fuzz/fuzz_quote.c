// A quoted text must be one gnuplot string and nothing else, whatever the bytes: it begins and ends
// with a single quote and has none inside, no control character survives, and it is valid UTF-8.
//
//   clang -g -O1 -fsanitize=fuzzer,address,undefined -I. tests/fuzz/fuzz_quote.c libwarmpool.a ...

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/utf8.h"
#include "bench/output/plot.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int condition)
{
    if (!condition) abort();
}

static void check(const char *quoted, size_t length)
{
    require(length >= 2 && quoted[0] == '\'' && quoted[length - 1] == '\'');
    require(length <= 2 + 3 * PLOT_TEXT);
    require(utf8_valid_until(quoted, length) == length);
    for (size_t i = 1; i + 1 < length; i++) {
        unsigned char byte = (unsigned char)quoted[i];
        require(byte >= 0x20 && byte != 0x7F && byte != '\'');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1), *quoted = NULL, name[PLOT_NAME];
    size_t length = 0;
    require(text != NULL);
    if (size > 0) memcpy(text, data, size);
    text[size] = '\0';
    FILE *out = open_memstream(&quoted, &length);
    require(out != NULL);
    plot_quote(out, text);
    fclose(out);
    check(quoted, length);
    plot_name(name, text);
    require(*name && !strpbrk(name, "/'\"`$|<> \n\\") && name[0] != '.' && name[0] != '-');
    free(quoted);
    free(text);
    return 0;
}
