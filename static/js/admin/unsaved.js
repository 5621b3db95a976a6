// Keeps in this browser what an editor has typed and not yet saved, and offers it again when the page is
// opened: after a closed tab, an expired session, a lost network or a crash. Only where the form asks for it
// (#desk[data-keep=true]); files, passwords and the token against forged requests are never kept.
//
// Every opened page keeps its text under a name of its own, so that of two tabs on one thing neither takes the
// other's text away. A text goes when it has been saved (the cookie "desk_saved" says so), when it was thrown
// away, after 30 days, or when 30 other things were worked on since.
//
// An entry: {at: ms since 1970, base: revision it was written on, pairs: [[name, value], ...],
// files: names of chosen files, sent: true once it was posted as it is}. A form that comes back from the site
// with a posted text in it says so (data-returned); which text that is, this tab remembers.

const translate = window.gettext ?? ((text) => text)
const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name])

const STORE = "desk:"
const POSTED = "desk-posted" // in the tab's own store
const KEPT_FOR = 30 * 24 * 60 * 60 * 1000 // milliseconds
const MOST_THINGS = 30
const LOOK_EVERY = 2000 // milliseconds: a block is moved or removed without an event that says so
const AFTER_TYPING = 400 // milliseconds
const USER_ACTS = ["pointerdown", "keydown", "beforeinput", "input", "change", "drop", "paste"]

function readEntry(name) {
  try {
    const entry = JSON.parse(localStorage.getItem(name))
    const key = name.slice(STORE.length, name.lastIndexOf("#"))
    return Number.isFinite(entry.at) && Array.isArray(entry.pairs) ? { ...entry, name, key } : null
  } catch {
    return null
  }
}

function writeEntry({ name, key, ...entry }) {
  try {
    localStorage.setItem(name, JSON.stringify(entry))
    return true
  } catch {
    return false // the store is full, or this browser allows none
  }
}

function removeEntry(name) {
  try {
    localStorage.removeItem(name)
  } catch {
    // without a store there is nothing to remove
  }
}

function rememberPosted(name) {
  try {
    sessionStorage.setItem(POSTED, name)
  } catch {
    // then the text is known by being the same
  }
}

// Return the name of the entry that this tab posted last, once; null for none.
function takePosted() {
  try {
    const name = sessionStorage.getItem(POSTED)
    sessionStorage.removeItem(POSTED)
    return name
  } catch {
    return null
  }
}

// Return all kept entries of this browser, the newest first.
function keptEntries() {
  let names = []
  try {
    names = Object.keys(localStorage).filter((name) => name.startsWith(STORE))
  } catch {
    // a browser that allows no store holds nothing
  }
  return names
    .map(readEntry)
    .filter(Boolean)
    .sort((a, b) => b.at - a.at)
}

function forgetWhatWasSaved() {
  const found = document.cookie.match(/(?:^|;\s*)desk_saved="?([^;"]*)/)
  if (!found) return
  const key = decodeURIComponent(found[1])
  for (const entry of keptEntries()) if (entry.key === key && entry.sent) removeEntry(entry.name)
  document.cookie = "desk_saved=; path=/admin/; max-age=0; samesite=lax"
}

function forgetWhatIsOld() {
  const things = new Set()
  for (const entry of keptEntries()) {
    things.add(entry.key)
    if (things.size > MOST_THINGS || Date.now() - entry.at > KEPT_FOR) removeEntry(entry.name)
  }
}

function pairsOf(form) {
  const secret = new Set([...form.querySelectorAll("input[type=password]")].map((input) => input.name))
  secret.add("csrfmiddlewaretoken")
  return [...new FormData(form)].filter(
    ([name, value]) => typeof value === "string" && !secret.has(name) && !name.includes("__prefix__"),
  )
}

// Return the pairs as [name, value] lines that can be compared: no matter which order, which line ends;
// without what is not the editor's own (names with "_" in front are the form's).
function linesOf(pairs) {
  return pairs
    .filter(([name]) => !name.startsWith("_") && !name.startsWith("initial-"))
    .map(([name, value]) => JSON.stringify([name, value.replace(/\r\n?/g, "\n")]))
    .sort()
}

const sameText = (pairs, others) => linesOf(pairs).join() === linesOf(others).join()

function chosenFiles(form) {
  return [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]).map((file) => file.name)
}

