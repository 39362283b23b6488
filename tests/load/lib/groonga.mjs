// The peer Groonga: its schema, its data and a search of /v1/registrants in its terms.
//
// Bigrams over NFKC with kana unified, as its manual recommends for Japanese names; a second index over the kana's romaji.
// It folds in its own way: no variants of kanji, another romaji. A course and a day of one completion cannot be asked
// together (a vector has no pairs): the days are asked of the last completion. Deep pages are an offset, its own way.
import { rmSync, mkdirSync, createWriteStream, createReadStream } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { connection, dataKey, once } from "./data.mjs";
import { run } from "./processes.mjs";
import { numberOf, words } from "./fold.mjs";
import { settings } from "./settings.mjs";

/** @typedef {Record<string, string>} Query */

const NORMALIZER = `'NormalizerNFKC150("unify_kana", true)'`;
const SHOWN = [
    "status_on",
    "renewed_on",
    "exam_passed",
    "name",
    "kana",
    "other_name",
    "employer",
    "profile",
    "completions",
];

const SCHEMA = `
table_create Status TABLE_HASH_KEY ShortText
table_create Place TABLE_HASH_KEY ShortText
table_create Kind TABLE_HASH_KEY ShortText
table_create Course TABLE_HASH_KEY ShortText
table_create Skill TABLE_HASH_KEY ShortText
table_create Specialty TABLE_HASH_KEY ShortText
table_create Day TABLE_PAT_KEY Int32
table_create Year TABLE_PAT_KEY UInt16
table_create Force TABLE_HASH_KEY UInt8
table_create Person TABLE_PAT_KEY UInt32
column_create Person label COLUMN_SCALAR ShortText
${SHOWN.map((name) => `column_create Person ${name} COLUMN_SCALAR Text`).join("\n")}
column_create Person name_text COLUMN_SCALAR ShortText
column_create Person kana_text COLUMN_SCALAR ShortText
column_create Person other_text COLUMN_SCALAR ShortText
column_create Person employer_text COLUMN_SCALAR ShortText
column_create Person status COLUMN_SCALAR Status
column_create Person in_force COLUMN_SCALAR Force
column_create Person home COLUMN_SCALAR Place
column_create Person employer_place COLUMN_SCALAR Place
column_create Person kind COLUMN_VECTOR Kind
column_create Person course COLUMN_VECTOR Course
column_create Person skill COLUMN_VECTOR Skill
column_create Person specialty COLUMN_VECTOR Specialty
column_create Person registered_on COLUMN_SCALAR Day
column_create Person expires_on COLUMN_SCALAR Day
column_create Person last_completed_on COLUMN_SCALAR Day
column_create Person registered_year COLUMN_SCALAR Year
column_create Person exam_passed_year COLUMN_SCALAR Year
`;

const INDEXES = `
table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer ${NORMALIZER}
column_create Terms name COLUMN_INDEX|WITH_POSITION Person name_text
column_create Terms kana COLUMN_INDEX|WITH_POSITION Person kana_text
column_create Terms other COLUMN_INDEX|WITH_POSITION Person other_text
column_create Terms employer COLUMN_INDEX|WITH_POSITION Person employer_text
table_create Romaji TABLE_PAT_KEY ShortText --default_tokenizer TokenBigramSplitSymbolAlpha --normalizer 'NormalizerNFKC150("unify_to_romaji", true)'
column_create Romaji kana COLUMN_INDEX|WITH_POSITION Person kana_text
${[
    "status",
    "in_force",
    "home",
    "employer_place",
    "kind",
    "course",
    "skill",
    "specialty",
    "registered_on",
    "expires_on",
    "last_completed_on",
]
    .map((name) => {
        const table = { in_force: "Force", home: "Place", employer_place: "Place" }[name];
        const own = table ?? (name.endsWith("_on") ? "Day" : name[0].toUpperCase() + name.slice(1));
        return `column_create ${own} by_${name} COLUMN_INDEX Person ${name}`;
    })
    .join("\n")}
`;

const EXPORT = `
select case when row_number() over (order by p.number) = 1 then '' else ',' end || json_strip_nulls(json_build_object(
    '_key', p.number, 'label', label, 'status', status, 'in_force', in_force::int, 'status_on', status_on, 'renewed_on', renewed_on,
    'exam_passed', exam_passed, 'name', name, 'kana', kana, 'other_name', other_name, 'employer', employer,
    'name_text', replace(name, ' ', ''), 'kana_text', replace(kana, ' ', ''), 'other_text', replace(other_name, ' ', ''),
    'employer_text', replace(employer, ' ', ''), 'home', home, 'employer_place', employer_place,
    'kind', kinds, 'course', courses, 'skill', skills, 'specialty', specialties,
    'registered_on', registered_on - date '1970-01-01', 'expires_on', expires_on - date '1970-01-01',
    'last_completed_on', last_completed_on - date '1970-01-01', 'registered_year', extract(year from registered_on)::int,
    'exam_passed_year', left(exam_passed, 4)::int,
    'profile', nullif(json_strip_nulls(json_build_object('email', email, 'phone', phone, 'url', url,
        'specialties', nullif(specialties, '{}'), 'skills', nullif(skills, '{}'),
        'qualifications', nullif(qualifications, '{}'), 'statement', statement))::text, '{}'),
    'completions', (select json_agg(json_build_object('course', d.course, 'kind', d.kind, 'course_name', d.course_name,
        'operator', d.operator, 'completed_on', d.completed_on, 'reflected_at', d.reflected_at))::text
        from bench.done d where d.number = p.number)))
from bench.person p order by p.number;
`;

