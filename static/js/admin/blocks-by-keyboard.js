// The block editor comes made for a mouse. This gives its parts names and roles, makes them work by
// keyboard, adds buttons that move a block up and down, and keeps the order in which Tab walks through
// the blocks the same as the one that is seen (the editor orders them by CSS alone).

const translate = window.gettext ?? ((text) => text)
const BLOCKS = ".order-machine > .inline-related:not(.empty-form)"

const orderOf = (block) => block.querySelector(".order-machine-ordering")

function blocksInOrder() {
  return [...document.querySelectorAll(BLOCKS)].sort((a, b) => orderOf(a).value - orderOf(b).value)
}

function actAsButton(element, label) {
  if (element.hasAttribute("tabindex")) return
  element.setAttribute("role", "button")
  element.tabIndex = 0
  if (label) element.setAttribute("aria-label", label)
}

function matchTabOrder() {
  const focused = document.activeElement
  for (const block of blocksInOrder()) block.parentElement.append(block)
  focused?.focus()
}

function move(block, step) {
  const blocks = blocksInOrder()
  const other = blocks[blocks.indexOf(block) + step]
  if (!other) return
  const [mine, theirs] = [orderOf(block), orderOf(other)]
  ;[mine.value, theirs.value] = [theirs.value, mine.value]
  block.style.order = mine.value
  other.style.order = theirs.value
  matchTabOrder()
  say(translate("Moved: now block %s.").replace("%s", blocksInOrder().indexOf(block) + 1))
}

function moveButton(block, step, sign, label) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "block-move"
  button.textContent = sign
  button.setAttribute("aria-label", label)
  button.addEventListener("click", (event) => {
    event.stopPropagation() // the heading around it folds the block
    move(block, step)
    button.focus()
  })
  return button
}

function equip(block) {
  const heading = block.querySelector(":scope > h3")
  if (!heading || heading.querySelector(".block-move")) return
  const name = heading.textContent.trim().split(/\s*:\s*|\s{2,}|\n/)[0]
  const label = heading.querySelector("b") ?? heading.querySelector(".inline_label")
  if (label) {
    actAsButton(label)
    const showState = () => label.setAttribute("aria-expanded", String(!block.classList.contains("collapsed")))
    new MutationObserver(showState).observe(block, { attributeFilter: ["class"] })
    showState()
  }
  heading.append(
    moveButton(block, -1, "↑", translate("Move up: %s").replace("%s", name)),
    moveButton(block, 1, "↓", translate("Move down: %s").replace("%s", name)),
  )
}

function nameTextBoxes() {
  for (const box of document.querySelectorAll(".tiptap:not([aria-label])")) {
    const label = box.closest(".form-row, .flex-container, div[class*=field-]")?.querySelector("label")
    box.setAttribute("role", "textbox")
    box.setAttribute("aria-multiline", "true")
    box.setAttribute("aria-label", label?.textContent.replace(/:\s*$/, "") || translate("Text"))
  }
  for (const button of document.querySelectorAll(".prose-menubar__button[title]:not([aria-label])")) {
    actAsButton(button, button.title)
  }
}

const status = document.createElement("p")
status.setAttribute("role", "status")
status.className = "visually-hidden"
const say = (text) => (status.textContent = text)

function prepare() {
  for (const target of document.querySelectorAll(".order-machine-insert-target")) {
    const last = target.classList.contains("last")
    actAsButton(target, last ? translate("Add a block at the end") : translate("Add a block before this one"))
  }
  for (const button of document.querySelectorAll(".plugin-buttons .plugin-button")) actAsButton(button)
  for (const block of document.querySelectorAll(BLOCKS)) equip(block)
  nameTextBoxes()
}

document.addEventListener("keydown", (event) => {
  const target = event.target
  if (target.getAttribute?.("role") !== "button" || target.tagName === "BUTTON") return
  if (event.key !== "Enter" && event.key !== " ") return
  event.preventDefault()
  target.click()
  if (target.matches(".order-machine-insert-target")) {
    document.querySelector(".plugin-buttons .plugin-button:not(.content-editor-hide)")?.focus()
  }
})

document.addEventListener("content-editor:ready", () => {
  matchTabOrder()
  prepare()
})
document.addEventListener("formset:added", () => setTimeout(() => { matchTabOrder(); prepare() }))

document.body.append(status)
nameTextBoxes()
let waiting = false
new MutationObserver(() => {
  if (waiting) return
  waiting = true
  requestAnimationFrame(() => {
    waiting = false
    prepare()
  })
}).observe(document.getElementById("content-main") ?? document.body, { childList: true, subtree: true })
