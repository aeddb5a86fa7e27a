/**
 * The beginning of a text, by itself: a slice keeps all of the text alive that it was cut from, for as long as somebody
 * keeps the fault or the error that it stands in.
 */
export const beginningOf = (text: string, most: number): string =>
  JSON.parse(JSON.stringify(text.slice(0, most))) as string;
