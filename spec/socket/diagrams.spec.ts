import { Observable, Subject, filter, map } from 'rxjs';
import { WireLostError } from '../../lib/errors/wireLostError.js';
import type { Network, Wire } from '../../lib/network/network.js';
import type { ConnectionState } from '../../lib/model/connection.js';
import type { ChannelEvent } from '../../lib/socket/channelEvent.js';
import { defaultBackoff } from '../../lib/socket/backoff.js';
import { Hub } from '../../lib/socket/hub.js';
import { SharedStreams } from '../../lib/socket/sharedStreams.js';
import { type DiagramKit, runDiagram } from '../support/diagram.js';
import { fakeChannel, fakePlan } from '../support/fakeVenue.js';

/** A hub whose one wire does what the stream "wire" draws. */
function drawnHub({ hot, scheduler }: DiagramKit) {
  // A hub that is observed goes on for ever; what is drawn is over by then.
  scheduler.maxFrames = 6_000;
  const sends = new Subject<string>();
  let wire: { opens(): void; says(frame: unknown): void; lost(): void } | undefined;
  const network: Network = {
    open: () =>
      new Observable<Wire>((subscriber) => {
        const messages = new Subject<string>();
        wire = {
          opens: () => subscriber.next({ messages, send: (text) => sends.next(shown(text)), close: () => undefined }),
          says: (frame) => messages.next(JSON.stringify(frame)),
          lost: () => subscriber.error(new WireLostError('failed', 'lost')),
        };
        return () => sends.next('close');
      }),
    request: () => new Observable(),
  };
  hot('wire', (label) => label).subscribe((label) => {
    const [word = '', rest = ''] = label.split(/:? /);
    if (word === 'opens') wire?.opens();
    else if (word === 'lost') wire?.lost();
    else if (word === 'ack') wire?.says({ ack: rest });
    else if (word === 'no') wire?.says({ err: rest, text: 'refused' });
    else wire?.says({ key: word, payload: rest });
  });
  const hub = new Hub({
    plan: fakePlan(),
    network,
    scheduler,
    random: () => 1,
    backoff: defaultBackoff,
    wireLinger: 1_000,
    confirmWithin: 10_000,
    handshakeWithin: 10_000,
    maxLag: 2_000,
  });
  return { hub, sends };
}

/** `+a+b` subscribes both. */
function shown(text: string): string {
  const { op, topics } = JSON.parse(text) as { readonly op: string; readonly topics: readonly string[] };
  return topics.map((topic) => `${op === 'sub' ? '+' : '-'}${topic}`).join('');
}

const eventLabel = (event: ChannelEvent<unknown>): string => {
  if (event.type === 'message') return String(event.value);
  return event.type === 'confirmed' ? 'conf.' : event.type;
};

const stateLabel = (state: ConnectionState): string => {
  if (state.status !== 'waiting') return state.status;
  return state.ms === 0 ? 'wait 0' : state.ms < 1_000 ? `${state.ms} ms` : `${state.ms / 1_000} s`;
};

describe('the machine follows its diagram', () => {
  it('of reconnecting', () => {
    runDiagram('reconnect.txt', (kit) => {
      const { hub } = drawnHub(kit);
      hub.channel(fakeChannel('a')).subscribe();

      kit.expect('connection$', hub.connection$, stateLabel);
    });
  });

  it('of subscribing again', () => {
    runDiagram('resubscribe.txt', (kit) => {
      const { hub, sends } = drawnHub(kit);

      kit.expect('we send', sends.pipe(filter((text) => text !== 'close')), (text) => text);
      kit.expect('channel a', hub.channel(fakeChannel('a')), eventLabel);
      kit.expect('channel b', hub.channel(fakeChannel('b')), eventLabel);
    });
  });

  it('of lingering', () => {
    runDiagram('linger.txt', (kit) => {
      const { hub, sends } = drawnHub(kit);
      const streams = new SharedStreams({ linger: 1_000, scheduler: kit.scheduler });
      const a$ = streams
        .events('a', () => hub.channel(fakeChannel('a')))
        .pipe(
          filter((event) => event.type === 'message'),
          map(eventLabel),
        );

      kit.expect('we send', sends, (text) => text);
      for (const title of ['first', 'second', 'third']) kit.expect(title, a$, (label) => label);
    });
  });

  it('of a refusal', () => {
    runDiagram('refusal.txt', (kit) => {
      const { hub, sends } = drawnHub(kit);

      kit.expect('we send', sends.pipe(filter((text) => text !== 'close')), (text) => text);
      for (const key of ['a', 'b', 'c']) kit.expect(`channel ${key}`, hub.channel(fakeChannel(key)), eventLabel);
    });
  });
});
