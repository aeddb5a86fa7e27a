import { Observable, Subject, VirtualTimeScheduler, finalize, map, merge, tap } from 'rxjs';
import type { Exchange } from '../../lib/feed/exchange.js';
import type { Fault } from '../../lib/index.js';
import type { Endpoint, HttpRequest, HttpResponse, Network, Wire } from '../../lib/network/network.js';
import { ed25519Signer } from '../../lib/node/index.js';
import {
  simulatedDxLink,
  simulatedO2,
  simulatedTastytrade,
  simulatedTplus,
  simulatedTradestation,
} from '../../lib/simulation/index.js';
import { dxlink } from '../../lib/venues/dxlink/index.js';
import { o2 } from '../../lib/venues/o2/index.js';
import { tastytrade } from '../../lib/venues/tastytrade/index.js';
import { tplus } from '../../lib/venues/tplus/index.js';
import { tradestation } from '../../lib/venues/tradestation/index.js';

/** A text that a simulated venue sent: a frame of a wire, or the body of an answer. */
export interface Sent {
  readonly kind: 'frame' | 'answer';
  /** Path alone. */
  readonly path: string;
  readonly text: string;
}

interface OpenWire {
  readonly path: string;
  /** What comes in on it beside what the venue sends. */
  readonly more: Subject<string>;
  isOpen: boolean;
}

const pathOf = (url: string): string => url.replace(/^\w+:\/\/[^/]+/, '').replace(/\?.*/, '');

/** Between a client and a simulated venue: notes what the venue sends, sends more, and changes answers. */
export class Tampered implements Network {
  readonly sent: Sent[] = [];
  readonly wires: OpenWire[] = [];
  /** What the body of an answer is to be instead. */
  change = ({ text }: Sent): string => text;
  /** Around the work of whoever gets an answer. */
  around = (work: () => void): void => {
    work();
  };

  constructor(private readonly venue: Network) {}

  open(endpoint: Endpoint): Observable<Wire> {
    const path = pathOf(endpoint.url);
    const entry: OpenWire = { path, more: new Subject(), isOpen: true };
    this.wires.push(entry);
    return this.venue.open(endpoint).pipe(
      map((wire) => ({
        messages: merge(entry.more, wire.messages.pipe(tap((text) => this.sent.push({ kind: 'frame', path, text })))),
        send: (text: string) => {
          wire.send(text);
        },
        close: (code?: number, reason?: string) => {
          wire.close(code, reason);
        },
      })),
      finalize(() => (entry.isOpen = false)),
    );
  }

