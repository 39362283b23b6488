// One vocabulary for failure. A function that can fail returns `enum err`, must be checked, and puts
// the words for a person into the caller's `struct fault` (which may be NULL where nobody reads it).
#ifndef MEIBO_BASE_ERR_H
#define MEIBO_BASE_ERR_H

enum err {
    ERR_OK = 0,
    ERR_INVALID,     // the input breaks a rule; the fault names it
    ERR_NOT_FOUND,   // what was asked for does not exist
    ERR_CONFLICT,    // it contradicts what is there already
    ERR_LIMIT,       // larger or more than is allowed
    ERR_DENIED,      // not allowed for this caller
    ERR_UNAVAILABLE, // a service we need is away; trying later may help
    ERR_UNCERTAIN,   // a commit was sent and its answer lost: it may or may not have happened
    ERR_IO,          // a file or socket failed
    ERR_MEMORY,      // no memory
    ERR_INTERNAL,    // our own mistake
};

// What went wrong, in one line of UTF-8 for a person. Cut at the end if longer than the space.
struct fault {
    char text[512];
};

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(position, first) __attribute__((format(printf, position, first)))

// Fills `fault` (may be NULL).
void err_say(struct fault *fault, const char *format, ...) PRINTF_LIKE(2, 3);
// Fills `fault` and is `code`, so that a failing line reads: return err_set(f, ERR_IO, "..."). A macro, so that
// compilers and analysers see that it never is ERR_OK.
#define err_set(fault, code, ...) (err_say((fault), __VA_ARGS__), (code))

// The name of a code for logs: "invalid", "not_found", ... Static; never NULL.
const char *err_name(enum err code);

#endif
