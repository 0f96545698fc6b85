import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { whenLeft } from '../desk/state/left';

describe('a screen that nobody is at any more', () => {
  const MINUTE = 60_000;
  let at: EventTarget;
  const left = vi.fn();
  const touch = () => at.dispatchEvent(new Event('keydown'));

  beforeEach(() => {
    vi.useFakeTimers();
    at = new EventTarget();
    left.mockClear();
  });
  afterEach(() => void vi.useRealTimers());

  it('is left so many minutes after it was touched last, once', () => {
    whenLeft(15, left, at);
    vi.advanceTimersByTime(14 * MINUTE);
    touch();
    vi.advanceTimersByTime(14 * MINUTE);
    expect(left).not.toHaveBeenCalled();
    vi.advanceTimersByTime(MINUTE);
    expect(left).toHaveBeenCalledTimes(1);
    touch();
    vi.advanceTimersByTime(60 * MINUTE);
    expect(left).toHaveBeenCalledTimes(1);
  });

  it('is left when the machine has slept, whoever wakes it', () => {
    whenLeft(15, left, at);
    vi.setSystemTime(Date.now() + 16 * MINUTE);
    touch();
    expect(left).toHaveBeenCalledTimes(1);
  });

  it('is waited for no more when it is gone', () => {
    whenLeft(15, left, at)();
    touch();
    vi.advanceTimersByTime(60 * MINUTE);
    expect(left).not.toHaveBeenCalled();
  });
});
