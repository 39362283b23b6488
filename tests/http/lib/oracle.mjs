// What the register has to answer, computed from the imported files by a plain loop over plain rows: an independent
// answer to compare the service with.
import { existsSync } from "node:fs";
import path from "node:path";
import { plusDays, readRows, today } from "./fixtures.mjs";
import { compareKeyed, sortKey } from "./meaning.mjs";
import { employerFits, nameFits, wordFits } from "./oracle_text.mjs";
import { fold } from "./reading.mjs";

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
        const rows = (/** @type {string} */ name) => {
            const file = path.join(data, `${name}.ndjson`);
            return existsSync(file) ? readRows(file) : [];
        };
        /** @type {Map<string, Row[]>} */
        this.answers = new Map();
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

    /** @param {Record<string, string>} query @returns {string[]} numbers, in the order of `sort` (but relevance) */
    search(query) {
        return this.found(query).map((r) => r.number);
    }

    /** @param {Record<string, string>} query @returns {Row[]} */
    found(query) {
        const sort = query.sort ?? "number";
        const key = sort.replace(/^-/, "");
        const keyed = this.fitting(query).map((r) => ({
            r,
            number: Number(r.number),
            key: sortKey(r, key === "relevance" ? "number" : key, []),
        }));
        return keyed.sort((a, b) => compareKeyed(a, b, sort !== key)).map(({ r }) => r);
    }

    /** Whom the filters find, by number. @param {Record<string, string>} query @returns {Row[]} */
    fitting({ sort, ...filters }) {
        const key = JSON.stringify(filters);
        const known = this.answers.get(key) ?? this.registrants.filter((r) => fits(r, filters));
        this.answers.set(key, known);
        return known;
    }

    /** People in force. @returns {Row[]} */
    get inForce() {
        return this.registrants.filter((r) => !ENDED.includes(r.status));
    }

    /**
     * What `facets` has to answer, but for the order of equal counts and the limit of a list.
     * @param {Record<string, string>} query @param {string} facet @returns {Map<string, number>}
     */
    facet(query, facet) {
        /** @type {Map<string, number>} */
        const counts = new Map();
        for (const r of this.fitting(query)) {
            for (const value of new Set(this.facetValues(r, facet))) {
                counts.set(value, (counts.get(value) ?? 0) + 1);
            }
        }
        return counts;
    }

    /** @param {Row} r @param {string} facet @returns {string[]} */
    facetValues(r, facet) {
        const values = {
            home: () => [r.home],
            employer_place: () => [r.employer_place],
            status: () => [r.status],
            kind: () => (r.completions ?? []).map((/** @type {Row} */ c) => c.kind),
            course: () => (r.completions ?? []).map((/** @type {Row} */ c) => c.course),
            skill: () => (r.profile?.skills ?? []).map((/** @type {string} */ s) => this.#spelling("skills", s)),
            specialty: () =>
                (r.profile?.specialties ?? []).map((/** @type {string} */ s) => this.#spelling("specialties", s)),
            registered_year: () => [r.registered_on.slice(0, 4)],
            exam_passed_year: () => [r.exam_passed?.slice(0, 4)],
        };
        return values[/** @type {keyof typeof values} */ (facet)]().filter(
            (/** @type {unknown} */ v) => v !== undefined,
        );
    }

    /** The spelling of an entry that most people in force have. @param {string} list @param {string} text */
    #spelling(list, text) {
        if (!this.spellings) {
            this.spellings = {
                skills: mostFrequent(this.inForce, "skills"),
                specialties: mostFrequent(this.inForce, "specialties"),
            };
        }
        return this.spellings[/** @type {"skills" | "specialties"} */ (list)].get(fold(text)) ?? text;
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

/** @param {Row[]} people @param {string} list @returns {Map<string, string>} by folded text */
function mostFrequent(people, list) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const text of people.flatMap((r) => [...new Set(/** @type {string[]} */ (r.profile?.[list] ?? []))])) {
        counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    const ascending = [...counts].sort((a, b) => a[1] - b[1]);
    return new Map(ascending.map(([text]) => [fold(text), text]));
}

/** Entries of a list of free text: `\\,` is a comma that belongs to one. @param {string} list */
export function entries(list) {
    return (list.match(/(?:\\.|[^,\\])+/gsu) ?? []).map((entry) => entry.replace(/\\(.)/gsu, "$1"));
}

/** @param {Row} r @param {Record<string, string>} query @param {string} parameter @param {string} list */
function hasEntry(r, query, parameter, list) {
    const wanted = query[parameter] === undefined ? undefined : entries(query[parameter]).map(fold);
    const own = (r.profile?.[list] ?? []).map(fold);
    return wanted === undefined || wanted.some((text) => own.includes(text));
}

/** @param {Record<string, string | undefined>} query @param {string} name @param {string | undefined} value */
function isWithin(query, name, value) {
    const [from, to] = [query[`${name}_from`], query[`${name}_to`]];
    if (from === undefined && to === undefined) {
        return true;
    }
    return value !== undefined && (from === undefined || value >= from) && (to === undefined || value <= to);
}

/** @param {Row} r @param {string | undefined} wanted "true" or "false" @param {unknown} value */
function agrees(r, wanted, value) {
    return wanted === undefined || (!ENDED.includes(r.status) && (value !== undefined) === (wanted === "true"));
}

/** Text: plain ones only, see oracle_text.mjs. @param {Row} r @param {Record<string, string>} query */
function textFits(r, query) {
    const words = (query.q ?? "").split(/[\s,、，､]+/u).filter(Boolean);
    return (
        words.every((word) => !ENDED.includes(r.status) && wordFits(r, word)) &&
        (query.name === undefined || (r.name !== undefined && nameFits(r.name, query.name, false))) &&
        (query.kana === undefined || (r.kana !== undefined && nameFits(r.kana, query.kana, true))) &&
        (query.employer === undefined || (r.employer !== undefined && employerFits(r.employer, query.employer)))
    );
}

/** @param {Row} r @param {Record<string, string>} query */
function profileFits(r, query) {
    const renewals = r.renewal_count === undefined ? undefined : String(r.renewal_count).padStart(3, "0");
    const padded = {
        renewals_from: query.renewal_count_from?.padStart(3, "0"),
        renewals_to: query.renewal_count_to?.padStart(3, "0"),
    };
    return (
        hasEntry(r, query, "skill", "skills") &&
        hasEntry(r, query, "specialty", "specialties") &&
        hasEntry(r, query, "qualification", "qualifications") &&
        isWithin(query, "exam", r.exam_passed) &&
        isWithin(padded, "renewals", renewals) &&
        agrees(r, query.has_email, r.profile?.email) &&
        agrees(r, query.name_public, r.name)
    );
}

/** @param {Row} r @param {Record<string, string>} query */
function fits(r, query) {
    const states = query.status ?? (query.number === undefined ? "registered,name_use_suspended" : undefined);
    const aboutCompletions = ["course", "kind", "completed_from", "completed_to"].some((p) => query[p] !== undefined);
    return (
        (states === undefined || isIn(states, r.status)) &&
        (query.number === undefined || query.number.split(",").some((n) => Number(n) === Number(r.number))) &&
        textFits(r, query) &&
        profileFits(r, query) &&
        ["home", "employer_place"].every((p) => query[p] === undefined || isIn(query[p], r[p])) &&
        ["registered", "expires"].every(
            (p) => (query[`${p}_from`] ?? "0") <= r[`${p}_on`] && r[`${p}_on`] <= (query[`${p}_to`] ?? "9"),
        ) &&
        (!aboutCompletions || (r.completions ?? []).some((/** @type {Row} */ c) => completionFits(c, query)))
    );
}
