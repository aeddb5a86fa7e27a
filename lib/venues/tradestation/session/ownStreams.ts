import type * as t from 'io-ts';
import type { JsonObject } from '../../../codec/jsonObject.js';
import { ShapedFrames } from '../../../codec/shapedFrames.js';
import type { Link } from '../../../socket/plan.js';
import type { StreamReader } from './dialect.js';
import type { TradestationStreamRequest } from '../topics.js';
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

/**
 * Hands on each frame of a stream whose frames come one like the other.
 *
 * @param codec Takes frames that were read already.
 */
export const shaped =
  (key: string, codec: t.Mixed): StreamSpec['reader'] =>
  (link) => ({
    frames: new ShapedFrames(codec),
    data: (_, read) => {
      link.deliver(key, read);
    },
  });

/** Hands on all data of a line as one: a line may be a list of hundreds, and what they come to is copied but once. */
export const byLine =
  (key: string) =>
  (link: Link): StreamReader & { readonly flush: () => void } => {
    let frames: JsonObject[] = [];
    return {
      data: (frame) => {
        frames.push(frame);
      },
      flush: () => {
        const line = frames;
        frames = [];
        if (line.length > 0) link.deliver(key, line);
      },
    };
  };
