/** A venue's object under the venue's keys. */
export type Fields = Readonly<Record<string, unknown>>;

/** What one stream has to say, to one who hears it. */
export interface StreamSource {
  /** What is said at the opening. */
  begin(now: number): readonly string[];
  /** What has come since it was last asked. */
  pulse(now: number): readonly string[];
  /** The same line with a bid above the best ask, where it can hold one. */
  cross?(line: string): string | undefined;
}

/** A time as the venue writes it. */
export const timeText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** Only what is another than before. */
export function changes(before: Fields, after: Fields): Fields {
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name] !== value));
}
