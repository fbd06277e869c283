import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { makePdf } from '../testing/pdf.ts';
import { readFolder } from './folder.ts';

function folderOf(t: TestContext, files: Record<string, string | Uint8Array>): string {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-knowledge-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

test('Markdown, text and PDF are read from the folder and those in it; other files are named', async (t) => {
  const folder = folderOf(t, {
    'parking.md': '# Parking\n\nBehind the building.',
    'hours/summer.TXT': 'Open till noon.',
    'price-list.pdf': makePdf([[[700, 'A visit costs ninety dollars.']]], 'Price list'),
    'README.md': 'Not of it.',
    '.hidden.md': 'Not of it.',
    'letter.docx': 'x',
  });
  symlinkSync('/etc/hostname', join(folder, 'link.txt'));
  const { documents, passedOver } = await readFolder(folder);
  assert.deepEqual(
    documents.map(({ id, title }) => [id, title]),
    [
      ['hours/summer', 'hours/summer'],
      ['parking', 'Parking'],
      ['price-list', 'Price list'],
    ],
  );
  assert.deepEqual(passedOver, ['letter.docx']);
});

test('a PDF has a section a page, its lines made paragraphs and its broken words whole', async (t) => {
  const page = [
    [700, 'We take cards, checks and ca-'],
    [686, 'sh at the front desk.'],
    [650, 'A plan \\(in parts\\) can be arranged.'.replaceAll('\\', '')],
  ] as [number, string][];
  const folder = folderOf(t, { 'a.pdf': makePdf([page, [], [[700, 'Last page.']]]) });
  const [document] = (await readFolder(folder)).documents;
  assert.deepEqual(document?.sections, [
    {
      heading: 'Page 1',
      paragraphs: ['We take cards, checks and cash at the front desk.', 'A plan (in parts) can be arranged.'],
    },
    { heading: 'Page 3', paragraphs: ['Last page.'] },
  ]);
});

test('what cannot be read is told together, and nothing is imported', async (t) => {
  const folder = folderOf(t, {
    'bad-head.md': '---\nquestions: 7\n---\ntext',
    'broken-head.md': '---\n[\n---\ntext',
    'broken.pdf': 'not a PDF',
    'empty.txt': ' \n',
    'good.md': 'Good.',
    'latin.txt': Buffer.from([0x63, 0x61, 0x66, 0xe9]),
    'scan.pdf': makePdf([[], []]),
    'twice.md': 'One.',
    'twice.txt': 'Two.',
  });
  await assert.rejects(readFolder(folder), (error) => {
    assert.ok(isCodedError(error, 'unreadable-document'));
    assert.deepEqual(error.message.replaceAll(`${folder} `, '').split('\n'), [
      'bad-head.md: its head is not as expected',
      'broken-head.md: its head is not as expected',
      'broken.pdf: is no PDF file, or a broken one',
      'empty.txt: holds no text',
      'latin.txt: is not UTF-8 text',
      'scan.pdf: holds no text: a scan needs OCR before it can be imported',
      'twice.txt: another file is called twice too',
    ]);
    return true;
  });
  await assert.rejects(readFolder(join(folder, 'none')), (error) => isCodedError(error, 'no-documents'));
});
