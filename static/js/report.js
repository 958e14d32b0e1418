/* Shows what was checked, line by line. Words come from the page, in its language. */

import { all } from "./manifest.js";

const MARKS = { agrees: "✓", differs: "✗", unchecked: "–" };
const TENTHS = ["tenths", "change_tenths"];
const TELLING = ["tenths", "place", "unplaced", "exact"];
const MINUS = "−";

/** Builds the parts of a report with the words of one page. */
export class Report {
  constructor(words, language) {
    this.words = words;
    this.language = language;
    this.numbers = new Intl.NumberFormat(language === "es" ? "es-MX" : language);
  }

  /** A sentence of the page with its places filled in. */
  say(name, facts = {}) {
    return this.words[name].replace(/\{(\w+)\}/g, (_, place) => this.shown(facts[place]));
  }

  /** One thing that was checked. */
  step({ name, state, reason, code }) {
    const words = element("span", { class: "check-words" }, this.say(reason));
    const parts = [this.mark(state), element("b", {}, this.words[`step_${name}`]), words];
    return element("li", { class: state }, ...parts, ...(code ? [element("code", { class: "checksum" }, code)] : []));
  }

  /** One ranking, folded; its table is drawn when it is opened. */
  ranking(book, result) {
    const state = result.agreed === result.total ? "agrees" : "differs";
    const counts = this.say("ranking_counts", { agreed: result.agreed, total: result.total });
    const title = element("span", { class: "check-title" }, ...this.scope(book, result.scope));
    const summary = element("summary", {}, this.mark(state), title, element("span", { class: "check-counts" }, counts));
    const details = element("details", { class: state }, summary);
    details.addEventListener("toggle", () => details.append(this.table(book, result)), { once: true });
    details.open = state === "differs";
    return details;
  }

  /** Where a ranking first departs from what was computed, in words; the field, and both values. */
  difference(book, result) {
    const row = result.rows.find(({ differing }) => differing.length);
    return this.say("difference", {
      scope: this.scope(book, result.scope).map((part) => part.textContent ?? part).join(""),
      name: this.name(book, row.code),
      ...this.values(row, TELLING.find((field) => row.differing.includes(field)) ?? row.differing[0]),
    });
  }

  /** A sign, and its word for those who hear the page. */
  mark(state) {
    const sign = this.sign(state);
    return element("span", {}, sign, element("span", { class: "visually-hidden" }, `${this.words[state]}: `));
  }

  /** The sign alone, beside words that say the same. */
  sign(state) {
    return element("span", { class: "check-mark", "aria-hidden": "true" }, MARKS[state]);
  }

  table(book, result) {
    const heads = ["municipality", "computed", "published", "agreement"];
    return element("table", { class: "check-table" },
      element("thead", {}, element("tr", {}, ...heads.map((name) => element("th", { scope: "col" }, this.words[name])))),
      element("tbody", {}, ...result.rows.map((row) => this.row(book, row))));
  }

  row(book, row) {
    const state = row.differing.length ? "differs" : "agrees";
    const departures = row.differing.map((field) => element("li", {}, this.say("departure", this.values(row, field))));
    const verdict = [element("span", { "aria-hidden": "true" }, `${MARKS[state]} `), this.words[state]];
    return element("tr", { class: state },
      element("th", { scope: "row" }, this.name(book, row.code), ...(departures.length ? [element("ul", {}, ...departures)] : [])),
      this.figures("computed", row.computed),
      this.figures("published", row.published),
      element("td", { class: "check-verdict" }, ...verdict));
  }

  /** The shown average, the place (or why there is none), the change. */
  figures(column, fields) {
    const label = element("span", { class: "cell-label" }, this.words[column]);
    if (!fields) {
      return element("td", {}, label, this.words.nothing);
    }
    const place = fields.place === undefined
      ? this.value("unplaced", fields.unplaced)
      : this.say("place", { place: fields.place + (fields.shared === "yes" ? "=" : "") });
    const change = fields.change_tenths === undefined ? [] : [this.say("change", { change: signed(fields.change_tenths) })];
    const average = element("b", {}, this.value("tenths", fields.tenths));
    return element("td", {}, label, average, " ", element("span", { class: "check-place" }, [place, ...change].join(", ")));
  }

  values(row, field) {
    return {
      field: this.words[`field_${field}`] ?? field,
      computed: this.value(field, row.computed?.[field]),
      published: this.value(field, row.published?.[field]),
    };
  }

  value(field, text) {
    if (text === undefined) {
      return this.words.nothing;
    }
    if (TENTHS.includes(field) && /^-?[0-9]+$/.test(text)) {
      return field === "tenths" ? points(text) : signed(text);
    }
    return this.words[`${field}_${text}`] ?? text;
  }

  name(book, code) {
    return all(book, "entry").get(code)?.name ?? code;
  }

  /** The name of a ranking as its manifest words it; marked as Spanish where it has no other. */
  scope(book, scope) {
    const [kind, key] = scope.split(":");
    const record = all(book, kind).get(key);
    if (!record) {
      return [this.words.overall];
    }
    const own = record[`name_${this.language}`];
    const name = own ?? record.name_es ?? key;
    const number = kind === "demand" ? [`${key}. `] : [];
    return [...number, own || this.language === "es" ? name : element("span", { lang: "es" }, name)];
  }

  shown(value) {
    return typeof value === "number" ? this.numbers.format(value) : `${value}`;
  }
}

/** An element with its attributes and children. */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  made.append(...children);
  return made;
}

function points(text) {
  const size = text.replace("-", "").padStart(2, "0");
  return `${text.startsWith("-") ? MINUS : ""}${size.slice(0, -1)}.${size.slice(-1)}`;
}

function signed(text) {
  return text.startsWith("-") || text === "0" ? points(text) : `+${points(text)}`;
}
