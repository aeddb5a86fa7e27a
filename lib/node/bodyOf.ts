import type { IncomingMessage } from 'node:http';

/** How long the body of a refusal may take, in ms: what has come by then is told. */
const WITHIN = 1_000;

/** Tells the body once, as far as `most` bytes of it, and as far as it has come where it breaks or stands still. */
export function bodyOf(response: IncomingMessage, most: number, done: (body: string) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  let isDone = false;
  const finish = (): void => {
    if (isDone) return;
    isDone = true;
    done(Buffer.concat(chunks).subarray(0, most).toString('utf8'));
    response.destroy();
  };
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= most) finish();
  });
  response.setTimeout(WITHIN, finish);
  response.once('error', finish);
  response.once('close', finish);
  response.once('end', finish);
}
