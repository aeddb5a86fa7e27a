import { check } from '../errors/checks.js';
import {
  type OptionRule,
  aCount,
  aDuration,
  aNumber,
  aScheduler,
  aText,
  anObject,
  anything,
  checkConfig,
  checkOptions,
  fromZero,
  oneOf,
} from '../errors/optionRules.js';

const shared = {
  seed: aNumber,
  scheduler: aScheduler,
  // Looked at where it is known which faults the venue has.
  faults: anything,
  latency: anything,
  instruments: anything,
  stepEvery: aDuration,
  activity: fromZero,
  depth: aCount,
  history: aCount,
  limits: anObject,
};
const { seed, scheduler, stepEvery, activity, depth, history } = shared;
const sequence = oneOf('instrument', 'venue');
const market = { seed, scheduler, stepEvery, activity, depth, history, sequence, padding: fromZero };
/** A part of all, a probability. */
export const aFraction: OptionRule = [
  (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1,
  'a number from 0 to 1',
];

/**
 * Refuses a config of a simulated venue that can't be meant. Its faults are looked at by the {@link FaultSchedule}.
 *
 * @param limits What the venue's limits are called.
 * @param own What only this venue can be told.
 * @throws InvalidArgumentError
 */
export function checkVenueConfig(
  config: { readonly [K in keyof typeof shared]?: unknown },
  limits: object,
  own: Readonly<Record<string, OptionRule>>,
): void {
  checkOptions('config', config, { ...shared, ...own });
  const known = Object.fromEntries(Object.keys(limits).map((name) => [name, fromZero]));
  if (config.limits !== undefined) checkOptions('limits', config.limits, known);
  if (config.latency !== undefined) checkLatency(config.latency);
  checkInstruments(config.instruments);
}

/** The same for a market alone. It is made of the configs of venues, so that it knows no name to be unknown. */
export function checkMarketConfig(config: { readonly instruments?: unknown }): void {
  const others = Object.keys(Object(config) as object).map((name) => [name, anything] as const);
  checkOptions('config', config, { ...Object.fromEntries(others), ...market });
  checkInstruments(config.instruments);
}

function checkInstruments(instruments: unknown = []): void {
  check('instruments', Array.isArray(instruments), 'a list of symbols', instruments);
  for (const instrument of instruments as readonly unknown[]) checkInstrument(instrument);
}

/** Ms, or bounds of them. */
export function checkLatency(latency: unknown): void {
  if (fromZero[0](latency)) return;
  checkConfig('latency', latency, { least: fromZero, most: fromZero });
}

const spec = { symbol: aText, base: aText, quote: aText, price: aText, size: aText };

function checkInstrument(instrument: unknown): void {
  if (aText[0](instrument)) return;
  checkConfig('instruments', instrument, spec, { activity: fromZero, grain: aCount });
}
