// Codes as an authenticator app shows them (RFC 6238): HMAC-SHA-1, six digits, thirty seconds.
import { createHmac } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_MS = 30_000;

/** The bytes of a secret in Base32 (RFC 4648), as it is typed into an app that cannot scan. */
export function secretBytes(base32) {
  const bits = [...base32].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

/** The code of an instant, in milliseconds since 1970. */
export function codeAt(base32, atMs) {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(atMs / STEP_MS)));
  const mac = createHmac("sha1", secretBytes(base32)).update(step).digest();
  const offset = mac[mac.length - 1] & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/** The code that is shown now, and the one that comes after it: no code works twice, but clocks may differ by a step. */
export const codeNow = (base32) => codeAt(base32, Date.now());
export const codeNext = (base32) => codeAt(base32, Date.now() + STEP_MS);
