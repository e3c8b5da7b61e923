#include "bench/output/paragraph.h"

#include <stdarg.h>
#include <stdlib.h>

#include "bench/experiment/memory.h"
#include "bench/output/table.h"
#include "bench/output/text.h"
#include "sim/check.h"

struct paragraph *paragraph_open(void)
{
    struct paragraph *p = memory_new(sizeof *p, 1);
    p->stream = open_memstream(&p->text, &p->size);
    SIM_CHECK(p->stream);
    return p;
}

void paragraph_print(struct paragraph *paragraph, FILE *out)
{
    fclose(paragraph->stream);
    if (paragraph->size > 0) {
        char *line = memory_new(paragraph->size + 1, 1);
        table_wrap(out, 2, text_line(line, paragraph->size + 1, paragraph->text));
        free(line);
    }
    free(paragraph->text);
    free(paragraph);
}

void paragraph_say(FILE *out, const char *format, ...)
{
    struct paragraph *p = paragraph_open();
    va_list arguments;
    va_start(arguments, format);
    vfprintf(p->stream, format, arguments);
    va_end(arguments);
    paragraph_print(p, out);
}
