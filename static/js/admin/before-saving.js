// Before the form of a thing is sent: is the site there, and is the editor still signed in? If not, the form
// stays on the screen and says what to do, in place of the browser's error page or a sign-in page.

const translate = window.gettext ?? ((text) => text)
const PATIENCE = 10_000 // milliseconds; a site that is only slow gets the form after that

const desk = document.getElementById("desk")
const form = desk?.closest("form")
let asking = false
let answered = false
let panel = null

const signInAddress = () => document.querySelector("#site-name a")?.href ?? location.pathname

// Return "ready" where the site would take the form from whoever is signed in now; else a key of WHY.
// Signing in again has made the form's token void: the form is given the one that counts.
async function ask() {
  if (!navigator.onLine) return "offline"
  try {
    const address = desk.dataset.stateUrl || location.pathname + location.search
    const response = await fetch(address, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE) })
    if (response.type === "opaqueredirect") return "signed-out"
    if ([502, 503, 504].includes(response.status)) return "offline"
    if (response.status === 404) return "gone"
    if (!response.ok) return "ready" // the site says itself what is wrong, and the text is kept
    const { key, token } = desk.dataset.stateUrl ? await response.json() : readForm(await response.text())
    if (key !== desk.dataset.key) return "somebody-else"
    form.querySelector("[name=csrfmiddlewaretoken]").value = token
    return "ready"
  } catch (error) {
    return error.name === "TimeoutError" ? "ready" : "offline"
  }
}

// Return the key and the token of the form in `html`, the page of a form that adds something.
function readForm(html) {
  const page = new DOMParser().parseFromString(html, "text/html")
  const other = page.getElementById("desk")
  return { key: other?.dataset.key, token: other?.closest("form").querySelector("[name=csrfmiddlewaretoken]").value }
}

const SIGN_IN = translate("Leave this page open, sign in in another tab, come back and save.")
const WHY = {
  offline: [
    translate("Not saved: the site cannot be reached from here just now."),
    translate("Leave this page open and try again when you are online."),
  ],
  gone: [
    translate("Not saved: somebody has deleted this meanwhile."),
    translate("Leave this page open, bring it back in another tab (“Recover deleted” above its list) and try again."),
  ],
  "signed-out": [translate("Not saved: you have been signed out."), SIGN_IN],
  "somebody-else": [
    translate("Not saved: in this browser somebody else is signed in now, or this page is closed to you."),
    SIGN_IN,
  ],
}

function say(why, submitter) {
  panel?.remove()
  panel = document.createElement("section")
  panel.className = "desk-panel desk-panel--error"
  panel.setAttribute("role", "alert")
  const heading = document.createElement("h2")
  const [what, next] = WHY[why]
  heading.textContent = what
  const advice = document.createElement("p")
  const kept = desk.dataset.kept === "yes" ? translate("Your text is kept in this browser.") : ""
  advice.textContent = `${kept} ${next}`.trim()
  const choices = document.createElement("p")
  choices.className = "desk-panel__choices"
  const mustSignIn = next === SIGN_IN
  if (mustSignIn) {
    const link = document.createElement("a")
    Object.assign(link, { href: signInAddress(), target: "_blank", className: "button desk-first" })
    link.textContent = translate("Sign in (opens a new tab)")
    choices.append(link)
  }
  const again = document.createElement("button")
  Object.assign(again, { type: "button", className: "button" })
  again.textContent = mustSignIn ? translate("I am signed in: save now") : translate("Try again")
  again.addEventListener("click", () => send(submitter))
  choices.append(again)
  panel.append(heading, advice, choices)
  form.before(panel)
  panel.scrollIntoView({ block: "center" })
  again.focus()
}

async function send(submitter) {
  if (asking) return
  asking = true
  form.setAttribute("aria-busy", "true")
  const answer = await ask()
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
