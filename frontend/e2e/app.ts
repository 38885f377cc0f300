import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Locator, type Page } from '@playwright/test';

/** The role a demo visitor may take, as the sign-in page names it. */
export type Role = 'employee' | 'manager' | 'director' | 'strategy office' | 'HR' | 'executive' | 'auditor' | 'administrator';

/**
 * Every test of the app also checks, whatever else it does, that no request left the server's own address, that the
 * content security policy was never violated, and that no script failed.
 */
export const test = base.extend<{ clean: void }>({
  clean: [
    async ({ page, baseURL }, use) => {
      const faults: string[] = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(`${baseURL}/`) && !request.url().startsWith('data:')) faults.push(`left the origin: ${request.url()}`);
      });
      page.on('console', (message) => {
        if (/content security policy|violates the following/i.test(message.text())) faults.push(message.text());
      });
      page.on('pageerror', (error) => faults.push(`script failed: ${error.message}`));
      await use();
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Take a role with one click, as a visitor of a demo does. */
export async function signInAs(page: Page, role: Role): Promise<void> {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: new RegExp(`^${role}\\b`, 'i') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Hello');
}

/** Once nothing is loading any more. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
}

/** Search a picker for `words` and take the first goal found, by keyboard. */
export async function pickGoal(page: Page, picker: Locator, words: string): Promise<void> {
  await picker.click();
  await picker.fill(words);
  const options = page.getByRole('listbox').getByRole('option'); // not those of a select
  await expect(options.first()).toContainText(new RegExp(words, 'i'));
  await expect(async () => {
    await page.keyboard.press('ArrowDown');
    await expect(picker).toHaveAttribute('aria-activedescendant', /./, { timeout: 500 });
  }).toPass();
  await page.keyboard.press('Enter');
  await expect(options).toHaveCount(0);
  await expect(picker).not.toHaveValue(words);
}

/** No violation of WCAG 2.2 AA, nor of what axe holds to be good practice; or, of the same page once more, of its colors. */
export async function expectAccessible(page: Page, only: 'everything' | 'colors' = 'everything'): Promise<void> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (only === 'colors'
    ? axe.withRules(['color-contrast', 'link-in-text-block'])
    : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
  ).analyze();
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.html.slice(0, 200)}`).join('\n')}`);
  expect(told.join('\n')).toBe('');
}
