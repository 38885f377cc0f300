import type { ReactElement } from 'react';

const SHAPES = {
  home: <path d="M3 9.5 10 3.5l7 6M5 8.5V16.5h10V8.5M8.5 16.5v-4.5h3v4.5" />,
  goals: (
    <>
      <circle cx="10" cy="10" r="7" />
      <circle cx="10" cy="10" r="3.4" />
      <circle cx="10" cy="10" r=".6" fill="currentColor" />
    </>
  ),
  sight: (
    <>
      <path d="M10 6.4v1.8M10 11.8v1.8" />
      <circle cx="10" cy="4.2" r="2" />
      <circle cx="10" cy="10" r="1.7" />
      <circle cx="10" cy="15.8" r="2" fill="currentColor" />
    </>
  ),
  unit: <path d="M8 3.5h4v3.5H8zM3 13h4v3.5H3zM13 13h4v3.5h-4zM10 7v3M5 13v-3h10v3" />,
  cascade: <path d="M4.5 3.5v11.5h4M4.5 8.5h4M8.5 7h8v3h-8zM8.5 13.5h8v3h-8zM3 3.5h8" />,
  plan: <path d="M5 3.5h7l3 3v10H5zM12 3.5v3h3M7.5 10h5M7.5 13h5" />,
  person: (
    <>
      <circle cx="10" cy="7" r="3.2" />
      <path d="M3.8 16.8c.8-3 3.2-4.3 6.2-4.3s5.4 1.3 6.2 4.3" />
    </>
  ),
  check: <path d="m5 10.5 3.3 3.3L15.2 6.5" />,
  good: (
    <>
      <circle cx="10" cy="10" r="7.2" />
      <path d="m6.8 10.3 2.3 2.3 4.2-4.8" />
    </>
  ),
  warn: <path d="M10 3.2 17.8 16.5H2.2zM10 8v4M10 14.2v.3" />,
  bad: <path d="M10 2.4 17.6 10 10 17.6 2.4 10zM10 6.4v4.4M10 13.2v.3" />,
  clock: (
    <>
      <circle cx="10" cy="10" r="7.2" />
      <path d="M10 5.8V10l2.8 2" />
    </>
  ),
  blank: <circle cx="10" cy="10" r="7.2" strokeDasharray="2.6 2.6" />,
  early: (
    <>
      <circle cx="10" cy="10" r="7.2" />
      <path d="M6.8 10h.1M10 10h.1M13.2 10h.1" strokeWidth="2.2" />
    </>
  ),
  info: (
    <>
      <circle cx="10" cy="10" r="7.2" />
      <path d="M10 9.2v4.4M10 6.4v.2" />
    </>
  ),
  plus: <path d="M10 4v12M4 10h12" />,
  close: <path d="m5 5 10 10M15 5 5 15" />,
  down: <path d="m5.5 7.8 4.5 4.5 4.5-4.5" />,
  right: <path d="m7.8 5.5 4.5 4.5-4.5 4.5" />,
  up: <path d="M10 16V4M5 9l5-5 5 5" />,
  hidden: <path d="M3 3l14 14M8.2 5.2A7.6 7.6 0 0 1 10 5c4.5 0 7 5 7 5a13 13 0 0 1-2.2 2.8M5.2 7.2A13 13 0 0 0 3 10s2.5 5 7 5c.9 0 1.7-.2 2.4-.5" />,
  link: <path d="M8.3 11.7a3 3 0 0 0 4.3 0l3-3a3 3 0 0 0-4.3-4.3l-1 1M11.7 8.3a3 3 0 0 0-4.3 0l-3 3a3 3 0 0 0 4.3 4.3l1-1" />,
  flag: <path d="M5 17V3.5M5 4h9.5l-2 3.5 2 3.5H5" />,
  menu: <path d="M4 6h12M4 10h12M4 14h12" />,
  keyboard: <path d="M2.5 5.5h15v9h-15zM5.5 8.5h.1M8.5 8.5h.1M11.5 8.5h.1M14.5 8.5h.1M7 11.8h6" />,
  out: <path d="M8 4H4v12h4M8 10h9M13.5 6.5 17 10l-3.5 3.5" />,
} satisfies Record<string, ReactElement>;

export type IconName = keyof typeof SHAPES;

/** A drawing beside words, never instead of them: hidden from assistive technology. */
export function Icon({ name, className = 'size-5' }: { readonly name: IconName; readonly className?: string }): ReactElement {
  return (
    <svg
      viewBox="0 0 20 20"
      className={`${className} shrink-0`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[name]}
    </svg>
  );
}
