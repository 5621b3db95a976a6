// Links: freed from mail filters, and taken out where they lead to a script or one computer's files.

import { unwrap } from "pasted/elements"

export function mendLinks(body, pasted, leaveOut) {
  for (const link of body.querySelectorAll("a")) {
    const written = (link.getAttribute("href") ?? "").trim()
    const href = unwrapped(written)
    if (/^(https?:\/\/|mailto:|tel:|\/(?!\/)|#(?!_))/i.test(href)) {
      if (href !== written) {
        pasted.straightened += 1
        if (link.textContent.trim() === written) link.textContent = href
      }
      link.setAttribute("href", href)
    } else {
      // A place in the Word document (#_Toc) is nothing to speak of.
      if (written && !written.startsWith("#")) leaveOut(/^\s*(javascript|data|vbscript):/i.test(written) ? "scripts" : "links")
      unwrap(link)
    }
  }
}

// Which parameter holds the address, by host and path: mail filters and portals that note each click.
const WRAPPERS = [
  [/\.safelinks\.protection\.(outlook|office365)\.(com|us)\//, ["url"]],
  [/^(www\.)?google\.[a-z.]{2,6}\/url/, ["q", "url"]],
  [/^(l|lm|www)\.(facebook|instagram|messenger)\.com\/l\.php/, ["u"]],
  [/^linkprotect\.cudasvc\.com\/url/, ["a"]],
]
const DEEPEST = 5

// The address inside a wrapped one; any other as it is. publishing/checks/unwrapping.py knows more of them.
function unwrapped(address) {
  let href = address
  for (let again = 0; again < DEEPEST; again += 1) {
    const inner = innerAddress(href)
    if (!inner || !/^(https?:\/\/|mailto:)/i.test(inner)) return href
    href = inner
  }
  return href
}

function innerAddress(href) {
  if (!/^https?:/i.test(href) || !URL.canParse(href)) return null
  const url = new URL(href)
  const place = url.host + url.pathname
  for (const [pattern, names] of WRAPPERS) {
    if (pattern.test(place)) return names.map((name) => url.searchParams.get(name)).find((value) => value) ?? null
  }
  if (/^urldefense\.proofpoint\.com\/v2\/url/.test(place)) {
    try {
      return decodeURIComponent((url.searchParams.get("u") ?? "").replaceAll("-", "%").replaceAll("_", "/"))
    } catch {
      return null // not written by Proofpoint
    }
  }
  // An address with a star has signs taken out of it; putting them back is left to the check before publishing.
  return /^https:\/\/urldefense\.(?:com|us|proofpoint\.com)\/v3\/__([^*]+?)__;/.exec(href)?.[1] ?? null
}
