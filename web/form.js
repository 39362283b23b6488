// The search form: fills it from a search and reads a search from it.
import {
    CHOICES,
    ENDS,
    LISTS,
    TERMS,
    TEXTS,
    conditionsOf,
    parameterOf,
    termsOf,
    termsTyped,
    typedOf,
} from "./conditions.js";
import { askCatalog, courseLabel } from "./courses.js";
import { byId, element } from "./dom.js";
import { kindName, language, placeName, regions, statusName, w } from "./words.js";

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
    fillChoice("match", w.matches);
    for (const name of ["has_email", "name_public"]) {
        fillChoice(name, { "": w.any_choice, ...w.publicities });
    }
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

function fillChoice(name, labels) {
    const options = Object.entries(labels).map(([value, label]) => element("option", { value }, label));
    byId(name).replaceChildren(...options);
}

// ---- courses --------------------------------------------------------------------------------------------------------

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

const MATCH_USUAL = "contains";

/** What an input of this type would take. */
function isFit(field, text) {
    const probe = element("input", { type: field.type });
    probe.value = text;
    return probe.value === text;
}

function fillTexts(search) {
    for (const name of TEXTS) {
        form.elements[name].value = search[name] ?? "";
    }
    for (const name of TERMS) {
        form.elements[name].value = typedOf(termsOf(search[name]));
    }
    for (const name of ENDS) {
        const field = form.elements[name];
        field.value = isFit(field, search[name] ?? "") ? (search[name] ?? "") : "";
    }
}

function fillChoices(search) {
    for (const name of LISTS) {
        const wanted = (search[name] ?? "").split(",");
        for (const box of form.querySelectorAll(`input[name=${name}]`)) {
            box.checked = wanted.includes(box.value);
        }
    }
    byId("match").value = search.match ?? MATCH_USUAL;
    byId("has_email").value = search.has_email ?? "";
    byId("name_public").value = search.name_public ?? "";
    wantedCourse = search.course ?? "";
    selectCourse(wantedCourse);
    if (wantedCourse !== "") {
        wantCourses();
    }
}

export function fillForm(search) {
    fillTexts(search);
    fillChoices(search);
    const { q, ...filters } = search;
    const set = conditionsOf(filters).length;
    byId("filter-count").textContent = set > 0 ? w.filter_count(set) : "";
    showChosenPlaces();
    markFaults([]);
}

/** The conditions in the form; those left empty are undefined. */
export function readForm() {
    const search = {};
    for (const name of [...TEXTS, ...ENDS, ...CHOICES]) {
        search[name] = form.elements[name].value.trim() || undefined;
    }
    for (const name of TERMS) {
        search[name] = parameterOf(termsTyped(form.elements[name].value)) || undefined;
    }
    for (const name of LISTS) {
        search[name] = checked(name).join(",") || undefined;
    }
    search.match = search.match === MATCH_USUAL ? undefined : search.match;
    return search;
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
