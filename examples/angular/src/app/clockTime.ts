/** The time of day, in the reader's zone: `09:30:05`. */
export const clockTime = (at: number): string =>
  new Date(at).toLocaleTimeString(undefined, { hour12: false, hour: '2-digit', minute: '2-digit', second: '2-digit' });
