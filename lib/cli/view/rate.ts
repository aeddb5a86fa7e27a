/** Messages per whole second, for the last few seconds. */
export interface Rate {
  /** `[second, count]`, oldest first. */
  readonly seconds: readonly (readonly [second: number, count: number])[];
}

/** Over how many seconds the average goes. */
const SPAN = 5;

export const NO_RATE: Rate = { seconds: [] };

export function countMessages({ seconds }: Rate, at: number, count: number): Rate {
  const second = Math.floor(at / 1_000);
  const last = seconds.at(-1);
  if (last?.[0] === second) return { seconds: [...seconds.slice(0, -1), [second, last[1] + count]] };
  return { seconds: [...seconds, [second, count] as const].filter(([of]) => of >= second - SPAN) };
}

/** Messages per second over the last whole seconds; the second that has only begun is left out once there are others. */
export function perSecond({ seconds }: Rate, now: number, startedAt: number): number {
  const second = Math.floor(now / 1_000);
  const span = Math.min(SPAN, second - Math.floor(startedAt / 1_000));
  if (span < 1) return seconds.reduce((sum, [, count]) => sum + count, 0);
  const whole = seconds.filter(([of]) => of < second && of >= second - span);
  return whole.reduce((sum, [, count]) => sum + count, 0) / span;
}
