import { type ChildProcess, fork } from 'node:child_process';
import { resolve as pathOf } from 'node:path';
import { compiled } from './compiled.js';
import type { Consumed } from './socketConsumer.js';

export interface SocketFigures {
  /** Frames a second of the consumer's processor time, the best of the turns. */
  readonly bare: number;
  readonly bareAndParsed: number;
  readonly books: number;
  /** Of what the bare consumer took. */
  readonly share: number;
  readonly shareOfParsed: number;
  /** At a quarter of what is possible, in ms and µs. */
  readonly loopP99: number;
  readonly latencyP50: number;
  readonly latencyP99: number;
  /** At twice of what is possible, where messages may be 1,000 ms late. */
  readonly lagTold: number;
  readonly lagToldOf: number;
  readonly oldestLive: number;
  readonly staleTold: number;
  readonly liveAfterwards: number;
  /** The platform's own WebSocket: `NaN` where there is none. */
  readonly nativeBare: number;
  readonly native: number;
  readonly nativeShare: number;
}

interface Started {
  readonly child: ChildProcess;
  /** What it said first. */
  readonly said: unknown;
}

const started = (file: string, args: readonly string[], execPath?: string): Promise<Started> =>
  new Promise((resolve, reject) => {
    const path = compiled(pathOf('bench', file));
    const child = fork(path, args, { execArgv: [], ...(execPath !== undefined && { execPath }) });
    child.once('message', (said) => {
      resolve({ child, said });
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`${file} ${args.join(' ')} ended with ${String(code)}`));
    });
  });

/** @param native The path of a Node that has a WebSocket. */
export async function measureSocket(native?: string, turns = 2): Promise<SocketFigures> {
  const { child: sender, said: port } = await started('socketSender.ts', []);
  const consumed = async (mode: string, way: string, execPath?: string): Promise<Consumed> => {
    const { said } = await started('socketConsumer.ts', [mode, `ws://127.0.0.1:${String(port)}/${way}`], execPath);
    return said as Consumed;
  };
  const taken: Record<string, number[]> = {};
  const modes = [
    ['bare'],
    ['parse'],
    ['books'],
    ...(native === undefined
      ? []
      : [
          ['bareNative', native],
          ['native', native],
        ]),
  ];
  // By turns, so that a slow moment of the machine meets all.
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [mode = '', execPath] of modes) {
      (taken[mode] ??= []).push((await consumed(mode, 'flood', execPath)).perSecond);
    }
  }
  const best = (mode: string): number => Math.max(...(taken[mode] ?? [NaN]));
  const [bare, parsed, books] = [best('bare'), best('parse'), best('books')];
  const half = await consumed('books', `pace/${Math.round(books / 4)}/2`);
  const twice = await consumed('books', `pace/${Math.round(books * 2)}/3`);
  sender.kill();
  return {
    bare,
    bareAndParsed: parsed,
    books,
    share: books / bare,
    shareOfParsed: books / parsed,
    loopP99: half.loopP99,
    latencyP50: half.latencyP50,
    latencyP99: half.latencyP99,
    lagTold: twice.lagAfter,
    lagToldOf: twice.lagOf,
    oldestLive: twice.oldestLive,
    staleTold: twice.stale,
    liveAfterwards: twice.liveAtEnd,
    nativeBare: best('bareNative'),
    native: best('native'),
    nativeShare: best('native') / best('bareNative'),
  };
}
