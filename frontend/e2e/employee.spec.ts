import { expect, pickGoal, settled, signInAs, test } from './app';

test.describe.serial('an employee', () => {
  test('[A2] signs in, opens a goal and follows it up to the mission, by keyboard', async ({ page }) => {
    await page.goto('/');
    await expect(page).toHaveURL(/\/sign-in/);
    await expect(page.getByText('This is a demo.')).toBeVisible();
    await signInAs(page, 'employee');

    await expect(page.getByRole('heading', { name: 'What is due' })).toBeVisible();
    await expect(page.getByText(/^You have \d+ active goals?/)).toBeVisible();
    const goals = page.getByRole('list', { name: 'My active goals' });
    const link = goals.getByRole('link').first();
    const title = (await link.textContent()) ?? '';
    await link.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeFocused();

    const crumbs = page.getByRole('navigation', { name: 'Line of sight' });
    await crumbs.getByRole('link', { name: 'Line of sight' }).focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/line-of-sight$/);
    const chain = page.getByRole('navigation', { name: 'Line of sight' });
    await expect(chain.getByRole('listitem').first()).toContainText('Mission');
    await expect(chain.getByRole('listitem').last()).toContainText('This goal');

    // Up and Down walk the chain, Enter opens.
    await chain.getByRole('link', { name: title }).focus();
    await page.keyboard.press('ArrowUp');
    const above = page.locator('[data-step]:focus');
    await expect(above).not.toHaveText(title);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/goals\/.+\/line-of-sight$/);
    await settled(page);
  });

  test('[A6] checks in by keyboard alone and sees it at once', async ({ page }) => {
    await signInAs(page, 'employee');
    await page.goto('/goals?status=AT_RISK');
    await settled(page);
    if ((await page.getByRole('row').count()) === 0) await page.goto('/goals');
    await settled(page);

    // The first goal that takes check-ins: focus its title, press c.
    const row = page.getByRole('row').filter({ has: page.getByRole('button', { name: /^Check in/ }) }).first();
    await row.getByRole('link').focus();
    const title = (await row.getByRole('link').textContent()) ?? '';
    await page.keyboard.press('c');
    const dialog = page.getByRole('dialog', { name: title });
    await expect(dialog).toBeVisible();
    await expect(dialog.locator('input:focus')).toHaveAttribute('inputmode', 'decimal');
    await page.keyboard.type('33');
    await page.keyboard.press('Tab');
    await page.keyboard.press('4');
    await page.keyboard.press('Tab');
    const note = `Checked in by keyboard ${Date.now()}`;
    await page.keyboard.type(note);
    await page.keyboard.press('Control+Enter');
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('status').filter({ hasText: 'Check-in saved' })).toBeVisible();
    await expect(row.getByRole('link')).toBeFocused();

    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(page.getByText(note)).toBeVisible();
    await expect(page.getByText('Fairly sure (4 of 5)').first()).toBeVisible();
    await page.reload();
    await expect(page.getByText(note)).toBeVisible();
  });

  test('[A1] starts a goal with four answers and sends it for approval', async ({ page }) => {
    await signInAs(page, 'employee');
    await page.keyboard.press('n');
    await expect(page.getByRole('heading', { level: 1, name: 'New goal' })).toBeFocused();
    await page.getByRole('textbox', { name: 'What do you want to achieve?' }).fill('Answer every plan question within two days');
    const picker = page.getByRole('combobox', { name: 'Which goal does it serve?' });
    await picker.fill('words that are in no title');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Save and send for approval' }).click();
    await expect(page.getByText('Choose a goal from the list, or clear this box.')).toBeVisible();
    await pickGoal(page, picker, 'permit');
    await page.getByRole('textbox', { name: 'Measure' }).fill('Questions answered within two days');
    await page.getByRole('textbox', { name: 'From' }).fill('60%');
    await page.getByRole('textbox', { name: 'To', exact: true }).fill('90%');
    const due = new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel('By when?').fill(due);
    await expect(page.getByText(/While it is a draft, only you/)).toBeVisible();
    await page.getByRole('button', { name: 'Save and send for approval' }).click();

    await expect(page.getByRole('heading', { level: 1, name: 'Answer every plan question within two days' })).toBeVisible();
    await expect(page.getByText('Waiting for approval').first()).toBeVisible();
    await page.goto('/goals?q=plan+question');
    await expect(page.getByRole('row', { name: /Answer every plan question/ })).toContainText('Waiting for approval');
  });
});
