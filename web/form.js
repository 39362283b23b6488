// The search form: fills it from a search and reads a search from it. A search is a plain object of the API's
// parameters as text ({ q: "髙橋", home: "13,14" }); what is absent is not asked.
import { byId, element } from "./dom.js";
import { askCatalog } from "./service.js";
import { day, kindName, language, placeName, regions, statusName, w } from "./words.js";

const TEXTS = ["q", "name", "kana", "employer"];
const LISTS = ["home", "employer_place", "status", "kind"];
const RANGES = ["completed", "registered", "expires"];
const DATES = RANGES.flatMap((range) => [`${range}_from`, `${range}_to`]);
const FILTERS = ["name", "kana", "employer", "home", "employer_place", "status", "kind", "course", ...DATES];

const form = byId("search");

// ---- choices --------------------------------------------------------------------------------------------------------

function checkbox(name, code, label) {
    return element("label", { class: "choice" }, element("input", { type: "checkbox", name, value: code }), label);
}

const codesOf = ({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, i) => String(first + i).padStart(2, "0"));

function region(name, area) {
    const choices = codesOf(area).map((code) => checkbox(name, code, placeName(code)));
    return element(
        "fieldset",
        {},
        element("legend", {}, area[language]),
        element("div", { class: "choices" }, choices),
    );
}

/** Makes the lists of choices in the current language. What was chosen has to be filled in again. */
export function buildChoices() {
    for (const [name, labels, label] of [
        ["status", w.statuses, statusName],
        ["kind", w.kinds, kindName],
    ]) {
        const choices = Object.keys(labels).map((code) => checkbox(name, code, label(code)));
        form.querySelector(`[data-choices=${name}] .choices`).replaceChildren(...choices);
    }
    for (const place of form.querySelectorAll("[data-places]")) {
        const areas = regions.map((area) => region(place.dataset.places, area));
        place.querySelector(".regions").replaceChildren(...areas);
    }
}

/** Says beside each closed list of places what is chosen in it. */
export function showChosenPlaces() {
    for (const place of form.querySelectorAll("[data-places]")) {
        const chosen = checked(place.dataset.places).map(placeName);
        place.querySelector(".chosen").textContent = chosen.length > 0 ? w.list(chosen) : w.nothing_chosen;
    }
}

// ---- courses --------------------------------------------------------------------------------------------------------

const APRIL_TO_MARCH = /^(\d{4})-04-01 (\d{4})-03-31$/;

function courseLabel(course) {
    const name = (language === "en" && course.name_en) || course.name;
    const year = APRIL_TO_MARCH.exec(`${course.valid_from} ${course.valid_to}`);
    const isFiscalYear = year !== null && Number(year[2]) === Number(year[1]) + 1;
    const when = isFiscalYear ? w.fiscal_year(year[1]) : `${day(course.valid_from)} – ${day(course.valid_to)}`;
    return language === "en" ? `${name} (${when})` : `${name}（${when}）`;
}

function courseGroups(courses) {
    const label = (course) => element("option", { value: course.code }, courseLabel(course));
    const newestFirst = (a, b) => a.name.localeCompare(b.name, "ja") || b.valid_from.localeCompare(a.valid_from);
    const kinds = [...new Set([...Object.keys(w.kinds), ...courses.map((course) => course.kind)])];
    return kinds
        .map((kind) => courses.filter((course) => course.kind === kind).sort(newestFirst))
        .filter((group) => group.length > 0)
        .map((group) => element("optgroup", { label: kindName(group[0].kind) }, group.map(label)));
}

/** Selects a course; one that the list does not have (yet), or several, are kept as an entry of their own. */
function selectCourse(value) {
    const select = byId("course");
    if (![...select.options].some((option) => option.value === value)) {
        select.append(element("option", { value }, value));
    }
    select.value = value;
}

let areCoursesWanted = false;
/** The course of the search, which is selected as soon as the list has it. */
let wantedCourse = "";

function showCourses(first, groups = []) {
    byId("course").replaceChildren(element("option", { value: "" }, first), ...groups);
    selectCourse(wantedCourse);
}

/** Fills the list of courses in the current language; asks for the courses only once somebody wants them. */
export async function buildCourses() {
    if (!areCoursesWanted) {
        showCourses(w.any_course);
        return;
    }
    try {
        const { courses } = await askCatalog();
        showCourses(w.any_course, courseGroups([...courses.values()]));
    } catch {
        areCoursesWanted = false;
        showCourses(w.courses_failed);
    }
}

export function wantCourses() {
    if (areCoursesWanted) {
        return;
    }
    areCoursesWanted = true;
    showCourses(w.courses_loading);
    void buildCourses();
}

// ---- the form and the search ----------------------------------------------------------------------------------------

const checked = (name) => [...form.querySelectorAll(`input[name=${name}]:checked`)].map((box) => box.value);

function isDay(text) {
    const at = Date.parse(text);
    return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

export function fillForm(search) {
    for (const name of TEXTS) {
        form.elements[name].value = search[name] ?? "";
    }
    for (const name of DATES) {
        form.elements[name].value = isDay(search[name]) ? search[name] : "";
    }
    for (const name of LISTS) {
        const wanted = (search[name] ?? "").split(",");
        for (const box of form.querySelectorAll(`input[name=${name}]`)) {
            box.checked = wanted.includes(box.value);
        }
    }
    wantedCourse = search.course ?? "";
    selectCourse(wantedCourse);
    if (wantedCourse !== "") {
        wantCourses();
    }
    const set = FILTERS.filter((name) => search[name] !== undefined).length;
    byId("filter-count").textContent = set > 0 ? w.filter_count(set) : "";
    showChosenPlaces();
    markFaults([]);
}

export function readForm() {
    const search = {};
    for (const name of [...TEXTS, ...DATES, "course"]) {
        search[name] = form.elements[name].value.trim();
    }
    for (const name of LISTS) {
        search[name] = checked(name).join(",");
    }
    return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== ""));
}

/** Marks the fields that the service found fault with. */
export function markFaults(parameters) {
    for (const field of form.querySelectorAll("input[id], select")) {
        const isFaulty = parameters.includes(field.name);
        field.toggleAttribute("data-faulty", isFaulty);
        if (isFaulty) {
            field.setAttribute("aria-invalid", "true");
        } else {
            field.removeAttribute("aria-invalid");
        }
    }
}

// ---- in words -------------------------------------------------------------------------------------------------------

/** What a parameter is called on the page. */
export function labelOf(parameter) {
    const [, range, end] = /^(\w+)_(from|to)$/.exec(parameter) ?? [];
    if (RANGES.includes(range)) {
        return w.range(w[range], w[end]);
    }
    return typeof w[parameter] === "string" ? w[parameter] : parameter;
}

function valueInWords(parameter, value) {
    const naming = { home: placeName, employer_place: placeName, status: statusName, kind: kindName }[parameter];
    if (naming !== undefined) {
        return w.list(value.split(",").map(naming));
    }
    return DATES.includes(parameter) ? day(value) : value;
}

/** The search as label and value pairs, in the order of the form. */
export function searchInWords(search) {
    return ["q", ...FILTERS]
        .filter((name) => search[name] !== undefined)
        .map((name) => [name === "q" ? "" : labelOf(name), valueInWords(name, search[name])]);
}
