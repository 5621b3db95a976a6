// The board of those on the way: says what is new, stays where the nurse is, and never looks live when it is not.

const news = document.querySelector("[data-news]")
const stale = document.querySelector("[data-stale]")
const title = document.title
const rows = () => [...document.querySelectorAll("#board [data-code]")]
let known = new Map(rows().map((row) => [row.dataset.code, row.dataset.state]))
let settledOpen = false
let failed = 0
let swappedAt = -Infinity

function announce() {
  const told = { new: [], changed: [] }
  for (const { dataset } of rows()) {
    if (dataset.fresh && known.get(dataset.code) !== dataset.state) told[dataset.fresh].push(dataset.code.split("").join(" "))
  }
  known = new Map(rows().map((row) => [row.dataset.code, row.dataset.state]))
  const sentences = Object.entries(told).filter(([, codes]) => codes.length)
  if (sentences.length) news.textContent = sentences.map(([kind, codes]) => `${news.dataset[kind]}: ${codes.join(", ")}`).join(". ")
  const fresh = rows().filter((row) => row.dataset.fresh).length
  document.title = fresh ? `(${fresh}) ${title}` : title
}

// A sign-in page in place of the board is no answer either.
const isBoard = (xhr) => xhr.status === 204 || (xhr.status === 200 && xhr.responseText.includes('id="board"'))

document.addEventListener("htmx:beforeRequest", (event) => {
  const { verb } = event.detail.requestConfig
  if (verb === "get" && document.hidden) event.preventDefault()
})
document.addEventListener("htmx:beforeSwap", (event) => {
  settledOpen = document.querySelector("[data-settled]")?.open ?? settledOpen
  if (!isBoard(event.detail.xhr)) event.detail.shouldSwap = false
})
document.addEventListener("htmx:afterSwap", (event) => {
  const settled = document.querySelector("[data-settled]")
  if (settled) settled.open = settledOpen
  // The button that was pressed may be gone: go on at what is said of it.
  if (event.detail.requestConfig.verb === "post") document.querySelector("[data-said]")?.focus()
  swappedAt = performance.now()
  announce()
})
// The rows have just moved: a tap that was meant for what stood there before is let go.
document.addEventListener(
  "click",
  (event) => {
    if (event.target.closest("#board form button") && performance.now() - swappedAt < 400) event.preventDefault()
  },
  true,
)
document.addEventListener("htmx:afterRequest", (event) => {
  failed = isBoard(event.detail.xhr) ? 0 : failed + 1
  // What was pressed and not stored is said at once; one refresh may fail.
  stale.hidden = failed < (event.detail.requestConfig.verb === "post" ? 1 : 2)
})
announce()
