"""Rehace las cuentas de una publicación: python3 compruebalo.py manifiesto.csv CÓDIGO (Python 3.8 o posterior)."""

import collections, csv, fractions, hashlib, io, pathlib, sys

content = pathlib.Path(sys.argv[1]).read_bytes()
print("código de verificación:", "coincide" if hashlib.sha256(content).hexdigest() == sys.argv[2] else "NO COINCIDE")
book = collections.defaultdict(lambda: collections.defaultdict(dict))
for record, key, field, value in csv.reader(io.StringIO(content.decode())):
    book[record][key][field] = value
method, demands, stated = book["method"][""], book["demand"], book["standing"]
for name in dict.fromkeys(key.split("/")[0] for key in stated):
    inside = [n for n, demand in demands.items() if name in ("overall", "theme:" + demand["theme"], "demand:" + n)]
    means, shown, least = {}, {}, int(method[f"minimum_{'theme_' * (name != 'overall')}coverage_percent"])
    for town in book["entry"]:
        cells = [book["score"][f"{town}/{n}"] for n in inside for _ in range(int(demands[n]["weight"]))]
        marks = [cell.get("rating") or method.get(cell["absence"] + "_counts_as") or cell["absence"] for cell in cells]
        scores = [fractions.Fraction(mark) for mark in marks if mark[0].isdigit()]
        means[f"{name}/{town}"] = sum(scores) / len(scores) if scores else None
        if scores and "refused" not in marks and 100 * len(scores) >= least * sum(m != "not_applicable" for m in marks):
            shown[f"{name}/{town}"] = int(means[f"{name}/{town}"] * 10 + fractions.Fraction(1, 2))  # en décimas
    place = {row: str(1 + sum(other > tenths for other in shown.values())) for row, tenths in shown.items()}
    same = [(stated[r].get("exact", "None"), stated[r].get("place")) == (str(means[r]), place.get(r)) for r in means]
    print(f"{name}: coinciden {sum(same)} de {len(same)} promedios y lugares")
