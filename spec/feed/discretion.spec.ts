import { right } from 'fp-ts/lib/Either.js';
import { WireLostError } from '../../lib/errors/wireLostError.js';
import type { Dialect, Link } from '../../lib/socket/plan.js';
import { Discretion } from '../../lib/feed/discretion.js';
import { VenueBase } from '../../lib/feed/venueBase.js';
import { VenueCore } from '../../lib/feed/venueCore.js';
import { fakeNetwork } from '../../lib/testing/fakeNetwork.js';
import { Clock } from '../support/fakeVenue.js';
import type { ChannelSpec } from '../../lib/socket/channel.js';

const SECRET = 'a secret/of+nobody"else=';
const forms = [SECRET, encodeURIComponent(SECRET), JSON.stringify(SECRET).slice(1, -1), btoa(SECRET)];
const said = forms.join(' | ');

/** A venue that signs in by a text and repeats in every way what it heard. */
function start() {
  const network = fakeNetwork();
  const clock = new Clock();
  const dialect = (link: Link): Dialect => ({
    handshake: () => {
      link.send(JSON.stringify({ type: 'AUTH', token: SECRET }));
      return [];
    },
    receive: (text) => {
      const { how } = JSON.parse(text) as { readonly how: string };
      if (how === 'report') link.report(said);
      else if (how === 'refuse') link.refused('1', said);
      else if (how === 'reject') link.rejected('x', said);
      else if (how === 'lose') link.lose('failed', said);
      else throw new TypeError('unreadable');
    },
    subscribe: () => ({ id: '1', text: 'subscribe' }),
    unsubscribe: () => ({ id: '2', text: 'unsubscribe' }),
  });
  const limits = { channels: 10, silence: 60_000, probeWithin: 1_000, topicsPerRequest: 10, requestBytes: 1_000 };
  const wire = {
    endpoint: () => [{ url: 'wss://venue.example/ws', headers: { 'X-Key': SECRET } }],
    dialect,
    limits: { ...limits, messages: { limit: 100, window: 1_000 } },
  };
  const discretion = new Discretion();
  const core = new VenueCore(new VenueBase('acme', { network, scheduler: clock }, { discretion }), {
    wires: { one: wire },
  });
  const told: string[] = [];
  core.exchange.faults$.subscribe((fault) => told.push(JSON.stringify(fault)));
  core.exchange.connection$.subscribe((state) => told.push(JSON.stringify(state)));
  const spec: ChannelSpec<unknown> = { topic: { key: 'x', group: 'one' }, decode: right };
  core.stream(spec).subscribe({ error: (error: Error) => told.push(error.message) });
  const [opened] = network.wires;
  if (opened === undefined) throw new Error('no wire');
  opened.open();
  clock.advance(10);
  return { core, discretion, told, wire: opened };
}

it.each(['report', 'refuse', 'reject', 'lose', 'unreadable'])('tells nothing secret by %s', (how) => {
  const { core, told, wire } = start();
  wire.receive(JSON.stringify({ how, said }));
  const all = told.join('\n');

  expect(all).toContain('…');
  for (const form of forms) expect(all).not.toContain(form);
  core.exchange.close();
});

it('tells nothing of a secret that is cut off by the bound of what is told', () => {
  const { core, told, wire } = start();
  for (let pad = 150; pad < 200; pad++)
    wire.receive(`{"how":"none","pad":"${'x'.repeat(pad)}${encodeURIComponent(SECRET)}"}`);
  for (const text of told) expect(text).not.toContain(encodeURIComponent(SECRET).slice(0, 8));
  core.exchange.close();
});

it('tells nothing secret by a reason for closing', () => {
  const { core, told, wire } = start();
  wire.lose(new WireLostError('closed', said, 4_000));
  const all = told.join('\n');
  expect(all).toContain('lost');
  for (const form of forms) expect(all).not.toContain(form);
  core.exchange.close();
});

it('hides what it is told to hide', () => {
  const { core, discretion, told, wire } = start();
  discretion.hide('hunter2hunter2');
  wire.receive('{"how":"none","said":"hunter2hunter2"}');
  expect(told.join('\n')).not.toContain('hunter2');
  core.exchange.close();
});
