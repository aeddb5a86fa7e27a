import { type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { asyncScheduler, firstValueFrom, materialize, mergeMap, toArray } from 'rxjs';
import { WebSocket } from 'ws';
import { RequestFailedError } from '../../../lib/errors/requestFailedError.js';
import { WireLostError } from '../../../lib/errors/wireLostError.js';
import { httpStream } from '../../../lib/network/live/httpStream.js';
import { withHttpStreams } from '../../../lib/network/live/withHttpStreams.js';
import { liveNetwork } from '../../../lib/network/live/liveNetwork.js';
import { wsNetwork } from '../../../lib/node/wsNetwork.js';

let server: Server;
let url: string;
let respond: (response: ServerResponse) => void = () => undefined;
const headersSeen: (string | undefined)[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    headersSeen.push(request.headers.authorization);
    respond(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/stream?key=verysecretkey`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const config = { fetch, maxFrame: 1_000, openWithin: 10_000, scheduler: asyncScheduler };
const endpoint = () => ({ url, headers: { Authorization: 'Bearer verysecrettoken' } });

/** All frames and the end of one stream. */
const heard = async (limits = {}): Promise<readonly unknown[]> => {
  const notes = await firstValueFrom(
    httpStream(endpoint(), { ...config, ...limits }).pipe(
      mergeMap(({ messages }) => messages),
      materialize(),
      toArray(),
    ),
  );
  return notes.map((note) => (note.kind === 'N' ? note.value : note.kind === 'E' ? note.error : 'end'));
};
const write = (response: ServerResponse, bytes: Uint8Array): Promise<void> =>
  new Promise((resolve) => response.write(bytes, () => setImmediate(resolve)));

it('reads the same lines wherever the body is cut, in the midst of letters too', async () => {
  const lines = ['{"Symbol":"AÄ€𝄞","Last":"227.41"}', '{"Volume":"18200411"}', '{"tail":"𝄞"}'];
  const bytes = new TextEncoder().encode(`${lines[0] ?? ''}\r\n\n${lines[1] ?? ''}\n${lines[2] ?? ''}`);
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 12 }), async (cuts) => {
      const places = [...cuts].sort((a, b) => a - b);
      respond = (response) => {
        void (async () => {
          for (const [i, from] of [0, ...places].entries()) await write(response, bytes.subarray(from, places[i]));
          response.end();
        })();
      };
      const [...seen] = await heard();
      const end = seen.pop();
      expect(seen).toEqual(lines);
      expect(end).toMatchObject({ reason: 'closed' });
    }),
    { numRuns: 40 },
  );
  expect(headersSeen.at(-1)).toBe('Bearer verysecrettoken');
});

it('tells any other status with what the answer said, how long to stay away, and nothing secret', async () => {
  respond = (response) => {
    response
      .writeHead(429, { 'X-RateLimit-Reset': '17' })
      .end('{"Error":"TooManyRequests","Message":"verysecrettoken"}');
  };
  const [error] = await heard();
  expect(error).toBeInstanceOf(WireLostError);
  expect(error).toMatchObject({ reason: 'failed', code: 429 });
  const { cause } = error as WireLostError;
  expect(cause).toBeInstanceOf(RequestFailedError);
  expect(cause).toMatchObject({ status: 429, retryAfter: 17_000, text: '{"Error":"TooManyRequests","Message":"…"}' });
  expect(String(error)).not.toContain('verysecret');
});

it('reads no epoch as a time to wait', async () => {
  respond = (response) => {
    response.writeHead(503, { 'X-RateLimit-Reset': '1790000000' }).end();
  };
  const [error] = await heard();
  expect((error as WireLostError).cause).toMatchObject({ status: 503, retryAfter: undefined });
});

it('ends at a line without an end, and at a body that breaks', async () => {
  respond = (response) => {
    response.write('x'.repeat(2_000));
  };
  expect(await heard()).toMatchObject([{ reason: 'failed', code: 1009 }]);
  respond = (response) => {
    response.write('{"a":1}\n{"b', () => setImmediate(() => response.destroy()));
  };
  expect(await heard()).toMatchObject(['{"a":1}', { reason: 'failed' }]);
});

it('completes after our own close, and aborts when nobody wants it', async () => {
  const gone = new Promise<void>((resolve) => {
    respond = (response) => {
      response.on('close', resolve);
      response.write('{"a":1}\n');
    };
  });
  await new Promise<void>((resolve) => {
    wsNetwork()
      .open(endpoint())
      .subscribe({
        next: (wire) => {
          wire.messages.subscribe(() => {
            wire.close();
          });
        },
        complete: resolve,
      });
  });
  await gone;
});

it('is there in a browser where it is laid around a network, which opens all else', async () => {
  respond = (response) => {
    response.end('{"a":1}\n');
  };
  const network = withHttpStreams(liveNetwork({ WebSocket }));
  const wire = await firstValueFrom(network.open({ url }));
  expect(wire.activity).toBeDefined();
  await expect(firstValueFrom(network.open({ url: url.replace('http', 'ws') }))).rejects.toBeInstanceOf(WireLostError);
});
