// What is pasted from Word, Outlook, Google Docs or another page becomes what this site keeps: headings,
// lists, tables, links, bold and italic. A line below the text box says what was left out.

import { cleaned } from "pasted/html"
import { Extension } from "django-prose-editor/editor"

const translate = window.gettext ?? ((text) => text)
const translateCount = window.ngettext ?? ((one, many, count) => (count === 1 ? one : many))

export const CleanPaste = Extension.create({
  name: "cleanPaste",

  addStorage() {
    return { line: null }
  },

  onCreate() {
    const box = this.editor.view.dom.closest(".prose-editor")
    if (!box) return
    // A screen reader announces only what changes in a line that was there before.
    this.storage.line = document.createElement("p")
    this.storage.line.className = "pasted"
    this.storage.line.setAttribute("role", "status")
    box.append(this.storage.line)
    box.addEventListener("paste", () => (this.storage.line.textContent = ""), true)
  },

  onDestroy() {
    this.storage.line?.remove()
  },

  transformPastedHTML(html) {
    if (html.includes("data-pm-slice")) return html // copied from a text box of this site
    const pasted = cleaned(html)
    if (this.storage.line) this.storage.line.textContent = said(pasted)
    return pasted.html
  },
})

// Each is [one, many] with %s for the count, or [name] for what is only said to be there.
const LEFT_OUT = {
  pictures: ["%s picture", "%s pictures"],
  embedded: ["%s embedded film, frame or form", "%s embedded films, frames or forms"],
  scripts: ["%s script", "%s scripts"],
  comments: ["%s comment", "%s comments"],
  deletions: ["%s deleted passage", "%s deleted passages"],
  links: ["%s link that works on one computer only", "%s links that work on one computer only"],
  fonts: ["colors and fonts"],
  alignment: ["alignment"],
  underlining: ["underlining"],
  strikes: ["crossing out (the words are still there)"],
  raised: ["raised and lowered letters"],
}

function said({ leftOut, straightened }) {
  const parts = Object.entries(LEFT_OUT)
    .filter(([kind]) => leftOut[kind])
    .map(([kind, [one, many]]) =>
      many ? translateCount(one, many, leftOut[kind]).replace("%s", leftOut[kind]) : translate(one),
    )
  const sentences = [
    parts.length ? translate("Pasted. Left out: %s.").replace("%s", parts.join(", ")) : translate("Pasted."),
  ]
  if (straightened) {
    const text = translateCount(
      "%s link led over a mail filter and now leads straight to its page.",
      "%s links led over a mail filter and now lead straight to their pages.",
      straightened,
    )
    sentences.push(text.replace("%s", straightened))
  }
  return sentences.join(" ")
}
