/**
 * Reconnects a thousand times, subscribes and unsubscribes ten thousand times, and looks at what is left: heap, timers,
 * listeners, wires. Run by `npm run soak`; exits with 1 where anything is.
 */
import * as t from 'io-ts';
import { NEVER, Observable, Subject, VirtualTimeScheduler } from 'rxjs';
import { WireLostError } from '../lib/errors/wireLostError.js';
import type { Network } from '../lib/network/network.js';
import { defaultBackoff } from '../lib/socket/backoff.js';
import { Hub } from '../lib/socket/hub.js';
import type { VenuePlan } from '../lib/socket/plan.js';
import { SharedStreams } from '../lib/socket/sharedStreams.js';

const RECONNECTS = 1_000;
const CYCLES = 10_000;
const CHANNELS = 50;
const MIB = 2 ** 20;

/** Virtual time that keeps no trace of what ran. */
const scheduler = new VirtualTimeScheduler(undefined, 0);
const wake = new Subject<void>();
/** The wires that are open, and what is listened to on each. */
const wires = new Map<Subject<string>, (error: WireLostError) => void>();
let opened = 0;
let sent = 0;
let received = 0;

const network: Network = {
  open: () =>
    new Observable((subscriber) => {
      const messages = new Subject<string>();
      opened += 1;
      wires.set(messages, (error) => {
        subscriber.error(error);
      });
      subscriber.add(() => wires.delete(messages));
      const send = (text: string): void => {
        sent += 1;
        scheduler.schedule(() => {
          messages.next(text);
        }, 1);
      };
      subscriber.next({ messages, activity: NEVER, send, close: () => undefined });
    }),
  request: () => NEVER,
  wake,
};

/** Subscribing is answered with the keys, which count as data. */
const plan: VenuePlan = {
  venue: 'soak',
  connections: { limit: 300, window: 300_000 },
  wires: {
    main: {
      endpoint: () => [{ url: 'ws://soak' }],
      limits: {
        channels: 20,
        topicsPerRequest: 10,
        requestBytes: 4_096,
        messages: { limit: 5, window: 1_000 },
        silence: 60_000,
        probeWithin: 10_000,
      },
      dialect: (link) => ({
        receive: (text) => {
          for (const key of text.split(' ')) link.deliver(key, text);
        },
        subscribe: (topics) => ({ text: topics.map(({ key }) => key).join(' '), id: String((sent += 1)) }),
        unsubscribe: () => ({ text: 'gone' }),
        probe: () => 'ping',
        heartbeat: { every: 20_000, text: () => 'beat' },
      }),
    },
  },
};

const hub = new Hub({
  plan,
  network,
  scheduler,
  random: () => 0.5,
  backoff: defaultBackoff,
  wireLinger: 1_000,
  confirmWithin: 10_000,
  handshakeWithin: 10_000,
  maxLag: 2_000,
});
const streams = new SharedStreams({ linger: 500, scheduler });
const watch = (i: number): { unsubscribe(): void } =>
  streams
    .states(`key${i}`, () => hub.channel({ topic: { key: `key${i}`, group: 'main' }, decode: t.success }))
    .subscribe(() => {
      received += 1;
    });

function advance(ms: number): void {
  const until = scheduler.frame + ms;
  scheduler.maxFrames = until;
  scheduler.flush();
  scheduler.frame = until;
}

function reconnect(times: number): void {
  const watching = Array.from({ length: CHANNELS }, (_, i) => watch(i));
  for (let i = 0; i < times; i += 1) {
    advance(6_000);
    for (const lose of [...wires.values()]) lose(new WireLostError(i % 2 === 0 ? 'closed' : 'failed', 'soak', 1000));
  }
  for (const one of watching) one.unsubscribe();
  advance(60_000);
}

function comeAndGo(times: number): void {
  const keep = watch(0);
  for (let i = 0; i < times; i += 1) {
    const one = watch(i % CHANNELS);
    advance(i % 3 === 0 ? 1 : 700);
    one.unsubscribe();
    advance(i % 5 === 0 ? 0 : 300);
  }
  keep.unsubscribe();
  advance(60_000);
}

function heap(): number {
  if (globalThis.gc === undefined) throw new Error('run with --expose-gc');
  for (let i = 0; i < 4; i += 1) globalThis.gc();
  return process.memoryUsage().heapUsed;
}

const states = hub.connection$.subscribe();
const faults = hub.faults$.subscribe();
// What is compiled and cached once is there before the first look.
reconnect(RECONNECTS / 5);
comeAndGo(CYCLES / 5);
[opened, sent, received] = [0, 0, 0];
const before = heap();
reconnect(RECONNECTS);
comeAndGo(CYCLES);
const after = heap();
states.unsubscribe();
faults.unsubscribe();

const left = {
  timers: scheduler.actions.length,
  wires: wires.size,
  'listeners of the network': Number(wake.observed),
  'lines of the hub': hub.plan().length,
};
const lines = [
  `${RECONNECTS} losses, ${CYCLES} subscriptions: ${opened} wires opened, ${sent} messages sent, ${received} events`,
  `retained heap: ${mib(before)} before, ${mib(after)} after, ${mib(after - before)} more`,
  ...Object.entries(left).map(([what, count]) => `${what} left: ${count}`),
];
process.stdout.write(`${lines.join('\n')}\n`);
const isClean = after - before <= MIB && Object.values(left).every((count) => count === 0) && opened >= RECONNECTS;
if (!isClean) {
  process.stdout.write('not clean\n');
  process.exitCode = 1;
}

function mib(bytes: number): string {
  return `${(bytes / MIB).toFixed(3)} MiB`;
}
