import * as t from 'io-ts';
import { frame } from '../../codec/frame.js';
import { list } from '../../codec/list.js';
import { reader } from '../../codec/read.js';
import { Millis, Text } from '../../codec/scalars.js';
import type { ConnectionStatus } from '../../model/connection.js';
import type { Fault } from '../../model/fault.js';

/** What a gateway tells of itself: every second and with each change where its wires stand, and each fault as it comes. */
export type GatewayReport =
  | {
      readonly type: 'wires';
      readonly gateway: string;
      readonly wires: readonly {
        readonly wire: string;
        readonly status: ConnectionStatus['status'];
        readonly at: number;
      }[];
      readonly receivedTime: number;
    }
  | {
      readonly type: 'fault';
      readonly gateway: string;
      readonly fault: {
        readonly type: Fault['type'];
        readonly message: string;
        readonly channel?: string | undefined;
        readonly at: number;
      };
      readonly receivedTime: number;
    };

const Status = t.keyof({ idle: null, connecting: null, ready: null, lost: null, waiting: null, closed: null });
const FaultType = t.keyof({
  decode: null,
  gap: null,
  resnapshot: null,
  snapshot: null,
  refused: null,
  unconfirmed: null,
  dropped: null,
  drift: null,
  credentials: null,
  waiting: null,
  venue: null,
});

const WireReport = frame('relay.wire', { wire: Text, status: Status, at: Millis });
const StatusMessage = t.union(
  [
    frame('relay.wires', { g: Text, t: t.literal('w'), wires: list(WireReport, 'Wires') }),
    frame('relay.fault', {
      g: Text,
      t: t.literal('f'),
      fault: frame('relay.faultOf', { type: FaultType, message: Text, at: Millis }, { channel: Text }),
    }),
  ],
  'relay.status',
);

/** Reads what a gateway tells of itself. */
export const readStatus = reader(StatusMessage, (message, at): GatewayReport =>
  message.t === 'w'
    ? { type: 'wires', gateway: message.g, wires: message.wires, receivedTime: at }
    : { type: 'fault', gateway: message.g, fault: message.fault, receivedTime: at },
);
