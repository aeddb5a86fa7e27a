import * as t from 'io-ts';
import { type TryDecode, tryDecodeOf } from '../../codec/fastType.js';
import type { Fields } from '../../codec/frame.js';
import { LooseDecimal } from '../../codec/looseDecimal.js';
import { Id, Text } from '../../codec/scalars.js';
import { effectOf } from './effect.js';
import { Instant } from './scalars.js';

/** The venue's keys by what they hold. */
export interface Keys {
  /** Numbers or texts that name something: texts here. */
  readonly ids?: readonly string[];
  readonly texts?: readonly string[];
  readonly flags?: readonly string[];
  /** Decimals: numbers here, with the exact text beside them. Signed by `<key>-effect` where that is there. */
  readonly amounts?: readonly string[];
  /** Times, in ms since 1970 here. */
  readonly times?: readonly string[];
}

export type Form = keyof Keys;

/** `price-effect` ⇄ `priceEffect`. */
export type Camel<S extends string> = S extends `${infer Head}-${infer Rest}` ? `${Head}${Capitalize<Camel<Rest>>}` : S;

const CODECS = { ids: Id, texts: Text, flags: t.boolean, amounts: LooseDecimal, times: Instant } as const;
const TRIES: Readonly<Record<Form, TryDecode<unknown>>> = {
  ids: tryDecodeOf(Id),
  texts: tryDecodeOf(Text),
  flags: tryDecodeOf(t.boolean),
  amounts: tryDecodeOf(LooseDecimal),
  times: tryDecodeOf(Instant),
};
const FORMS: readonly Form[] = ['ids', 'texts', 'flags', 'amounts', 'times'];

/** One key, found out about once: lists have thousands of objects. */
export interface Field {
  readonly key: string;
  /** What it is called here. */
  readonly name: string;
  readonly codec: t.Mixed;
  readonly tryDecode: TryDecode<unknown>;
  /** Of an amount, the key that says its sign where it is there. */
  readonly effect: string | undefined;
}

export const fieldsOf = (keys: Keys): readonly Field[] =>
  FORMS.flatMap((form) =>
    (keys[form] ?? []).map((key) => ({
      key,
      name: camel(key),
      codec: CODECS[form],
      tryDecode: TRIES[form],
      effect: form === 'amounts' ? effectOf(key) : undefined,
    })),
  );

export const codecsOf = (keys: Keys): Fields =>
  Object.fromEntries(FORMS.flatMap((form) => (keys[form] ?? []).map((key) => [key, CODECS[form]])));

/** `price-effect` to `priceEffect`. */
export const camel = (key: string): string => key.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
