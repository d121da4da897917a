import { defineConfig } from 'vitest/config'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'journeys/**/*.test.ts'],
    globalSetup: ['src/server/testing.setup.ts', 'journeys/setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
