import { RequestFailedError } from '../../lib/errors/requestFailedError.js';
import { WireLostError } from '../../lib/errors/wireLostError.js';
import { fakeNetwork, type FakeNetwork, type NetworkEvent } from '../../lib/testing/fakeNetwork.js';
import { response, type FakeRequest } from '../../lib/testing/fakeRequest.js';
import type { FakeWire } from '../../lib/testing/fakeWire.js';
import type { Wire } from '../../lib/network/network.js';

const url = 'wss://venue.test/ws';
const wireAt = ({ wires }: FakeNetwork, index: number): FakeWire => {
  const wire = wires[index];
  if (wire === undefined) throw new Error(`there is no wire ${index}`);
  return wire;
};
const requestAt = ({ requests }: FakeNetwork, index: number): FakeRequest => {
  const request = requests[index];
  if (request === undefined) throw new Error(`there is no request ${index}`);
  return request;
};
const eventsOf = ({ events$ }: FakeNetwork): NetworkEvent[] => {
  const events: NetworkEvent[] = [];
  events$.subscribe((event) => events.push(event)).unsubscribe();
  return events;
};
/** Opens a wire and writes down all that the client hears. */
const connect = (network: FakeNetwork) => {
  const heard: unknown[] = [];
  let wire: Wire | undefined;
  const subscription = network.open({ url }).subscribe({
    next: (opened) => {
      wire = opened;
      heard.push('open');
      opened.messages.subscribe((text) => heard.push(text));
      opened.activity?.subscribe(() => heard.push('alive'));
    },
    error: (error: unknown) => heard.push(error),
    complete: () => heard.push('complete'),
  });
  return { heard, subscription, wire: () => wire };
};

describe('fakeNetwork', () => {
  it('opens nothing before it is subscribed to', () => {
    const network = fakeNetwork();

    network.open({ url });
    network.request({ method: 'GET', url });

    expect([network.wires, network.requests]).toEqual([[], []]);
  });

  it('opens a wire, delivers frames and notes what is sent', () => {
    const network = fakeNetwork();
    const { heard, wire } = connect(network);
    expect(wireAt(network, 0).status).toBe('opening');

    wireAt(network, 0).open();
    wireAt(network, 0).receive('text', { json: [1] });
    wireAt(network, 0).pulse();
    wire()?.send('hello');

    expect(heard).toEqual(['open', 'text', '{"json":[1]}', 'alive']);
    expect(wireAt(network, 0)).toMatchObject({ status: 'open', sent: ['hello'], closed: undefined, endpoint: { url } });
    expect(eventsOf(network)).toEqual([
      { type: 'opening', wire: 0, url },
      { type: 'sent', wire: 0, text: 'hello' },
    ]);
  });

  it('loses a wire with an error, a clean close included', () => {
    const network = fakeNetwork();
    const [broken, ended, refused] = [connect(network), connect(network), connect(network)];
    const silent = new WireLostError('silent', 'nothing heard');

    wireAt(network, 0).open();
    wireAt(network, 0).lose(silent);
    wireAt(network, 1).open();
    wireAt(network, 1).end(1001);
    wireAt(network, 2).lose();

    expect(broken.heard).toEqual(['open', silent]);
    expect(ended.heard).toEqual(['open', new WireLostError('closed', 'closed by the venue', 1001)]);
    expect(refused.heard).toEqual([new WireLostError('failed', 'lost', 1006)]);
    expect(network.wires.map(({ status, closed }) => [status, closed])).toEqual([
      ['ended', undefined],
      ['ended', undefined],
      ['ended', undefined],
    ]);
  });

  it('completes after our own close only, and notes its code', () => {
    const network = fakeNetwork();
    const { heard, wire } = connect(network);
    wireAt(network, 0).open();

    wire()?.close(4001, 'done');
    wire()?.send('too late');
    wire()?.close();

    expect(heard).toEqual(['open', 'complete']);
    expect(wireAt(network, 0)).toMatchObject({ status: 'ended', sent: [], closed: { code: 4001, reason: 'done' } });
    expect(eventsOf(network)).toEqual([
      { type: 'opening', wire: 0, url },
      { type: 'closed', wire: 0, code: 4001, reason: 'done' },
    ]);
  });

  it('closes with 1000 when unsubscribed, also while opening', () => {
    const network = fakeNetwork();
    connect(network).subscription.unsubscribe();
    const open = connect(network);
    wireAt(network, 1).open();
    open.subscription.unsubscribe();

    expect(network.wires.map(({ status, closed }) => [status, closed?.code])).toEqual([
      ['ended', 1000],
      ['ended', 1000],
    ]);
    expect(open.heard).toEqual(['open']);
  });

  it('refuses what a test can not mean', () => {
    const network = fakeNetwork();
    connect(network);

    expect(() => {
      wireAt(network, 0).receive('early');
    }).toThrow("wire 0 is opening, it can't receive");
    wireAt(network, 0).open();
    expect(() => {
      wireAt(network, 0).open();
    }).toThrow("wire 0 is open, it can't open");
    wireAt(network, 0).lose();
    expect(() => {
      wireAt(network, 0).pulse();
    }).toThrow("wire 0 is ended, it can't show life");
  });

  it('lets requests be answered, failed and aborted', () => {
    const network = fakeNetwork();
    const heard: unknown[] = [];
    const ask = () =>
      network.request({ method: 'GET', url }).subscribe({
        next: (answer) => heard.push(answer),
        error: (error: unknown) => heard.push(error),
        complete: () => heard.push('complete'),
      });
    ask();
    ask();
    ask();
    const aborted = ask();

    requestAt(network, 0).respond({ lastUpdateId: 1 });
    requestAt(network, 1).respond(response('slow down', { status: 429, headers: { 'retry-after': '1' } }));
    requestAt(network, 2).fail();
    aborted.unsubscribe();
    requestAt(network, 3).respond('too late');

    expect(heard).toEqual([
      { status: 200, headers: {}, body: '{"lastUpdateId":1}' },
      'complete',
      { status: 429, headers: { 'retry-after': '1' }, body: 'slow down' },
      'complete',
      new RequestFailedError('no answer'),
    ]);
    expect(network.requests.map(({ status }) => status)).toEqual(['answered', 'answered', 'failed', 'aborted']);
    expect(eventsOf(network).at(-1)).toEqual({ type: 'aborted', method: 'GET', url });
  });

  it('wakes', () => {
    const network = fakeNetwork();
    let woken = 0;
    network.wake?.subscribe(() => woken++);

    network.wakeUp();

    expect(woken).toBe(1);
  });
});
