/* Runs the cases of tests/vectors/ through the modules that the page itself uses; answers what came out otherwise. */
async ([sums, rounds, fields, decided]) => {
  const folder = document.querySelector("script[type=module][src*='verify.js']").src.replace(/[^/]+$/, "");
  const [fractions, rules, digest, replies] = await Promise.all(
    ["fractions", "rules", "digest", "replies"].map((name) => import(`${folder}${name}.js`)));
  const wrong = [];
  let checked = 0;
  const expect = (what, found, expected) => {
    checked += 1;
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
      wrong.push({ what, found, expected });
    }
  };

  const ABSENCES = { unrated: "not_rated", na: "not_applicable", refused: "refused", pending: "pending", unpublished: "unpublished" };
  const tenths = (word) => BigInt(word.replace(".", "") + (word.includes(".") ? "" : "0"));
  const cell = (word) => (word in ABSENCES ? { rating: null, absence: ABSENCES[word] } : { rating: tenths(word) });
  const written = (word) => (word in ABSENCES ? { absence: ABSENCES[word] } : { rating: word });

  for (const [exact, shown] of sums.rounding) {
    expect(`rounding ${exact}`, `${fractions.tenths(fractions.read(exact))}`, shown);
  }
  for (const { cells, weights, zero, least, exact, counts, unplaced } of sums.averages) {
    const pairs = cells.split(" ").map((word, index) => [cell(word), BigInt(weights.split(" ")[index])]);
    const mean = rules.average(pairs, zero ? 0n : null);
    expect(`mean of ${cells}`, mean.exact && fractions.written(mean.exact), exact);
    const found = [mean.rated, mean.applicable, mean.refused, Number(mean.ratedWeight), Number(mean.applicableWeight)];
    expect(`counts of ${cells}`, found, counts);
    expect(`bar of ${cells}, ${least}`, rules.barToAPlace(mean, BigInt(least), zero), unplaced);
  }
  for (const { values, rows } of sums.places) {
    const candidates = Object.entries(values).map(([code, exact]) => ({ code, sortKey: code, exact: fractions.read(exact), bar: null }));
    const found = rules.rank(candidates).map((row) => `${row.code} ${row.tenths} ${row.place} ${row.shared ? "yes" : "no"}`);
    expect(`places of ${Object.keys(values)}`, found, rows);
  }
  for (const [text, code] of sums.codes) {
    const bytes = new TextEncoder().encode(text);
    expect(`own code of ${text}`, digest.ownSha256(bytes), code);
    expect(`code of ${text}`, await digest.sha256(bytes), code);
  }

  const book = ({ overall, zero, least, weights, fresh }, lines) => new Map([
    ["method", new Map([["", {
      overall: overall ? "yes" : "no",
      minimum_coverage_percent: `${least[0]}`,
      minimum_theme_coverage_percent: `${least[1]}`,
      ...(zero ? { refused_counts_as: "0.0" } : {}),
    }]])],
    ["theme", new Map([["seguridad", {}], ["transparencia", {}]])],
    ["demand", new Map(weights.map((weight, index) => [`${index + 1}`, { theme: ["seguridad", "transparencia"][index % 2], weight: `${weight}` }]))],
    ["entry", new Map(Object.keys(lines).map((name) => [name, { sort_key: name.toLowerCase(), mandate_starts_on: fresh.includes(name) ? "2022-03-15" : "2020-10-01" }]))],
    ["score", new Map(Object.entries(lines).flatMap(([name, line]) => line.split(" ").map((word, index) => [`${name}/${index + 1}`, written(word)])))],
  ]);
  for (const { now, before, rows, ...rest } of rounds) {
    const current = book({ ...rest, fresh: rest.new }, now);
    const earlier = before && book({ ...rest, fresh: [] }, before);
    const found = rules.scopes(current).flatMap((scope) => rules.standings(current, scope, earlier)
      .map((row) => [scope, row.code, ...fields.map((name) => row.fields[name] ?? "-")].join(" ")));
    expect(`rows of ${JSON.stringify(now)}`, found, rows);
  }
  for (const { now, changed, places, ...rest } of decided) {
    const asked = changed.map((line) => line.split(" "));
    const word = (text) => written(text).absence ?? (text.includes(".") ? text : `${text}.0`);
    const current = book({ ...rest, fresh: [] }, now).set("reply", new Map(asked.map(([name, number, before, after]) => [
      `${name}/${number}`, { verdict: "changed", before: word(before), after: word(after) }])));
    const found = replies.places(current);
    const lines = asked.map(([name, number]) => {
      const { place_before: before = "-", place_after: after = "-" } = found.get(`${name}/${number}`);
      return `${name} ${number} ${before} ${after}`;
    });
    expect(`decisions ${changed}`, lines, places);
  }
  return { checked, wrong };
}
