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
  checkKind,
  checkOptions,
  fromZero,
  oneOf,
} from '../errors/optionRules.js';

/** No timer of the platform waits longer: it would fire at once. */
const LONGEST = 2 ** 31 - 1;
/** What is done at once has an end: more levels of a book, or steps of a market, than this keep a process for seconds. */
const MOST = 1_000_000;

const aNumberUpTo = (most: number, isRight: (value: unknown) => boolean, from: string): OptionRule => [
  (value: unknown): boolean => isRight(value) && Number(value) <= most,
  `${from} to ${most}`,
];
const aWait = aNumberUpTo(LONGEST, fromZero[0], 'a number of ms from 0');
const aFigure = aNumberUpTo(MOST, fromZero[0], 'a number from 0');
const aFewOf = aNumberUpTo(MOST, aCount[0], 'a whole number from 1');

const shared = {
  seed: aNumber,
  scheduler: aScheduler,
  // Looked at where it is known which faults the venue has.
  faults: anything,
  latency: anything,
  instruments: anything,
  stepEvery: aNumberUpTo(LONGEST, aDuration[0], 'a number of ms above 0'),
  activity: aFigure,
  depth: aFewOf,
  history: aCount,
  limits: anObject,
};
const { seed, scheduler, stepEvery, activity, depth, history } = shared;
const sequence = oneOf('instrument', 'venue');
const market = { seed, scheduler, stepEvery, activity, depth, history, sequence, padding: aFigure };
/** How many of something are made at once. */
export const howMany: OptionRule = aNumberUpTo(
  MOST,
  (value) => Number.isInteger(value) && Number(value) >= 0,
  'a whole number from 0',
);
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
  if (typeof latency !== 'number') checkConfig('latency', latency, { least: aWait, most: aWait });
  else checkKind('latency', aWait, latency);
}

const spec = { symbol: aText, base: aText, quote: aText, price: aText, size: aText };

function checkInstrument(instrument: unknown): void {
  if (aText[0](instrument)) return;
  checkConfig('instruments', instrument, spec, { activity: aFigure, grain: aFewOf });
}
