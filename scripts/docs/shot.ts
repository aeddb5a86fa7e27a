/** A picture that was made: its file without `.png`, and what is to be seen on it. */
export interface Shot {
  readonly name: string;
  readonly words: string;
}
