/** A small PDF (1.4, uncompressed): `pages` are lines of text, each at its height in points; an empty page is what a scan looks like. */
export function makePdf(
  pages: readonly (readonly [y: number, text: string][])[],
  title?: string,
): Uint8Array {
  const objects: string[] = ['<< /Type /Catalog /Pages 2 0 R >>', ''];
  const kids: number[] = [];
  objects.push('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  for (const lines of pages) {
    const shown = lines.map(
      ([y, text]) => `BT /F1 12 Tf 72 ${y} Td (${text.replace(/[()\\]/g, '\\$&')}) Tj ET`,
    );
    const content = shown.join('\n');
    objects.push(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${objects.length} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
    );
    kids.push(objects.length);
  }
  objects[1] = `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((id) => `${id} 0 R`).join(' ')}] >>`;
  if (title !== undefined) objects.push(`<< /Title (${title}) >>`);
  let file = '%PDF-1.4\n';
  const at = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const info = title === undefined ? '' : ` /Info ${objects.length} 0 R`;
  const entries = at.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${at.length + 1}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${at.length + 1} /Root 1 0 R${info} >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}
