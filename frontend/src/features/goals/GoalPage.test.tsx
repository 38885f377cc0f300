import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { Unreachable } from '../../app/environment';
import { amara, renderApp } from '../../test/render';

const goal = {
  id: 'G1',
  title: 'Answer within two days',
  status: 'ACTIVE',
  health: 'AT_RISK',
  progress: 0.62,
  expectedProgress: 0.7,
  startDate: '2026-01-01',
  dueDate: '2026-12-31',
  lastObservedOn: '2026-05-04',
  progressSource: 'MEASURES',
  viewerCan: { checkIn: true },
  owner: amara,
  lineOfSight: [
    { __typename: 'Goal', id: 'G1', title: 'Answer within two days' },
    { __typename: 'HiddenGoal', level: 'UNIT' },
    { __typename: 'Goal', id: 'G0', title: 'Safer streets' },
  ],
  children: { hiddenCount: 2 },
  metrics: { nodes: [{ id: 'M1', name: 'Answered in time', direction: 'INCREASE', unitOfMeasure: '%', baseline: 40, current: 71, target: 90, progress: 0.62 }] },
};

describe('goal page', () => {
  it('[A2] names what it may not show in the line of sight, and counts it below', async () => {
    renderApp('/goals/G1', { goal });
    expect(await screen.findByRole('heading', { level: 1, name: 'Answer within two days' })).toBeTruthy();
    const path = screen.getByRole('navigation', { name: 'Line of sight' });
    expect(within(path).getByText('A goal you cannot see')).toBeTruthy();
    expect(within(path).getByRole('link', { name: 'Safer streets' })).toBeTruthy();
    expect(screen.getByText('2 more goals you cannot see')).toBeTruthy();
  });

  it('[A6] puts one sentence before the numbers', async () => {
    renderApp('/goals/G1', { goal });
    expect(await screen.findByText(/^62%, about four weeks behind plan, updated 4 May/)).toBeTruthy();
    expect(screen.getByText('How is this worked out?')).toBeTruthy();
  });

  it('shows only what the server allows', async () => {
    renderApp('/goals/G1', { goal });
    const actions = await screen.findByRole('group', { name: 'What you can do' });
    expect(within(actions).getAllByRole('button').map((button) => button.textContent)).toEqual(['Check in']);
  });

  it('[P1] answers a hidden goal as one that is not there', async () => {
    renderApp('/goals/G9', { goal: null });
    expect(await screen.findByRole('heading', { level: 1, name: 'You cannot see this goal' })).toBeTruthy();
  });
});

describe('check-in', () => {
  const open = async () => {
    const user = userEvent.setup();
    const { sent } = renderApp('/goals/G1', { goal });
    await screen.findByRole('heading', { level: 1, name: 'Answer within two days' });
    await user.keyboard('c');
    const number = await screen.findByRole('textbox', { name: /Answered in time/ });
    await user.click(number);
    await user.keyboard('80{Tab}4{Tab}Nearly there{Control>}{Enter}{/Control}');
    return { user, sent };
  };

  it('[A6] goes by keyboard alone, shows at once, and comes back with the reason when refused', async () => {
    const { sent } = await open();
    // At once: the dialog is gone and the page shows the new number before the server has answered.
    expect(await screen.findByText(/^80%, /)).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(sent[0]?.input).toMatchObject({ goalId: 'G1', metricId: 'M1', value: 80, confidence: 4, note: 'Nearly there' });

    sent[0]?.answer({ problems: [{ code: 'INVALID_FIELD', message: 'This note is too short.', path: ['note'] }] });
    expect(await screen.findByText('This note is too short.')).toBeTruthy();
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: /^Note/ }).value).toBe('Nearly there');
    expect(screen.getByText(/^62%, /)).toBeTruthy();
  });

  it('[A6] loses nothing when the connection does, and sends the same check-in again', async () => {
    const { user, sent } = await open();
    sent[0]?.fail(new Unreachable('gone'));
    expect(await screen.findByText(/No connection to the server/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Save check-in' }));
    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]?.input).toEqual(sent[0]?.input);
  });
});
