import { expect, settled, signInAs, test } from './app';

test('[P4] a wrong password and an unknown e-mail get the same answer', async ({ page }) => {
  await page.goto('/sign-in');
  const answers: string[] = [];
  for (const email of ['nobody@example.org', (await (await page.request.get('/site.json')).json()).demo.people[0].email as string]) {
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    const alert = page.getByRole('alert');
    await expect(alert).toBeVisible();
    answers.push((await alert.textContent()) ?? '');
    await page.reload();
  }
  expect(answers[0]).toBe(answers[1]);
});

test('[P4] signing in leads back to the page that was asked for, signing out ends it', async ({ page }) => {
  await page.goto('/goals?stage=all');
  await expect(page).toHaveURL(/\/sign-in\?back=/);
  await page.getByRole('button', { name: /^employee/i }).click();
  await expect(page).toHaveURL(/\/goals\?stage=all$/);
  await page.getByRole('button', { name: /your menu/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto('/goals');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('[P4] a session that ended asks to sign in again, and comes back', async ({ page }) => {
  await signInAs(page, 'employee');
  await page.context().clearCookies();
  await page.getByRole('link', { name: 'The plan' }).click();
  await expect(page).toHaveURL(/\/sign-in\?back=%2Fplan/);
  await page.getByRole('button', { name: /^employee/i }).click();
  await expect(page).toHaveURL(/\/plan$/);
});

test('never leads to another site after signing in', async ({ page }) => {
  await page.goto('/sign-in?back=//elsewhere.example/');
  await page.getByRole('button', { name: /^employee/i }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Hello');
});

test('the theme chosen stays, and is there before the first paint', async ({ page }) => {
  await signInAs(page, 'employee');
  await page.getByRole('button', { name: /your menu/ }).click();
  await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('the skip link leads past the navigation', async ({ page }) => {
  await signInAs(page, 'employee');
  await page.reload();
  await settled(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
});

test('shortcuts are listed under ? and can be switched off', async ({ page }) => {
  await signInAs(page, 'employee');
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await help.getByRole('checkbox', { name: 'Use single-letter shortcuts' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await page.keyboard.press('n');
  await expect(page).toHaveURL(/\/$/);
});

test('a lost connection is told, and nothing entered is lost', async ({ page, context }) => {
  await signInAs(page, 'employee');
  await page.goto('/goals');
  await page.getByRole('button', { name: /^Check in/ }).first().click();
  const dialog = page.getByRole('dialog');
  const number = dialog.locator('input[inputmode="decimal"]');
  await number.fill('12');
  await context.setOffline(true);
  await dialog.getByRole('button', { name: 'Save check-in' }).click();
  await expect(dialog.getByText(/No connection to the server/)).toBeVisible();
  await expect(number).toHaveValue('12');
  await context.setOffline(false);
  await dialog.getByRole('button', { name: 'Save check-in' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Check-in saved' })).toBeVisible();
});
