/* "Compruébalo tú": checks a publication in the reader's own browser. Nothing is sent anywhere. */

import { compare, rankings } from "./agreement.js";
import { checkChain, checkCode, checkComparison, checkReplies, checkRules, download, hasReplies } from "./checks.js";
import { Unreadable, all, firstDifference, read } from "./manifest.js";
import { Report, element } from "./report.js";

const place = document.getElementById("check");
const { words, ...publication } = JSON.parse(place.querySelector("script").textContent);
const report = new Report(words, document.documentElement.lang);
const part = (name) => place.querySelector(`.check-${name}`);

/** Fetches the bytes and checks them; `published` says that they come from this site, not from the reader. */
async function check(fetchBytes, published) {
  part("results").replaceChildren();
  summarise("progress", report.say("downloading"));
  try {
    await checkBytes(await fetchBytes(), published);
  } catch {
    summarise("unchecked", report.say("not_downloaded"));
  }
}

/** Checks the manifest that this site publishes. */
export const checkPublished = () => check(() => download(publication.manifest), true);

/** Checks a file of the reader's own. */
export const checkFile = (file) => check(async () => new Uint8Array(await file.arrayBuffer()), false);

async function checkBytes(bytes, published) {
  const steps = element("ol", { class: "check-steps" });
  part("results").append(steps);
  const code = await checkCode(bytes, publication);
  const found = { steps: [code], agreed: 0, total: 0, differences: [] };
  steps.append(report.step(code));
  if (!published && code.state === "differs") {
    found.differences.push(...await againstPublished(bytes));
  }
  try {
    await checkBook(read(bytes), found, steps);
  } catch (error) {
    found.steps.push({ name: "figures", state: "differs" });
    found.differences.push(error instanceof Unreadable ? report.say("unreadable", { line: error.line }) : report.say("broken"));
  }
  conclude(found);
}

/** In a reader's own file: the first line that is not as published. */
async function againstPublished(bytes) {
  try {
    const first = firstDifference(bytes, await download(publication.manifest));
    return first ? [report.say("line", { line: first.line, ours: cut(first.ours), theirs: cut(first.theirs) })] : [];
  } catch {
    return [];
  }
}

async function checkBook(book, found, steps) {
  const note = (step) => {
    found.steps.push(step);
    steps.append(report.step(step));
  };
  note(await checkChain(book, publication));
  if (!all(book, "entry").size) {
    return;
  }
  note(await checkRules(book, publication));
  const comparison = await checkComparison(book, publication);
  note(comparison.step);
  if (hasReplies(book)) {
    note(checkReplies(book));
  }
  await checkFigures(book, comparison.book, found, note);
}

/** Every ranking in turn, telling the reader how far it got. */
async function checkFigures(book, before, found, note) {
  const scopes = rankings(book);
  const shown = element("div", { class: "check-rankings" });
  for (const [index, scope] of scopes.entries()) {
    summarise("progress", report.say("computing", { number: index + 1, total: scopes.length }));
    await new Promise((resume) => { setTimeout(resume); });
    const result = compare(book, scope, before);
    found.agreed += result.agreed;
    found.total += result.total;
    if (result.agreed !== result.total) {
      found.differences.push(report.difference(book, result));
    }
    shown.append(report.ranking(book, result));
  }
  const agrees = found.total > 0 && found.agreed === found.total;
  note({ name: "figures", state: agrees ? "agrees" : "differs", reason: agrees ? "figures_same" : "figures_other" });
  part("results").append(element("h3", {}, report.say("line_by_line")), shown);
}

/** One sentence on top that says what was found, and no more than was checked. */
function conclude({ steps, agreed, total, differences }) {
  const counts = total ? [report.say("counts", { agreed, total })] : [];
  const differing = steps.filter(({ state }) => state === "differs");
  const unchecked = steps.filter(({ state }) => state === "unchecked").map(({ name }) => words[`step_${name}`]);
  const left = unchecked.length ? [report.say("left", { names: unchecked.join(", ") })] : [];
  if (differing.length) {
    const reasons = differing.filter(({ reason, name }) => reason && name !== "figures").map(({ reason }) => report.say(reason));
    const first = differences.length ? [report.say("first", { difference: differences[0] })] : [];
    summarise("differs", report.say("does_not_agree"), ...first, ...reasons, ...counts, ...left);
  } else {
    const verdict = total ? report.say("all_agree", { agreed, total }) : report.say("code_agrees");
    summarise(unchecked.length ? "unchecked" : "agrees", verdict, ...left);
  }
}

function summarise(state, first, ...rest) {
  const mark = state === "progress" ? [] : [report.sign(state)];
  part("summary").className = `check-summary ${state}`;
  part("summary").replaceChildren(
    element("p", {}, ...mark, element("b", {}, first)),
    ...rest.map((sentence) => element("p", {}, sentence)),
  );
}

const cut = (text) => (text.length > 120 ? `${text.slice(0, 120)}…` : text);
