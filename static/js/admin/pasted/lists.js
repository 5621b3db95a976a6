// Lists: Word writes them as paragraphs that begin with their sign.

import { elementsOf, isBlank, stylesOf } from "pasted/elements"

const WORD_LIST = /l(\d+) level(\d+)/

export function makeLists(body) {
  const seen = new Set()
  for (const paragraph of body.querySelectorAll("p, div")) {
    if (seen.has(paragraph) || !wordListOf(paragraph)) continue
    const run = []
    for (let next = paragraph; next; next = next.nextSibling) {
      if (next.nodeType === Node.TEXT_NODE && isBlank(next.textContent)) continue
      if (next.nodeType !== Node.ELEMENT_NODE || !wordListOf(next)) break
      run.push(next)
      seen.add(next)
    }
    const mark = body.ownerDocument.createTextNode("")
    paragraph.before(mark)
    mark.replaceWith(...listsOf(run))
  }
  // Google Docs and Outlook put an inner list beside the item that it belongs to.
  for (const inner of body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) {
    const item = inner.previousElementSibling
    if (item?.localName === "li") item.append(inner)
    else wrapInItem(inner)
  }
}

function wrapInItem(inner) {
  const item = inner.ownerDocument.createElement("li")
  inner.replaceWith(item)
  item.append(inner)
}

// {level, sign} of a paragraph that Word means as an item of a list, or null. `sign` is "·", "o", "2." or "b)".
function wordListOf(element) {
  if (element.localName !== "p" && element.localName !== "div") return null
  const match = WORD_LIST.exec(stylesOf(element)["mso-list"] ?? "")
  if (!match) return null
  const sign = elementsOf(element).find((child) => stylesOf(child)["mso-list"] === "ignore")
  return { level: Number(match[2]), list: match[1], sign: (sign?.textContent ?? "").replace(/[\s\u00a0]/g, "") }
}

function listsOf(paragraphs) {
  const lists = []
  const open = [] // the lists around the next item, outermost first
  for (const paragraph of paragraphs) {
    const { level, list, sign } = wordListOf(paragraph)
    const ordered = /^\(?(\d+|[a-z]{1,4})[.)]$/i.exec(sign)
    const name = ordered ? "ol" : "ul"
    while (open.length && open.at(-1).level > level) open.pop()
    const same = open.at(-1)
    const begins = same?.level === level && (same.name !== name || (same.list !== list && /^1\b/.test(sign)))
    if (begins) open.pop()
    if (open.at(-1)?.level !== level) {
      const element = paragraph.ownerDocument.createElement(name)
      if (ordered) number(element, ordered[1])
      const around = open.at(-1)
      if (around) around.element.lastElementChild.append(element)
      else lists.push(element)
      open.push({ element, level, list, name })
    }
    for (const child of elementsOf(paragraph)) {
      if (stylesOf(child)["mso-list"] === "ignore") child.remove()
    }
    const item = paragraph.ownerDocument.createElement("li")
    open.at(-1).element.append(item)
    item.append(paragraph)
    paragraph.removeAttribute("style")
  }
  return lists
}

function number(list, first) {
  if (/^\d+$/.test(first)) {
    if (first !== "1") list.setAttribute("start", first)
  } else if (/^i+$/i.test(first)) list.setAttribute("type", first[0])
  else list.setAttribute("type", first === first.toLowerCase() ? "a" : "A")
}
