import type { OptionChain, OptionLeg } from '../../operators/optionChain.js';
import type { DxLinkEvent, DxLinkQuote } from '../../venues/dxlink/index.js';
import type { TableView } from '../view/tableView.js';

/** What a board is made of. */
export interface Board {
  readonly symbols: readonly string[];
  readonly quotes: ReadonlyMap<string, DxLinkQuote>;
  readonly trades: ReadonlyMap<string, DxLinkEvent<'Trade'>>;
  readonly chain: OptionChain<DxLinkQuote, DxLinkEvent<'Greeks'>>;
}

const COLUMNS = ['symbol', 'size', 'bid', 'ask', 'size', 'last', 'volume'].map((name, place) => ({
  name,
  right: place > 0,
}));
/** The same columns, as the chain below the quotes uses them. */
const CHAIN = ['strike', 'call bid', 'ask', 'delta', 'put bid', 'ask', 'delta'];

/** Quotes of some symbols, and below them the option chain of the first. */
export function dxlinkTable({ symbols, quotes, trades, chain }: Board): TableView {
  const quoted = symbols.filter((symbol) => quotes.has(symbol));
  const status =
    quoted.length === symbols.length ? 'live' : `${String(quoted.length)} of ${String(symbols.length)} live`;
  const rows = symbols.map((symbol) => {
    const quote = quotes.get(symbol);
    const trade = trades.get(symbol);
    return [
      symbol,
      quote?.bidSize,
      quote?.bidPrice,
      quote?.askPrice,
      quote?.askSize,
      trade?.price,
      trade?.dayVolume,
    ].map(cell);
  });
  const options = chain.map(({ strike, call, put }) => [cell(strike), ...legCells(call), ...legCells(put)]);
  const [first = ''] = symbols;
  const { bidPrice, askPrice } = quotes.get(first) ?? {};
  return {
    status,
    columns: COLUMNS,
    rows: options.length === 0 ? rows : [...rows, [], CHAIN, ...options],
    summary: `board ${status}: ${first} ${cell(bidPrice)} | ${cell(askPrice)}; ${String(chain.length)} strikes`,
    json: {
      status,
      quotes: Object.fromEntries(quoted.map((symbol) => [symbol, pricesOf(quotes.get(symbol))])),
      chain: chain.map(({ expiration, strike, call, put }) => ({
        expiration,
        strike,
        call: legOf(call),
        put: legOf(put),
      })),
    },
  };
}

type Leg = OptionLeg<DxLinkQuote, DxLinkEvent<'Greeks'>> | undefined;

const legCells = (leg: Leg): readonly string[] => [
  cell(leg?.quote?.bidPrice),
  cell(leg?.quote?.askPrice),
  leg?.greeks?.delta?.toFixed(3) ?? '–',
];
const legOf = (leg: Leg): object | undefined => leg && { ...pricesOf(leg.quote), delta: leg.greeks?.delta };
const pricesOf = (quote: DxLinkQuote | undefined): object => ({ bid: quote?.bidPrice, ask: quote?.askPrice });
const cell = (value: string | number | undefined): string => (value === undefined ? '–' : String(value));
