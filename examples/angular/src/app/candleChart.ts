import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  type ElementRef,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { CandlestickSeries, type IChartApi, type ISeriesApi, type UTCTimestamp, createChart } from 'lightweight-charts';
import { type Candle, conflate } from 'millrace';
import { injectExchange, injectStream } from 'millrace/angular';
import { type BinanceInterval } from 'millrace/venues/binance';
import { scan } from 'rxjs';
import { BINANCE } from './app.config';
import { Digits } from './digits';
import { Theme } from './theme';

const KEPT = 600;
const HISTORY = 300;
/** The canvas is painted anew with each: nobody sees more of them, in ms. */
const PAINTED_EVERY = 250;
const INTERVALS: readonly BinanceInterval[] = ['1s', '1m', '5m'];

/** Candles: those that the venue has from before, and each as it grows. */
@Component({
  selector: 'app-candle-chart',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <header class="bar">
      <h2>{{ symbol() }}</h2>
      <span class="last" [class.up]="isUp()" [class.down]="!isUp()">{{ last() }}</span>
      <div class="choices" role="group" aria-label="Interval">
        @for (each of intervals; track each) {
          <button type="button" [attr.aria-pressed]="interval() === each" (click)="interval.set(each)">
            {{ each }}
          </button>
        }
      </div>
    </header>
    <p class="note">{{ note() }}</p>
    <div class="chart" #chart role="img" [attr.aria-label]="'Candles of ' + symbol()"></div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      min-height: 0;
    }
    .last {
      font-weight: 600;
      min-width: 8rem;
    }
    .note {
      position: absolute;
      margin: 2.6rem 0 0 0.75rem;
      z-index: 3;
    }
    .up {
      color: var(--buy);
    }
    .down {
      color: var(--sell);
    }
    .chart {
      flex: 1;
      min-height: 15rem;
      position: relative;
      overflow: hidden;
    }
  `,
})
export class CandleChart {
  readonly symbol = input.required<string>();
  readonly intervals = INTERVALS;
  readonly interval = signal<BinanceInterval>('1s');
  readonly #exchange = injectExchange(BINANCE);
  readonly #digits = inject(Digits);
  readonly #theme = inject(Theme);
  private readonly place = viewChild.required<ElementRef<HTMLElement>>('chart');
  // Put together in the stream: between two windows values are passed over, and a closed candle must not be.
  readonly #candles = injectStream(
    () =>
      this.#exchange
        .candles(this.symbol(), this.interval(), { history: HISTORY })
        .pipe(scan(withCandle, [] as readonly Candle[]), conflate({ every: PAINTED_EVERY })),
    { initial: [] },
  );
  readonly #latest = computed(() => this.#candles.value().at(-1));
  readonly #decimals = computed(() => {
    const candle = this.#latest();
    return this.#digits.of('price', this.symbol(), candle === undefined ? [] : Object.values(candle.exact).slice(0, 4));
  });
  readonly last = computed(() => this.#latest()?.close.toFixed(this.#decimals()) ?? '—');
  readonly note = computed(() => {
    const error = this.#candles.error();
    if (error !== undefined) return error.message;
    return this.#candles.value().length === 0 ? 'Waiting for candles.' : '';
  });
  readonly isUp = computed(() => (this.#latest()?.close ?? 0) >= (this.#latest()?.open ?? 0));

  #chart: IChartApi | undefined;
  #series: ISeriesApi<'Candlestick'> | undefined;
  #shown: readonly Candle[] = [];
  readonly #isMade = signal(false);

  constructor() {
    afterNextRender(() => {
      this.#chart = createChart(this.place().nativeElement, {
        autoSize: true,
        timeScale: { timeVisible: true, secondsVisible: true, rightOffset: 4, barSpacing: 9 },
      });
      this.#series = this.#chart.addSeries(CandlestickSeries, { borderVisible: false });
      this.#isMade.set(true);
    });
    effect(() => {
      if (this.#isMade()) this.#paint(this.#theme.colours());
    });
    effect(() => {
      const precision = this.#decimals();
      if (this.#isMade())
        this.#series?.applyOptions({ priceFormat: { type: 'price', precision, minMove: 10 ** -precision } });
    });
    effect(() => {
      const candles = this.#candles.value();
      if (this.#isMade()) this.#show(candles);
    });
    inject(DestroyRef).onDestroy(() => this.#chart?.remove());
  }

  #show(candles: readonly Candle[]): void {
    const [first] = candles;
    const isSame =
      first !== undefined &&
      first.openTime === this.#shown[0]?.openTime &&
      first.instrument === this.#shown[0].instrument &&
      first.interval === this.#shown[0].interval;
    if (isSame)
      for (const candle of candles.slice(Math.max(0, this.#shown.length - 1))) this.#series?.update(barOf(candle));
    else this.#series?.setData(candles.map(barOf));
    this.#shown = candles;
  }

  #paint({ ink, line, buy, sell, ground }: ReturnType<Theme['colours']>): void {
    this.#chart?.applyOptions({
      layout: { background: { color: ground }, textColor: ink, fontFamily: 'inherit' },
      grid: { vertLines: { color: line }, horzLines: { color: line } },
      timeScale: { borderColor: line },
      rightPriceScale: { borderColor: line, minimumWidth: 76 },
    });
    this.#series?.applyOptions({ upColor: buy, downColor: sell, wickUpColor: buy, wickDownColor: sell });
  }
}

/** The same candle grows, or is told again after a wire was lost; a later one is added. */
function withCandle(candles: readonly Candle[], candle: Candle): readonly Candle[] {
  const place = candles.findLastIndex(({ openTime }) => openTime <= candle.openTime);
  const isSame = candles[place]?.openTime === candle.openTime;
  return [...candles.slice(0, isSame ? place : place + 1), candle, ...candles.slice(place + 1)].slice(-KEPT);
}

const barOf = ({ openTime, open, high, low, close }: Candle) => ({
  time: (openTime / 1_000) as UTCTimestamp,
  open,
  high,
  low,
  close,
});
