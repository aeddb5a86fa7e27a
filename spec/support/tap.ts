import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A plain relay before a server: sees what a client really sent, byte by byte. */
export interface Tap {
  /** `ws://` base of the relay. */
  readonly url: string;
  /** The close codes that clients sent on their sockets, and `undefined` for a socket that ended without one. */
  readonly closeCodes: readonly (number | undefined)[];
  /** Resolves when so many sockets have ended on both sides. */
  ended(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** @param target The server's port on this machine. */
export async function tap(target: number): Promise<Tap> {
  const closeCodes: (number | undefined)[] = [];
  const sockets = new Set<Socket>();
  const waiting = new Set<() => void>();
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    let isSocket = false;
    let tail = Buffer.alloc(0);
    for (const one of [client, upstream]) {
      sockets.add(one);
      one.once('close', () => sockets.delete(one));
      // A connection that is broken off is what some tests are about.
      one.on('error', () => undefined);
    }
    client.on('data', (chunk) => {
      isSocket ||= /^GET \S*stream/.test(chunk.subarray(0, 100).toString('latin1'));
      tail = Buffer.concat([tail, chunk]).subarray(-CLOSE_FRAME);
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => client.write(chunk));
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => {
      client.destroy();
      if (!isSocket) return;
      closeCodes.push(closeCodeOf(tail));
      for (const look of waiting) look();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    closeCodes,
    ended: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (closeCodes.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Head, mask and two bytes of code: a masked close frame without a reason (RFC 6455, 5.2 and 5.5.1). */
const CLOSE_FRAME = 8;

function closeCodeOf(tail: Buffer): number | undefined {
  if (tail.length < CLOSE_FRAME || tail[0] !== 0x88 || tail[1] !== 0x82) return undefined;
  return tail.readUInt16BE(6) ^ tail.readUInt16BE(2);
}
