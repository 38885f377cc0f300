import fs from 'node:fs';
import { expect, expectAccessible, settled, signInAs, test } from './app';

const SCREENS = [
  { name: 'desktop', size: { width: 1280, height: 860 } },
  { name: 'phone', size: { width: 390, height: 844 } },
] as const;

test('[A2] the cascade is walked by keyboard, from the plan to a goal', async ({ page }) => {
  await signInAs(page, 'employee');
  await page.getByRole('link', { name: 'Cascade' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Cascade' })).toBeFocused();
  const tree = page.getByRole('treegrid');
  const top = tree.locator('[data-row="0"]');
  await expect(top).toHaveAttribute('aria-level', '1');
  await page.getByRole('button', { name: 'Download as CSV' }).focus();
  await page.keyboard.press('Tab');
  await expect(top).toBeFocused();
  await page.keyboard.press('ArrowDown');
  const goal = tree.locator('[data-row="1"]');
  await expect(goal).toBeFocused();
  await expect(goal).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowLeft');
  await expect(goal).toHaveAttribute('aria-expanded', 'false');
  const rows = Number(await tree.getAttribute('aria-rowcount'));
  await page.keyboard.press('*');
  await expect(goal).toHaveAttribute('aria-expanded', 'true');
  expect(Number(await tree.getAttribute('aria-rowcount'))).toBeGreaterThan(rows);
  await page.keyboard.press('End');
  await expect(tree.locator(':focus')).toHaveAttribute('aria-rowindex', (await tree.getAttribute('aria-rowcount')) ?? '');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  const title = await goal.getByRole('rowheader').innerText();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: title.trim() })).toBeVisible();
});

test('[A2] what is sought is marked, the rest dimmed, and the address keeps it', async ({ page }) => {
  await signInAs(page, 'employee');
  await page.goto('/cascade');
  await settled(page);
  await page.keyboard.press('/');
  await page.keyboard.type('safe');
  await expect(page.getByText(/^Match 1 of \d/)).toBeVisible();
  await page.getByRole('button', { name: /^On track/ }).click();
  await expect(page).toHaveURL(/find=safe/);
  await expect(page).toHaveURL(/status=.*ON_TRACK/);
  await page.reload();
  await expect(page.getByRole('searchbox', { name: 'Find a goal' })).toHaveValue('safe');
  await expect(page.getByRole('button', { name: /^On track/ })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('treegrid').locator('mark').first()).toBeVisible();

  const goals = Number(/([\d,]+) goals?/.exec(await page.getByRole('main').innerText())![1]!.replace(',', ''));
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download as CSV' }).click()]);
  expect(download.suggestedFilename()).toMatch(/^cascade-[\w-]+\.csv$/);
  expect(fs.readFileSync(await download.path(), 'utf8').trim().split('\r\n')).toHaveLength(goals + 1);
});

test('[A2] the map is another view of the same tree, with the same goal selected', async ({ page }) => {
  await signInAs(page, 'employee');
  await page.goto('/cascade');
  await settled(page);
  await page.getByRole('radio', { name: 'Outline' }).press('ArrowRight');
  await expect(page).toHaveURL(/view=map/);
  const map = page.getByRole('img', { name: /^Map of/ });
  await expect(map).toBeVisible();
  await map.focus();
  await page.keyboard.press('ArrowDown');
  const selected = page.getByRole('region', { name: 'Selected goal' });
  await expect(selected.getByText('Strategic goal', { exact: true })).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('button', { name: 'Open branch' })).toBeVisible();
  await page.getByRole('radio', { name: 'Map' }).press('ArrowLeft');
  const row = page.getByRole('treegrid').locator('[aria-selected="true"]');
  await expect(row).toHaveAttribute('data-row', '1');
  await expect(row).toHaveAttribute('aria-expanded', 'false');
});

for (const screen of SCREENS) {
  test.describe(`on a ${screen.name}`, () => {
    test.use({ viewport: screen.size });

    test('the cascade has no accessibility fault, in light and dark', async ({ page }) => {
      test.setTimeout(120_000);
      await signInAs(page, 'employee');
      for (const address of ['/cascade', '/cascade?find=safe', '/cascade?status=["AT_RISK"]', '/cascade?view=map', '/cascade?root=no-such-goal']) {
        await page.goto(address);
        await settled(page);
        await page.emulateMedia({ colorScheme: 'light' });
        await test.step(`${address}, light`, () => expectAccessible(page));
        await page.emulateMedia({ colorScheme: 'dark' });
        await test.step(`${address}, dark`, () => expectAccessible(page, 'colors'));
      }
    });
  });
}

test.describe('at 320 pixels', () => {
  test.use({ viewport: { width: 320, height: 700 } });

  test('the cascade needs no sideways scrolling', async ({ page }) => {
    await signInAs(page, 'employee');
    await page.goto('/cascade');
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
});
