import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  signal,
  untracked,
} from '@angular/core';
import type { PriceLevel } from 'millrace';
import type { BookRef } from 'millrace/angular';
import { clockTime } from './clockTime';
import { Digits, withDecimals } from './digits';
import { grouped, stepsOf } from './grouped';

/** Of each side. There are always as many, so that nothing moves. */
const ROWS = 12;

interface Row {
  readonly price: string;
  readonly size: string;
  readonly total: string;
  /** Of the widest bar. */
  readonly sizeShare: number;
  readonly totalShare: number;
}

/** The ladder of a book: depth bars, cumulative sizes, and whether any of it can be trusted. */
@Component({
  selector: 'app-ladder',
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './ladder.html',
  styleUrl: './ladder.css',
})
export class Ladder {
  readonly book = input.required<BookRef>();
  readonly symbol = input.required<string>();
  readonly #digits = inject(Digits);

  readonly #decimals = computed(
    () => {
      const symbol = this.symbol();
      const book = this.book().book();
      const seen = book === undefined ? [] : [...book.bids.slice(30), ...book.asks.slice(30)];
      return {
        price: this.#digits.of(
          'price',
          symbol,
          seen.map(({ exact }) => exact.price),
        ),
        size: this.#digits.of(
          'size',
          symbol,
          seen.map(({ exact }) => exact.size),
        ),
      };
    },
    { equal: (a, b) => a.price === b.price && a.size === b.size },
  );

  readonly steps = computed(() => stepsOf(this.#decimals().price));
  /** Which of them, 0: none. */
  readonly grouping = linkedSignal({ source: this.symbol, computation: () => 0 });
  readonly #levels = computed(() => {
    const book = this.book().book();
    return book && grouped(book, this.steps()[this.grouping() - 1], ROWS);
  });
  readonly #widest = computed(() => {
    const { bids = [], asks = [] } = this.#levels() ?? {};
    const sum = (levels: readonly PriceLevel[]): number => levels.reduce((total, { size }) => total + size, 0);
    return {
      size: Math.max(...[...bids, ...asks].map(({ size }) => size), 0),
      total: Math.max(sum(bids), sum(asks)),
    };
  });
  readonly bids = computed(() => this.#rowsOf(this.#levels()?.bids ?? []));
  /** The best one last: it stands above the spread. */
  readonly asks = computed(() => this.#rowsOf(this.#levels()?.asks ?? []).reverse());
  readonly bidBars = computed(() => barsOf(this.bids()));
  readonly askBars = computed(() => barsOf(this.asks()));
  readonly sequence = computed(() => this.book().book()?.sequence);

  readonly mid = computed(() => {
    const mid = this.book().top()?.mid;
    return mid === undefined ? '—' : mid.toFixed(this.#decimals().price + 1);
  });
  readonly spread = computed(() => {
    const spread = this.book().top()?.spread;
    return spread === undefined ? '—' : spread.toFixed(this.#decimals().price);
  });

  readonly status = computed(() => this.book().status());
  readonly age = computed(() => {
    const age = this.book().age();
    return age === undefined ? '—' : `${(age / 1_000).toFixed(1)} s`;
  });
  /** What is wrong, in a few words. */
  readonly trouble = computed(() => {
    const stale = this.book().stale();
    const error = this.book().error();
    if (error !== undefined) return error.message;
    return stale === undefined ? undefined : stale.reason;
  });

  /** What stands over the ladder while it is not live. */
  readonly notice = computed(() => {
    switch (this.status()) {
      case 'live':
        return undefined;
      case 'stale':
        return 'Not to be acted upon';
      case 'error':
        return this.trouble();
      case 'syncing':
        return 'Loading the book';
      default:
        return 'No market is chosen';
    }
  });

  /** The last time that the book could not be trusted: since when, why, and for how long. */
  readonly episode = signal('No trouble so far.');
  #since: { readonly at: number; readonly reason: string } | undefined;

  constructor() {
    effect(() => {
      this.symbol();
      untracked(() => {
        this.#since = undefined;
        this.episode.set('No trouble so far.');
      });
    });
    effect(() => {
      const stale = this.book().stale();
      const isLive = this.status() === 'live';
      untracked(() => {
        const now = Date.now();
        if (stale !== undefined) {
          this.#since ??= { at: now, reason: stale.reason };
          this.episode.set(`${clockTime(this.#since.at)} ${this.#since.reason}: not right since then.`);
        } else if (isLive && this.#since !== undefined) {
          const lasted = ((now - this.#since.at) / 1_000).toFixed(1);
          this.episode.set(`${clockTime(this.#since.at)} ${this.#since.reason}: right again after ${lasted} s.`);
          this.#since = undefined;
        }
      });
    });
  }

  /** The next grouping, from none to the widest and round again. */
  groupNext(): void {
    this.grouping.update((at) => (at + 1) % (this.steps().length + 1));
  }

  #rowsOf(levels: readonly PriceLevel[]): (Row | undefined)[] {
    const { price, size } = this.#decimals();
    const widest = this.#widest();
    const isGrouped = this.grouping() > 0;
    let total = 0;
    const rows = levels.map((level): Row => {
      total += level.size;
      return {
        price: isGrouped ? level.exact.price : withDecimals(level.exact.price, price),
        size: withDecimals(level.exact.size, size),
        total: total.toFixed(size),
        sizeShare: share(level.size, widest.size),
        totalShare: share(total, widest.total),
      };
    });
    return Array.from({ length: ROWS }, (_, index) => rows[index]);
  }
}

/** Bars from the right, a row each: one path for all of a kind, for two dozen elements to be moved take far longer to paint. */
function barsOf(rows: readonly (Row | undefined)[]): { readonly sizes: string; readonly totals: string } {
  let [sizes, totals] = ['', ''];
  rows.forEach((row, index) => {
    if (row === undefined) return;
    totals += bar(row.totalShare, index + 0.04, 0.92);
    sizes += bar(row.sizeShare, index + 0.8, 0.16);
  });
  return { sizes, totals };
}

const bar = (share: number, top: number, height: number): string =>
  `M100 ${top.toFixed(2)}H${(100 - share * 100).toFixed(1)}v${String(height)}H100z`;

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 1_000) / 1_000);
