import type { Page } from '@playwright/test';
import { expect, settled, signInAs, test } from './app';

/** Ask the graph as the person signed in on the page. */
async function ask<T>(page: Page, query: string, variables: object = {}): Promise<T> {
  const response = await page.request.post('/graphql', { data: { query, variables }, headers: { 'x-lineofsight': 'app' } });
  return ((await response.json()) as { data: T }).data;
}

interface MyGoals {
  viewer: { person: { goals: { nodes: { id: string; title: string; version: number; progress: number | null; milestones: { nodes: { title: string; doneAt: string | null }[] } }[] } } };
}

const MY_GOALS = '{ viewer { person { goals(filter: {status: [ACTIVE]}, first: 50) { nodes { id title version progress milestones(first: 20) { nodes { title doneAt } } } } } } }';

test.describe.serial('a director', () => {
  test('[A4] marks a milestone done, and the progress moves at once', async ({ page }) => {
    await signInAs(page, 'director');
    const { viewer } = await ask<MyGoals>(page, MY_GOALS);
    const goal = viewer.person.goals.nodes.find(({ milestones }) => milestones.nodes.some(({ doneAt }) => !doneAt));
    test.skip(!goal, 'no goal of the director has a milestone ahead');
    await page.goto(`/goals/${goal!.id}`);
    await settled(page);
    const section = page.getByRole('region', { name: 'Milestones' });
    const done = await section.getByText(/^Done /).count();
    const stands = page.getByRole('region', { name: 'Where it stands' }).getByText(/^\d+%, /);
    const before = await stands.textContent();
    await section.getByRole('button', { name: /^Mark done/ }).first().click();
    const dialog = page.getByRole('dialog', { name: goal!.title });
    await expect(dialog.getByRole('textbox', { name: /^Note/ })).toBeFocused();
    await page.keyboard.press('Control+Enter');
    await expect(section.getByText(/^Done /)).toHaveCount(done + 1);
    await expect(page.getByText('Milestone reached').first()).toBeVisible();
    await expect(stands).not.toHaveText(before ?? '');
  });

  test('[A1] is told when someone else changed the goal meanwhile, and loses nothing', async ({ page }) => {
    await signInAs(page, 'director');
    const { viewer } = await ask<MyGoals>(page, MY_GOALS);
    const { id, title, version } = viewer.person.goals.nodes[0]!;
    await page.goto(`/goals/${id}`);
    await settled(page);
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit goal' });
    await dialog.getByLabel('Description').fill('What I meant to say.');
    await ask(page, 'mutation ($input: GoalEditInput!) { goalEdit(input: $input) { problems { message } } }', {
      input: { goalId: id, version, changes: { title: `${title} (again)` } },
    });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByText(/Someone else changed this goal/)).toBeVisible();
    await expect(dialog.getByText(`its title is now “${title} (again)”`)).toBeVisible();
    await expect(dialog.getByLabel('Description')).toHaveValue('What I meant to say.');
    await dialog.getByRole('button', { name: 'Keep mine and save over it' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText('What I meant to say.')).toBeVisible();
    await expect(page.getByRole('heading', { level: 1, name: `${title} (again)` })).toBeVisible();
  });
});
