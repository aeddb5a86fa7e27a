import { VirtualTimeScheduler } from 'rxjs';
import type { ConnectionState } from '../../lib/model/connection.js';
import type { Fault } from '../../lib/model/fault.js';
import { type FakeWire, fakeNetwork } from '../../lib/testing/index.js';
import { type DxLinkExchange, type DxLinkOptions, dxlink } from '../../lib/venues/dxlink/index.js';

interface Frame {
  readonly type: string;
  readonly channel: number;
  readonly service?: string;
  readonly token?: string;
  readonly parameters?: { readonly contract?: string };
}

export interface DxLinkWireConfig {
  /** What the venue says of the n-th AUTH (from 1), by its token; `undefined`: nothing. Default: `AUTHORIZED`. */
  readonly auth?: (n: number, token: string) => string | undefined;
  /** Says what was asked for a token once more, so many ms later. */
  readonly repeatsAfter?: number;
  /** Closes the wire behind each refusal. */
  readonly isClosing?: boolean;
  /** What the venue's SETUP says otherwise than ours. */
  readonly setup?: object;
  /** Wants no token. */
  readonly isOpen?: boolean;
  /** Opens no channel. */
  readonly isMute?: boolean;
  readonly options?: DxLinkOptions;
}

export interface DxLinkWire {
  readonly exchange: DxLinkExchange;
  readonly faults: Fault[];
  readonly connection: ConnectionState[];
  /** Tokens of all AUTHs, in order. */
  readonly auths: string[];
  readonly wires: readonly FakeWire[];
  readonly passTo: (time: number) => void;
  /** Rows of FULL on the newest channel of a contract. */
  readonly tell: (contract: string, ...rows: readonly object[]) => void;
  /** Any frame on the newest wire. */
  readonly say: (frame: object) => void;
  /** What went out on the newest wire. */
  readonly sent: () => readonly Frame[];
  /** How often a channel was asked for, over all wires. */
  readonly opened: () => number;
}

/** A dxLink played by hand: it goes through handshakes and opens channels by itself, and says what it is told to say. */
export function dxLinkWire({
  auth = () => 'AUTHORIZED',
  isMute = false,
  isOpen = false,
  isClosing = false,
  repeatsAfter,
  setup = {},
  options = {},
}: DxLinkWireConfig = {}): DxLinkWire {
  const scheduler = new VirtualTimeScheduler();
  const channels = new Map<string, number>();
  const auths: string[] = [];
  let opened = 0;
  const answer = (wire: FakeWire, ...frames: readonly object[]): void => {
    scheduler.schedule(() => {
      for (const frame of frames) if (wire.status === 'open') wire.receive(frame);
    }, 1);
  };
  const network = fakeNetwork({
    onOpening: (wire) =>
      scheduler.schedule(() => {
        wire.open();
      }),
    onSent: (wire, text) => {
      const frame = JSON.parse(text) as Frame;
      const { type, channel, service, parameters } = frame;
      if (type === 'SETUP') {
        const wanted = { type: 'AUTH_STATE', channel: 0, state: isOpen ? 'AUTHORIZED' : 'UNAUTHORIZED' };
        answer(wire, { ...frame, ...setup }, wanted);
        if (repeatsAfter !== undefined)
          scheduler.schedule(() => wire.status === 'open' && wire.receive(wanted), repeatsAfter);
      }
      if (type === 'AUTH') {
        const state = auth(auths.push(frame.token ?? ''), frame.token ?? '');
        if (state !== undefined) answer(wire, { type: 'AUTH_STATE', channel: 0, state });
        if (isClosing && state === 'UNAUTHORIZED') scheduler.schedule(() => wire.status === 'open' && wire.lose(), 2);
      }
      if (type === 'CHANNEL_REQUEST' && !isMute) {
        opened += 1;
        channels.set(parameters?.contract ?? service ?? '', channel);
        answer(wire, { type: 'CHANNEL_OPENED', channel, service, parameters });
      }
      if (type === 'DOM_SETUP') answer(wire, { type: 'DOM_CONFIG', channel, dataFormat: 'FULL' });
      if (type === 'KEEPALIVE') answer(wire, frame);
    },
  });
  let tokens = 0;
  const exchange = dxlink({
    network,
    scheduler,
    random: () => 0.5,
    credentials: () => [{ token: `token-${String((tokens += 1))}` }],
    ...options,
  });
  const faults: Fault[] = [];
  const connection: ConnectionState[] = [];
  exchange.faults$.subscribe((fault) => faults.push(fault));
  exchange.connection$.subscribe((state) => connection.push(state));
  const say = (frame: object): void => {
    network.wires.at(-1)?.receive(frame);
  };
  return {
    exchange,
    faults,
    connection,
    auths,
    say,
    get wires() {
      return network.wires;
    },
    passTo: (time) => {
      scheduler.maxFrames = time;
      scheduler.flush();
      scheduler.frame = time;
    },
    tell: (contract, ...data) => {
      say({ type: 'FEED_DATA', channel: channels.get(contract), data });
    },
    sent: () => (network.wires.at(-1)?.sent ?? []).map((text) => JSON.parse(text) as Frame),
    opened: () => opened,
  };
}
