import { isJsonObject, type JsonObject } from '../../codec/jsonObject.js';

/** The object that a frame is; an empty one for whatever else it is. For frames whose text does not tell at its head. */
export function parsedFrame(text: string): JsonObject {
  try {
    const frame: unknown = JSON.parse(text);
    return isJsonObject(frame) ? frame : {};
  } catch {
    return {};
  }
}
