// The registrants of an answer as a list. What is long (details, courses) is made when it is opened.
import { addressOf } from "./address.js";
import { askCatalog } from "./courses.js";
import { element, linkOrText } from "./dom.js";
import { count, day, instant, kindName, language, month, placeName, statusName, w } from "./words.js";

const time = (value, text) => element("time", { datetime: value }, text);

// ---- one registrant, closed -----------------------------------------------------------------------------------------

function badge(person) {
    return element("span", { class: `badge ${known(person.status)}` }, statusName(person.status));
}

const known = (status) => (Object.hasOwn(w.statuses, status) ? status : "other");
// A tombstone has no completions; a person in force always has, be it none.
const hasEnded = (person) => person.completions === undefined;

function numberLink(person) {
    return element("a", { class: "number", href: addressOf({ q: person.number }) }, w.number_of(person.number));
}

function nameLines(person) {
    const title = { class: "name", id: `name-${person.number}` };
    if (hasEnded(person)) {
        return [element("h3", { ...title, class: "name ended" }, w.ended_title)];
    }
    const written = person.name ?? w.withheld;
    const heading = element(
        "h3",
        person.name === undefined ? { ...title, class: "name withheld" } : { ...title, lang: "ja" },
        written,
    );
    const kana = person.kana && element("p", { class: "kana", lang: "ja" }, person.kana);
    const why = person.name === undefined ? element("p", { class: "small" }, w.withheld_why) : undefined;
    return [kana, heading, person.other_name && element("p", { class: "small" }, person.other_name), why];
}

function whereLines(person) {
    const places = [
        person.employer_place && w.employer_at(placeName(person.employer_place)),
        person.home && w.home_at(placeName(person.home)),
    ].filter(Boolean);
    return [
        person.employer && element("p", { class: "employer", lang: "ja" }, person.employer),
        places.length > 0
            ? element(
                  "p",
                  { class: "small places-shown" },
                  places.flatMap((place) => [element("span", {}, place), " "]),
              )
            : undefined,
    ];
}

function stateLines(person) {
    const until = person.suspended_until;
    return [
        element("p", {}, badge(person)),
        until && element("p", { class: "small" }, time(until, w.until(day(until)))),
        element("p", { class: "limit" }, `${w.expires_label} `, time(person.expires_on, day(person.expires_on))),
    ];
}

function endedLines(person) {
    const say = Object.hasOwn(w.ended, person.status) ? w.ended[person.status] : undefined;
    const sentence = say ? say(day(person.status_on)) : `${statusName(person.status)} ${day(person.status_on)}`;
    return [
        element("p", {}, sentence),
        element("p", { class: "small" }, `${w.registered_on} `, time(person.registered_on, day(person.registered_on))),
    ];
}

// ---- why the person was found -----------------------------------------------------------------------------------------

/** What only the details show: there even an exact match has to be told, and what it was in. */
const HIDDEN = { specialty: "specialties", skill: "skills", qualification: "qualifications" };

function whyText({ field, tier }) {
    const say = Object.hasOwn(w.tiers, tier) ? w.tiers[tier] : w.tier_other;
    return say(Object.hasOwn(w.fields, field) ? w.fields[field] : field);
}

function whyLine(person) {
    const { match } = person;
    const entries = person.profile?.[HIDDEN[match?.field]];
    if (match === undefined || (match.tier === "exact" && entries === undefined)) {
        return undefined;
    }
    return element(
        "p",
        { class: "why", "data-tier": match.tier },
        element("span", { class: "unseen" }, w.why),
        whyText(match),
        entries && element("span", { class: "entries", lang: "ja" }, w.list(entries)),
    );
}

// ---- one registrant, opened -----------------------------------------------------------------------------------------

function facts(title, pairs) {
    const given = pairs.filter(([, value]) => value !== undefined);
    if (given.length === 0) {
        return undefined;
    }
    const rows = given.map(([label, value]) => element("div", {}, element("dt", {}, label), element("dd", {}, value)));
    return element("section", { class: "facts" }, element("h4", {}, title), element("dl", {}, rows));
}

const optionally = (value, show) => (value === undefined ? undefined : show(value));
const dated = (value) => optionally(value, (text) => time(text, day(text)));
const inMonth = (value) => optionally(value, (text) => time(text, month(text)));

