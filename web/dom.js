// Making elements. Whatever comes from the register goes in as text, never as markup.

/**
 * An element with properties (class, attributes) and children; text children become text nodes, absent ones nothing.
 */
export function element(name, properties = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
        if (value !== undefined) {
            made.setAttribute(key, value);
        }
    }
    made.append(...children.flat().filter((child) => child !== undefined && child !== ""));
    return made;
}

export const byId = (id) => document.getElementById(id);

/** A link where the text is an http(s) address, else the text. The registrant wrote it: we vouch for nothing. */
export function linkOrText(text) {
    let url;
    try {
        url = new URL(text);
    } catch {
        return text;
    }
    const isWeb = url.protocol === "https:" || url.protocol === "http:";
    return isWeb ? element("a", { href: url.href, rel: "noopener nofollow ugc" }, text) : text;
}
