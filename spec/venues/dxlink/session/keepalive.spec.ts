import { dxLinkWire } from '../../../support/dxlinkWire.js';

describe('the keepalive that the venue asks for', () => {
  const setup = (keepaliveTimeout: number) => {
    const venue = dxLinkWire({ setup: { keepaliveTimeout } });
    venue.exchange.quotes('AAPL').subscribe();
    venue.passTo(100);
    return venue;
  };

  it('is no storm, however short it is', () => {
    const { passTo, sent, exchange } = setup(0.001);
    passTo(10_000);

    const beats = sent().filter(({ type }) => type === 'KEEPALIVE');
    expect(beats.length).toBeGreaterThan(3);
    expect(beats.length).toBeLessThan(40);
    exchange.close();
  });

  it('is long at the venue only: a mute wire is found out within minutes', () => {
    const { passTo, connection, exchange, wires } = setup(1e9);
    const [wire] = wires;
    passTo(30_000);
    // Nothing is heard any more.
    wire?.receive({ type: 'KEEPALIVE', channel: 0 });
    Object.assign(wire ?? {}, { receive: () => undefined });
    passTo(600_000);

    expect(connection).toContainEqual(expect.objectContaining({ status: 'lost', reason: 'silent' }));
    exchange.close();
  });
});
