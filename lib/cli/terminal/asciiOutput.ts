import { asciiText } from '../render/asciiText.js';
import type { Io, Output } from './io.js';

/** The same with nothing but ASCII written, where that is all that can be read. */
export const readable = (io: Io): Io =>
  io.unicode ? io : { ...io, out: asciiOutput(io.out), err: asciiOutput(io.err) };

const asciiOutput = (output: Output): Output => ({ ...output, write: (text) => output.write(asciiText(text)) });
