import type { Observable, Subscription } from 'rxjs';
import { topOf } from '../book/topOf.js';
import type { BookState } from '../model/bookState.js';
import type { OrderBook } from '../model/orderBook.js';
import type { Trade } from '../model/trade.js';
import { conflate } from '../operators/conflate.js';
import { sampleFrames } from '../operators/sampleFrames.js';
import { statusChanged } from '../operators/statusChanged.js';
import { withAge, type AgedBookState } from '../operators/withAge.js';
import { type Board, anchorOf } from './board.js';
import { DepthChart } from './depthChart.js';
import { element, write } from './element.js';
import { Grouping } from './grouping.js';
import { Ladder } from './ladder.js';
import type { Notices } from './notices.js';
import { PriceLine } from './priceLine.js';
import { Tape } from './tape.js';
import { ago } from './words.js';

/** How often a book is drawn at the most, and its age anew, in ms. */
const DRAWN_EVERY = 100;

/** One instrument: how its book is, its ladder, depth and price, and its trades. */
export class Card {
  readonly node: HTMLElement;
  readonly #status = element('span', 'status', 'syncing');
  readonly #age = element('span', 'age muted');
  readonly #ladder = new Ladder();
  readonly #grouping = new Grouping();
  readonly #depth = new DepthChart();
  readonly #line = new PriceLine();
  readonly #tape = new Tape();
  #shown = '';
  #lostAt: number | undefined;

  constructor(
    readonly instrument: string,
    private readonly notices: Notices,
    private readonly board: Board,
  ) {
    const title = element('div', 'title', element('h2', '', instrument), this.#status, this.#age, this.#grouping.node);
    const charts = element('div', 'charts', this.#line.node, this.#depth.node);
    const halves = element('div', 'halves', this.#ladder.node, this.#tape.node);
    this.node = element('section', 'not-live', title, charts, halves);
    this.node.id = anchorOf(instrument);
  }

  /** Shows them until it is unsubscribed. */
  show(book$: Observable<BookState>, trades$: Observable<Trade>): Subscription {
    const showing = book$
      .pipe(conflate({ every: DRAWN_EVERY, urgent: statusChanged }), withAge({ every: DRAWN_EVERY }), sampleFrames())
      .subscribe({
        next: (aged) => this.#draw(aged),
        error: (error: unknown) => this.#refuse(String(error)),
      });
    // Of trades that are refused the book tells as well.
    showing.add(trades$.subscribe({ next: (trade) => this.#tape.add(trade), error: () => undefined }));
    return showing;
  }

  #draw({ state, age }: AgedBookState): void {
    const why = state.status === 'stale' ? `stale: ${state.reason}` : state.status;
    this.node.classList.toggle('not-live', state.status !== 'live');
    this.#status.className = `status ${state.status}`;
    write(this.#status, why);
    this.board.draw(this.instrument, state);
    write(this.#age, state.status === 'syncing' ? '' : `last change ${ago(age)} ago`);
    if (state.status !== 'syncing') this.#drawBook(state.book, age, state.status === 'live');
    this.#show(state, why);
  }

  #drawBook(book: OrderBook, age: number, isLive: boolean): void {
    this.#ladder.draw(book, this.#grouping.step);
    this.#grouping.offer(this.#ladder.decimals);
    this.#depth.draw(book);
    // As old as it is by now: while nothing comes the line goes on, or ends where the book does.
    this.#line.add(book.receivedTime + age, isLive ? topOf(book).mid : undefined);
  }

  #show(state: BookState, why: string): void {
    if (why === this.#shown) return;
    this.#shown = why;
    if (state.status === 'stale') {
      this.#lostAt ??= state.since;
      this.notices.add(state.since, 'stale', `${this.instrument}: ${state.reason}`);
    } else if (state.status === 'live' && this.#lostAt !== undefined) {
      const at = state.book.receivedTime;
      this.notices.add(at, 'live', `${this.instrument}: live again after ${ago(at - this.#lostAt)}`);
      this.#lostAt = undefined;
    }
  }

  #refuse(text: string): void {
    this.node.classList.add('not-live');
    this.#status.className = 'status refused';
    write(this.#status, 'refused');
    this.board.refuse(this.instrument);
    write(this.#age, text);
  }
}
