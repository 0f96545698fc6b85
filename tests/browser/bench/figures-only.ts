/** Prints what a measurement prints, and why one could not be made. */
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

export default class FiguresOnly implements Reporter {
  onStdOut(chunk: string | Buffer): void {
    process.stdout.write(chunk);
  }

  onTestEnd(_test: TestCase, result: TestResult): void {
    for (const { message } of result.errors) process.stderr.write(`${message ?? 'not measured'}\n`);
  }
}
