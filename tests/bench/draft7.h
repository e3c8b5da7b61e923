#pragma once

#include <cjson/cJSON.h>
#include <math.h>
#include <regex.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

// Validates a value against a JSON schema (draft-07): the keywords that warmpool's schema uses, and
// references into "#/definitions/".  A keyword that it does not know fails the test, so nothing is
// believed to be checked that is not.

struct draft7 {
    const cJSON *definitions;
    const char *unknown; // a keyword that it does not know
    struct {             // patterns met so far; compiling one takes longer than all else
        const char *pattern;
        regex_t regex;
    } patterns[16];
    size_t pattern_count;
};

static inline bool draft7_valid(struct draft7 *d, const cJSON *schema, const cJSON *value);

static inline const regex_t *draft7_regex(struct draft7 *d, const char *pattern)
{
    for (size_t i = 0; i < d->pattern_count; i++)
        if (strcmp(d->patterns[i].pattern, pattern) == 0) return &d->patterns[i].regex;
    size_t at = d->pattern_count;
    bool good = at < sizeof d->patterns / sizeof *d->patterns &&
                regcomp(&d->patterns[at].regex, pattern, REG_EXTENDED | REG_NOSUB) == 0;
    if (!good) return NULL;
    d->patterns[d->pattern_count++].pattern = pattern;
    return &d->patterns[at].regex;
}

static inline bool draft7_matches(struct draft7 *d, const char *pattern, const char *text)
{
    const regex_t *regex = draft7_regex(d, pattern);
    if (!regex) d->unknown = pattern;
    return regex && regexec(regex, text, 0, NULL, 0) == 0;
}

static inline void draft7_free(struct draft7 *d)
{
    while (d->pattern_count > 0)
        regfree(&d->patterns[--d->pattern_count].regex);
}

static inline bool draft7_type(const char *type, const cJSON *value)
{
    if (strcmp(type, "object") == 0) return cJSON_IsObject(value);
    if (strcmp(type, "array") == 0) return cJSON_IsArray(value);
    if (strcmp(type, "string") == 0) return cJSON_IsString(value);
    if (strcmp(type, "boolean") == 0) return cJSON_IsBool(value);
    if (strcmp(type, "null") == 0) return cJSON_IsNull(value);
    bool number = cJSON_IsNumber(value);
    if (strcmp(type, "integer") == 0)
        return number && floor(value->valuedouble) == value->valuedouble;
    return strcmp(type, "number") == 0 && number;
}

static inline bool draft7_among(const cJSON *list, const cJSON *value)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, list) if (cJSON_Compare(item, value, 1)) return true;
    return false;
}

static inline int draft7_count(struct draft7 *d, const cJSON *schemas, const cJSON *value)
{
    const cJSON *schema;
    int count = 0;
    cJSON_ArrayForEach(schema, schemas) count += draft7_valid(d, schema, value);
    return count;
}

static inline bool draft7_has_all(const cJSON *names, const cJSON *value)
{
    const cJSON *name;
    cJSON_ArrayForEach(
        name, names) if (cJSON_IsObject(value) &&
                         !cJSON_GetObjectItemCaseSensitive(value, name->valuestring)) return false;
    return true;
}

// Each member against the schemas that its name calls for; nothing else may be there.
static inline bool draft7_members(struct draft7 *d, const cJSON *schema, const cJSON *value)
{
    const cJSON *properties = cJSON_GetObjectItemCaseSensitive(schema, "properties"),
                *patterns = cJSON_GetObjectItemCaseSensitive(schema, "patternProperties"),
                *others = cJSON_GetObjectItemCaseSensitive(schema, "additionalProperties"), *member;
    if (!cJSON_IsObject(value)) return true;
    cJSON_ArrayForEach(member, value)
    {
        const cJSON *own = cJSON_GetObjectItemCaseSensitive(properties, member->string), *pattern;
        bool named = own != NULL;
        if (own && !draft7_valid(d, own, member)) return false;
        cJSON_ArrayForEach(pattern, patterns)
        {
            if (!draft7_matches(d, pattern->string, member->string)) continue;
            named = true;
            if (!draft7_valid(d, pattern, member)) return false;
        }
        if (!named && others && !draft7_valid(d, others, member)) return false;
    }
    return true;
}

