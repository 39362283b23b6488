// Strict parsing of a request: see request.h.
#include "api/request.h"

#include <string.h>

#include "base/digest.h"

void request_fini(struct request *request)
{
    buf_fini(&request->decoded);
}

// A request with too many headers counts those it does not hold: it is refused, but has an id and a language.
static size_t headers_held(const struct raw_request *raw)
{
    return raw->header_count < HEADERS_MOST ? raw->header_count : HEADERS_MOST;
}

const struct header *request_next_header(const struct request *request, const char *name, size_t *next)
{
    while (*next < headers_held(request->raw)) {
        const struct header *header = &request->raw->headers[(*next)++];
        if (str_equal_nocase(header->name, str_of(name))) {
            return header;
        }
    }
    return NULL;
}

struct str request_header(const struct request *request, const char *name)
{
    size_t next = 0;
    const struct header *header = request_next_header(request, name, &next);
    return header == NULL ? (struct str){NULL, 0} : header->value;
}

static size_t count_header(const struct raw_request *raw, struct str name)
{
    size_t count = 0;
    for (size_t i = 0; i < headers_held(raw); i++) {
        count += str_equal_nocase(raw->headers[i].name, name) ? 1 : 0;
    }
    return count;
}

static enum method parse_method(struct str text)
{
    static const struct {
        struct str name;
        enum method method;
    } methods[] = {{{"GET", 3}, METHOD_GET},
                   {{"HEAD", 4}, METHOD_HEAD},
                   {{"POST", 4}, METHOD_POST},
                   {{"OPTIONS", 7}, METHOD_OPTIONS}};
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (str_equal(text, methods[i].name)) {
            return methods[i].method;
        }
    }
    return METHOD_OTHER;
}

static bool is_id(struct str text)
{
    if (text.n == 0 || text.n > REQUEST_ID_LONGEST) {
        return false;
    }
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool fit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' ||
                   c == '-';
        if (!fit) {
            return false;
        }
    }
    return true;
}

// 64 random bits that nobody can guess. The system is asked for many at once: that costs hardly more than one.
static uint64_t random_id(void)
{
    enum { AT_ONCE = 128 };
    static _Thread_local uint64_t ids[AT_ONCE];
    static _Thread_local size_t left;
    if (left == 0) {
        digest_random(ids, sizeof ids);
        left = AT_ONCE;
    }
    return ids[--left];
}

static void set_id(struct request *request)
{
    struct buf id;
    struct str given = request_header(request, "X-Request-Id");
    buf_init_on(&id, request->id, sizeof request->id);
    if (is_id(given)) {
        buf_add(&id, given);
    } else {
        buf_add_hex(&id, random_id(), 16);
    }
    (void)buf_text(&id);
}

// --- framing -----------------------------------------------------------------

// RFC 9110, section 5.6.2. A blank before the colon would hide a Content-Length from us and show it to others.
static bool is_token(struct str text)
{
    static const char others[] = "!#$%&'*+-.^_`|~";
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!word && (c == '\0' || strchr(others, c) == NULL)) {
            return false;
        }
    }
    return text.n > 0;
}

// What libmicrohttpd lets through and another server on the way might read otherwise (RFC 9112, section 6.3).
static const char *check_framing(const struct raw_request *raw)
{
    for (size_t i = 0; i < headers_held(raw); i++) {
        if (!is_token(raw->headers[i].name)) {
            return "a header whose name is no token";
        }
    }
    size_t lengths = count_header(raw, STR("Content-Length"));
    size_t codings = count_header(raw, STR("Transfer-Encoding"));
    for (size_t i = 0; i < raw->header_count; i++) {
        uint64_t length;
        struct str value = raw->headers[i].value;
        if (str_equal_nocase(raw->headers[i].name, STR("Content-Length")) && !str_to_u64(value, INT64_MAX, &length)) {
            return "Content-Length is not one number";
        }
        if (str_equal_nocase(raw->headers[i].name, STR("Transfer-Encoding")) &&
            !str_equal_nocase(value, STR("chunked"))) {
            return "Transfer-Encoding is not chunked";
        }
    }
    if (lengths > 1) {
        return "more than one Content-Length";
    }
    if (codings > 1) {
        return "more than one Transfer-Encoding";
    }
    if (codings > 0 && !str_equal(raw->version, STR("HTTP/1.1"))) {
        return "Transfer-Encoding outside of HTTP/1.1";
    }
    return lengths > 0 && codings > 0 ? "both Content-Length and Transfer-Encoding" : NULL;
}

static const char *check_headers(const struct raw_request *raw)
{
    static const struct str single[] = {
        {"Host", 4}, {"Authorization", 13}, {"Content-Type", 12}, {"X-Request-Id", 12}, {"If-None-Match", 13}};
    static const char *const twice[] = {"more than one Host", "more than one Authorization",
                                        "more than one Content-Type", "more than one X-Request-Id",
                                        "more than one If-None-Match"};
    for (size_t i = 0; i < sizeof single / sizeof single[0]; i++) {
        if (count_header(raw, single[i]) > 1) {
            return twice[i];
        }
    }
    bool needs_host = str_equal(raw->version, STR("HTTP/1.1"));
    return needs_host && count_header(raw, STR("Host")) == 0 ? "no Host" : NULL;
}

