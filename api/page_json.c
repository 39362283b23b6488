// A page of a search as JSON, and as NDJSON: a registrant a line, and a last line with what JSON has around the items.
#include <stdio.h>

#include "api/page_out.h"
#include "api/resources.h"
#include "api/scan.h"
#include "base/json_out.h"

// --- items -----------------------------------------------------------------------------------------------------------

// The members that are asked for, of a whole registrant. False: the JSON is not ours.
static bool write_members(const struct found *found, struct str whole, struct buf *out)
{
    struct scan scan = scan_object(whole);
    struct str name;
    struct str value;
    buf_add_char(out, '{');
    while (scan_member(&scan, &name, &value)) {
        int field = page_field(name);
        if (field >= 0 && page_shows(found, field)) {
            json_name(out, registrant_fields[field]);
            buf_add(out, value);
        }
    }
    return !scan_failed(&scan);
}

// One item, its end included.
static void write_item(const struct found *found, uint32_t i, struct buf *scratch, struct buf *out)
{
    const struct page *page = &found->page;
    if (found->search->fields == 0) {
        edition_write_registrant(found->visit->edition, page->ids[i], out);
        out->n -= out->n > 0 && page->matched ? 1 : 0; // the match goes before its end
    } else {
        buf_clear(scratch);
        edition_write_registrant(found->visit->edition, page->ids[i], scratch);
        bool ours = write_members(found, buf_str(scratch), out);
        out->failed = out->failed || !ours;
    }
    if (page->matched) {
        json_name(out, "match");
        buf_add_char(out, '{');
        json_text(out, "field", str_of(match_field_name(page->matches[i].field)));
        json_text(out, "tier", str_of(tier_name(page->matches[i].tier)));
        buf_add_char(out, '}');
    }
    if (page->matched || found->search->fields != 0) {
        buf_add_char(out, '}');
    }
}

// --- around them -----------------------------------------------------------------------------------------------------

static void add_unknown(struct buf *out, struct str number, bool first)
{
    if (first) {
        json_name(out, "unknown_numbers");
        buf_add_char(out, '[');
    }
    json_comma(out);
    json_quote(out, number);
}

static void write_unknown(const struct found *found, struct buf *out)
{
    size_t before = out->n;
    page_each_unknown(found, add_unknown, out);
    buf_add_text(out, out->n > before ? "]" : "");
}

// In the words of the API: the code of a place or course, the name of a state or kind, a year, a text.
static struct str facet_text(const struct edition *edition, enum facet facet, const struct facet_value *value,
                             char room[16])
{
    switch (facet) {
    case FACET_HOME:
    case FACET_EMPLOYER_PLACE:
        place_write(value->value, room);
        return (struct str){room, 2};
    case FACET_STATUS:
        return str_of(status_name((enum status)value->value));
    case FACET_KIND:
        return str_of(kind_name((enum course_kind)value->value));
    case FACET_COURSE:
        return edition_course_code(edition, value->value);
    case FACET_REGISTERED_YEAR:
    case FACET_EXAM_PASSED_YEAR:
        return (struct str){room, (size_t)snprintf(room, 16, "%d", value->value)};
    case FACET_SKILL:
    case FACET_SPECIALTY:
    case FACET_COUNT:
        break;
    }
    return value->text;
}

static void write_facet(const struct found *found, enum facet facet, struct buf *out)
{
    const struct facet_counts *counts = &found->facets[facet];
    char room[16];
    json_name(out, facet_name(facet));
    buf_add_char(out, '[');
    for (size_t i = 0; i < counts->n; i++) {
        json_comma(out);
        buf_add_char(out, '{');
        json_text(out, "value", facet_text(found->visit->edition, facet, &counts->values[i], room));
        json_number(out, "count", (int64_t)counts->values[i].count);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static bool is_asked(const struct found *found, int facet)
{
    return found->facets != NULL && (found->search->query.facets >> facet & 1) != 0;
}

// How many values a facet has beyond those listed: only where there are any.
static void write_omitted(const struct found *found, struct buf *out)
{
    bool any = false;
    for (int i = 0; i < FACET_COUNT; i++) {
        if (is_asked(found, i) && found->facets[i].omitted > 0) {
            if (!any) {
                json_name(out, "omitted");
                buf_add_char(out, '{');
            }
            any = true;
            json_number(out, facet_name((enum facet)i), (int64_t)found->facets[i].omitted);
        }
    }
    buf_add_text(out, any ? "}" : "");
}

static void write_facets(const struct found *found, struct buf *out)
{
    if (found->facets == NULL) {
        return;
    }
    json_name(out, "facets");
    buf_add_char(out, '{');
    for (int i = 0; i < FACET_COUNT; i++) {
        if (is_asked(found, i)) {
            write_facet(found, (enum facet)i, out);
        }
    }
    write_omitted(found, out);
    buf_add_char(out, '}');
}

static void write_hints(const struct found *found, struct buf *out)
{
    if (found->page.total > 0) {
        return;
    }
    json_name(out, "hints");
    buf_add_char(out, '{');
    json_number(out, "withheld_names", (int64_t)edition_get_counts(found->visit->edition).nameless);
    answer_write_offers("near", found->near, found->near_count, out);
    buf_add_char(out, '}');
}

// What follows the items, `}` included.
static void write_end(const struct found *found, struct reply *reply)
{
    struct buf *out = &reply->body;
    BUF_AUTO struct buf next;
    buf_init(&next, NEXT_LONGEST);
    write_unknown(found, out);
    write_facets(found, out);
    write_hints(found, out);
    page_add_next(found, reply, &next);
    if (next.n > 0) {
        json_text(out, "next", buf_str(&next));
    }
    buf_add_char(out, '}');
}

// --- the two forms ---------------------------------------------------------------------------------------------------

void page_write_json(const struct found *found, struct reply *reply)
{
    struct buf *out = &reply->body;
    BUF_AUTO struct buf scratch;
    buf_init(&scratch, REPLY_LONGEST);
    answer_begin(found->visit, reply);
    json_number(out, "total", (int64_t)found->page.total);
    json_name(out, "items");
    buf_add_char(out, '[');
    for (uint32_t i = 0; i < found->page.count; i++) {
        if (i > 0) {
            buf_add_char(out, ',');
        }
        write_item(found, i, &scratch, out);
    }
    buf_add_char(out, ']');
    write_end(found, reply);
}

void page_write_ndjson(const struct found *found, struct reply *reply)
{
    struct buf *out = &reply->body;
    BUF_AUTO struct buf scratch;
    buf_init(&scratch, REPLY_LONGEST);
    reply->content_type = MEDIA_NDJSON;
    for (uint32_t i = 0; i < found->page.count; i++) {
        write_item(found, i, &scratch, out);
        buf_add_char(out, '\n');
    }
    buf_add(out, STR("{\"end\":true"));
    json_number(out, "count", found->page.count);
    json_number(out, "total", (int64_t)found->page.total);
    answer_write_as_of(found->visit, out);
    write_end(found, reply);
    buf_add_char(out, '\n');
}
