#include "bench/explain/key_words.h"

#include <math.h>

#include "bench/input/reader.h"

static const char *list_words(struct sheet *sheet, const struct key_form *form)
{
    const char *entries = key_words(sheet, form->entry);
    if (isinf(form->max)) return sheet_format(sheet, "a list, each entry %s", entries);
    return sheet_format(sheet, "a list of %s to %s entries, each %s",
                        sheet_number(sheet, form->min), sheet_number(sheet, form->max), entries);
}

static const char *words_of(struct sheet *sheet, const struct key_form *form)
{
    const struct reader *reader = sheet_reader(sheet);
    struct number_range numbers = {form->min, form->max};
    struct time_range times = {form->min, form->max};
    switch (form->kind) {
    case KEY_COUNT:
        if (form->min >= form->max) return sheet_number(sheet, form->min);
        return reader_count_words(reader, numbers);
    case KEY_NUMBER:
        return reader_number_words(reader, numbers);
    case KEY_TIME:
        return reader_time_words(reader, times);
    case KEY_DIST:
        return "a duration or a distribution";
    case KEY_PLAIN_DIST:
        return "a number or a distribution of numbers";
    case KEY_FLAG:
        return "true or false";
    case KEY_CHOICE:
        if (form->example) return form->example;
        return reader_choice_words(reader, form->list ? form->list(reader->arena) : form->words);
    case KEY_TEXT:
        return form->example ? form->example : "text";
    case KEY_OBJECT:
        return sheet_format(sheet, "an object (%s)", form->object->what);
    case KEY_LIST:
        return list_words(sheet, form);
    case KEY_NAMES:
        return sheet_format(sheet, "{\"%s\": %s, ...}", form->example,
                            key_words(sheet, form->entry));
    case KEY_POINT:
        return "a pair of a probability and a time";
    case KEY_ANY:
        break;
    }
    return "any value";
}

const char *key_words(struct sheet *sheet, const struct key_form *form)
{
    const char *words = words_of(sheet, form);
    if (!form->other) return words;
    return sheet_format(sheet, "%s, or %s", words, key_words(sheet, form->other));
}
