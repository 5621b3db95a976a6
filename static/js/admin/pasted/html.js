// Pasted HTML, made into what this site keeps. It is taken apart in a document of its own (DOMParser), which
// loads nothing and runs nothing.

import { elementsOf, isBlank, renamed, stylesOf, unwrap, wrapContents } from "pasted/elements"
import { mendLinks } from "pasted/links"
import { makeLists } from "pasted/lists"

// {html, leftOut: {kind: count}, straightened: how many links were freed from a mail filter}
export function cleaned(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html")
  const pasted = { html: "", leftOut: {}, straightened: 0 }
  const leaveOut = (kind) => (pasted.leftOut[kind] = (pasted.leftOut[kind] ?? 0) + 1)
  dropWhatIsNoText(body, leaveOut)
  makeLists(body)
  makeHeadings(body)
  makeBoldAndItalic(body, leaveOut)
  mendLinks(body, pasted, leaveOut)
  makeTables(body)
  keepOnlyKnownTags(body)
  dropEmptyParagraphs(body)
  pasted.html = body.innerHTML
  return pasted
}

// ---- What goes altogether

const SILENT = new Set(["style", "meta", "link", "title", "xml", "template", "noscript", "base", "head", "colgroup", "col"])
const PICTURES = new Set(["img", "svg", "canvas", "image"])
const EMBEDDED = new Set([
  ...["iframe", "frame", "frameset", "object", "embed", "video", "audio", "applet", "map"],
  ...["input", "button", "select", "textarea"],
])

function dropWhatIsNoText(body, leaveOut) {
  const comments = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT)
  const nodes = []
  while (comments.nextNode()) nodes.push(comments.currentNode)
  for (const node of nodes) node.remove()

  for (const element of elementsOf(body)) {
    if (!body.contains(element)) continue // it went with the one around it
    const name = element.localName
    const styles = stylesOf(element)
    const word = styles["mso-element"]
    let kind = null
    if (name === "script") kind = "scripts"
    else if (PICTURES.has(name)) kind = "pictures"
    else if (EMBEDDED.has(name)) kind = "embedded"
    else if (name === "del") kind = "deletions"
    else if (word === "comment" || element.classList.contains("msocomtxt")) kind = "comments"
    else if (
      !SILENT.has(name) &&
      !name.startsWith("v:") &&
      word !== "comment-list" &&
      !element.classList.contains("msocomanchor") &&
      !element.classList.contains("Apple-interchange-newline") &&
      styles.display !== "none" &&
      styles["mso-hide"] !== "all"
    ) {
      continue
    }
    if (word === "comment-list") {
      const notes = elementsOf(element).filter((child) => stylesOf(child)["mso-element"] === "comment")
      for (const _note of notes) leaveOut("comments")
    }
    if (kind) leaveOut(kind)
    element.remove()
  }
}

// ---- Headings: the title of the page is its first level, so pasted ones begin at the second

function makeHeadings(body) {
  const found = []
  for (const element of body.querySelectorAll("h1, h2, h3, h4, h5, h6, p")) {
    if (element.closest("li")) {
      if (element.localName !== "p") renamed(element, "p")
      continue
    }
    const outline = Number(stylesOf(element)["mso-outline-level"])
    const named = /\bMso(?:Title|Heading(\d))\b/.exec(element.className)
    if (element.localName !== "p") found.push([element, Number(element.localName[1])])
    else if (outline >= 1 && outline <= 9) found.push([element, outline])
    else if (named) found.push([element, Number(named[1] ?? 1)])
  }
  const shift = found.some(([, level]) => level === 1) ? 1 : 0
  for (const [element, level] of found) {
    const heading = renamed(element, `h${Math.min(level + shift, 4)}`)
    for (const bold of heading.querySelectorAll("b, strong")) unwrap(bold)
    for (const span of heading.querySelectorAll("[style]")) span.setAttribute("data-heading", "")
  }
}

// ---- Bold and italic, which may be written as styles; and what else styles say

