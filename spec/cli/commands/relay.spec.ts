import { EXIT } from '../../../lib/cli/exitCode.js';
import { run } from '../../../lib/cli/run.js';
import { describeWithNats, natsNote, natsServer } from '../../relay/support/natsServer.js';
import { fakeIo } from '../support/fakeIo.js';

const words = (line: string): readonly string[] => line.split(' ');

/** What `watch --json` of such a gateway prints until there is a live book. */
async function liveBookFrom(relaying: ReturnType<typeof fakeIo>): Promise<void> {
  await relaying.out.said('watch it');
  const [, address = ''] = /--relayed (\S+)/.exec(relaying.out.text()) ?? [];
  const watching = fakeIo();
  const watched = run(words(`watch --relayed ${address} --venue binance --instrument BTCUSDT --json`), watching);
  await watching.out.said('"status":"live"');
  watching.signals.next('stop');
  expect(await watched).toBe(EXIT.fine);
  expect(watching.out.text()).toContain('"sequence"');
}

describe('relay', () => {
  it('has a venue for others on this machine, without a server', async () => {
    const relaying = fakeIo();
    const relayed = run(words('relay --simulated --faults none --listen 0'), relaying);
    await liveBookFrom(relaying);
    relaying.signals.next('stop');
    expect(await relayed).toBe(EXIT.fine);
    expect(relaying.out.text()).toContain('gateway A: book, trades of BTCUSDT');
    expect(relaying.err.text()).toBe('');
  }, 20_000);

  it('opens to others than this machine only by a token', async () => {
    const io = fakeIo();
    expect(await run(words('relay --simulated --listen 0.0.0.0:0'), io)).toBe(EXIT.failed);
    expect(io.err.text()).toMatch(/^millrace: token: expected a token/);
  }, 20_000);

  it('is not for every venue', async () => {
    const io = fakeIo();
    expect(await run(words('relay --venue dxlink --url ws://127.0.0.1:1'), io)).toBe(EXIT.misuse);
    expect(io.err.text()).toBe('millrace: relay: dxlink is not relayed by the command line\n');
  }, 20_000);
});

describeWithNats(natsNote, () => {
  it('has a venue for others, and for pages by another process', async () => {
    const server = await natsServer();
    const [gateway, bridge] = [fakeIo(), fakeIo()];
    const relayed = run(words(`relay --simulated --faults none --nats ${server.url} --as A`), gateway);
    await liveBookFrom(gateway);
    const bridged = run(words(`relay --from ${server.url} --listen 0`), bridge);
    await bridge.out.said('listens');
    const [address = ''] = /ws:\/\/127\.0\.0\.1:\d+/.exec(bridge.out.text()) ?? [];
    const watching = fakeIo();
    const watched = run(words(`watch --relayed ${address} --venue binance --instrument BTCUSDT --json`), watching);
    await watching.out.said('"status":"live"');
    for (const io of [watching, bridge, gateway]) io.signals.next('stop');
    expect(await Promise.all([watched, bridged, relayed])).toEqual([EXIT.fine, EXIT.fine, EXIT.fine]);
    await server.kill();
  }, 30_000);
});
