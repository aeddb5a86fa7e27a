import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { PriceLevel } from 'millrace';
import type { BookRef } from 'millrace/angular';
import { Digits } from './digits';

const LEVELS = 50;

/** How much is bid and asked up to each price: two steps that go up from the middle. */
@Component({
  selector: 'app-depth-chart',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <header class="bar">
      <h2>Depth</h2>
      <span class="note">best ${LEVELS} levels of each side</span>
    </header>
    <figure [class.void]="book().status() !== 'live'">
      <svg viewBox="0 0 200 100" preserveAspectRatio="none" role="img" [attr.aria-label]="label()">
        <path class="bid" [attr.d]="bids()" />
        <path class="ask" [attr.d]="asks()" />
        <line x1="100" x2="100" y1="0" y2="100" />
      </svg>
      <figcaption>
        <span>{{ from() }}</span><strong>{{ mid() }}</strong
        ><span>{{ to() }}</span>
      </figcaption>
    </figure>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      min-height: 0;
    }
    figure {
      position: relative;
      flex: 1;
      margin: 0;
      min-height: 7rem;
      display: flex;
      flex-direction: column;
    }
    svg {
      flex: 1;
      width: 100%;
      min-height: 0;
    }
    path {
      stroke-width: 1.5;
      vector-effect: non-scaling-stroke;
    }
    .bid {
      fill: var(--buy-soft);
      stroke: var(--buy);
    }
    .ask {
      fill: var(--sell-soft);
      stroke: var(--sell);
    }
    line {
      stroke: var(--line);
      stroke-width: 1;
      vector-effect: non-scaling-stroke;
    }
    figcaption {
      display: grid;
      grid-template-columns: 1fr auto 1fr;
      padding: 0.25rem 0.75rem;
      color: var(--muted);
      font-size: 0.75rem;
      border-top: 1px solid var(--line);
    }
    figcaption strong {
      color: var(--ink);
      font-weight: 600;
      min-width: 8rem;
      text-align: center;
    }
    figcaption span:last-child {
      text-align: right;
    }
    .void svg {
      filter: grayscale(1);
      opacity: 0.4;
    }
  `,
})
export class DepthChart {
  readonly book = input.required<BookRef>();
  readonly symbol = input.required<string>();
  readonly #digits = inject(Digits);

  readonly #levels = computed(() => this.book().levels(LEVELS));
  readonly #frame = computed(() => {
    const levels = this.#levels();
    const mid = this.book().top()?.mid;
    if (levels === undefined || mid === undefined) return undefined;
    const { bids, asks } = levels;
    const reach = Math.max(mid - (bids.at(-1)?.price ?? mid), (asks.at(-1)?.price ?? mid) - mid);
    const sum = (side: readonly PriceLevel[]): number => side.reduce((total, { size }) => total + size, 0);
    return { bids, asks, mid, reach, most: Math.max(sum(bids), sum(asks)) };
  });
  readonly bids = computed(() => pathOf(this.#frame(), 'bids'));
  readonly asks = computed(() => pathOf(this.#frame(), 'asks'));
  readonly #decimals = computed(() => {
    const levels = this.#levels();
    return this.#digits.of(
      'price',
      this.symbol(),
      levels === undefined ? [] : levels.bids.map(({ exact }) => exact.price),
    );
  });
  readonly mid = computed(() => this.#priceAt(0));
  readonly from = computed(() => this.#priceAt(-1));
  readonly to = computed(() => this.#priceAt(1));
  readonly label = computed(() => `Depth of ${this.symbol()} from ${this.from()} to ${this.to()}`);

  #priceAt(side: -1 | 0 | 1): string {
    const frame = this.#frame();
    return frame === undefined ? '—' : (frame.mid + side * frame.reach).toFixed(this.#decimals());
  }
}

interface Frame {
  readonly bids: readonly PriceLevel[];
  readonly asks: readonly PriceLevel[];
  readonly mid: number;
  readonly reach: number;
  readonly most: number;
}

/** From the middle outwards, one step a level. */
function pathOf(frame: Frame | undefined, side: 'bids' | 'asks'): string {
  if (frame === undefined || frame.reach === 0 || frame.most === 0) return '';
  const { mid, reach, most } = frame;
  const edge = side === 'bids' ? -2 : 202;
  let total = 0;
  let path = '';
  for (const { price, size } of frame[side]) {
    const x = (100 + ((price - mid) / reach) * 100).toFixed(1);
    path += `${path === '' ? `M${x} 100` : `H${x}`}`;
    total += size;
    path += `V${(100 - (total / most) * 92).toFixed(1)}`;
  }
  return path === '' ? '' : `${path}H${String(edge)}V100Z`;
}
