/* What was decided on the municipalities' requests, held against the scores: a second writing of the server's rule. */

import { all, one } from "./manifest.js";
import { standings } from "./rules.js";

const ANSWERED = ["on_time", "late"];
const STATED = ["place_before", "place_after"];

/** The key of the first reply that does not hold: its decision, or the places it says that the decision moved. */
export function firstFalseReply(book) {
  const moved = places(book);
  const isFirst = one(book, "publication").kind === "round";
  const found = [...all(book, "reply")].find(([key, reply]) => {
    const computed = moved.get(key) ?? {};
    return !holds(book, key, reply, isFirst) || STATED.some((name) => reply[name] !== computed[name]);
  });
  return found ? found[0] : null;
}

/** The places before and after, in the theme, of every reply that changed a score: a Map by key. */
export function places(book) {
  const changed = [...all(book, "reply")].filter(([, { verdict }]) => verdict === "changed");
  const [before, after] = ["before", "after"].map((name) => withRatings(book, changed, name));
  return new Map(changed.map(([key]) => {
    const [code, number] = key.split("/");
    const scope = `theme:${all(book, "demand").get(number)?.theme}`;
    return [key, given({ place_before: placeOf(before, scope, code), place_after: placeOf(after, scope, code) })];
  }));
}

function holds(book, key, reply, isFirst) {
  const score = all(book, "score").get(key);
  const sealed = score && (score.rating ?? score.absence);
  const answer = all(book, "answer").get(key.split("/")[0]);
  if (sealed === undefined || !ANSWERED.includes(answer?.status) || reply.before === undefined) {
    return false;
  }
  if (reply.stance === "agree") {
    return [reply.verdict, reply.requested, reply.after].every((value) => value === undefined);
  }
  if (reply.verdict === "changed") {
    return reply.after !== undefined && reply.after !== reply.before && (!isFirst || reply.after === sealed);
  }
  return ["kept", "noted"].includes(reply.verdict) && reply.after === undefined && (!isFirst || reply.before === sealed);
}

/** The book with other ratings in the cells of those replies. */
function withRatings(book, replies, name) {
  const scores = new Map(all(book, "score"));
  replies.filter(([key, reply]) => scores.has(key) && reply[name] !== undefined)
    .forEach(([key, reply]) => scores.set(key, /^[0-9]/.test(reply[name]) ? { rating: reply[name] } : { absence: reply[name] }));
  return new Map(book).set("score", scores);
}

function placeOf(book, scope, code) {
  return standings(book, scope, null).find((row) => row.code === code)?.fields.place;
}

const given = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
