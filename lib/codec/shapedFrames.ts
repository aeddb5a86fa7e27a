import type * as t from 'io-ts';
import { REFUSED } from './fastType.js';
import { FramePlan } from './framePlan.js';
import { FrameShape } from './frameShape.js';
import { type JsonReading, plainJson } from './jsonReading.js';
import { exactJson } from './losslessJson.js';
import { PresentShape } from './presentShape.js';
import { ReadFrame } from './readFrame.js';

/**
 * Reads frames of one kind to what `JSON.parse` makes of them, or to what their codec makes of that: by the shape of one before,
 * or by it.
 */
export class ShapedFrames {
  readonly #present = new PresentShape();
  /** Of the shape that it is for. */
  #plan: FramePlan | undefined;

  /** @param codec Of the whole frame, one that takes {@link ReadFrame}s. Default: none, and frames come as they are. */
  constructor(
    private readonly codec?: t.Mixed,
    private readonly json: JsonReading = plainJson,
  ) {}

  /**
   * Reads one frame.
   *
   * @returns The frame; with a codec a {@link ReadFrame}, where it is of the shape and the codec takes it.
   * @throws SyntaxError for what is no JSON.
   */
  read(text: string): unknown {
    const { shape } = this.#present;
    const read = shape?.head(text) === text.length ? this.#planOf(shape).frame() : REFUSED;
    if (read !== REFUSED) {
      this.#present.fitted();
      return this.codec === undefined ? read : new ReadFrame(read);
    }
    const frame = this.json.parse(text);
    this.#present.missed(text.length, () => FrameShape.of(text, {}, '', this.json));
    return frame;
  }

  #planOf(shape: FrameShape): FramePlan {
    if (this.#plan?.shape !== shape) this.#plan = new FramePlan(shape, this.codec);
    return this.#plan;
  }
}

/** The same of frames whose numbers are kept as they are written: to what `parseExact` makes of them. */
export class ExactFrames extends ShapedFrames {
  constructor(codec?: t.Mixed) {
    super(codec, exactJson);
  }
}
