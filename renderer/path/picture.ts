/** Pictures of a diagram for the clipboard: the colours that the page has now, as SVG and as PNG. */
import { svgPicture, type SvgPicture } from './svg-text.ts';
import type { DiagramContent } from './tracks.ts';

/** The picture in the colours on show. */
export function pictureOnShow(content: DiagramContent, offsetMinutes: number): SvgPicture {
  const style = getComputedStyle(document.documentElement);
  return svgPicture(content, offsetMinutes, (name) => style.getPropertyValue(`--${name}`).trim());
}

/** Browsers draw no larger canvas; a picture that is larger is made smaller. */
const mostPixelsOfSide = 16_384;

/** Twice as many pixels as the SVG says, for sharp text. Rejected when the browser cannot draw it. */
export async function pngOf({ text, width, height }: SvgPicture): Promise<Blob> {
  const scale = Math.min(2, mostPixelsOfSide / Math.max(width, height));
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const drawing = canvas.getContext('2d');
  if (!drawing) throw new Error('This browser has no canvas to draw on.');
  drawing.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error(`A picture of ${canvas.width} by ${canvas.height} pixels could not be made.`));
    }, 'image/png');
  });
}
