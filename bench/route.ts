import * as t from 'io-ts';
import { NEVER, Observable, VirtualTimeScheduler } from 'rxjs';
import { FrameSubject } from '../lib/network/frameSubject.js';
import type { Network } from '../lib/network/network.js';
import { defaultBackoff } from '../lib/socket/backoff.js';
import { Hub } from '../lib/socket/hub.js';
import type { VenuePlan } from '../lib/socket/plan.js';
import { type Job, nanoseconds } from './stopwatch.js';

export interface RouteFigures {
  readonly nsPerFrame10: number;
  readonly nsPerFrame1000: number;
  readonly nsPerFrame10000: number;
}

/**
 * What it costs to get a frame from the wire to the observer of the one channel it is for, by how many channels there
 * are. The shortest of frames, so that its way is measured and not its contents.
 */
export function measureRoute(): RouteFigures {
  return {
    nsPerFrame10: nsPerFrame(10),
    nsPerFrame1000: nsPerFrame(1_000),
    nsPerFrame10000: nsPerFrame(10_000),
  };
}

const nsPerFrame = (channels: number): number => nanoseconds(PASSES, [routing(channels)])[0] ?? NaN;

const PASSES = 31;
const FRAMES = 20_000;

function routing(channels: number): Job {
  const wire = new FrameSubject<string>();
  // Timers run when they are told to, while the clock is the real one: reading it is part of the cost.
  const scheduler = new VirtualTimeScheduler(undefined, 0);
  scheduler.now = () => Date.now();
  const hub = new Hub({
    plan: plan(channels),
    network: networkOf(wire),
    scheduler,
    random: () => 0,
    backoff: defaultBackoff,
    wireLinger: 0,
    confirmWithin: 10_000,
    handshakeWithin: 10_000,
    maxLag: 2_000,
  });
  let received = 0;
  for (let i = 0; i < channels; i += 1) {
    hub.channel({ topic: { key: keyOf(i), group: 'main' }, decode: t.success }).subscribe((event) => {
      if (event.type === 'message') received += 1;
    });
  }
  scheduler.flush();
  wire.next(frameOf(0, 0));
  if (received !== 1) throw new Error('frames do not arrive');
  return {
    operations: FRAMES,
    begin: () => {
      // Each frame is a text of its own, as from a socket, and no two in a row are for the same channel.
      const frames = Array.from({ length: FRAMES }, (_, i) => inOnePiece(frameOf((i * 7_919) % channels, i)));
      return (index) => {
        wire.next(frames[index] ?? '');
      };
    },
  };
}

/** In one piece: what is put together of parts is still in parts, and whoever reads it first would pay for joining them. */
const inOnePiece = (text: string): string => Buffer.from(text).toString('latin1');

const keyOf = (i: number): string => `symbol${i}usdt@depth@100ms`;

const frameOf = (channel: number, data: number): string => `{"stream":"${keyOf(channel)}","data":${data}}`;

function plan(channels: number): VenuePlan {
  return {
    venue: 'bench',
    wires: {
      main: {
        endpoint: () => [{ url: 'ws://bench' }],
        limits: { channels, topicsPerRequest: channels, requestBytes: 1e9, silence: Infinity, probeWithin: 1_000 },
        dialect: (link) => ({
          receive: (text) => {
            const { stream, data } = JSON.parse(text) as { readonly stream: string; readonly data: unknown };
            link.deliver(stream, data);
          },
          subscribe: () => ({}),
          unsubscribe: () => ({}),
        }),
      },
    },
  };
}

const networkOf = (messages: Observable<string>): Network => ({
  open: () =>
    new Observable((subscriber) => {
      subscriber.next({ messages, send: () => undefined, close: () => undefined });
    }),
  request: () => NEVER,
});
