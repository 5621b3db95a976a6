// The focal point of a picture: a ring on the picture that is moved by a click, by dragging or by the arrow
// keys. The two number fields below stay what is sent, and work without this script.

const LIST_SHAPE = 3 / 2 // width to height, as the site's lists cut it
const between = (value, low, high) => Math.min(high, Math.max(low, value))

function prepare(widget) {
  const stage = widget.querySelector("[data-stage]")
  if (!stage) return
  const picture = stage.querySelector("img")
  const [left, top] = widget.querySelectorAll("input")
  const cut = widget.querySelector("[data-cut]")
  const status = widget.querySelector("[data-status]")

  const ring = document.createElement("button")
  ring.type = "button"
  ring.className = "focal-point__ring"
  ring.setAttribute("aria-label", stage.dataset.label)
  stage.append(ring)
  widget.querySelector("[data-hint]").hidden = false
  cut.hidden = false

  const position = () => [left, top].map((field) => between(Number(field.value) || 0, 0, 100))

  // Where a crop of 3:2 lies: as near to the focal point as the edges allow.
  function cutPosition(x, y) {
    const shape = (picture.naturalWidth || picture.width) / (picture.naturalHeight || picture.height)
    const along = (point, share) => (share >= 1 ? 50 : between((point / 100 - share / 2) / (1 - share), 0, 1) * 100)
    return [along(x, LIST_SHAPE / shape), along(y, shape / LIST_SHAPE)]
  }

  function show() {
    const [x, y] = position()
    ring.style.left = `${x}%`
    ring.style.top = `${y}%`
    const [cutX, cutY] = cutPosition(x, y)
    cut.querySelector("img").style.objectPosition = `${cutX}% ${cutY}%`
  }

  function moveTo(x, y) {
    left.value = Math.round(between(x, 0, 100) * 10) / 10
    top.value = Math.round(between(y, 0, 100) * 10) / 10
    left.dispatchEvent(new Event("input", { bubbles: true }))
    const [nowX, nowY] = position().map(Math.round)
    status.textContent = stage.dataset.said.replace("%x", nowX).replace("%y", nowY)
  }

  function moveToPointer(event) {
    const box = picture.getBoundingClientRect()
    moveTo(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100)
  }

  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return
    event.preventDefault()
    stage.setPointerCapture(event.pointerId)
    moveToPointer(event)
    ring.focus({ preventScroll: true })
  })
  stage.addEventListener("pointermove", (event) => {
    if (stage.hasPointerCapture(event.pointerId)) moveToPointer(event)
  })
  ring.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 10 : 1
    const [x, y] = position()
    const target = {
      ArrowLeft: [x - step, y],
      ArrowRight: [x + step, y],
      ArrowUp: [x, y - step],
      ArrowDown: [x, y + step],
    }[event.key]
    if (!target) return
    event.preventDefault()
    moveTo(...target)
  })
  widget.addEventListener("input", show)
  picture.addEventListener("load", show)
  show()
}

for (const widget of document.querySelectorAll("[data-focal-point]")) prepare(widget)
