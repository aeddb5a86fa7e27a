import 'zone.js';
import '@angular/compiler';
import {
  type ApplicationRef,
  Component,
  TransferState,
  makeStateKey,
  provideZoneChangeDetection,
  provideZonelessChangeDetection,
} from '@angular/core';
import { type BootstrapContext, bootstrapApplication } from '@angular/platform-browser';
import { provideServerRendering, renderApplication } from '@angular/platform-server';
import { TestBed } from '@angular/core/testing';
import { VirtualTimeScheduler } from 'rxjs';
import {
  injectAccount,
  injectBook,
  injectExchange,
  injectQuotes,
  injectStream,
  provideMillrace,
  withConflation,
  withServer,
} from '../../lib/angular/index.js';
import type { MillraceFeature } from '../../lib/angular/feature.js';
import type { AccountState } from '../../lib/model/accountEvent.js';
import { TestExchange, withTestExchange } from '../../lib/angular/testing/index.js';
import { EXCHANGE, prepareAngular, rig } from './rig.js';

const BTC = {
  receivedTime: 5,
  bids: [
    ['100.50', '1'],
    ['99', '2'],
    ['98', '3'],
  ],
  asks: [['101', '4']],
} as const;

/** What a page would show of a book, and of all else that is not waited for. */
class Page {
  readonly book = injectBook(EXCHANGE, () => 'BTCUSDT');
  readonly quotes = injectQuotes(EXCHANGE, () => ['BTCUSDT']);
  readonly account = injectAccount(EXCHANGE, (exchange) => exchange.channel<AccountState<number>>('account'));
  readonly exchange = injectExchange(EXCHANGE);
  readonly trade = injectStream(() => this.exchange.trades('BTCUSDT'));
}
const template = '<p>{{ book.status() }} {{ book.levels(5)?.bids?.[0]?.exact?.price }} {{ account.status() }}</p>';
Component({ selector: 'app-root', template })(Page);

/** A page as a server renders it, and what of it was asked of the exchange meanwhile. */
const rendered = async (
  kind: 'zone' | 'zoneless',
  feature: MillraceFeature,
  drive: (exchange: TestExchange, scheduler: VirtualTimeScheduler) => void,
) => {
  const exchange = new TestExchange();
  const scheduler = new VirtualTimeScheduler();
  const asked = new Set<string>();
  const progress = { isDone: false };
  const providers = [
    provideServerRendering(),
    kind === 'zone' ? provideZoneChangeDetection() : provideZonelessChangeDetection(),
    provideMillrace(withTestExchange(EXCHANGE, exchange), withConflation({ scheduler }), feature),
  ];
  const bootstrap = (context: BootstrapContext): Promise<ApplicationRef> =>
    bootstrapApplication(Page, { providers }, context);
  const html = renderApplication(bootstrap, { document: '<html><body><app-root></app-root></body></html>', url: '/' });
  void html.finally(() => (progress.isDone = true));
  while (!progress.isDone) {
    for (const key of exchange.observed()) asked.add(key);
    drive(exchange, scheduler);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { html: await html, asked: [...asked], left: exchange.observed() };
};

const stateIn = (html: string): Readonly<Record<string, unknown>> =>
  JSON.parse(/<script id="ng-state"[^>]*>(.*?)<\/script>/.exec(html)?.[1] ?? '{}');

// Angular tells of its mode and warns of the zone that this file loads.
beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation(() => {});
  jest.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

describe.each(['zone', 'zoneless'] as const)('a server, %s,', (kind) => {
  it('opens nothing when it is idle', async () => {
    const { html, asked } = await rendered(kind, withServer('idle'), () => {});
    expect(asked).toEqual([]);
    expect(html).toContain('<p>idle  idle</p>');
  });

  it('waits for the first live book, shows it as one that nobody follows, and leaves', async () => {
    const { html, asked, left } = await rendered(kind, withServer('snapshot', { levels: 2 }), (exchange) => {
      if (exchange.observed().includes('book BTCUSDT')) exchange.showBook('BTCUSDT', BTC);
    });
    expect(asked).toEqual(['book BTCUSDT']);
    expect(left).toEqual([]);
    expect(html).toContain('<p>stale 100.50 idle</p>');
    expect(Object.values(stateIn(html))).toMatchObject([
      {
        bids: [
          ['100.50', '1'],
          ['99', '2'],
        ],
        asks: [['101', '4']],
      },
    ]);
  });

  it('renders without a book that does not come in time, or is refused', async () => {
    const late = await rendered(kind, withServer('snapshot', { within: 2_000 }), (exchange, scheduler) => {
      if (exchange.observed().includes('book BTCUSDT')) scheduler.flush();
    });
    expect(late.html).toContain('<p>syncing  idle</p>');
    const refused = await rendered(kind, withServer('snapshot'), (exchange) => {
      if (exchange.observed().includes('book BTCUSDT')) exchange.refuse('book BTCUSDT');
    });
    expect(refused.html).toContain('<p>error  idle</p>');
  });

  it('hands its book to the page, which shows the same until its own is live', async () => {
    const { html } = await rendered(kind, withServer('snapshot'), (exchange) => {
      if (exchange.observed().includes('book BTCUSDT')) exchange.showBook('BTCUSDT', BTC);
    });
    prepareAngular();
    const handed = new TransferState();
    for (const [key, value] of Object.entries(stateIn(html))) handed.set(makeStateKey(key), value);
    const { exchange, ask } = rig({ providers: [{ provide: TransferState, useValue: handed }] });
    const { got } = ask(() => injectBook(EXCHANGE, () => 'BTCUSDT'));
    expect(exchange.observed()).toEqual(['book BTCUSDT']);
    expect(got.stale()).toMatchObject({ reason: 'disconnected', since: 5 });
    expect(got.top()?.bid?.exact).toEqual({ price: '100.50', size: '1' });
    expect(got.live()).toBeUndefined();
    exchange.showBook('BTCUSDT', { bids: [['7', '1']] });
    expect([got.status(), got.top()?.bid?.price]).toEqual(['live', 7]);

    // What another version of the page handed over is not read, and reading does not throw for it.
    handed.set(makeStateKey<unknown>(Object.keys(stateIn(html))[0]?.replace('BTCUSDT', 'SOLUSDT') ?? ''), { bids: 5 });
    const strange = ask(() => injectBook(EXCHANGE, () => 'SOLUSDT'));
    expect([strange.got.status(), strange.got.error()]).toEqual(['syncing', undefined]);
    exchange.showBook('SOLUSDT', '5 | 6');

    const later = ask(() => injectBook(EXCHANGE, () => 'ETHUSDT'));
    expect(later.got.status()).toBe('syncing');
    expect(handed.toJson()).toBe('{}');
    TestBed.resetTestEnvironment();
  });
});
