/**
 * A candle of a list as it goes over the bus: when it begins, and what it is. Of one list to the next a candle that did not
 * change is the same object, so that changes are told alone.
 */
export type ListedCandle = readonly [openTime: number, candle: unknown];

/**
 * How many candles of the past a call asks for. Who comes late to such a stream is told them all: it is relayed as the list of the
 * last ones, and each consumer makes candles of that.
 */
export function historyOf(method: string, args: readonly unknown[]): number | undefined {
  return method === 'candles' ? args.map(countOf).find((count) => count !== undefined) : undefined;
}

function countOf(arg: unknown): number | undefined {
  if (typeof arg !== 'object' || arg === null || !('history' in arg)) return undefined;
  return typeof arg.history === 'number' ? arg.history : undefined;
}
