// Small tools for pasted elements.

export const elementsOf = (root) => [...root.querySelectorAll("*")]
export const unwrap = (element) => element.replaceWith(...element.childNodes)
export const isBlank = (text) => !/[^\s\u00a0\u200b]/.test(text)

// The browser's own reader of styles forgets all that begins with "mso-".
export function stylesOf(element) {
  const pairs = (element.getAttribute("style") ?? "").split(";").map((pair) => pair.split(/:(.*)/s))
  return Object.fromEntries(pairs.map(([name, value]) => [name.trim().toLowerCase(), (value ?? "").trim().toLowerCase()]))
}

export function renamed(element, name) {
  const other = element.ownerDocument.createElement(name)
  for (const attribute of ["colspan", "rowspan"]) {
    if (element.hasAttribute(attribute)) other.setAttribute(attribute, element.getAttribute(attribute))
  }
  other.append(...element.childNodes)
  element.replaceWith(other)
  return other
}

export function wrapContents(element, name) {
  const wrapper = element.ownerDocument.createElement(name)
  wrapper.append(...element.childNodes)
  element.append(wrapper)
}
