// Pictures and documents are sent one by one as soon as they are chosen or dropped, each with its own
// progress and its own answer. Without this script the same form sends them all at once.

const form = document.querySelector("[data-uploads]")
const zone = form.querySelector("[data-zone]")
const input = form.querySelector("#id_files")
const list = form.querySelector("[data-list]")
const cards = form.querySelector("[data-cards]")
const status = form.querySelector("[data-status]")
const addButton = form.querySelector("[data-add]")
const LIMIT = Number(form.dataset.limit)
const sentences = Object.fromEntries(
  [...form.querySelectorAll("[data-sentences] [data-key]")].map((item) => [item.dataset.key, item.textContent]),
)

const queue = []
let sending = null
let begun = 0
let taken = 0
let refused = 0

function rowFor(file) {
  const row = form.querySelector("[data-row]").content.firstElementChild.cloneNode(true)
  row.querySelector("[data-name]").textContent = file.name
  row.querySelector("[data-progress]").setAttribute("aria-label", file.name)
  list.append(row)
  say(row, sentences.waiting)
  return row
}

function say(row, sentence) {
  row.querySelector("[data-sentence]").textContent = sentence
}

function settle(row, kind, sentence) {
  row.classList.add(`upload--${kind}`)
  row.querySelector("[data-progress]").hidden = true
  say(row, sentence)
}

function refuse(job, sentence, { again = false } = {}) {
  refused += 1
  settle(job.row, "refused", sentence)
  const button = job.row.querySelector("[data-again]")
  button.hidden = !again
  button.onclick = () => {
    refused -= 1
    job.row.remove()
    send([job.file])
    input.focus()
  }
}

function showCard(answer) {
  if (!document.getElementById(answer.id)) cards.insertAdjacentHTML("beforeend", answer.html)
  form.querySelector("[data-new]").hidden = false
  form.querySelector("[data-empty]")?.remove()
}

function answered(job, request) {
  let answer = null
  try {
    if (request.status === 200) answer = JSON.parse(request.responseText)
  } catch {
    // A page in place of an answer: the sign-in form.
  }
  if (answer?.sentence) {
    refuse(job, answer.sentence)
  } else if (answer?.html) {
    taken += 1
    settle(job.row, answer.duplicate ? "duplicate" : "taken", answer.duplicate ? sentences.duplicate : sentences.taken)
    showCard(answer)
  } else {
    const signedOut = request.status === 200 || request.status === 403
    refuse(job, signedOut ? sentences.out : sentences.failed, { again: true })
  }
}

function next() {
  sending = queue.shift() ?? null
  form.toggleAttribute("data-busy", sending !== null)
  addButton.disabled = sending !== null
  if (sending === null) {
    status.textContent = sentences.done.replace("%n", taken).replace("%m", refused)
    return
  }
  const job = sending
  begun += 1
  status.textContent = sentences["under-way"].replace("%n", begun).replace("%m", begun + queue.length)
  if (job.file.size > LIMIT) {
    refuse(job, sentences.large)
    next()
    return
  }
  const data = new FormData()
  data.append("one", "1")
  data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
  data.append("files", job.file)
  const request = new XMLHttpRequest() // fetch cannot tell how much was sent
  request.open("POST", location.pathname)
  const progress = job.row.querySelector("[data-progress]")
  request.upload.addEventListener("progress", (event) => {
    progress.value = Math.round((event.loaded / event.total) * 100)
    say(job.row, sentences.sending.replace("%s", progress.value))
  })
  request.upload.addEventListener("load", () => {
    progress.removeAttribute("value")
    say(job.row, sentences.checking)
  })
  request.addEventListener("load", () => {
    answered(job, request)
    next()
  })
  request.addEventListener("error", () => {
    refuse(job, sentences.lost, { again: true })
    next()
  })
  request.send(data)
}

function send(files) {
  if (sending === null && queue.length === 0) begun = taken = refused = 0
  for (const file of files) queue.push({ file, row: rowFor(file) })
  if (sending === null && queue.length) next()
}

input.addEventListener("change", () => {
  send([...input.files])
  input.value = ""
})

for (const name of ["dragenter", "dragover"]) {
  zone.addEventListener(name, (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return
    event.preventDefault()
    zone.classList.add("uploads__zone--over")
  })
}
zone.addEventListener("dragleave", (event) => {
  if (!zone.contains(event.relatedTarget)) zone.classList.remove("uploads__zone--over")
})
zone.addEventListener("drop", (event) => {
  event.preventDefault()
  zone.classList.remove("uploads__zone--over")
  send([...event.dataTransfer.files])
})
// A file that misses the field would open in place of this page, and what was typed would be gone.
for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault())

// Only a patient's picture has a consent.
function showConsent(card) {
  const patient = card.querySelector("[data-field=shows_patient] input")
  if (!patient) return
  for (const name of ["consent_record", "consent_expires_on"]) {
    const field = card.querySelector(`[data-field=${name}]`)
    field.hidden = !patient.checked && !field.querySelector("input").value
  }
}
form.addEventListener("change", (event) => {
  const card = event.target.closest(".new-file")
  if (card) showConsent(card)
})
new MutationObserver(() => cards.querySelectorAll(".new-file").forEach(showConsent)).observe(cards, { childList: true })
cards.querySelectorAll(".new-file").forEach(showConsent)

// Words that were typed are not lost by mistake, nor a file that is on its way.
let typed = false
form.addEventListener("input", () => (typed = true))
form.addEventListener("submit", () => (typed = false))
window.addEventListener("beforeunload", (event) => {
  if (typed || sending !== null) event.preventDefault()
})

form.querySelector("[data-drop-hint]").hidden = false
form.querySelector("[data-without-script]").hidden = true
