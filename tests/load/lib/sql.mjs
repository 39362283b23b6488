// A search of /v1/registrants as one SQL statement over person.sql's tables. pgbench and the fastify server run the same.
// The total is exact, and the page carries its people's completions. Order is by number unless `sort` says otherwise: the
// service's ranking by how well a text matches is not repeated here, which is in SQL's favour.
import { numberOf, pattern, words } from "./fold.mjs";

/** @typedef {Record<string, string>} Query */

const SORTS = {
    number: "number",
    kana: "kana_text",
    registered_on: "registered_on",
    expires_on: "expires_on",
    last_completed_on: "last_completed_on",
};

const FACETS = {
    home: "home",
    employer_place: "employer_place",
    status: "status",
    kind: "unnest(kinds)",
    course: "unnest(courses)",
    skill: "unnest(skills)",
    specialty: "unnest(specialties)",
    registered_year: "extract(year from registered_on)::int",
    exam_passed_year: "left(exam_passed, 4)",
};

const ITEM = `json_strip_nulls(json_build_object('number', p.label, 'status', p.status, 'status_on', p.status_on,
    'registered_on', p.registered_on, 'renewed_on', p.renewed_on, 'renewal_count', p.renewal_count,
    'expires_on', p.expires_on, 'exam_passed', p.exam_passed, 'name', p.name, 'kana', p.kana,
    'other_name', p.other_name, 'birth_month', p.birth_month, 'exam_certificate', p.exam_certificate,
    'home', p.home, 'employer', p.employer, 'employer_place', p.employer_place, 'profile', case when
    p.email is not null or p.phone is not null or p.url is not null or p.statement is not null
    or p.specialties <> '{}' or p.skills <> '{}' or p.qualifications <> '{}' then json_build_object(
    'email', p.email, 'phone', p.phone, 'url', p.url, 'specialties', nullif(p.specialties, '{}'),
    'skills', nullif(p.skills, '{}'), 'qualifications', nullif(p.qualifications, '{}'),
    'statement', p.statement) end, 'completions', case when p.in_force then coalesce((select json_agg(json_build_object(
    'course', d.course, 'kind', d.kind, 'course_name', d.course_name, 'operator', d.operator,
    'completed_on', d.completed_on, 'reflected_at', d.reflected_at) order by d.completed_on desc, d.course)
    from bench.done d where d.number = p.number), '[]') end))`;

class Values {
    /** @type {unknown[]} */
    list = [];

    /** @param {unknown} value */
    add(value) {
        this.list.push(value);
        return `$${this.list.length}`;
    }
}

/** @param {string} word @param {Values} values */
function wordCondition(word, values) {
    const number = numberOf(word);
    const like = `all_text like ${values.add(pattern(word))}`;
    return number === undefined ? like : `(${like} or number = ${values.add(number)}::int)`;
}

/** @param {Query} query @param {Values} values */
function doneCondition(query, values) {
    const parts = [];
    if (query.course) {
        parts.push(`d.course = any(${values.add(query.course.split(","))}::text[])`);
    }
    if (query.kind) {
        parts.push(`d.kind = any(${values.add(query.kind.split(","))}::text[])`);
    }
    if (query.completed_from) {
        parts.push(`d.completed_on >= ${values.add(query.completed_from)}::date`);
    }
    if (query.completed_to) {
        parts.push(`d.completed_on <= ${values.add(query.completed_to)}::date`);
    }
    return parts.length > 0 ? `number in (select d.number from bench.done d where ${parts.join(" and ")})` : "";
}

