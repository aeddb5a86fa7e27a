import { Agent, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { firstValueFrom, map, mergeMap, take, type Observable } from 'rxjs';
import { WebSocketServer } from 'ws';
import { InvalidArgumentError } from '../../lib/errors/invalidArgumentError.js';
import { PlatformError } from '../../lib/errors/platformError.js';
import type { Network } from '../../lib/network/network.js';
import { wsNetwork, type WsNetworkOptions } from '../../lib/node/wsNetwork.js';
import { testAuthority, testCertificate } from '../support/certificates.js';
import { type ConnectProxy, connectProxy } from '../support/connectProxy.js';

const NAMES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]);
const PASSWORD = 'hunter2-of-the-proxy';

/** A venue behind TLS, that tells each client the headers it came with. It has no address that this machine could find. */
async function venue() {
  const server = createServer(testCertificate, ({ url, headers }, response) => {
    if (url === '/moved') response.writeHead(302, { location: '/there' }).end();
    else response.end(JSON.stringify({ url, agent: headers['user-agent'] }));
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, { headers }) => socket.send(`hello ${String(headers['user-agent'])}`));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

const firstFrame = (network: Network, url = 'wss://venue.test/ws'): Observable<string> =>
  network.open({ url }).pipe(
    mergeMap(({ messages }) => messages),
    take(1),
  );
const bodyOf = (network: Network, url = 'https://venue.test/moved'): Observable<string> =>
  network.request({ method: 'GET', url }).pipe(map(({ body }) => body));
const failureOf = async (stream$: Observable<unknown>): Promise<Error> =>
  firstValueFrom(stream$).then(
    () => new Error('it came'),
    (error: unknown) => error as Error,
  );

describe('proxies', () => {
  let server: Awaited<ReturnType<typeof venue>>;
  let proxy: ConnectProxy;
  const environment = { ...process.env };
  const options: WsNetworkOptions = { ca: testAuthority, headers: { 'user-agent': 'desk/1' } };
  const withPassword = (url: string): string => url.replace('//', `//me:${PASSWORD}@`);

  beforeEach(async () => {
    for (const name of NAMES) Reflect.deleteProperty(process.env, name);
    server = await venue();
    proxy = await connectProxy(server.port);
  });
  afterEach(async () => {
    process.env = { ...environment };
    await proxy.close();
    await server.close();
  });

  it('are taken from the environment for sockets and for requests, with authorities and headers', async () => {
    process.env['HTTPS_PROXY'] = withPassword(proxy.url);
    const network = wsNetwork(options);

    expect(await firstValueFrom(firstFrame(network))).toBe('hello desk/1');
    expect(await firstValueFrom(bodyOf(network))).toBe('{"url":"/there","agent":"desk/1"}');
    expect(proxy.asked.map(({ method, to }) => `${method} ${to}`)).toEqual(
      Array<string>(3).fill('CONNECT venue.test:443'),
    );
    const basic = Buffer.from(`me:${PASSWORD}`).toString('base64');
    expect(proxy.asked[0]?.headers['proxy-authorization']).toBe(`Basic ${basic}`);
    expect(proxy.asked[0]?.headers['user-agent']).toBeUndefined();
  });

  it('are asked themselves for what is not secure', async () => {
    process.env['http_proxy'] = proxy.url.replace('http://', '');

    expect(await firstValueFrom(bodyOf(wsNetwork(), 'http://venue.test/x'))).toBe('by proxy: http://venue.test/x');
  });

  it('are left out for what NO_PROXY names, and for this machine', async () => {
    process.env['HTTPS_PROXY'] = proxy.url;
    process.env['NO_PROXY'] = 'other.test,.venue.test';
    const local = `wss://localhost:${server.port}/`;

    expect(await firstValueFrom(firstFrame(wsNetwork(options), local))).toBe('hello desk/1');
    expect((await failureOf(firstFrame(wsNetwork(options), 'wss://a.venue.test'))).message).toMatch(
      /ENOTFOUND|EAI_AGAIN/,
    );
    expect(proxy.asked).toEqual([]);
  });

  it('give way to an agent', async () => {
    process.env['HTTPS_PROXY'] = 'http://127.0.0.1:1';
    const agent = new Agent({ lookup: (_host, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]) });
    const network = wsNetwork({ ...options, agent });

    expect(await firstValueFrom(firstFrame(network, `wss://venue.test:${server.port}/`))).toBe('hello desk/1');
    expect(await firstValueFrom(bodyOf(network, `https://venue.test:${server.port}/a`))).toContain('"/a"');
    agent.destroy();
  });

  it('that refuse are not taken for the venue', async () => {
    const refusing = await connectProxy(server.port, 407);
    process.env['HTTPS_PROXY'] = withPassword(refusing.url);
    const network = wsNetwork(options);
    const [lost, failed] = [await failureOf(firstFrame(network)), await failureOf(bodyOf(network))];

    expect(lost).toMatchObject({
      name: 'WireLostError',
      message: expect.stringMatching(/the proxy refused with status 407$/),
    });
    expect(lost).not.toMatchObject({ code: 407 });
    expect(failed).toMatchObject({ name: 'RequestFailedError', status: undefined });
    expect(failed.message).toBe('request failed: https://venue.test/moved: the proxy refused with status 407');
    expect(`${lost.stack} ${String(lost.cause)} ${failed.stack} ${String(failed.cause)}`).not.toContain(PASSWORD);
    await refusing.close();
  });

  it.each([
    ['HTTPS_PROXY', `socks5://me:${PASSWORD}@127.0.0.1:1080`],
    ['https_proxy', `http://me:${PASSWORD}@`],
    ['HTTPS_PROXY', `http://me:${PASSWORD}@host:port`],
    ['ALL_PROXY', `http://me:${PASSWORD}@host/path`],
  ])('that are none are refused for good, and not told: %s', async (name, value) => {
    process.env[name] = value;
    const network = wsNetwork(options);

    for (const error of [await failureOf(firstFrame(network)), await failureOf(bodyOf(network))]) {
      expect(error).toBeInstanceOf(PlatformError);
      expect(error.message).toBe(
        'no proxy here: HTTPS_PROXY: expected an address such as http://proxy.example:3128; for other kinds give wsNetwork an agent',
      );
      expect(error.stack).not.toContain(PASSWORD);
    }
  });

  it('do not make up for an authority that nobody trusts', async () => {
    process.env['HTTPS_PROXY'] = proxy.url;

    expect((await failureOf(firstFrame(wsNetwork()))).message).toMatch(/UNABLE_TO_(VERIFY|GET)/);
    expect((await failureOf(bodyOf(wsNetwork()))).name).toBe('RequestFailedError');
  });

  it.each<readonly [string, Record<string, unknown>]>([
    ['agent', { agent: 'http://proxy:3128' }],
    ['agent', { agent: {} }],
    ['headers', { headers: { 'a b': 'x' } }],
    ['headers', { headers: { authorization: `Bearer ${PASSWORD}\r\nx: y` } }],
    ['headers', { headers: { authorization: 7 } }],
    ['ca', { ca: `-----BEGIN PRIVATE KEY----- ${PASSWORD}` }],
    ['ca', { ca: [] }],
    ['ca', { ca: [testAuthority, 5] }],
  ])('of %s that can not be meant are refused at once', (field, rubbish) => {
    const make = (): unknown => wsNetwork(rubbish);

    expect(make).toThrow(InvalidArgumentError);
    expect(make).toThrow(new RegExp(`^${field}: expected`));
    expect(make).not.toThrow(new RegExp(PASSWORD));
  });
});
