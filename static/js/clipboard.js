// "Copy" buttons: they appear where the browser can copy. Without this file the text is there to be selected.

async function copy(button) {
  const text = document.getElementById(button.dataset.copies);
  const status = button.parentElement.querySelector("[role=status]");
  await navigator.clipboard.writeText(text.textContent.trim().replace(/\s+/g, " "));
  status.textContent = button.dataset.done;
}

function select(button) {
  getSelection().selectAllChildren(document.getElementById(button.dataset.copies));
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copies]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button).catch(() => select(button)));
  }
}
