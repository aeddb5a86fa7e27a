import type { JsonObject } from '../../../codec/jsonObject.js';
import type { Dialect, Link, Topic, TopicRequest } from '../../../socket/plan.js';
import { type DialectConfig, StreamDialect, isPassing } from './dialect.js';
import { type QuoteNotice, type QuoteWish, isNotice } from './quoteWish.js';
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
export class QuoteDialect implements Dialect {
  readonly alongside: Dialect['alongside'];
  readonly #stream: StreamDialect;
  readonly #link: Link;
  /** Of the symbols that frames were about. */
  readonly #keys = new Map<string, string>();
  /** Symbols whose next frame is a full one. */
  #fresh = new Set<string>();
  /** Symbols that a stream was opened with. */
  #opened = new Set<string>();

  constructor({ link, watch, alongside }: QuoteDialectConfig) {
    this.#link = link;
    this.alongside = alongside;
    this.#stream = new StreamDialect({
      link,
      watch,
      keys: () => [...this.#opened].map(quoteKey),
      reader: {
        own: (frame) => isNotice(frame) && this.#heard(frame),
        // It may have told something of any symbol, all there was at the opening as well.
        missed: () => {
          this.#fresh.clear();
          link.send(wishText('again', []));
        },
        data: (frame) => {
          this.#deliver(frame);
        },
        symbolError: (symbol, error) => {
          this.#failed(symbol, error);
        },
      },
    });
  }

  receive(text: string): void {
    this.#stream.receive(text);
  }

  /** What takes long is the turn of its stream; asking again changes nothing. */
  patience(asks: number): number {
    return 6 * asks;
  }

  subscribe(topics: readonly Topic[]): TopicRequest {
    return { text: wishText('add', symbolsOf(topics)) };
  }

  unsubscribe(topics: readonly Topic[]): TopicRequest {
    return { text: wishText('remove', symbolsOf(topics)) };
  }

  #heard(notice: QuoteNotice): true {
    if (notice.quoteWire === 'refused') {
      for (const symbol of notice.symbols) this.#link.rejected(quoteKey(symbol), notice.text ?? '');
      return true;
    }
    this.#opened = new Set(notice.symbols);
    this.#fresh = new Set(notice.symbols);
    for (const symbol of this.#opened) this.#link.confirmed(quoteKey(symbol));
    return true;
  }

  #deliver(frame: JsonObject): void {
    const { Symbol: symbol } = frame;
    // Whose it was can't be known, and what it told is missing.
    if (typeof symbol !== 'string') throw new TypeError('a quote without a symbol');
    const isFull = this.#fresh.delete(symbol);
    this.#link.deliver(this.#keyOf(symbol), { frame, isFull } satisfies QuotePayload);
  }

  /** Made once: putting it together for each frame takes as long as finding what is behind it. */
  #keyOf(symbol: string): string {
    let key = this.#keys.get(symbol);
    if (key === undefined) this.#keys.set(symbol, (key = quoteKey(symbol)));
    return key;
  }

  #failed(symbol: string, error: string): void {
    if (isPassing(error)) {
      this.#link.report(`${symbol}: ${error}`);
      return;
    }
    this.#link.send(wishText('forget', [symbol]));
    this.#link.rejected(quoteKey(symbol), error);
  }
}

const symbolsOf = (topics: readonly Topic[]): readonly string[] => topics.map(({ detail }) => String(detail));

const wishText = (op: QuoteWish['op'], symbols: readonly string[]): string =>
  JSON.stringify({ op, symbols } satisfies QuoteWish);