  request(request: HttpRequest): Observable<HttpResponse> {
    return new Observable((subscriber) =>
      this.venue.request(request).subscribe({
        next: (response) => {
          const answer: Sent = { kind: 'answer', path: pathOf(request.url), text: response.body };
          this.sent.push(answer);
          const body = this.change(answer);
          this.around(() => {
            subscriber.next({ ...response, body });
            subscriber.complete();
          });
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
      }),
    );
  }

  /** The open wire of that path. */
  wire(path: string): OpenWire | undefined {
    return this.wires.find((wire) => wire.isOpen && wire.path === path);
  }
}

interface Made {
  readonly exchange: Exchange;
  readonly streams: Readonly<Record<string, () => Observable<unknown>>>;
}
type Make = (scheduler: VirtualTimeScheduler, between: (network: Network) => Network) => Made;

const random = (): number => 0.5;

/** Venues with all their streams, on simulated ones that are busy. */
export const tamperedVenues: Readonly<Record<'o2' | 'dxlink' | 'tastytrade' | 'tplus' | 'tradestation', Make>> = {
  o2: (scheduler, between) => {
    const venue = simulatedO2({ scheduler, seed: 3, accountActivity: 1, latency: 5, depth: 5 });
    const exchange = o2({ network: between(venue.network), scheduler, random });
    const [market = '', account = ''] = [venue.markets[0]?.pair, [...venue.accounts.keys()][0]];
    return {
      exchange,
      streams: {
        instruments: () => exchange.instruments(),
        book: () => exchange.book(market),
        depthView: () => exchange.depthView(market),
        trades: () => exchange.trades(market),
        openOrders: () => exchange.openOrders(account),
        balances: () => exchange.balances(account),
        nonce: () => exchange.nonce(account),
      },
    };
  },
  dxlink: (scheduler, between) => {
    const venue = simulatedDxLink({ scheduler, seed: 3, latency: 5, depth: 5 });
    const exchange = dxlink({ network: between(venue.network), scheduler, random, dataFormat: 'FULL' });
    const [share, option] = ['AAPL', '.AAPL250117C150'];
    return {
      exchange,
      streams: {
        quotes: () => exchange.quotes(share),
        trades: () => exchange.trades(share),
        greeks: () => exchange.greeks(option),
        summaries: () => exchange.summaries(share),
        profiles: () => exchange.profiles(share),
        underlyings: () => exchange.underlyings(share),
        theoPrices: () => exchange.theoPrices(option),
        timeAndSalesSince: () => exchange.timeAndSalesSince(share, 0),
        candles: () => exchange.candlesSince(share, '1m', 0),
        series: () => exchange.series(share),
        book: () => exchange.book(share),
        dom: () => exchange.dom(share),
      },
    };
  },
  tastytrade: (scheduler, between) => {
    const [clientSecret, refreshToken] = ['simulated-client-secret', 'simulated-refresh-token'];
    const venue = simulatedTastytrade({ scheduler, seed: 3, activity: 4, latency: 5 });
    const accounts = ['5WT00000'];
    const login = { clientSecret, refreshToken };
    const exchange = tastytrade({ network: between(venue.network), scheduler, random, accounts, login });
    return {
      exchange,
      streams: {
        account: () => exchange.account(),
        externalTransactions: () => exchange.externalTransactions(),
        yearGains: () => exchange.yearGains(),
        publicWatchlists: () => exchange.publicWatchlists(),
        quoteAlerts: () => exchange.quoteAlerts(),
        instrument: () => exchange.instrument('AAPL'),
        quoteToken: () => exchange.quoteToken(),
      },
    };
  },
  tplus: (scheduler, between) => {
    const { publicKey: userId, sign } = ed25519Signer(new Uint8Array(32));
    const venue = simulatedTplus({ scheduler, seed: 3, users: [userId], userActivity: 1, latency: 5, depth: 5 });
    const exchange = tplus({ network: between(venue.network), scheduler, random, account: { userId, sign } });
    return {
      exchange,
      streams: {
        book: () => exchange.book('200'),
        trades: () => exchange.trades('200'),
        allTrades: () => exchange.allTrades(),
        candles: () => exchange.candles('200', { history: 5 }),
        ticker: () => exchange.ticker('200'),
        openOrders: () => exchange.openOrders(),
        fills: () => exchange.fills(),
      },
    };
  },
  tradestation: (scheduler, between) => {
    const venue = simulatedTradestation({ scheduler, seed: 3, accountActivity: 1, latency: 5, depth: 5 });
    const login = { clientId: 'me', refreshToken: 'simulated-refresh-token' };
    const [maxConcurrentStreams, gatherFor] = [30, 100];
    const network = between(venue.network);
    const exchange = tradestation({ network, scheduler, random, maxConcurrentStreams, gatherFor, login });
    const accounts = ['SIM0000001M'];
    return {
      exchange,
      streams: {
        quote: () => exchange.quote('MSFT'),
        tickBars: () => exchange.tickBars('MSFT'),
        candles: () => exchange.candles('MSFT'),
        book: () => exchange.book('MSFT'),
        aggregates: () => exchange.book('MSFT', { by: 'aggregates' }),
        optionChain: () => exchange.optionChain('MSFT'),
        orderStates: () => exchange.orderStates(accounts),
        positions: () => exchange.positions(accounts),
        balances: () => exchange.balances(accounts, { every: 1_000 }),
      },
    };
  },
};

/** A venue with a client that observes all of its streams, or some, and what the client told. */
export function tampered(venue: keyof typeof tamperedVenues, only?: readonly string[]) {
  const scheduler = new VirtualTimeScheduler();
  const networks: Tampered[] = [];
  const { exchange, streams } = tamperedVenues[venue](scheduler, (network) => {
    networks.push(new Tampered(network));
    return networks[0] as Tampered;
  });
  const faults: Fault[] = [];
  const values: unknown[] = [];
  const errors: unknown[] = [];
  exchange.faults$.subscribe((fault) => faults.push(fault));
  for (const [name, stream] of Object.entries(streams)) {
    if (only?.includes(name) === false) continue;
    stream().subscribe({ next: (value) => values.push(value), error: (error: unknown) => errors.push(error) });
  }
  let now = 0;
  return {
    exchange,
    network: networks[0] as Tampered,
    faults,
    values,
    errors,
    pass: (ms: number): void => {
      now += ms;
      scheduler.schedule(() => undefined, ms);
      scheduler.maxFrames = now;
      scheduler.flush();
    },
  };
}
