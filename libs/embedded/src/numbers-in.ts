/** The numbers of a blob. The driver hands out bytes wherever they lie; numbers need them at a multiple of four. */
export function numbersIn(bytes: Uint8Array): Int32Array {
  const aligned = bytes.byteOffset % Int32Array.BYTES_PER_ELEMENT === 0 ? bytes : bytes.slice();
  return new Int32Array(
    aligned.buffer,
    aligned.byteOffset,
    aligned.byteLength / Int32Array.BYTES_PER_ELEMENT,
  );
}
