// Reads archives: a package of an extension is one.
import fs from "node:fs";
import zlib from "node:zlib";

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;

// readZip returns the entries of an archive by name, with their mode and a function that
// unpacks them.
export function readZip(file) {
  const bytes = fs.readFileSync(file);
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== endSignature) {
    end--;
  }
  if (end < 0) {
    throw new Error(`${file} is no archive`);
  }
  const entries = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    if (bytes.readUInt32LE(at) !== entrySignature) {
      throw new Error(`${file} is damaged`);
    }
    const method = bytes.readUInt16LE(at + 10);
    const packed = bytes.readUInt32LE(at + 20);
    const size = bytes.readUInt32LE(at + 24);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const mode = bytes.readUInt32LE(at + 38) >>> 16;
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const read = () => {
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      const data = bytes.subarray(start, start + packed);
      return method === 0 ? data : zlib.inflateRawSync(data);
    };
    entries.set(name, { mode, size, read });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}