function moment(at) {
  const date = new Date(at)
  const language = document.documentElement.lang || undefined
  const plain = (options) => new Intl.DateTimeFormat(language, options).format(date).replace(/\u202f/g, " ")
  const time = plain({ timeStyle: "short" })
  if (date.toDateString() === new Date().toDateString()) return fill(translate("%(time)s today"), { time })
  return plain({ dateStyle: "long", timeStyle: "short" })
}

// Return the labels of the fields in which the pairs differ from those shown, each once, at most `most`.
function changedFields(form, pairs, shown, most = 6) {
  const [kept, seen] = [new Set(linesOf(pairs)), new Set(linesOf(shown))]
  const lines = [...[...kept].filter((line) => !seen.has(line)), ...[...seen].filter((line) => !kept.has(line))]
  const labels = lines.map((line) => {
    const [name] = JSON.parse(line)
    const field = form.elements[name]
    const label = field?.labels?.[0] ?? field?.[0]?.labels?.[0]
    if (label) return label.textContent.trim().replace(/:$/, "")
    if (name.endsWith("-ordering")) return translate("order of the blocks")
    return field ? "" : translate("parts of the page")
  })
  return [...new Set(labels.filter(Boolean))].slice(0, most)
}

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}

function messagesAbove(form) {
  const found = document.getElementById("desk-messages")
  if (found) return found
  const messages = make("div", { id: "desk-messages" })
  messages.setAttribute("aria-live", "polite")
  form.before(messages)
  return messages
}

const button = (text, act, className = "button") =>
  Object.assign(make("button", { type: "button", className, textContent: text }), { onclick: act })

const filesAgain = (files) =>
  make("p", {
    textContent: fill(translate("Files cannot be kept; choose again: %(names)s"), { names: files.join(", ") }),
  })

class KeptText {
  constructor(form, desk) {
    this.form = form
    this.desk = desk
    this.key = desk.dataset.key
    this.own = `${STORE}${this.key}#${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`
    this.touched = false
    this.leaving = false
    this.works = true
    this.original = this.last = JSON.stringify(pairsOf(form))
    this.offerKept()
    this.watch()
  }

  watch() {
    const touch = (event) => {
      if (!event.isTrusted) return // a script filled in a field
      if (!this.touched) this.look()
      this.touched = true
      clearTimeout(this.soon)
      this.soon = setTimeout(() => this.look(), AFTER_TYPING)
    }
    for (const act of USER_ACTS) this.form.addEventListener(act, touch, true)
    const look = () => this.look()
    setInterval(look, LOOK_EVERY)
    document.addEventListener("visibilitychange", look)
    window.addEventListener("pagehide", look)
    window.addEventListener("submit", look, true)
    window.addEventListener("submit", (event) => this.sent(event))
    window.addEventListener("pageshow", () => (this.leaving = false))
    window.addEventListener("beforeunload", (event) => {
      look()
      if (!this.leaving && this.wouldBeLost()) event.preventDefault()
    })
  }

  // Keep the text where it has changed since it was last looked at.
  look() {
    const pairs = pairsOf(this.form)
    const text = JSON.stringify(pairs)
    if (!this.touched) this.original = this.last = text
    if (text === this.last) return
    this.last = text
    if (text === this.original && !this.adopted) removeEntry(this.own)
    else this.keep(pairs)
  }

  keep(pairs, more = {}) {
    const { base } = this.desk.dataset
    const files = chosenFiles(this.form)
    const entry = { name: this.own, key: this.key, at: Date.now(), base, pairs, files, ...more }
    const worked = writeEntry(entry)
    if (!worked && this.works) this.sayThatNothingIsKept()
    this.works = worked
    this.desk.dataset.kept = worked ? "yes" : "no"
  }

  // What the editor has done and a closed tab would take away: text that could not be kept, chosen files.
  wouldBeLost() {
    const changed = JSON.stringify(pairsOf(this.form)) !== this.original
    return (changed && !this.works) || chosenFiles(this.form).length > 0
  }

  // The text goes to the site: the cookie of the answer will name it, unless it is changed once more.
  sent(event) {
    if (event.target !== this.form || event.defaultPrevented) return
    const target = event.submitter?.formTarget || this.form.target
    if (target && target !== "_self") return
    this.leaving = true
    const entry = readEntry(this.own)
    if (!entry) return
    writeEntry({ ...entry, sent: true })
    rememberPosted(this.own)
  }

  offerKept() {
    const shown = pairsOf(this.form)
    const posted = takePosted()
    const returned = this.desk.dataset.returned === "true" ? posted : null
    for (const entry of keptEntries().filter((entry) => entry.key === this.key).reverse()) {
      if (entry.name === returned || sameText(entry.pairs, shown)) this.adopt(entry)
      else this.offer(entry, shown)
    }
  }

