// Import of a whole file: the difference to what is current becomes one publication, or nothing does.
// One transaction as meibo_publisher: COPY into a temporary staging table while the file is read and checked, reference
// checks, set-based difference, guard on what would end, publication. A file without a difference makes no publication.
#ifndef MEIBO_PUBLISH_IMPORT_H
#define MEIBO_PUBLISH_IMPORT_H

#include "register/reader.h"
#include "store/conn.h"

struct import_plan {
    enum reader_kind kind;
    enum reader_encoding encoding;
    const char *path;
    bool dry_run;       // everything but the commit
    double allow_ended; // percent of the current rows that may end; the usual bound is IMPORT_ENDED_USUAL
    struct str secret;  // MEIBO_SECRET: keys the name digests
};

#define IMPORT_ENDED_USUAL 1.0

struct import_result {
    uint64_t rows; // in the file
    uint64_t added, changed, ended, unchanged;
    int64_t publication; // 0: no difference, or a dry run
    struct reader_fault faults[READER_FAULTS_MAX];
    size_t fault_count;
};

// ERR_INVALID: the file is broken, `result->faults` says where, in order of line (also references to what does not
// exist). Line 0 stands for no line: the file leaves out what other current rows refer to.
// ERR_LIMIT: more than allow_ended percent of the current rows would end; the counts are filled.
// ERR_UNCERTAIN: the commit's answer was lost; running the same import again is safe.
enum err import_run(struct conn *conn, const struct import_plan *plan, struct import_result *result,
                    struct fault *fault) MUST_CHECK;

#endif
