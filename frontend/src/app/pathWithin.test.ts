import { expect, it } from 'vitest';
import { pathWithin } from './pathWithin';

it('[P4] leads back only to a page of this app', () => {
  expect(pathWithin('/goals?stage=all#x')).toBe('/goals?stage=all#x');
  for (const elsewhere of ['//evil.example/', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/\t/evil.example', '', 7, null]) {
    expect(pathWithin(elsewhere)).toBeUndefined();
  }
});
