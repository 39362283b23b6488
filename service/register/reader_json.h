// The NDJSON door: one JSON object on a line becomes a record.
#ifndef MEIBO_REGISTER_READER_JSON_H
#define MEIBO_REGISTER_READER_JSON_H

#include "register/reader_record.h"

struct reader_json {
    char scratch[READER_LINE_MAX + 1]; // texts that had escapes; the line may end in CR
};

// Fills the record (begun by the caller) from one line of well-formed UTF-8. What is wrong is noted as faults.
// False: the line gave no object, so that the record means nothing.
bool reader_json_fill(struct reader_json *json, struct str line, struct reader_record *record) MUST_CHECK;

#endif
