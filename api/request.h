// A request, parsed strictly from its raw parts: nothing of it has been through anybody's lenient decoding. Knows no
// Ulfius, so that tests and fuzzers feed it bytes.
#ifndef MEIBO_API_REQUEST_H
#define MEIBO_API_REQUEST_H

#include "base/buf.h"

enum {
    TARGET_LONGEST = 8192, // bytes; a longer one is 414
    PARAMETERS_MOST = 40,
    HEADERS_MOST = 64,
    REQUEST_ID_LONGEST = 64,
};

enum method { METHOD_GET, METHOD_HEAD, METHOD_POST, METHOD_OPTIONS, METHOD_OTHER };

struct header {
    struct str name, value;
};

// As it came, borrowed.
struct raw_request {
    struct str method;
    struct str target;  // as on the request line
    struct str version; // "HTTP/1.1"
    const struct header *headers;
    size_t header_count;
    struct str body;
};

// What can be wrong with percent-encoded text.
enum text_fault {
    TEXT_OK,
    TEXT_ESCAPE,  // a % that two hexadecimal digits do not follow
    TEXT_UTF8,    // not well-formed UTF-8
    TEXT_CONTROL, // NUL or another control character
};
// In words, for an answer; static.
const char *text_fault_words(enum text_fault fault, bool japanese);

// One query parameter, decoded: UTF-8 without control characters. A value that is not is kept out, and its fault noted,
// so that the answer can name the parameter together with all other faults.
struct parameter {
    struct str name, value;
    enum text_fault fault;
};

struct request {
    const struct raw_request *raw;
    enum method method;
    struct str path;       // decoded; begins with /
    struct str path_value; // what stands for {…} in the route
    bool japanese;         // problems in Japanese
    bool lengthless;       // a POST that tells no length: the connection is closed after its answer
    char id[REQUEST_ID_LONGEST + 1];
    struct buf decoded; // holds path and parameters
    size_t parameter_count;
    struct parameter parameters[PARAMETERS_MOST]; // last, because only those counted are ever written
};

enum request_fault {
    REQUEST_OK,
    REQUEST_FRAMING,  // Content-Length and Transfer-Encoding make the length of the body doubtful: close
    REQUEST_TOO_LONG, // target
    REQUEST_TARGET,   // malformed path or parameter name
    REQUEST_HEADERS,  // too many, or a header that may stand once stands twice
};

// Fills `request` (id and language first, so that the answer to a faulty one has them). request_fini() after, whatever
// it returned. `why` gets a static English text.
enum request_fault request_parse(struct request *request, const struct raw_request *raw, const char **why);
void request_fini(struct request *request);

// Value of the first header of this name; p == NULL: none.
struct str request_header(const struct request *request, const char *name);
// The first header of this name from *next on, which moves behind it; NULL: none.
const struct header *request_next_header(const struct request *request, const char *name, size_t *next);

// Whether Accept admits a media type ("application/json"); no Accept admits all. RFC 9110, section 12.5.1.
bool request_accepts(const struct request *request, const char *media_type);
// How much: 0 (not at all) to 1000.
unsigned request_accept_weight(const struct request *request, const char *media_type);
// Whether Accept-Encoding admits gzip.
bool request_accepts_gzip(const struct request *request);
// Whether Accept-Language puts Japanese before English.
bool request_prefers_japanese(const struct request *request);
// Whether If-None-Match names this entity tag (quoted), not counting *. RFC 9110, section 13.1.2.
bool request_has_tag(const struct request *request, struct str tag);
// Whether If-None-Match is *: any current representation.
bool request_has_any_tag(const struct request *request);

#endif
