// The verification round: after a tap go on at what is said of it, and never look stored when it is not.

const failed = document.querySelector("[data-failed]")
let swappedAt = -Infinity

// A sign-in page in place of the next contact is no answer either.
const isTurn = (xhr) => xhr.status === 200 && xhr.responseText.includes('id="turn"')

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!isTurn(event.detail.xhr)) event.detail.shouldSwap = false
})
document.addEventListener("htmx:afterSwap", () => {
  swappedAt = performance.now()
  document.querySelector("[data-said]")?.focus({ preventScroll: true })
  window.scrollTo({ top: 0 })
})
document.addEventListener("htmx:afterRequest", (event) => {
  failed.hidden = isTurn(event.detail.xhr)
  if (!failed.hidden) failed.scrollIntoView({ block: "center" })
})
// The next number has just come to where the last one stood: a second tap is let go.
document.addEventListener(
  "click",
  (event) => {
    if (event.target.closest("#turn form button") && performance.now() - swappedAt < 400) event.preventDefault()
  },
  true,
)
