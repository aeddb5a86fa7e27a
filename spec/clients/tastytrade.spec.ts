import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serve } from '../../lib/node/serve.js';
import { simulatedTastytrade, type SimulatedVenue } from '../../lib/simulation/index.js';

type Json = Readonly<Record<string, unknown>>;
const ACCOUNT = '5WT00000';
const installed = existsSync(join(__dirname, 'node_modules/@tastytrade/api'));
const MESSAGES = 60;

/** The venue, and every text that it sends. */
function overheard(venue: SimulatedVenue, sent: string[]): SimulatedVenue {
  return {
    ...venue,
    accept: (request, connection) =>
      venue.accept(request, {
        ...connection,
        send: (text) => {
          sent.push(text);
          connection.send(text);
        },
      }),
  };
}

(installed ? it : it.skip)(
  'the official client of tastytrade connects to the simulated one, and is told what was sent (npm install --prefix spec/clients)',
  async () => {
    const venue = simulatedTastytrade({ activity: 10, stepEvery: 50 });
    const sent: string[] = [];
    const served = await serve(overheard(venue, sent));
    try {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [join(__dirname, 'tastytrade.mjs'), served.httpUrl, served.url, ACCOUNT, String(MESSAGES)],
        { timeout: 30_000 },
      );
      const lines = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { readonly kind: string; readonly value: unknown });
      const of = (kind: string): readonly unknown[] =>
        lines.filter((line) => line.kind === kind).map(({ value }) => value);

      // Its numbers of requests; the replies are among the messages.
      expect([of('connect'), of('alerts'), of('watchlists')]).toEqual([['connect'], [2], [3]]);
      expect(of('quoteToken')).toMatchObject([
        { level: 'api', 'dxlink-url': expect.stringMatching(/^wss:/) as unknown },
      ]);
      const frames = sent.map((text) => JSON.parse(text) as Json);
      expect(of('message')).toEqual(frames.slice(0, of('message').length));
      const replies = of('message').filter((message) => 'action' in (message as Json));
      expect(replies.map((reply) => (reply as Json)['status'])).toEqual(replies.map(() => 'ok'));
      expect(replies.map((reply) => (reply as Json)['action'])).toEqual(
        expect.arrayContaining(['connect', 'quote-alerts-subscribe', 'public-watchlists-subscribe', 'heartbeat']),
      );
      const types = new Set(of('message').map((message) => (message as Json)['type']));
      for (const type of ['Order', 'CurrentPosition', 'AccountBalance']) expect(types).toContain(type);
      const texts = venue.stats().connections.flatMap((connection) => connection.texts);
      expect(texts[0]).toMatch(/"action":"connect".*"auth-token":"Bearer sim-access/);
    } finally {
      await served.close();
      venue.close();
    }
  },
  60_000,
);
