const encoder = new TextEncoder();

/** How long a text is on the wire. */
export const bytesOf = (text: string): number => encoder.encode(text).length;
