import type { Either } from 'fp-ts/lib/Either.js';
import type { Errors } from 'io-ts';
import { isJsonObject } from '../../codec/jsonObject.js';

/** What a frame is: its own word (`te`, `cs`), or by its shape. */
export type FrameKind = 'snapshot' | 'update' | (string & {});

/** The data of one frame as the dialect hands it on. */
export interface FrameData {
  readonly kind: FrameKind;
  readonly data: unknown;
}

type Read<T> = (payload: unknown, at: number) => Either<Errors, T>;

/** Reads data by what it is. Kinds that a channel does not know say nothing that it needs. */
export const byKind =
  <T>(readers: Readonly<Record<string, Read<T>>>, otherwise: T): Read<T> =>
  (payload, at) => {
    const kind = isJsonObject(payload) ? String(payload['kind']) : '';
    const read = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
    return read === undefined ? { _tag: 'Right', right: otherwise } : read(payload, at);
  };
