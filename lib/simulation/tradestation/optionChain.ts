import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { type Leg, worthOf } from './option.js';
import { type Refused, badRequest } from './refused.js';
import { type WantedChain, spreadShapes } from './wantedChain.js';
import { thirdFridayOf } from './asset.js';

/** No chain is of before: clocks of tests begin in 1970. */
const FIRST = Date.UTC(2026, 11, 1);
const DAY = 86_400_000;
/** So many months have options. */
const MONTHS = 6;

/** When options end: on the third Fridays of the months to come, in ms. */
export function expirationsAt(now: number): readonly number[] {
  const from = Math.max(now, FIRST);
  const date = new Date(from);
  return Array.from({ length: MONTHS + 1 }, (_, i) => thirdFridayOf(date.getUTCFullYear(), date.getUTCMonth() + i))
    .filter((friday) => friday + DAY > from)
    .slice(0, MONTHS);
}

/** The spreads of a chain as it stands when it is asked for: which strikes, and which of them are in the money. */
export function spreadsOf(
  instrument: SimulatedInstrument,
  wanted: WantedChain,
  now: number,
): readonly (readonly Leg[])[] | Refused {
  const known = expirationsAt(now);
  const [next = FIRST] = known;
  const { expiration = next, expiration2 = expiration, range, symbol } = wanted;
  if (!known.includes(expiration)) return badRequest('expiration is no day on which options expire');
  if (!known.includes(expiration2) || expiration2 < expiration)
    return badRequest('expiration2 is no later day on which options expire');
  const spot = Number(instrument.units.priceText(instrument.tape.lastTick));
  const center = Math.round(wanted.center ?? Number(instrument.units.priceText(0)));
  const strikes = Array.from({ length: 2 * wanted.strikes }, (_, i) => center - wanted.strikes + i);
  const all = sidesOf(wanted).flatMap((side) =>
    strikes.map((strike) =>
      spreadShapes[wanted.spread].map((shape): Leg => {
        const day = dayText('isLater' in shape ? expiration2 : expiration);
        const at = strike + shape.step * wanted.interval;
        return { symbol: `${symbol} ${day}${shape.side === 'own' ? side : shape.side}${at}`, ratio: shape.ratio };
      }),
    ),
  );
  return range === 'All' ? all : all.filter((legs) => worthOf(legs, spot) > 0 === (range === 'ITM'));
}

/** Of calls, of puts, or of both at once. */
function sidesOf({ spread, type }: WantedChain): readonly ('C' | 'P')[] {
  const isOfOne = spreadShapes[spread].some(({ side }) => side === 'own');
  if (!isOfOne) return ['C'];
  return type === 'All' ? ['C', 'P'] : type === 'Call' ? ['C'] : ['P'];
}

/** `261218` */
const dayText = (ms: number): string => new Date(ms).toISOString().slice(2, 10).replaceAll('-', '');
