import type { DrawPicture } from '../../../src/publish/publisher.js';

/** Draws a picture of so many bytes, which hold what separates the parts of a form. */
export function drawOf(bytes: number): DrawPicture {
  return () =>
    Promise.resolve({
      bytes: Buffer.alloc(bytes, 'pixels\r\n\r\n--'),
      mimeType: 'image/png',
      width: 1200,
      height: 630,
    });
}
