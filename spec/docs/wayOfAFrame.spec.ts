import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VirtualTimeScheduler } from 'rxjs';
import { liveNetwork } from '../../lib/network/live/liveNetwork.js';
import type { Socket, SocketEvent, SocketEventType } from '../../lib/network/live/socketWire.js';
import { okx } from '../../lib/venues/okx/index.js';
import { root } from '../support/docs.js';

/**
 * The queue of a book's inputs is a step aside: it calls back into the feed whose it is. Subjects tell their observers, in the
 * place of RxJS's, which are no files of ours either.
 */
const ASIDE = new Set(['time/inTurn', 'network/frameSubject', 'socket/latestSubject']);

/** A platform's socket that opens by itself, and takes frames from the test. */
class OpenSocket implements Socket {
  static last: OpenSocket | undefined;
  readonly readyState = 1;
  binaryType = 'blob';
  readonly #listeners = new Map<SocketEventType, (event: SocketEvent) => void>();

  constructor() {
    OpenSocket.last = this;
  }
  send(): void {
    // Nothing answers.
  }
  close(): void {
    // It is over with the test.
  }
  addEventListener(type: SocketEventType, listener: (event: SocketEvent) => void): void {
    this.#listeners.set(type, listener);
  }
  removeEventListener(type: SocketEventType): void {
    this.#listeners.delete(type);
  }
  emit(type: SocketEventType, event: SocketEvent = {}): void {
    this.#listeners.get(type)?.(event);
  }
}

const ARG = '"arg":{"channel":"books","instId":"BTC-USDT"}';
const SNAPSHOT = `{${ARG},"action":"snapshot","data":[{"asks":[["101","2","0","1"]],"bids":[["99","5","0","1"]],"ts":"1","checksum":0,"seqId":1,"prevSeqId":-1}]}`;
const DIFF = `{${ARG},"action":"update","data":[{"asks":[],"bids":[["99","7","0","1"]],"ts":"2","checksum":0,"seqId":2,"prevSeqId":1}]}`;

/** Our files that wait for an observer to return, from the wire inwards, each once for as long as it is not left. */
function filesOf(stack: string): readonly string[] {
  const files = stack
    .split('\n')
    .flatMap((line) => /[\\/]lib[\\/](.+?)\.ts:\d+/.exec(line)?.[1]?.replaceAll('\\', '/') ?? []);
  return files.reverse().filter((file, i, all) => file !== all[i - 1]);
}

/** The table of the page: the paths of its first column. */
function documented(): readonly string[] {
  const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const table = page.slice(page.indexOf('## The way of a frame'), page.indexOf('## Who does what'));
  return [...table.matchAll(/^\| \d+ +\| `([^`]+)\.ts`/gm)].map(([, path = '']) => path);
}

describe('the way of a frame', () => {
  it('is the one that the page tells: ten files from the wire to an observer of a book, and back to none', () => {
    const scheduler = new VirtualTimeScheduler();
    const exchange = okx({ network: liveNetwork({ WebSocket: OpenSocket }), scheduler });
    const stacks: string[] = [];
    const before = Error.stackTraceLimit;
    Error.stackTraceLimit = 200;
    exchange.book('BTC-USDT').subscribe(({ status }) => {
      if (status === 'live') stacks.push(new Error('here').stack ?? '');
    });
    const socket = OpenSocket.last;
    socket?.emit('open');
    scheduler.maxFrames = 10;
    scheduler.flush();
    socket?.emit('message', { data: SNAPSHOT });
    socket?.emit('message', { data: DIFF });
    Error.stackTraceLimit = before;

    const way = documented().map((path) => path.replace('<venue>', 'okx').replace('/…', ''));
    expect(way).toHaveLength(10);
    expect(stacks).toHaveLength(2);
    for (const stack of stacks) {
      const files = filesOf(stack).filter((file) => !ASIDE.has(file));
      expect(files.filter((file, i) => file !== files[i - 1])).toEqual(way);
    }
  });
});