function registrationFacts(person) {
    const isSuspended = person.status === "name_use_suspended";
    return facts(w.registration, [
        [w.registered_on, dated(person.registered_on)],
        [w.renewed_on, dated(person.renewed_on)],
        [w.renewal_count, w.times(count(person.renewal_count ?? 0))],
        [w.expires_on, dated(person.expires_on)],
        [w.suspended_from, isSuspended ? dated(person.status_on) : undefined],
        [w.suspended_until, dated(person.suspended_until)],
        [w.exam_passed, inMonth(person.exam_passed)],
        [w.exam_certificate, person.exam_certificate],
        [w.birth_month, inMonth(person.birth_month)],
    ]);
}

function profileFacts(profile = {}) {
    const list = (values) => optionally(values, (entries) => w.list(entries));
    return facts(w.profile, [
        [w.email, profile.email],
        [w.phone, profile.phone],
        [w.url, optionally(profile.url, linkOrText)],
        [w.specialties, list(profile.specialties)],
        [w.skills, list(profile.skills)],
        [w.qualifications, list(profile.qualifications)],
        [w.statement, optionally(profile.statement, (text) => element("span", { class: "statement" }, text))],
    ]);
}

function inLanguage(entry, name) {
    return (language === "en" && entry?.name_en) || entry?.name || name;
}

function completionLine(completion, catalog) {
    const course = inLanguage(catalog?.courses.get(completion.course), completion.course_name);
    const operator = inLanguage(catalog?.operators.get(completion.operator), completion.operator);
    const kind = kindName(completion.kind);
    const reported = completion.reported_at;
    return element(
        "li",
        {},
        element("p", { class: "done" }, time(completion.completed_on, day(completion.completed_on))),
        element(
            "div",
            {},
            element("p", { class: "course" }, course),
            element("p", { class: "small" }, kind === course ? operator : `${kind} · ${operator}`),
        ),
        element(
            "p",
            { class: "small when" },
            reported === undefined
                ? element("span", {}, w.from_file)
                : element("span", {}, time(reported, w.reported_at(instant(reported)))),
            element("span", {}, time(completion.reflected_at, w.reflected_at(instant(completion.reflected_at)))),
        ),
    );
}

function history(person, catalog) {
    const lines = person.completions.map((completion) => completionLine(completion, catalog));
    return element(
        "section",
        { class: "history" },
        element("h4", {}, w.history),
        lines.length > 0 ? element("ol", { role: "list" }, lines) : element("p", {}, w.history_none),
        element("p", { class: "small" }, w.history_note),
    );
}

async function fillDetails(body, person) {
    const catalog = await askCatalog().catch(() => undefined);
    const parts = [history(person, catalog), registrationFacts(person), profileFacts(person.profile)];
    body.replaceChildren(...parts.filter((part) => part !== undefined));
}

function details(person, isOpen) {
    const body = element("div", { class: "body" });
    const summary = element("summary", {}, w.details(count(person.completions.length)));
    summary.setAttribute("aria-describedby", `name-${person.number}`);
    const made = element("details", { class: "more" }, summary, body);
    made.addEventListener("toggle", () => {
        if (made.open && body.childElementCount === 0) {
            void fillDetails(body, person);
        }
    });
    made.open = isOpen;
    return made;
}

// ---- the list -------------------------------------------------------------------------------------------------------

function entry(person, isOpen) {
    const ended = hasEnded(person);
    return element(
        "li",
        { class: ended ? "person gone" : "person" },
        element("p", { class: "cell" }, numberLink(person)),
        element("div", { class: "cell who" }, nameLines(person), whyLine(person)),
        element("div", { class: "cell where" }, ended ? endedLines(person) : whereLines(person)),
        element("div", { class: "cell state" }, stateLines(person)),
        ended ? undefined : details(person, isOpen),
    );
}

/** The list of people; one person alone is shown opened. */
export function peopleList(items) {
    const note = items.some(hasEnded) ? element("p", { class: "small" }, w.ended_note) : undefined;
    const entries = items.map((person) => entry(person, items.length === 1));
    return [element("ol", { class: "people", role: "list" }, entries), note];
}
