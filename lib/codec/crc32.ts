/** Of each byte, reflected, by the polynomial of Ethernet, gzip and PNG. */
const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/** Of each byte with one, two and three more behind it. */
const TABLE_1 = furtherOf(TABLE);
const TABLE_2 = furtherOf(TABLE_1);
const TABLE_3 = furtherOf(TABLE_2);

function furtherOf(table: Int32Array): Int32Array {
  return table.map((sum) => (sum >>> 8) ^ (TABLE[sum & 0xff] as number));
}

/**
 * CRC-32 (IEEE 802.3) of a text of ASCII, as a signed number of 32 bits: `crc32('123456789')` is `-873187034`, and
 * `>>> 0` makes it unsigned.
 *
 * @param before The sum of what stands before the text: `crc32('89', crc32('1234567'))` is the same.
 */
export function crc32(text: string, before = 0): number {
  const { length } = text;
  let sum = ~before;
  let i = 0;
  // Four at a time, each by a table of its own, need not wait for each other; and straight out of the text, which is quicker
  // than to join texts first. This is on the way of every frame that bears a checksum.
  for (; i + 4 <= length; i += 4) {
    sum ^=
      text.charCodeAt(i) |
      (text.charCodeAt(i + 1) << 8) |
      (text.charCodeAt(i + 2) << 16) |
      (text.charCodeAt(i + 3) << 24);
    sum =
      (TABLE_3[sum & 0xff] as number) ^
      (TABLE_2[(sum >>> 8) & 0xff] as number) ^
      (TABLE_1[(sum >>> 16) & 0xff] as number) ^
      (TABLE[sum >>> 24] as number);
  }
  for (; i < length; i += 1) sum = (sum >>> 8) ^ (TABLE[(sum ^ text.charCodeAt(i)) & 0xff] as number);
  return ~sum;
}

/** The same over one character, by its code. */
export function crc32OfCode(code: number, before: number): number {
  const sum = ~before;
  return ~((sum >>> 8) ^ (TABLE[(sum ^ code) & 0xff] as number));
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

/** Texts behind are moved past by so many characters at once. */
const MOST = 32;
/** By how many characters stand behind: what each byte of a sum comes to behind them, the four bytes one after the other. */
const BEHIND: Int32Array[] = [];

/**
 * The sum of two texts, one behind the other, by the sums of both: `crc32Joined(crc32('12'), crc32('345'), 3)` is
 * `crc32('12345')`. Takes as long as a few characters.
 *
 * @param length How many characters the text behind has.
 */
export function crc32Joined(before: number, behind: number, length: number): number {
  let sum = before;
  for (let rest = length; rest > 0; rest -= MOST) {
    const at = Math.min(rest, MOST);
    const table = (BEHIND[at] ??= behindOf(at));
    sum =
      (table[sum & 0xff] as number) ^
      (table[0x100 + ((sum >>> 8) & 0xff)] as number) ^
      (table[0x200 + ((sum >>> 16) & 0xff)] as number) ^
      (table[0x300 + (sum >>> 24)] as number);
  }
  return sum ^ behind;
}

function behindOf(length: number): Int32Array {
  return Int32Array.from({ length: 0x400 }, (_, i) => {
    let sum = (i & 0xff) << (8 * (i >>> 8));
    for (let at = 0; at < length; at += 1) sum = (sum >>> 8) ^ (TABLE[sum & 0xff] as number);
    return sum;
  });
}
