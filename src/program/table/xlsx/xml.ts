import { Parser } from 'htmlparser2';

/** What is made of the elements of a part; names are without their prefix. */
export interface Elements {
  opens?(name: string, attributes: Readonly<Record<string, string>>): void;
  closes?(name: string): void;
  /** A text may come in pieces. */
  text?(text: string): void;
}

/** Reads XML as it comes, so that no more of it than a piece is in memory. Entities that a document declares are not read. */
export async function readXml(chunks: AsyncIterable<Uint8Array>, elements: Elements) {
  const parser = new Parser(
    {
      onopentag: (name, attributes) => elements.opens?.(bare(name), attributes),
      onclosetag: (name) => elements.closes?.(bare(name)),
      ontext: (text) => elements.text?.(text),
    },
    { xmlMode: true },
  );
  const decoder = new TextDecoder();
  for await (const chunk of chunks) parser.write(decoder.decode(chunk, { stream: true }));
  parser.end(decoder.decode());
}

/**
 * A name without the prefix of its namespace.
 *
 * @example bare('x:row') // 'row'
 */
export function bare(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
