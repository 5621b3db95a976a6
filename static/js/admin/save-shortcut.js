// Ctrl+S (on a Mac Cmd+S) saves the draft in place of storing the page as a file.

const save = () => document.querySelector("form [type=submit][name=_continue]") ?? document.querySelector("form [type=submit][name=_save]")

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    if (!document.getElementById("desk") || !save()) return
    event.preventDefault()
    event.stopImmediatePropagation() // the block editor has a shortcut of its own, which would save twice
    save().click()
  },
  true,
)
