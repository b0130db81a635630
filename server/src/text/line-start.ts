/**
 * Where the line of an offset begins. (`lastIndexOf` alone takes a negative offset for 0, and finds a line end there.)
 */
export function lineStartAt(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}
