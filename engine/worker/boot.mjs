// Where a thread begins, in plain JavaScript: from here on it reads TypeScript, whoever started it (tsx or vitest).
import { register } from 'tsx/esm/api';

register();
await import('./main.ts');