static inline bool draft7_items(struct draft7 *d, const cJSON *schema, const cJSON *value)
{
    const cJSON *entry, *next = schema->child;
    if (!cJSON_IsArray(value)) return true;
    cJSON_ArrayForEach(entry, value)
    {
        if (!cJSON_IsArray(schema)) {
            if (!draft7_valid(d, schema, entry)) return false;
        } else if (next) {
            if (!draft7_valid(d, next, entry)) return false;
            next = next->next;
        }
    }
    return true;
}

static inline bool draft7_reference(struct draft7 *d, const char *name, const cJSON *value)
{
    static const char prefix[] = "#/definitions/";
    if (strncmp(name, prefix, sizeof prefix - 1) != 0) return false;
    const cJSON *schema =
        cJSON_GetObjectItemCaseSensitive(d->definitions, name + sizeof prefix - 1);
    return schema && draft7_valid(d, schema, value);
}

static inline bool draft7_is(const cJSON *keyword, const char *name)
{
    return strcmp(keyword->string, name) == 0;
}

static inline bool draft7_size(const cJSON *keyword, const cJSON *value)
{
    double number = cJSON_IsNumber(value) ? value->valuedouble : NAN, limit = keyword->valuedouble;
    int size = cJSON_GetArraySize(value);
    if (draft7_is(keyword, "minimum")) return !(number < limit);
    if (draft7_is(keyword, "maximum")) return !(number > limit);
    if (draft7_is(keyword, "exclusiveMinimum")) return !(number <= limit);
    if (draft7_is(keyword, "minItems")) return !cJSON_IsArray(value) || size >= limit;
    if (draft7_is(keyword, "maxItems")) return !cJSON_IsArray(value) || size <= limit;
    if (draft7_is(keyword, "minProperties")) return !cJSON_IsObject(value) || size >= limit;
    return !cJSON_IsObject(value) || size <= limit; // maxProperties
}

static inline bool draft7_keyword(struct draft7 *d, const cJSON *schema, const cJSON *keyword,
                                  const cJSON *value)
{
    static const char *const told[] = {"description", "default", "$schema", "title", "definitions"};
    static const char *const members[] = {"properties", "patternProperties",
                                          "additionalProperties"};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (draft7_is(keyword, told[i])) return true;
    // The three belong together: once is enough, and more would grow with every level.
    for (size_t i = 0, met = 0; i < sizeof members / sizeof *members; i++) {
        if (draft7_is(keyword, members[i])) return met > 0 || draft7_members(d, schema, value);
        met += cJSON_GetObjectItemCaseSensitive(schema, members[i]) != NULL;
    }
    if (draft7_is(keyword, "type")) return draft7_type(keyword->valuestring, value);
    if (draft7_is(keyword, "const")) return cJSON_Compare(keyword, value, 1);
    if (draft7_is(keyword, "enum")) return draft7_among(keyword, value);
    if (draft7_is(keyword, "required")) return draft7_has_all(keyword, value);
    if (draft7_is(keyword, "items")) return draft7_items(d, keyword, value);
    if (draft7_is(keyword, "anyOf")) return draft7_count(d, keyword, value) > 0;
    if (draft7_is(keyword, "oneOf")) return draft7_count(d, keyword, value) == 1;
    if (draft7_is(keyword, "allOf"))
        return draft7_count(d, keyword, value) == cJSON_GetArraySize(keyword);
    if (draft7_is(keyword, "$ref")) return draft7_reference(d, keyword->valuestring, value);
    if (draft7_is(keyword, "pattern"))
        return !cJSON_IsString(value) ||
               draft7_matches(d, keyword->valuestring, value->valuestring);
    if (cJSON_IsNumber(keyword)) return draft7_size(keyword, value);
    d->unknown = keyword->string;
    return false;
}

static inline bool draft7_valid(struct draft7 *d, const cJSON *schema, const cJSON *value)
{
    const cJSON *keyword;
    if (cJSON_IsBool(schema)) return cJSON_IsTrue(schema);
    cJSON_ArrayForEach(keyword,
                       schema) if (!draft7_keyword(d, schema, keyword, value)) return false;
    return true;
}
