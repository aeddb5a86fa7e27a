import type { Dialect, Link, Topic, TopicRequest } from '../../../socket/plan.js';
import { type DialectConfig, isPassing, streamDialect } from './dialect.js';
import { type QuoteNotice, type QuoteWish, isNotice } from './quoteWire.js';
import { quoteKey } from '../topics.js';

/** What a quote channel is given. */
export interface QuotePayload {
  readonly frame: unknown;
  /** The first one after an opening: it holds all there is, and replaces what was held. */
  readonly isFull: boolean;
}

export interface QuoteDialectConfig {
  readonly link: Link;
  readonly watch: DialectConfig['watch'];
  readonly alongside: Dialect['alongside'];
}

/** How quotes are had over a wire of ours ({@link QuoteWish}, {@link QuoteNotice}), and the venue's frames on it read. */
export function quoteDialect({ link, watch, alongside }: QuoteDialectConfig): Dialect {
  /** Symbols whose next frame is a full one. */
  let fresh = new Set<string>();
  /** Symbols that a stream was opened with. */
  let opened = new Set<string>();

  const say = (op: QuoteWish['op'], symbols: readonly string[]): string =>
    JSON.stringify({ op, symbols } satisfies QuoteWish);
  const wish =
    (op: QuoteWish['op']) =>
    (topics: readonly Topic[]): TopicRequest => ({
      text: say(
        op,
        topics.map(({ detail }) => String(detail)),
      ),
    });
  const end = (symbol: string, words: string): void => {
    link.send(say('forget', [symbol]));
    link.rejected(quoteKey(symbol), words);
  };
  const hear = (notice: QuoteNotice): void => {
    if (notice.quoteWire === 'refused') {
      for (const symbol of notice.symbols) link.rejected(quoteKey(symbol), notice.text ?? '');
      return;
    }
    opened = new Set(notice.symbols);
    fresh = new Set(notice.symbols);
    for (const symbol of opened) link.confirmed(quoteKey(symbol));
  };

  return {
    ...streamDialect({
      link,
      watch,
      alongside,
      keys: () => [...opened].map(quoteKey),
      reader: {
        own: (frame) => {
          if (!isNotice(frame)) return false;
          hear(frame);
          return true;
        },
        // It may have told something of any symbol.
        missed: () => {
          link.send(say('again', []));
        },
        data: (frame) => {
          const { Symbol: symbol } = frame;
          // Whose it was can't be known, and what it told is missing.
          if (typeof symbol !== 'string') throw new TypeError('a quote without a symbol');
          const isFull = fresh.delete(symbol);
          link.deliver(quoteKey(symbol), { frame, isFull } satisfies QuotePayload);
        },
        symbolError: (symbol, error) => {
          if (isPassing(error)) link.complain(`${symbol}: ${error}`);
          else end(symbol, error);
        },
      },
    }),
    implicit: false,
    // What takes long is the turn of its stream; asking again changes nothing.
    patience: (asks) => 6 * asks,
    subscribe: wish('add'),
    unsubscribe: wish('remove'),
  };
}
