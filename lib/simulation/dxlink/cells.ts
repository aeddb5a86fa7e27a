/**
 * One event as the venue writes it: JSON text by field name. Text, because a 64-bit index is a number in JSON that no
 * double holds.
 */
export type Cells = Readonly<Record<string, string>>;

/** What a double is written as that there is none of. */
export const NONE = '"NaN"';

export const text = (value: string): string => JSON.stringify(value);

/** A decimal text as a JSON number, without zeros at its end. */
export const number = (value: string | number): string => String(Number(value));

/** `floor(sec) << 32 | ms << 22 | sequence` (dxfeed-graal-net-api, `Events/Market/TimeAndSale.cs`). */
export function timeIndex(time: number, sequence: number): string {
  const seconds = BigInt(Math.floor(time / 1_000));
  return String((seconds << 32n) | (BigInt(time % 1_000) << 22n) | BigInt(sequence));
}

export const TX_PENDING = 0x01;
export const REMOVE_EVENT = 0x02;
export const SNAPSHOT_BEGIN = 0x04;
export const SNAPSHOT_END = 0x08;
export const SNAPSHOT_SNIP = 0x10;

/** Several events as one snapshot: the first begins it, the last ends it. */
export function asSnapshot(rows: readonly Cells[], last: Cells, end = SNAPSHOT_END): readonly Cells[] {
  const all = [...rows, last];
  return all.map((row, place) => {
    const flags =
      (place === 0 ? SNAPSHOT_BEGIN : 0) | (place === all.length - 1 ? end | Number(row['eventFlags'] ?? 0) : 0);
    return { ...row, eventFlags: String(flags) };
  });
}

/** Several events as one transaction: more follow behind each but the last. */
export const asTransaction = (rows: readonly Cells[]): readonly Cells[] =>
  rows.map((row, place) => ({
    ...row,
    eventFlags: String(Number(row['eventFlags'] ?? 0) | (place === rows.length - 1 ? 0 : TX_PENDING)),
  }));

/** What every event begins with. */
export const head = (symbol: string): Cells => ({ eventSymbol: text(symbol), eventTime: '0' });

export const DAY = 86_400_000;
/** When the day of a time began, in UTC. */
export const dayOf = (time: number): number => time - (time % DAY);
export const dayId = (time: number): string => String(Math.floor(time / DAY));
