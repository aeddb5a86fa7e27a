/**
 * One gateway, a nats-server, and 100 consumers with 5 books each, on loopback: CPU for each message at the broker, the gateway
 * and a consumer, how long a diff takes, against one hop by WebSocket, and how long after the broker is back the last consumer
 * is live. Needs `nats-server`. Run by `npm run bench:relay`; takes a minute or two, and prints a table in Markdown, with the
 * load of the machine before and after, since times say little where it is not at rest. One half alone: `npm run bench:relay --
 * nats`, or `sockets`.
 */
import '../scripts/readerGone.js';
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BehaviorSubject, NEVER, type Observable, Subject, concat, defer, of } from 'rxjs';
import {
  type BookState,
  type DepthDiff,
  type DepthEvent,
  type DepthSnapshot,
  type Exchange,
  type LiveBook,
  applyDiff,
  bookFrom,
  levelOf,
} from '../lib/index.js';
import { natsBus } from '../lib/nats/index.js';
import { serveRelay, wsNetwork } from '../lib/node/index.js';
import { type Bus, memoryBus, relay, relayed } from '../lib/relay/index.js';

const SYMBOLS = ['A', 'B', 'C', 'D', 'E'];
/** Diffs a second and book, and levels in each. */
const RATE = 5;
const CHANGES = 10;
const LEVELS = 500;
const PROCESSES = 4;
const CONSUMERS = 25;
const SECONDS = 6;
/** A machine on which so many ms are not enough measures nothing. */
const PATIENCE = 60_000;
/** Ticks of /proc/<pid>/stat in a second. */
const TICKS = 100;

/** An exchange with books of one feed. */
interface Books extends Exchange {
  book(instrument: string): Observable<BookState>;
  depth(instrument: string): Observable<DepthEvent>;
}

/** What a process of consumers tells. */
interface Told {
  readonly live: number;
  readonly messages: number;
  /** In ms, sorted. */
  readonly latencies: readonly number[];
  /** In µs. */
  readonly cpu: number;
}

const self = fileURLToPath(import.meta.url);
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const now = (): number => performance.timeOrigin + performance.now();
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** A venue made up here: books that change at an even pace, with the moment of each change as their venue's time. */
function madeUp(): { readonly exchange: Books; readonly run: () => () => void } {
  const books = new Map(SYMBOLS.map((symbol) => [symbol, bookOf(symbol)]));
  const of5 = (symbol: string): ReturnType<typeof bookOf> => books.get(symbol) ?? bookOf(symbol);
  const exchange: Books = {
    venue: 'made-up',
    socket: new Subject(),
    connection$: NEVER,
    faults$: NEVER,
    plan: () => [],
    wake: () => undefined,
    close: () => undefined,
    book: (symbol) => of5(symbol).state$,
    depth: (symbol) => of5(symbol).event$,
  };
  const run = (): (() => void) => {
    const timers = [...books.values()].map(({ change }, i) => {
      // Not all in one turn.
      const begun: { timer?: NodeJS.Timeout } = {};
      setTimeout(() => (begun.timer = setInterval(change, 1_000 / RATE)), (i * 1_000) / RATE / SYMBOLS.length);
      return begun;
    });
    return () => {
      for (const { timer } of timers) clearInterval(timer);
    };
  };
  return { exchange, run };
}

function bookOf(symbol: string) {
  const price = (i: number): string => `${(50_000 + i / 100).toFixed(2)}000000`;
  const side = (sign: 1 | -1) => Array.from({ length: LEVELS }, (_, i) => levelOf(price(sign * (i + 1)), '1.50000000'));
  const snapshot: DepthSnapshot = {
    type: 'snapshot',
    instrument: symbol,
    sequence: 1,
    bids: side(-1),
    asks: side(1),
    receivedTime: now(),
  };
  let sequence = 1;
  const state$ = new BehaviorSubject<LiveBook>({ status: 'live', book: bookFrom(snapshot) });
  const events = new Subject<DepthEvent>();
  const change = (): void => {
    sequence += 1;
    const sizes = Array.from({ length: CHANGES }, (_, i) =>
      levelOf(price(-1 - ((sequence * 7 + i * 13) % LEVELS)), `${sequence % 97}.${1_000 + i}0000`),
    );
    const diff: DepthDiff = {
      type: 'diff',
      instrument: symbol,
      firstSequence: sequence,
      lastSequence: sequence,
      bids: sizes,
      asks: [],
      venueTime: now(),
      receivedTime: now(),
    };
    state$.next({ status: 'live', book: applyDiff(state$.value.book, diff) });
    events.next(diff);
  };
  const event$ = defer(() => concat(of(snapshot), events));
  return { state$, event$, change };
}

