/**
 * Links that hold everything in their fragment, which browsers do not send to any server: `#1.` and the base64url of the deflated
 * JSON of texts by name.
 */

/** What a link may hold, inflated. */
export const LONGEST = 256 * 1024;

const VERSION = '#1.';

/** Returns the fragment for texts by name; null if they are too long. */
export async function fragmentOf(texts) {
  const bytes = new TextEncoder().encode(JSON.stringify(texts));
  if (bytes.length > LONGEST) {
    return null;
  }
  const deflated = await piped(bytes, new CompressionStream('deflate-raw'), Infinity);
  const binary = Array.from(deflated, (byte) => String.fromCharCode(byte)).join('');
  return VERSION + btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Returns the texts by name of a fragment; null if it has none, or is no such fragment. */
export async function textsOf(fragment) {
  if (!fragment.startsWith(VERSION)) {
    return null;
  }
  try {
    const binary = atob(fragment.slice(VERSION.length).replaceAll('-', '+').replaceAll('_', '/'));
    const deflated = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const texts = JSON.parse(new TextDecoder().decode(await piped(deflated, new DecompressionStream('deflate-raw'), LONGEST)));
    return Object.fromEntries(Object.entries(texts).filter(([, text]) => typeof text === 'string'));
  } catch {
    return null;
  }
}

/** Sends bytes through a stream, which must not give more than so many. */
async function piped(bytes, stream, most) {
  const chunks = [];
  let length = 0;
  for await (const chunk of chunksOf(new Blob([bytes]).stream().pipeThrough(stream).getReader())) {
    length += chunk.length;
    if (length > most) {
      throw new RangeError('too long');
    }
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

async function* chunksOf(reader) {
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      yield read.value;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
