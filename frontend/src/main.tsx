import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RelayEnvironmentProvider } from 'react-relay/hooks';
import { createEnvironment, whenSignedOut } from './app/environment';
import { createAppRouter } from './app/router';
import './theme.css';

const environment = createEnvironment();
const router = createAppRouter(environment);

whenSignedOut(() => {
  const { pathname, href } = router.state.location;
  if (pathname !== '/sign-in' && pathname !== '/welcome') void router.navigate({ to: '/sign-in', search: { back: href }, replace: true });
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <RelayEnvironmentProvider environment={environment}>
      <RouterProvider router={router} />
    </RelayEnvironmentProvider>
  </StrictMode>,
);
