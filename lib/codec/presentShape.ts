import type { FrameShape } from './frameShape.js';

/** A shape is learned of no frame that has more of it: it would not come again. */
const LONGEST = 1_000;
/** After so many frames in a row that did not fit a shape another one is learned; twice as many each time. */
const PATIENCE = 64;

/** The shape that frames have at present. */
export class PresentShape {
  #shape: FrameShape | undefined;
  #misses = 0;
  #patience = 1;

  get shape(): FrameShape | undefined {
    return this.#shape;
  }

  /** A frame was read by it. */
  fitted(): void {
    this.#misses = 0;
  }

  /** A frame was not. `learn` makes the shape of it, of so many characters. */
  missed(length: number, learn: () => FrameShape | undefined): void {
    this.#misses += 1;
    if (this.#misses < this.#patience || length > LONGEST) return;
    this.#misses = 0;
    this.#patience = Math.min(2 * this.#patience, PATIENCE);
    this.#shape = learn() ?? this.#shape;
  }
}
