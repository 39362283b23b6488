// What GET /v1/registrants was asked for: its parameters, read.
#ifndef MEIBO_API_SEARCH_H
#define MEIBO_API_SEARCH_H

#include "api/api.h"
#include "api/params.h"
#include "edition/cursor.h"

enum page_format { FORMAT_JSON, FORMAT_CSV, FORMAT_NDJSON };

// A registrant's members, in the order in which they are written; a bit of `fields` is a place in here.
extern const char *const registrant_fields[];
enum { REGISTRANT_FIELDS = 19 };

// Stays where it is: the query borrows from the rest.
struct search {
    struct query query;
    enum page_format format;
    unsigned fields; // 0: all
    struct done_params done;
    struct cursor cursor;
    size_t terms_used;
    char terms[TARGET_LONGEST]; // entries of skill, specialty and qualification without their backslashes
};

// `search` is complete only if no fault was added.
void search_read(const struct visit *visit, struct search *search, struct faults *faults);

#endif
