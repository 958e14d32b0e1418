/* Exact fractions of whole numbers of any size, and the one rounding. */

/** A fraction in lowest terms; its sign stands above. */
export function fraction(above, below = 1n) {
  const sign = below < 0n ? -1n : 1n;
  const shared = divisor(above < 0n ? -above : above, below * sign) || 1n;
  return { above: (above * sign) / shared, below: (below * sign) / shared };
}

/** The difference of two fractions. */
export const minus = (left, right) =>
  fraction(left.above * right.below - right.above * left.below, left.below * right.below);

/** Points as whole tenths, half away from zero. */
export function tenths({ above, below }) {
  const size = above < 0n ? -above : above;
  const rounded = (size * 20n + below) / (below * 2n);
  return above < 0n ? -rounded : rounded;
}

/** As manifests write it: `15/2`, or `7` where it is whole. */
export const written = ({ above, below }) => (below === 1n ? `${above}` : `${above}/${below}`);

/** A fraction from that writing. */
export function read(text) {
  const [above, below = "1"] = text.split("/");
  return fraction(BigInt(above), BigInt(below));
}

function divisor(left, right) {
  return right ? divisor(right, left % right) : left;
}
