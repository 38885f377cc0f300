import type { Page } from '@playwright/test';
import { expect, expectAccessible, settled, signInAs, test } from './app';

const SCREENS = [
  { name: 'desktop', size: { width: 1280, height: 860 } },
  { name: 'phone', size: { width: 390, height: 844 } },
] as const;

/** Switch the system's colors, and wait until they have been painted. */
async function show(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
}

async function inLightAndDark(page: Page, what: string): Promise<void> {
  await test.step(`${what}, light`, () => expectAccessible(page));
  await show(page, 'dark');
  await test.step(`${what}, dark`, () => expectAccessible(page, 'colors'));
  await show(page, 'light');
}

for (const screen of SCREENS) {
  test.describe(`on a ${screen.name}, in light and dark,`, () => {
    test.use({ viewport: screen.size });

    test('the pages before signing in have no accessibility fault', async ({ page }) => {
      for (const address of ['/sign-in', '/welcome#not-a-real-secret', '/welcome']) {
        await page.goto(address);
        await settled(page);
        await inLightAndDark(page, address);
      }
    });

    test('no page has an accessibility fault', async ({ page }) => {
      test.setTimeout(240_000);
      await signInAs(page, 'employee');
      await page.goto('/goals');
      await settled(page);
      const goal = await page.locator('[data-goal-link]').first().getAttribute('href');
      await page.goto('/');
      await settled(page);
      await page.getByRole('button', { name: /your menu/ }).click();
      const menu = page.getByRole('dialog', { name: 'Your menu' });
      const person = await menu.getByRole('link').getAttribute('href');
      await inLightAndDark(page, 'the menu');
      await page.keyboard.press('Escape');
      const unit = await page.getByRole('link', { name: /^(My d|D)epartment/ }).getAttribute('href');
      await page.goto('/plan');
      await settled(page);
      const strategic = await page.locator('[data-goal-link]').first().getAttribute('href');
      const addresses = ['/', '/goals', '/goals?q=nothing-is-called-this', '/goals/new', goal, `${goal}/line-of-sight`, '/line-of-sight', '/plan', strategic, person, unit, '/no-such-page', '/goals/no-such-goal'];
      for (const address of addresses) {
        await page.goto(address ?? '/');
        await settled(page);
        await inLightAndDark(page, address ?? '/');
      }
    });

    test('no dialog has an accessibility fault', async ({ page }) => {
      test.setTimeout(120_000);
      await signInAs(page, 'employee');
      await page.goto('/goals');
      await settled(page);
      await page.getByRole('button', { name: /^Check in/ }).first().click();
      await expect(page.getByRole('dialog').getByRole('button', { name: 'Save check-in' })).toBeVisible();
      await inLightAndDark(page, 'check-in');
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      await inLightAndDark(page, 'shortcuts');
      await page.keyboard.press('Escape');
      await page.locator('[data-goal-link]').first().click();
      await expect(page.getByRole('group', { name: 'What you can do' })).toBeVisible();
      for (const name of ['Edit', /^Link/]) {
        await page.getByRole('group', { name: 'What you can do' }).getByRole('button', { name }).click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await inLightAndDark(page, String(name));
        await page.keyboard.press('Escape');
      }
    });
  });
}

test.describe('at 320 pixels', () => {
  test.use({ viewport: { width: 320, height: 700 } });

  test('nothing needs sideways scrolling', async ({ page }) => {
    await signInAs(page, 'employee');
    for (const address of ['/', '/goals', '/goals/new', '/line-of-sight', '/plan', '/sign-in']) {
      await page.goto(address);
      await settled(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), address).toBeLessThanOrEqual(320);
    }
  });
});
