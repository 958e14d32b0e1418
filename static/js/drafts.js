// Keeps what is typed into a sheet in this tab until the site says that it is stored: for a lost network or a closed
// window. Without this file the sheet works the same, and asks nothing before it is left.

const form = document.querySelector("form.sheet");
const place = `hoja:${location.pathname.replace(/^\/en(?=\/)/, "")}`;
const fields = () => [...form.elements].filter((field) => /-(score|absence|reason|note|reply)$/.test(field.name));
const baseOf = (field) => form.elements[field.name.replace(/-[a-z]+$/, "-base")];
let isChanged = false;

function keep() {
  const changed = fields().filter((field) => field.value !== field.dataset.stored);
  isChanged = changed.length > 0;
  const kept = changed.map((field) => [field.name, field.value, baseOf(field).value]);
  try {
    isChanged ? sessionStorage.setItem(place, JSON.stringify(kept)) : sessionStorage.removeItem(place);
  } catch {
    // a browser that keeps nothing: the page still asks before it is left
  }
}

// What was typed before the line broke comes back, on the revision that it was typed over: the server sees a conflict.
function giveBack() {
  const kept = JSON.parse(sessionStorage.getItem(place) ?? "[]");
  for (const [name, value, base] of kept) {
    const field = form.elements[name];
    if (field && field.value !== value) {
      field.value = value;
      baseOf(field).value = base;
      field.closest("details")?.setAttribute("open", "");
    }
  }
  return kept.length > 0;
}

function start() {
  fields().forEach((field) => { field.dataset.stored = field.value; });
  if (document.querySelector(".notice[role=status]:not(#recuperado)")) {
    sessionStorage.removeItem(place); // the answer to what was sent: it is stored, or kept as a draft
  } else if (giveBack()) {
    document.getElementById("recuperado").hidden = false;
    keep();
  }
  form.addEventListener("input", keep);
  form.addEventListener("submit", () => { isChanged = false; });
  addEventListener("beforeunload", (event) => { if (isChanged) { event.preventDefault(); } });
}

if (form && fields().length > 0) {
  start();
}
