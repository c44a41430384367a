import { unusable } from '../refusal';

/** So much is looked at before any row is taken: a file in another encoding hardly ever hides it longer. */
const HEAD_BYTES = 128 * 1024;
const NEW_LINE = 10;

export interface CheckedFile {
  /** The beginning of the file, without a byte order mark. */
  readonly head: Buffer;
  /** The whole file, head included; throws at the first bytes that are no UTF-8. */
  readonly bytes: AsyncGenerator<Buffer, void, undefined>;
}

/**
 * Looks whether a file is a text in UTF-8 while it is read.
 * @throws FileUnusable where its beginning is none, or where there is no file at all
 */
export async function checkedBytes(source: AsyncIterable<Uint8Array>): Promise<CheckedFile> {
  const chunks = source[Symbol.asyncIterator]();
  const check = new Utf8Check();
  const parts: Buffer[] = [];
  let ended = false;
  for (let size = 0; size < HEAD_BYTES && !ended;) {
    const next = await chunks.next();
    if (next.done) ended = true;
    else {
      parts.push(Buffer.from(next.value));
      size += next.value.length;
    }
  }
  const whole = Buffer.concat(parts);
  refuseOtherFormats(whole);
  check.push(whole);
  if (ended) check.end();
  const head = whole.subarray(whole.indexOf('\ufeff') === 0 ? 3 : 0);
  if (head.toString('latin1').trim() === '') throw unusable('file.empty', 1);
  return { head, bytes: rest(head, ended ? undefined : chunks, check) };
}

/**
 * Reads a file to its end before a row of it is taken, where it can be read twice.
 * @throws FileUnusable at the first bytes that are no UTF-8
 */
export async function requireText(source: AsyncIterable<Uint8Array>): Promise<void> {
  const { bytes } = await checkedBytes(source);
  // The check is in the reading.
  for await (const _chunk of bytes);
}

async function* rest(
  head: Buffer,
  chunks: AsyncIterator<Uint8Array> | undefined,
  check: Utf8Check,
): AsyncGenerator<Buffer, void, undefined> {
  yield head;
  if (!chunks) return;
  for (;;) {
    const next = await chunks.next();
    if (next.done) break;
    check.push(next.value);
    yield Buffer.from(next.value);
  }
  check.end();
}

/** What a spreadsheet saves when it is not told otherwise. */
function refuseOtherFormats(head: Buffer): void {
  if (head.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) throw unusable('file.workbook', 1);
  if (head.subarray(0, 4).toString('hex') === 'd0cf11e0') throw unusable('file.workbook', 1);
  const mark = head.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') throw unusable('file.not-utf8', 1);
  const nul = head.indexOf(0);
  if (nul !== -1) throw unusable('file.not-text', 1 + linesIn(head.subarray(0, nul)));
}

/** Notices bytes that are no UTF-8, also where a letter is cut by the border of two chunks. */
class Utf8Check {
  private readonly strict = new TextDecoder('utf-8', { fatal: true });
  /** Reads along, to tell where it was. */
  private readonly lenient = new TextDecoder('utf-8');
  private line = 1;

  push(chunk: Uint8Array): void {
    this.guard(
      () => this.strict.decode(chunk, { stream: true }),
      this.lenient.decode(chunk, { stream: true }),
    );
    this.line += linesIn(chunk);
  }

  end(): void {
    this.guard(() => this.strict.decode(), this.lenient.decode());
  }

  private guard(decode: () => string, text: string): void {
    try {
      decode();
    } catch {
      const [good = ''] = text.split('\ufffd', 1);
      throw unusable('file.not-utf8', this.line + linesIn(Buffer.from(good)));
    }
  }
}

function linesIn(chunk: Uint8Array): number {
  let lines = 0;
  for (let at = chunk.indexOf(NEW_LINE); at !== -1; at = chunk.indexOf(NEW_LINE, at + 1)) lines++;
  return lines;
}
