/* Lays what the rules compute beside what a manifest states, figure by figure. Knows no page. */

import { all } from "./manifest.js";
import { scopes, standings } from "./rules.js";

const KNOWN_RULES = "1";
const OF_A_COMPARISON = /^(change|previous)_/;

/** Whether these rules are the ones by which the manifest was sealed. */
export const isKnown = (head) => head.rules === KNOWN_RULES;

/** Every ranking that a manifest should hold, and any other that it does hold. */
export function rankings(book) {
  const stated = [...all(book, "standing").keys()].map((key) => key.slice(0, key.lastIndexOf("/")));
  return [...new Set([...scopes(book), ...stated])];
}

/**
 * One ranking: its rows `{code, computed, published, differing}` in the computed order, and how many figures agree.
 * `differing` names the fields; a row that one side lacks differs in every field of the other.
 * `before` is the round compared with, null for none; undefined leaves what depends on it aside.
 */
export function compare(book, scope, before) {
  const computed = scopes(book).includes(scope) ? standings(book, scope, before) : [];
  const published = statedIn(book, scope);
  const asked = (name) => before !== undefined || !OF_A_COMPARISON.test(name);
  const unknown = [...published.keys()].filter((code) => !computed.some((row) => row.code === code));
  const rows = [
    ...computed.map((row) => beside(row.code, row.fields, published.get(row.code), asked)),
    ...unknown.map((code) => beside(code, undefined, published.get(code), asked)),
  ];
  return {
    scope,
    rows,
    total: sum(rows, (row) => row.fields.length),
    agreed: sum(rows, (row) => row.fields.length - row.differing.length),
  };
}

/** The first record of these kinds that is not the same in both books: its record and key; null where all agree. */
export function firstUnlike(book, other, records) {
  for (const record of records) {
    const [ours, theirs] = [all(book, record), all(other, record)];
    const key = [...new Set([...ours.keys(), ...theirs.keys()])].find((name) => !same(ours.get(name), theirs.get(name)));
    if (key !== undefined) {
      return { record, key };
    }
  }
  return null;
}

function statedIn(book, scope) {
  const own = [...all(book, "standing")].filter(([key]) => key.slice(0, key.lastIndexOf("/")) === scope);
  return new Map(own.map(([key, fields]) => [key.slice(key.lastIndexOf("/") + 1), fields]));
}

function beside(code, computed, published, asked) {
  const fields = [...new Set([...Object.keys(computed ?? {}), ...Object.keys(published ?? {})])].filter(asked);
  return { code, computed, published, fields, differing: fields.filter((name) => computed?.[name] !== published?.[name]) };
}

function same(left = {}, right = {}) {
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].every((name) => left[name] === right[name]);
}

const sum = (rows, count) => rows.reduce((total, row) => total + count(row), 0);
