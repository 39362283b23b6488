// Errors as RFC 9457 problems, in English or Japanese. A fault list gathers everything that is wrong with a request
// before anything is answered.
#ifndef MEIBO_API_PROBLEM_H
#define MEIBO_API_PROBLEM_H

#include "api/reply.h"

enum problem {
    PROBLEM_BAD_REQUEST,
    PROBLEM_INVALID_PARAMETER,
    PROBLEM_NOT_FOUND,
    PROBLEM_METHOD_NOT_ALLOWED,
    PROBLEM_NOT_ACCEPTABLE,
    PROBLEM_PAYLOAD_TOO_LARGE,
    PROBLEM_URI_TOO_LONG,
    PROBLEM_UNSUPPORTED_MEDIA_TYPE,
    PROBLEM_UNPROCESSABLE,
    PROBLEM_UNAUTHORIZED,
    PROBLEM_FORBIDDEN,
    PROBLEM_TOO_MANY_REQUESTS,
    PROBLEM_UNAVAILABLE,
    PROBLEM_UNCERTAIN,
    PROBLEM_INTERNAL,
    PROBLEM_COUNT,
};

enum { FAULTS_MOST = 1000 };

// The faults found so far: a JSON array in the making. At most FAULTS_MOST are kept, all are counted.
struct faults {
    bool japanese;
    size_t count;
    struct buf json;
};

#define FAULTS_AUTO __attribute__((cleanup(faults_fini)))
void faults_init(struct faults *faults, const struct request *request);
void faults_fini(struct faults *faults);
// Chooses the format by the language; both take the same arguments.
#define SAY(where, english, in_japanese) ((where)->japanese ? (in_japanese) : (english))
// `name` as it came from the client is fine: it is escaped.
void faults_parameter(struct faults *faults, struct str name, const char *format, ...) PRINTF_LIKE(3, 4);
// `code` may be NULL.
void faults_pointer(struct faults *faults, const char *pointer, const char *code, const char *format, ...)
    PRINTF_LIKE(4, 5);

// Makes the reply a problem; what the reply held before is dropped. The detail is a whole sentence.
void problem_reply(struct reply *reply, const struct request *request, enum problem problem, const char *format, ...)
    PRINTF_LIKE(4, 5);
// A problem that lists the faults (there is at least one).
void problem_reply_faults(struct reply *reply, const struct request *request, enum problem problem,
                          const struct faults *faults);
// The problem for an error of the service. UNAVAILABLE and UNCERTAIN are 503 with Retry-After, the rest 500.
void problem_reply_error(struct reply *reply, const struct request *request, enum err err);

// "invalid-parameter"; and back, PROBLEM_COUNT for none.
const char *problem_slug(enum problem problem);
enum problem problem_of_slug(struct str slug);
// A page in both languages about a kind of problem.
void problem_page(enum problem problem, struct buf *html);

#endif