/** @param {Query} query @param {Values} values @returns {string[]} */
function conditions(query, values) {
    /** @type {string[]} */
    const parts = [];
    for (const word of words(query.q ?? "")) {
        parts.push(wordCondition(word, values));
    }
    for (const field of ["name", "kana", "employer"].filter((f) => query[f])) {
        parts.push(`${field}_text like ${values.add(pattern(query[field]))}`);
    }
    for (const field of ["home", "employer_place", "status"].filter((f) => query[f])) {
        parts.push(`${field} = any(${values.add(query[field].split(","))}::text[])`);
    }
    for (const field of ["skill"].filter((f) => query[f])) {
        parts.push(`${field}s && ${values.add(query[field].split(","))}::text[]`);
    }
    if (query.number) {
        parts.push(`number = any(${values.add(query.number.split(",").map(Number))}::int[])`);
    }
    for (const [name, sign] of Object.entries({ from: ">=", to: "<=" })) {
        for (const field of ["registered", "expires"].filter((f) => query[`${f}_${name}`])) {
            parts.push(`${field}_on ${sign} ${values.add(query[`${field}_${name}`])}::date`);
        }
    }
    const done = doneCondition(query, values);
    return [...parts, done, query.number || query.status ? "" : "in_force"].filter(Boolean);
}

/** Sort key and direction. @param {Query} query */
function order(query) {
    const descending = query.sort?.startsWith("-") ?? false;
    const name = /** @type {keyof typeof SORTS} */ (query.sort?.replace(/^-/, "") ?? "number");
    return { name, column: SORTS[name], descending };
}

/** Only what lies behind the last item of the page before. @param {Query} query @param {any} after @param {Values} values */
function behind(query, after, values) {
    if (!after) {
        return "";
    }
    const { name, column, descending } = order(query);
    const number = `${values.add(Number(after.number))}::int`;
    if (name === "number") {
        return `number ${descending ? "<" : ">"} ${number}`;
    }
    const value = `${values.add(after[name])}::date`;
    return `(${column} ${descending ? "<" : ">"} ${value} or ${column} = ${value} and number > ${number})`;
}

/** @param {string} names */
function facetPart(names) {
    const each = names.split(",").map((name) => {
        const key = FACETS[/** @type {keyof typeof FACETS} */ (name)];
        return `'${name}', (select json_agg(json_build_object('value', v, 'count', n) order by n desc, v)
            from (select ${key} as v, count(*) as n from hit group by 1) as f where v is not null)`;
    });
    return `json_build_object(${each.join(", ")})`;
}

/**
 * The statement and its values. One row: total, items (json), facets (json or null).
 * A search by text reads its hits once; one by filters alone counts on an index and reads the page from another.
 * @param {Query} query @param {{ number: string } | undefined} after
 * @returns {{ text: string, values: unknown[] }}
 */
export function statement(query, after) {
    const values = new Values();
    const where = conditions(query, values).join(" and ");
    const rest = behind(query, after, values);
    const { name, column, descending } = order(query);
    const nullable = name === "kana" || name === "last_completed_on";
    const by = `${column}${descending ? " desc" : ""}${nullable ? " nulls last" : ""}${name === "number" ? "" : ", number"}`;
    const gathers = Boolean(query.facets || query.q || query.name || query.kana || query.employer);
    const needed = query.facets ? "*" : [...new Set(["number", column])].join(", ");
    const hits = gathers ? `with hit as materialized (select ${needed} from bench.person where ${where})` : "";
    const all = gathers ? "hit" : `bench.person where ${where}`;
    const condition = (gathers ? [rest] : [where, rest]).filter(Boolean).join(" and ");
    const page = `select number, ${column} as key from ${gathers ? "hit" : "bench.person"}
        ${condition && `where ${condition}`} order by ${by} limit ${Number(query.limit ?? 20)}`;
    const text = `${hits} select (select count(*) from ${all}) as total,
        (select coalesce(json_agg(${ITEM} order by page.place), '[]')
            from (select number, row_number() over () as place from (${page}) as ordered) as page
            join bench.person p using (number)) as items,
        ${query.facets ? facetPart(query.facets) : "null::json"} as facets`;
    return { text: text.replaceAll(/\s+/g, " "), values: values.list };
}
