import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** A proxy of HTTP, with what was asked of it. */
export interface ConnectProxy {
  /** `http://127.0.0.1:…` */
  readonly url: string;
  readonly asked: { readonly method: string; readonly to: string; readonly headers: IncomingHttpHeaders }[];
  close(): Promise<void>;
}

/**
 * Tunnels whatever is asked for to one port of this machine, and answers plain requests itself with what was asked for.
 *
 * @param refuse A status in the place of a tunnel.
 */
export async function connectProxy(port: number, refuse?: number): Promise<ConnectProxy> {
  const asked: ConnectProxy['asked'] = [];
  const tunnels = new Set<Duplex>();
  const server = createServer(({ method = '', url = '', headers }, response) => {
    asked.push({ method, to: url, headers });
    response.end(`by proxy: ${url}`);
  });
  server.on('connect', ({ url = '', headers }, socket, head) => {
    asked.push({ method: 'CONNECT', to: url, headers });
    tunnels.add(socket);
    socket.on('error', () => socket.destroy());
    if (refuse !== undefined) {
      socket.end(`HTTP/1.1 ${refuse} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const through = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      through.write(head);
      through.pipe(socket);
      socket.pipe(through);
    });
    through.on('error', () => socket.destroy());
    socket.on('close', () => through.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${own}`,
    asked,
    close: () => {
      server.closeAllConnections();
      for (const tunnel of tunnels) tunnel.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
