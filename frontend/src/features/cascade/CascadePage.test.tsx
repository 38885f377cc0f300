import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderApp } from '../../test/render';
import { bigPack, packOf } from './packs';

const cascade = packOf([
  'Safer streets',
  [['Fewer crashes', [['Fix crossings', [], { health: 'AT_RISK', viaHidden: true }]], { hidden: 2 }], ['Better light', [], { health: 'OFF_TRACK', progress: null }]],
]);
const plans = { nodes: [{ __typename: 'StrategicPlan', id: 'plan', name: 'Plan 2026', mission: 'Serve all', goals: { nodes: [{ id: 'id-Safer streets', title: 'Safer streets', cascade }] } }] };

const row = (name: RegExp) => screen.findByRole('row', { name });
const rows = () => screen.getAllByRole('row').slice(1);

beforeEach(() => {
  // The test's DOM has no layout: give the outline a height, so that it knows what is in sight.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(900);
});

describe('cascade', () => {
  it('[A2] shows the plan, every goal below it, and counts what is hidden', async () => {
    renderApp('/cascade', { plans });
    const goal = await row(/Fewer crashes/);
    expect(goal.getAttribute('aria-level')).toBe('3');
    expect([goal.getAttribute('aria-posinset'), goal.getAttribute('aria-setsize'), goal.getAttribute('aria-expanded')]).toEqual(['1', '2', 'true']);
    expect(screen.getByRole('treegrid').getAttribute('aria-rowcount')).toBe('6');
    expect(screen.getByText('4 goals')).toBeTruthy();
    expect(screen.getByText('2 goals you cannot see')).toBeTruthy();
    expect(within(goal).getByText('2 goals directly below that you cannot see')).toBeTruthy();
    expect(await row(/Below a goal you cannot see: Fix crossings/)).toBeTruthy();
    expect(screen.getByRole('button', { name: /At risk 1/ }).getAttribute('aria-pressed')).toBe('false');
  });

  it('goes by keyboard alone', async () => {
    const user = userEvent.setup();
    renderApp('/cascade', { plans });
    (await row(/Serve all/)).focus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(document.activeElement).toBe(await row(/Fewer crashes/));
    await user.keyboard('{ArrowLeft}');
    expect(document.activeElement?.getAttribute('aria-expanded')).toBe('false');
    expect(screen.queryByRole('row', { name: /Fix crossings/ })).toBeNull();
    await user.keyboard('b');
    expect(document.activeElement).toBe(await row(/Better light/));
    await user.keyboard('{Home}');
    expect(rows().filter((one) => one.tabIndex === 0)).toEqual([document.activeElement]);
    expect(document.activeElement).toBe(await row(/Serve all/));
    expect(within(screen.getByRole('region', { name: 'Selected goal' })).getByRole('link', { name: 'Open the plan' })).toBeTruthy();
  });

  it('finds, opens the way to what it finds, and dims the rest', async () => {
    const user = userEvent.setup();
    renderApp('/cascade', { plans });
    (await row(/Fewer crashes/)).focus();
    await user.keyboard('{ArrowLeft}');
    await user.type(screen.getByRole('searchbox', { name: 'Find a goal' }), 'CROSS');
    const found = await row(/Fix cross ?ings/); // the mark may count as a word of its own
    expect(within(found).getByText('cross').tagName).toBe('MARK');
    expect(found.getAttribute('aria-selected')).toBe('true');
    expect(screen.getByText('Match 1 of 1')).toBeTruthy();
    expect((await row(/Better light/)).className).toContain('text-muted');
  });

  it('takes the filter from the address, and one goal as its top', async () => {
    const node = { __typename: 'Goal', id: 'id-Safer streets', title: 'Safer streets', cascade };
    renderApp('/cascade?root=id-Safer%20streets&status=%5B%22AT_RISK%22%2C%22OFF_TRACK%22%5D', { plans, node });
    expect((await row(/Safer streets/)).getAttribute('aria-level')).toBe('1');
    expect(screen.getByRole('button', { name: /Off track 1/ }).getAttribute('aria-pressed')).toBe('true');
    expect(screen.getByText('2 matches')).toBeTruthy();
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Start from' }).value).toBe('id-Safer streets');
  });

  it('draws only what is in sight of many goals', async () => {
    const user = userEvent.setup();
    renderApp('/cascade?root=id-Goal%200', { plans, node: { __typename: 'Goal', id: 'id-Goal 0', title: 'Goal 0', cascade: bigPack(5000) } });
    (await row(/^Goal 0 /)).focus();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Open down to' }), 'Personal goals');
    expect(screen.getByRole('treegrid').getAttribute('aria-rowcount')).toBe('5001');
    expect(rows().length).toBeLessThan(60);
    (await row(/^Goal 0 /)).focus();
    await user.keyboard('{End}');
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-rowindex')).toBe('5001'));
  });

  it('says when there is no plan, no goal in it, or nothing this person may see', async () => {
    const { unmount } = renderApp('/cascade', { plans: { nodes: [] } });
    expect(await screen.findByText('No plan has been published yet')).toBeTruthy();
    unmount();
    const bare = renderApp('/cascade', { plans: { nodes: [{ id: 'plan', name: 'Plan', goals: { nodes: [] } }] } });
    expect(await screen.findByText('This plan has no strategic goal that you can see')).toBeTruthy();
    bare.unmount();
    renderApp('/cascade?root=gone', { plans, node: null });
    expect(await screen.findByText('You cannot see this goal')).toBeTruthy();
  });
});
