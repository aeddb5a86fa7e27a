import '@angular/compiler';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Component,
  type ApplicationRef,
  NgZone,
  PLATFORM_ID,
  type Signal,
  RendererFactory2,
  enableProdMode,
  inject,
  provideZoneChangeDetection,
  provideZonelessChangeDetection,
  signal,
} from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { INITIAL_CONFIG, platformServer } from '@angular/platform-server';
import { exchangeToken, injectBook, provideMillrace, withExchange } from '../lib/angular/index.js';
import type { OrderBook } from '../lib/model/orderBook.js';
import type { Network } from '../lib/network/network.js';
import { simulatedBinance } from '../lib/simulation/index.js';
import { type BinanceExchange, binance } from '../lib/venues/binance/index.js';
import { tap } from 'rxjs';

enableProdMode();

const WARM_UP = 6_000;
const MEASURED = 10_000;
const BINANCE = exchangeToken<BinanceExchange>('binance');

/** What was counted since the measuring began. */
const counted = { turns: 0, refreshes: 0, frames: 0 };
/** The symbols of the ladders that are still to be made. */
const symbols: string[] = [];

class InjectedLadder {
  readonly #symbol = symbols.pop() ?? '';
  readonly book: Signal<OrderBook | undefined> = injectBook(BINANCE, () => this.#symbol).book;
  readonly refreshed = refreshed;
}

class LadderByHand {
  readonly book = signal<OrderBook | undefined>(undefined);
  readonly refreshed = refreshed;

  constructor() {
    inject(OWN)
      .book(symbols.pop() ?? '')
      .subscribe((state) => {
        this.book.set(state.status === 'syncing' ? undefined : state.book);
      });
  }
}
/** Without what `withExchange` does. */
const OWN = exchangeToken<BinanceExchange>('own');

class Page {
  readonly ladders = Array.from(symbols.keys());
}

function refreshed(): string {
  counted.refreshes += 1;
  return '';
}

const rows = (side: string): string =>
  `@for (level of book()?.${side}?.slice(20); track level.exact.price) {
     <tr><td>{{ level.exact.price }}</td><td>{{ level.exact.size }}</td></tr>
   }`;
const template = `{{ refreshed() }}<table>${rows('bids')}${rows('asks')}</table>`;

/** A simulated venue in the same process, of which the frames are counted. */
function venueNetwork(instruments: readonly string[]): Network {
  const { network } = simulatedBinance({
    seed: 1,
    instruments: instruments.map((symbol) => ({
      symbol,
      base: symbol,
      quote: 'USDT',
      price: '1000.00',
      size: '5.000',
    })),
  });
  return {
    open: (endpoint) =>
      network.open(endpoint).pipe(tap(({ messages }) => messages.subscribe(() => (counted.frames += 1)))),
    request: (request) => network.request(request),
  };
}

/** Each figure is of one second; `cpu` in percent of a core, the simulated venue's included. */
export async function measure(
  hasZone: boolean,
  isInjected: boolean,
  ladders: number,
): Promise<{ readonly turns: number; readonly refreshes: number; readonly frames: number; readonly cpu: number }> {
  symbols.push(...Array.from({ length: ladders }, (_, index) => `S${String(index)}USDT`));
  const network = venueNetwork(symbols);
  Component({ selector: 'app-ladder', template })(isInjected ? InjectedLadder : LadderByHand);
  Component({
    selector: 'app-root',
    imports: [isInjected ? InjectedLadder : LadderByHand],
    template: '@for (each of ladders; track each) { <app-ladder /> }',
  })(Page);
  const document = '<html><body><app-root></app-root></body></html>';
  const platformRef = platformServer([{ provide: INITIAL_CONFIG, useValue: { document } }]);
  const app: ApplicationRef = await bootstrapApplication(
    Page,
    {
      providers: [
        hasZone ? provideZoneChangeDetection() : provideZonelessChangeDetection(),
        { provide: PLATFORM_ID, useValue: 'browser' },
        { provide: OWN, useFactory: () => binance({ network }) },
        provideMillrace(withExchange(BINANCE, () => binance({ network }))),
      ],
    },
    { platformRef },
  );
  // Called once whenever views are looked at.
  const renderers = app.injector.get(RendererFactory2);
  renderers.begin = () => {
    counted.turns += 1;
  };
  await outsideOf(app, WARM_UP);
  Object.assign(counted, { turns: 0, refreshes: 0, frames: 0 });
  const before = process.cpuUsage();
  await outsideOf(app, MEASURED);
  const { user, system } = process.cpuUsage(before);
  const seconds = MEASURED / 1_000;
  return {
    turns: counted.turns / seconds,
    refreshes: counted.refreshes / seconds,
    frames: counted.frames / seconds,
    cpu: (user + system) / 10_000 / seconds,
  };
}

const outsideOf = (app: ApplicationRef, ms: number): Promise<unknown> =>
  app.injector.get(NgZone).runOutsideAngular(() => sleep(ms));