  // The form came back from the site with this text, unsaved: it is this page's own from now on.
  adopt(entry) {
    const { base } = this.desk.dataset
    if (!writeEntry({ ...entry, name: this.own, base: entry.base ?? base, sent: false })) return
    if (entry.name !== this.own) removeEntry(entry.name)
    this.adopted = true
    this.desk.dataset.kept = "yes"
    if (entry.files?.length) {
      const panel = make("section", { className: "desk-panel desk-panel--warning" }, filesAgain(entry.files))
      messagesAbove(this.form).append(panel)
    }
  }

  offer(entry, shown) {
    const heading = make("h2", {
      id: `kept-${entry.at}`,
      textContent: fill(translate("You have unsaved changes from %(moment)s in this browser."), {
        moment: moment(entry.at),
      }),
    })
    const panel = make("section", { className: "desk-panel desk-panel--warning" })
    panel.setAttribute("role", "region")
    panel.setAttribute("aria-labelledby", heading.id)
    const fields = changedFields(this.form, entry.pairs, shown).join(", ")
    panel.append(heading)
    if (fields) panel.append(make("p", { textContent: fill(translate("They differ in: %(fields)s."), { fields }) }))
    if (entry.base !== this.desk.dataset.base) panel.append(this.savedSince(entry))
    if (entry.files?.length) panel.append(filesAgain(entry.files))
    const choices = make("p", { className: "desk-panel__choices" })
    choices.append(
      button(translate("Continue with them"), () => this.continueWith(entry), "button desk-first"),
      button(translate("Throw them away"), () => this.throwAway(entry, panel, shown)),
    )
    panel.append(choices)
    messagesAbove(this.form).prepend(panel)
    return panel
  }

  // Return a sentence that another version was saved meanwhile; who it was is filled in once known.
  savedSince(entry) {
    const sentence = make("p", {
      textContent: translate(
        "Since then this page has been saved: you will be asked before anything is overwritten.",
      ),
    })
    const { stateUrl } = this.desk.dataset
    if (stateUrl) {
      fetch(stateUrl, { redirect: "error" })
        .then((response) => response.json())
        .then(({ saved_by: who }) => {
          if (!who) return
          sentence.textContent = fill(
            translate("Since then %(who)s has saved this page: you will be asked before anything is overwritten."),
            { who },
          )
        })
        .catch(() => {}) // the sentence without the name is true as well
    }
    return sentence
  }

  // Ask the site for its form filled in with the kept text; nothing is saved by that.
  continueWith(entry) {
    const post = make("form", { method: "post", enctype: this.form.enctype, hidden: true })
    post.setAttribute("action", location.pathname + location.search)
    const token = this.form.querySelector("[name=csrfmiddlewaretoken]").value
    for (const [name, value] of [...entry.pairs, ["_restore", "1"], ["csrfmiddlewaretoken", token]]) {
      post.append(make("input", { type: "hidden", name, value }))
    }
    this.look()
    this.leaving = true
    rememberPosted(entry.name)
    document.body.append(post)
    HTMLFormElement.prototype.submit.call(post) // a field may be called "submit"
  }

  throwAway(entry, panel, shown) {
    removeEntry(entry.name)
    const bringBack = button(translate("Bring them back"), () => {
      writeEntry(entry)
      const again = this.offer(entry, shown)
      panel.replaceWith(again)
      again.querySelector("button").focus()
    })
    panel.className = "desk-panel"
    panel.replaceChildren(
      make("h2", { id: `kept-${entry.at}`, textContent: translate("The unsaved changes are thrown away.") }),
      make("p", { className: "desk-panel__choices" }, bringBack),
    )
    bringBack.focus()
  }

  sayThatNothingIsKept() {
    const panel = make("section", { className: "desk-panel desk-panel--warning" })
    panel.append(
      make("p", {
        textContent: translate(
          "This browser cannot keep a copy of what you type (its store is full or blocked). Save often.",
        ),
      }),
    )
    messagesAbove(this.form).append(panel)
  }
}

forgetWhatWasSaved()
forgetWhatIsOld()
const desk = document.getElementById("desk")
const form = desk?.closest("form")
if (form && desk.dataset.keep === "true" && desk.dataset.key) new KeptText(form, desk)
window.addEventListener("pageshow", (event) => event.persisted && forgetWhatWasSaved())
