import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

const web = path.resolve(import.meta.dirname, '../../backend/lineofsight/web');
const manifest = JSON.parse(fs.readFileSync(path.join(web, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
const kilobytes = (file: string) => gzipSync(fs.readFileSync(path.join(web, file))).length / 1000;

/** Every chunk that must be there before `name` runs, itself included. */
function needs(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const other of manifest[name]?.imports ?? []) needs(other, found);
  return found;
}

test('what a browser loads for any page stays within its budget', () => {
  const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry)!;
  const pages = Object.keys(manifest).filter((name) => name.endsWith('Page.tsx'));
  expect(pages.length).toBeGreaterThan(8);
  const files = (names: Iterable<string>) => [...names].map((name) => manifest[name]!.file);
  const first = needs(entry);
  const sizes = Object.fromEntries(
    pages.map((page) => {
      const all = new Set([...first, ...needs(page)]);
      return [path.basename(page), Math.round(files(all).reduce((sum, file) => sum + kilobytes(file), 0))];
    }),
  );
  console.log('JavaScript for each page, kB gzip:', sizes);
  for (const [page, size] of Object.entries(sizes)) expect(size, page).toBeLessThanOrEqual(230);
  for (const page of pages) expect(kilobytes(manifest[page]!.file), `${page} itself`).toBeLessThanOrEqual(45);

  const css = new Set(Object.values(manifest).flatMap((chunk) => chunk.css ?? []));
  expect([...css].reduce((sum, file) => sum + kilobytes(file), 0)).toBeLessThanOrEqual(15);
});
