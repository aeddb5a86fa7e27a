import { inspect } from 'node:util';
import fc from 'fast-check';
import { firstValueFrom } from 'rxjs';
import { liveNetwork } from '../../lib/network/live/liveNetwork.js';
import type { SocketEvent } from '../../lib/network/live/socketWire.js';
import { secretsOf } from '../../lib/network/secrets.js';

/** Begins as no word does that may stand in a stack. */
const token = fc.stringMatching(/^~[\w.~%+/=-]{7,80}$/);

/** Everything a person could be shown of an error. */
const shown = (error: unknown): string => inspect(error, { depth: 10, showHidden: true }) + String(error);

/** Fails at every step, and tells all it knows while doing so. */
class Blabbing {
  readyState = 0;
  binaryType = '';
  private readonly listeners: (readonly [string, (event: SocketEvent) => void])[] = [];
  static last: Blabbing;
  constructor(readonly url: string) {
    if (url.includes('throw')) throw new SyntaxError(`can't open ${url}`);
    Blabbing.last = this;
  }
  send(): void {}
  close(): void {}
  addEventListener(type: string, listener: (event: SocketEvent) => void): void {
    this.listeners.push([type, listener]);
  }
  removeEventListener(): void {}
  tell(type: string, event: SocketEvent = {}): void {
    for (const [t, listener] of this.listeners) if (t === type) listener(event);
  }
}

describe('secrets', () => {
  it('keeps scheme, host and path for people', () => {
    expect(secretsOf('wss://venue.example:9443/stream?streams=a').place).toBe('wss://venue.example:9443/stream');
    expect(secretsOf('https://user:password@venue.example/api/v3/depth?symbol=BTCUSDT').place).toBe(
      'https://venue.example/api/v3/depth',
    );
    expect(secretsOf(`wss://venue.example/ws/${'k'.repeat(64)}`).place).toBe('wss://venue.example/ws/…');
  });

  it('keeps the cause that tells nothing', () => {
    const cause = new Error('connect ECONNREFUSED 127.0.0.1:80');
    expect(secretsOf('wss://venue.example/?token=12345678').cause(cause)).toEqual({ cause });
  });

  it('drops a cause that tells a secret anywhere, and one that can not be looked through', () => {
    const { cause } = secretsOf('wss://venue.example/?token=12345678');
    const inner = new Error('outer', { cause: new AggregateError([new Error('for 12345678')]) });
    expect(cause(inner)).toEqual({});
    const endless: { self?: unknown } = {};
    endless.self = endless;
    expect(cause(endless)).toEqual({});
  });

  it('lets no error of a wire tell a token of query, user part or headers', () => {
    fc.assert(
      fc.property(
        token,
        fc.constantFrom('query', 'raw', 'user', 'path'),
        fc.constantFrom('throw', 'error', 'close'),
        (secret, where, how) => {
          const value = encodeURIComponent(secret);
          const url = {
            query: `wss://venue.example/${how}?listenKey=${value}`,
            raw: `wss://venue.example/${how}?token=${secret}`,
            user: `wss://me:${value}@venue.example/${how}`,
            path: `wss://venue.example/${how}/${value.padEnd(32, 'p')}`,
          }[where];
          const network = liveNetwork({ WebSocket: Blabbing, fetch: () => Promise.reject(new Error()) });
          let error: unknown;
          network.open({ url }).subscribe({ error: (told) => (error = told) });
          if (how === 'error') Blabbing.last.tell('error', { error: new Error(`failed for ${url}`, { cause: url }) });
          if (how !== 'throw') {
            Blabbing.last.tell(how === 'error' ? 'ignored' : 'open');
            Blabbing.last.tell('close', {
              code: how === 'error' ? 1006 : 4000,
              reason: `no ${where === 'path' ? '' : secret} of ${url}`,
            });
          }
          expect(error).toMatchObject({ name: 'WireLostError' });
          expect(shown(error)).not.toContain(secret);
          expect(shown(error)).not.toContain(value);
        },
      ),
    );
  });

  it('lets no error of a request tell a token of query or headers', async () => {
    await fc.assert(
      fc.asyncProperty(token, async (secret) => {
        const url = `https://venue.example/depth?signature=${encodeURIComponent(secret)}`;
        const headers = { Authorization: `Bearer ${secret}`, 'X-Key': secret };
        const fetch = (asked: string): Promise<Response> =>
          Promise.reject(new TypeError(`Failed to parse ${asked}`, { cause: new Error(`invalid header ${secret}`) }));
        const response$ = liveNetwork({ WebSocket: Blabbing, fetch }).request({ method: 'GET', url, headers });
        const error: unknown = await firstValueFrom(response$).catch((told: unknown) => told);
        expect(error).toMatchObject({ name: 'RequestFailedError' });
        expect(shown(error)).not.toContain(secret);
      }),
    );
  });
});
