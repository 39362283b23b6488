// What the answers of several resources share: as_of, next, cursors.
#include "api/params.h"
#include "api/resources.h"
#include "base/json_out.h"
#include "edition/cursor.h"

void answer_write_as_of(const struct visit *visit, struct buf *out)
{
    const struct edition_head *head = edition_get_head(visit->edition);
    json_name(out, "as_of");
    buf_add_char(out, '{');
    json_number(out, "publication", head->publication);
    json_instant(out, "published_at", head->published_at);
    json_day(out, "day", head->day);
    buf_add_char(out, '}');
}

void answer_begin(const struct visit *visit, struct reply *reply)
{
    reply->content_type = MEDIA_JSON;
    buf_add_char(&reply->body, '{');
    answer_write_as_of(visit, &reply->body);
}

void answer_next(const struct visit *visit, const struct cursor *last, struct reply *reply, struct buf *next)
{
    BUF_AUTO struct buf text;
    buf_init(&text, CURSOR_LONGEST);
    cursor_write(&visit->api->cursor_key, visit->query_digest, last, &text);
    params_next(visit->request, buf_str(&text), next);
    buf_add_char(&reply->link, '<');
    buf_add(&reply->link, buf_str(next));
    buf_add(&reply->link, STR(">; rel=\"next\""));
}

void answer_end_list(const struct visit *visit, const struct cursor *last, struct reply *reply)
{
    if (last != NULL) {
        BUF_AUTO struct buf next;
        buf_init(&next, NEXT_LONGEST);
        answer_next(visit, last, reply, &next);
        json_text(&reply->body, "next", buf_str(&next));
    }
    buf_add_char(&reply->body, '}');
}

void answer_write_offers(const char *name, const struct offer *offers, size_t count, struct buf *out)
{
    json_name(out, name);
    buf_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        json_comma(out);
        buf_add_char(out, '{');
        json_text(out, "field", str_of(match_field_name(offers[i].field)));
        json_text(out, "text", offers[i].text);
        json_number(out, "count", (int64_t)offers[i].count);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

bool answer_read_cursor(const struct visit *visit, struct cursor *cursor, bool *given, struct faults *faults)
{
    struct str text = params_get(visit->request, "cursor");
    *given = text.p != NULL;
    if (!*given) {
        return true;
    }
    enum err err = cursor_parse(&visit->api->cursor_key, visit->query_digest, text, cursor);
    if (err == ERR_CONFLICT) {
        faults_parameter(faults, STR("cursor"), "%s",
                         SAY(faults, "belongs to another query; use it with the parameters it came with",
                             "別の検索条件のカーソルです。元の条件と一緒に使ってください。"));
    } else if (err != ERR_OK) {
        faults_parameter(faults, STR("cursor"), "%s",
                         SAY(faults, "is damaged; take it unchanged from next",
                             "壊れています。next の値をそのまま使ってください。"));
    }
    return err == ERR_OK;
}
