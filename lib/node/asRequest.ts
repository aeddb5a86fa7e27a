import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** What speaks of an upgrade, and of nothing else. */
const OF_UPGRADES = ['upgrade', 'connection', 'http2-settings'];

/**
 * A request that offers to go on in another protocol than WebSocket's, as it would be without the offer: a server may pass
 * it over (RFC 9110, 7.8), and clients that offer HTTP/2 with every request expect an answer (`Upgrade: h2c`, as Java's does).
 * Given back to its socket, which is read as one that has just come.
 */
export function asRequest(
  { method, url, httpVersion, rawHeaders }: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const lines = [`${method ?? 'GET'} ${url ?? '/'} HTTP/${httpVersion}`];
  for (let place = 0; place < rawHeaders.length; place += 2) {
    const [name = '', value = ''] = rawHeaders.slice(place, place + 2);
    if (!OF_UPGRADES.includes(name.toLowerCase())) lines.push(`${name}: ${value}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
}
