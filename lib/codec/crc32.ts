/** Of each byte, reflected, by the polynomial of Ethernet, gzip and PNG. */
const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/**
 * CRC-32 (IEEE 802.3) of a text of ASCII, as a signed number of 32 bits: `crc32('123456789')` is `-873187034`, and
 * `>>> 0` makes it unsigned.
 *
 * @param before The sum of what stands before the text: `crc32('89', crc32('1234567'))` is the same.
 */
export function crc32(text: string, before = 0): number {
  let sum = ~before;
  // By index: this is on the way of every frame that bears a checksum.
  for (let i = 0; i < text.length; i += 1) sum = (sum >>> 8) ^ (TABLE[(sum ^ text.charCodeAt(i)) & 0xff] as number);
  return ~sum;
}

/**
 * The same over a decimal's digits alone, without its point and without the zeros ahead of its first other digit:
 * `0.00000500` counts as `500`.
 */
export function crc32OfDigits(decimal: string, before = 0): number {
  let sum = ~before;
  let isAhead = true;
  for (let i = 0; i < decimal.length; i += 1) {
    const code = decimal.charCodeAt(i);
    if (code === POINT || (isAhead && code === ZERO)) continue;
    isAhead = false;
    sum = (sum >>> 8) ^ (TABLE[(sum ^ code) & 0xff] as number);
  }
  return ~sum;
}
const [POINT, ZERO] = [46, 48];
