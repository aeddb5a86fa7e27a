import type { ConnectionState } from '../../model/connection.js';
import type { Fault } from '../../model/fault.js';

/** What went wrong or was mended, as it is listed: a fault, or a wire that was lost or is back. */
export interface Notice {
  readonly at: number;
  readonly type: Fault['type'] | 'lost' | 'back';
  readonly message: string;
}

export const faultNotice = ({ at, type, message }: Fault): Notice => ({ at, type, message });

/** `undefined` for a step that is no news. @param lostAt When the wire was lost, where it is not back yet. */
export function wireNotice(connection: ConnectionState, lostAt: number | undefined): Notice | undefined {
  const { at, wire, status } = connection;
  if (status === 'lost') return { at, type: 'lost', message: `${wire}: ${connection.text}` };
  if (status !== 'ready' || lostAt === undefined) return undefined;
  return { at, type: 'back', message: `${wire}: connected again after ${((at - lostAt) / 1_000).toFixed(1)} s` };
}