// --- the target --------------------------------------------------------------

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

const char *text_fault_words(enum text_fault fault, bool japanese)
{
    static const char *const words[][2] = {
        [TEXT_OK] = {"well-formed", "正しい形式です"},
        [TEXT_ESCAPE] = {"a % that two hexadecimal digits do not follow", "% の後に 16 進数字が 2 つありません"},
        [TEXT_UTF8] = {"not UTF-8", "UTF-8 ではありません"},
        [TEXT_CONTROL] = {"a control character", "制御文字があります"},
    };
    return words[fault][japanese ? 1 : 0];
}

// Appends the decoded text: %XX, and in the query + as a blank. Appends nothing where it is at fault.
static enum text_fault decode(struct str text, bool in_query, struct buf *out)
{
    size_t before = out->n;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '%') {
            int high = i + 2 < text.n ? hex_digit(text.p[i + 1]) : -1;
            int low = i + 2 < text.n ? hex_digit(text.p[i + 2]) : -1;
            if (high < 0 || low < 0) {
                out->n = before;
                return TEXT_ESCAPE;
            }
            c = (char)(high << 4 | low);
            i += 2;
        } else if (c == '+' && in_query) {
            c = ' ';
        }
        buf_add_char(out, c);
    }
    struct str decoded = {out->p + before, out->n - before};
    enum text_fault fault = !str_is_utf8(decoded) ? TEXT_UTF8 : str_has_control(decoded) ? TEXT_CONTROL : TEXT_OK;
    out->n = fault == TEXT_OK ? out->n : before;
    return fault;
}

// The origin form, or the absolute form without scheme and authority (RFC 9112, section 3.2).
static struct str strip_authority(struct str target)
{
    static const struct str schemes[] = {{"http://", 7}, {"https://", 8}};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        if (target.n >= schemes[i].n && str_equal_nocase((struct str){target.p, schemes[i].n}, schemes[i])) {
            size_t at = schemes[i].n;
            while (at < target.n && target.p[at] != '/' && target.p[at] != '?') {
                at++;
            }
            return (struct str){target.p + at, target.n - at};
        }
    }
    return target;
}

static const char *parse_parameters(struct request *request, struct str query)
{
    while (query.p != NULL) {
        struct str pair = str_cut(&query, '&');
        struct str value = pair;
        struct str name = str_cut(&value, '=');
        if (pair.n == 0) {
            continue; // && or & at an end says nothing
        }
        if (request->parameter_count == PARAMETERS_MOST) {
            return "too many parameters";
        }
        if (name.n == 0) {
            return "a parameter without a name";
        }
        size_t name_at = request->decoded.n;
        enum text_fault fault = decode(name, true, &request->decoded);
        if (fault != TEXT_OK) {
            return text_fault_words(fault, request->japanese);
        }
        size_t value_at = request->decoded.n;
        fault = value.p == NULL ? TEXT_OK : decode(value, true, &request->decoded);
        request->parameters[request->parameter_count++] =
            (struct parameter){{request->decoded.p + name_at, value_at - name_at},
                               {request->decoded.p + value_at, request->decoded.n - value_at},
                               fault};
    }
    return NULL;
}

static const char *parse_target(struct request *request, struct str target)
{
    struct str query = strip_authority(target);
    struct str path = str_cut(&query, '?');
    // Decoding never makes text longer, and the room is taken at once, so the views into it stay where they are.
    if (buf_extend(&request->decoded, target.n + 1) == NULL) {
        return "no memory";
    }
    buf_clear(&request->decoded);
    if (path.n == 0 || path.p[0] != '/') {
        return "a path that does not begin with /";
    }
    // Decoded, it could not be told from a separator any more.
    if (memmem(path.p, path.n, "%2F", 3) != NULL || memmem(path.p, path.n, "%2f", 3) != NULL) {
        return "an encoded slash in the path";
    }
    enum text_fault fault = decode(path, false, &request->decoded);
    request->path = buf_str(&request->decoded);
    return fault == TEXT_OK ? parse_parameters(request, query) : text_fault_words(fault, request->japanese);
}

enum request_fault request_parse(struct request *request, const struct raw_request *raw, const char **why)
{
    memset(request, 0, offsetof(struct request, parameters));
    request->raw = raw;
    request->method = parse_method(raw->method);
    request->path = STR("");
    buf_init(&request->decoded, TARGET_LONGEST + 1);
    *why = "too many headers";
    set_id(request);
    request->japanese = request_prefers_japanese(request);
    if (raw->header_count > HEADERS_MOST) {
        return REQUEST_HEADERS;
    }
    // A first header that is folded away by the library may have told a length: nothing may follow such a request.
    request->lengthless = request->method == METHOD_POST && count_header(raw, STR("Content-Length")) == 0 &&
                          count_header(raw, STR("Transfer-Encoding")) == 0;
    *why = check_framing(raw);
    if (*why != NULL) {
        return REQUEST_FRAMING;
    }
    *why = check_headers(raw);
    if (*why != NULL) {
        return REQUEST_HEADERS;
    }
    if (raw->target.n > TARGET_LONGEST) {
        return REQUEST_TOO_LONG;
    }
    *why = parse_target(request, raw->target);
    return *why == NULL ? REQUEST_OK : REQUEST_TARGET;
}
