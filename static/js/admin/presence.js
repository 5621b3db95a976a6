// Says on an open form that somebody else has saved the page since, or has it open too. Asks while the tab is
// looked at, and whenever it comes to the front; stops where the site no longer answers this editor.

const translate = window.gettext ?? ((text) => text)
const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name])
const ASK_EVERY = 20_000 // milliseconds

const desk = document.getElementById("desk")
const form = desk?.closest("form")
const status = document.createElement("div")
let timer = null
let closed = false // the site no longer answers this editor
let said = ""

function savedMeanwhile({ saved_by: who, saved_at: when }) {
  const sentence = who
    ? translate("%(who)s saved this page at %(when)s, after you opened it.")
    : translate("This page was saved after you opened it.")
  const panel = document.createElement("div")
  panel.className = "desk-panel desk-panel--warning"
  const strong = document.createElement("strong")
  strong.textContent = fill(sentence, { who, when })
  const link = document.createElement("a")
  Object.assign(link, { href: location.pathname, target: "_blank" })
  link.textContent = translate("Look at the new version (opens a new tab)")
  panel.append(
    strong,
    " ",
    translate("You can go on: when you save you will see both versions and choose."),
    " ",
    link,
  )
  return panel
}

function alsoOpen(names) {
  const panel = document.createElement("p")
  panel.className = "desk-presence"
  const sentence =
    names.length === 1
      ? translate("%(names)s also has this page open.")
      : translate("%(names)s also have this page open.")
  const language = document.documentElement.lang || undefined
  panel.textContent = fill(sentence, { names: new Intl.ListFormat(language).format(names) })
  return panel
}

function warning(text) {
  const panel = document.createElement("p")
  panel.className = "desk-panel desk-panel--warning"
  panel.textContent = text
  return panel
}

// Change what is said only where there is news, so that it is read out once.
function say(...panels) {
  const text = panels.map((panel) => panel.textContent).join("\n")
  if (text === said) return
  said = text
  status.replaceChildren(...panels)
}

async function ask() {
  if (closed || document.visibilityState !== "visible") return
  try {
    await hear(await fetch(desk.dataset.stateUrl, { redirect: "manual" }))
  } catch {
    // no network: the next time, perhaps
  }
}

async function hear(response) {
  if (response.type === "opaqueredirect") {
    clearInterval(timer) // from now on only when the tab comes to the front: signed in again, perhaps
    say(warning(translate("You have been signed out. Leave this page open, sign in in another tab and come back.")))
  } else if (response.status === 403 || response.status === 404) {
    clearInterval(timer)
    closed = true
    if (response.status === 404) say(warning(translate("Somebody has deleted this meanwhile.")))
  } else if (response.ok) {
    const state = await response.json()
    const panels = []
    if (String(state.head) !== desk.dataset.base) panels.push(savedMeanwhile(state))
    if (state.editing?.length) panels.push(alsoOpen(state.editing))
    say(...panels)
  }
}

if (form && desk.dataset.stateUrl) {
  status.setAttribute("role", "status")
  form.before(status)
  timer = setInterval(ask, ASK_EVERY)
  window.addEventListener("focus", ask)
  document.addEventListener("visibilitychange", ask)
  ask()
}
