/** A path of this app, or undefined: never another site that someone put into the address ("//elsewhere", "/\\elsewhere"). */
export function pathWithin(value: unknown): string | undefined {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) && !/[\t\n\r]/.test(value) ? value : undefined;
}
