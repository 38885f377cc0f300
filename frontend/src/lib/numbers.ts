const LOCALE = 'en-US';

/** "62%" for 0.62; a share under one percent but above nothing keeps a decimal. */
export function percent(share: number): string {
  const value = share * 100;
  const digits = value !== 0 && Math.abs(value) < 1 ? 1 : 0;
  return `${value.toLocaleString(LOCALE, { maximumFractionDigits: digits })}%`;
}

/** A measured number with its unit of measure: "4,120 permits", "62%", "$1.5 million" stays as its unit says. */
export function amount(value: number, unit?: string | null): string {
  const text = value.toLocaleString(LOCALE, { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 1 });
  const suffix = value === 1 ? singular(unit?.trim()) : unit?.trim();
  if (!suffix) return text;
  if (/^(%|percent|percentage)$/i.test(suffix)) return `${text}%`;
  if (/^[$€£]$/.test(suffix)) return `${suffix}${text}`;
  return `${text} ${suffix}`;
}

/** "1 day" rather than "1 days": the first word that is an English plural loses its "s". */
function singular(unit: string | undefined): string | undefined {
  return unit?.replace(/^people\b/, 'person').replace(/\b([a-z]{2,}[^s\s])s\b/, '$1');
}

/** What someone typed as a number ("4,120", " 62 % ", "-3.5"), or null. */
export function parseAmount(text: string): number | null {
  const plain = text.replace(/[\s,%$€£]/g, '');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

/** "1 goal", "3 goals". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString(LOCALE)} ${n === 1 ? one : many}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(parts: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(parts);
}
