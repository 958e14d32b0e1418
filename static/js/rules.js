/*
 * The published arithmetic, written a second time: averages with their coverage, places with ties, changes.
 * It shares nothing with the server but the rules. A "book" is a manifest taken apart (manifest.js).
 */

import { fraction, minus, tenths, written } from "./fractions.js";
import { all, one } from "./manifest.js";

const NOT_RATED = { absence: "not_rated" };
const ABSENCES = ["not_rated", "not_applicable", "refused", "pending", "unpublished"];
const SCORE = /^(10(\.0)?|[0-9](\.[0-9])?)$/;
const WHOLE = /^[0-9]{1,9}$/;

/** The rankings that an edition's method asks for: overall where it says so, each theme, each demand. */
export function scopes(book) {
  const overall = one(book, "method").overall === "yes" ? ["overall"] : [];
  const themes = [...all(book, "theme").keys()].map((key) => `theme:${key}`);
  const demands = [...all(book, "demand").keys()].map((number) => `demand:${number}`);
  return [...overall, ...themes, ...demands];
}

/** Every row of one ranking, in its order: the municipality's code and the fields as a manifest writes them. */
export function standings(book, scope, before) {
  const weights = weightsOf(book, scope);
  const earlierPlaces = before && scopes(before).includes(scope) ? places(before, scope) : new Map();
  return ranked(book, scope).map((row, index) => {
    const earlier = before && comparable(book, before, row.code) ? (number) => cell(before, row.code, number) : null;
    return {
      code: row.code,
      fields: given({
        position: index + 1,
        rated: row.mean.rated,
        applicable: row.mean.applicable,
        refused: row.mean.refused,
        rated_weight: row.mean.ratedWeight,
        applicable_weight: row.mean.applicableWeight,
        exact: row.mean.exact && written(row.mean.exact),
        tenths: row.tenths,
        place: row.place,
        shared: row.shared ? "yes" : "no",
        unplaced: row.bar,
        ...changed(book, row.code, weights, earlier),
        ...(earlier && earlierPlaces.has(row.code)
          ? { previous_place: earlierPlaces.get(row.code), previous_out_of: earlierPlaces.size } : {}),
      }),
    };
  });
}

/** The weighted mean of cells `[{rating | absence}, weight]` with the counts behind it; `exact` null for nothing. */
export function average(cells, refusedCountsAs = null) {
  const scored = [];
  const absences = new Set();
  let applicable = 0;
  let applicableWeight = 0n;
  for (const [{ rating, absence }, weight] of cells) {
    const points = absence === "refused" ? refusedCountsAs : rating;
    if (points != null) {
      scored.push([points, weight]);
    } else {
      absences.add(absence);
    }
    applicable += absence === "not_applicable" ? 0 : 1;
    applicableWeight += absence === "not_applicable" ? 0n : weight;
  }
  const ratedWeight = scored.reduce((sum, [, weight]) => sum + weight, 0n);
  const sum = scored.reduce((total, [points, weight]) => total + points * weight, 0n);
  return {
    exact: ratedWeight ? fraction(sum, 10n * ratedWeight) : null,
    rated: cells.filter(([{ rating }]) => rating != null).length,
    applicable,
    refused: cells.filter(([{ absence }]) => absence === "refused").length,
    ratedWeight,
    applicableWeight,
    absences,
  };
}

/** What keeps an average from a place, or null. */
export function barToAPlace(mean, leastPercent, refusalsCount) {
  if (mean.refused && !refusalsCount) {
    return "refused";
  }
  if (mean.exact === null) {
    const kinds = [...mean.absences].filter((kind) => kind !== "not_applicable");
    return mean.applicable ? (kinds.length === 1 ? kinds[0] : "not_rated") : "not_applicable";
  }
  const enough = mean.applicableWeight > 0n && mean.ratedWeight * 100n >= leastPercent * mean.applicableWeight;
  return enough ? null : "low_coverage";
}

