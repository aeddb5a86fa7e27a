import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { type Observable, VirtualTimeScheduler, firstValueFrom } from 'rxjs';
import { WebSocket } from 'ws';
import { BudgetedRequests } from '../../../lib/feed/requests.js';
import { fakeNetwork } from '../../../lib/testing/index.js';
import { tastytrade } from '../../../lib/venues/tastytrade/index.js';
import { tradestation } from '../../../lib/venues/tradestation/index.js';
import { liveNetwork } from '../../../lib/network/live/liveNetwork.js';
import type { HttpRequest } from '../../../lib/network/network.js';
import { wsNetwork } from '../../../lib/node/wsNetwork.js';

const SECRET = 'secret-of-nobody-else';
const bearer = { Authorization: `Bearer ${SECRET}` };

const loggedIn = (restUrl: string) => {
  const login = { clientSecret: SECRET, refreshToken: SECRET };
  const exchange = tastytrade({ accounts: ['A'], login, restUrl, network: wsNetwork() });
  return { ...exchange, start: (): Observable<unknown> => exchange.account() };
};
const signedIn = (tokenUrl: string) => {
  const login = { clientId: 'me', clientSecret: SECRET, refreshToken: SECRET };
  const exchange = tradestation({ login, tokenUrl, network: wsNetwork() });
  return { ...exchange, start: (): Observable<unknown> => exchange.quote('MSFT') };
};

describe('redirects', () => {
  let servers: Server[];
  let here: string;
  let there: string;
  /** What reached the other origin. */
  let reached: string[];

  const listen = async (server: Server): Promise<string> => {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  beforeEach(async () => {
    servers = [];
    reached = [];
    there = await listen(
      createServer((request, response) => {
        request.on('data', (chunk: Buffer) => reached.push(chunk.toString()));
        request.on('end', () => {
          reached.push(`${request.method ?? ''} ${request.headers.authorization ?? 'nobody'}`);
          response.end('{"from":"there"}\n');
        });
      }),
    );
    here = await listen(
      createServer((request, response) => {
        const [, how = '', status = ''] = (request.url ?? '').split('/');
        const location = { away: `${there}/x?token=${SECRET}`, home: '/', round: request.url ?? '' }[how];
        if (location === undefined) response.end(`{"from":"here","as":"${request.headers.authorization ?? ''}"}\n`);
        else response.writeHead(Number(status), { location }).end();
      }),
    );
  });
  afterEach(async () => {
    for (const server of servers) server.closeAllConnections();
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  });

  const failing = (request: HttpRequest): Promise<unknown> =>
    firstValueFrom(wsNetwork().request(request)).then(
      (answer) => answer,
      (error: unknown) => error,
    );

  it.each([301, 302, 303, 307, 308])('take no headers to another origin (%d), and it is said', async (status) => {
    const error = await failing({ method: 'GET', url: `${here}/away/${status}`, headers: bearer });

    expect(reached).toEqual([]);
    expect(error).toMatchObject({ name: 'RequestFailedError', status });
    expect(String(error)).toContain(`${there}/x was not followed`);
    expect(inspect(error, { depth: 9 })).not.toContain(SECRET);
  });

  it.each([301, 302, 303, 307, 308])('take no body anywhere (%d), not even within the origin', async (status) => {
    const body = `grant_type=refresh_token&client_secret=${SECRET}`;
    for (const how of ['away', 'home']) {
      const error = await failing({ method: 'POST', url: `${here}/${how}/${status}`, body });
      expect(error).toMatchObject({ name: 'RequestFailedError', status });
    }
    expect(reached).toEqual([]);
  });

  it('take headers on within the origin, and give up what leads in a circle', async () => {
    const answer = await failing({ method: 'GET', url: `${here}/home/307`, headers: bearer });
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining(SECRET) });

    const error = await failing({ method: 'GET', url: `${here}/round/307`, headers: bearer });
    expect(error).toMatchObject({ name: 'RequestFailedError', status: 307 });
  });

  it('are followed by what carries nothing', async () => {
    const headers = { Accept: 'application/json' };
    const answer = await failing({ method: 'GET', url: `${here}/away/307`, headers });
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('there') });
  });

  it('take the headers of a stream nowhere', async () => {
    const wire$ = wsNetwork().open({ url: `${here}/away/307`, headers: bearer });
    const error: unknown = await firstValueFrom(wire$).catch((told: unknown) => told);

    expect(reached).toEqual([]);
    expect(error).toMatchObject({ name: 'WireLostError', reason: 'failed', code: 307 });
    expect(inspect(error, { depth: 9 })).not.toContain(SECRET);
  });

  it('take the headers of an upgrade nowhere', async () => {
    const wire$ = wsNetwork().open({ url: `${here.replace('http', 'ws')}/away/307`, headers: bearer });
    const error: unknown = await firstValueFrom(wire$).catch((told: unknown) => told);

    expect(reached).toEqual([]);
    expect(error).toMatchObject({ name: 'WireLostError', reason: 'failed', code: 307 });
    expect(String(error)).toContain(`refused with status 307: a redirect to ${there} was not followed`);
    expect(inspect(error, { depth: 9 })).not.toContain(SECRET);
  });

  it.each(['tastytrade', 'tradestation'] as const)(
    'of the token endpoint of %s are told as what they are',
    async (venue) => {
      const open = { tastytrade: () => loggedIn(`${here}/away/307`), tradestation: () => signedIn(`${here}/away/307`) };
      const exchange = open[venue]();
      const fault = firstValueFrom(exchange.faults$);
      const stream = exchange.start().subscribe({ error: () => undefined });

      expect(await fault).toMatchObject({
        type: 'credentials',
        message: expect.stringContaining(`token could not be had: a redirect to ${there} was not followed`) as string,
      });
      expect(reached).toEqual([]);
      stream.unsubscribe();
      exchange.close();
    },
  );

  it('that a network does not follow itself are told by where they lead, without what they repeat', () => {
    const headers = { location: `https://${SECRET}@else.example/x?token=${SECRET}` };
    for (const [location, to] of [
      [headers.location, ' to https://else.example'],
      ['/within', ' to https://acme.example'],
      ['https://', ''],
    ]) {
      const errors: unknown[] = [];
      const network = fakeNetwork({
        onRequested: (one) => one.respond({ status: 302, headers: { location }, body: SECRET }),
      });
      const requests = new BudgetedRequests({ network, limits: [], scheduler: new VirtualTimeScheduler() });
      const request = { method: 'GET', url: 'https://acme.example/a', headers: bearer } as const;
      requests.send(request).subscribe({ error: (error: unknown) => errors.push(error) });

      expect(errors).toMatchObject([{ text: `a redirect${to} was not followed`, status: 302 }]);
      expect(inspect(errors, { depth: 9 })).not.toContain(SECRET);
    }
  });

  it('are not followed where a browser does not say where to', async () => {
    const fetch = (_url: string, { redirect }: RequestInit): Promise<Response> => {
      expect(redirect).toBe('manual');
      return Promise.resolve({ type: 'opaqueredirect', status: 0, headers: new Headers() } as Response);
    };
    const network = liveNetwork({ fetch, WebSocket });
    const request = { method: 'GET', url: `${here}/`, headers: bearer } as const;
    const error: unknown = await firstValueFrom(network.request(request)).catch((told: unknown) => told);
    expect(error).toMatchObject({ name: 'RequestFailedError', message: expect.stringContaining('was not followed') });
  });
});
