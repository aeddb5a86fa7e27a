import { TradestationParameters } from './parameters.js';
import type { Refused } from './refused.js';

/** One option of a spread: where it stands from its first strike, in intervals, and in which expiration. */
interface LegShape {
  readonly side: 'C' | 'P' | 'own';
  readonly step: number;
  readonly ratio: number;
  readonly isLater?: true;
}

const own = (step: number, ratio: number): LegShape => ({ side: 'own', step, ratio });
const call = (step: number, ratio: number): LegShape => ({ side: 'C', step, ratio });
const put = (step: number, ratio: number): LegShape => ({ side: 'P', step, ratio });

/** Of what each kind of spread is made. Those of `own` are to be had of calls and of puts. */
export const spreadShapes = {
  Single: [own(0, 1)],
  Straddle: [call(0, 1), put(0, 1)],
  Strangle: [call(1, 1), put(0, 1)],
  Vertical: [own(0, 1), own(1, -1)],
  RatioBack1x2: [own(0, -1), own(1, 2)],
  RatioBack1x3: [own(0, -1), own(1, 3)],
  RatioBack2x3: [own(0, -2), own(1, 3)],
  Butterfly: [own(0, 1), own(1, -2), own(2, 1)],
  IronButterfly: [put(0, 1), put(1, -1), call(1, -1), call(2, 1)],
  Condor: [own(0, 1), own(1, -1), own(2, -1), own(3, 1)],
  IronCondor: [put(0, 1), put(1, -1), call(2, -1), call(3, 1)],
  Combo: [call(0, 1), put(0, -1)],
  Calendar: [own(0, -1), { ...own(0, 1), isLater: true }],
  Diagonal: [own(0, -1), { ...own(1, 1), isLater: true }],
} as const satisfies Readonly<Record<string, readonly LegShape[]>>;

type SpreadType = keyof typeof spreadShapes;
const spreadTypes = Object.keys(spreadShapes) as SpreadType[];

/** Spreads with shares of the underlying in them: what the venue tells of those is documented nowhere. */
const OF_SHARES = ['covered', 'collar'];

/** Which part of a chain is asked for. */
export interface WantedChain {
  readonly kind: 'chain';
  readonly symbol: string;
  readonly spread: SpreadType;
  /** In ms; the next one where it is not named. */
  readonly expiration: number | undefined;
  readonly expiration2: number | undefined;
  readonly strikes: number;
  readonly interval: number;
  /** Where the chain is cut; at the price of the underlying where it is not named. */
  readonly center: number | undefined;
  readonly range: 'All' | 'ITM' | 'OTM';
  readonly type: 'All' | 'Call' | 'Put';
  readonly pricing: Pricing;
}

/** How options are valued. */
export interface Pricing {
  readonly greeks: boolean;
  /** A fraction. */
  readonly rate: number;
}

export function chainOf(symbol: string, query: URLSearchParams): WantedChain | Refused {
  const parameters = new TradestationParameters(query);
  if (OF_SHARES.includes(parameters.text('spreadType')?.toLowerCase() ?? ''))
    parameters.refuse('spreadType', 'spreadType: spreads with shares in them are not simulated');
  const spread = parameters.word('spreadType', spreadTypes, 'Single');
  const [expiration, expiration2] = [parameters.time('expiration'), parameters.time('expiration2')];
  if ((spread === 'Calendar' || spread === 'Diagonal') && expiration2 === undefined)
    parameters.refuse('expiration2', `expiration2 is needed for ${spread}`);
  const wanted: WantedChain = {
    kind: 'chain',
    symbol,
    spread,
    expiration,
    expiration2,
    strikes: parameters.whole('strikeProximity', 1, 100, 5),
    interval: parameters.whole('strikeInterval', 1, 100, 1),
    center: parameters.number('priceCenter', 0, 'a price above 0', (value) => value > 0) || undefined,
    range: parameters.word('strikeRange', ['All', 'ITM', 'OTM'], 'All'),
    type: parameters.word('optionType', ['All', 'Call', 'Put'], 'All'),
    pricing: pricingOf(parameters),
  };
  return parameters.refused ?? wanted;
}

export const pricingOf = (parameters: TradestationParameters): Pricing => ({
  greeks: parameters.flag('enableGreeks', true),
  rate: parameters.number('riskFreeRate', 0.02, 'a fraction from 0 to 1', (value) => value >= 0 && value <= 1),
});
