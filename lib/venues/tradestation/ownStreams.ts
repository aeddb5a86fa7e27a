import type { TradestationStreamRequest } from './topics.js';
import type { StreamSpec } from './wire.js';

/** The streams that are about one thing: each has a wire of its own. */
export interface OwnStreams {
  /**
   * Lets a stream have its wire, which is opened when somebody wants its channel.
   *
   * @param reader How its frames are read. Default: each goes to the one channel.
   */
  readonly open: (request: TradestationStreamRequest, reader?: StreamSpec['reader']) => TradestationStreamRequest;
  /** What the wire of this group carries; `undefined` where nothing of the kind was asked for. */
  readonly specOf: (group: string) => StreamSpec | undefined;
}

export function makeOwnStreams(): OwnStreams {
  const specs = new Map<string, StreamSpec>();
  return {
    open: (request, reader = delivering(request.key)) => {
      specs.set(request.key, { request, reader });
      return request;
    },
    specOf: (group) => specs.get(group),
  };
}

const delivering =
  (key: string): StreamSpec['reader'] =>
  (link) => ({
    data: (frame) => {
      link.deliver(key, frame);
    },
  });
