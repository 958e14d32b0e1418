/* Takes a manifest apart: a CSV of record, key, field, value. Strict: what cannot be read whole is not read at all. */

const HEADER = "record,key,field,value";
const COLUMNS = 4;

/** Says in which line a manifest cannot be read. */
export class Unreadable extends Error {
  constructor(line) {
    super(`line ${line}`);
    this.line = line;
  }
}

/**
 * A manifest's bytes as a book: a Map from record to a Map from key to its fields.
 * Throws Unreadable with the number of the line.
 */
export function read(bytes) {
  const book = new Map();
  let first = true;
  for (const { line, cells } of rows(decoded(bytes))) {
    if (first ? cells.join(",") !== HEADER : cells.length !== COLUMNS) {
      throw new Unreadable(line);
    }
    if (!first) {
      enter(book, cells, line);
    }
    first = false;
  }
  if (one(book, "publication") === null || one(book, "method") === null) {
    throw new Unreadable(2);
  }
  return book;
}

/** The records of a kind, by key; empty where there is none. */
export const all = (book, record) => book.get(record) ?? new Map();

/** The fields of a record that a manifest holds once (its head, its method), or null. */
export const one = (book, record) => (all(book, record).size === 1 ? [...all(book, record).values()][0] : null);

/** The first line in which two texts differ, with both; null where there is none. */
export function firstDifference(ours, theirs) {
  const [left, right] = [ours, theirs].map((bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes).split("\n"));
  const at = Array.from({ length: Math.max(left.length, right.length) }, (_, index) => index)
    .find((index) => left[index] !== right[index]);
  return at === undefined ? null : { line: at + 1, ours: left[at] ?? "", theirs: right[at] ?? "" };
}

function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Unreadable(1);
  }
}

function enter(book, [record, key, field, value], line) {
  if (!book.has(record)) {
    book.set(record, new Map());
  }
  const keys = book.get(record);
  if (!keys.has(key)) {
    keys.set(key, Object.create(null));
  }
  if (field in keys.get(key)) {
    throw new Unreadable(line);
  }
  keys.get(key)[field] = value;
}

/** Each row with the number of its first line; a quoted value may run over several lines. */
function* rows(text) {
  const state = { text, at: 0, line: 1 };
  while (state.at < text.length) {
    const { line } = state;
    const cells = [];
    do {
      cells.push(cell(state));
    } while (text[state.at++] === ",");
    if (text[state.at - 1] !== "\n") {
      throw new Unreadable(line);
    }
    state.line += 1;
    yield { line, cells };
  }
}

function cell(state) {
  return state.text[state.at] === '"' ? quoted(state) : plain(state);
}

function plain(state) {
  const found = /[,\n"\r]/g;
  found.lastIndex = state.at;
  const end = found.exec(state.text)?.index ?? state.text.length;
  const value = state.text.slice(state.at, end);
  state.at = end;
  return value;
}

function quoted(state) {
  const parts = [];
  const { line } = state;
  do {
    const end = state.text.indexOf('"', state.at + 1);
    if (end < 0) {
      throw new Unreadable(line);
    }
    parts.push(state.text.slice(state.at + 1, end));
    state.at = end + 1;
  } while (state.text[state.at] === '"');
  const value = parts.join('"');
  state.line += value.split("\n").length - 1;
  return value;
}
