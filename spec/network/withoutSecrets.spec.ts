import { inspect } from 'node:util';
import { lastValueFrom, of, throwError } from 'rxjs';
import { AuthenticationRefusedError } from '../../lib/errors/authenticationRefusedError.js';
import { PlatformError } from '../../lib/errors/platformError.js';
import { RequestFailedError } from '../../lib/errors/requestFailedError.js';
import { WireLostError } from '../../lib/errors/wireLostError.js';
import { Discretion } from '../../lib/feed/discretion.js';
import type { Network } from '../../lib/network/network.js';
import type { Dialect, Link, VenuePlan } from '../../lib/socket/plan.js';

const SECRET = 'a secret/of+nobody"else=';
const forms = [SECRET, encodeURIComponent(SECRET), JSON.stringify(SECRET).slice(1, -1), btoa(SECRET)];
const hex = Buffer.from(SECRET).toString('hex');
const said = [...forms, hex].join(' | ');

/** What is left of them. */
const LEFT = expect.stringMatching(/ \| /) as string;

/** As a client of somebody else's throws it: with all that it sent. */
const foreign = (): Error => Object.assign(new TypeError(said), { config: { headers: { token: SECRET } } });
const answer = new RequestFailedError(said, 401, 5_000, { asked: `GET /x/${hex}`, cause: foreign() });

const errors: readonly (readonly [string, unknown, unknown])[] = [
  ['that the venue answers', answer, { name: 'RequestFailedError', status: 401, retryAfter: 5_000 }],
  [
    'by which a wire is refused',
    new WireLostError('failed', said, 401, { cause: answer }),
    { name: 'WireLostError', reason: 'failed', code: 401, cause: { status: 401, retryAfter: 5_000 } },
  ],
  [
    'of which only the cause knows it',
    new WireLostError('closed', 'gone', 4001, { cause: answer }),
    { name: 'WireLostError', text: 'gone', cause: { status: 401 } },
  ],
  ['by which credentials are refused', new AuthenticationRefusedError('acme', said), { fatal: 'auth', venue: 'acme' }],
];

function tellsNothing(error: unknown): void {
  const shown = inspect(error, { depth: 10, showHidden: true }) + String(error) + JSON.stringify(error);
  for (const form of [...forms, hex]) expect(shown).not.toContain(form);
}

const caught = (stream: () => ReturnType<Network['request']> | ReturnType<Network['open']>): Promise<unknown> =>
  lastValueFrom<unknown>(stream()).catch((error: unknown) => error);

/** A network that fails like this, and knows the secret of a request that went well. */
async function failing(error: unknown, how: 'tells' | 'throws'): Promise<Network> {
  let isOver = false;
  const fail = (): never => {
    throw error;
  };
  const failed = how === 'throws' ? fail : () => throwError(() => error);
  const network = new Discretion().network({
    open: failed,
    request: () => (isOver ? failed() : of({ status: 200, headers: {}, body: '' })),
  });
  await lastValueFrom(
    network.request({ method: 'GET', url: `https://acme.example/?token=${encodeURIComponent(SECRET)}` }),
  );
  isOver = true;
  return network;
}

describe.each(['tells', 'throws'] as const)('of an error that a network %s', (how) => {
  it.each(errors)('one %s, nothing secret is left, also in what caused it', async (_, error, kept) => {
    const network = await failing(error, how);
    for (const told of [
      await caught(() => network.open({ url: 'wss://acme.example' })),
      await caught(() => network.request({ method: 'GET', url: 'https://acme.example' })),
    ]) {
      expect(told).toMatchObject(kept as object);
      tellsNothing(told);
    }
  });

  it("one of somebody else's, its name and the rest of its words are left", async () => {
    const network = await failing(foreign(), how);
    const lost = await caught(() => network.open({ url: 'wss://acme.example' }));
    const failed = await caught(() => network.request({ method: 'GET', url: 'https://acme.example' }));
    expect(lost).toMatchObject({ name: 'TypeError', message: LEFT });
    expect(failed).toMatchObject({ name: 'TypeError', message: LEFT });
    tellsNothing([lost, failed]);
  });

  it.each([
    new WireLostError('failed', 'gone', 1006, { cause: new Error('ECONNRESET') }),
    new RangeError('no place'),
    new PlatformError('websocket', 'give one'),
  ])('%s, which tells nothing, is left as it is', async (error) => {
    const network = await failing(error, how);
    expect(await caught(() => network.open({ url: 'wss://acme.example' }))).toBe(error);
  });
});

it('of causes that go round in a circle nothing secret is left', async () => {
  const one = foreign();
  const circle = Object.assign(new Error('lost'), { cause: one });
  one.cause = circle;
  const network = await failing(circle, 'tells');
  const told = await caught(() => network.open({ url: 'wss://acme.example' }));
  expect(told).toMatchObject({ name: 'Error', message: 'lost', cause: { name: 'TypeError' } });
  tellsNothing(told);
});

it('of a handshake that is refused in the words of the venue nothing secret is left', async () => {
  const discretion = new Discretion();
  discretion.hide(SECRET);
  const dialect = (): Dialect => ({
    handshake: () => throwError(() => new WireLostError('auth', said)),
    receive: () => undefined,
    subscribe: () => ({}),
    unsubscribe: () => ({}),
  });
  const plan: VenuePlan = discretion.plan({
    venue: 'acme',
    wires: { one: { endpoint: () => [{ url: 'wss://acme.example' }], dialect, limits: {} as never } },
  });
  const made = plan.wires['one']?.dialect({} as Link);
  const told = await caught(() => (made?.handshake?.() ?? of()) as ReturnType<Network['open']>);
  expect(told).toMatchObject({ name: 'WireLostError', reason: 'auth' });
  tellsNothing(told);
});