/** Rows `{code, sortKey, exact, bar}` in order with their places: by the shown value, then those barred. */
export function rank(rows) {
  const named = [...rows].sort((a, b) => byPoints(a.sortKey, b.sortKey) || byPoints(a.code, b.code))
    .map((row) => ({ ...row, bar: row.bar ?? (row.exact ? null : "not_rated"), tenths: row.exact && tenths(row.exact) }));
  const placed = named.filter((row) => row.bar === null).sort((a, b) => Number(b.tenths - a.tenths));
  const barred = named.filter((row) => row.bar !== null).map((row) => ({ ...row, place: null, shared: false }));
  const heights = placed.map((row) => row.tenths);
  const first = new Map(heights.map((height, index) => [height, index + 1]).reverse());
  const last = new Map(heights.map((height, index) => [height, index + 1]));
  return [
    ...placed.map((row) => ({
      ...row,
      place: first.get(row.tenths),
      shared: last.get(row.tenths) > first.get(row.tenths),
    })),
    ...barred.filter((row) => row.bar === "refused"),
    ...barred.filter((row) => row.bar !== "refused"),
  ];
}

function ranked(book, scope) {
  const method = one(book, "method");
  const weights = weightsOf(book, scope);
  const least = whole(scope === "overall" ? method.minimum_coverage_percent : method.minimum_theme_coverage_percent);
  const refusal = method.refused_counts_as === undefined ? null : score(method.refused_counts_as);
  return rank([...all(book, "entry")].map(([code, entry]) => {
    const mean = average(weights.map(([number, weight]) => [cell(book, code, number) ?? NOT_RATED, weight]), refusal);
    return { code, sortKey: entry.sort_key ?? "", mean, exact: mean.exact, bar: barToAPlace(mean, least, refusal !== null) };
  }));
}

function places(book, scope) {
  return new Map(ranked(book, scope).filter((row) => row.place !== null).map((row) => [row.code, row.place]));
}

function weightsOf(book, scope) {
  return [...all(book, "demand")]
    .filter(([number, demand]) => ["overall", `theme:${demand.theme}`, `demand:${number}`].includes(scope))
    .map(([number, demand]) => [number, whole(demand.weight)]);
}

/** A score in whole tenths, or why there is none; undefined where the manifest has no such line. */
function cell(book, code, number) {
  const found = all(book, "score").get(`${code}/${number}`);
  if (found && (found.rating === undefined) !== ABSENCES.includes(found.absence)) {
    throw new RangeError(`${code}/${number}`);
  }
  return found && { rating: found.rating === undefined ? null : score(found.rating), absence: found.absence };
}

/** A mayor is compared with herself or himself only: the same mandate in both rounds. */
function comparable(book, before, code) {
  const earlier = all(before, "entry").get(code);
  return earlier !== undefined && earlier.mandate_starts_on === all(book, "entry").get(code).mandate_starts_on;
}

/** The change over the demands with a score in both rounds, and the refusals of the round before. */
function changed(book, code, weights, earlier) {
  if (!earlier) {
    return {};
  }
  const pairs = weights.map(([number, weight]) => [cell(book, code, number), earlier(number), weight]);
  const common = pairs.filter(([now, then]) => now?.rating != null && then?.rating != null);
  const now = average(common.map(([cellNow, , weight]) => [cellNow, weight]));
  const then = average(common.map(([, cellThen, weight]) => [cellThen, weight]));
  const refused = { previous_refused: pairs.filter(([, cellThen]) => cellThen?.absence === "refused").length };
  if (now.exact === null) {
    return refused;
  }
  return {
    change_tenths: tenths(minus(now.exact, then.exact)),
    change_common: common.length,
    change_common_weight: now.ratedWeight,
    ...refused,
  };
}

/** A score in whole tenths. */
function score(text) {
  if (!SCORE.test(text)) {
    throw new RangeError(text);
  }
  const [points, tenth = "0"] = text.split(".");
  return BigInt(points) * 10n + BigInt(tenth);
}

function whole(text) {
  if (!WHOLE.test(text ?? "")) {
    throw new RangeError(text);
  }
  return BigInt(text);
}

/** Only what there is, as text: manifests write no line for nothing. */
function given(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null).map(([name, value]) => [name, `${value}`]));
}

/** Order by code points, as the sealed sort keys ask. */
function byPoints(left, right) {
  const [a, b] = [[...left], [...right]];
  const at = a.findIndex((letter, index) => letter !== b[index]);
  if (at < 0) {
    return a.length - b.length;
  }
  return at < b.length ? a[at].codePointAt(0) - b[at].codePointAt(0) : 1;
}