/** Some consumers in a process of their own, each with a connection of its own. */
function consume(of5: number, address: string): void {
  let messages = 0;
  let latencies: number[] = [];
  let from = cpu();
  const live = new Map<string, string>();
  for (let i = 0; i < of5; i += 1) {
    const exchange = address.startsWith('ws')
      ? relayed<Books>({ venue: 'made-up', url: address, network: wsNetwork() })
      : relayed<Books>({ venue: 'made-up', bus: natsBus({ servers: address }) });
    for (const symbol of SYMBOLS) {
      exchange.book(symbol).subscribe((state) => {
        live.set(`${i} ${symbol}`, state.status);
        if (state.status !== 'live') return;
        messages += 1;
        const { venueTime } = state.book;
        if (venueTime !== undefined) latencies.push(now() - venueTime);
      });
    }
  }
  process.on('message', (what) => {
    if (what === 'reset') {
      messages = 0;
      latencies = [];
      from = cpu();
      return;
    }
    const count = [...live.values()].filter((status) => status === 'live').length;
    const told: Told = { live: count, messages, latencies: latencies.sort((a, b) => a - b), cpu: cpu() - from };
    process.send?.(told);
  });
}

const asked = (child: ChildProcess): Promise<Told> =>
  new Promise((resolve) => {
    child.once('message', (told) => {
      resolve(told as Told);
    });
    child.send('tell');
  });

async function natsServer(port: number): Promise<{ readonly process: ChildProcess; readonly port: number }> {
  const config = join(self, '../../docs/nats/millrace.conf');
  const server = spawn('nats-server', ['-c', config, '-a', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let said = '';
    server.once('error', reject);
    server.stderr.on('data', (data: Buffer) => {
      said += data.toString();
      const [, chosen] = /Listening for client connections on [^\s]*:(\d+)/.exec(said) ?? [];
      if (chosen !== undefined && said.includes('Server is ready')) resolve({ process: server, port: Number(chosen) });
    });
  });
}

/** CPU of a process so far, in µs. */
function cpuOf(pid: number | undefined): number {
  const fields =
    readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
      .split(') ')[1]
      ?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1e6) / TICKS;
}

const at = (sorted: readonly number[], part: number): string =>
  (sorted[Math.floor((sorted.length - 1) * part)] ?? NaN).toFixed(2);

async function untilLive(children: readonly ChildProcess[], wanted: number): Promise<void> {
  for (const until = now() + PATIENCE; now() < until;) {
    const told = await Promise.all(children.map(asked));
    if (told.reduce((sum, { live }) => sum + live, 0) === wanted) return;
    await wait(20);
  }
  throw new Error(`not all of ${wanted} books are live after ${PATIENCE} ms: the machine is too busy`);
}

/** One row of the table; CPU in µs, times in ms. */
interface Row {
  readonly name: string;
  readonly p50: number;
  readonly p99: number;
  readonly gateway: number;
  readonly broker: number | undefined;
  readonly delivery: number | undefined;
  readonly consumer: number;
  /** How long after the broker is back the last book is live. */
  readonly back: number | undefined;
}
const rows: Row[] = [];

