import { expect, pickGoal, settled, signInAs, test } from './app';

const TITLE = 'Call back every applicant within one day';

test('[A1][A6] a goal goes from an idea to its first check-in, through two people', async ({ page }) => {
  test.setTimeout(120_000);
  await test.step('the employee keeps a draft, links it, and sends it', async () => {
    await signInAs(page, 'employee');
    await page.goto('/goals/new');
    await page.getByRole('textbox', { name: 'What do you want to achieve?' }).fill(TITLE);
    await page.getByRole('textbox', { name: 'Measure' }).fill('Calls returned within one day');
    await page.getByRole('textbox', { name: 'From' }).fill('50');
    await page.getByRole('textbox', { name: 'To', exact: true }).fill('95');
    await page.getByRole('textbox', { name: 'Counted in' }).fill('%');
    await page.getByLabel('By when?').fill(new Date(Date.now() + 150 * 86_400_000).toISOString().slice(0, 10));
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
    await expect(page.getByText('Draft', { exact: true })).toBeVisible();

    await page.getByRole('button', { name: 'Link to a goal…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Links to other goals' });
    await pickGoal(page, dialog.getByRole('combobox', { name: '…which goal?' }), 'permit');
    await dialog.getByRole('textbox', { name: /^Why/ }).fill('An early call saves a second review.');
    await dialog.getByRole('button', { name: 'Link', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('navigation', { name: 'Line of sight' }).getByRole('listitem').first()).toBeVisible();
    await page.getByRole('button', { name: 'Send for approval' }).click();
    await expect(page.getByText('Waiting for approval')).toBeVisible();
  });

  await test.step('the manager reads it, sends it back once, then approves it', async () => {
    await signInAs(page, 'manager');
    const asked = page.getByRole('list', { name: 'What is due' }).getByRole('listitem').filter({ hasText: TITLE });
    await asked.getByRole('link', { name: TITLE }).click();
    await page.getByRole('button', { name: 'Send back…' }).click();
    await page.getByRole('textbox', { name: 'What should change?' }).fill('Say which applicants.');
    await page.getByRole('button', { name: 'Send back', exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: 'sent back' })).toBeVisible();

    await signInAs(page, 'employee');
    await page.goto(`/goals?q=${encodeURIComponent(TITLE)}`);
    await page.getByRole('link', { name: TITLE }).click();
    await expect(page.getByText('Sent back to be changed. Say which applicants.')).toBeVisible();
    await page.getByRole('button', { name: 'Send for approval' }).click();
    await expect(page.getByText('Waiting for approval')).toBeVisible();

    await signInAs(page, 'manager');
    await page.getByRole('list', { name: 'What is due' }).getByRole('listitem').filter({ hasText: TITLE }).getByRole('button', { name: /^Approve/ }).click();
    await expect(page.getByRole('status').filter({ hasText: `Approved: ${TITLE}` })).toBeVisible();
  });

  await test.step('the employee starts it and checks in', async () => {
    await signInAs(page, 'employee');
    await page.goto(`/goals?q=${encodeURIComponent(TITLE)}`);
    await settled(page);
    await page.getByRole('link', { name: TITLE }).click();
    await page.getByRole('button', { name: 'Start this goal' }).click();
    await expect(page.getByText('Active', { exact: true })).toBeVisible();
    await page.keyboard.press('c');
    const dialog = page.getByRole('dialog', { name: TITLE });
    await expect(dialog.locator('input:focus')).toBeVisible();
    await page.keyboard.type('68');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText(/^40%/).first()).toBeVisible();
  });
});
