// What the register has to answer, computed from the imported files by a plain loop over plain rows: an independent
// answer to compare the service with.
import path from "node:path";
import { plusDays, readRows, today } from "./fixtures.mjs";

/** @typedef {import("./fixtures.mjs").Row} Row */

const OPTIONAL = [
    "name",
    "kana",
    "other_name",
    "birth_month",
    "exam_certificate",
    "home",
    "employer",
    "employer_place",
];
const ENDED = ["lapsed", "revoked", "struck_off"];

/** NFKC, one case, hiragana as katakana, no blanks. @param {string} text */
export function fold(text) {
    const plain = text.normalize("NFKC").toLowerCase().replace(/\s/gu, "");
    return plain.replace(/[ぁ-ゖ]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0x60));
}

/** @param {Row} row */
function statusOf(row) {
    if (row.status === "revoked" || row.status === "struck_off") {
        return row.status;
    }
    if (row.expires_on < today()) {
        return "lapsed";
    }
    return row.status === "name_use_suspended" && today() <= row.suspended_until ? row.status : "registered";
}

/** @param {Row} row */
function numberText(row) {
    return String(Number(row.number)).padStart(6, "0");
}

/** The public form without completions. @param {Row} row @returns {Row} */
function publicForm(row) {
    const status = statusOf(row);
    const number = numberText(row);
    if (ENDED.includes(status)) {
        const status_on = status === "lapsed" ? plusDays(row.expires_on, 1) : row.status_on;
        return { number, status, status_on, registered_on: row.registered_on, expires_on: row.expires_on };
    }
    const { public: shown, ...kept } = row;
    for (const field of OPTIONAL.filter((f) => !(shown ?? []).includes(f))) {
        delete kept[field];
    }
    if (status !== "name_use_suspended") {
        delete kept.suspended_until;
    }
    // A suspension that is over leaves the person registered again since the day after.
    const again = status === "registered" && row.status === "name_use_suspended";
    return { ...kept, number, status, status_on: again ? plusDays(row.suspended_until, 1) : row.status_on };
}

export class Oracle {
    /** @param {string} data directory of the imported files */
    constructor(data) {
        const rows = (/** @type {string} */ name) => readRows(path.join(data, `${name}.ndjson`));
        /** @type {Row[]} */
        this.courses = rows("courses").sort((a, b) => (a.code < b.code ? -1 : 1));
        this.operators = rows("operators").sort((a, b) => (a.code < b.code ? -1 : 1));
        const byCode = new Map(this.courses.map((c) => [c.code, c]));
        /** @type {Map<string, Row[]>} */
        this.completions = new Map();
        for (const c of rows("completions")) {
            const course = /** @type {Row} */ (byCode.get(c.course));
            const mine = this.completions.get(numberText(c)) ?? [];
            mine.push({
                course: c.course,
                kind: course.kind,
                course_name: course.name,
                operator: course.operator,
                completed_on: c.completed_on,
            });
            this.completions.set(numberText(c), mine);
        }
        /** @type {Row[]} */
        this.registrants = rows("register")
            .map(publicForm)
            .sort((a, b) => Number(a.number) - Number(b.number));
        for (const registrant of this.registrants.filter((r) => !ENDED.includes(r.status))) {
            registrant.completions = (this.completions.get(registrant.number) ?? []).sort(newestFirst);
        }
    }

    /** @param {Record<string, string>} query @returns {string[]} numbers, in order */
    search(query) {
        return this.registrants.filter((r) => fits(r, query)).map((r) => r.number);
    }

    /** @param {Record<string, string>} query @returns {string[]} "number course day", in order */
    completionKeys(query) {
        const numbers = query.number?.split(",").map((n) => String(Number(n)).padStart(6, "0"));
        return this.registrants
            .filter((r) => r.completions && (!numbers || numbers.includes(r.number)))
            .flatMap((r) =>
                r.completions
                    .filter((/** @type {Row} */ c) => completionFits(c, query))
                    .map((/** @type {Row} */ c) => `${r.number} ${c.course} ${c.completed_on}`),
            );
    }
}

/** @param {Row} a @param {Row} b */
function newestFirst(a, b) {
    if (a.completed_on !== b.completed_on) {
        return a.completed_on < b.completed_on ? 1 : -1;
    }
    return a.course < b.course ? -1 : 1;
}

/** @param {string} list @param {string | undefined} value */
function isIn(list, value) {
    return value !== undefined && list.split(",").includes(value);
}

/** @param {Row} c @param {Record<string, string>} query */
function completionFits(c, query) {
    return (
        (query.course === undefined || isIn(query.course, c.course)) &&
        (query.kind === undefined || isIn(query.kind, c.kind)) &&
        (query.operator === undefined || isIn(query.operator, c.operator)) &&
        (query.completed_from === undefined || c.completed_on >= query.completed_from) &&
        (query.completed_to === undefined || c.completed_on <= query.completed_to)
    );
}

/** @param {string | undefined} text @param {string} wanted */
function contains(text, wanted) {
    return text !== undefined && fold(text).includes(fold(wanted));
}

/** @param {Row} r @param {string} q */
function wordsFit(r, q) {
    const ended = ENDED.includes(r.status);
    return (
        !ended &&
        q
            .split(/\s+/u)
            .filter(Boolean)
            .every(
                (word) =>
                    [r.name, r.kana, r.other_name, r.employer].some((text) => contains(text, word)) ||
                    (/^[0-9]{1,7}$/.test(word.normalize("NFKC")) &&
                        Number(word.normalize("NFKC")) === Number(r.number)),
            )
    );
}

/** @param {Row} r @param {Record<string, string>} query */
function fits(r, query) {
    const states = query.status ?? (query.number === undefined ? "registered,name_use_suspended" : undefined);
    const aboutCompletions = ["course", "kind", "completed_from", "completed_to"].some((p) => query[p] !== undefined);
    return (
        (states === undefined || isIn(states, r.status)) &&
        (query.number === undefined || query.number.split(",").some((n) => Number(n) === Number(r.number))) &&
        (query.q === undefined || wordsFit(r, query.q)) &&
        ["name", "kana", "employer"].every((p) => query[p] === undefined || contains(r[p], query[p])) &&
        ["home", "employer_place"].every((p) => query[p] === undefined || isIn(query[p], r[p])) &&
        ["registered", "expires"].every(
            (p) => (query[`${p}_from`] ?? "0") <= r[`${p}_on`] && r[`${p}_on`] <= (query[`${p}_to`] ?? "9"),
        ) &&
        (!aboutCompletions || (r.completions ?? []).some((/** @type {Row} */ c) => completionFits(c, query)))
    );
}
