const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/** CRC-32 (IEEE 802.3) of a text of ASCII, unsigned. */
export function crc32(text: string): number {
  let sum = -1;
  for (let i = 0; i < text.length; i += 1) sum = (sum >>> 8) ^ (TABLE[(sum ^ text.charCodeAt(i)) & 0xff] ?? 0);
  return ~sum >>> 0;
}
