import { Subscription, distinctUntilChanged, filter, fromEvent, map, type Observable } from 'rxjs';
import type { Exchange } from '../feed/exchange.js';
import type { BookState } from '../model/bookState.js';
import type { Trade } from '../model/trade.js';
import { type GatewayReport, relayed } from '../relay/index.js';
import { AccountTables } from './accountTables.js';
import { Board } from './board.js';
import { Card } from './card.js';
import { element, write } from './element.js';
import { injuryButtons } from './injuries.js';
import { Notices } from './notices.js';
import type { WebSettings } from './settings.js';

/** Any venue, as far as the page shows it. */
interface ShownVenue extends Exchange {
  book(instrument: string): Observable<BookState>;
  trades(instrument: string): Observable<Trade>;
}

/** What a venue is called where its own wires stand: `spot#1 ready`. */
const wiresText = (report: Extract<GatewayReport, { type: 'wires' }>): string =>
  report.wires.map(({ wire, status }) => `${wire} ${status}`).join('   ') || 'no wire';

function shown({ venue, title, origin, instruments, notes, injuries, hasAccount }: WebSettings): Subscription {
  const exchange = relayed<ShownVenue>({ venue, url: `ws://${location.host}/` });
  const notices = new Notices();
  const wires = element('span', 'wires muted', 'connecting');
  const board = new Board(instruments);
  const account = new AccountTables();
  const cards = instruments.map((instrument) => new Card(instrument, notices, board));
  document.title = `${instruments.join(', ')} · millrace`;
  document.body.replaceChildren(
    element('header', '', element('h1', '', title), element('span', 'muted', origin), wires),
    ...(injuries.length > 0 ? [injuryButtons(injuries, notices)] : []),
    ...(instruments.length > 1 ? [board.node] : []),
    element('main', '', ...cards.map(({ node }) => node)),
    ...(hasAccount ? [account.node] : []),
    notices.node,
    ...notes.map((note) => element('p', 'muted', note)),
  );
  const showing = new Subscription(() => exchange.close());
  for (const card of cards) {
    showing.add(card.show(exchange.book(card.instrument), exchange.trades(card.instrument)));
  }
  if (hasAccount) showing.add(account.show());
  const reports$ = exchange.gateways();
  showing.add(
    reports$
      .pipe(
        filter((report) => report.type === 'wires'),
        map(wiresText),
        distinctUntilChanged(),
      )
      .subscribe((text) => write(wires, text)),
  );
  showing.add(
    reports$.pipe(filter((report) => report.type === 'fault')).subscribe(({ fault: { at, type, message } }) => {
      notices.add(at, type, message);
    }),
  );
  showing.add(
    exchange.connection$
      .pipe(filter(({ status }) => status === 'lost' || status === 'ready'))
      .subscribe(({ at, status }) => {
        notices.add(at, status, status === 'ready' ? 'connected to millrace' : 'millrace is not there: is it running?');
      }),
  );
  return showing;
}

async function start(): Promise<void> {
  const response = await fetch('settings.json');
  const showing = shown((await response.json()) as WebSettings);
  fromEvent(globalThis, 'pagehide').subscribe(() => showing.unsubscribe());
}

start().catch((error: unknown) => {
  document.body.replaceChildren(element('p', '', `millrace: ${String(error)}`));
});