/** The rows, each with what it is of the first. */
function table(before: number): string {
  const [first] = rows;
  const of = (value: number | undefined, base: number | undefined, unit: string, digits = 0): string => {
    if (value === undefined) return '';
    const ratio = base === undefined || value === base ? '' : ` (${(value / base).toFixed(1)}×)`;
    return `${value.toFixed(digits)} ${unit}${ratio}`;
  };
  const lines = rows.map((row) =>
    [
      row.name,
      of(row.p50, first?.p50, 'ms', 1),
      of(row.p99, first?.p99, 'ms', 1),
      of(row.gateway, first?.gateway, 'µs'),
      row.broker === undefined
        ? ''
        : `${of(row.broker, undefined, 'µs')}, ${of(row.delivery, undefined, 'µs', 1)} a copy`,
      of(row.consumer, first?.consumer, 'µs'),
      row.back === undefined ? '' : `${(row.back / 1_000).toFixed(1)} s`,
    ].join(' | '),
  );
  const books = PROCESSES * CONSUMERS * SYMBOLS.length;
  const heads = [
    '',
    'p50 of a diff',
    'p99',
    'gateway, CPU a message',
    'broker',
    'consumer',
    `${books} books live after a restart`,
  ];
  const load = `Load ${before.toFixed(1)} before and ${(loadavg()[0] ?? 0).toFixed(1)} after, ${availableParallelism()} cores, Node ${process.version}.`;
  const all = [heads.join(' | '), heads.map(() => '---').join(' | '), ...lines].map((line) => `| ${line} |`);
  return `${all.join('\n')}\n\n${load} In brackets: of the first row.\n`;
}

/** Runs a gateway on a bus, and so many consumers at an address. */
async function measure(
  name: string,
  address: string,
  bus: Bus,
  processes: number,
  each: number,
  broker?: number,
): Promise<void> {
  const { exchange, run } = madeUp();
  const relaying = relay(exchange, { bus, as: 'A', offer: { book: SYMBOLS } }).subscribe();
  const stop = run();
  const children = Array.from({ length: processes }, () => fork(self, ['consume', String(each), address]));
  await untilLive(children, processes * each * SYMBOLS.length);
  await wait(1_000);
  for (const child of children) child.send('reset');
  const [own, brokers] = [cpu(), broker === undefined ? 0 : cpuOf(broker)];
  await wait(SECONDS * 1_000);
  const gatewayCpu = cpu() - own;
  const brokerCpu = broker === undefined ? 0 : cpuOf(broker) - brokers;
  const told = await Promise.all(children.map(asked));
  const messages = told.reduce((sum, one) => sum + one.messages, 0);
  const published = RATE * SYMBOLS.length * SECONDS;
  const latencies = told.flatMap((one) => one.latencies).sort((a, b) => a - b);
  const consumed = told.reduce((sum, one) => sum + one.cpu, 0);
  const back =
    broker === undefined || processes === 1
      ? undefined
      : await restart(address, broker, children, processes * each * SYMBOLS.length);
  rows.push({
    name,
    p50: Number(at(latencies, 0.5)),
    p99: Number(at(latencies, 0.99)),
    gateway: gatewayCpu / published,
    broker: broker === undefined ? undefined : brokerCpu / published,
    delivery: broker === undefined ? undefined : brokerCpu / messages,
    consumer: consumed / messages,
    back,
  });
  process.stderr.write(`${name}: ${messages} delivered\n`);
  for (const child of children) child.kill();
  stop();
  relaying.unsubscribe();
}

async function restart(
  address: string,
  broker: number,
  children: readonly ChildProcess[],
  wanted: number,
): Promise<number> {
  process.kill(broker, 'SIGKILL');
  await wait(1_000);
  const { process: server } = await natsServer(Number(address.split(':').at(-1)));
  restarted = server;
  const since = now();
  await untilLive(children, wanted);
  return now() - since;
}
let restarted: ChildProcess | undefined;

async function bySockets(): Promise<void> {
  const memory = memoryBus();
  const served = await serveRelay(memory);
  await measure('1 consumer, one WebSocket', served.url, memory, 1, 1);
  await measure(`${PROCESSES * CONSUMERS} consumers over WebSocket`, served.url, memory, PROCESSES, CONSUMERS);
  await served.close();
}

async function byNats(): Promise<void> {
  const { process: server, port } = await natsServer(-1);
  const address = `nats://127.0.0.1:${port}`;
  const bus = natsBus({ servers: address });
  await measure('1 consumer over NATS', address, bus, 1, 1, server.pid);
  await measure(`${PROCESSES * CONSUMERS} consumers over NATS`, address, bus, PROCESSES, CONSUMERS, server.pid);
  server.kill('SIGKILL');
  restarted?.kill('SIGKILL');
}

async function main(): Promise<void> {
  const [before = 0] = loadavg();
  if (role !== 'nats') await bySockets();
  if (role !== 'sockets') await byNats();
  process.stdout.write(table(before));
}

const [, , role, count = '1', address = ''] = process.argv;
if (role === 'consume') consume(Number(count), address);
else {
  main().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
}
