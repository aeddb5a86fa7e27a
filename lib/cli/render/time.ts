/** Time of day in UTC: `09:31:04.120`. */
export const clock = (at: number): string => new Date(at).toISOString().slice(11, 23);

/** A stretch of time, in three digits or so: `48 ms`, `3.2 s`, `75 s`, `4 m 10 s`, `2 h 5 m`. */
export function stretch(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 10_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} m ${seconds % 60} s`;
  return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} m`;
}

/** An age for a line that is drawn again and again: whole seconds, so that it does not flicker. */
export const age = (ms: number): string =>
  stretch(Math.floor(Math.max(0, ms) / 1_000) * 1_000)
    .replace(/\.0 s$/, ' s')
    .replace(/^0 ms$/, '0 s');

/** A count with thousands set apart: `12,345`. */
export const count = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');
