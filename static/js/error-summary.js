// Moves to the list of errors above a form that came back, so that it is read out and seen first.

document.querySelector("[data-error-summary]")?.focus();
