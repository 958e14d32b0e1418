/* The code of verification: SHA-256, by the browser where it offers it (secure pages only), else by the lines below. */

const ROUNDS = 64;
const BLOCK = 64;

/* The first 32 bits of the fractional part of a root of a prime, from exact integers (FIPS 180-4, §4.2.2 and §5.3.3). */
const PRIMES = primes(ROUNDS);
const CONSTANTS = PRIMES.map((prime) => rootBits(prime, 3n));
const START = PRIMES.slice(0, 8).map((prime) => rootBits(prime, 2n));

/** The hex SHA-256 of bytes, as `sha256sum` prints it. */
export async function sha256(bytes) {
  if (globalThis.crypto?.subtle) {
    return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  }
  return ownSha256(bytes);
}

/** The same without the browser's help. */
export function ownSha256(bytes) {
  const padded = pad(bytes);
  const state = Uint32Array.from(START);
  for (let at = 0; at < padded.byteLength; at += BLOCK) {
    addBlock(state, new DataView(padded.buffer, at, BLOCK));
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => digest.setUint32(index * 4, word));
  return hex(new Uint8Array(digest.buffer));
}

function pad(bytes) {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / BLOCK) * BLOCK);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  return padded;
}

function addBlock(state, block) {
  const words = new Uint32Array(ROUNDS);
  for (let i = 0; i < ROUNDS; i += 1) {
    words[i] = i < 16 ? block.getUint32(i * 4) : sigma(words[i - 2], 17, 19, 10) + words[i - 7]
      + sigma(words[i - 15], 7, 18, 3) + words[i - 16];
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < ROUNDS; i += 1) {
    const one = (h + turned(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + CONSTANTS[i] + words[i]) | 0;
    const two = (turned(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => { state[index] += word; });
}

const turn = (word, by) => (word >>> by) | (word << (32 - by));
const turned = (word, x, y, z) => turn(word, x) ^ turn(word, y) ^ turn(word, z);
const sigma = (word, x, y, shift) => turn(word, x) ^ turn(word, y) ^ (word >>> shift);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function primes(count) {
  const found = [];
  for (let number = 2; found.length < count; number += 1) {
    if (found.every((prime) => number % prime)) {
      found.push(number);
    }
  }
  return found;
}

function rootBits(prime, degree) {
  const wanted = BigInt(prime) << (32n * degree);
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    [low, high] = middle ** degree <= wanted ? [middle, high] : [low, middle];
  }
  return Number(low & 0xffffffffn);
}
