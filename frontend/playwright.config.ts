import { defineConfig } from '@playwright/test';

/** Debian's Chromium where `make` found it, else Playwright's own. */
const chromium = process.env['CHROMIUM'];

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'e2e/.run/results',
  globalSetup: './e2e/server.ts',
  workers: 2, // files side by side, the tests of a file in order: all share one server and its agency
  fullyParallel: false,
  retries: 1, // a machine under load; a test that needs it is reported as flaky
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    baseURL: process.env['E2E_URL'], // set by the global setup, before any worker reads this
    browserName: 'chromium',
    viewport: { width: 1280, height: 860 },
    reducedMotion: 'reduce',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});
