import { Big } from 'big.js';
import { imbalanceOf } from '../../book/imbalanceOf.js';
import { withDecimals } from './decimals.js';
import { imbalanceText } from './imbalance.js';
import type { Paint } from './paint.js';
import { age, stretch } from './time.js';
import { clean, fit, fitRight, widthOf } from './text.js';
import type { WatchState } from '../view/watchState.js';

/** Levels whose sizes the imbalance is of. */
const LEVELS = 10;
const GAP = '  ';

/** A row for each instrument, the chosen one marked, in at most `height` lines: how it is, its best prices. */
export function strip(
  views: readonly WatchState[],
  chosen: number,
  width: number,
  height: number,
  paint: Paint,
): readonly string[] {
  const rows = views.map((view) => cellsOf(view));
  const all = [HEADING, ...rows];
  const widths = HEADING.map((_, column) => all.reduce((most, row) => Math.max(most, widthOf(row[column] ?? '')), 0));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => (column < 2 ? fit : fitRight)(cell, widths[column] ?? 0)).join(GAP);
  const room = Math.max(1, height - 1);
  const begin = Math.max(0, Math.min(chosen - Math.floor(room / 2), views.length - room));
  const shown = views.slice(begin, begin + room).map((view, index) => {
    const place = begin + index;
    const text = fit(`${place === chosen ? '▸' : ' '}${line(rows[place] ?? [])}`, width);
    const colour = colourOf(view, paint);
    return place === chosen ? paint.bold(colour(text)) : colour(text);
  });
  return [paint.dim(fit(` ${line(HEADING)}`, width)), ...shown].slice(0, height);
}

const HEADING = ['symbol', 'status', 'bid', 'ask', 'spread', 'imbalance', 'last'] as const;

function cellsOf(view: WatchState): readonly string[] {
  const { subject, book, quotes, trades, candles, ticker, refused, digits } = view;
  const name = clean(subject.instrument);
  if (refused !== undefined) return [name, 'refused', '–', '–', '–', '–', '–'];
  // A stale book has no top worth telling.
  const top = book.status === 'live' ? [book.book.bestBid, book.book.bestAsk] : [quotes[0]?.bid, quotes[0]?.ask];
  const [bid, ask] = top.map((level) => level?.exact.price);
  const spread = bid === undefined || ask === undefined ? '–' : new Big(ask).minus(bid).toFixed();
  const last = trades[0]?.exact.price ?? candles[0]?.exact.close ?? ticker?.exact.last;
  const price = (text: string | undefined): string =>
    text === undefined ? '–' : withDecimals(text, digits.price.decimals);
  return [
    name,
    statusOf(view),
    price(bid),
    price(ask),
    spread,
    book.status === 'live' ? imbalanceIn(imbalanceOf(book.book, LEVELS)) : '–',
    price(last),
  ];
}

const imbalanceIn = (share: number | undefined): string =>
  share === undefined ? '–' : imbalanceText(String(1 + share), String(1 - share));

function statusOf({ subject, book, bookSince, now, table }: WatchState): string {
  if (subject.channel !== 'book') return table?.status ?? subject.channel;
  if (book.status === 'stale') return `stale ${stretch(now - book.since)}: ${book.reason}`;
  return `${book.status} ${age(now - bookSince)}`;
}

function colourOf({ subject, book, refused }: WatchState, paint: Paint): (text: string) => string {
  if (refused !== undefined || (subject.channel === 'book' && book.status === 'stale')) return paint.red;
  return subject.channel === 'book' && book.status === 'syncing' ? paint.yellow : (text) => text;
}
