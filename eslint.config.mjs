import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import typescript from 'typescript-eslint';

/**
 * The house, bottom to top. A folder may import from the folders before it in this list, never from those after it.
 * ARCHITECTURE.md says why; this list is what enforces it.
 */
const coreFolders = [
  'base',
  'archive',
  'etl',
  'capture-file',
  'schema',
  'packet',
  'provider',
  'trace',
  'diagnosis',
  'filter',
  'names',
  'path',
  'export',
  'capture',
  'scenario',
  'engine',
];
const hosts = ['cli', 'electron', 'renderer'];

/** Unit tests may build their input with the scenario writer, wherever they lie. */
const testOnly = ['scenario'];

const coreZones = coreFolders.map((folder, position) => ({
  target: `./core/${folder}/**/!(*.test).ts`,
  from: coreFolders.slice(position + 1).map((above) => `./core/${above}`),
  message: `core/${folder} may import only from the core folders below it (see ARCHITECTURE.md).`,
}));
const coreTestZones = coreFolders.map((folder, position) => ({
  target: `./core/${folder}/**/*.test.ts`,
  from: coreFolders
    .slice(position + 1)
    .filter((above) => !testOnly.includes(above))
    .map((above) => `./core/${above}`),
  message: `tests of core/${folder} may import only from the core folders below it, and from core/scenario.`,
}));
const outsideCore = {
  target: './core',
  from: [...hosts, 'e2e', 'build'].map((folder) => `./${folder}`),
  message: 'core knows no host.',
};
const hostZones = hosts.map((host) => ({
  target: `./${host}`,
  from: hosts.filter((other) => other !== host).map((other) => `./${other}`),
  message: 'hosts never import each other.',
}));
const rendererZone = {
  target: './renderer',
  from: './core',
  except: [
    './base',
    './capture',
    './engine/contract.ts',
    './engine/contract-analysis.ts',
    './engine/contract-notes.ts',
    './engine/contract-names.ts',
    './engine/contract-paths.ts',
    './engine/client.ts',
    './engine/host.ts',
    './engine/json-codec.ts',
    './filter/language',
  ],
  message:
    'the renderer takes from core only the contract, its client, base, capture, and the pure language parts of filter/.',
};

export default defineConfig(
  { ignores: ['dist/', 'release/', 'node_modules/', 'test-results/', 'playwright-report/'] },
  js.configs.recommended,
  typescript.configs.strictTypeChecked,
  typescript.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver': { node: { extensions: ['.ts', '.tsx', '.mjs'] } },
      'import-x/extensions': ['.ts', '.tsx', '.mjs'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
    },
    rules: {
      'import-x/no-restricted-paths': [
        'error',
        {
          zones: [...coreZones, ...coreTestZones, outsideCore, ...hostZones, rendererZone].filter(
            ({ from }) => from.length > 0,
          ),
        },
      ],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-default-export': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
    },
  },
  {
    files: ['core/**/*.ts'],
    ignores: ['core/**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['react', 'react-dom', 'electron', 'ws', 'node:http*'], message: 'core is plain TypeScript.' },
          ],
        },
      ],
    },
  },
  {
    files: ['core/**/*.ts'],
    ignores: ['core/engine/**', 'core/**/*.test.ts', 'core/**/test-support/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['node:*'], message: 'only core/engine touches files, threads and Node.' }] },
      ],
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    ...reactHooks.configs.flat.recommended,
  },
  {
    files: ['*.config.{ts,mjs}', '**/*.config.{ts,mjs}'],
    rules: { 'import-x/no-default-export': 'off' },
  },
);
