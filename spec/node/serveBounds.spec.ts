import { once } from 'node:events';
import { connect } from 'node:net';
import { firstValueFrom } from 'rxjs';
import { WebSocket } from 'ws';
import { type ServeConfig, type ServedVenue, serve } from '../../lib/node/serve.js';
import { type SimulatedConnection, type SimulatedVenue, simulatedBinance } from '../../lib/simulation/index.js';

const FRAME = 'x'.repeat(64 * 1_024);

/** Says frames as fast as it can until somebody tells it that the client is gone. */
function talkative(): { accept: SimulatedVenue['accept']; streams: () => boolean; sent: () => number } {
  let sent = 0;
  const talk = (connection: SimulatedConnection): (() => void) => {
    let isOver = false;
    const more = (): void => {
      if (isOver || sent > 4_096) return;
      for (let n = 0; n < 16; n++) connection.send(FRAME);
      sent += 16;
      setImmediate(more);
    };
    setImmediate(more);
    return () => {
      isOver = true;
    };
  };
  return {
    sent: () => sent,
    streams: () => true,
    accept: (_request, connection) => ({ receive: () => undefined, closed: talk(connection) }),
  };
}

describe('a served venue', () => {
  let venue: SimulatedVenue;
  let served: ServedVenue;
  const start = async (config: ServeConfig, change: Partial<SimulatedVenue> = {}): Promise<void> => {
    venue = simulatedBinance({ instruments: ['BTCUSDT'] });
    served = await serve({ ...venue, ...change }, config);
  };
  afterEach(async () => {
    venue.close();
    await served.close();
  });

  it.each([
    [
      'socket',
      'GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    ],
    ['stream', 'GET /ws HTTP/1.1\r\nHost: x\r\n\r\n'],
  ])('drops the client of a %s that does not read, and says so', async (_, head) => {
    const { sent, ...change } = talkative();
    await start({ maxHeld: 2 ** 20 }, change);
    const dropped = firstValueFrom(served.dropped$);
    const client = connect(served.port, '127.0.0.1');
    client.pause();
    client.on('error', () => undefined);
    client.write(head);

    expect(await dropped).toMatchObject({ url: '/ws' });
    expect((await dropped).held).toBeGreaterThan(2 ** 20);
    // What the system holds of it is not ours.
    expect(sent()).toBeLessThan(4_096);
    client.destroy();
  });

  it('takes no frame and no body over its bound', async () => {
    await start({ maxBody: 1_000 });
    const socket = new WebSocket(`${served.url}/ws`);
    await once(socket, 'open');
    socket.send('x'.repeat(1_001));
    expect((await once(socket, 'close'))[0]).toBe(1009);

    const answer = await fetch(`${served.httpUrl}/x`, { method: 'POST', body: 'x'.repeat(1_001) });
    expect(answer.status).toBe(413);
  });

  it.each([
    ['a head that never ends', 'GET / HTTP/1.1\r\nX: '],
    ['a body that never comes', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab'],
    ['an upgrade that never ends', 'GET /ws HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'],
  ])('does not wait for %s', async (_, beginning) => {
    await start({ requestWithin: 50 });
    const client = connect(served.port, '127.0.0.1');
    client.setEncoding('utf8');
    let heard = '';
    client.on('data', (text: string) => (heard += text));
    client.write(beginning);
    await once(client, 'close');

    expect(heard).toContain(' 408 ');
  });

  it('does not wait for who says nothing at all', async () => {
    await start({ requestWithin: 50 });
    const client = connect(served.port, '127.0.0.1');
    client.resume();
    await once(client, 'close');
  });
});
