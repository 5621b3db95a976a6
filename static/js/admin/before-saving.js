// Before the form of a thing is sent: is the site there, and is the editor still signed in? If not, the form
// stays on the screen and says what to do, in place of the browser's error page or a sign-in page.

const translate = window.gettext ?? ((text) => text)
const PATIENCE = 10_000 // milliseconds; a site that is only slow gets the form after that

const desk = document.getElementById("desk")
const form = desk?.closest("form")
let asking = false
let answered = false
let panel = null

const tokenField = () => form.querySelector("[name=csrfmiddlewaretoken]")
const signInAddress = () => document.querySelector("#site-name a")?.href ?? location.pathname

// Return "ready", "offline" or "signed-out".
async function ask() {
  if (!navigator.onLine) return "offline"
  try {
    const address = desk.dataset.stateUrl || location.pathname
    const response = await fetch(address, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE) })
    if (response.type === "opaqueredirect") return "signed-out"
    if ([502, 503, 504].includes(response.status)) return "offline"
    return "ready"
  } catch (error) {
    return error.name === "TimeoutError" ? "ready" : "offline"
  }
}

// Return "ready" once this form may be sent by whoever is signed in now: signing in has made its token void.
async function askForAnotherToken() {
  try {
    const response = await fetch(location.pathname + location.search, { redirect: "manual" })
    if (response.type === "opaqueredirect") return "signed-out"
    const page = new DOMParser().parseFromString(await response.text(), "text/html")
    if (page.getElementById("desk")?.dataset.key !== desk.dataset.key) return "somebody-else"
    tokenField().value = page.querySelector("#desk").closest("form").querySelector("[name=csrfmiddlewaretoken]").value
    return "ready"
  } catch {
    return "offline"
  }
}

const WHY = {
  offline: translate("Not saved: the site cannot be reached from here just now."),
  "signed-out": translate("Not saved: you have been signed out."),
  "somebody-else": translate("Not saved: in this browser somebody else is signed in now, or this page is closed to you."),
}

function say(why, submitter) {
  panel?.remove()
  panel = document.createElement("section")
  panel.className = "desk-panel desk-panel--error"
  panel.setAttribute("role", "alert")
  const heading = document.createElement("h2")
  heading.textContent = WHY[why]
  const advice = document.createElement("p")
  advice.textContent = desk.dataset.kept === "yes" ? translate("Your text is kept in this browser. ") : ""
  advice.textContent +=
    why === "offline"
      ? translate("Leave this page open and try again when you are online.")
      : translate("Leave this page open, sign in in another tab, come back and save.")
  const choices = document.createElement("p")
  choices.className = "desk-panel__choices"
  if (why !== "offline") {
    const link = document.createElement("a")
    Object.assign(link, { href: signInAddress(), target: "_blank", className: "button desk-first" })
    link.textContent = translate("Sign in (opens a new tab)")
    choices.append(link)
  }
  const again = document.createElement("button")
  Object.assign(again, { type: "button", className: "button" })
  again.textContent = why === "offline" ? translate("Try again") : translate("I am signed in: save now")
  again.addEventListener("click", () => send(submitter, why === "offline" ? ask : askForAnotherToken))
  choices.append(again)
  panel.append(heading, advice, choices)
  form.before(panel)
  panel.scrollIntoView({ block: "center" })
  again.focus()
}

async function send(submitter, question = ask) {
  if (asking) return
  asking = true
  form.setAttribute("aria-busy", "true")
  const answer = await question()
  asking = false
  form.removeAttribute("aria-busy")
  if (answer !== "ready") return say(answer, submitter)
  panel?.remove()
  answered = true
  form.requestSubmit(submitter?.isConnected ? submitter : null)
  answered = false
}

if (form) {
  document.addEventListener(
    "submit",
    (event) => {
      const target = event.submitter?.formTarget || form.target
      if (event.target !== form || answered || (target && target !== "_self")) return
      event.preventDefault()
      event.stopImmediatePropagation() // the other listeners hear of it when it is really sent
      send(event.submitter)
    },
    true,
  )
}
