import { expect, expectAccessible, settled, signInAs, test } from './app';

const SCREENS = [
  { name: 'desktop', size: { width: 1280, height: 860 } },
  { name: 'phone', size: { width: 390, height: 844 } },
] as const;

for (const screen of SCREENS) {
  for (const scheme of ['light', 'dark'] as const) {
    test.describe(`${screen.name}, ${scheme}`, () => {
      test.use({ viewport: screen.size, colorScheme: scheme });

      test('the pages before signing in have no accessibility fault', async ({ page }) => {
        for (const address of ['/sign-in', '/welcome#not-a-real-secret', '/welcome']) {
          await page.goto(address);
          await settled(page);
          await expectAccessible(page);
        }
      });

      test('no page has an accessibility fault', async ({ page }) => {
        test.setTimeout(180_000);
        await signInAs(page, 'employee');
        await page.goto('/goals');
        await settled(page);
        const goal = await page.locator('[data-goal-link]').first().getAttribute('href');
        await page.goto('/');
        await settled(page);
        await page.getByRole('button', { name: /your menu/ }).click();
        await expectAccessible(page);
        const person = await page.getByRole('dialog', { name: 'Your menu' }).getByRole('link').getAttribute('href');
        await page.keyboard.press('Escape');
        const unit = await page.getByRole('link', { name: /^(My d|D)epartment/ }).getAttribute('href');
        for (const address of ['/', '/goals', '/goals?stage=all', '/goals?q=nothing-is-called-this', '/goals/new', goal, `${goal}/line-of-sight`, '/line-of-sight', '/plan', person, unit, '/no-such-page', '/goals/no-such-goal']) {
          await page.goto(address ?? '/');
          await settled(page);
          await expectAccessible(page);
        }
      });

      test('no dialog has an accessibility fault', async ({ page }) => {
        await signInAs(page, 'employee');
        await page.goto('/goals');
        await settled(page);
        await page.getByRole('button', { name: /^Check in/ }).first().click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await expectAccessible(page);
        await page.keyboard.press('Escape');
        await page.keyboard.press('?');
        await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
        await expectAccessible(page);
        await page.keyboard.press('Escape');
        await page.locator('[data-goal-link]').first().click();
        await settled(page);
        for (const name of ['Edit', /^Link/]) {
          const button = page.getByRole('group', { name: 'What you can do' }).getByRole('button', { name });
          if ((await button.count()) === 0) continue;
          await button.click();
          await expect(page.getByRole('dialog')).toBeVisible();
          await expectAccessible(page);
          await page.keyboard.press('Escape');
        }
      });
    });
  }
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
