import { execFileSync } from 'node:child_process';
import { expect, settled, test } from './app';
import { command } from './server';

test('[P4] a one-time link sets a password, and works once', async ({ page }) => {
  const database = process.env['E2E_DATABASE'];
  test.skip(!database, 'needs the command line on the database of the server it looks at');
  const said = execFileSync(command, ['person', 'add', 'new.colleague@kestrel.example', '--name', 'Ines Halvorsen-Diaz'], {
    env: { ...process.env, LINEOFSIGHT_DATABASE_URL: database! },
    encoding: 'utf8',
  });
  const link = /\/welcome#\S+/.exec(said)?.[0] ?? '';
  await page.goto(link);
  await page.getByLabel('New password').fill('short');
  await page.getByRole('button', { name: /^Set password/ }).click();
  await expect(page.getByText(/^Use at least/)).toBeVisible();
  await page.getByLabel('New password').fill('heron over the river');
  await page.getByRole('button', { name: /^Set password/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Hello, Ines');

  // Nothing assigned yet: every page says so, and what to do.
  await expect(page.getByText('Nothing is due.')).toBeVisible();
  await expect(page.getByText('You have no active goals')).toBeVisible();
  for (const [address, text] of [['/goals', 'You have no open goals'], ['/line-of-sight', 'You have no goals yet']] as const) {
    await page.goto(address);
    await settled(page);
    await expect(page.getByText(text)).toBeVisible();
  }

  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.goto(link);
  await page.getByLabel('New password').fill('another heron entirely');
  await page.getByRole('button', { name: /^Set password/ }).click();
  await expect(page.getByRole('alert')).toBeVisible();
});
