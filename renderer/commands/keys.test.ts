import { describe, expect, it } from 'vitest';
import { commandOf, isTyping, neighbourPane, shortcutText, type KeyPress } from './keys.ts';

const press = (key: string, modifiers: Partial<Omit<KeyPress, 'key'>> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});

describe('shortcuts', () => {
  it('are found whatever the case of the letter', () => {
    expect(commandOf(press('o', { ctrlKey: true }))).toBe('open');
    expect(commandOf(press('S', { ctrlKey: true, shiftKey: true }))).toBe('export');
    expect(commandOf(press('O', { metaKey: true }))).toBe('open');
    expect(commandOf(press('F3', { shiftKey: true }))).toBe('find-previous');
  });

  it('need exactly their modifiers', () => {
    expect(commandOf(press('o'))).toBeUndefined();
    expect(commandOf(press('s', { ctrlKey: true }))).toBeUndefined();
    expect(commandOf(press('ArrowDown'))).toBeUndefined();
    expect(commandOf(press('o', { ctrlKey: true, altKey: true }))).toBeUndefined();
  });

  it('are told in words', () => {
    expect(shortcutText('export')).toBe('Ctrl+Shift+S');
    expect(shortcutText('next-row')).toBe('Ctrl+Down');
  });
});

describe('panes', () => {
  it('are walked in a circle', () => {
    expect(neighbourPane(3, 2, false)).toBe(0);
    expect(neighbourPane(3, 0, true)).toBe(2);
    expect(neighbourPane(3, -1, false)).toBe(0);
  });
});

describe('typing', () => {
  it('is a character without a modifier that makes it a command', () => {
    expect(isTyping(press('t'))).toBe(true);
    expect(isTyping(press('T', { shiftKey: true }))).toBe(true);
    expect(isTyping(press(' '))).toBe(false);
    expect(isTyping(press('c', { ctrlKey: true }))).toBe(false);
    expect(isTyping(press('Enter'))).toBe(false);
  });
});
