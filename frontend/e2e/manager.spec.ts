import { expect, signInAs, test } from './app';

test.describe.serial('a manager', () => {
  test('[A6] approves a goal that a report proposed, from Home', async ({ page }) => {
    await signInAs(page, 'manager');
    const tasks = page.getByRole('list', { name: 'What is due' }).getByRole('listitem');
    const asked = tasks.filter({ hasText: 'asks you to approve it', hasNotText: 'within one day' }).first(); // that one is another journey's
    const title = (await asked.getByRole('link').textContent()) ?? '';
    await asked.getByRole('button', { name: 'Approve' }).click();
    await expect(page.getByRole('status').filter({ hasText: `Approved: ${title}` })).toBeVisible();
    await expect(tasks.filter({ hasText: title }).filter({ hasText: 'asks you to approve it' })).toHaveCount(0);
  });

  test('[A6] checks in on behalf of a report, and it is shown as such', async ({ page }) => {
    await signInAs(page, 'manager');
    await page.getByRole('button', { name: /your menu/ }).click();
    await page.getByRole('dialog', { name: 'Your menu' }).getByRole('link').click();
    await expect(page).toHaveURL(/\/people\//);
    const reports = page.getByRole('region', { name: /report/ });
    await expect(reports.getByRole('link').first()).toBeVisible();
    const names = await reports.getByRole('link').allTextContents();

    for (const name of names) {
      await reports.getByRole('link', { name, exact: true }).click();
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
      const goals = page.getByRole('list', { name: `Goals of ${name}` }).getByRole('listitem').filter({ hasText: /\d+%/ });
      if ((await goals.count()) > 0) {
        await goals.first().getByRole('link').click();
        break;
      }
      await page.goBack();
      await expect(reports).toBeVisible();
    }
    await expect(page).toHaveURL(/\/goals\//);
    await page.getByRole('button', { name: 'Check in', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText(/You are checking in for .+ It will be shown as entered by you/)).toBeVisible();
    const number = dialog.locator('input[inputmode="decimal"]');
    if (await number.count()) await number.fill('41');
    await dialog.getByRole('textbox', { name: /^Note/ }).fill('Entered from the Monday meeting.');
    await dialog.getByRole('button', { name: 'Save check-in' }).click();
    await expect(page.getByText('Entered from the Monday meeting.').first()).toBeVisible();
    await expect(page.getByText(/Devin Kowalczuk for /).first()).toBeVisible();
  });
});
