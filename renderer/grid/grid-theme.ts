/** AG Grid drawn with the page's own tokens, so that light, dark and forced colours come from one place. */
import { themeQuartz } from 'ag-grid-community';

export const rowHeight = 24;

export const gridTheme = themeQuartz.withParams({
  accentColor: 'var(--accent)',
  backgroundColor: 'var(--surface)',
  foregroundColor: 'var(--text)',
  borderColor: 'var(--border)',
  chromeBackgroundColor: 'var(--chrome)',
  browserColorScheme: 'inherit',
  fontFamily: 'var(--font-ui)',
  fontSize: 'var(--font-size)',
  headerFontSize: 'var(--font-size-small)',
  headerFontWeight: 600,
  headerTextColor: 'var(--text-muted)',
  headerBackgroundColor: 'var(--chrome)',
  headerHeight: 26,
  rowHeight,
  spacing: 4,
  cellHorizontalPadding: 8,
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  rowBorder: { color: 'var(--border-faint)' },
  columnBorder: false,
  oddRowBackgroundColor: 'transparent',
  rowHoverColor: 'var(--hover)',
  selectedRowBackgroundColor: 'var(--selection)',
  headerColumnResizeHandleColor: 'var(--border)',
  headerColumnResizeHandleHeight: '60%',
  focusShadow: 'none',
  iconSize: 12,
});