function makeBoldAndItalic(body, leaveOut) {
  const seen = { fonts: false, alignment: false, underlining: false, strikes: false, raised: false }
  for (const element of elementsOf(body)) {
    const styles = stylesOf(element)
    const name = element.localName
    const weight = styles["font-weight"] ?? ""
    const decoration = `${styles["text-decoration"] ?? ""} ${styles["text-decoration-line"] ?? ""}`
    const inLink = element.closest("a") || element.querySelector("a")
    if (name === "font" || ["color", "background", "background-color", "font-family", "font-size"].some((one) => styles[one])) {
      seen.fonts = true
    }
    if (/center|right|justify/.test(styles["text-align"] ?? element.getAttribute("align") ?? "")) seen.alignment = true
    if ((name === "u" || decoration.includes("underline")) && !inLink) seen.underlining = true
    if (name === "s" || name === "strike" || decoration.includes("line-through")) seen.strikes = true
    if (name === "sup" || name === "sub" || /^(super|sub)$/.test(styles["vertical-align"] ?? "")) seen.raised = true

    if (isBlank(element.textContent) || element.hasAttribute("data-heading")) continue
    const isBold = name === "b" || name === "strong"
    const isItalic = name === "i" || name === "em"
    if ((isBold && /^(normal|[1-4]00)$/.test(weight)) || (isItalic && styles["font-style"] === "normal")) {
      unwrap(element) // Google Docs puts a <b> that is not bold around everything
    } else if (["span", "font", "p", "a"].includes(name)) {
      if (/^(bold|bolder|[6-9]00)$/.test(weight)) wrapContents(element, "strong")
      if (/^(italic|oblique)/.test(styles["font-style"] ?? "")) wrapContents(element, "em")
    }
  }
  for (const [kind, is] of Object.entries(seen)) if (is) leaveOut(kind)
}

// ---- Tables: with a header row where they had one, or where their first row is bold

function makeTables(body) {
  for (const table of body.querySelectorAll("table")) {
    const rows = [...table.rows]
    if (rows.length === 1 && rows[0].cells.length === 1) {
      table.replaceWith(...rows[0].cells[0].childNodes) // a frame around a text
      continue
    }
    if (table.caption) {
      const caption = renamed(table.caption, "p")
      table.before(caption)
    }
    const first = rows[0]
    if (!first) continue
    const isHeader = first.parentNode.localName === "thead" || (rows.length > 1 && isBoldRow(first))
    for (const cell of [...first.cells]) {
      const header = isHeader && cell.localName === "td" ? renamed(cell, "th") : cell
      if (header.localName === "th") for (const bold of header.querySelectorAll("b, strong")) unwrap(bold)
    }
  }
}

function isBoldRow(row) {
  const cells = [...row.cells].filter((cell) => !isBlank(cell.textContent))
  const isBold = (cell) => {
    const words = [...cell.querySelectorAll("b, strong")].map((bold) => bold.textContent).join("")
    return words.replace(/[\s\u00a0]/g, "") === cell.textContent.replace(/[\s\u00a0]/g, "")
  }
  return cells.length > 0 && cells.every(isBold)
}

// ---- What is left: known tags with the attributes that count

const TAGS = { b: "strong", i: "em" }
const KNOWN = {
  ...{ p: [], br: [], hr: [], strong: [], em: [], h2: [], h3: [], h4: [], ul: [], ol: ["start", "type"], li: [] },
  ...{ blockquote: [], a: ["href"], table: [], thead: [], tbody: [], tr: [], th: ["colspan", "rowspan"] },
  ...{ td: ["colspan", "rowspan"] },
}
// Their ends are ends of paragraphs, which the editor makes of them.
const BLOCKS = new Set([
  ...["div", "section", "article", "aside", "header", "footer", "main", "nav", "figure", "figcaption", "address"],
  ...["center", "pre", "dl", "dt", "dd", "form", "fieldset", "details", "summary"],
])

function keepOnlyKnownTags(body) {
  for (const found of elementsOf(body)) {
    const element = TAGS[found.localName] ? renamed(found, TAGS[found.localName]) : found
    const kept = BLOCKS.has(element.localName) ? [] : KNOWN[element.localName]
    if (!kept) {
      unwrap(element)
      continue
    }
    for (const { name } of [...element.attributes]) {
      if (!kept.includes(name)) element.removeAttribute(name)
    }
  }
  body.normalize()
}

function dropEmptyParagraphs(body) {
  const texts = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    // Word aligns with runs of spaces.
    texts.currentNode.data = texts.currentNode.data.replace(/[ \t\r\n\u00a0]{2,}/g, " ")
  }
  for (const element of body.querySelectorAll("p, h2, h3, h4, strong, em, a")) {
    if (!isBlank(element.textContent)) continue
    if (["strong", "em", "a"].includes(element.localName)) unwrap(element)
    else element.remove()
  }
}
