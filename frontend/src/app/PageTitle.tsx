import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';

let firstPage = true;

interface PageTitleProps {
  /** The title of the window, and of the page unless `children` say it otherwise. */
  readonly title: string;
  readonly children?: ReactNode;
  readonly className?: string;
}

/**
 * The page's one h1. When a reader moves to another page it takes the focus, so that the new title is read out and the
 * next Tab starts at the content.
 */
export function PageTitle({ title, children, className = 'text-2xl font-semibold tracking-tight' }: PageTitleProps): ReactElement {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    document.title = `${title} · Line of Sight`;
  }, [title]);
  useEffect(() => {
    if (!firstPage) heading.current?.focus({ preventScroll: true });
    firstPage = false;
  }, [pathname]);
  return (
    <h1 ref={heading} tabIndex={-1} className={className}>
      {children ?? title}
    </h1>
  );
}