/** @param {number} people */
export function groongaFolder(people) {
    return path.join(settings.directory, `groonga-${people}`);
}

/** @param {number} people @param {string} database */
export async function prepareGroonga(people, database) {
    const folder = groongaFolder(people);
    await once(`groonga-${people}`, dataKey(people, SCHEMA + INDEXES + EXPORT), async () => {
        const began = Date.now();
        process.stdout.write("  loading Groonga ...");
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder);
        const db = path.join(folder, "db");
        const rows = path.join(folder, "rows");
        const script = path.join(folder, "load");
        const options = ["-XqAt", "-v", "ON_ERROR_STOP=1", "-v", "FETCH_COUNT=10000", "-o", rows];
        await run("psql", options, { env: connection(database), input: EXPORT, timeout_s: 1800 });
        const out = createWriteStream(script);
        out.write(`${SCHEMA}\nload --table Person\n[\n`);
        await pipeline(createReadStream(rows), out, { end: false });
        out.end(`]\n${INDEXES}`);
        await new Promise((resolve) => out.on("close", resolve));
        const log = await run("groonga", ["--log-path", path.join(folder, "log"), "--file", script, "-n", db], {
            timeout_s: 1800,
        });
        const fault = log.split("\n").find((line) => line.startsWith("[[-"));
        if (fault) {
            throw new Error(`Groonga: ${fault.slice(0, 500)}`);
        }
        rmSync(rows);
        rmSync(script);
        process.stdout.write(` ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
    });
    return path.join(folder, "db");
}

/** @param {string} text */
function quoted(text) {
    return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/** @param {string} text */
function day(text) {
    return Math.round(Date.parse(`${text}T00:00:00Z`) / 86_400_000);
}

/** @param {string} word */
function wordFilter(word) {
    const number = numberOf(word);
    const text = quoted(word.normalize("NFKC"));
    const fields = ["name", "kana", "other", "employer"].map((field) => `Terms.${field} @ ${text}`);
    const romaji = /^[a-z' -]+$/i.test(word) ? [`Romaji.kana @ ${text}`] : [];
    return `(${[...fields, ...romaji, ...(number === undefined ? [] : [`_key == ${number}`])].join(" || ")})`;
}

/** @param {Query} query */
function filter(query) {
    const parts = words(query.q ?? "").map(wordFilter);
    for (const field of ["name", "kana", "employer"].filter((f) => query[f])) {
        parts.push(`Terms.${field} @ ${quoted(query[field].replace(/\s/gu, ""))}`);
    }
    for (const field of ["home", "employer_place", "status", "course", "kind", "skill"].filter((f) => query[f])) {
        const values = query[field].split(",").map((value) => `${field} @ ${quoted(value)}`);
        parts.push(`(${values.join(" || ")})`);
    }
    if (query.number) {
        parts.push(
            `(${query.number
                .split(",")
                .map((n) => `_key == ${Number(n)}`)
                .join(" || ")})`,
        );
    }
    const days = { registered: "registered_on", expires: "expires_on", completed: "last_completed_on" };
    for (const [name, column] of Object.entries(days)) {
        for (const [end, sign] of [
            ["from", ">="],
            ["to", "<="],
        ]) {
            if (query[`${name}_${end}`]) {
                parts.push(`${column} ${sign} ${day(query[`${name}_${end}`])}`);
            }
        }
    }
    // Who is not in force has neither text nor place nor completion, so only other searches need to ask.
    const shown = [
        "q",
        "name",
        "kana",
        "employer",
        "home",
        "employer_place",
        "skill",
        "course",
        "kind",
        "status",
        "number",
    ];
    if (!shown.some((name) => query[name])) {
        parts.push("in_force == 1");
    }
    return parts.join(" && ");
}

/** @param {string | undefined} sort */
function sortKeys(sort = "number") {
    const name = sort.replace(/^-/, "");
    const column = { number: "_key", kana: "kana_text" }[name] ?? name;
    return `${sort.startsWith("-") ? "-" : ""}${column}${name === "number" ? "" : ",_key"}`;
}

/** The target of a request that answers as the query does. @param {Query} query @param {number} pages @returns {string} */
export function groongaTarget(query, pages) {
    const limit = Number(query.limit ?? 20);
    const parameters = new URLSearchParams({
        table: "Person",
        filter: filter(query),
        sort_keys: sortKeys(query.sort),
        offset: String(pages * limit),
        limit: String(limit),
        output_columns: ["label", "status", "registered_on", "expires_on", "home", "employer_place", ...SHOWN].join(
            ",",
        ),
    });
    for (const facet of query.facets?.split(",") ?? []) {
        parameters.set(`drilldowns[${facet}].keys`, facet);
        parameters.set(`drilldowns[${facet}].sort_keys`, "-_nsubrecs,_key");
        parameters.set(`drilldowns[${facet}].limit`, "300");
        parameters.set(`drilldowns[${facet}].output_columns`, "_key,_nsubrecs");
    }
    return `/d/select?${parameters}`;
}
