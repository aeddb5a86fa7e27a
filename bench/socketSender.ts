/**
 * A venue in a process of its own, for `npm run bench:socket`: depth diffs of 20 USD-M books on one WebSocket, framed once
 * and written whole, so that it is not the sender who is measured. What is wanted stands in the path: `/flood`, as fast as
 * they are taken; `/pace/RATE/SECONDS`, at a rate, whether they are taken or not, and two seconds more at a tenth. Each frame bears the time of its sending.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';

export const BOOKS = 20;
/** Frames of a flood. */
export const FLOOD = 80_000;
/** How often frames go out at a rate, in ms. */
const EVERY = 5;

let state = 7;
const draw = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
const price = (ticks: number): string => (ticks / 100).toFixed(2);
const size = (): string => (1 + Math.floor(draw() * 5_000)).toFixed(3);

/** About eight levels, most of them near the best price. */
function frameOf(index: number): string {
  const symbol = `S${index % BOOKS}USDT`;
  const sequence = Math.floor(index / BOOKS) + 2;
  const side = (direction: number): string => {
    const ticks = new Set(Array.from({ length: 4 }, () => 1 + Math.floor(draw() ** 4 * 200)));
    return [...ticks].map((away) => `["${price(1_000_000 + direction * away)}","${size()}"]`).join();
  };
  const time = '0000000000000';
  const head = `"e":"depthUpdate","E":${time},"T":${time},"s":"${symbol}","U":${sequence},"u":${sequence},"pu":${sequence - 1}`;
  return `{"stream":"${symbol.toLowerCase()}@depth@100ms","data":{${head},"b":[${side(-1)}],"a":[${side(1)}]}}`;
}

/** A WebSocket frame of a text, and where in it the digits of its times stand. */
interface Framed {
  readonly bytes: Buffer;
  readonly times: readonly number[];
}

function framed(text: string): Framed {
  const body = Buffer.from(text);
  const bytes = Buffer.concat([Buffer.from([0x81, 126, body.length >> 8, body.length & 255]), body]);
  return { bytes, times: [bytes.indexOf('"E":') + 4, bytes.indexOf('"T":') + 4] };
}

const frames: readonly Framed[] = Array.from({ length: FLOOD }, (_, index) => framed(frameOf(index)));

/** Some frames in one piece, as of now. */
function batch(from: number, to: number): Buffer {
  const now = String(Date.now());
  const some = frames.slice(from, to);
  for (const { bytes, times } of some) for (const at of times) bytes.write(now, at, 'latin1');
  return Buffer.concat(some.map(({ bytes }) => bytes));
}

function flood(socket: Socket): void {
  let sent = 0;
  const more = (): void => {
    while (sent < FLOOD) {
      const isRoom = socket.write(batch(sent, sent + 200));
      sent += 200;
      if (!isRoom) return void socket.once('drain', more);
    }
  };
  more();
}

function pace(socket: Socket, rate: number, seconds: number): void {
  const start = performance.now();
  let sent = 0;
  const sending = setInterval(() => {
    const passed = (performance.now() - start) / 1_000;
    const due = Math.floor(rate * (Math.min(passed, seconds) + Math.max(0, passed - seconds) / 10));
    if (due > sent) socket.write(batch(sent, due));
    sent = due;
    if (passed > seconds + 2 || sent >= FLOOD) clearInterval(sending);
  }, EVERY);
}

const server = createServer();
new WebSocketServer({ server }).on('connection', (socket, request: IncomingMessage) => {
  const [, what, rate = '', seconds = ''] = (request.url ?? '').split('/');
  socket.on('message', (data: Buffer) => {
    const { id, method } = JSON.parse(data.toString()) as { readonly id: number; readonly method: string };
    socket.send(JSON.stringify({ result: null, id }));
    if (method !== 'SUBSCRIBE') return;
    // By then whoever subscribed has its snapshots.
    setTimeout(() => {
      if (what === 'flood') flood(request.socket);
      else pace(request.socket, Number(rate), Number(seconds));
    }, 500);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : undefined);
});
