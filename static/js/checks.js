/* What is asked of a publication beside its figures: its code, its chain, its rules, the round it compares with. */

import { firstUnlike, isKnown } from "./agreement.js";
import { sha256 } from "./digest.js";
import { all, one, read } from "./manifest.js";
import { firstFalseReply } from "./replies.js";

const RULES = ["edition", "method", "theme", "demand"];
const FIRST = "0".repeat(64);

/** Fetches bytes anew, past the browser's store; throws where there are none. */
export async function download(address) {
  const response = await fetch(address, { cache: "reload", credentials: "omit" });
  if (!response.ok) {
    throw new Error(`${response.status}`);
  }
  return new Uint8Array(await response.arrayBuffer());
}

/** Each check answers `{name, state, reason, code}`: state is `agrees`, `differs` or `unchecked`, reason a key of words. */
export async function checkCode(bytes, publication) {
  const code = await sha256(bytes);
  return step("code", code === publication.sha256, ["code_same", "code_other"], { code });
}

/** Whether the manifest names the publication before it, and that one bears the code by which it is named. */
export async function checkChain(book, publication) {
  const named = one(book, "publication").previous_sha256;
  if (named !== publication.previous) {
    return step("chain", false, ["", "chain_other"]);
  }
  if (named === FIRST) {
    return step("chain", true, ["chain_first"]);
  }
  return (await fetched("chain", named, publication)).step;
}

/** Whether method, themes and demands are, field by field, those that the edition sealed by themselves. */
export async function checkRules(book, publication) {
  if (!isKnown(one(book, "publication"))) {
    return step("rules", false, ["", "rules_unknown"]);
  }
  const found = await fetched("rules", one(book, "publication").edition_sha256, publication);
  if (!found.book) {
    return found.step;
  }
  return step("rules", firstUnlike(book, found.book, RULES) === null, ["rules_same", "rules_other"]);
}

/** Whether every decision on a request is what the scores say, places before and after included. */
export function checkReplies(book) {
  return step("replies", firstFalseReply(book) === null, ["replies_same", "replies_other"]);
}

/** Whether the municipalities said anything in the round. */
export const hasReplies = (book) => all(book, "reply").size > 0;

/** The round with which changes are compared, whole, where it bears the code that this manifest names. */
export async function checkComparison(book, publication) {
  const named = one(book, "publication").compared_with_sha256;
  if (named === undefined) {
    return { step: step("comparison", true, ["comparison_none"]), book: null };
  }
  return fetched("comparison", named, publication);
}

/** Fetches the publication of that code and computes whether it bears it. */
async function fetched(name, code, publication) {
  const address = Object.hasOwn(publication.cited, code) ? publication.cited[code] : undefined;
  if (address === undefined) {
    return { step: step(name, false, ["", `${name}_unknown_code`]) };
  }
  try {
    const bytes = await download(address);
    const same = await sha256(bytes) === code;
    return { step: step(name, same, [`${name}_same`, `${name}_other`]), book: same ? read(bytes) : undefined };
  } catch {
    return { step: { name, state: "unchecked", reason: "not_downloaded" } };
  }
}

function step(name, agrees, [same, other], more = {}) {
  return { name, state: agrees ? "agrees" : "differs", reason: agrees ? same : other, ...more };
}
