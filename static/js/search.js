// The box that finds a municipality while the reader types. Without this script, or without its index, it is a plain
// form. The rule of `find` is that of app/domain/search.py; tests/vectors/search.json binds the two.

const LONGEST_TEXT = 80;
const SHORTEST_WITH_SLIP = 4;
const SHORTEST_BEGINNING_WITH_SLIP = 5;
const NOISE = new Set(
  "alcalde alcaldesa alcaldia de del el en la las los mayor municipal municipio of presidenta presidente the y".split(" "),
);
const [EXACT, PREFIX, ALIAS, SLIP] = [0, 1, 2, 3];
const MOST_OPTIONS = 8;

/** The words of a text in plain small letters and digits; signs count as blanks. */
export function fold(text) {
  const letters = text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f]/g, "");
  return letters.replace(/[^a-z0-9]+/g, " ").trim();
}

/** At most `limit` hits {row, strength, mayor}, the best first; `mayor` is the place of the mayor found, or -1. */
export function find(index, text, limit) {
  const typed = fold([...text].slice(0, LONGEST_TEXT).join(""));
  if (!typed) return [];
  const all = typed.split(" ");
  const telling = all.filter((word) => !NOISE.has(word));
  const words = telling.length ? telling : all;
  const hits = index.map((row) => fit(row, typed, words)).filter(Boolean);
  hits.sort((a, b) => a.strength - b.strength || (a.mayor >= 0) - (b.mayor >= 0));
  const seen = new Map();
  for (const hit of hits) {
    const name = `${hit.row.key} ${hit.mayor >= 0 ? folded(hit.row).mayors[hit.mayor] : ""}`;
    if (!seen.has(name)) seen.set(name, hit);
  }
  return [...seen.values()].slice(0, Math.max(0, limit));
}

const kept = new WeakMap();

function folded(row) {
  if (!kept.has(row)) {
    const mayors = row.mayors.map((mayor) => fold(mayor[0]));
    kept.set(row, { name: fold(row.name), mayors, aliases: row.aliases.map(fold) });
  }
  return kept.get(row);
}

function fit(row, typed, words) {
  const { name, mayors, aliases } = folded(row);
  let best = null;
  const offer = (strength, mayor) => {
    if (strength === null) return;
    const [place, before] = [mayor >= 0, best && best.mayor >= 0];
    if (!best || strength < best.strength || (strength === best.strength && place < before)) {
      best = { row, strength, mayor };
    }
  };
  offer(fitOfName(name, typed, words), -1);
  for (const alias of aliases) {
    const strength = fitOfName(alias, typed, words);
    offer(strength === PREFIX ? ALIAS : strength, -1);
  }
  mayors.forEach((mayor, place) => offer(fitOfMayor(name, mayor, typed, words), place));
  return best;
}

function fitOfName(name, typed, words) {
  if (typed === name) return EXACT;
  const among = name.split(" ");
  if (words.every((word) => begins(word, among))) return PREFIX;
  return slips(typed, words, name, among) ? SLIP : null;
}

function fitOfMayor(name, mayor, typed, words) {
  const strength = fitOfName(mayor, typed, words);
  const both = [...name.split(" "), ...mayor.split(" ")];
  const weak = strength === null || strength === SLIP;
  return weak && words.every((word) => begins(word, both)) ? PREFIX : strength;
}

const begins = (word, among) => among.some((other) => other.startsWith(word));

function slips(typed, words, name, among) {
  if (isNear(typed.replaceAll(" ", ""), name.replaceAll(" ", ""))) return true;
  return words.every((word) => among.some((other) => other.startsWith(word) || isNear(word, other)));
}

function isNear(typed, word) {
  if (typed.length < SHORTEST_WITH_SLIP) return false;
  if (isOneSlipAway(typed, word)) return true;
  if (typed.length < SHORTEST_BEGINNING_WITH_SLIP) return false;
  return [-1, 0, 1].some((more) => isOneSlipAway(typed, word.slice(0, typed.length + more)));
}

function isOneSlipAway(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let at = 0;
  while (at < one.length && at < other.length && one[at] === other[at]) at += 1;
  if (at === one.length || at === other.length) return true;
  const swapped = one[at] === other[at + 1] && one[at + 1] === other[at] && at + 1 < one.length;
  return (
    one.slice(at + 1) === other.slice(at + 1) ||
    one.slice(at + 1) === other.slice(at) ||
    one.slice(at) === other.slice(at + 1) ||
    (swapped && one.slice(at + 2) === other.slice(at + 2))
  );
}

/** Makes a form a combobox with a list, as the ARIA Authoring Practices describe it. */
class Finder {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input");
    this.status = form.querySelector("[role=status]");
    this.list = this.makeList();
    this.index = null;
    this.hits = [];
    this.active = -1;
    this.input.addEventListener("focus", () => this.load(), { once: true });
    this.input.addEventListener("input", () => this.show());
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("keydown", (event) => this.press(event));
    if (document.activeElement === this.input) this.load();
  }

  makeList() {
    const list = document.createElement("ul");
    list.id = `${this.input.id}-list`;
    list.className = "search-list";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", this.form.dataset.list);
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.go(Number(option.dataset.place));
    });
    this.input.after(list);
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    return list;
  }

  async load() {
    try {
      const answer = await fetch(this.form.dataset.indexHref);
      if (!answer.ok) return;
      this.index = await answer.json();
      if (document.activeElement === this.input) this.show();
    } catch {
      this.index = null; // the form still works
    }
  }

  show() {
    if (!this.index) return;
    this.hits = find(this.index, this.input.value, MOST_OPTIONS);
    this.list.replaceChildren(...this.hits.map((hit, place) => this.option(hit, place)));
    this.mark(-1);
    const open = this.hits.length > 0;
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    this.say();
  }

  say() {
    const { none, one, many } = this.form.dataset;
    const count = this.hits.length;
    const words = count === 0 ? none : count === 1 ? one : many.replace("{count}", count);
    this.status.textContent = this.input.value.trim() ? words : "";
  }

  option(hit, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.dataset.place = place;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const name = document.createElement("b");
    name.textContent = hit.row.name;
    option.append(name);
    const mayor = hit.row.mayors[Math.max(0, hit.mayor)];
    if (mayor) {
      const line = document.createElement("span");
      line.textContent = mayor.join(", ");
      option.append(" ", line);
    }
    return option;
  }

  press(event) {
    const last = this.hits.length - 1;
    if (event.isComposing) return;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && this.list.hidden) this.show();
    if (this.list.hidden) return;
    if (event.key === "ArrowDown") this.mark(this.active === last ? 0 : this.active + 1);
    else if (event.key === "ArrowUp") this.mark(this.active <= 0 ? last : this.active - 1);
    else if (event.key === "Enter" && this.active >= 0) this.go(this.active);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  mark(place) {
    this.active = place;
    [...this.list.children].forEach((option, other) => option.setAttribute("aria-selected", String(other === place)));
    if (place < 0) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    const option = this.list.children[place];
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  go(place) {
    location.assign(this.hits[place].row.address);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }
}

if (typeof document !== "undefined") {
  document.querySelectorAll("form[data-index-href]").forEach((form) => new Finder(form));
}
