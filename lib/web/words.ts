/** Time of day in UTC: `09:31:04`. */
export const clock = (at: number): string => new Date(at).toISOString().slice(11, 19);

/** How long ago something was: `120 ms`, `3.2 s`, `75 s`. */
export const ago = (ms: number): string =>
  ms < 1_000 ? `${Math.round(ms)} ms` : ms < 10_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.floor(ms / 1_000)} s`;

/** How many decimals a decimal has. */
export const decimalsOf = (text: string): number => text.replace(/^[^.]*\.?/, '').replace(/0+$/, '').length;

/** A decimal with so many decimals where it has no more, for columns. Rounds nothing. */
export function withDecimals(text: string, decimals: number): string {
  const plain = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  const missing = decimals - decimalsOf(plain);
  return missing <= 0 ? plain : `${plain}${plain.includes('.') ? '' : '.'}${'0'.repeat(missing)}`;
}
