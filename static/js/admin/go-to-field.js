// Goes to the field that an address names by its end: #go/<model>/<pk>/<field>. The findings of the checks
// lead here. What is folded opens, the field comes into view and takes the keyboard.

const whereTo = () => location.hash.match(/^#go\/(\w+)\/([^/]+)\/(\w+)$/)
const FIELDS = "input:not([type=hidden]), select, textarea"

// Return the prefix of the names of a part's fields ("textblock-0"), by the hidden field that holds its pk.
function prefixOfPart(model, pk, field) {
  const prefixes = [...document.querySelectorAll('input[type=hidden][name$="-id"]')]
    .filter((input) => input.value === pk)
    .map((input) => input.name.slice(0, -"-id".length))
    .filter((prefix) => rowOf(`${prefix}-${field}`))
  const named = (prefix) => prefix.replace(/-\d+$/, "") === model
  return prefixes.find(named) ?? prefixes[0] // a relation may be called otherwise than its model
}

const controlOf = (name) => document.getElementById(`id_${name}`) ?? document.getElementById(`id_${name}_0`)

function rowOf(name) {
  const control = controlOf(name)
  return control?.closest(".form-row, td") ?? control?.parentElement
}

function unfold(element) {
  const block = element.closest(".inline-related[data-region]")
  if (block) document.querySelector(`.tabs.regions .tab:not(.active)[data-region="${block.dataset.region}"]`)?.click()
  for (let box = element; box; box = box.parentElement) {
    if (box.tagName === "DETAILS") box.open = true
    box.classList.remove("collapsed")
    if (box === block) box.classList.remove("order-machine-hide")
  }
}

// Return what takes the keyboard for a field: the box of rich text, the picker, or the control itself.
function whatTakesFocus(name) {
  const row = rowOf(name)
  const control = controlOf(name)
  const box = control.parentElement.querySelector(".tiptap, .select2-selection") ?? row.querySelector(".tiptap")
  if (box) return box
  if (control.matches(FIELDS)) return control
  return control.querySelector(FIELDS) ?? row.querySelector(FIELDS)
}

function goThere() {
  const [, model, pk, field] = whereTo().map(decodeURIComponent)
  const isMain = document.getElementById(`${model}_form`) !== null
  const prefix = isMain ? "" : prefixOfPart(model, pk, field)
  if (prefix === undefined) return
  const name = prefix ? `${prefix}-${field}` : field
  const row = rowOf(name) ?? document.querySelector(`.field-${field}`)
  if (!row) return
  unfold(row)
  const target = controlOf(name) && whatTakesFocus(name)
  if (target) {
    target.focus({ preventScroll: true })
  } else {
    row.tabIndex = -1 // a field that is only read
    row.focus({ preventScroll: true })
  }
  row.scrollIntoView({ block: "center" })
}

// The rich text boxes and the blocks are built after the page has been read; both take a moment.
const isBuilt = () =>
  [...document.querySelectorAll("textarea[data-django-prose-editor-configurable]:not([id*=__prefix__])")].every((area) =>
    area.closest(".prose-editor"),
  ) &&
  (!document.getElementById("content-editor-context") || document.querySelector(".tabs.regions .tab.active"))

function whenBuilt(tries = 50) {
  if (!whereTo()) return
  if (tries === 0 || isBuilt()) requestAnimationFrame(goThere)
  else setTimeout(() => whenBuilt(tries - 1), 100)
}

whenBuilt()
window.addEventListener("hashchange", () => whenBuilt())
